//! Other shapes in: a payload, the wrapped body, a draft.
//!
//! What a text is, is told from its content, never from a file name. Reading is strict; what had to be changed on the
//! way is said in the notes.

use thiserror::Error;

use crate::catalogue::{Spelling, catalogue};
use crate::document::{self, Kind, Object, SyntaxError, Value};
use crate::draft::{Draft, DraftError};
use crate::text;

/// The request type that SEI expects around a wrapped payload.
const REQUEST_TYPE: &str = "JenkinsPluginJobRunComplete";

/// A payload, and what it came in.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The payload.
    pub document: Value,
    /// What it came in.
    pub kind: ImportKind,
    /// The name of the draft, when it was one.
    pub name: Option<String>,
    /// The environment of the draft, when it had one.
    pub environment: Option<String>,
    /// The codes of the rules that the draft silences.
    pub silenced: Vec<String>,
    /// What a person should know about the reading, one sentence each.
    pub notes: Vec<String>,
}

/// The shapes that are recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// The job-run object itself.
    Payload,
    /// The body of the wrapped door, with the payload as text inside.
    Wrapped,
    /// A draft file.
    Draft,
}

/// Why a text cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    /// The text is no JSON.
    #[error("line {}, column {}: {}", .0.line, .0.column, .0.message)]
    Syntax(SyntaxError),
    /// The text inside a wrapped body is no JSON.
    #[error("the text under “payload” is not JSON: line {}, column {} of it: {}", .0.line, .0.column, .0.message)]
    Inside(SyntaxError),
    /// A draft that cannot be opened.
    #[error(transparent)]
    Draft(DraftError),
    /// A list, perhaps of several runs.
    #[error("this is a list of {}; give one job run, an object, at a time", text::count(*.0, "value", "values"))]
    List(usize),
    /// JSON, but nothing a payload could be.
    #[error("this is {0}; a job run is an object")]
    NoObject(Kind),
}

/// Takes a text in, by its content.
pub fn import(text: &str) -> Result<Imported, ImportError> {
    let value = document::read(text).map_err(ImportError::Syntax)?;
    if Draft::is_draft(&value) {
        return from_draft(value);
    }
    let object = object(value)?;
    if is_wrapped(&object) { from_wrapped(&object) } else { Ok(from_payload(Value::Object(object))) }
}

fn from_draft(value: Value) -> Result<Imported, ImportError> {
    let draft = Draft::from_value(value).map_err(ImportError::Draft)?;
    Ok(Imported {
        notes: legacy_note(&draft.document).into_iter().collect(),
        silenced: draft.silenced(),
        document: draft.document,
        kind: ImportKind::Draft,
        name: Some(draft.name).filter(|name| !name.is_empty()),
        environment: draft.environment,
    })
}

fn from_payload(document: Value) -> Imported {
    let notes = legacy_note(&document).into_iter().collect();
    Imported { notes, ..bare(document, ImportKind::Payload) }
}

fn from_wrapped(body: &Object) -> Result<Imported, ImportError> {
    let mut notes = vec!["This is the body of the wrapped door; its payload was taken out of it.".to_owned()];
    let document = match body.get("payload") {
        Some(Value::Text(inside)) => object(document::read(inside).map_err(ImportError::Inside)?)?,
        Some(Value::Object(inside)) => {
            notes.push("“payload” is an object here, where SEI expects JSON as text.".to_owned());
            inside.clone()
        }
        Some(other) => return Err(ImportError::NoObject(other.kind())),
        None => Object::default(),
    };
    let request_type = body.get("request_type").and_then(Value::as_text).unwrap_or_default();
    if request_type != REQUEST_TYPE {
        let seen = text::visible(request_type);
        notes.push(format!("“request_type” is “{seen}”; a send from here says {REQUEST_TYPE}."));
    }
    let others: Vec<_> = body.keys().filter(|key| !["request_type", "payload"].contains(key)).collect();
    if !others.is_empty() {
        notes.push(format!("Left out of the wrapping: {}.", text::visible(&others.join(", "))));
    }
    let document = Value::Object(document);
    notes.extend(legacy_note(&document));
    Ok(Imported { notes, ..bare(document, ImportKind::Wrapped) })
}

/// A payload that says nothing of itself.
const fn bare(document: Value, kind: ImportKind) -> Imported {
    Imported { document, kind, name: None, environment: None, silenced: Vec::new(), notes: Vec::new() }
}

fn is_wrapped(object: &Object) -> bool {
    object.contains("payload") && object.get("request_type").and_then(Value::as_text).is_some()
}

fn object(value: Value) -> Result<Object, ImportError> {
    match value {
        Value::Object(object) => Ok(object),
        Value::Array(items) => Err(ImportError::List(items.len())),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_)) => {
            Err(ImportError::NoObject(other.kind()))
        }
    }
}

/// SEI takes both names of a field, so that they are kept as they came.
fn legacy_note(document: &Value) -> Option<String> {
    let run = catalogue().run();
    let legacy: Vec<_> = document
        .as_object()?
        .keys()
        .filter(|key| matches!(run.field(key), Some((_, Spelling::Legacy))))
        .collect();
    if legacy.is_empty() {
        return None;
    }
    let names = legacy.join(", ");
    Some(format!("{} kept as written: {names}.", text::count(legacy.len(), "legacy name", "legacy names")))
}
