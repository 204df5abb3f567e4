//! Copies to the clipboard: a value, its place, the payload, or the text of the pane.

use crate::app::message::CopyOutcome;
use crate::app::model::PreviewForm;
use crate::app::overlay::{Overlay, OverlayAnswer, Question};
use crate::app::pasted::Pasted;
use crate::app::row::{FormRow, Role};
use crate::app::update::notify::{done, say};
use crate::app::{Effect, Model, TerminalEffect};
use crate::document::{Pointer, Value};
use crate::export::ExportTarget;
use crate::{document, text};

/// The copy limit of many terminals, in bytes: 100,000 bytes of base64.
const TERMINAL_LIMIT: usize = 74_994;

/// The name of copied text that was also removed.
pub(in crate::app::update) const CUT: &str = "the cut text";

/// Copies the value of the focused row: text without quotes, everything else as JSON.
pub(in crate::app::update) fn value(model: &mut Model) {
    let Some(row) = model.focused() else { return };
    let (what, text) = if row.role == Role::Integration {
        ("the integration id".to_owned(), Some(model.draft.integration.clone()))
    } else {
        let at = place(model, row);
        let value = at.as_ref().and_then(|at| model.document.value().get(at));
        let text = value.map(|value| match value {
            Value::Text(text) => text.clone(),
            Value::Null | Value::Bool(_) | Value::Number(_) => document::write_compact(value),
            Value::Array(_) | Value::Object(_) => document::write_pretty(value),
        });
        (at.map_or_else(String::new, |at| format!("the value of {at}")), text)
    };
    let Some(text) = text else {
        say(model, "No value to copy here.");
        return;
    };
    copy(model, what, text, None);
}

/// Copies the JSON pointer of the focused row.
pub(in crate::app::update) fn pointer(model: &mut Model) {
    let at = model.focused().and_then(|row| place(model, row));
    let Some(at) = at else {
        say(model, "This row has no place in the payload.");
        return;
    };
    copy(model, at.to_string(), at.to_string(), None);
}

/// Copies the payload as formatted JSON.
pub(in crate::app::update) fn json(model: &mut Model) {
    let text = document::write_pretty(model.document.value()) + "\n";
    copy(model, "the payload".to_owned(), text, Some(ExportTarget::Payload));
}

/// Copies the text of the payload pane, without line wrapping.
pub(in crate::app::update) fn preview(model: &mut Model) {
    let (what, file) = match model.payload.preview.form {
        PreviewForm::Json if model.payload.raw.is_some() => ("the text of the payload", None),
        PreviewForm::Json => return json(model),
        PreviewForm::Request => ("the request", None),
        PreviewForm::Curl => ("the curl command", Some(ExportTarget::Curl)),
        PreviewForm::Simulation => ("the simulation", None),
        PreviewForm::Saved | PreviewForm::Accepted => ("the list of changes", None),
    };
    let text = model.preview_text();
    copy(model, what.to_owned(), text, file);
}

/// Copies a text; above the terminal limit, asks first and offers to save it as the export `file`.
pub(in crate::app::update) fn copy(
    model: &mut Model,
    what: String,
    text: String,
    file: Option<ExportTarget>,
) {
    if text.len() <= TERMINAL_LIMIT {
        return send(model, what, text);
    }
    let sentences = vec![
        format!("To be copied: {what}, {}.", text::bytes(text.len())),
        "Many terminals copy at most 74,994 bytes, which are 100,000 in base64. They cut or drop longer text \
         without a message."
            .to_owned(),
    ];
    let in_file = file.filter(|_| !model.settings.read_only).map(|target| {
        let path = target.file_name().to_owned();
        ("Save to a file instead".to_owned(), OverlayAnswer::RenameExport { target, path })
    });
    let anyway = ("Copy anyway".to_owned(), OverlayAnswer::Copy { what, text: Pasted(text) });
    let cancel = ("Cancel".to_owned(), OverlayAnswer::Stay);
    model.overlays.push(Overlay::Ask(Question {
        title: "Too long for many terminals".to_owned(),
        lines: sentences,
        answers: in_file.into_iter().chain([anyway, cancel]).collect(),
        chosen: 0,
    }));
}

/// Asks the terminal to copy a text; the notice includes the size of a long text.
pub(in crate::app::update) fn send(model: &mut Model, what: String, text: String) {
    let size = text.len();
    let is_long = text.lines().count() > 1 || text::width(&what) < size;
    let what = if is_long { format!("{what}, {}", text::bytes(size)) } else { what };
    model.emit(Effect::Terminal(TerminalEffect::Copy { what, text }));
}

/// Reports what the terminal was asked to copy; terminals never confirm a copy.
pub(in crate::app::update) fn copied(model: &mut Model, what: &str, outcome: CopyOutcome) {
    let what = text::visible(what);
    let redacted = match outcome {
        CopyOutcome::Whole => "",
        CopyOutcome::Redacted => ", with the key redacted",
    };
    let words = match what.strip_prefix(CUT) {
        Some(size) => format!("Cut; asked the terminal to copy it{size}{redacted}; {{undo}} restores it."),
        None => format!("Asked the terminal to copy {what}{redacted}."),
    };
    done(model, words);
}

/// The place of a row in the payload.
fn place(model: &Model, row: &FormRow) -> Option<Pointer> {
    match row.role {
        Role::Field | Role::Kind | Role::Other | Role::Item(_) => Some(row.at.clone()),
        Role::Problem(index) => model.checks.problems.get(index).map(|problem| problem.at.clone()),
        Role::Add(_) => row.at.parent(),
        Role::Heading(_) | Role::Integration | Role::Button(_) => None,
    }
}
