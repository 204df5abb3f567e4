//! Redaction for the screen: one `•` for each character of a key, so that columns stay aligned.
//!
//! A text is redacted before it is wrapped, scrolled or cut, because a row may then hold any part
//! of a key.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::secret::{LONGEST_SHOWN, Secret};
use super::spelling::Spellings;

const MARK: char = '•';

/// Redacts some keys in texts for the screen; made once for many texts.
pub struct ScreenRedactor(Vec<Spellings>);

impl ScreenRedactor {
    /// Redacts nothing.
    pub const NONE: &'static Self = &Self(Vec::new());

    /// A redactor for these keys.
    pub fn new(keys: &[Secret]) -> Self {
        Self(keys.iter().map(Spellings::of).collect())
    }

    /// The text with a mark for each character of a key, also for the start of a key before `…`.
    pub fn redact<'a>(&self, text: impl Into<Cow<'a, str>>) -> Cow<'a, str> {
        let text = text.into();
        let places = self.places(&text);
        if places.is_empty() { text } else { Cow::Owned(marked(&text, &places)) }
    }

    /// The ranges of keys in a text, in any spelling, and of starts of keys before `…`.
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

    /// The ranges of any parts of a key: for rows that may each hold a different part.
    pub fn scraps(&self, text: &str) -> Vec<Range<usize>> {
        self.0.iter().flat_map(|spellings| spellings.scraps(text)).collect()
    }
}

impl fmt::Debug for ScreenRedactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScreenRedactor(…)")
    }
}

fn marked(text: &str, places: &[Range<usize>]) -> String {
    let is_redacted = |at: usize| places.iter().any(|place| place.contains(&at));
    text.char_indices().map(|(at, shown)| if is_redacted(at) { MARK } else { shown }).collect()
}
