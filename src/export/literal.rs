//! Values of the document, written so that every tool on the way reads the same text.
//!
//! A member of the run passes YAML or Groovy, the expansion of the CI tool (`${{ }}`, `$( )`,
//! `$[[ ]]`), and a shell before it is JSON again. JSON allows any character as a `\u` escape: quotes,
//! dollars and everything that is neither printable ASCII nor a letter is escaped, so that no tool
//! misreads the text.

use crate::document::{self, Value};

/// The value as JSON on one line, without single quotes, dollars, backquotes and invisible
/// characters.
pub(super) fn json(value: &Value) -> String {
    escape_special(&document::write_compact(value), |c| {
        let units: Vec<String> =
            c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect();
        units.concat()
    })
}

/// The inside of a JSON string, escaped like [`json`].
pub(super) fn inside(text: &str) -> String {
    let quoted = json(&Value::from(text));
    quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default().to_owned()
}

/// The text in double quotes, for YAML: like JSON, but without surrogate pairs.
pub(super) fn yaml(text: &str) -> String {
    escape_special(&document::write_compact(&Value::from(text)), |c| format!("\\U{:08x}", u32::from(c)))
}

/// A shell word inside a template: single-quoted, with no dollar directly before another character.
pub(super) fn word(text: &str) -> String {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''").replace('$', "$''"))
}

/// An address with everything escaped that is not plain ASCII.
pub(super) fn address(url: &str) -> String {
    let escaped = |byte: u8| {
        if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    url.bytes().map(escaped).collect()
}

/// A script as the inside of a Groovy `'''` string.
pub(super) fn groovy(script: &str) -> String {
    script.replace('\\', r"\\").replace("'''", r"\'\'\'")
}

fn escape_special(json: &str, escape: impl Fn(char) -> String) -> String {
    json.chars().fold(String::with_capacity(json.len()), |mut out, c| {
        let is_plain = matches!(c, ' '..='~') && !matches!(c, '\'' | '$' | '`');
        if is_plain || (!c.is_ascii() && c.is_alphanumeric()) {
            out.push(c);
        } else {
            out.push_str(&escape(c));
        }
        out
    })
}
