//! What has arrived at a sandbox: instances made, runs taken, and what SEI would have made of them.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::check::{self, Context, Problem};
use crate::document::{self, Object, Value};
use crate::text;
use crate::wire::{Door, Identity, identity};

use super::verdict::{Case, Verdict, judge};

/// An instance as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// Its GUID.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The integration it hangs on.
    pub integration_id: String,
}

/// A run that was taken with a 202.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    /// The way it came in.
    pub door: Door,
    /// The exact body.
    pub body: String,
    /// What SEI tells it apart by.
    pub identity: Identity,
    /// What SEI would have made of it.
    pub verdict: Verdict,
    /// Why, a sentence each; none for a run that is kept as it is.
    pub reasons: Vec<String>,
    /// Everything the checks say about it.
    pub problems: Vec<Problem>,
}

impl Arrival {
    /// The verdict and its reasons as one line.
    pub fn sentence(&self) -> String {
        let reasons = self.reasons.join(" ");
        let colon = if reasons.is_empty() { "" } else { ": " };
        text::visible(&format!("{}{colon}{reasons}", self.verdict.word())).into_owned()
    }
}

/// What a sandbox remembers while it runs.
#[derive(Debug, Default)]
pub struct Ledger {
    instances: BTreeMap<Uuid, Instance>,
    stored: BTreeSet<(Uuid, String, i64)>,
    arrivals: Vec<Arrival>,
}

impl Ledger {
    /// The runs that were taken, oldest first.
    pub fn arrivals(&self) -> &[Arrival] {
        &self.arrivals
    }

    /// The instances, by GUID.
    pub fn instances(&self) -> impl Iterator<Item = &Instance> {
        self.instances.values()
    }

    /// An instance by its GUID.
    pub fn instance(&self, id: Uuid) -> Option<&Instance> {
        self.instances.get(&id)
    }

    /// Remembers an instance; asking for the same GUID again renames it.
    pub(super) fn add_instance(&mut self, instance: Instance) {
        self.instances.insert(instance.id, instance);
    }

    /// Remembers a run that was taken, with its verdict; `run` is absent when the body held none.
    pub(super) fn take(&mut self, door: Door, body: &str, run: Option<&Value>) {
        let identity = run.map(identity).unwrap_or_default();
        let problems = run.map_or_else(Vec::new, |run| check::check(run, &Context::default()));
        let guid = identity.instance_guid.as_deref().and_then(|guid| Uuid::parse_str(guid).ok());
        let known = guid.filter(|guid| self.instances.contains_key(guid));
        let key = known
            .zip(identity.job_full_name.clone())
            .map(|(guid, name)| (guid, name, identity.build_number.unwrap_or_default()));
        let is_repeat = key.as_ref().is_some_and(|key| self.stored.contains(key));
        let case =
            Case { run, identity: &identity, is_known: known.is_some(), is_repeat, problems: &problems };
        let (verdict, reasons) = judge(&case);
        if let Some(key) = key.filter(|_| verdict != Verdict::Dropped) {
            self.stored.insert(key);
        }
        self.arrivals.push(Arrival { door, body: body.to_owned(), identity, verdict, reasons, problems });
    }

    /// Everything, as the JSON of `GET /sandbox/runs`.
    pub fn to_json(&self) -> String {
        let mut root = Object::default();
        root.push("runs", self.arrivals.iter().map(arrival).collect::<Vec<_>>());
        root.push("instances", self.instances.values().map(instance).collect::<Vec<_>>());
        document::write_pretty(&Value::Object(root))
    }
}

/// An instance as the service shows it.
pub(super) fn instance(instance: &Instance) -> Value {
    let mut object = Object::default();
    object.push("id", instance.id.to_string());
    object.push("name", instance.name.as_str());
    object.push("integration_id", instance.integration_id.as_str());
    object.push("type", "jenkins");
    Value::Object(object)
}

fn arrival(arrival: &Arrival) -> Value {
    let mut object = Object::default();
    object.push("verdict", arrival.verdict.word());
    object
        .push("reasons", arrival.reasons.iter().map(|reason| reason.as_str().into()).collect::<Vec<Value>>());
    object.push("door", arrival.door.word());
    object.push("identity", told_apart_by(&arrival.identity));
    object.push("problems", arrival.problems.iter().map(problem).collect::<Vec<_>>());
    object.push("body", arrival.body.as_str());
    Value::Object(object)
}

fn told_apart_by(identity: &Identity) -> Value {
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
