//! The instance book: a versioned file format for the known instances.
//!
//! The book has, for each GUID, data that the payload does not contain: environment, integration,
//! date. Unknown keys are preserved. This module uses neither folders nor the clock.

use thiserror::Error;
use uuid::Uuid;

use crate::check::KnownInstance;
use crate::document::{self, Number, Object, SyntaxError, Value};
use crate::text::{self, Advice};
use crate::time::Timestamp;

/// The value of the key `format` in the file.
pub const FORMAT: &str = "sei-compose-instances";
/// The version that this program writes, and the newest that it reads.
pub const VERSION: i64 = 1;

/// The keys of the file that this version knows.
const KNOWN: [&str; 3] = ["format", "version", "instances"];
/// The keys of an instance that this version knows.
const KNOWN_OF_ENTRY: [&str; 7] = ["guid", "name", "url", "environment", "integration_id", "date", "note"];

/// The known instances, in the order of their addition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Book {
    /// The instances, oldest entry first.
    pub entries: Vec<BookEntry>,
    /// Unknown keys, preserved in their order.
    pub rest: Object,
}

/// An instance with its environment; one GUID may have entries in several environments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BookEntry {
    /// The GUID with hyphens, in lower case.
    pub guid: String,
    /// The name in SEI.
    pub name: String,
    /// The address in SEI.
    pub url: Option<String>,
    /// The id of the environment.
    pub environment: Option<String>,
    /// The id of the integration.
    pub integration: Option<String>,
    /// The time of the addition to the book.
    pub date: Option<Timestamp>,
    /// A note of the user.
    pub note: Option<String>,
    /// Unknown keys, preserved in their order.
    pub rest: Object,
}

/// Why a text is not a usable instance book; the file is never changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.advice())]
pub enum BookError {
    /// The text is not JSON.
    Syntax(SyntaxError),
    /// The key `format` is missing or has another value.
    Format,
    /// A newer program wrote the file; contains the version.
    Newer(String),
    /// A key is missing or has the wrong type.
    Key {
        /// The key, as a JSON Pointer.
        at: String,
        /// The expected value, in words.
        wanted: &'static str,
    },
}

impl BookError {
    /// The message and the next step.
    pub fn advice(&self) -> Advice {
        match self {
            Self::Syntax(fault) => Advice::new(format!(
                "It is not JSON: line {}, column {}: {}.",
                fault.line, fault.column, fault.message
            )),
            Self::Format => Advice::new(format!("Its key “format” is not “{FORMAT}”.")),
            Self::Newer(version) => {
                Advice::new(format!("It has format version {version}; this program reads up to {VERSION}."))
                    .hint("Use a newer sei-compose.")
            }
            Self::Key { at, wanted } => Advice::new(format!("{at} should be {wanted}.")),
        }
    }
}

/// The GUID in lower case with hyphens; `None` if the text is not a GUID.
pub fn guid(text: &str) -> Option<String> {
    Uuid::parse_str(text.trim()).ok().map(|guid| guid.to_string())
}

impl Book {
    /// Reads the text of a book file.
    pub fn read(text: &str) -> Result<Self, BookError> {
        let value = document::read(text).map_err(BookError::Syntax)?;
        let object = value.as_object().ok_or(BookError::Format)?;
        if object.get("format").and_then(Value::as_text) != Some(FORMAT) {
            return Err(BookError::Format);
        }
        match object.get("version").and_then(Value::as_number) {
            Some(version) if version.as_i64() == Some(VERSION) => {}
            Some(version) if version.as_i64().is_none_or(|version| version > VERSION) => {
                return Err(BookError::Newer(version.as_str().to_owned()));
            }
            Some(_) | None => return Err(BookError::Key { at: "/version".to_owned(), wanted: "1" }),
        }
        let list = object.get("instances").and_then(Value::as_array);
        let list =
            list.ok_or(BookError::Key { at: "/instances".to_owned(), wanted: "a list of instances" })?;
        let entries = list.iter().enumerate().map(|(index, value)| BookEntry::read(index, value));
        Ok(Self { entries: entries.collect::<Result<_, _>>()?, rest: unknown(object, &KNOWN) })
    }

    /// The text of the book file: indented, with a line break at the end.
    pub fn write(&self) -> String {
        let mut object = Object::default();
        object.push("format", FORMAT);
        object.push("version", Value::Number(Number::from(VERSION)));
        object.push("instances", self.entries.iter().map(BookEntry::to_value).collect::<Vec<_>>());
        keep(&mut object, &self.rest);
        document::write_pretty(&Value::Object(object)) + "\n"
    }

