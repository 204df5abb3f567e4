//! The result of a check: problems, their severity and their fixes.

use std::fmt;

use super::loss::Loss;
use crate::catalog::Evidence;
use crate::document::{Edit, Pointer};

/// The effect of a problem on a send.
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

/// A fault, or a possible fault, at one place of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The code of its rule.
    pub code: &'static str,
    /// The severity of this case; it may differ from the usual severity of the rule.
    pub severity: Severity,
    /// The source of the rule.
    pub evidence: Evidence,
    /// What SEI loses in this case; `None` if nothing.
    pub loss: Option<Loss>,
    /// The place of the value, or of the absent field itself.
    pub at: Pointer,
    /// One sentence that names the value.
    pub message: String,
    /// The fixes, the most likely one first.
    pub fixes: Vec<Fix>,
}

/// The rank of a problem in a list: severity, then loss. Equal ranks keep the order of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProblemRank(Severity, bool, Option<Loss>);

impl Problem {
    /// The rank, by which every list of problems is sorted.
    pub const fn rank(&self) -> ProblemRank {
        ProblemRank(self.severity, self.loss.is_none(), self.loss)
    }
}

/// A change that removes a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The change in a few words, with its result.
    pub label: String,
    /// Whether the fix loses no data and has only one sensible result.
    pub safe: bool,
    /// The edits, in the order of application.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that the program may apply without a question.
    pub(super) fn safe(label: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { label: label.into(), safe: true, edits }
    }

    /// A fix that a person must choose.
    pub(super) fn offer(label: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { label: label.into(), safe: false, edits }
    }
}

/// The number of problems of each severity.
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

    /// The highest severity; `None` without problems.
    pub const fn worst(self) -> Option<Severity> {
        match self {
            Self { errors: 1.., .. } => Some(Severity::Error),
            Self { warnings: 1.., .. } => Some(Severity::Warning),
            Self { hints: 1.., .. } => Some(Severity::Hint),
            Self { errors: 0, warnings: 0, hints: 0 } => None,
        }
    }

    /// Removes one problem from the counts.
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
