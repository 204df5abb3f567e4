//! Paths as jq expressions.

use crate::document::Token;

/// The path of a value as a jq expression: `.a.b`, `.a["b-c"]`, `.a[0]`.
pub fn path_expression(tokens: &[Token]) -> String {
    let mut path = String::new();
    for token in tokens {
        let dot = if path.is_empty() { "." } else { "" };
        match token {
            Token::Index(index) => path = format!("{path}{dot}[{index}]"),
            Token::Key(key) if is_plain(key) => path = format!("{path}.{key}"),
            Token::Key(key) => path = format!("{path}{dot}[{}]", quoted(key)),
        }
    }
    if path.is_empty() { ".".to_owned() } else { path }
}

/// Whether jq reads a key after a dot without quotes.
fn is_plain(key: &str) -> bool {
    let is_start = |letter: char| letter.is_ascii_alphabetic() || letter == '_';
    key.starts_with(is_start) && key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// A text as a jq string.
pub(in crate::import::mapping) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
