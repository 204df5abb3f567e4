//! Typing into the focused row: each key updates the value; a burst of keys is one undo step.

use crate::app::entry::FieldEntry;
use crate::app::overlay::{Overlay, Prompt, PromptPurpose};
use crate::app::pasted::Pasted;
use crate::app::row::Role;
use crate::app::update::form::{item, value};
use crate::app::update::notify::complain;
use crate::app::update::payload::{json, pane};
use crate::app::update::{edit, import, overlay, press};
use crate::app::{Action, Model, entry};

/// Types text into the topmost overlay, the payload text or the focused row.
pub(in crate::app::update) fn type_text(model: &mut Model, text: &str) {
    if !model.overlays.is_empty() {
        return overlay::type_text(model, text);
    }
    if model.edits_text() {
        return json::type_text(model, text);
    }
    if model.is_form_hidden() {
        return pane::refuse(model);
    }
    let Some(row) = model.focused().cloned() else { return };
    match row.role {
        Role::Kind if text == " " => return value::edit(model, Action::Right),
        Role::Kind => return value::type_kind(model, text),
        Role::Field if model.entry_of(&row) == Some(FieldEntry::Toggle) => {
            return value::toggle(model, &row, text);
        }
        Role::Item(_) if text == " " => return item::fold(model),
        Role::Add(_) | Role::Button(_) | Role::Problem(_) if text == " " => return press::enter(model),
        Role::Field
        | Role::Other
        | Role::Integration
        | Role::Item(_)
        | Role::Add(_)
        | Role::Heading(_)
        | Role::Button(_)
        | Role::Problem(_) => {}
    }
    let Some(field) = model.form.editor.as_mut() else { return };
    if std::mem::take(&mut field.fresh) {
        field.editor.replace("");
    }
    field.editor.insert_text(text);
    let starts_word = text.starts_with(' ');
    value::store(model, &row, starts_word);
}

/// Whether pasted text can be imported here.
pub(super) fn takes_import(model: &Model) -> bool {
    match model.overlays.last() {
        Some(overlay) => matches!(overlay, Overlay::Prompt(Prompt { purpose: PromptPurpose::Import, .. })),
        None => !model.edits_text(),
    }
}

/// Pastes text into the field, or lists its parts if the text can be imported.
pub(in crate::app::update) fn paste(model: &mut Model, pasted: &Pasted) {
    let text = pasted.0.replace("\r\n", "\n").replace('\r', "\n");
    if model.overlays.is_empty() && model.edits_text() {
        if let Some(noun) = import::command(&text) {
            // As plain text, its key would become part of the draft.
            complain(
                model,
                format!("This is {noun}, which may contain a key. {{cancel}}, then paste it into the form."),
            );
            return;
        }
        return json::paste(model, &text);
    }
    let is_json = text.trim_start().starts_with(['{', '[']);
    if is_json && import::mapper::read_example(model, &Ok(Pasted(text.clone()))) {
        return;
    }
    if takes_import(model) && import::recognized(model, &text) {
        return;
    }
    if !model.overlays.is_empty() {
        if !overlay::takes_text(model) {
            return refuse_paste(model);
        }
        return overlay::type_text(model, text.trim_matches('\n'));
    }
    paste_text(model, &text);
}

/// Types pasted text into the field, without line breaks around the text. A row without a text
/// field rejects the paste, because the characters could act as keys there.
pub(in crate::app::update) fn paste_text(model: &mut Model, text: &str) {
    let is_on_form = model.overlays.is_empty() && !model.edits_text() && !model.is_form_hidden();
    if is_on_form && model.form.editor.is_none() {
        return refuse_paste(model);
    }
    edit::new_group(model);
    let text = text.trim_matches('\n');
    let is_list = model
        .form
        .editor
        .as_ref()
        .is_some_and(|field| matches!(field.entry, FieldEntry::List | FieldEntry::Pairs));
    if is_list {
        let has_items =
            model.form.editor.as_ref().is_some_and(|field| !field.editor.text().trim().is_empty());
        let joined = entry::split_list(text).join(", ");
        return type_text(model, &if has_items { format!(", {joined}") } else { joined });
    }
    type_text(model, text);
}

fn refuse_paste(model: &mut Model) {
    complain(model, "Text cannot be pasted here. Go to a text field, then paste again.");
}
