//! Reads strict JSON. A [`TreeBuilder`] builds the result: the value, or the ranges of all values.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::MAX_DEPTH;
use super::number::{Number, fault};
use super::syntax::{SyntaxError, SyntaxFault, cut, found, is_word, shown};
use super::value::{Member, Value};

/// Reads strict JSON (RFC 8259). Keeps order, duplicate keys and the spelling of numbers; skips a
/// byte order mark; refuses more than [`MAX_DEPTH`] levels of nested lists and objects.
pub fn read(text: &str) -> Result<Value, SyntaxError> {
    parse::<Tree>(text)
}

/// Builds the result while a text is read; `Range`s are byte offsets.
pub(super) trait TreeBuilder {
    /// A finished value.
    type Node;
    /// The items of an unfinished list.
    type Items: Default;
    /// The members of an unfinished object.
    type Members: Default;

    fn leaf(value: Value, at: Range<usize>) -> Self::Node;
    fn item(items: &mut Self::Items, node: Self::Node);
    fn member(members: &mut Self::Members, key: Arc<str>, key_at: Range<usize>, node: Self::Node);
    fn array(items: Self::Items, at: Range<usize>) -> Self::Node;
    fn object(members: Self::Members, at: Range<usize>) -> Self::Node;
}

struct Tree;

impl TreeBuilder for Tree {
    type Node = Value;
    type Items = Vec<Value>;
    type Members = Vec<Member>;

    fn leaf(value: Value, _at: Range<usize>) -> Value {
        value
    }

    fn item(items: &mut Vec<Value>, node: Value) {
        items.push(node);
    }

    fn member(members: &mut Self::Members, key: Arc<str>, _key_at: Range<usize>, node: Value) {
        members.push((key, node));
    }

    fn array(items: Vec<Value>, _at: Range<usize>) -> Value {
        Value::Array(items)
    }

    fn object(members: Self::Members, _at: Range<usize>) -> Value {
        Value::Object(members.into_iter().collect())
    }
}

/// A document with more keys than this has free keys, which are not worth sharing.
const MOST_SHARED: usize = 256;

pub(super) fn parse<B: TreeBuilder>(text: &str) -> Result<B::Node, SyntaxError> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = JsonReader { text, at: start, keys: HashSet::new() };
    reader.whole::<B>().map_err(|fault| fault.place(text))
}

/// The owner of the current value, for messages.
#[derive(Clone, Copy)]
enum ValueOwner<'t> {
    Top,
    Member(&'t str),
    Item(usize),
}

impl ValueOwner<'_> {
    fn wanted(self) -> String {
        match self {
            Self::Top => "a value".to_owned(),
            Self::Member(key) => format!("a value for {}", shown(key)),
            Self::Item(index) => format!("a value as item {}", index + 1),
        }
    }

    fn after(self) -> String {
        match self {
            Self::Top => "after the value".to_owned(),
            Self::Member(key) => format!("after the value of {}", shown(key)),
            Self::Item(index) => format!("after item {}", index + 1),
        }
    }
}

struct JsonReader<'t> {
    text: &'t str,
    at: usize,
    /// The keys so far, only those without an escape.
    keys: HashSet<Arc<str>>,
}

impl<'t> JsonReader<'t> {
    fn whole<B: TreeBuilder>(&mut self) -> Result<B::Node, SyntaxFault> {
        self.skip_space();
        if self.peek().is_none() {
            return Err(SyntaxFault::new(
                self.at,
                "the text is empty: expected a JSON value, usually an object in { }",
            ));
        }
        let node = self.value::<B>(ValueOwner::Top, 0)?;
        self.skip_space();
        if self.peek().is_some() {
            return Err(self.expected("the end of the text after the value"));
        }
        Ok(node)
    }

