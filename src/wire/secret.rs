//! The API key: sent to one origin only, and never shown.
//!
//! No `Display`, no serialization, a `Debug` without content, and memory that is wiped on drop.
//! Does not know the source of a key.

use std::fmt;
use std::ops::Range;

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use super::address::{BaseError, Origin};
use super::spelling::Spellings;
use crate::text::Advice;

/// Longer than any key; a longer text is a file pasted by mistake.
const LONGEST: usize = 8192;

/// The mark that replaces a key.
pub(super) const REDACTED: &str = "••••••";

/// A shorter key is not redacted: it may be an ordinary word, and real keys are longer.
pub(super) const SHORTEST_REDACTED: usize = 8;

/// A start of a key with this length is redacted too: the rest may be off screen.
pub(super) const LONGEST_SHOWN: usize = 12;

/// Words that are copied with a key from a header.
const PREFIXES: [&str; 3] = ["authorization:", "apikey ", "bearer "];

/// An API key or token, tied to the origin it belongs to.
#[derive(Clone)]
pub struct Secret {
    value: SecretString,
    origin: Origin,
}

/// Why a text cannot be a key; the error never repeats the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.advice())]
pub enum SecretError {
    /// Empty, only spaces, or only a scheme word.
    Empty,
    /// A character that is not valid in a header.
    Character {
        /// The kind of character, in words.
        what: &'static str,
        /// Its position from 1, without the surrounding space.
        at: usize,
    },
    /// Longer than the limit for a header.
    TooLong(usize),
    /// The environment of the key has no usable address.
    Base(#[from] BaseError),
}

impl SecretError {
    /// The error and a hint that says what to do.
    pub fn advice(&self) -> Advice {
        match self {
            Self::Empty => Advice::new("the key is empty").hint("paste the whole key, and only the key"),
            Self::Character { what, at } => {
                Advice::new(format!("the key contains {what} at character {at}, which no key can contain"))
                    .hint("copy the key again, on one line")
            }
            Self::TooLong(length) => {
                Advice::new(format!("the key is {length} characters long, longer than any key"))
                    .hint("check that you did not paste a whole file")
            }
            Self::Base(fault) => {
                let Advice { message, hint } = fault.advice();
                Advice { message: format!("the environment has no usable address: {message}"), hint }
            }
        }
    }
}

impl Secret {
    /// Reads a typed or stored key, without surrounding space and a leading `ApiKey` or `Bearer`.
    pub fn new(text: impl Into<String>, origin: Origin) -> Result<Self, SecretError> {
        let whole: Zeroizing<String> = Zeroizing::new(text.into());
        Ok(Self { value: SecretString::from(bare(&whole)?), origin })
    }

    /// A credential without an origin: it is redacted and never sent.
    pub fn without_origin(text: impl Into<String>) -> Self {
        Self { value: SecretString::from(text.into()), origin: Origin::none() }
    }

    /// The origin the key belongs to.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Whether the key may be sent to this address.
    pub fn belongs_to(&self, url: &str) -> bool {
        Origin::of(url).is_some_and(|origin| origin == self.origin)
    }

    /// Whether the key is this text; the time depends only on the lengths.
    pub fn matches(&self, text: &str) -> bool {
        let own = self.expose().as_bytes();
        own.len() == text.len() && own.iter().zip(text.as_bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
    }

    /// The text with a mark for the key, in any spelling: a reply may repeat the request.
    ///
    /// `is_cut` says that the text is incomplete and may end with a part of the key.
    pub fn redacted(&self, text: String, is_cut: bool) -> String {
        let spellings = Spellings::of(self);
        let (mut clean, mut from) = (String::new(), 0);
        for range in spellings.places(&text) {
            clean.push_str(text.get(from..range.start).unwrap_or_default());
            clean.push_str(REDACTED);
            from = range.end;
        }
        let mut clean = if from == 0 { text } else { clean + text.get(from..).unwrap_or_default() };
        if let Some(start) = spellings.cut(&clean).filter(|_| is_cut) {
            clean.truncate(start);
            clean.push_str(REDACTED);
        }
        clean
    }

    /// The ranges of the key in a text, in any spelling, and of its start in a cut text.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        Spellings::of(self).match_start(text, LONGEST_SHOWN)
    }

    /// The key itself, for the one function that writes the header.
    pub fn expose(&self) -> &str {
        self.value.expose_secret()
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.origin == other.origin && self.matches(other.expose())
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The key in a typed or stored text: without surrounding space and a leading `ApiKey` or `Bearer`.
pub(super) fn bare(text: &str) -> Result<&str, SecretError> {
    let bare = without_prefix(text.trim());
    if bare.is_empty() {
        return Err(SecretError::Empty);
    }
    if let Some((index, c)) = bare.chars().enumerate().find(|(_, c)| !c.is_ascii_graphic()) {
        return Err(SecretError::Character { what: kind(c), at: index + 1 });
    }
    if bare.len() > LONGEST {
        return Err(SecretError::TooLong(bare.len()));
    }
    Ok(bare)
}

fn without_prefix(text: &str) -> &str {
    PREFIXES.iter().fold(text, |rest, prefix| match rest.split_at_checked(prefix.len()) {
        Some((start, end)) if start.eq_ignore_ascii_case(prefix) => end.trim(),
        _ if rest.eq_ignore_ascii_case(prefix.trim()) => "",
        _ => rest,
    })
}

const fn kind(c: char) -> &'static str {
    match c {
        '\n' | '\r' => "a line break",
        ' ' | '\t' => "a space",
        '“' | '”' | '‘' | '’' => "a curly quote",
        '\u{0}'..='\u{1f}' | '\u{7f}' => "a control character",
        _ => "a character outside ASCII",
    }
}
