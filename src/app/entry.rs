//! Conversion between the text of a field and the value in the document.
//!
//! Text that does not parse as the wanted kind is kept as text, so that typed text is not lost. The
//! checks report what is wrong with the value.

use std::borrow::Cow;

use crate::catalog::{Field, Shape, Widget};
use crate::document::{self, Number, Object, Value, ValueKind};
use crate::time::{self, Duration, Timestamp};

/// The way the value of a field is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldEntry {
    /// Free text.
    Text,
    /// One of a few known words, or any other text.
    Choice,
    /// A time stored as epoch milliseconds.
    Instant,
    /// A time stored as ISO 8601 text.
    IsoInstant,
    /// A duration stored as milliseconds.
    Duration,
    /// A whole number.
    Number,
    /// True, false or unset.
    Toggle,
    /// Several texts, separated by commas or line breaks.
    List,
    /// Several `key=value`.
    Pairs,
    /// JSON, for a value of an unexpected shape.
    Raw,
}

impl FieldEntry {
    /// The typing hint, which mentions actions in braces; empty for plain text.
    pub const fn how(self) -> &'static str {
        match self {
            Self::Instant | Self::IsoInstant => {
                "Accepts -15m, now, 14:05, 2023-03-22 06:44 (UTC, or add +02:00), epoch s/ms."
            }
            Self::Duration => "Accepts 77s, 1m 17s, 00:01:17, or milliseconds.",
            Self::Choice => "{left} {right} next value, {enter} list, or type a value.",
            Self::Toggle => "y, n, or Space; {delete} unsets it.",
            Self::List => "Separate items by commas or lines.",
            Self::Pairs => "key=value, separated by commas.",
            Self::Raw => "Type JSON.",
            Self::Text | Self::Number => "",
        }
    }
}

/// The entry for a field with its current value.
pub fn entry_for(field: &Field, value: Option<&Value>) -> FieldEntry {
    let wanted = match (&field.shape, field.widget) {
        (Shape::Text, Widget::Time) => FieldEntry::IsoInstant,
        (_, Widget::Time) => FieldEntry::Instant,
        (_, Widget::Duration) => FieldEntry::Duration,
        (_, Widget::Choice) => FieldEntry::Choice,
        (Shape::Boolean, _) => FieldEntry::Toggle,
        (Shape::Integer, _) => FieldEntry::Number,
        (Shape::List(of), _) if **of == Shape::Text => FieldEntry::List,
        (Shape::Map, _) => FieldEntry::Pairs,
        (Shape::List(_) | Shape::Record(_), _) => FieldEntry::Raw,
        (Shape::Text, _) => FieldEntry::Text,
    };
    if value.is_none_or(|value| is_typable(wanted, value)) { wanted } else { FieldEntry::Raw }
}

/// Whether the text of this entry reads back as the same value.
fn is_typable(entry: FieldEntry, value: &Value) -> bool {
    let is_list = matches!(entry, FieldEntry::List | FieldEntry::Pairs);
    match value {
        Value::Null => true,
        Value::Array(items) if entry == FieldEntry::List => {
            items.iter().all(|item| item.as_text().is_some_and(|text| split_list(text) == [text]))
        }
        Value::Object(pairs) if entry == FieldEntry::Pairs => pairs.iter().all(|(key, value)| {
            !key.contains(['=', ',', '\n'])
                && key.trim() == key
                && value.as_text().is_some_and(|text| !text.contains([',', '\n']) && text.trim() == text)
        }),
        Value::Array(_) | Value::Object(_) => false,
        Value::Bool(_) | Value::Number(_) | Value::Text(_) => !is_list,
    }
}

/// The editable text of a value.
pub fn to_text(entry: FieldEntry, value: Option<&Value>) -> String {
    match (entry, value) {
        (_, None | Some(Value::Null)) => String::new(),
        (FieldEntry::Instant, Some(Value::Number(number))) => match number.as_i64() {
            Some(n) if time::epoch_unit(n) == Some(time::EpochUnit::Millis) => {
                Timestamp::from_millis(n).human()
            }
            _ => number.as_str().to_owned(),
        },
        (FieldEntry::Duration, Some(Value::Number(number))) => match number.as_i64() {
            Some(n) if n >= 0 => Duration::from_millis(n).human(),
            _ => number.as_str().to_owned(),
        },
        (FieldEntry::List, Some(Value::Array(items))) => {
            items.iter().filter_map(Value::as_text).collect::<Vec<_>>().join(", ")
        }
        (FieldEntry::Pairs, Some(Value::Object(pairs))) => pairs
            .iter()
            .map(|(key, value)| format!("{key}={}", value.as_text().unwrap_or_default()))
            .collect::<Vec<_>>()
            .join(", "),
        (FieldEntry::Raw, Some(value)) => document::write_compact(value),
        (_, Some(Value::Text(text))) => text.clone(),
        (_, Some(value)) => document::write_compact(value),
    }
}

