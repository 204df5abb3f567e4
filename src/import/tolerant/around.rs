//! The start of JSON in other text, and the text after it.

use super::{LenientReader, ReadResult, quoted, space};

/// The start of JSON in a text.
pub(super) struct JsonStart {
    /// The offset of its bracket, or of its first key.
    pub(super) at: usize,
    /// The offset of the first character that is not a space.
    pub(super) first: usize,
    /// Whether other text is before it.
    pub(super) is_after_prose: bool,
    /// Whether only a quote is before it.
    pub(super) is_quoted: bool,
    /// Whether it starts with a key.
    pub(super) lacks_brace: bool,
}

/// Finds the first place, not before an offset, that looks like an object or the inside of one.
pub(super) fn json_start(text: &str, from: usize) -> Option<JsonStart> {
    let first = text.find(|c: char| !c.is_whitespace() && !space::is_odd_space(c))?;
    let inner = text.get(first..)?.trim_start_matches(|c| c == '`' || quoted::QuoteStyle::of(c).is_some());
    let inner = inner.trim_start();
    if from <= first && inner.starts_with(['{', '[']) {
        let at = text.len() - inner.len();
        let is_quoted = at > first;
        return Some(JsonStart { at, first, is_after_prose: false, is_quoted, lacks_brace: false });
    }
    let lacks_brace_at = |at: usize, c: char| match c {
        '{' => opens(text.get(at + 1..).unwrap_or_default()).then_some(false),
        _ if quoted::QuoteStyle::of(c).is_some() => {
            let is_first = text.get(..at).is_some_and(starts_line);
            (is_first && is_key(text.get(at + c.len_utf8()..).unwrap_or_default())).then_some(true)
        }
        _ => None,
    };
    let mut all = text.char_indices().skip_while(|(at, _)| *at < from.max(first));
    let (at, lacks_brace) = all.find_map(|(at, c)| Some((at, lacks_brace_at(at, c)?)))?;
    let before = text.get(first..at).unwrap_or_default();
    let is_after_prose = before.chars().any(|c| !c.is_whitespace() && !space::is_odd_space(c));
    Some(JsonStart { at, first, is_after_prose, is_quoted: false, lacks_brace })
}

/// Whether only a few spaces are between the start of the line and here.
fn starts_line(before: &str) -> bool {
    const INDENT: usize = 64;
    let mut indent = before.chars().rev().take(INDENT);
    indent.find(|c| !matches!(c, ' ' | '\t')).is_none_or(|c| c == '\n')
}

/// Whether what follows a brace can be the inside of an object.
fn opens(after: &str) -> bool {
    let inner = after.trim_start();
    let name = space::name(inner);
    inner.starts_with(['{', '}', '\\'])
        || inner.starts_with(|c| quoted::QuoteStyle::of(c).is_some())
        || (!name.is_empty() && inner.get(name.len()..).is_some_and(space::is_before_colon))
}

/// Whether a text continues like a key after its opening quote.
pub(super) fn is_key(after: &str) -> bool {
    let name = space::name(after);
    let mut rest = after.get(name.len()..).unwrap_or_default().chars();
    !name.is_empty()
        && rest.next().is_some_and(|c| quoted::QuoteStyle::of(c).is_some())
        && space::is_before_colon(rest.as_str())
}

impl LenientReader<'_> {
    /// Reads the text after the JSON: a second closing brace, a quote, prose.
    pub(super) fn end(&mut self, is_quoted: bool) -> ReadResult<()> {
        self.skip();
        while self.doubled > 0 && self.peek() == Some('}') {
            self.doubled -= 1;
            self.at += 1;
            self.skip();
        }
        let is_stray =
            |c: char| quoted::QuoteStyle::of(c).is_some() || matches!(c, ';' | ',' | ')' | '}' | ']');
        while let Some(c) = self.peek().filter(|c| is_stray(*c)) {
            // The repair for the opening quote also covers the closing quote.
            if is_quoted && quoted::QuoteStyle::of(c).is_some() {
                self.at += c.len_utf8();
            } else {
                self.stray(c);
            }
            self.skip();
        }
        match self.peek() {
            None => Ok(()),
            Some('{' | '[') => Err((self.at, "a second value starts here; import one at a time".to_owned())),
            Some(_) => {
                self.flaw(self.at, "text after the JSON was skipped", "", "");
                Ok(())
            }
        }
    }
}
