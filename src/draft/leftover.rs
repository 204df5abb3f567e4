//! Unsaved work as a file: a draft with one key more, which tells when the work was written.

use super::{Draft, DraftError, Fingerprint};
use crate::document::{Object, Value};
use crate::time::Timestamp;

/// The key that a draft has only here.
const RECOVERY: &str = "recovery";
/// The key in it that tells when the work was written.
const WRITTEN: &str = "written";
/// The key in it that tells which content of the draft the work builds upon.
const BASE: &str = "base";

/// Unsaved work that a program left behind.
#[derive(Debug, Clone, PartialEq)]
pub struct Leftover {
    /// What its file is called.
    pub id: String,
    /// When it was written.
    pub written: Option<Timestamp>,
    /// The work. Its name is empty when it never had one; its time of saving is that of the draft it builds upon.
    pub draft: Draft,
    /// The draft of that name as it is saved now.
    pub saved: Option<Draft>,
}

/// What programs left behind.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Leftovers {
    /// The unsaved work, the newest first.
    pub found: Vec<Leftover>,
    /// What could not be read and was set aside: a sentence for each.
    pub unreadable: Vec<String>,
    /// What is wrong with the locks: a sentence for each.
    pub faults: Vec<String>,
}

impl Leftover {
    /// The text of the file that holds this work.
    pub fn write(mut work: Draft, written: Timestamp) -> String {
        let mut mark = Object::default();
        mark.put(WRITTEN, Value::Text(written.to_rfc3339()));
        if let Some(base) = work.base {
            mark.put(BASE, Value::Text(base.to_string()));
        }
        work.rest.put(RECOVERY, Value::Object(mark));
        work.write()
    }

    /// Reads the text of such a file; which draft is saved under its name is not known here.
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

    /// What a person calls it.
    pub fn name(&self) -> &str {
        if self.draft.name.is_empty() { "unnamed draft" } else { &self.draft.name }
    }

    /// Whether the saved draft holds all of it already: the program ended between saving and tidying up.
    pub fn is_saved(&self) -> bool {
        // All but the time, which the work has from before that save.
        let is_same =
            |saved: &Draft| Draft { saved: saved.saved, base: saved.base, ..self.draft.clone() } == *saved;
        self.saved.as_ref().is_some_and(is_same)
    }

    /// The content of the draft that the work builds upon; work of an older version only tells its time of saving.
    pub fn base(&self) -> Option<Fingerprint> {
        let by_time = || self.saved.as_ref().filter(|saved| saved.saved == self.draft.saved)?.base;
        self.draft.base.or_else(by_time)
    }
}
