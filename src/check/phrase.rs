//! Values in messages: short, printable, and without passwords.

use super::redact;
use crate::document::{Number, Value, ValueKind};
use crate::text;

const COLUMNS: usize = 42;

/// A text in quotes, shortened; passwords in URLs and texts that look like keys are redacted.
pub fn quote(value: &str) -> String {
    quote_in(value, COLUMNS)
}

/// Like [`quote`], but shorter, for a message with two values.
pub(super) fn brief(value: &str) -> String {
    quote_in(value, COLUMNS / 2)
}

fn quote_in(value: &str, columns: usize) -> String {
    let without_tokens = redact::tokens(value);
    let shown = text::visible(&without_tokens);
    format!("“{}”", text::cut(&redact::credentials(&shown), columns))
}

/// A value at the start of a message; a list or an object is only named.
pub(super) fn show(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => self::number(number),
        Value::Text(text) => quote(text),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// The JSON type of a value, as the noun of a sentence.
pub(super) fn kind_noun(value: &Value) -> &'static str {
    match value.kind() {
        ValueKind::Null => "null",
        ValueKind::Bool => "a boolean",
        ValueKind::Number => "a number",
        ValueKind::Text => "text",
        ValueKind::Array => "a list",
        ValueKind::Object => "an object",
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn series(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A number, shortened.
pub(super) fn number(number: &Number) -> String {
    text::cut(number.as_str(), COLUMNS).into_owned()
}
