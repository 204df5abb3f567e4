//! The table of rules: what each is called, how grave it is, and what a person should know about it.
//!
//! The entries themselves stand with their families, beside the constructors of their diagnostics. Nothing here knows
//! a document.

use std::fmt;

use super::place::Place;
use super::{
    Evidence, Fix, Problem, address, artifact, commit, earlier, identity, instance, job, kind, length,
    moment, naming, outcome, parameter, raw, secret, size, span, stage, structure, text, theme, trigger,
    verdict,
};

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

    /// A problem of this kind that is milder than usual, or graver where it is usually a hint.
    pub(super) fn mild(&self, place: &Place<'_>, message: String, fixes: Vec<Fix>) -> Problem {
        Problem { severity: Severity::Warning, ..self.at(place, message, fixes) }
    }
}

static RULES: [Rule; 65] = [
    structure::MISSING_FIELD,
    structure::BLANK_VALUE,
    structure::WRONG_TYPE,
    structure::UNKNOWN_FIELD,
    naming::LEGACY_NAME,
    naming::NAME_CONFLICT,
    naming::NAME_TWICE,
    naming::NAMES_MIXED,
    identity::GUID_FORM,
    identity::GUID_NIL,
    identity::GUID_SAMPLE,
    instance::GUID_UNKNOWN,
    instance::GUID_ELSEWHERE,
    instance::INSTANCE_RENAMED,
    identity::BUILD_NUMBER_MISSING,
    identity::BUILD_NUMBER_RANGE,
    earlier::RUN_ALREADY_SENT,
    job::JOB_NAME_VARIES,
    moment::START_TIME_UNIT,
    moment::START_TIME_RANGE,
    moment::DURATION_NEGATIVE,
    moment::DURATION_UNIT,
    moment::DURATION_RANGE,
    outcome::RESULT_WORD,
    earlier::RESULT_CASE,
    kind::CI_CD_MISSING,
    kind::CI_CD_BOTH,
    kind::CI_CD_ARTIFACTS,
    stage::STAGE_ID_MISSING,
    stage::ID_DUPLICATE,
    length::ID_LONG,
    stage::STAGE_DURATION_MISSING,
    length::NAME_CUT,
    length::WORD_LONG,
    span::STAGE_OUTSIDE_RUN,
    verdict::STAGE_CONTRADICTS_RUN,
    verdict::STAGE_WORD,
    stage::JOB_RUN_EMPTY,
    artifact::ARTIFACT_INCOMPLETE,
    artifact::ARTIFACT_TYPE,
    artifact::ARTIFACT_DIRECTION,
    artifact::ARTIFACT_DUPLICATE,
    artifact::ARTIFACT_LOCATION,
    artifact::HASH_FORM,
    artifact::METADATA_TEXT,
    commit::COMMIT_FORM,
    commit::COMMIT_DUPLICATE,
    commit::COMMIT_MANY,
    address::URL_FORM,
    text::URL_CREDENTIALS,
    address::URL_API,
    parameter::PARAM_DUPLICATE,
    parameter::PARAM_TEXT,
    secret::SECRET_LIKE,
    trigger::TRIGGER_TYPE,
    trigger::TRIGGER_UPSTREAM,
    theme::THEME_FORM,
    text::MODULE_NAME_TYPE,
    text::PLACEHOLDER,
    text::STRAY_SPACE,
    text::CONTROL_CHARACTER,
    text::CURLY_QUOTE,
    size::TOO_LARGE,
    raw::SYNTAX,
    raw::DUPLICATE_KEY,
];

/// Every rule that [`check`](super::check) and [`raw`](super::raw()) know, in the order of the documentation.
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}
