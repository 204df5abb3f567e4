//! The pretty text by lines, in windows: a screen shows forty lines of a document that may have ninety thousand.
//!
//! Must agree with `write` line for line. One walk finds the window; what stands before it is counted, not printed.

use super::pointer::{Pointer, Token};
use super::value::Value;
use super::write::{quote, scalar};

/// One line of the pretty text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonLine {
    /// Spaces before the first token.
    pub indent: usize,
    /// The tokens in order; put together behind the indent they are the line exactly.
    pub tokens: Vec<(TokenKind, String)>,
    /// What the line shows; the line of a closing bracket belongs to the list or object that it closes.
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

/// What a token is, for whoever colours it.
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

/// The line (from 0) on which a value begins, which is the line of its key. `None` when nothing stands there.
pub fn line_of(root: &Value, at: &Pointer) -> Option<usize> {
    let (line, missing) = follow(root, at);
    (missing == 0).then_some(line)
}

/// As [`line_of`], but for an absent value the line of the nearest place above it that is there.
pub fn line_near(root: &Value, at: &Pointer) -> usize {
    follow(root, at).0
}

/// Goes down as far as the tokens lead: the line reached, and how many tokens were left over.
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

/// Where a value stands on the way down; a pointer is made of it only for lines that are shown.
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

/// Which part of a value a line shows, and so whether its key and the comma behind it belong there.
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
            // Most lines before the window are leaves: not to look at their keys halves the way to the end.
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

    /// Passes over one line, or shows it once the window is reached and until it is full.
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
