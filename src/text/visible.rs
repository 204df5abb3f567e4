//! Text that a terminal may safely show.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// A text without characters that could move the cursor, recolor the screen or change the reading
/// order.
///
/// Printing functions accept only this type, so that text from files, servers and arguments never
/// reaches a terminal unsanitized. A literal is trusted; a `String` is sanitized on conversion and
/// keeps its line breaks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visible<'a>(Cow<'a, str>);

impl Visible<'static> {
    /// Trusts a text: the output of a renderer with its control sequences, or a text of this
    /// program.
    pub const fn rendered(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl Visible<'_> {
    /// The sanitized text.
    pub fn into_owned(self) -> String {
        self.0.into_owned()
    }
}

/// Replaces each control and bidirectional character by a visible sign, also line breaks.
pub fn visible(s: &str) -> Visible<'_> {
    Visible(sanitized(s, is_hidden))
}

/// Like [`visible`], but keeps line breaks.
pub fn visible_lines(s: &str) -> Visible<'_> {
    Visible(sanitized(s, |c| c != '\n' && is_hidden(c)))
}

fn sanitized(s: &str, is_replaced: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !s.chars().any(&is_replaced) {
        return Cow::Borrowed(s);
    }
    let mut shown = String::with_capacity(s.len() + 8);
    for c in s.chars() {
        if is_replaced(c) {
            let sign = picture(c).map_or_else(|| format!("⟨U+{:04X}⟩", u32::from(c)), String::from);
            shown.push_str(&sign);
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Whether a character controls a terminal or the reading order and is not visible itself.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The Unicode control picture of a character, if any.
fn picture(c: char) -> Option<char> {
    match u32::from(c) {
        number @ 0..=0x1f => char::from_u32(0x2400 + number),
        0x7f => Some('␡'),
        _ => None,
    }
}

impl From<&'static str> for Visible<'static> {
    fn from(literal: &'static str) -> Self {
        Self(Cow::Borrowed(literal))
    }
}

impl From<String> for Visible<'static> {
    fn from(text: String) -> Self {
        let shown = match visible_lines(&text).0 {
            Cow::Borrowed(_) => None,
            Cow::Owned(shown) => Some(shown),
        };
        Self(Cow::Owned(shown.unwrap_or(text)))
    }
}

impl<'a> From<Visible<'a>> for Cow<'a, str> {
    fn from(text: Visible<'a>) -> Self {
        text.0
    }
}

impl From<Visible<'_>> for String {
    fn from(text: Visible<'_>) -> Self {
        text.into_owned()
    }
}

impl Deref for Visible<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl PartialEq<str> for Visible<'_> {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Visible<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}
