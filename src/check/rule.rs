//! What a rule is: its code, its severity, and what a person should know about it.

use super::problem::{Fix, Problem, Severity};
use crate::catalog::Evidence;
use crate::document::Pointer;

/// What the pages of the documentation have in common.
pub(super) const PAGES: &str = "documentation, all versions since 2023";

/// What only some of the pages say.
pub(super) const SOME_PAGES: &str = "documentation, some versions since 2024";

/// What a service does that says nothing about it.
pub(super) const BACKEND: &str =
    "behaviour of SEI's backend in a public snapshot without a date; it may have changed";

/// What SEI's own senders do.
pub(super) const CLIENTS: &str =
    "SEI's public Jenkins plugin and backend snapshot, without a date; they may have changed";

/// What nobody says but us.
pub(super) const OURS: &str = "our advice; no document of SEI asks for it";

/// A kind of problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Stable, in kebab case.
    pub code: &'static str,
    /// How grave it is in general.
    pub severity: Severity,
    /// How we know.
    pub evidence: Evidence,
    /// When it is reported, as a sentence.
    pub meaning: &'static str,
    /// What becomes of the run otherwise, as a sentence.
    pub why: &'static str,
    /// Where we know it from, and since when.
    pub source: &'static str,
    /// A member, or a few, that it is reported for, as JSON text.
    pub example: &'static str,
    /// The same as it should be.
    pub good: &'static str,
    /// What the fix does, as a sentence; empty when only a person can know.
    pub fix: &'static str,
}

impl Rule {
    /// A problem of this kind.
    pub(super) fn problem(&self, at: Pointer, message: String, fixes: Vec<Fix>) -> Problem {
        Problem { code: self.code, severity: self.severity, evidence: self.evidence, at, message, fixes }
    }
}
