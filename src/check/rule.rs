//! The type of a rule: its code, its severity and its explanation.

use super::loss::Loss;
use super::problem::{Fix, Problem, Severity};
use crate::catalog::Evidence;
use crate::document::Pointer;

/// The source of rules that all pages of the documentation support.
pub(super) const PAGES: &str = "documentation, all versions since 2023";

/// The source of rules that only some pages support.
pub(super) const SOME_PAGES: &str = "documentation, some versions since 2024";

/// The source of rules from the behavior of the backend.
pub(super) const BACKEND: &str = "SEI's backend (seen in 2023, may have changed)";

/// The source of rules from SEI's own clients.
pub(super) const CLIENTS: &str = "SEI's public Jenkins plugin and backend (seen in 2023, may have changed)";

/// The source of rules from the newest of SEI's own clients.
pub(super) const PLUGIN: &str = "SEI's public Jenkins plugin (seen in 2026)";

/// The source of rules that are our advice.
pub(super) const OURS: &str = "our advice; no SEI document requires it";

/// A kind of problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Stable, in kebab-case.
    pub code: &'static str,
    /// The usual severity; single cases may differ.
    pub severity: Severity,
    /// The kind of source.
    pub evidence: Evidence,
    /// What SEI loses, the most if there are several; `None` if nothing.
    pub loss: Option<Loss>,
    /// What SEI loses in single cases instead.
    pub other_losses: &'static [Option<Loss>],
    /// When the rule reports, as a sentence.
    pub meaning: &'static str,
    /// The consequence for the run, in one or more sentences.
    pub why: &'static str,
    /// The source and its age.
    pub source: &'static str,
    /// JSON text of one or more members that the rule reports.
    pub example: &'static str,
    /// The same members without the problem.
    pub good: &'static str,
    /// The effect of the fix, as a sentence; empty if only a person can fix the problem.
    pub fix: &'static str,
}

impl Rule {
    pub(super) fn problem(&self, at: Pointer, message: String, fixes: Vec<Fix>) -> Problem {
        let Self { code, severity, evidence, loss, .. } = *self;
        Problem { code, severity, evidence, loss, at, message, fixes }
    }

    /// The rule for a case with another loss, which must be one of `other_losses`.
    pub(super) const fn losing(&self, loss: Option<Loss>) -> Self {
        Self { loss, ..*self }
    }
}
