//! The simulation for programs: scripts depend on the names of its members.

use serde::Serialize;
use serde_json::value::RawValue;

use super::SimulatedRun;
use crate::cli::json::{line, raw};
use crate::simulation::{
    MetricAnswer, MetricAnswers, PairAnswer, PairMark, RunStatus, SimulatedLoss, Simulation, StoredChange,
};

/// The result of `simulate`; absent members are unknown.
#[derive(Serialize)]
struct JsonSimulation<'a> {
    identity: JsonRunStatus<'a>,
    stored: JsonStored,
    changes: Vec<JsonChange>,
    losses: Vec<JsonLoss<'a>>,
    job: Vec<JsonJobValue<'a>>,
    counts: JsonCounts<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pairs: Option<JsonPair<'a>>,
}

/// Whether the run pairs with the run of `--pair`.
#[derive(Serialize)]
struct JsonPair<'a> {
    answer: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'static str>,
    because: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<JsonDifference<'a>>,
}

/// The values that differ; `position` counts characters from 0.
#[derive(Serialize)]
struct JsonDifference<'a> {
    pointer: String,
    own: &'a str,
    other: &'a str,
    position: usize,
    fix: Vec<JsonCopy<'a>>,
}

#[derive(Serialize)]
struct JsonCopy<'a> {
    pointer: String,
    value: &'a str,
}

#[derive(Serialize)]
struct JsonRunStatus<'a> {
    instance_guid: Option<&'a str>,
    job_full_name: Option<&'a str>,
    build_number: Option<i64>,
    status: &'static str,
}

#[derive(Serialize)]
struct JsonStored {
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<bool>,
    stages: usize,
    stages_sent: usize,
    steps: usize,
    steps_sent: usize,
    artifacts: usize,
    artifacts_sent: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_time: Option<i64>,
}

#[derive(Serialize)]
struct JsonChange {
    pointer: String,
    sent: Option<Box<RawValue>>,
    stored: Option<Box<RawValue>>,
    because: &'static str,
}

#[derive(Serialize)]
struct JsonLoss<'a> {
    loss: &'static str,
    pointer: String,
    code: &'static str,
    message: &'a str,
}

/// A stored value of the job or the instance; `null` is blank.
#[derive(Serialize)]
struct JsonJobValue<'a> {
    name: &'static str,
    pointer: String,
    before: Option<&'a str>,
    after: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonCounts<'a> {
    deployment_frequency: JsonAnswer<'a>,
    change_failure_rate: JsonAnswer<'a>,
    lead_time: JsonAnswer<'a>,
}

#[derive(Serialize)]
struct JsonAnswer<'a> {
    answer: &'static str,
    because: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
}

/// The simulation as one JSON object.
pub(super) fn report(simulated: &SimulatedRun) -> anyhow::Result<String> {
    let simulation = &simulated.simulation;
    let job = simulation.job.iter().map(|value| JsonJobValue {
        name: value.name,
        pointer: value.at.to_string(),
        before: value.before.as_deref(),
        after: value.after.as_deref(),
    });
    let report = JsonSimulation {
        identity: JsonRunStatus {
            instance_guid: simulation.identity.instance_guid.as_deref(),
            job_full_name: simulation.identity.job_full_name.as_deref(),
            build_number: simulation.identity.build_number,
            status: simulation.status.word(),
        },
        stored: stored(simulation),
        changes: simulation.changes.iter().map(change).collect(),
        losses: simulation.losses.iter().map(loss).collect(),
        job: job.collect(),
        counts: counts(&simulation.counts),
        pairs: simulated.pair.as_ref().map(|(_, answer)| pair(answer)),
    };
    line(&report)
}

fn stored(simulation: &Simulation) -> JsonStored {
    let stored = &simulation.stored;
    let is_first = simulation.status != RunStatus::Repeat;
    JsonStored {
        run: simulation.is_stored,
        stages: stored.stages,
        stages_sent: stored.stages_sent,
        steps: stored.steps,
        steps_sent: stored.steps_sent,
        artifacts: stored.artifacts.len(),
        artifacts_sent: stored.artifacts_sent,
        end_time: stored.end().filter(|_| is_first).map(crate::time::Timestamp::millis),
    }
}

fn pair(answer: &PairAnswer) -> JsonPair<'_> {
    let difference = answer.difference.as_ref().map(|difference| JsonDifference {
        pointer: difference.at.to_string(),
        own: &difference.own,
        other: &difference.other,
        position: difference.position,
        fix: (difference.fix.iter())
            .map(|copied| JsonCopy { pointer: copied.at.to_string(), value: &copied.value })
            .collect(),
    });
    let by = answer.by.as_ref().map(PairMark::word);
    JsonPair { answer: by.is_some(), by, because: &answer.because, difference }
}

fn change(change: &StoredChange) -> JsonChange {
    JsonChange {
        pointer: change.at.to_string(),
        sent: change.sent.as_ref().and_then(raw),
        stored: raw(&change.stored),
        because: change.why,
    }
}

fn loss(lost: &SimulatedLoss) -> JsonLoss<'_> {
    JsonLoss { loss: lost.loss.word(), pointer: lost.at.to_string(), code: lost.code, message: &lost.message }
}

fn counts(counts: &MetricAnswers) -> JsonCounts<'_> {
    JsonCounts {
        deployment_frequency: answer(&counts.deployment_frequency),
        change_failure_rate: answer(&counts.change_failure_rate),
        lead_time: answer(&counts.lead_time),
    }
}

fn answer(metric: &MetricAnswer) -> JsonAnswer<'_> {
    JsonAnswer {
        answer: metric.answer.word(),
        because: &metric.because,
        pointer: metric.at.as_ref().map(ToString::to_string),
    }
}
