//! Errors for text that is not JSON: the place, what was expected, and what was found.

use super::write::quote;
use crate::text::visible;

/// A syntax error in JSON text, with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct SyntaxError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The place in bytes from the start of the text.
    pub offset: usize,
    /// A sentence without a full stop: what was expected, and what was found.
    pub message: String,
}

/// A syntax error without line and column, which are counted once, at the end.
#[derive(Debug)]
pub(super) struct SyntaxFault {
    pub(super) offset: usize,
    pub(super) message: String,
}

impl SyntaxFault {
    pub(super) fn new(offset: usize, message: impl Into<String>) -> Self {
        // The message quotes the text: a bidirectional control must not change the message.
        Self { offset, message: visible(&message.into()).into_owned() }
    }

    pub(super) fn place(self, text: &str) -> SyntaxError {
        let (line, column) = line_column(text, self.offset);
        SyntaxError { line, column, offset: self.offset, message: self.message }
    }
}

/// Line and column of a byte offset, from 1, the column in characters without a byte order mark.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let current = before.rsplit('\n').next().unwrap_or(before);
    (line, current.chars().filter(|c| *c != '\u{feff}').count() + 1)
}

/// Describes the start of a text, for the end of "expected …, found …".
pub(super) fn found(rest: &str) -> String {
    let Some(first) = rest.chars().next() else { return "the end of the text".to_owned() };
    match first {
        '"' => shown(rest.get(1..).and_then(|inner| inner.split(['"', '\n']).next()).unwrap_or_default()),
        '“' | '”' | '„' | '‟' | '‘' | '’' | '«' | '»' => {
            format!("the curly quote {first} (JSON accepts only the straight one, \")")
        }
        '\'' => "a single quote (JSON text needs double quotes)".to_owned(),
        '#' => "a comment (JSON has none)".to_owned(),
        '/' if rest.starts_with("//") || rest.starts_with("/*") => "a comment (JSON has none)".to_owned(),
        c if is_word(c) => found_word(&rest.chars().take_while(|c| is_word(*c)).collect::<String>()),
        c if c.is_control() || c.is_whitespace() => format!("the character U+{:04X}", u32::from(c)),
        c => c.to_string(),
    }
}

fn found_word(word: &str) -> String {
    let hint = match word.to_ascii_lowercase().as_str() {
        lower @ ("true" | "false" | "null") if lower != word => {
            " (JSON writes true, false and null in lower case)"
        }
        "none" | "nil" | "undefined" => " (JSON writes null)",
        "nan" | "infinity" | "inf" | "+infinity" => " (JSON has no such number)",
        _ => "",
    };
    format!("{}{hint}", cut(word))
}

/// Whether a character belongs to a bare word or number in a message.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '+' | '-' | '.')
}

/// Text in quotes, short enough for a message.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::new();
    quote(&mut out, &cut(text));
    out
}

/// A word short enough for a message.
pub(super) fn cut(text: &str) -> String {
    const MAX_QUOTED: usize = 40;
    let mut short: String = text.chars().take(MAX_QUOTED).collect();
    if text.chars().nth(MAX_QUOTED).is_some() {
        short.push('…');
    }
    short
}
