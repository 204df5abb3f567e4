//! Unsaved work as a file: a draft with the additional key `recovery`.

use super::{Draft, DraftError, Fingerprint};
use crate::document::{Object, Value};
use crate::time::Timestamp;

/// The additional key of the draft.
const RECOVERY: &str = "recovery";
/// The key in `recovery` with the time of the write.
const WRITTEN: &str = "written";
/// The key in `recovery` with the fingerprint of the draft that the work is based on.
const BASE: &str = "base";

/// Unsaved work of a program that has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Leftover {
    /// The file stem.
    pub id: String,
    /// The time of the write.
    pub written: Option<Timestamp>,
    /// The work; the name is empty for an unnamed draft, and `saved` is the time of its base.
    pub draft: Draft,
    /// The saved draft with the same name.
    pub saved: Option<Draft>,
}

/// The unsaved work of all programs that have ended.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Leftovers {
    /// The readable work, newest first.
    pub found: Vec<Leftover>,
    /// A sentence for each unreadable file.
    pub unreadable: Vec<String>,
    /// A sentence for each faulty lock.
    pub faults: Vec<String>,
}

impl Leftover {
    /// The text of the recovery file.
    pub fn write(mut work: Draft, written: Timestamp) -> String {
        let mut mark = Object::default();
        mark.put(WRITTEN, Value::Text(written.to_rfc3339()));
        if let Some(base) = work.base {
            mark.put(BASE, Value::Text(base.to_string()));
        }
        work.rest.put(RECOVERY, Value::Object(mark));
        work.write()
    }

    /// Reads the text of a recovery file; the caller sets `saved`.
    pub fn read(id: &str, text: &str) -> Result<Self, DraftError> {
        let mut draft = Draft::read(text)?;
        let mark = draft.rest.get(RECOVERY).and_then(Value::as_object);
        let written = mark.and_then(|mark| mark.get(WRITTEN)).and_then(Value::as_text);
        let written = written.and_then(Timestamp::parse_rfc3339);
        let base = mark.and_then(|mark| mark.get(BASE)).and_then(Value::as_text);
        draft.base = base.and_then(Fingerprint::parse);
        let rest = draft.rest.iter().filter(|(key, _)| *key != RECOVERY);
        draft.rest = rest.map(|(key, value)| (key.to_owned(), value.clone())).collect();
        Ok(Self { id: id.to_owned(), written, draft, saved: None })
    }

    /// The name to show.
    pub fn name(&self) -> &str {
        if self.draft.name.is_empty() { "unnamed draft" } else { &self.draft.name }
    }

    /// Whether the saved draft equals the work: the program ended between the save and the cleanup.
    pub fn is_saved(&self) -> bool {
        // Except for the time, which the work has from before that save.
        let is_same =
            |saved: &Draft| Draft { saved: saved.saved, base: saved.base, ..self.draft.clone() } == *saved;
        self.saved.as_ref().is_some_and(is_same)
    }

    /// The fingerprint of the base draft; files of older versions have only its time, which is
    /// compared.
    pub fn base(&self) -> Option<Fingerprint> {
        let by_time = || self.saved.as_ref().filter(|saved| saved.saved == self.draft.saved)?.base;
        self.draft.base.or_else(by_time)
    }
}
