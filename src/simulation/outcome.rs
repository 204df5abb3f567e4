//! The result of a simulation.

use crate::wire::RunIdentity;

use super::finding::{RunStatus, SimulatedLoss, StoredChange};
use super::job::JobValue;
use super::metric::MetricAnswers;
use super::stored::StoredRun;

/// What SEI makes of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulation {
    /// The identity of the run in SEI.
    pub identity: RunIdentity,
    /// Whether SEI already has a run with this identity.
    pub status: RunStatus,
    /// Whether SEI stores a new run; `None` when that depends on unknown previous runs.
    pub is_stored: Option<bool>,
    /// What SEI stores; nothing for a lost run.
    pub stored: StoredRun,
    /// The values that SEI stores in another form, in the order of the document.
    pub changes: Vec<StoredChange>,
    /// What is lost, the largest loss first, then in the order of the document.
    pub losses: Vec<SimulatedLoss>,
    /// The values that SEI keeps for the job or the instance.
    pub job: Vec<JobValue>,
    /// Where the run counts.
    pub counts: MetricAnswers,
}

impl Simulation {
    /// Whether SEI drops the whole run, including its stages and artifacts.
    pub fn is_dropped(&self) -> bool {
        self.is_stored == Some(false) && self.status != RunStatus::Repeat
    }
}
