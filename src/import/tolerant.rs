//! Lenient reader for pasted JSON, in one pass: each repair is a [`Flaw`] with its place.
//!
//! Used only after strict reading failed. The work is linear in the length of the text: every
//! lookahead is bounded, and at most [`MAX_DEPTH`] lists and objects are open.

mod around;
mod expression;
mod member;
mod quoted;
mod space;
mod word;

pub(super) use space::is_odd_space;

use super::guess;
use super::repair::Flaw;
use crate::catalog::{Field, Record, Shape, catalog};
use crate::document::{MAX_DEPTH, Value};

/// How many brackets are tried where the first ones belong to prose.
const TRIES: usize = 12;

/// A value, and the repairs that it needed.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) value: Value,
    pub(super) flaws: Vec<Flaw>,
}

/// Where repairs failed.
#[derive(Debug)]
pub(super) struct ReadError {
    pub(super) offset: usize,
    pub(super) message: String,
    /// The repairs before the failure.
    pub(super) flaws: Vec<Flaw>,
}

type ReadResult<T> = Result<T, (usize, String)>;

/// Whether anything in a text looks like the start of JSON.
pub(super) fn has_start(text: &str) -> bool {
    around::json_start(text, 0).is_some()
}

/// Reads the first JSON in a text that is accepted, or else the first. `is_object` means that the
/// text is an object of a program.
pub(super) fn read(
    text: &str,
    is_object: bool,
    accepts: &dyn Fn(&Value) -> bool,
) -> Result<Reading, ReadError> {
    let mut from = 0;
    let mut first = None;
    let mut refused = None;
    let is_program = guess::is_program(text);
    for _ in 0..TRIES {
        let Some(start) = around::json_start(text, from) else { break };
        let mut reader = LenientReader::new(text, start.at);
        reader.is_program = is_object || (is_program && start.is_after_prose);
        match reader.whole(&start) {
            Ok(value) => {
                let is_accepted = !start.is_after_prose || accepts(&value);
                let reading = Reading { value, flaws: reader.flaws };
                if is_accepted {
                    return Ok(reading);
                }
                from = start.at + 1;
                refused.get_or_insert(reading);
            }
            Err((offset, message)) => {
                from = start.at + 1;
                let is_final = reader.is_past || !start.is_after_prose;
                first.get_or_insert(ReadError { offset, message, flaws: reader.flaws });
                // Only a bracket in prose before the JSON is worth another try, not a part of the
                // JSON.
                if is_final {
                    break;
                }
            }
        }
    }
    if let Some(reading) = refused {
        return Ok(reading);
    }
    let message = "the text has no start of JSON".to_owned();
    Err(first.unwrap_or(ReadError { offset: 0, message, flaws: Vec::new() }))
}

/// A list or an object that is open.
struct OpenContainer {
    /// The record that an object here contains, if known.
    record: Option<&'static Record>,
    /// The shape of the items of a list here, if known.
    element: Option<&'static Shape>,
    is_list: bool,
    /// The fields of the record that were read, as bits by their position.
    seen: u64,
}

struct LenientReader<'t> {
    text: &'t str,
    at: usize,
    flaws: Vec<Flaw>,
    frames: Vec<OpenContainer>,
    /// How many opening braces were doubled; as many closing ones may follow.
    doubled: usize,
    /// Whether a whole value was read.
    is_past: bool,
    /// Whether values are those of a program, which may be expressions.
    is_program: bool,
}

impl<'t> LenientReader<'t> {
    fn new(text: &'t str, at: usize) -> Self {
        Self {
            text,
            at,
            flaws: Vec::new(),
            frames: Vec::new(),
            doubled: 0,
            is_past: false,
            is_program: false,
        }
    }

    fn whole(&mut self, start: &around::JsonStart) -> ReadResult<Value> {
        if start.is_after_prose {
            self.flaw(0, Flaw::PROSE, "", "");
        } else if start.is_quoted {
            self.flaw(start.first, "the quotes around the JSON were removed", "", "");
        }
        let value = if start.lacks_brace {
            self.flaw(self.at, "a missing opening brace was added", "", "{");
            self.object(Some(catalog().run()), true)?
        } else if self.peek() == Some('[') {
            self.array(None)?
        } else {
            self.object(Some(catalog().run()), false)?
        };
        self.is_past = true;
        self.end(start.is_quoted)?;
        Ok(value)
    }

    fn value(&mut self, shape: Option<&'static Shape>) -> ReadResult<Value> {
        self.skip();
        if let Some(inside) = self.unescaped_object()? {
            return Ok(inside);
        }
        if self.is_program {
            return self.program_value(shape);
        }
        self.plain_value(shape)
    }

