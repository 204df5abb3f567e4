//! What the caller knows in addition to the run.

use crate::check::{Context, KnownInstance, PreviousRun};
use crate::wire::{BodyFormat, RunIdentity};

use super::job::JobHistory;
use super::profile::Profile;

/// What the caller knows in addition to the run.
#[derive(Debug, Clone, Copy)]
pub struct SimulationFacts<'a> {
    /// The format of the body.
    pub format: BodyFormat,
    /// What is known about the instance of the run.
    pub instance: InstanceFact<'a>,
    /// What is known about an earlier run with the same identity.
    pub previous: PreviousFact,
    /// The earlier runs of the job that decide its stored values.
    pub job: JobHistory<'a>,
    /// The filters that decide where the run counts.
    pub profile: Option<&'a Profile>,
}

/// What is known about the instance of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstanceFact<'a> {
    /// SEI has the instance.
    Known,
    /// SEI does not have the instance, so it drops the run.
    Missing,
    /// Another environment has the instance.
    Elsewhere(&'a str),
    /// Nothing is known.
    Unknown,
}

/// What is known about an earlier run with the same identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreviousFact {
    /// SEI has none.
    None,
    /// SEI has one.
    Sent,
    /// Nothing is known.
    Unknown,
}

impl Default for SimulationFacts<'_> {
    fn default() -> Self {
        Self {
            format: BodyFormat::Flat,
            instance: InstanceFact::Unknown,
            previous: PreviousFact::Unknown,
            job: JobHistory::default(),
            profile: None,
        }
    }
}

impl<'a> SimulationFacts<'a> {
    /// The facts of a check, for a run with this identity.
    ///
    /// A journal without a run of this identity is evidence enough for a new run, but only if the
    /// run has a number: a run without one equals each other run without one.
    pub fn of(context: &'a Context, identity: &RunIdentity) -> Self {
        let number = identity.build_number.unwrap_or(0);
        let runs = || accepted(context, identity);
        let previous = if runs().any(|run| run.build_number.unwrap_or(0) == number) {
            PreviousFact::Sent
        } else if identity.build_number.is_some() || context.all_known {
            PreviousFact::None
        } else {
            PreviousFact::Unknown
        };
        let job = JobHistory {
            first: runs().next().and_then(|run| run.job.as_ref()),
            last: runs().next_back().and_then(|run| run.job.as_ref()),
        };
        Self { instance: instance(context, identity), previous, job, ..Self::default() }
    }
}

/// The accepted runs of the job, oldest first.
fn accepted<'c>(
    context: &'c Context,
    identity: &RunIdentity,
) -> impl DoubleEndedIterator<Item = &'c PreviousRun> {
    let job = identity.instance_guid.clone().zip(identity.job_full_name.clone());
    context.previous_runs.iter().filter(move |run| {
        run.accepted
            && job
                .as_ref()
                .is_some_and(|(guid, name)| run.full_name == *name && run.guid.eq_ignore_ascii_case(guid))
    })
}

fn instance<'c>(context: &'c Context, identity: &RunIdentity) -> InstanceFact<'c> {
    let Some(guid) = identity.instance_guid.as_deref() else { return InstanceFact::Unknown };
    let environment = context.environment.as_deref();
    let is_here = |known: &&KnownInstance| {
        environment.is_none_or(|wanted| known.environment.as_deref().is_none_or(|own| own == wanted))
    };
    let known = || context.instances.iter().filter(|known| known.guid.eq_ignore_ascii_case(guid));
    if known().any(|known| is_here(&known)) {
        return InstanceFact::Known;
    }
    match known().find_map(|known| known.environment.as_deref()) {
        Some(elsewhere) => InstanceFact::Elsewhere(elsewhere),
        None if context.all_known => InstanceFact::Missing,
        None => InstanceFact::Unknown,
    }
}
