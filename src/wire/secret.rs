//! The key: held so that it can be sent to one origin and shown to nobody.
//!
//! No `Display`, no serialisation, a `Debug` without content, memory wiped when dropped. Knows nothing of where a key
//! came from.

use std::fmt;
use std::ops::Range;

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use super::address::{BaseError, Origin};
use super::spelling::Spellings;
use crate::text::Advice;

/// More than any key has; what is longer is a file pasted by mistake.
const LONGEST: usize = 8192;

/// What stands in the place of a key.
pub(super) const REDACTED: &str = "••••••";

/// A shorter key is left where it is: it may be an ordinary word, and no real one is as short.
pub(super) const SHORTEST_REDACTED: usize = 8;

/// A beginning of a key that is as long as this is not shown either: the rest may be out of sight.
pub(super) const LONGEST_SHOWN: usize = 12;

/// Words that come along when a key is copied out of a header.
const PREFIXES: [&str; 3] = ["authorization:", "apikey ", "bearer "];

/// An API key or token, tied to the origin it belongs to.
#[derive(Clone)]
pub struct Secret {
    value: SecretString,
    origin: Origin,
}

/// Why a text cannot be a key; never repeats the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.advice())]
pub enum SecretError {
    /// Nothing, or only spaces or a scheme word.
    Empty,
    /// A character that cannot stand in a header.
    Character {
        /// The kind of character, in words.
        what: &'static str,
        /// Its place, counted from 1 after surrounding space is taken off.
        at: usize,
    },
    /// Longer than a header takes.
    TooLong(usize),
    /// The environment it would belong to has no usable address.
    Base(#[from] BaseError),
}

impl SecretError {
    /// What is wrong, and what to do.
    pub fn advice(&self) -> Advice {
        match self {
            Self::Empty => Advice::new("the key is empty").hint("paste the whole key, and only the key"),
            Self::Character { what, at } => {
                Advice::new(format!("the key holds {what} at character {at}, which cannot be part of a key"))
                    .hint("copy it again, on one line")
            }
            Self::TooLong(length) => {
                Advice::new(format!("the key is {length} characters long, more than any key"))
                    .hint("was a whole file pasted?")
            }
            Self::Base(fault) => {
                let Advice { message, hint } = fault.advice();
                Advice { message: format!("the environment has no usable address: {message}"), hint }
            }
        }
    }
}

impl Secret {
    /// Takes a key as typed or read from a file: space around it and a leading `ApiKey` or `Bearer` are taken off.
    pub fn new(text: impl Into<String>, origin: Origin) -> Result<Self, SecretError> {
        let whole: Zeroizing<String> = Zeroizing::new(text.into());
        let bare = without_prefix(whole.trim());
        if bare.is_empty() {
            return Err(SecretError::Empty);
        }
        if let Some((index, c)) = bare.chars().enumerate().find(|(_, c)| !c.is_ascii_graphic()) {
            return Err(SecretError::Character { what: kind(c), at: index + 1 });
        }
        if bare.len() > LONGEST {
            return Err(SecretError::TooLong(bare.len()));
        }
        Ok(Self { value: SecretString::from(bare), origin })
    }

    /// A credential that belongs to no origin: it is redacted, and never sent.
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

    /// Whether the key is this text, told in a time that depends on the lengths only.
    pub fn matches(&self, text: &str) -> bool {
        let own = self.expose().as_bytes();
        own.len() == text.len() && own.iter().zip(text.as_bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
    }

    /// The text without the key, in whatever spelling: what comes back may repeat what was sent. `is_cut` says that the text breaks off, with
    /// perhaps a part of the key at its end.
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

    /// Where the key stands in a text, in any spelling, and where it has begun and goes on elsewhere.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        Spellings::of(self).match_start(text, LONGEST_SHOWN)
    }

    /// The key itself, for the one place that writes the header.
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
