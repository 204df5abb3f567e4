//! The received runs, as the JSON of `GET /sandbox/runs` and as the list in the app.

use crate::check::Problem;
use crate::document::{self, Object, Value};
use crate::simulation::{StoredArtifact, StoredRun, pairs};
use crate::time::{Duration, Timestamp};
use crate::wire::{BodyFormat, RunIdentity};

use super::fault::Planned;
use super::log::{ReceivedRun, SandboxInstance, SandboxLog};
use super::verdict::Verdict;

/// The largest number of runs in the app's list.
const LISTED: usize = 500;

/// The received runs and the planned faults.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// The newest runs, newest first.
    pub runs: Vec<Seen>,
    /// The total number of received runs.
    pub count: usize,
    /// The faults that are not used yet.
    pub planned: Vec<Planned>,
}

/// A received run without its body.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The identity of the run in SEI.
    pub identity: RunIdentity,
    /// The format of the body.
    pub format: BodyFormat,
    /// The status of the answer.
    pub status: u16,
    /// The verdict on the run.
    pub verdict: Verdict,
    /// The reasons for the verdict, one sentence each.
    pub reasons: Vec<String>,
    /// What SEI would store; `None` for a dropped run.
    pub stored: Option<StoredRun>,
    /// For each artifact, the runs that it pairs with.
    pub pairs: Vec<Vec<RunIdentity>>,
}

impl SandboxLog {
    /// The received runs and the planned faults, for a list.
    pub fn overview(&self) -> Overview {
        let runs = self.received().iter().zip(self.pairs()).rev().take(LISTED).map(seen).collect();
        Overview { runs, count: self.received().len(), planned: self.planned().copied().collect() }
    }

    /// The whole log, as the JSON of `GET /sandbox/runs`.
    pub fn to_json(&self) -> String {
        let mut root = Object::default();
        root.push("runs", self.received().iter().zip(self.pairs()).map(received_run).collect::<Vec<_>>());
        root.push("instances", self.instances().map(instance).collect::<Vec<_>>());
        let planned = self.planned().map(|planned| planned.to_string().into());
        root.push("faults", planned.collect::<Vec<Value>>());
        document::write_pretty(&Value::Object(root))
    }

    /// For each run and each of its artifacts, the runs that the artifact pairs with.
    fn pairs(&self) -> Vec<Vec<Vec<RunIdentity>>> {
        let stored: Vec<_> = self.received().iter().map(|run| run.stored.as_ref()).collect();
        let named = |at: usize| self.received().get(at).map(|run| run.identity.clone());
        // A run that was sent twice counts once.
        let of_artifact = |partners: Vec<usize>| {
            let mut found: Vec<RunIdentity> = partners.into_iter().filter_map(named).collect();
            found.dedup();
            found
        };
        let of_run = |artifacts: Vec<Vec<usize>>| artifacts.into_iter().map(of_artifact).collect();
        pairs(&stored).into_iter().map(of_run).collect()
    }
}

fn seen((run, pairs): (&ReceivedRun, Vec<Vec<RunIdentity>>)) -> Seen {
    Seen {
        identity: run.identity.clone(),
        format: run.format,
        status: run.status,
        verdict: run.verdict,
        reasons: run.reasons.clone(),
        stored: run.stored.clone(),
        pairs,
    }
}

/// An instance in the JSON of the service.
pub(super) fn instance(instance: &SandboxInstance) -> Value {
    let mut object = Object::default();
    object.push("id", instance.id.to_string());
    object.push("name", instance.name.as_str());
    object.push("integration_id", instance.integration_id.as_str());
    object.push("type", instance.kind.as_deref().map_or(Value::Null, Value::from));
    if let Some(url) = &instance.url {
        object.push("url", url.as_str());
    }
    Value::Object(object)
}

fn received_run((run, pairs): (&ReceivedRun, Vec<Vec<RunIdentity>>)) -> Value {
    let mut object = Object::default();
    object.push("status", i64::from(run.status));
    object.push("verdict", run.verdict.word());
    object.push("reasons", run.reasons.iter().map(|reason| reason.as_str().into()).collect::<Vec<Value>>());
    object.push("format", run.format.word());
    object.push("identity", distinguished_by(&run.identity));
    object.push("stored", run.stored.as_ref().map_or(Value::Null, |run| stored(run, &pairs)));
    object.push("problems", run.problems.iter().map(problem).collect::<Vec<_>>());
    object.push("body", run.body.as_str());
    Value::Object(object)
}

fn stored(stored: &StoredRun, pairs: &[Vec<RunIdentity>]) -> Value {
    let millis = |millis: Option<i64>| millis.map_or(Value::Null, Value::from);
    let number = |count: usize| Value::from(i64::try_from(count).unwrap_or(i64::MAX));
    let artifact = |(artifact, partners): (&StoredArtifact, &Vec<RunIdentity>)| {
        let mut object = Object::default();
        object.push("name", artifact.name.as_str());
        object.push("pairs_with", partners.iter().map(distinguished_by).collect::<Vec<_>>());
        Value::Object(object)
    };
    let mut object = Object::default();
    object.push("result", stored.result.as_deref().map_or(Value::Null, Value::from));
    object.push("start_time", millis(stored.start.map(Timestamp::millis)));
    object.push("duration", millis(stored.duration.map(Duration::millis)));
    object.push("stages", number(stored.stages));
    object.push("stages_sent", number(stored.stages_sent));
    object.push("artifacts", stored.artifacts.iter().zip(pairs).map(artifact).collect::<Vec<_>>());
    Value::Object(object)
}

fn distinguished_by(identity: &RunIdentity) -> Value {
    let text = |value: &Option<String>| value.as_deref().map_or(Value::Null, Value::from);
    let mut object = Object::default();
    object.push("instance_guid", text(&identity.instance_guid));
    object.push("job_full_name", text(&identity.job_full_name));
    object.push("build_number", identity.build_number.map_or(Value::Null, Value::from));
    Value::Object(object)
}

fn problem(problem: &Problem) -> Value {
    let mut object = Object::default();
    object.push("code", problem.code);
    object.push("severity", problem.severity.word());
    object.push("evidence", problem.evidence.word());
    object.push("pointer", problem.at.to_string());
    object.push("message", problem.message.as_str());
    Value::Object(object)
}