/// The value of typed text; empty text has none.
pub fn to_value(entry: FieldEntry, words: &[String], text: &str, now: Timestamp) -> Option<Value> {
    if text.is_empty() {
        return None;
    }
    // A relative time such as `now` is not meant to the millisecond.
    let now = now.whole_second();
    let as_typed = || Value::Text(text.to_owned());
    Some(match entry {
        FieldEntry::Text => as_typed(),
        FieldEntry::Choice => Value::Text(complete(words, text).unwrap_or(text).to_owned()),
        FieldEntry::Instant => time::parse_instant(text, now)
            .map_or_else(|| number_or_text(text), |at| Value::Number(at.millis().into())),
        FieldEntry::IsoInstant => {
            time::parse_instant(text, now).map_or_else(as_typed, |at| Value::Text(at.to_rfc3339()))
        }
        FieldEntry::Duration => time::parse_duration(text)
            .map_or_else(|| number_or_text(text), |span| Value::Number(span.millis().into())),
        FieldEntry::Number => number_or_text(text),
        FieldEntry::Toggle => match text.trim() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => as_typed(),
        },
        FieldEntry::List => {
            Value::Array(split_list(text).into_iter().map(|item| Value::Text(item.to_owned())).collect())
        }
        FieldEntry::Pairs => pairs(text),
        FieldEntry::Raw => document::read(text).unwrap_or_else(|_| as_typed()),
    })
}

/// The only word that starts with the typed text, ignoring case.
fn complete<'a>(words: &'a [String], text: &str) -> Option<&'a str> {
    let typed = text.to_lowercase();
    let mut fitting = words.iter().filter(|word| word.to_lowercase().starts_with(&typed));
    let first = fitting.next()?;
    let exact = words.iter().any(|word| word == text);
    (!exact && fitting.next().is_none()).then_some(first.as_str())
}

fn number_or_text(text: &str) -> Value {
    Number::new(text.trim()).map_or_else(|| Value::Text(text.to_owned()), Value::Number)
}

/// The items of a typed list: split at commas and line breaks, and at spaces too if every item
/// looks like a commit id.
pub fn split_list(text: &str) -> Vec<&str> {
    let by_space: Vec<&str> =
        text.split([',', '\n', '\r', ' ', '\t']).filter(|item| !item.is_empty()).collect();
    let is_commit = |item: &&str| item.len() >= 7 && item.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !by_space.is_empty() && by_space.iter().all(is_commit) {
        return by_space;
    }
    text.split([',', '\n', '\r']).map(str::trim).filter(|item| !item.is_empty()).collect()
}

fn pairs(text: &str) -> Value {
    let mut object = Object::default();
    for pair in text.split([',', '\n']).map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        object.push(key.trim().to_owned(), Value::Text(value.trim().to_owned()));
    }
    Value::Object(object)
}

/// The value on one line, for a field that is not being edited.
pub fn shown(entry: FieldEntry, value: &Value) -> Cow<'static, str> {
    match (entry, value) {
        (_, Value::Null) => "null".into(),
        (FieldEntry::Instant, Value::Number(number)) => match number.as_i64() {
            Some(n) => Timestamp::from_millis(n).human().into(),
            None => number.as_str().to_owned().into(),
        },
        (FieldEntry::List, Value::Array(items)) if items.is_empty() => "[ ]  an empty list".into(),
        (FieldEntry::List, Value::Array(items)) if items.len() > 1 => {
            // The number of items is shown next to it.
            items.first().and_then(Value::as_text).unwrap_or_default().to_owned().into()
        }
        (FieldEntry::Pairs, Value::Object(pairs)) if pairs.is_empty() => "{ }  an empty object".into(),
        (FieldEntry::Toggle, Value::Bool(true)) => "yes".into(),
        (FieldEntry::Toggle, Value::Bool(false)) => "no".into(),
        (_, Value::Text(text)) if text.is_empty() => "\"\"  empty text".into(),
        _ => to_text(entry, Some(value)).into(),
    }
}

/// The note next to a field: the stored form of the value, or its kind.
pub fn reading(entry: FieldEntry, value: Option<&Value>) -> Option<String> {
    match (entry, value?) {
        (FieldEntry::Instant, Value::Number(number)) => Some(number.as_str().to_owned()),
        (FieldEntry::Duration, Value::Number(number)) => Some(format!("{} ms", number.as_str())),
        (FieldEntry::Instant | FieldEntry::Duration | FieldEntry::Number, Value::Text(_)) => {
            Some("sent as text".to_owned())
        }
        (FieldEntry::List, Value::Array(items)) if items.len() > 1 => Some(format!("{} items", items.len())),
        (FieldEntry::Toggle, value) => Some(document::write_compact(value)),
        (FieldEntry::Raw, value) => match value.kind() {
            ValueKind::Array | ValueKind::Object => Some(format!("{}, as JSON", value.kind())),
            ValueKind::Null | ValueKind::Bool | ValueKind::Number | ValueKind::Text => {
                Some(value.kind().to_string())
            }
        },
        _ => None,
    }
}