    fn plain_value(&mut self, shape: Option<&'static Shape>) -> ReadResult<Value> {
        match self.peek() {
            Some('{') if word::placeholder(self.rest()).is_none() => self.object(record_of(shape), false),
            Some('[') => self.array(element_of(shape)),
            Some(c) if quoted::QuoteStyle::of(c).is_some() => Ok(Value::Text(self.quoted()?)),
            None | Some(',' | '}' | ']') => {
                self.flaw(self.at, "a missing value was read as null", "", "null");
                Ok(Value::Null)
            }
            Some(_) => self.word(),
        }
    }

    fn array(&mut self, element: Option<&'static Shape>) -> ReadResult<Value> {
        let mut items = Vec::new();
        self.at += 1;
        self.open(OpenContainer { record: None, element, is_list: true, seen: 0 })?;
        loop {
            let has_comma = self.separator(!items.is_empty());
            match self.peek() {
                None => {
                    self.flaw(self.at, "a missing ] was added", "", "]");
                    break;
                }
                Some(']') => {
                    self.close(has_comma);
                    break;
                }
                Some('}') if self.is_inside(false) => {
                    self.flaw(self.at, "a missing ] was added", "", "]");
                    break;
                }
                Some(stray @ ('}' | ')' | ':')) => self.stray(stray),
                Some(_) => {
                    let start = (self.at, self.flaws.len());
                    let item = self.value(element)?;
                    if matches!(item, Value::Text(_)) && self.is_at_colon() {
                        (self.at, _) = start;
                        self.flaws.truncate(start.1);
                        if self.is_for_outside() {
                            self.flaw(self.at, "a missing ] was added", "", "]");
                            break;
                        }
                        self.flaw(self.at, "a missing { was added", "", "{");
                        items.push(self.object(record_of(element), true)?);
                        continue;
                    }
                    if !items.is_empty() && has_comma.is_none() {
                        self.flaw(start.0, "a missing comma was added", "", ",");
                    }
                    items.push(item);
                }
            }
        }
        self.frames.pop();
        Ok(Value::Array(items))
    }

    /// Skips separators; returns the offset of the first comma that is valid.
    fn separator(&mut self, is_wanted: bool) -> Option<usize> {
        let mut comma = None;
        loop {
            self.skip();
            match self.peek() {
                Some(',') if is_wanted && comma.is_none() => comma = Some(self.at),
                Some(',') => self.flaw(self.at, "an extra comma was removed", ",", ""),
                Some(';') if is_wanted && comma.is_none() => {
                    comma = Some(self.at);
                    self.flaw(self.at, "a semicolon was read as a comma", ";", ",");
                }
                Some(_) | None => return comma,
            }
            self.at += 1;
        }
    }

    fn open(&mut self, frame: OpenContainer) -> ReadResult<()> {
        if self.frames.len() >= MAX_DEPTH {
            let message = format!("lists and objects are nested more than {MAX_DEPTH} deep");
            return Err((self.at, message));
        }
        self.frames.push(frame);
        Ok(())
    }

    /// Reads the closing bracket.
    fn close(&mut self, comma: Option<usize>) {
        if let Some(comma) = comma {
            self.flaw(comma, "a trailing comma was removed", ",", "");
        }
        self.at += 1;
    }

    fn stray(&mut self, stray: char) {
        self.flaw(self.at, "a stray character was removed", &stray.to_string(), "");
        self.at += stray.len_utf8();
    }

    /// Whether a list, or else an object, is open around what is being read.
    fn is_inside(&self, list: bool) -> bool {
        self.frames.iter().rev().skip(1).any(|frame| frame.is_list == list)
    }

    fn flaw(&mut self, offset: usize, what: &'static str, before: &str, after: &str) {
        self.flaws.push(Flaw::new(offset, what, before, after));
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }
}

/// The field of a key in a record, with its position.
fn known(record: Option<&'static Record>, key: &str) -> Option<(usize, &'static Field)> {
    let record = record?;
    let position = record.position(key)?;
    Some((position, record.fields.get(position)?))
}

fn record_of(shape: Option<&'static Shape>) -> Option<&'static Record> {
    match shape? {
        Shape::Record(id) => Some(catalog().record(*id)),
        Shape::Text | Shape::Integer | Shape::Boolean | Shape::List(_) | Shape::Map => None,
    }
}

fn element_of(shape: Option<&'static Shape>) -> Option<&'static Shape> {
    match shape? {
        Shape::List(element) => Some(element),
        Shape::Text | Shape::Integer | Shape::Boolean | Shape::Record(_) | Shape::Map => None,
    }
}
