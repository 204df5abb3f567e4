//! The values that SEI keeps for the job or the instance, not for each run.

use crate::catalog::FieldRole;
use crate::check::{JobValues, Loss, quote};
use crate::document::{Object, Pointer};

use super::finding::Findings;
use super::reading::{place, present};

/// The values that SEI keeps, and whether the first run of the job decides them or the last post.
const KEPT: [(FieldRole, Decider); 6] = [
    (FieldRole::Pipeline, Decider::First),
    (FieldRole::ModuleName, Decider::First),
    (FieldRole::RepositoryUrl, Decider::Last),
    (FieldRole::Branch, Decider::Last),
    (FieldRole::ScmUser, Decider::Last),
    (FieldRole::InstanceUrl, Decider::Last),
];

/// Which run of a job decides a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decider {
    First,
    Last,
}

/// The earlier runs of a job that decide its stored values; `None` if unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JobHistory<'a> {
    /// The values of the first run.
    pub first: Option<&'a JobValues>,
    /// The values of the last run.
    pub last: Option<&'a JobValues>,
}

/// A value that SEI keeps for the job or the instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobValue {
    /// The name of the field.
    pub name: &'static str,
    /// The place in the run.
    pub at: Pointer,
    /// The value before this run; `None` when unknown or blank.
    pub before: Option<String>,
    /// The value after this run; `None` when blank.
    pub after: Option<String>,
}

/// The values before and after this run, and what the change loses.
pub(super) fn values(found: &mut Findings, run: &Object, history: JobHistory<'_>) -> Vec<JobValue> {
    let values = KEPT.into_iter().map(|(role, decider)| {
        let at = place(&Pointer::root(), run, role);
        let sent = present(run, role).map(|value| value.trim().to_owned());
        let known = match decider {
            Decider::First => history.first,
            Decider::Last => history.last,
        };
        let before = known.and_then(|known| known.get(role)).map(str::to_owned);
        let after = match (decider, &before, &sent) {
            (Decider::Last, Some(old), None) => {
                let message = format!("{} is absent: the stored {} becomes blank.", role.name(), quote(old));
                found.lose(Loss::Field, at.clone(), "value-blanked", message);
                None
            }
            (Decider::First, Some(old), Some(new)) if old != new => {
                let message =
                    format!("{} has no effect: SEI keeps {} of the first run.", quote(new), quote(old));
                found.lose(Loss::Field, at.clone(), "job-change-ignored", message);
                before.clone()
            }
            (Decider::First, Some(_), _) => before.clone(),
            (Decider::First | Decider::Last, _, _) => sent,
        };
        JobValue { name: role.name(), at, before, after }
    });
    values.collect()
}
