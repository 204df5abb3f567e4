//! Copying to the clipboard: a value, its place, the payload, what the pane shows.

use crate::app::message::CopyOutcome;
use crate::app::model::PreviewForm;
use crate::app::row::{Role, Row};
use crate::app::{Effect, Model};
use crate::document::{self, Pointer, Value};
use crate::text;

use super::{done, say};

/// More than this is more than some terminals pass on.
const MUCH: usize = 74_000;

/// Copies the value of the focused row: text as it is, everything else as JSON.
pub(super) fn value(model: &mut Model) -> Vec<Effect> {
    let Some(row) = model.focused() else { return Vec::new() };
    let (what, text) = if row.role == Role::Integration {
        ("the integration id".to_owned(), Some(model.integration.clone()))
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
        return Vec::new();
    };
    copy(what, text)
}

/// Copies the place of the focused row.
pub(super) fn pointer(model: &mut Model) -> Vec<Effect> {
    let at = model.focused().and_then(|row| place(model, row));
    let Some(at) = at else {
        say(model, "This row is no field: it has no place in the payload.");
        return Vec::new();
    };
    copy(at.to_string(), at.to_string())
}

/// Copies the payload.
pub(super) fn json(model: &Model) -> Vec<Effect> {
    copy("the payload".to_owned(), document::write_pretty(model.document.value()) + "\n")
}

/// Copies what the payload pane shows, without what it is wrapped to.
pub(super) fn preview(model: &Model) -> Vec<Effect> {
    match model.preview.form {
        PreviewForm::Json if model.raw.is_some() => {
            copy("the text of the payload".to_owned(), model.preview_text())
        }
        PreviewForm::Json => json(model),
        PreviewForm::Request => copy("the request".to_owned(), model.preview_text()),
        PreviewForm::Curl => copy("the curl command".to_owned(), model.preview_text()),
        PreviewForm::Saved | PreviewForm::Accepted => {
            copy("the list of changes".to_owned(), model.preview_text())
        }
    }
}

/// Copies a text, and says how long it is.
pub(super) fn copy(what: String, text: String) -> Vec<Effect> {
    let size = text.len();
    let is_long = text.lines().count() > 1 || text::width(&what) < size;
    let what = if is_long { format!("{what}, {}", text::bytes(size)) } else { what };
    let what = if size > MUCH { format!("{what}; some terminals pass less on than that") } else { what };
    vec![Effect::Copy { what, text }]
}

/// Says what was copied.
pub(super) fn copied(model: &mut Model, what: &str, outcome: CopyOutcome) -> Vec<Effect> {
    let what = text::visible(what);
    match outcome {
        CopyOutcome::Whole => done(model, format!("Copied {what}.")),
        CopyOutcome::Veiled => done(model, format!("Copied {what}, with dots in the place of the key.")),
    }
    Vec::new()
}

/// The place in the payload that a row stands for.
fn place(model: &Model, row: &Row) -> Option<Pointer> {
    match row.role {
        Role::Field | Role::Kind | Role::Other | Role::Item(_) => Some(row.at.clone()),
        Role::Problem(index) => model.problems.get(index).map(|problem| problem.at.clone()),
        Role::Add(_) => row.at.parent(),
        Role::Heading(_) | Role::Integration | Role::Button(_) => None,
    }
}
