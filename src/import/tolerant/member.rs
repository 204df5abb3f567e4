//! Objects and keys, and the object of a key where brackets are missing.
//!
//! Where a comma is missing before a key, brackets may be missing as well: a page that was copied
//! without its lines of brackets. The catalog then shows which record has the field.

use super::{LenientReader, OpenContainer, ReadResult, known, quoted, space};
use crate::catalog::Record;
use crate::document::{Object, Value};

impl LenientReader<'_> {
    /// Reads an object; `is_implied` means that its opening brace is missing.
    pub(super) fn object(&mut self, record: Option<&'static Record>, is_implied: bool) -> ReadResult<Value> {
        let mut members = Object::default();
        if !is_implied {
            self.at += 1;
        }
        self.open(OpenContainer { record, element: None, is_list: false, seen: 0 })?;
        self.doubled_brace(is_implied);
        loop {
            let comma = self.separator(!members.is_empty());
            match self.peek() {
                Some('}') => {
                    self.close(comma);
                    break;
                }
                Some(']') if !self.is_inside(true) => self.stray(']'),
                None | Some(']') => {
                    if let Some(comma) = comma {
                        self.flaw(comma, "a trailing comma was removed", ",", "");
                    }
                    self.flaw(self.at, "a missing } was added", "", "}");
                    break;
                }
                Some(_) => {
                    let start = (self.at, self.flaws.len());
                    let key = self.key()?;
                    if comma.is_none() && !members.is_empty() {
                        if self.ends_before(&key) {
                            self.at = start.0;
                            self.flaws.truncate(start.1);
                            self.flaw(self.at, "a missing } was added", "", "}");
                            break;
                        }
                        self.flaw(start.0, "a missing comma was added", "", ",");
                    }
                    let value = self.member(record, &key)?;
                    members.push(key, value);
                }
            }
        }
        self.frames.pop();
        Ok(Value::Object(members))
    }

    fn member(&mut self, record: Option<&'static Record>, key: &str) -> ReadResult<Value> {
        let field = known(record, key);
        if let (Some((position, _)), Some(frame)) = (field, self.frames.last_mut()) {
            frame.seen |= bit(position);
        }
        self.colon(key)?;
        self.value(field.map(|(_, field)| &field.shape))
    }

    fn doubled_brace(&mut self, is_implied: bool) {
        self.skip();
        while !is_implied && self.peek() == Some('{') {
            self.flaw(self.at, "a doubled brace was read as one", "{{", "{");
            self.doubled += 1;
            self.at += 1;
            self.skip();
        }
    }

    /// Reads a key with quotes of any kind or none.
    fn key(&mut self) -> ReadResult<String> {
        match self.peek() {
            Some(c) if quoted::QuoteStyle::of(c).is_some() => self.quoted_key(),
            Some(_) | None => {
                let name = space::name(self.rest());
                if name.is_empty() {
                    let found: String = self.rest().chars().take(1).collect();
                    return Err((self.at, format!("expected a key, found {found}")));
                }
                if !space::is_before_colon(self.rest().get(name.len()..).unwrap_or_default()) {
                    return Err((self.at, format!("expected a key with its colon, found {name}")));
                }
                self.flaw(self.at, "quotes were added to a key", name, &format!("\"{name}\""));
                self.at += name.len();
                Ok(name.to_owned())
            }
        }
    }

    fn colon(&mut self, key: &str) -> ReadResult<()> {
        self.skip();
        let rest = self.rest();
        if let Some(sign) = ["=>", "=", "："].into_iter().find(|sign| rest.starts_with(sign)) {
            self.flaw(self.at, "another character was read as a colon", sign, ":");
            self.at += sign.len();
            return Ok(());
        }
        match self.peek() {
            Some(':') => self.at += 1,
            Some(c) if c.is_ascii_digit() || c == '{' || c == '[' || quoted::QuoteStyle::of(c).is_some() => {
                self.flaw(self.at, "a missing colon was added", "", ":");
            }
            Some(_) | None => {
                let key: String = key.chars().take(40).collect();
                return Err((self.at, format!("expected a colon after the key “{key}”")));
            }
        }
        Ok(())
    }

    /// Whether a key without a comma before it does not belong to the object that is being read: it
    /// is another item of the list around it, or a field of an outer object.
    fn ends_before(&self, key: &str) -> bool {
        let Some(frame) = self.frames.last() else { return false };
        match known(frame.record, key) {
            Some((position, _)) => {
                let is_item = self.frames.iter().rev().nth(1).is_some_and(|outer| outer.is_list);
                is_item && frame.seen & bit(position) != 0
            }
            None => frame.record.is_some() && self.is_known_outside(key),
        }
    }

    /// Whether the key that is next, inside a list, is a field of an outer object.
    pub(super) fn is_for_outside(&mut self) -> bool {
        let start = (self.at, self.flaws.len());
        let key = self.key().unwrap_or_default();
        self.at = start.0;
        self.flaws.truncate(start.1);
        let element = self.frames.last().and_then(|frame| super::record_of(frame.element));
        known(element, &key).is_none() && self.is_known_outside(&key)
    }

    fn is_known_outside(&self, key: &str) -> bool {
        self.frames.iter().rev().skip(1).any(|outer| known(outer.record, key).is_some())
    }

    pub(super) fn is_at_colon(&self) -> bool {
        space::is_before_colon(self.rest())
    }
}

/// The bit of a field by its position; records have far fewer than 64 fields.
const fn bit(position: usize) -> u64 {
    if position < 64 { 1 << position } else { 0 }
}
