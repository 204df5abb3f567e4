//! Redaction: replaces each known key with a mark, in any text or document that leaves the program.
//!
//! Where possible, a text is redacted before it is cut or wrapped. In a text that was cut before,
//! the parts of a key next to the ellipsis are found too.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::leak::{self, KeyLeak};
use super::request::Request;
use super::secret::{REDACTED, SHORTEST_REDACTED, Secret};
use super::spelling::Spellings;
use crate::document::{self, Object, Pointer, Value};

/// Finds keys in texts, in every spelling, and replaces them; built once for many texts.
pub struct Redactor {
    spellings: Spellings,
}

impl Redactor {
    /// A redactor for these keys; it skips keys of fewer than eight characters.
    pub fn new<'k>(keys: impl IntoIterator<Item = &'k Secret>) -> Self {
        Self { spellings: Spellings::of_all(keys) }
    }

    /// Whether the redactor has no keys.
    pub fn is_empty(&self) -> bool {
        self.spellings.is_empty()
    }

    /// Whether a text holds a key.
    pub fn is_in(&self, text: &str) -> bool {
        self.spellings.are_in(text)
    }

    /// The ranges of a text that hold a key, in order.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        self.spellings.places(text)
    }

    /// The text with a mark in place of each key.
    pub fn redact<'t>(&self, text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
        let text = text.into();
        let places = self.spellings.places(&text);
        marked(text, places)
    }

    /// Like [`Redactor::redact`], and also redacts parts of a key next to an ellipsis.
    pub fn redact_cut<'t>(&self, text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
        let text = text.into();
        let mut places = self.spellings.places(&text);
        if !self.is_empty() {
            places.extend(self.cut_parts(&text));
        }
        marked(text, places)
    }

    /// Like [`Redactor::redact_cut`], and also redacts parts of a key of eight characters or more.
    ///
    /// For a message about a text that holds a key: the message may quote any part of that text.
    pub fn redact_parts<'t>(&self, text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
        let text = self.redact_cut(text);
        let parts = self.spellings.parts(&text, SHORTEST_REDACTED);
        marked(text, parts)
    }

    /// The redacted document, and whether it held a key. A number that holds a key becomes text.
    pub fn redact_document(&self, document: Value) -> (Value, bool) {
        // Most documents hold no key, and an unchanged document still shares its parts.
        if leak::place(&self.spellings, &document).is_none() {
            return (document, false);
        }
        (self.rebuilt(document), true)
    }

    /// The first place of a key in a document, in a value or in the name of a member.
    pub fn place_in(&self, document: &Value) -> Option<Pointer> {
        leak::place(&self.spellings, document)
    }

    /// The place of a key in a request, in its address or its body.
    pub fn key_leak(&self, request: &Request) -> Option<KeyLeak> {
        leak::find(&self.spellings, request)
    }

    fn rebuilt(&self, document: Value) -> Value {
        match document {
            Value::Text(text) => Value::Text(self.redact(text).into_owned()),
            Value::Array(items) => Value::Array(items.into_iter().map(|item| self.rebuilt(item)).collect()),
            Value::Object(members) => {
                let members = members
                    .into_iter()
                    .map(|(name, value)| (self.redact(name.as_ref()).into_owned(), self.rebuilt(value)));
                Value::Object(members.collect::<Object>())
            }
            Value::Number(_) => {
                let text = document::write_compact(&document);
                let redacted = self.redact(text.as_str());
                if redacted == text { document } else { Value::Text(redacted.into_owned()) }
            }
            Value::Null | Value::Bool(_) => document,
        }
    }

    fn cut_parts(&self, text: &str) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        for (at, ellipsis) in text.match_indices('…') {
            let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
            let resumed = at + ellipsis.len();
            let after = after.get(ellipsis.len()..).unwrap_or_default();
            parts.extend(self.spellings.cut(before).map(|start| start..at));
            parts.extend(self.spellings.resumed(after).map(|length| resumed..resumed + length));
        }
        parts
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor(…)")
    }
}

/// The text with one mark for each range; ranges that overlap or touch get one mark.
fn marked(text: Cow<'_, str>, mut ranges: Vec<Range<usize>>) -> Cow<'_, str> {
    if ranges.is_empty() {
        return text;
    }
    ranges.sort_unstable_by_key(|range| range.start);
    let (mut redacted, mut from) = (String::with_capacity(text.len()), 0);
    let mut ranges = ranges.into_iter().peekable();
    while let Some(Range { start, mut end }) = ranges.next() {
        while let Some(next) = ranges.next_if(|next| next.start <= end) {
            end = end.max(next.end);
        }
        redacted.push_str(text.get(from..start).unwrap_or_default());
        redacted.push_str(REDACTED);
        from = end;
    }
    redacted.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(redacted)
}
