//! Faults on request: what a sandbox does instead of a regular answer, and for how many requests.

use std::collections::VecDeque;
use std::fmt;

use super::reply::{Manner, SandboxAnswer};
use crate::wire::AS_ASKED;

/// Declares the faults once: variant, word, text in lists.
macro_rules! faults {
    ($($variant:ident, $word:literal, $text:literal;)*) => {
        /// A fault on request.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Fault { $(#[doc = $text] $variant,)* }

        impl Fault {
            /// All faults, in the order of lists.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word that asks for the fault.
            pub const fn word(self) -> &'static str { match self { $(Self::$variant => $word,)* } }

            /// The effect of the fault, in one line.
            pub const fn text(self) -> &'static str { match self { $(Self::$variant => $text,)* } }
        }
    };
}

faults! {
    Unauthorized, "401", "The key is not accepted";
    Forbidden, "403", "The key lacks permission";
    NotFound, "404", "The path does not exist";
    TooMany, "429", "Too many requests, retry: 2 s";
    Internal, "500", "Server error";
    Unavailable, "503", "Service accepts no requests";
    Slow, "slow", "Accepted, answered late";
    Reset, "reset", "Accepted; reset, no reply";
    Half, "half", "Accepted; reply breaks off";
    Page, "html", "A web page from a proxy";
}

/// The `Retry-After` of a 429, in seconds.
const RETRY_AFTER: u32 = 2;

const PAGE: &str = "<!doctype html>\n<html><head><title>Sign in to continue</title></head>\n\
                    <body><h1>Sign in to continue</h1><p>This network asks who you are.</p></body></html>\n";

impl Fault {
    /// The fault with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.word() == word)
    }

    /// All words, separated by commas.
    pub fn words() -> String {
        Self::ALL.iter().map(|fault| fault.word()).collect::<Vec<_>>().join(", ")
    }

    /// The answer instead of a regular one; `None` if the request is accepted first.
    pub(super) fn refusal(self) -> Option<SandboxAnswer> {
        let refusal = |status, words: &str| SandboxAnswer::refusal(status, &format!("{words}{AS_ASKED}"));
        Some(match self {
            Self::Unauthorized => refusal(401, "Unauthorized"),
            Self::Forbidden => refusal(403, "Forbidden"),
            Self::NotFound => refusal(404, "Not found"),
            Self::TooMany => {
                SandboxAnswer { retry_after: Some(RETRY_AFTER), ..refusal(429, "Too many requests") }
            }
            Self::Internal => refusal(500, "Internal error"),
            Self::Unavailable => refusal(503, "Unavailable"),
            Self::Page => SandboxAnswer { content_type: "text/html", ..SandboxAnswer::json(200, PAGE) },
            Self::Slow | Self::Reset | Self::Half => return None,
        })
    }

    /// How the server sends a regular answer with this fault.
    pub(super) const fn manner(self) -> Manner {
        match self {
            Self::Slow => Manner::Late,
            Self::Reset => Manner::Unsaid,
            Self::Half => Manner::Half,
            Self::Unauthorized
            | Self::Forbidden
            | Self::NotFound
            | Self::TooMany
            | Self::Internal
            | Self::Unavailable
            | Self::Page => Manner::Whole,
        }
    }
}

/// A fault for the next requests: `429` for one, `429x2` for two, `429...` for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Planned {
    /// The fault to apply.
    pub fault: Fault,
    /// The number of requests; `None` means all.
    pub times: Option<u32>,
}

impl Planned {
    /// A fault for one request.
    pub const fn once(fault: Fault) -> Self {
        Self { fault, times: Some(1) }
    }

    /// Reads a fault; the error says what is wrong and lists the faults.
    pub fn read(text: &str) -> Result<Self, String> {
        let unknown = || {
            let words = Fault::words();
            format!(
                "“{text}” is not a fault: the faults are {words}. Each is for one request; add x3 for three, ... for all."
            )
        };
        let endless = text.strip_suffix("...").or_else(|| text.strip_suffix('…'));
        let is_number = |times: &str| times.bytes().all(|byte| byte.is_ascii_digit());
        let counted = |(word, times): (_, &str)| {
            Some((word, times.parse().ok().filter(|count| *count > 0 && is_number(times))?))
        };
        let (word, times) = match endless {
            Some(word) => (word, None),
            None if Fault::named(text).is_some() => (text, Some(1)),
            None => {
                let (word, times) = text.rsplit_once('x').and_then(counted).ok_or_else(unknown)?;
                (word, Some(times))
            }
        };
        Fault::named(word).map(|fault| Self { fault, times }).ok_or_else(unknown)
    }
}

impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.fault.word())?;
        match self.times {
            Some(1) => Ok(()),
            Some(times) => write!(f, "x{times}"),
            None => f.write_str("..."),
        }
    }
}

/// The planned faults, in order.
#[derive(Debug, Default)]
pub(super) struct FaultPlan(VecDeque<Planned>);

impl FaultPlan {
    /// Replaces the planned faults.
    pub(super) fn put(&mut self, planned: impl IntoIterator<Item = Planned>) {
        self.0 = planned.into_iter().collect();
    }

    /// The faults that are not used yet.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Planned> {
        self.0.iter()
    }

    /// The fault for the next request; counts it as used.
    pub(super) fn next(&mut self) -> Option<Fault> {
        let first = self.0.front_mut()?;
        let fault = first.fault;
        match &mut first.times {
            None => {}
            Some(times) if *times > 1 => *times -= 1,
            Some(_) => drop(self.0.pop_front()),
        }
        Some(fault)
    }
}
