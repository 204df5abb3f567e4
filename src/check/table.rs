//! The table of rules. Each entry is defined in its family, next to the function that reports it.

use super::family::{
    address, artifact, commit, identity, instance, job, job_value, kind, length, moment, naming, outcome,
    parameter, phase, previous_run, profile, raw, secret, size, stage, stage_time, structure, text, theme,
    trigger, verdict,
};
use super::rule::Rule;

static RULES: [Rule; 80] = [
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
    previous_run::RUN_ALREADY_SENT,
    job::JOB_NAME_VARIES,
    job_value::VALUE_BLANKED,
    job_value::JOB_CHANGE_IGNORED,
    moment::START_TIME_UNIT,
    moment::START_TIME_RANGE,
    moment::DURATION_NEGATIVE,
    moment::DURATION_UNIT,
    moment::DURATION_RANGE,
    outcome::RESULT_WORD,
    previous_run::RESULT_CASE,
    kind::CI_CD_MISSING,
    kind::CI_CD_BOTH,
    kind::CI_CD_ARTIFACTS,
    phase::PHASE_EVENT,
    phase::PHASE_KIND,
    phase::PHASE_SPLIT,
    stage::STAGE_ID_MISSING,
    stage::ID_DUPLICATE,
    length::ID_LONG,
    stage::STAGE_DURATION_MISSING,
    stage::STAGE_LOG_FORM,
    length::NAME_CUT,
    length::WORD_LONG,
    stage_time::STAGE_START_FORM,
    stage_time::STAGE_OUTSIDE_RUN,
    verdict::STAGE_CONTRADICTS_RUN,
    verdict::STAGE_WORD,
    stage::JOB_RUN_EMPTY,
    artifact::ARTIFACT_NAME_MISSING,
    artifact::ARTIFACT_INCOMPLETE,
    artifact::QUALIFIER_MUTABLE,
    artifact::ARTIFACT_TYPE,
    artifact::ARTIFACT_DIRECTION,
    artifact::ARTIFACT_DUPLICATE,
    artifact::ARTIFACT_LOCATION,
    artifact::IMAGE_REFERENCE,
    artifact::HASH_FORM,
    artifact::METADATA_TEXT,
    commit::COMMIT_FORM,
    commit::COMMIT_DUPLICATE,
    commit::COMMIT_MANY,
    address::URL_FORM,
    text::URL_CREDENTIALS,
    address::URL_API,
    address::REPO_URL_GIT,
    parameter::PARAM_INCOMPLETE,
    parameter::PARAM_DUPLICATE,
    parameter::PARAM_TEXT,
    secret::SECRET_LIKE,
    trigger::TRIGGER_INCOMPLETE,
    trigger::TRIGGER_NUMBER,
    trigger::TRIGGER_TYPE,
    trigger::TRIGGER_UPSTREAM,
    theme::THEME_FORM,
    text::MODULE_NAME_TYPE,
    text::PLACEHOLDER,
    text::STRAY_SPACE,
    text::CONTROL_CHARACTER,
    text::CURLY_QUOTE,
    profile::PROFILE_EXCLUDES,
    size::TOO_LARGE,
    raw::SYNTAX,
    raw::DUPLICATE_KEY,
];

/// Every rule of [`CheckSession`](super::CheckSession) and [`raw`](super::raw()), in the order of
/// the documentation.
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The rule with a code; `None` for an unknown code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

/// Whether a rule is about a value that may be a secret. Such a value is not shown with its
/// problem.
pub fn has_secret(code: &str) -> bool {
    [text::URL_CREDENTIALS.code, secret::SECRET_LIKE.code].contains(&code)
}
