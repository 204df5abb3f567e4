//! The draft file format: a payload with name, environment and time of the save, as plain JSON.
//!
//! A draft may contain any document, valid or not, and unknown keys are preserved. This module uses
//! neither folders nor the clock.

use thiserror::Error;

mod fingerprint;
mod leftover;
pub mod template;

pub use fingerprint::Fingerprint;
pub use leftover::{Leftover, Leftovers};

use crate::document::{self, Number, Object, SyntaxError, Value};
use crate::text::Advice;
use crate::time::Timestamp;

/// The value of the key `format` in each draft.
pub const FORMAT: &str = "sei-compose-draft";
/// The version that this program writes, and the newest that it reads.
pub const VERSION: i64 = 1;
/// The key with the codes of the rules that a draft silences.
pub const SILENCED: &str = "silenced_rules";
/// The key with the integration id, which is not a field of the payload.
pub const INTEGRATION: &str = "integration_id";

/// The known keys, in the order of writing.
const KNOWN: [&str; 7] = ["format", "version", "name", "environment", "saved", "document", "unparsed"];
/// The maximum length of a file stem in bytes; longer names with the same stem get a number.
const MAX_STEM: usize = 80;

/// A payload in progress, as saved between sessions.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The name that the user chose; empty for an unnamed draft.
    pub name: String,
    /// The id of the environment that was last chosen.
    pub environment: Option<String>,
    /// The time of the last save.
    pub saved: Option<Timestamp>,
    /// The payload, valid or not.
    pub document: Value,
    /// Text in the payload pane that is not valid JSON; `document` is then the last valid payload.
    pub unparsed: Option<String>,
    /// Unknown keys, preserved in their order.
    pub rest: Object,
    /// The fingerprint of the file that was last read or saved; not part of the file.
    pub base: Option<Fingerprint>,
}

/// Why a text is not a usable draft; the file is never changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.advice())]
pub enum DraftError {
    /// The text is not JSON.
    Syntax(SyntaxError),
    /// The key `format` is missing or has another value.
    Format,
    /// A newer program wrote the file; contains the version.
    Newer(String),
    /// A key is missing or has the wrong type.
    Key {
        /// The name of the key.
        key: &'static str,
        /// The expected value, in words.
        wanted: &'static str,
    },
}

impl DraftError {
    /// The message and the next step.
    pub fn advice(&self) -> Advice {
        match self {
            Self::Syntax(fault) => Advice::new(format!(
                "The draft is not JSON: line {}, column {}: {}.",
                fault.line, fault.column, fault.message
            )),
            Self::Format => Advice::new(format!("This is not a draft: its key “format” is not “{FORMAT}”.")),
            Self::Newer(version) => Advice::new(format!(
                "The draft has format version {version}; this program reads up to {VERSION}."
            ))
            .hint("Open it with a newer sei-compose."),
            Self::Key { key, wanted } => Advice::new(format!("The draft's key “{key}” should be {wanted}.")),
        }
    }
}

impl Draft {
    /// A new draft, not saved yet.
    pub fn new(name: &str, document: Value) -> Self {
        Self {
            name: name.to_owned(),
            environment: None,
            saved: None,
            document,
            unparsed: None,
            rest: Object::default(),
            base: None,
        }
    }

    /// Reads the text of a draft file.
    pub fn read(text: &str) -> Result<Self, DraftError> {
        Self::from_value(document::read(text).map_err(DraftError::Syntax)?)
    }

    /// Reads a parsed draft.
    pub fn from_value(value: Value) -> Result<Self, DraftError> {
        if !Self::is_draft(&value) {
            return Err(DraftError::Format);
        }
        let Value::Object(object) = value else { return Err(DraftError::Format) };
        check_version(object.get("version"))?;
        let saved = object.get("saved").and_then(Value::as_text).and_then(Timestamp::parse_rfc3339);
        Ok(Self {
            name: text_of(&object, "name")?.unwrap_or_default(),
            environment: text_of(&object, "environment")?.filter(|id| !id.is_empty()),
            saved,
            document: object
                .get("document")
                .cloned()
                .ok_or(DraftError::Key { key: "document", wanted: "the payload" })?,
            unparsed: text_of(&object, "unparsed")?,
            rest: object
                .iter()
                .filter(|(key, _)| !KNOWN.contains(key))
                .map(|(key, value)| Ok((key.to_owned(), read_rest(key, value)?)))
                .collect::<Result<_, _>>()?,
            base: None,
        })
    }

    /// The codes of the rules that this draft silences.
    pub fn silenced(&self) -> Vec<String> {
        silenced(&self.rest)
    }

    /// The text of the draft file: indented, with a line break at the end.
    pub fn write(&self) -> String {
        let text = |text: &str| Value::Text(text.to_owned());
        let known = [
            ("format", Some(text(FORMAT))),
            ("version", Some(Value::Number(Number::from(VERSION)))),
            ("name", Some(text(&self.name))),
            ("environment", self.environment.as_deref().map(text)),
            ("saved", self.saved.map(|at| Value::Text(at.to_rfc3339()))),
            ("document", Some(self.document.clone())),
            ("unparsed", self.unparsed.as_deref().map(text)),
        ];
        let object: Object = known
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?)))
            .chain(self.rest.iter().map(|(key, value)| (key.to_owned(), value.clone())))
            .collect();
        document::write_pretty(&Value::Object(object)) + "\n"
    }

    /// Whether the key `format` marks a value as a draft of any version.
    pub fn is_draft(value: &Value) -> bool {
        let format = value.as_object().and_then(|object| object.get("format"));
        format.and_then(Value::as_text) == Some(FORMAT)
    }
}

fn check_version(version: Option<&Value>) -> Result<(), DraftError> {
    let Some(Value::Number(number)) = version else {
        return Err(DraftError::Key { key: "version", wanted: "a number" });
    };
    match number.as_i64() {
        Some(VERSION) => Ok(()),
        Some(old) if old < VERSION => Err(DraftError::Key { key: "version", wanted: "1" }),
        Some(_) | None => Err(DraftError::Newer(number.as_str().to_owned())),
    }
}

fn text_of(object: &Object, key: &'static str) -> Result<Option<String>, DraftError> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Text(text)) => Ok(Some(text.clone())),
        Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            Err(DraftError::Key { key, wanted: "text" })
        }
    }
}

/// The value of an unknown key; an integration id that is a number becomes text.
fn read_rest(key: &str, value: &Value) -> Result<Value, DraftError> {
    match value {
        Value::Number(id) if key == INTEGRATION && id.as_i64().is_some_and(|id| id >= 0) => {
            Ok(Value::Text(id.as_str().to_owned()))
        }
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) if key == INTEGRATION => {
            Err(DraftError::Key { key: INTEGRATION, wanted: "a whole number or text" })
        }
        Value::Null
        | Value::Text(_)
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Array(_)
        | Value::Object(_) => Ok(value.clone()),
    }
}

/// The file stem for a draft name: lower-case letters and digits of any script, joined by hyphens.
pub fn file_stem(name: &str) -> String {
    let mut stem = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if stem.len() + c.len_utf8() > MAX_STEM {
            break;
        }
        if c.is_alphanumeric() || c == '_' {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let stem = stem.trim_end_matches('-');
    if stem.is_empty() { "draft".to_owned() } else { stem.to_owned() }
}

/// The codes of the rules that these unknown keys of a draft silence.
pub fn silenced(rest: &Object) -> Vec<String> {
    let list = rest.get(SILENCED).and_then(Value::as_array).unwrap_or_default();
    list.iter().filter_map(Value::as_text).map(str::to_owned).collect()
}
