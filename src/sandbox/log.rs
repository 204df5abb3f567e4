//! The log of a sandbox: created instances, received runs, and the verdicts on them.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::check::{self, Context, JobValues, Problem};
use crate::document::Value;
use crate::simulation::{
    InstanceFact, JobHistory, PreviousFact, SimulationFacts, StoredRun, simulate, stored_identity,
};
use crate::text;
use crate::wire::{BodyFormat, RunIdentity};

use super::fault::{Fault, FaultPlan, Planned};
use super::verdict::{Verdict, verdict};

/// The status of an accepted run.
pub(super) const ACCEPTED: u16 = 202;

/// The status of a run that a strict sandbox refuses.
pub(super) const REFUSED: u16 = 400;

/// An instance in the sandbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxInstance {
    /// The GUID of the instance.
    pub id: Uuid,
    /// The name from the request; may be empty.
    pub name: String,
    /// The id of its integration.
    pub integration_id: String,
    /// The type from the request; SEI keeps none if the request has none.
    pub kind: Option<String>,
    /// The URL from the request.
    pub url: Option<String>,
}

/// A received run: accepted, or refused by a strict sandbox.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceivedRun {
    /// The format of the body.
    pub format: BodyFormat,
    /// The unchanged body.
    pub body: String,
    /// The identity of the run in SEI.
    pub identity: RunIdentity,
    /// The verdict on the run.
    pub verdict: Verdict,
    /// The reasons for the verdict, one sentence each; empty for a kept run.
    pub reasons: Vec<String>,
    /// The status of the answer.
    pub status: u16,
    /// What SEI would store; `None` for a dropped run.
    pub stored: Option<StoredRun>,
    /// All problems of the run.
    pub problems: Vec<Problem>,
}

/// A run to log; `run` is `None` if the body contains no run.
pub(super) struct RunInput<'a> {
    pub(super) format: BodyFormat,
    pub(super) body: &'a str,
    pub(super) run: Option<&'a Value>,
}

impl ReceivedRun {
    /// The verdict and its reasons as one line.
    pub fn sentence(&self) -> String {
        let reasons = self.reasons.join(" ");
        let colon = if reasons.is_empty() { "" } else { ": " };
        text::visible(&format!("{}{colon}{reasons}", self.verdict.word())).into_owned()
    }
}

/// The log of a running sandbox.
#[derive(Debug, Default)]
pub struct SandboxLog {
    instances: BTreeMap<Uuid, SandboxInstance>,
    made: Option<SandboxInstance>,
    /// The index of the newest received run of each identity.
    stored: BTreeMap<(Uuid, String, i64), usize>,
    /// The values of the first and the last stored run of each job.
    jobs: BTreeMap<(Uuid, String), (JobValues, JobValues)>,
    received: Vec<ReceivedRun>,
    plan: FaultPlan,
}

impl SandboxLog {
    /// The received runs, oldest first.
    pub fn received(&self) -> &[ReceivedRun] {
        &self.received
    }

    /// The instances, by GUID.
    pub fn instances(&self) -> impl Iterator<Item = &SandboxInstance> {
        self.instances.values()
    }

    /// An instance by its GUID.
    pub fn instance(&self, id: Uuid) -> Option<&SandboxInstance> {
        self.instances.get(&id)
    }

    /// Logs an instance; a second request with the same GUID renames it.
    pub(super) fn add_instance(&mut self, instance: SandboxInstance) {
        self.made = Some(instance.clone());
        self.instances.insert(instance.id, instance);
    }

    /// The last created instance; later calls return `None`.
    pub(super) const fn take_made(&mut self) -> Option<SandboxInstance> {
        self.made.take()
    }

    /// Replaces the planned faults with these, in order.
    pub fn plan(&mut self, faults: impl IntoIterator<Item = Planned>) {
        self.plan.put(faults);
    }

    /// The faults that are not used yet.
    pub fn planned(&self) -> impl Iterator<Item = &Planned> {
        self.plan.iter()
    }

    /// The fault for the next request; counts it as used.
    pub(super) fn next_fault(&mut self) -> Option<Fault> {
        self.plan.next()
    }

    /// Logs a run with its verdict. If `strict`, returns the reason to refuse a dropped run.
    pub(super) fn receive(&mut self, input: &RunInput<'_>, strict: bool) -> Option<&str> {
        let RunInput { format, body, run } = *input;
        let problems = run.map_or_else(Vec::new, |run| check::check(run, &Context::default()));
        let identity = run.map(stored_identity).unwrap_or_default();
        let guid = identity.instance_guid.as_deref().and_then(|guid| Uuid::parse_str(guid).ok());
        let known = guid.filter(|guid| self.instances.contains_key(guid));
        let job = known.zip(identity.job_full_name.clone());
        let key = job.clone().map(|(guid, name)| (guid, name, identity.build_number.unwrap_or_default()));
        let previous =
            key.as_ref().and_then(|key| self.stored.get(key)).and_then(|at| self.received.get(*at));
        let known_job = job.as_ref().and_then(|job| self.jobs.get(job));
        let facts = SimulationFacts {
            format,
            instance: if known.is_some() { InstanceFact::Known } else { InstanceFact::Missing },
            previous: if previous.is_some() { PreviousFact::Sent } else { PreviousFact::None },
            job: JobHistory {
                first: known_job.map(|(first, _)| first),
                last: known_job.map(|(_, last)| last),
            },
            profile: None,
        };
        let simulation = simulate(run.unwrap_or(&Value::Null), &facts);
        let (verdict, reasons) = verdict(&simulation);
        let is_kept = verdict != Verdict::Dropped;
        let stored = is_kept.then(|| match previous.and_then(|run| run.stored.as_ref()) {
            Some(previous) => simulation.stored.after(previous),
            None => simulation.stored,
        });
        if let Some((run, job)) = run.zip(job).filter(|_| is_kept) {
            let values = JobValues::of(run);
            self.jobs
                .entry(job)
                .and_modify(|(_, last)| last.clone_from(&values))
                .or_insert_with(|| (values.clone(), values.clone()));
        }
        if let Some(key) = key.filter(|_| is_kept) {
            self.stored.insert(key, self.received.len());
        }
        let is_refused = strict && !is_kept;
        let status = if is_refused { REFUSED } else { ACCEPTED };
        let body = body.to_owned();
        self.received.push(ReceivedRun {
            format,
            body,
            identity,
            verdict,
            reasons,
            status,
            stored,
            problems,
        });
        let reason = self.received.last()?.reasons.first()?;
        is_refused.then_some(reason.as_str())
    }
}
