//! The selection in the payload text: copy, cut, replace.

use crate::app::Model;
use crate::app::raw::TextPosition;
use crate::app::update::edit;
use crate::app::update::notify::say;
use crate::app::update::payload::copy;
use crate::app::update::payload::json;
use crate::export::ExportTarget;

/// Selects the whole text.
pub(in crate::app::update) fn all(model: &mut Model) {
    if let Some(raw) = model.payload.raw.as_mut() {
        raw.editor.select_all();
    }
}

/// Copies the selected text, and removes it if `cuts`.
pub(in crate::app::update) fn copy(model: &mut Model, cuts: bool) {
    let editor = model.payload.raw.as_ref().map(|raw| &raw.editor);
    let Some((range, text)) = editor.and_then(|editor| editor.selection().zip(editor.selected())) else {
        say(model, "Nothing is selected: {select-left} {select-right} select. {quit} quits the program.");
        return;
    };
    // The whole text, if it parses, is the payload, which can be saved as a file.
    model.read_text();
    let is_whole =
        model.payload.raw.as_ref().is_some_and(|raw| raw.fault.is_none() && raw.editor.len() == text.len());
    if cuts {
        replace(model, range, "");
    }
    let what = if cuts { copy::CUT } else { "the selected text" };
    copy::copy(model, what.to_owned(), text, (is_whole && !cuts).then_some(ExportTarget::Payload));
}

/// Replaces the selected text, as the start of a separate undo step.
pub(in crate::app::update) fn replace(model: &mut Model, range: (TextPosition, TextPosition), text: &str) {
    model.read_text();
    edit::new_group(model);
    json::change(model, range, text, false);
}
