//! A window of lines of the pretty text: a screen shows 40 lines of a document of maybe 90,000.
//!
//! Each line must equal the line that `write` prints. The lines before the window are only counted.

use super::pointer::{Pointer, Token};
use super::value::Value;
use super::write::{quote, scalar};

/// One line of the pretty text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonLine {
    /// Spaces before the first token.
    pub indent: usize,
    /// The tokens in order; with the indent, they make up the line.
    pub tokens: Vec<(TokenKind, String)>,
    /// The value on the line; a closing bracket belongs to its list or object.
    pub at: Pointer,
}

impl JsonLine {
    /// The line as text, without its line break.
    pub fn text(&self) -> String {
        let mut out = " ".repeat(self.indent);
        self.tokens.iter().for_each(|(_, token)| out.push_str(token));
        out
    }
}

/// The kind of a token, for its color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A key with its quotes.
    Key,
    /// Text with its quotes.
    Text,
    /// A number.
    Number,
    /// `true`, `false` or `null`.
    Word,
    /// Brackets, commas, and the colon with the space after it.
    Punct,
}

/// How many lines the pretty text has.
pub fn line_count(value: &Value) -> usize {
    match value {
        Value::Array(items) if !items.is_empty() => 2 + items.iter().map(line_count).sum::<usize>(),
        Value::Object(object) if !object.is_empty() => {
            2 + object.iter().map(|(_, value)| line_count(value)).sum::<usize>()
        }
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::Array(_)
        | Value::Object(_) => 1,
    }
}

/// The lines of the pretty text from the given one (from 0), at most `count` of them.
pub fn lines(root: &Value, from: usize, count: usize) -> Vec<JsonLine> {
    let mut window = Window { skip: from, left: count, lines: Vec::new() };
    window.visit(root, &LinePlace { above: None, key: None, index: 0, indent: 0, comma: false });
    window.lines
}

/// The first line of a value, from 0, which is the line of its key; `None` for an absent value.
pub fn line_of(root: &Value, at: &Pointer) -> Option<usize> {
    let (line, missing) = follow(root, at);
    (missing == 0).then_some(line)
}

/// Like [`line_of`], but for an absent value the line of its nearest existing parent.
pub fn line_near(root: &Value, at: &Pointer) -> usize {
    follow(root, at).0
}

/// Follows the tokens as far as possible: the line, and the number of tokens left.
fn follow(root: &Value, at: &Pointer) -> (usize, usize) {
    let mut value = root;
    let mut line = 0;
    for (depth, token) in at.tokens().iter().enumerate() {
        let next = value.slot(token).and_then(|slot| Some((slot, value.child(slot)?)));
        let Some((slot, child)) = next else { return (line, at.tokens().len() - depth) };
        line += 1 + value.children().take(slot).map(line_count).sum::<usize>();
        value = child;
    }
    (line, 0)
}

/// The place of a value in the recursion; only shown lines build a pointer from it.
struct LinePlace<'a> {
    above: Option<&'a Self>,
    key: Option<&'a str>,
    index: usize,
    indent: usize,
    comma: bool,
}

impl LinePlace<'_> {
    fn pointer(&self) -> Pointer {
        let mut tokens = Vec::new();
        let mut place = self;
        while let Some(above) = place.above {
            tokens.push(place.key.map_or(Token::Index(place.index), |key| Token::Key(key.to_owned())));
            place = above;
        }
        tokens.into_iter().rev().collect()
    }
}

struct Window {
    skip: usize,
    left: usize,
    lines: Vec<JsonLine>,
}

/// The part of a value on a line, which decides on its key and its comma.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LinePart {
    Whole,
    Open,
    Close,
}

impl Window {
    fn visit(&mut self, value: &Value, place: &LinePlace<'_>) {
        let (open, close) = match value {
            Value::Array(_) => ("[", "]"),
            Value::Object(_) => ("{", "}"),
            Value::Text(_) => return self.leaf(TokenKind::Text, value, place),
            Value::Number(_) => return self.leaf(TokenKind::Number, value, place),
            Value::Null | Value::Bool(_) => return self.leaf(TokenKind::Word, value, place),
        };
        let punct = |brackets: String| (TokenKind::Punct, brackets);
        let count = value.child_count();
        if count == 0 {
            return self.put(place, LinePart::Whole, || punct(format!("{open}{close}")));
        }
        self.put(place, LinePart::Open, || punct(open.to_owned()));
        let object = value.as_object();
        for (index, child) in value.children().enumerate() {
            if self.left == 0 {
                return;
            }
            // Most lines before the window are leaves: skipping their keys halves the time.
            if self.skip > 0 && child.child_count() == 0 {
                self.skip -= 1;
                continue;
            }
            let key = object.and_then(|object| object.entry(index)).map(|(key, _)| key);
            let (indent, comma) = (place.indent + 2, index + 1 < count);
            self.visit(child, &LinePlace { above: Some(place), key, index, indent, comma });
        }
        self.put(place, LinePart::Close, || punct(close.to_owned()));
    }

    fn leaf(&mut self, kind: TokenKind, value: &Value, place: &LinePlace<'_>) {
        self.put(place, LinePart::Whole, || {
            let mut text = String::new();
            scalar(&mut text, value);
            (kind, text)
        });
    }

    /// Skips a line before or after the window, or adds it to the window.
    fn put(&mut self, place: &LinePlace<'_>, part: LinePart, token: impl FnOnce() -> (TokenKind, String)) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        let mut tokens = Vec::with_capacity(4);
        if let Some(key) = place.key.filter(|_| part != LinePart::Close) {
            let mut text = String::new();
            quote(&mut text, key);
            tokens.push((TokenKind::Key, text));
            tokens.push((TokenKind::Punct, ": ".to_owned()));
        }
        tokens.push(token());
        if place.comma && part != LinePart::Open {
            tokens.push((TokenKind::Punct, ",".to_owned()));
        }
        self.lines.push(JsonLine { indent: place.indent, tokens, at: place.pointer() });
    }
}
