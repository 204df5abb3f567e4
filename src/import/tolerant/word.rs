//! Values without quotes: words of other languages, numbers, placeholders.

use super::{LenientReader, ReadResult, expression, quoted, space};
use crate::document::{Number, Value};

impl LenientReader<'_> {
    /// Reads a value without quotes, up to its end on the line.
    pub(super) fn word(&mut self) -> ReadResult<Value> {
        let rest = self.rest();
        let length = placeholder(rest).map_or(0, str::len);
        let tail = rest.get(length..).unwrap_or_default();
        let word = rest.get(..length + end(tail)).unwrap_or_default().trim_end();
        let start = self.at;
        self.at += word.len();
        match word {
            "null" => return Ok(Value::Null),
            "true" => return Ok(Value::Bool(true)),
            "false" => return Ok(Value::Bool(false)),
            "" => {
                let found: String = rest.chars().take(1).collect();
                return Err((start, format!("expected a value, found {found}")));
            }
            _ => {}
        }
        if let Some(number) = Number::new(word) {
            return Ok(Value::Number(number));
        }
        let (value, what, after) = foreign(word);
        self.flaw(start, what, word, &after);
        Ok(value)
    }
}

/// The value of a word that JSON does not have.
fn foreign(word: &str) -> (Value, &'static str, String) {
    let other = "a word of another language was read as JSON";
    match word.to_ascii_lowercase().as_str() {
        "true" | "$true" => return (Value::Bool(true), other, "true".to_owned()),
        "false" | "$false" => return (Value::Bool(false), other, "false".to_owned()),
        "null" | "none" | "nil" | "undefined" | "$null" => return (Value::Null, other, "null".to_owned()),
        "nan" | "infinity" | "-infinity" => {
            return (Value::Null, "a number that JSON does not have was read as null", "null".to_owned());
        }
        _ => {}
    }
    let plain = word.trim_start_matches('+').replacen('–', "-", 1).replacen('−', "-", 1);
    let plain = if plain.starts_with('.') { format!("0{plain}") } else { plain };
    if let Some(number) = Number::new(plain.trim_end_matches('.')) {
        let after = number.as_str().to_owned();
        return (Value::Number(number), "a number was rewritten as JSON", after);
    }
    if let Some(placeholder) = expression::placeholder_of(word) {
        let what = "an expression became a placeholder";
        return (Value::Text(placeholder.clone()), what, format!("\"{placeholder}\""));
    }
    if placeholder(word).is_some_and(|found| found.len() == word.len()) {
        let what = "a placeholder was kept as text";
        return (Value::Text(word.to_owned()), what, format!("\"{word}\""));
    }
    let bare = word.trim_end_matches(|c| quoted::QuoteStyle::of(c).is_some());
    let after = format!("\"{bare}\"");
    (Value::Text(bare.to_owned()), "quotes were added to a text", after)
}

/// The placeholder at the start of a text: `<…>`, `{{…}}`, `${{…}}`, `${…}`, `$(…)`, `%…%`, on one
/// line.
pub(super) fn placeholder(text: &str) -> Option<&str> {
    const LONGEST: usize = 200;
    let pairs = [("<", ">"), ("{{", "}}"), ("${{", "}}"), ("${", "}"), ("$(", ")"), ("%", "%")];
    let (open, close) = pairs.into_iter().find(|(open, _)| text.starts_with(open))?;
    let near = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let inner = text.get(open.len()..near.max(open.len()))?;
    let end = inner.find(close)?;
    let name = inner.get(..end)?;
    let is_name = !name.trim().is_empty()
        && !name.contains(['\n', '"', '“', '{'])
        && !name.contains("':")
        && !name.contains(": ");
    is_name.then(|| text.get(..open.len() + end + close.len()))?
}

/// Where a value without quotes ends.
fn end(text: &str) -> usize {
    let mut is_apart = false;
    for (at, c) in text.char_indices() {
        let is_comment = is_apart && (c == '#' || text.get(at..).is_some_and(|rest| rest.starts_with("//")));
        if matches!(c, ',' | ';' | '{' | '}' | '[' | ']' | '\n' | '\r') || is_comment {
            return at;
        }
        is_apart = c == ' ' || c == '\t' || space::is_odd_space(c);
    }
    text.len()
}
