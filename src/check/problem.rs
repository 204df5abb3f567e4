//! What a check reports: problems, how severe they are, and the fixes for them.

use std::fmt;

use crate::catalog::Evidence;
use crate::document::{Edit, Pointer};

/// How grave a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Blocks a send.
    Error,
    /// Listed in the review before a send.
    Warning,
    /// Informs only.
    Hint,
}

impl Severity {
    /// The word of the command line: `error`, `warning`, `hint`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// One thing that is wrong, or may be, at one place of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The code of its rule.
    pub code: &'static str,
    /// How grave this case is; some cases of a rule are milder or graver than the usual one.
    pub severity: Severity,
    /// How we know.
    pub evidence: Evidence,
    /// The place of the value, or of the absent field itself.
    pub at: Pointer,
    /// One sentence that names the value.
    pub message: String,
    /// What would mend it, the likeliest first.
    pub fixes: Vec<Fix>,
}

/// A change that mends a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The change in a few words, with what it leads to.
    pub label: String,
    /// Whether it loses nothing and is the only sensible outcome.
    pub safe: bool,
    /// The edits, in the order of applying.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that can be applied unasked.
    pub(super) fn safe(label: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { label: label.into(), safe: true, edits }
    }

    /// A fix that a person has to choose.
    pub(super) fn offer(label: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { label: label.into(), safe: false, edits }
    }
}

/// How many problems of each severity there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// These block a send.
    pub errors: usize,
    /// These are listed in the review.
    pub warnings: usize,
    /// These only inform.
    pub hints: usize,
}

impl Counts {
    /// Counts one more problem.
    pub fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Hint => self.hints += 1,
        }
    }

    /// The severity of the gravest.
    pub const fn worst(self) -> Option<Severity> {
        match self {
            Self { errors: 1.., .. } => Some(Severity::Error),
            Self { warnings: 1.., .. } => Some(Severity::Warning),
            Self { hints: 1.., .. } => Some(Severity::Hint),
            Self { errors: 0, warnings: 0, hints: 0 } => None,
        }
    }

    /// Counts one problem less.
    pub fn remove(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors = self.errors.saturating_sub(1),
            Severity::Warning => self.warnings = self.warnings.saturating_sub(1),
            Severity::Hint => self.hints = self.hints.saturating_sub(1),
        }
    }
}

/// Counts problems by severity.
pub fn count(problems: &[Problem]) -> Counts {
    let mut counts = Counts::default();
    for problem in problems {
        counts.add(problem.severity);
    }
    counts
}
