//! What comes from the document, written so that it means the same to every reader it passes.
//!
//! A member of the run goes through YAML or Groovy, through what the CI tool fills in (`${{ }}`, `$( )`, `$[[ ]]`), and
//! through a shell, before it is JSON again. JSON may spell any character of a text as a number; so quotes, dollars and
//! everything that is neither printable ASCII nor a letter is spelled that way, and there is nothing left to take wrong.

use crate::document::{self, Value};

/// The value as JSON of one line, without single quotes, dollars, backquotes and invisible characters.
pub(super) fn json(value: &Value) -> String {
    tame(&document::write_compact(value), |c| {
        let units: Vec<String> =
            c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect();
        units.concat()
    })
}

/// The text as the inside of a JSON string, tamed likewise.
pub(super) fn inside(text: &str) -> String {
    let quoted = json(&Value::from(text));
    quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default().to_owned()
}

/// The text in double quotes, for YAML: as in JSON, but without halves of characters.
pub(super) fn yaml(text: &str) -> String {
    tame(&document::write_compact(&Value::from(text)), |c| format!("\\U{:08x}", u32::from(c)))
}

/// A word for the shell inside a frame: in single quotes, and without a dollar that something could follow.
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

/// A script as the inside of a Groovy text between `'''`.
pub(super) fn groovy(script: &str) -> String {
    script.replace('\\', r"\\").replace("'''", r"\'\'\'")
}

fn tame(json: &str, escape: impl Fn(char) -> String) -> String {
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
