//! What SEI stores of a run: result, times, and the number of stages, steps and artifacts.

use std::collections::HashMap;

use crate::document::Pointer;
use crate::time::{Duration, Timestamp};

use super::pairing::PairMark;

/// What SEI stores of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoredRun {
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
    /// The number of stored steps.
    pub steps: usize,
    /// The number of sent steps.
    pub steps_sent: usize,
    /// The stored artifacts, in order.
    pub artifacts: Vec<StoredArtifact>,
    /// The number of sent artifacts.
    pub artifacts_sent: usize,
}

/// A stored artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredArtifact {
    /// Name and qualifier, as `name:qualifier`.
    pub name: String,
    /// The place in the run.
    pub at: Pointer,
    /// The identities by which SEI pairs it.
    pub marks: Vec<PairMark>,
    /// Why it never pairs, in a few words; `None` if it has an identity.
    pub obstacle: Option<String>,
}

impl StoredRun {
    /// Merges a second send: the first result and times stay, and an empty list keeps the
    /// artifacts.
    #[must_use]
    pub fn after(self, previous: &Self) -> Self {
        let artifacts = if self.artifacts.is_empty() { previous.artifacts.clone() } else { self.artifacts };
        let (result, start, duration) = (previous.result.clone(), previous.start, previous.duration);
        Self { result, start, duration, artifacts, ..self }
    }

    /// The end of the run.
    pub fn end(&self) -> Option<Timestamp> {
        Some(self.start? + self.duration.unwrap_or_default())
    }
}

/// Pairs the artifacts of runs. Dropped runs are `None`.
///
/// The result has, for each run and each of its artifacts, the positions of the other runs.
pub fn pairs(runs: &[Option<&StoredRun>]) -> Vec<Vec<Vec<usize>>> {
    let mut index: HashMap<&PairMark, Vec<usize>> = HashMap::new();
    for (position, run) in runs.iter().enumerate() {
        let marks = run.iter().flat_map(|run| &run.artifacts).flat_map(|artifact| &artifact.marks);
        for mark in marks {
            index.entry(mark).or_default().push(position);
        }
    }
    let partners = |position: usize, marks: &[PairMark]| {
        let all = marks.iter().filter_map(|mark| index.get(mark)).flatten();
        let mut found: Vec<usize> = all.copied().filter(|other| *other != position).collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let of_run = |(position, run): (usize, Option<&StoredRun>)| {
        run.iter()
            .flat_map(|run| &run.artifacts)
            .map(|artifact| partners(position, &artifact.marks))
            .collect()
    };
    runs.iter().copied().enumerate().map(of_run).collect()
}
