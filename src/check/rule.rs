//! The table of rules: what each is called, how grave it is, and what a person should know about it.
//!
//! The entries themselves stand with their families, beside the constructors of their diagnostics. Nothing here knows
//! a document.

use std::fmt;

use super::place::Place;
use super::{Evidence, Fix, Problem, artifact, identity, moment, naming, outcome, stage, structure, text};

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
    /// A member, or a few, that it is reported for, as JSON text.
    pub example: &'static str,
    /// What the fix does, as a sentence; empty when only a person can know.
    pub fix: &'static str,
}

impl Rule {
    /// A problem of this kind.
    pub(super) fn at(&self, place: &Place<'_>, message: String, fixes: Vec<Fix>) -> Problem {
        Problem {
            code: self.code,
            severity: self.severity,
            evidence: self.evidence,
            at: place.pointer(),
            message,
            fixes,
        }
    }

    /// A problem of this kind that is milder than usual.
    pub(super) fn mild(&self, place: &Place<'_>, message: String, fixes: Vec<Fix>) -> Problem {
        Problem { severity: Severity::Warning, ..self.at(place, message, fixes) }
    }
}

static RULES: [Rule; 30] = [
    structure::MISSING_FIELD,
    structure::BLANK_VALUE,
    structure::WRONG_TYPE,
    structure::UNKNOWN_FIELD,
    naming::LEGACY_NAME,
    naming::NAME_CONFLICT,
    naming::NAME_TWICE,
    identity::GUID_FORM,
    identity::GUID_NIL,
    identity::GUID_SAMPLE,
    identity::BUILD_NUMBER_MISSING,
    identity::BUILD_NUMBER_RANGE,
    moment::START_TIME_UNIT,
    moment::START_TIME_RANGE,
    moment::DURATION_NEGATIVE,
    moment::DURATION_UNIT,
    outcome::RESULT_WORD,
    outcome::CI_CD_MISSING,
    outcome::CI_CD_BOTH,
    stage::STAGE_ID_MISSING,
    stage::ID_DUPLICATE,
    stage::STAGE_DURATION_MISSING,
    artifact::ARTIFACT_INCOMPLETE,
    artifact::ARTIFACT_TYPE,
    artifact::METADATA_TEXT,
    text::URL_CREDENTIALS,
    text::PARAM_TEXT,
    text::MODULE_NAME_TYPE,
    text::PLACEHOLDER,
    text::STRAY_SPACE,
];

/// Every rule that [`check`](super::check) knows, in the order of the documentation.
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}