    /// Adds an instance, or updates the entry with this GUID in this environment; values that the
    /// new entry lacks stay. Returns whether the entry is new.
    pub fn put(&mut self, entry: BookEntry) -> bool {
        let Some(known) = self.entries.iter_mut().find(|known| known.is_same(&entry)) else {
            self.entries.push(entry);
            return true;
        };
        known.name = entry.name;
        known.url = entry.url.or(known.url.take());
        known.environment = entry.environment.or(known.environment.take());
        known.integration = entry.integration.or(known.integration.take());
        known.note = entry.note.or(known.note.take());
        known.date = known.date.or(entry.date);
        for (key, value) in entry.rest.iter() {
            known.rest.put(key, value.clone());
        }
        false
    }

    /// A sentence that names the instance of this integration in this environment, if there is one
    /// other than `guid`: all jobs of a tool need one GUID only.
    pub fn other_of_tool(&self, environment: &str, integration: &str, guid: Option<&str>) -> Option<String> {
        let is_other = |entry: &&BookEntry| {
            entry.environment.as_deref() == Some(environment)
                && entry.integration.as_deref() == Some(integration)
                && guid.is_none_or(|guid| !entry.guid.eq_ignore_ascii_case(guid))
        };
        self.entries.iter().find(is_other).map(|entry| {
            format!(
                "The book already has “{}” ({}) for integration {integration}: one GUID per tool is enough, for \
                 all its jobs.",
                text::visible(&entry.name),
                entry.guid
            )
        })
    }

    /// The instances with this GUID or, if none, with this name, ignoring case.
    pub fn find(&self, word: &str) -> Vec<&BookEntry> {
        let wanted = guid(word);
        let by_guid: Vec<_> =
            self.entries.iter().filter(|entry| Some(&entry.guid) == wanted.as_ref()).collect();
        if !by_guid.is_empty() {
            return by_guid;
        }
        let word = word.to_lowercase();
        self.entries.iter().filter(|entry| entry.name.to_lowercase() == word).collect()
    }
}

impl BookEntry {
    fn read(index: usize, value: &Value) -> Result<Self, BookError> {
        let at = |key: &str| format!("/instances/{index}{key}");
        let object = value
            .as_object()
            .ok_or_else(|| BookError::Key { at: at(""), wanted: "an instance, an object" })?;
        let text = |key: &str| match object.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
            Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
                Err(BookError::Key { at: at(&format!("/{key}")), wanted: "text" })
            }
        };
        let spelled = text("guid")?.as_deref().and_then(guid);
        Ok(Self {
            guid: spelled.ok_or_else(|| BookError::Key { at: at("/guid"), wanted: "a UUID" })?,
            name: text("name")?.unwrap_or_default(),
            url: text("url")?,
            environment: text("environment")?,
            integration: text("integration_id")?,
            date: text("date")?.as_deref().and_then(Timestamp::parse_rfc3339),
            note: text("note")?,
            rest: unknown(object, &KNOWN_OF_ENTRY),
        })
    }

    fn to_value(&self) -> Value {
        let date = self.date.map(Timestamp::to_rfc3339);
        let members = [
            ("guid", Some(&self.guid)),
            ("name", Some(&self.name)),
            ("url", self.url.as_ref()),
            ("environment", self.environment.as_ref()),
            ("integration_id", self.integration.as_ref()),
            ("date", date.as_ref()),
            ("note", self.note.as_ref()),
        ];
        let mut object = Object::default();
        for (key, text) in members {
            if let Some(text) = text {
                object.push(key, text.as_str());
            }
        }
        keep(&mut object, &self.rest);
        Value::Object(object)
    }

    /// Whether both are the same instance; an unknown environment matches any.
    fn is_same(&self, other: &Self) -> bool {
        let is_apart = |own: &String| other.environment.as_ref().is_some_and(|other| other != own);
        self.guid == other.guid && !self.environment.as_ref().is_some_and(is_apart)
    }

    /// The values that the rules need.
    pub fn known(&self) -> KnownInstance {
        KnownInstance {
            guid: self.guid.clone(),
            name: self.name.clone(),
            url: self.url.clone(),
            environment: self.environment.clone(),
        }
    }
}

fn unknown(object: &Object, known: &[&str]) -> Object {
    let rest = object.iter().filter(|(key, _)| !known.contains(key));
    rest.map(|(key, value)| (key.to_owned(), value.clone())).collect()
}

fn keep(object: &mut Object, rest: &Object) {
    for (key, value) in rest.iter() {
        object.push(key, value.clone());
    }
}
