//! What has arrived at a sandbox: instances made, runs taken, and what SEI would have made of them.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::check::{self, Context, Problem};
use crate::document::Value;
use crate::text;
use crate::wire::{BodyFormat, RunIdentity, identity};

use super::fault::{Fault, FaultPlan, Planned};
use super::stored::Stored;
use super::verdict::{Case, Verdict, check};

/// The status of a run that is taken.
pub(super) const TAKEN: u16 = 202;

/// The status of a run that a strict sandbox refuses.
pub(super) const REFUSED: u16 = 400;

/// An instance as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxInstance {
    /// Its GUID.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The integration it hangs on.
    pub integration_id: String,
}

/// A run that came through a door: taken, or refused by a sandbox that is strict.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceivedRun {
    /// The way it came in.
    pub format: BodyFormat,
    /// The exact body.
    pub body: String,
    /// What SEI tells it apart by.
    pub identity: RunIdentity,
    /// What SEI would have made of it.
    pub verdict: Verdict,
    /// Why, a sentence each; none for a run that is kept as it is.
    pub reasons: Vec<String>,
    /// What it was answered with.
    pub status: u16,
    /// What SEI would hold of it; nothing of a run that is dropped.
    pub stored: Option<Stored>,
    /// Everything the checks say about it.
    pub problems: Vec<Problem>,
}

/// A run at the door; `run` is absent when the body held none.
pub(super) struct Intake<'a> {
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

/// What a sandbox remembers while it runs.
#[derive(Debug, Default)]
pub struct SandboxLog {
    instances: BTreeMap<Uuid, SandboxInstance>,
    made: Option<SandboxInstance>,
    /// The newest arrival under each identity.
    stored: BTreeMap<(Uuid, String, i64), usize>,
    received: Vec<ReceivedRun>,
    plan: FaultPlan,
}

impl SandboxLog {
    /// The runs that were taken, oldest first.
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

    /// Remembers an instance; asking for the same GUID again renames it.
    pub(super) fn add_instance(&mut self, instance: SandboxInstance) {
        self.made = Some(instance.clone());
        self.instances.insert(instance.id, instance);
    }

    /// The instance that was made last, once.
    pub(super) const fn take_made(&mut self) -> Option<SandboxInstance> {
        self.made.take()
    }

    /// Forgets the faults that were planned and plans these, in order.
    pub fn plan(&mut self, faults: impl IntoIterator<Item = Planned>) {
        self.plan.put(faults);
    }

    /// The faults that are still to come.
    pub fn planned(&self) -> impl Iterator<Item = &Planned> {
        self.plan.iter()
    }

    /// The fault of the next request, which is then no longer to come.
    pub(super) fn next_fault(&mut self) -> Option<Fault> {
        self.plan.next()
    }

    /// Remembers a run with its verdict. A strict ledger refuses what would be dropped, and says why.
    pub(super) fn take(&mut self, intake: &Intake<'_>, strict: bool) -> Option<&str> {
        let Intake { format: door, body, run } = *intake;
        let identity = run.map(identity).unwrap_or_default();
        let problems = run.map_or_else(Vec::new, |run| check::check(run, &Context::default()));
        let guid = identity.instance_guid.as_deref().and_then(|guid| Uuid::parse_str(guid).ok());
        let known = guid.filter(|guid| self.instances.contains_key(guid));
        let key = known
            .zip(identity.job_full_name.clone())
            .map(|(guid, name)| (guid, name, identity.build_number.unwrap_or_default()));
        let earlier = key.as_ref().and_then(|key| self.stored.get(key)).and_then(|at| self.received.get(*at));
        let (is_known, is_repeat) = (known.is_some(), earlier.is_some());
        let case = Case { run, identity: &identity, is_known, is_repeat, problems: &problems };
        let (verdict, reasons) = check(&case);
        let is_kept = verdict != Verdict::Dropped;
        let stored = run.filter(|_| is_kept).map(|run| {
            let stored = Stored::of(run, &problems);
            match earlier.and_then(|arrival| arrival.stored.as_ref()) {
                Some(earlier) => stored.after(earlier),
                None => stored,
            }
        });
        if let Some(key) = key.filter(|_| is_kept) {
            self.stored.insert(key, self.received.len());
        }
        let is_refused = strict && !is_kept;
        let status = if is_refused { REFUSED } else { TAKEN };
        let body = body.to_owned();
        self.received.push(ReceivedRun {
            format: door,
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
