//! What SEI would have made of a run it took: kept, altered or dropped, and why.
//!
//! Follows the known behaviour of the service, which may have changed: it teaches, it does not promise.

use crate::check::Problem;
use crate::document::Value;
use crate::wire::{NO_INSTANCE, RunIdentity, SEEN_BEFORE};

/// What becomes of a run after the 202.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Stored as it was sent.
    Kept,
    /// Stored, but not as it was sent.
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

/// Codes of problems that make SEI store something else than was sent.
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

/// A run to be judged, and what the ledger knows about it.
pub(super) struct Case<'a> {
    pub(super) run: Option<&'a Value>,
    pub(super) identity: &'a RunIdentity,
    /// Its instance was made here.
    pub(super) is_known: bool,
    /// A run of the same identity was stored before.
    pub(super) is_repeat: bool,
    pub(super) problems: &'a [Problem],
}

/// The verdict and its reasons, a sentence each.
pub(super) fn check(case: &Case<'_>) -> (Verdict, Vec<String>) {
    if let Some(reason) = dropped(case) {
        return (Verdict::Dropped, vec![reason]);
    }
    let mut reasons = Vec::new();
    if case.is_repeat {
        reasons.push(format!(
            "{} {SEEN_BEFORE}: result and duration do not change, artifacts are replaced, stages added or updated.",
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
        return Some(format!("{NO_INSTANCE} with the GUID “{guid}” was made here."));
    }
    case.identity.job_full_name.is_none().then(|| "No full name of the job.".to_owned())
}
