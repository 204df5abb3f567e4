//! The values that SEI keeps for the job or the instance, not for each run.

use crate::catalog::FieldRole;
use crate::check::{Loss, quote};
use crate::document::{Object, Pointer, Value};

use super::finding::Findings;
use super::reading::{place, present};

/// The values that SEI keeps, and whether the first run of the job decides them or the last post.
const KEPT: [(FieldRole, Decider); 7] = [
    (FieldRole::Pipeline, Decider::First),
    (FieldRole::ModuleName, Decider::First),
    (FieldRole::RepositoryUrl, Decider::Last),
    (FieldRole::Branch, Decider::Last),
    (FieldRole::ScmUser, Decider::Last),
    (FieldRole::InstanceName, Decider::Last),
    (FieldRole::InstanceUrl, Decider::Last),
];

/// Which run of a job decides a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decider {
    First,
    Last,
}

/// The values that SEI keeps for a job and its instance; `None` for a blank value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRecord([Option<String>; KEPT.len()]);

impl JobRecord {
    /// The values after the first run of a job.
    pub fn of(run: &Value) -> Self {
        Self(KEPT.map(|(role, _)| run.as_object().and_then(|run| own(run, role))))
    }

    /// The values after another run of the job.
    #[must_use]
    pub fn then(&self, run: &Value) -> Self {
        let mut next = Self::of(run);
        let before = self.0.iter().zip(KEPT);
        for (after, (before, (_, decider))) in next.0.iter_mut().zip(before) {
            if decider == Decider::First && before.is_some() {
                after.clone_from(before);
            }
        }
        next
    }
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

fn own(run: &Object, role: FieldRole) -> Option<String> {
    present(run, role).map(std::borrow::Cow::into_owned)
}

/// The values before and after this run, and what the change loses.
pub(super) fn values(
    found: &mut Findings,
    run: &Value,
    fields: &Object,
    before: Option<&JobRecord>,
) -> Vec<JobValue> {
    let after = before.map_or_else(|| JobRecord::of(run), |before| before.then(run));
    let olds = before.map(|before| before.0.clone()).unwrap_or_default();
    let values = KEPT.into_iter().zip(olds).zip(after.0).map(|(((role, decider), before), after)| {
        let at = place(&Pointer::root(), fields, role);
        let sent = own(fields, role);
        match (decider, &before, &sent) {
            (Decider::Last, Some(old), None) => {
                let message = format!("{} is absent: the stored {} becomes blank.", role.name(), quote(old));
                found.lose(Loss::Field, at.clone(), "job-value-blanked", message);
            }
            (Decider::First, Some(old), Some(new)) if old != new => {
                let message =
                    format!("{} has no effect: SEI keeps {} of the first run.", quote(new), quote(old));
                found.lose(Loss::Field, at.clone(), "job-value-fixed", message);
            }
            (Decider::First | Decider::Last, _, _) => {}
        }
        JobValue { name: role.name(), at, before, after }
    });
    values.collect()
}