    fn value<B: TreeBuilder>(&mut self, owner: ValueOwner<'_>, depth: usize) -> Result<B::Node, SyntaxFault> {
        self.skip_space();
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => return self.object::<B>(depth + 1),
            Some(b'[') => return self.array::<B>(depth + 1),
            Some(b'"') => Value::Text(self.string()?),
            Some(b'-' | b'+' | b'.' | b'0'..=b'9') => Value::Number(self.number()?),
            _ => self.word(owner)?,
        };
        Ok(B::leaf(value, start..self.at))
    }

    fn array<B: TreeBuilder>(&mut self, depth: usize) -> Result<B::Node, SyntaxFault> {
        let start = self.open(depth)?;
        let mut items = B::Items::default();
        if self.take(b']') {
            return Ok(B::array(items, start..self.at));
        }
        for index in 0.. {
            let owner = ValueOwner::Item(index);
            let node = self.value::<B>(owner, depth)?;
            B::item(&mut items, node);
            if self.close(b']', owner)? {
                break;
            }
        }
        Ok(B::array(items, start..self.at))
    }

    fn object<B: TreeBuilder>(&mut self, depth: usize) -> Result<B::Node, SyntaxFault> {
        let start = self.open(depth)?;
        let mut members = B::Members::default();
        if self.take(b'}') {
            return Ok(B::object(members, start..self.at));
        }
        let mut wanted = "a key in double quotes or }";
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.expected(wanted));
            }
            wanted = "a key in double quotes after the comma";
            let key_start = self.at;
            let key = self.key()?;
            let key_at = key_start..self.at;
            let raw_key = self.text.get(key_start + 1..self.at - 1).unwrap_or_default();
            self.skip_space();
            if !self.take(b':') {
                return Err(self.expected(&format!("a colon after the key {}", shown(raw_key))));
            }
            let owner = ValueOwner::Member(raw_key);
            let node = self.value::<B>(owner, depth)?;
            B::member(&mut members, key, key_at, node);
            if self.close(b'}', owner)? {
                return Ok(B::object(members, start..self.at));
            }
        }
    }

    /// Skips the opening bracket and the space after it; returns the offset of the bracket.
    fn open(&mut self, depth: usize) -> Result<usize, SyntaxFault> {
        let start = self.at;
        if depth > MAX_DEPTH {
            let message = format!("lists and objects are nested more than {MAX_DEPTH} levels deep");
            return Err(SyntaxFault::new(start, message));
        }
        self.at += 1;
        self.skip_space();
        Ok(start)
    }

    /// After a value: true at the closing bracket, false after a comma before another value.
    fn close(&mut self, bracket: u8, owner: ValueOwner<'_>) -> Result<bool, SyntaxFault> {
        self.skip_space();
        if self.take(bracket) {
            return Ok(true);
        }
        let comma = self.at;
        if !self.take(b',') {
            let wanted = format!("a comma or {} {}", char::from(bracket), owner.after());
            return Err(self.expected(&wanted));
        }
        self.skip_space();
        if let Some(end @ (b'}' | b']')) = self.peek() {
            let end = char::from(end);
            let message = format!("a trailing comma {}: expected another value, found {end}", owner.after());
            return Err(SyntaxFault::new(comma, message));
        }
        Ok(false)
    }

    fn word(&mut self, owner: ValueOwner<'_>) -> Result<Value, SyntaxFault> {
        let value = match self.rest().split(|c| !is_word(c)).next() {
            Some("null") => Value::Null,
            Some("true") => Value::Bool(true),
            Some("false") => Value::Bool(false),
            _ => return Err(self.expected(&owner.wanted())),
        };
        self.at += if value == Value::Bool(false) { 5 } else { 4 };
        Ok(value)
    }

    fn number(&mut self) -> Result<Number, SyntaxFault> {
        let word = self.rest().split(|c| !is_word(c)).next().unwrap_or_default();
        let Some(number) = Number::new(word) else {
            let why = fault(word).unwrap_or_default();
            return Err(SyntaxFault::new(self.at, format!("{} is not a JSON number: {why}", cut(word))));
        };
        self.at += word.len();
        Ok(number)
    }

    /// A key; the objects of a list share equal keys.
    fn key(&mut self) -> Result<Arc<str>, SyntaxFault> {
        let start = self.at + 1;
        let plain = self.text.get(start..).and_then(|rest| rest.split('"').next());
        if let Some(known) = plain.and_then(|plain| self.keys.get(plain)) {
            self.at = start + known.len() + 1;
            return Ok(Arc::clone(known));
        }
        let key: Arc<str> = self.string()?.into();
        // An escape is longer than its character.
        if start + key.len() + 1 == self.at && self.keys.len() < MOST_SHARED {
            self.keys.insert(Arc::clone(&key));
        }
        Ok(key)
    }

    fn string(&mut self) -> Result<String, SyntaxFault> {
        let start = self.at;
        let mut out = String::new();
        self.at += 1;
        loop {
            let rest = self.rest();
            let run = rest.bytes().position(|b| b == b'"' || b == b'\\' || b < b' ').unwrap_or(rest.len());
            out.push_str(rest.get(..run).unwrap_or_default());
            self.at += run;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                None | Some(b'\n' | b'\r') => return Err(self.unclosed(start)),
                Some(b'\t') => return Err(SyntaxFault::new(self.at, "a tab inside text is written \\t")),
                Some(control) => {
                    let message = format!(
                        "the control character U+{control:04X} inside text is written \\u{control:04x}"
                    );
                    return Err(SyntaxFault::new(self.at, message));
                }
            }
        }
    }

    fn unclosed(&self, start: usize) -> SyntaxFault {
        let text = self.text.get(start + 1..self.at).unwrap_or_default();
        let end = if self.peek().is_some() { "line" } else { "text" };
        let curly = if text.contains(['“', '”']) { "; a curly quote does not close it" } else { "" };
        let message =
            format!("the text {} is not closed: expected \" before the end of the {end}{curly}", shown(text));
        SyntaxFault::new(start, message)
    }

    fn escape(&mut self) -> Result<char, SyntaxFault> {
        let start = self.at;
        self.at += 1;
        let letter = self.rest().chars().next();
        self.at += letter.map_or(0, char::len_utf8);
        Ok(match letter {
            Some(plain @ ('"' | '\\' | '/')) => plain,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.unicode(start),
            Some(other) => {
                let message = format!(
                    "\\{} is not a JSON escape: expected \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u",
                    other.escape_debug()
                );
                return Err(SyntaxFault::new(start, message));
            }
            None => return Err(SyntaxFault::new(start, "the text is not closed: it ends in a backslash")),
        })
    }

    /// The character of `\u`, with the second half of a surrogate pair.
    fn unicode(&mut self, start: usize) -> Result<char, SyntaxFault> {
        let first = self.hex(start)?;
        if (0xDC00..0xE000).contains(&first) {
            let message =
                format!("\\u{first:04x} is the second half of a character whose first half is missing");
            return Err(SyntaxFault::new(start, message));
        }
        if !(0xD800..0xDC00).contains(&first) {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let second_start = self.at;
        if self.rest().starts_with("\\u") {
            self.at += 2;
            let second = self.hex(second_start)?;
            if (0xDC00..0xE000).contains(&second) {
                let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
        }
        let message = format!(
            "\\u{first:04x} is the first half of a character: expected the second, \\udc00 to \\udfff, after it"
        );
        Err(SyntaxFault::new(start, message))
    }

    fn hex(&mut self, start: usize) -> Result<u32, SyntaxFault> {
        let digits = self.text.get(self.at..self.at + 4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(code) = digits.and_then(|d| u32::from_str_radix(d, 16).ok()) else {
            let found: String = self.rest().chars().take(4).take_while(|c| *c != '"').collect();
            let message = format!("expected four hexadecimal digits after \\u, found {}", shown(&found));
            return Err(SyntaxFault::new(start, message));
        };
        self.at += 4;
        Ok(code)
    }

    fn expected(&self, what: &str) -> SyntaxFault {
        SyntaxFault::new(self.at, format!("expected {what}, found {}", found(self.rest())))
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }
}
