//! Dots in the place of keys in a text that is to be seen: as many as the key has characters, so that columns stay.
//!
//! A text is covered before it is wrapped, scrolled or cut, since afterwards a row may hold any part of a key.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::secret::{LONGEST_SHOWN, Secret};
use super::spelling::Spellings;

const DOT: char = '•';

/// What hides some keys; made once for many texts.
pub struct ScreenRedactor(Vec<Spellings>);

impl ScreenRedactor {
    /// Hides nothing.
    pub const NONE: &'static Self = &Self(Vec::new());

    /// What hides these keys.
    pub fn new(keys: &[Secret]) -> Self {
        Self(keys.iter().map(Spellings::of).collect())
    }

    /// The text with a dot for each character of a key; also of the beginning of one where the text was cut.
    pub fn redact<'a>(&self, text: impl Into<Cow<'a, str>>) -> Cow<'a, str> {
        let text = text.into();
        let places = self.places(&text);
        if places.is_empty() { text } else { Cow::Owned(dotted(&text, &places)) }
    }

    /// Where keys stand in a text, in whatever spelling, and where they have begun.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let whole = |spellings: &Spellings| spellings.match_start(text, LONGEST_SHOWN);
        let mut places: Vec<_> = self.0.iter().flat_map(whole).collect();
        if !self.0.is_empty() {
            for (end, _) in text.match_indices('…') {
                let before = text.get(..end).unwrap_or_default();
                let starts = self.0.iter().filter_map(|spellings| spellings.cut(before));
                places.extend(starts.map(|start| start..end));
            }
        }
        places
    }

    /// Where any part of a key stands in a text: for rows of which each may have got another one.
    pub fn scraps(&self, text: &str) -> Vec<Range<usize>> {
        self.0.iter().flat_map(|spellings| spellings.scraps(text)).collect()
    }
}

impl fmt::Debug for ScreenRedactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Veil(…)")
    }
}

fn dotted(text: &str, places: &[Range<usize>]) -> String {
    let is_hidden = |at: usize| places.iter().any(|place| place.contains(&at));
    text.char_indices().map(|(at, shown)| if is_hidden(at) { DOT } else { shown }).collect()
}
