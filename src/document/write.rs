//! Writes JSON: text with the fewest escapes, numbers with their original spelling.

use super::value::Value;

/// JSON on several lines, with two spaces per level and without a line break at the end.
pub fn write_pretty(value: &Value) -> String {
    let mut out = String::new();
    pretty(&mut out, value, 0);
    out
}

/// JSON on one line without spaces, as it is sent.
pub fn write_compact(value: &Value) -> String {
    let mut out = String::new();
    compact(&mut out, value);
    out
}

/// The length of [`write_compact`] in bytes, without writing.
pub fn compact_len(value: &Value) -> usize {
    match value {
        Value::Array(items) => {
            items.iter().map(compact_len).sum::<usize>() + items.len().saturating_sub(1) + 2
        }
        Value::Object(object) => {
            let members = object.iter().map(|(key, value)| quoted_len(key) + 1 + compact_len(value));
            members.sum::<usize>() + object.len().saturating_sub(1) + 2
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => scalar_len(value),
    }
}

/// The length of a value without children, in bytes.
pub(super) fn scalar_len(value: &Value) -> usize {
    match value {
        Value::Text(text) => quoted_len(text),
        Value::Number(number) => number.as_str().len(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => word(value).len(),
    }
}

fn compact(out: &mut String, value: &Value) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                compact(out, item);
            }
            out.push(']');
        }
        Value::Object(object) => {
            out.push('{');
            for (index, (key, item)) in object.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                quote(out, key);
                out.push(':');
                compact(out, item);
            }
            out.push('}');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => scalar(out, value),
    }
}

fn pretty(out: &mut String, value: &Value, indent: usize) {
    let (open, close) = match value {
        Value::Array(items) if !items.is_empty() => ('[', ']'),
        Value::Object(object) if !object.is_empty() => ('{', '}'),
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::Array(_)
        | Value::Object(_) => return compact(out, value),
    };
    out.push(open);
    for (index, child) in value.children().enumerate() {
        out.push_str(if index > 0 { ",\n" } else { "\n" });
        push_spaces(out, indent + 2);
        if let Some((key, _)) = value.as_object().and_then(|object| object.entry(index)) {
            quote(out, key);
            out.push_str(": ");
        }
        pretty(out, child, indent + 2);
    }
    out.push('\n');
    push_spaces(out, indent);
    out.push(close);
}

fn push_spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

/// The text of a value without children; empty for a list or an object.
pub(super) fn scalar(out: &mut String, value: &Value) {
    match value {
        Value::Text(text) => quote(out, text),
        Value::Number(number) => out.push_str(number.as_str()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => out.push_str(word(value)),
    }
}

fn word(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Number(_) | Value::Text(_) | Value::Array(_) | Value::Object(_) => "",
    }
}

/// Appends text in quotes; escapes only quotes, backslashes and control characters.
pub(super) fn quote(out: &mut String, text: &str) {
    out.push('"');
    if is_plain(text) {
        out.push_str(text);
    } else {
        text.chars().for_each(|c| push_escaped(out, c));
    }
    out.push('"');
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        // Not required by JSON: DEL and the C1 range can control a terminal like ESC.
        c if c.is_control() => {
            out.push_str("\\u");
            out.extend(
                [12, 8, 4, 0].map(|shift| char::from_digit((u32::from(c) >> shift) & 15, 16).unwrap_or('0')),
            );
        }
        c => out.push(c),
    }
}

pub(super) fn quoted_len(text: &str) -> usize {
    2 + if is_plain(text) { text.len() } else { text.chars().map(escaped_len).sum() }
}

fn escaped_len(c: char) -> usize {
    match c {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        c if c.is_control() => 6,
        c => c.len_utf8(),
    }
}

/// Whether text is printable ASCII that needs no escape.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' '..=b'~') && !matches!(b, b'"' | b'\\'))
}
