//! Scans text that may not be JSON: the tokens of a line for colors, and the value at an offset.
//!
//! A scan never fails. It skips text that is not a token, and an unclosed quote ends with its line.

use std::ops::Range;

use super::line::TokenKind;
use super::pointer::{Pointer, Token};
use super::read::read;
use super::value::Value;

/// The tokens of one line with their byte ranges; text between tokens has no color.
pub fn tokens(line: &str) -> Vec<(TokenKind, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((lexeme, range)) = next(line, at) {
        at = range.end;
        let kind = match lexeme {
            Lexeme::Quoted if matches!(next(line, at), Some((Lexeme::Colon, _))) => TokenKind::Key,
            Lexeme::Quoted => TokenKind::Text,
            Lexeme::Number => TokenKind::Number,
            Lexeme::Word => TokenKind::Word,
            Lexeme::Open { .. } | Lexeme::Close | Lexeme::Comma | Lexeme::Colon => TokenKind::Punct,
        };
        found.push((kind, range));
    }
    found
}

/// The pointer of the value at a byte offset, as far as it is clear; a value includes its key and
/// the text after it up to the next value.
pub fn place_at(text: &str, offset: usize) -> Pointer {
    let mut frames: Vec<ScanFrame> = Vec::new();
    let mut at = 0;
    while let Some((lexeme, range)) = next(text, at).filter(|(_, range)| range.start <= offset) {
        at = range.end;
        let is_behind = range.start < offset;
        match lexeme {
            Lexeme::Open { is_object } => {
                open_frame(&mut frames, None);
                if is_behind {
                    frames.push(ScanFrame { is_object, is_fresh: true, position: ScanPosition::Nothing });
                }
            }
            Lexeme::Close if is_behind => {
                frames.pop();
            }
            Lexeme::Comma if is_behind => {
                if let Some(frame) = frames.last_mut() {
                    frame.is_fresh = true;
                }
            }
            Lexeme::Quoted => open_frame(&mut frames, Some(range)),
            Lexeme::Number | Lexeme::Word => open_frame(&mut frames, None),
            Lexeme::Close | Lexeme::Comma | Lexeme::Colon => {}
        }
    }
    frames.iter().map_while(|frame| frame.token(text)).collect()
}

/// A list or object that is open at the current offset.
struct ScanFrame {
    is_object: bool,
    /// Whether the next value or key starts a new item or member.
    is_fresh: bool,
    position: ScanPosition,
}

/// The item or member of a list or object at the current offset.
enum ScanPosition {
    Nothing,
    Item(usize),
    /// The bytes of the key, quotes included.
    Member(Range<usize>),
}

impl ScanFrame {
    fn token(&self, text: &str) -> Option<Token> {
        match &self.position {
            ScanPosition::Nothing => None,
            ScanPosition::Item(index) => Some(Token::Index(*index)),
            ScanPosition::Member(key) => match read(text.get(key.clone())?) {
                Ok(Value::Text(key)) => Some(Token::Key(key)),
                Ok(_) | Err(_) => None,
            },
        }
    }
}

/// Starts a value or key: the next item of a list, or the next key of an object, if it is quoted.
fn open_frame(frames: &mut [ScanFrame], quoted: Option<Range<usize>>) {
    let Some(frame) = frames.last_mut().filter(|frame| frame.is_fresh) else { return };
    if frame.is_object {
        let Some(key) = quoted else { return };
        frame.position = ScanPosition::Member(key);
    } else {
        frame.position = match frame.position {
            ScanPosition::Item(index) => ScanPosition::Item(index + 1),
            ScanPosition::Nothing | ScanPosition::Member(_) => ScanPosition::Item(0),
        };
    }
    frame.is_fresh = false;
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lexeme {
    Open { is_object: bool },
    Close,
    Comma,
    Colon,
    Quoted,
    Number,
    Word,
}

/// The next lexeme from a byte on.
fn next(text: &str, from: usize) -> Option<(Lexeme, Range<usize>)> {
    let rest = text.get(from..)?;
    let skipped = rest.len() - rest.trim_start().len();
    let (start, rest) = (from + skipped, rest.trim_start());
    let first = rest.chars().next()?;
    let (lexeme, len) = match first {
        '{' | '[' => (Lexeme::Open { is_object: first == '{' }, 1),
        '}' | ']' => (Lexeme::Close, 1),
        ',' => (Lexeme::Comma, 1),
        ':' => (Lexeme::Colon, 1),
        '"' => (Lexeme::Quoted, quoted_len(rest)),
        '-' | '0'..='9' => (Lexeme::Number, word_len(rest)),
        _ => (Lexeme::Word, word_len(rest).max(first.len_utf8())),
    };
    Some((lexeme, start..start + len))
}

/// The bytes of quoted text with both quotes; without a closing quote, up to the end of the line.
fn quoted_len(rest: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            b'\n' => return at,
            b'"' if !is_escaped => return at + 1,
            _ => is_escaped = byte == b'\\' && !is_escaped,
        }
    }
    rest.len()
}

fn word_len(rest: &str) -> usize {
    rest.find(|c: char| !super::syntax::is_word(c)).unwrap_or(rest.len())
}
