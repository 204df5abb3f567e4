//! Text without a meaning between the parts of JSON: spaces of all kinds, comments, ellipses.

use super::LenientReader;

impl LenientReader<'_> {
    /// Skips text without a meaning.
    pub(super) fn skip(&mut self) {
        loop {
            let rest = self.rest();
            let plain = rest.bytes().take_while(|byte| b" \t\n\r".contains(byte)).count();
            self.at += plain;
            let rest = rest.get(plain..).unwrap_or_default();
            let Some((what, length)) = silent(rest) else { return };
            let before = rest.get(..length).unwrap_or_default();
            self.flaw(self.at, what, before, "");
            self.at += length;
        }
    }
}

/// The repair for text without a meaning at the start, and its length.
fn silent(rest: &str) -> Option<(&'static str, usize)> {
    let first = rest.chars().next()?;
    let line = || rest.find('\n').unwrap_or(rest.len());
    match first {
        '#' => Some(("a comment was removed", line())),
        '/' if rest.starts_with("//") => Some(("a comment was removed", line())),
        '/' if rest.starts_with("/*") => {
            let end = rest.get(2..).and_then(|inner| inner.find("*/")).map_or(rest.len(), |at| at + 4);
            Some(("a comment was removed", end))
        }
        '…' => Some(("an ellipsis was removed", first.len_utf8())),
        '.' if rest.starts_with("...") => {
            let dots = rest.bytes().take_while(|byte| *byte == b'.').count();
            Some(("an ellipsis was removed", dots))
        }
        '\\' => {
            let blank = rest.bytes().skip(1).take_while(|byte| b" \t\r".contains(byte)).count();
            let is_end = rest.as_bytes().get(1 + blank).is_none_or(|byte| *byte == b'\n');
            is_end.then_some(("a backslash at the end of a line was removed", 1 + blank))
        }
        _ if is_odd_space(first) => {
            let run = rest.find(|c| !is_odd_space(c)).unwrap_or(rest.len());
            Some(("a space of another kind was read as a space", run))
        }
        _ => None,
    }
}

/// Spaces that JSON does not know, also those without width.
pub(in crate::import) fn is_odd_space(c: char) -> bool {
    let is_plain = matches!(c, ' ' | '\t' | '\n' | '\r');
    (c.is_whitespace() && !is_plain)
        || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}')
}

/// The name at the start of a text, like a key without quotes.
pub(super) fn name(text: &str) -> &str {
    const LONGEST: usize = 100;
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '.');
    let end = text.char_indices().take(LONGEST).find(|(_, c)| !is_part(*c)).map(|(at, _)| at);
    let end = end.or_else(|| text.char_indices().nth(LONGEST).map(|(at, _)| at)).unwrap_or(text.len());
    text.get(..end).filter(|name| !name.starts_with(['-', '.'])).unwrap_or_default()
}

/// Whether a colon, or a substitute for it, is next on the line.
pub(super) fn is_before_colon(text: &str) -> bool {
    let rest = text.trim_start_matches([' ', '\t']);
    rest.starts_with([':', '：']) || rest.starts_with('=')
}
