//! What SEI makes of a run: stored, changed and lost values, and where the run counts.
//!
//! [`simulate`] is a pure function of a run and [`SimulationFacts`]: what the caller knows about the
//! instance, the previous runs of the job and the profile. It follows the known behavior of SEI's
//! backend, which may have changed, so a simulation is not a guarantee. The emulator `sandbox`, the
//! command `simulate` and the app call the same function. Uses no clock, files or environment, and
//! does not run the checks: silenced rules change nothing in SEI.
//!
//! Imports run downwards: `simulator` calls a module for each part of the run (`identity`, `stage`,
//! `artifact` and others), and these collect their `finding`s and read values with `reading`.

mod answer;
mod artifact;
mod facts;
mod filter;
mod finding;
mod identity;
mod job;
mod line;
mod metric;
mod outcome;
mod pair;
mod pairing;
mod profile;
mod reading;
mod row;
mod simulator;
mod stage;
mod stored;
mod trigger;

pub use answer::Answer;
pub use facts::{InstanceFact, PreviousFact, SimulationFacts};
pub use finding::{RunStatus, SimulatedLoss, StoredChange};
pub use identity::{missing_field, stored_identity};
pub use job::{JobHistory, JobValue};
pub use line::{LineKind, SimulationLine, lines};
pub use metric::{MetricAnswer, MetricAnswers};
pub use outcome::Simulation;
pub use pair::{CopiedValue, PairAnswer, PairDifference, pair};
pub use pairing::PairMark;
pub use profile::{
    FilterKey, FilterOperator, FilterSet, Profile, ProfileFilter, ProfileKind, Profiles, UNMATCHED,
};
pub use row::{SimulationRow, rows};
pub use simulator::{simulate, uncounted};
pub use stored::{StoredArtifact, StoredRun, pairs};
