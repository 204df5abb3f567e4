//! The verdict on a run that SEI accepts: kept, altered or dropped, with reasons.

use crate::check::Loss;
use crate::simulation::Simulation;

/// What SEI does with a run after the 202.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Stored unchanged.
    Kept,
    /// Stored with changes.
    Altered,
    /// Not stored.
    Dropped,
}

impl Verdict {
    /// The word in the list of runs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Altered => "altered",
            Self::Dropped => "dropped",
        }
    }
}

/// The verdict and its reasons, one sentence each.
///
/// A missing pair changes nothing in the store, so it is not a reason.
pub(super) fn verdict(simulation: &Simulation) -> (Verdict, Vec<String>) {
    let is_dropped = simulation.is_dropped();
    let is_reason = |loss| if is_dropped { loss == Loss::Run } else { loss != Loss::Pairing };
    let losses = simulation.losses.iter().filter(|lost| is_reason(lost.loss));
    let reasons: Vec<String> = losses.map(|lost| lost.message.clone()).collect();
    let verdict = match (is_dropped, reasons.is_empty()) {
        (true, _) => Verdict::Dropped,
        (false, true) => Verdict::Kept,
        (false, false) => Verdict::Altered,
    };
    (verdict, reasons)
}
