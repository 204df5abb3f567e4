//! Copying to the clipboard: a value, its place, the payload, what the pane shows.

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

/// The most that many terminals take: 100,000 bytes of base64.
const MUCH: usize = 74_994;

/// What is copied, where it was taken out as well.
pub(in crate::app::update) const CUT: &str = "what was cut";

/// Copies the value of the focused row: text as it is, everything else as JSON.
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
        say(model, "There is no value here to copy.");
        return;
    };
    copy(model, what, text, None);
}

/// Copies the place of the focused row.
pub(in crate::app::update) fn pointer(model: &mut Model) {
    let at = model.focused().and_then(|row| place(model, row));
    let Some(at) = at else {
        say(model, "This row is no field: it has no place in the payload.");
        return;
    };
    copy(model, at.to_string(), at.to_string(), None);
}

/// Copies the payload.
pub(in crate::app::update) fn json(model: &mut Model) {
    let text = document::write_pretty(model.document.value()) + "\n";
    copy(model, "the payload".to_owned(), text, Some(ExportTarget::Payload));
}

/// Copies what the payload pane shows, without what it is wrapped to.
pub(in crate::app::update) fn preview(model: &mut Model) {
    let (what, file) = match model.payload.preview.form {
        PreviewForm::Json if model.payload.raw.is_some() => ("the text of the payload", None),
        PreviewForm::Json => return json(model),
        PreviewForm::Request => ("the request", None),
        PreviewForm::Curl => ("the curl command", Some(ExportTarget::Curl)),
        PreviewForm::Saved | PreviewForm::Accepted => ("the list of changes", None),
    };
    let text = model.preview_text();
    copy(model, what.to_owned(), text, file);
}

/// Copies a text, or asks first where it is longer than terminals take, and offers a file where it can be one.
pub(in crate::app::update) fn copy(
    model: &mut Model,
    what: String,
    text: String,
    file: Option<ExportTarget>,
) {
    if text.len() <= MUCH {
        return send(model, what, text);
    }
    let sentences = vec![
        format!("To be copied: {what}, {}.", text::bytes(text.len())),
        "Many terminals take no more than 74,994 bytes of a copy, which are 100,000 in base64. Of a longer one they \
         keep a part or nothing, and do not say so."
            .to_owned(),
    ];
    let in_file = file.filter(|_| !model.settings.read_only).map(|target| {
        let path = target.file_name().to_owned();
        ("Save it in a file instead".to_owned(), OverlayAnswer::RenameExport { target, path })
    });
    let all_the_same =
        ("Ask the terminal all the same".to_owned(), OverlayAnswer::Copy { what, text: Pasted(text) });
    let leave = ("Leave it".to_owned(), OverlayAnswer::Stay);
    model.overlays.push(Overlay::Ask(Question {
        title: "Long for a terminal".to_owned(),
        lines: sentences,
        answers: in_file.into_iter().chain([all_the_same, leave]).collect(),
        chosen: 0,
    }));
}

/// Hands a text to the terminal, and says how long it is.
pub(in crate::app::update) fn send(model: &mut Model, what: String, text: String) {
    let size = text.len();
    let is_long = text.lines().count() > 1 || text::width(&what) < size;
    let what = if is_long { format!("{what}, {}", text::bytes(size)) } else { what };
    model.emit(Effect::Terminal(TerminalEffect::Copy { what, text }));
}

/// Says what the terminal was asked to copy; it never answers whether it did.
pub(in crate::app::update) fn copied(model: &mut Model, what: &str, outcome: CopyOutcome) {
    let what = text::visible(what);
    let dots = match outcome {
        CopyOutcome::Whole => "",
        CopyOutcome::Redacted => ", with dots in the place of the key",
    };
    let words = match what.strip_prefix(CUT) {
        Some(size) => format!("Cut; asked the terminal to copy it{size}{dots}; {{undo}} brings it back."),
        None => format!("Asked the terminal to copy {what}{dots}."),
    };
    done(model, words);
}

/// The place in the payload that a row stands for.
fn place(model: &Model, row: &FormRow) -> Option<Pointer> {
    match row.role {
        Role::Field | Role::Kind | Role::Other | Role::Item(_) => Some(row.at.clone()),
        Role::Problem(index) => model.checks.problems.get(index).map(|problem| problem.at.clone()),
        Role::Add(_) => row.at.parent(),
        Role::Heading(_) | Role::Integration | Role::Button(_) => None,
    }
}
