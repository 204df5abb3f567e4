//! What SEI would store of a run: result, times, stages, and artifacts with their pairs.

use std::collections::HashMap;

use crate::catalog::FieldRole;
use crate::check::Problem;
use crate::document::{Pointer, Value};
use crate::time::{Duration, Timestamp};

/// The only type of artifact that SEI pairs.
const PAIRING: &str = "container";

/// Codes of problems that make SEI drop a stage and all later stages.
pub const LOSING: [&str; 4] = ["stage-id-missing", "stage-duration-missing", "id-long", "word-long"];

/// The code of the problem of a stage that replaces a previous stage.
const REPLACING: &str = "id-duplicate";

/// What SEI would store of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stored {
    /// The result, unchanged.
    pub result: Option<String>,
    /// The start of the run.
    pub start: Option<Timestamp>,
    /// The duration in whole seconds, never negative.
    pub duration: Option<Duration>,
    /// The number of stored stages.
    pub stages: usize,
    /// The number of sent stages.
    pub stages_sent: usize,
    /// The stored artifacts, in order.
    pub artifacts: Vec<Artifact>,
}

/// The parts of an artifact that SEI uses for pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Name and qualifier, as `name:qualifier`.
    pub name: String,
    /// Why the artifact never pairs, if so.
    pub never: Option<&'static str>,
    hash: String,
    is_named: bool,
    is_made: bool,
    is_used: bool,
}

impl Stored {
    pub(super) fn of(run: &Value, problems: &[Problem]) -> Self {
        let text = |role| member(run, role).and_then(Value::as_text);
        let millis = |role| member(run, role).and_then(Value::as_i64);
        let flag = |role| member(run, role).and_then(Value::as_bool).unwrap_or(false);
        let tree = member(run, FieldRole::StageTree);
        let stages = tree.and_then(|tree| member(tree, FieldRole::Stages)).and_then(Value::as_array);
        let stages_sent = stages.map_or(0, <[Value]>::len);
        let artifacts = member(run, FieldRole::Artifacts).and_then(Value::as_array).unwrap_or_default();
        let (is_build, is_deployment) = (flag(FieldRole::Ci), flag(FieldRole::Cd));
        Self {
            result: text(FieldRole::Result).map(str::to_owned),
            start: millis(FieldRole::StartTime).map(Timestamp::from_millis),
            duration: millis(FieldRole::Duration)
                .map(|millis| Duration::from_millis(millis.max(0)).whole_seconds()),
            stages: stored_stages(problems, stages_sent),
            stages_sent,
            artifacts: artifacts.iter().map(|artifact| read(artifact, is_build, is_deployment)).collect(),
        }
    }
}

impl Stored {
    /// Merges a second send: the first result and times stay, and an empty list keeps the
    /// artifacts.
    pub(super) fn after(self, previous: &Self) -> Self {
        let artifacts = if self.artifacts.is_empty() { previous.artifacts.clone() } else { self.artifacts };
        let (result, start, duration) = (previous.result.clone(), previous.start, previous.duration);
        Self { result, start, duration, artifacts, ..self }
    }
}

/// The value of a field under its current name, unless it is null.
fn member(record: &Value, role: FieldRole) -> Option<&Value> {
    record.as_object()?.get(role.name()).filter(|value| **value != Value::Null)
}

/// The number of stored stages: those before the first stage that a problem in it or in its steps
/// makes SEI drop; each id counts once.
fn stored_stages(problems: &[Problem], sent: usize) -> usize {
    let stages = Pointer::root().key(FieldRole::StageTree.name()).key(FieldRole::Stages.name());
    let depth = stages.tokens().len();
    let stage_of = |problem: &Problem| {
        let inside = problem.at.is_within(&stages).then(|| problem.at.tokens().get(depth..)).flatten()?;
        Some((inside.first()?.as_index()?, inside.len()))
    };
    let losing = problems.iter().filter(|problem| LOSING.contains(&problem.code));
    let first_lost = losing.filter_map(stage_of).map(|(index, _)| index).min();
    let reached = first_lost.map_or(sent, |first| first.min(sent));
    let replacing = problems.iter().filter(|problem| problem.code == REPLACING);
    let replaced = replacing.filter_map(stage_of).filter(|(index, length)| *index < reached && *length == 2);
    reached.saturating_sub(replaced.count())
}

fn read(artifact: &Value, is_build: bool, is_deployment: bool) -> Artifact {
    let text = |role| member(artifact, role).and_then(Value::as_text).map_or("", str::trim);
    let flag = |role| member(artifact, role).and_then(Value::as_bool).unwrap_or(false);
    let pairs = text(FieldRole::ArtifactType) == PAIRING;
    let (name, qualifier) = (text(FieldRole::ArtifactName), text(FieldRole::ArtifactQualifier));
    let mut artifact = Artifact {
        name: if name.is_empty() || qualifier.is_empty() {
            name.to_owned()
        } else {
            format!("{name}:{qualifier}")
        },
        never: None,
        hash: text(FieldRole::ArtifactHash).to_owned(),
        is_named: !name.is_empty() && !qualifier.is_empty(),
        is_made: pairs && is_build && flag(FieldRole::ArtifactOutput),
        is_used: pairs && is_deployment && flag(FieldRole::ArtifactInput),
    };
    artifact.never = if !pairs {
        Some("not of type container")
    } else if !artifact.is_made && !artifact.is_used {
        Some("neither build output nor deployment input")
    } else if artifact.marks().next().is_some() {
        None
    } else if name.is_empty() {
        Some("no name")
    } else {
        Some("no qualifier")
    };
    artifact
}

impl Artifact {
    /// The values that find a partner, the name marked with `true`; blank values find none.
    fn marks(&self) -> impl Iterator<Item = (bool, &str)> {
        let name = self.is_named.then_some((true, self.name.as_str()));
        let hash = (!self.hash.is_empty()).then_some((false, self.hash.as_str()));
        name.into_iter().chain(hash)
    }
}

/// Pairs artifacts: the output of builds with the input of deployments.
///
/// Dropped runs are `None`. The result has, for each run and each of its artifacts, the positions
/// of the other runs.
pub(super) fn pairs(runs: &[Option<&Stored>]) -> Vec<Vec<Vec<usize>>> {
    let (mut made, mut used) = (HashMap::new(), HashMap::new());
    for (position, artifact) in runs.iter().enumerate().flat_map(|(position, run)| {
        run.iter().flat_map(|run| &run.artifacts).map(move |artifact| (position, artifact))
    }) {
        for mark in artifact.marks() {
            for (is_one, index) in [(artifact.is_made, &mut made), (artifact.is_used, &mut used)] {
                if is_one {
                    index.entry(mark).or_insert_with(Vec::new).push(position);
                }
            }
        }
    }
    let partners = |position: usize, artifact: &Artifact| {
        let mut found = Vec::new();
        for mark in artifact.marks() {
            for (is_one, index) in [(artifact.is_made, &used), (artifact.is_used, &made)] {
                if is_one {
                    found.extend(index.get(&mark).into_iter().flatten().filter(|other| **other != position));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    };
    let of_run = |(position, run): (usize, Option<&Stored>)| {
        run.iter().flat_map(|run| &run.artifacts).map(|artifact| partners(position, artifact)).collect()
    };
    runs.iter().copied().enumerate().map(of_run).collect()
}
