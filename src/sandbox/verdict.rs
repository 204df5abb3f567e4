//! The verdict on a run that SEI accepts: kept, altered or dropped, with reasons.
//!
//! Follows the known behavior of the service, which may have changed, so a verdict is not a
//! guarantee.

use crate::check::Problem;
use crate::document::Value;
use crate::wire::{NO_INSTANCE, RunIdentity, SEEN_BEFORE};

/// What SEI does with a run after the 202.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Stored unchanged.
    Kept,
    /// Stored with changes.
    Altered,
    /// Not stored.
    Dropped,
}

impl Verdict {
    /// The word in the list of runs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Altered => "altered",
            Self::Dropped => "dropped",
        }
    }
}

/// Codes of problems that make SEI change a run.
pub const ALTERING: [&str; 17] = [
    "missing-field",
    "blank-value",
    "wrong-type",
    "name-conflict",
    "build-number-missing",
    "build-number-range",
    "start-time-unit",
    "duration-unit",
    "duration-negative",
    "stage-id-missing",
    "id-duplicate",
    "id-long",
    "name-cut",
    "word-long",
    "stage-duration-missing",
    "metadata-text",
    "param-text",
];

/// A run to check, and what the log knows about it.
pub(super) struct Case<'a> {
    pub(super) run: Option<&'a Value>,
    pub(super) identity: &'a RunIdentity,
    /// Whether the sandbox created its instance.
    pub(super) is_known: bool,
    /// Whether a run with the same identity is stored already.
    pub(super) is_repeat: bool,
    pub(super) problems: &'a [Problem],
}

/// The verdict and its reasons, one sentence each.
pub(super) fn check(case: &Case<'_>) -> (Verdict, Vec<String>) {
    if let Some(reason) = dropped(case) {
        return (Verdict::Dropped, vec![reason]);
    }
    let mut reasons = Vec::new();
    if case.is_repeat {
        reasons.push(format!(
            "{} {SEEN_BEFORE}, replaces artifacts, and adds or updates stages.",
            case.identity
        ));
    }
    let altering = case.problems.iter().filter(|problem| ALTERING.contains(&problem.code));
    reasons.extend(altering.map(|problem| problem.message.clone()));
    let verdict = if reasons.is_empty() { Verdict::Kept } else { Verdict::Altered };
    (verdict, reasons)
}

fn dropped(case: &Case<'_>) -> Option<String> {
    if case.run.and_then(Value::as_object).is_none() {
        return Some("The payload is not a JSON object.".to_owned());
    }
    let Some(guid) = case.identity.instance_guid.as_deref() else {
        return Some(format!("{NO_INSTANCE} GUID."));
    };
    if !case.is_known {
        return Some(format!("{NO_INSTANCE} with the GUID “{guid}” was created here."));
    }
    case.identity.job_full_name.is_none().then(|| "The job has no full name.".to_owned())
}
