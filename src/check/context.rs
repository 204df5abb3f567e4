//! What the rules may know besides the document: plain data that others gather.
//!
//! Whatever is absent here keeps the rules silent that would need it.

use std::sync::Arc;

use crate::time::Timestamp;

/// What the rules may know besides the document.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The present, for runs that seem to lie in the future.
    pub now: Option<Timestamp>,
    /// The environment that the run is meant for, by its id.
    pub environment: Option<String>,
    /// The case in which results are spelled where there are no earlier runs to go by.
    pub result_case: Option<ResultCase>,
    /// The instances that were made or used before; when there are none, every GUID may be right.
    pub instances: Vec<KnownInstance>,
    /// Whether these are all instances of the environment, as is known of a sandbox that runs in this program.
    pub all_known: bool,
    /// The runs that were sent before, the oldest first.
    pub previous_runs: Arc<[PreviousRun]>,
}

/// An instance of the instance book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownInstance {
    /// Its GUID, in any case.
    pub guid: String,
    /// The name that SEI has for it.
    pub name: String,
    /// The address that SEI has for it, if any.
    pub url: Option<String>,
    /// The environment in which it exists, by its id; `None` when that is not known.
    pub environment: Option<String>,
}

/// A run that was sent before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousRun {
    /// The GUID of its instance, in any case.
    pub guid: String,
    /// The full name of its job.
    pub full_name: String,
    /// Its number; SEI takes 0 for a run without one.
    pub build_number: Option<i64>,
    /// Its result, as it was spelled.
    pub result: String,
    /// Whether SEI took it.
    pub accepted: bool,
}

/// The case in which results are spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResultCase {
    /// `SUCCESS`, as newer documentation and Jenkins have it.
    Upper,
    /// `success`, as older documentation and all samples have it.
    Lower,
}

impl ResultCase {
    /// The case of a word; `None` when it has both or no letters.
    pub fn of(word: &str) -> Option<Self> {
        let has = |is_such: fn(char) -> bool| word.chars().any(is_such);
        match (has(char::is_uppercase), has(char::is_lowercase)) {
            (true, false) => Some(Self::Upper),
            (false, true) => Some(Self::Lower),
            (true, true) | (false, false) => None,
        }
    }

    /// The word in this case.
    pub fn spell(self, word: &str) -> String {
        match self {
            Self::Upper => word.to_uppercase(),
            Self::Lower => word.to_lowercase(),
        }
    }

    /// `upper case` or `lower case`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Upper => "upper case",
            Self::Lower => "lower case",
        }
    }
}

impl KnownInstance {
    /// Whether it may be one of an environment, as far as is known.
    pub(super) fn may_be_in(&self, environment: Option<&str>) -> bool {
        environment.is_none_or(|wanted| self.environment.as_deref().is_none_or(|own| own == wanted))
    }
}
