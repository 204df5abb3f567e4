//! The runs that SEI took or may have taken, as far as this machine knows: what the rules compare a run with.

use std::sync::Arc;

use crate::check::PreviousRun;
use crate::journal::SentRun;
use crate::wire::Environment;

/// The runs of earlier sessions and of this one, and which of them went to the chosen environment.
#[derive(Debug, Clone, Default)]
pub struct SentRuns {
    runs: Vec<SentRun>,
    /// Those of the environment looked at last, ready to be lent out at each key.
    here: Arc<[PreviousRun]>,
    /// The id and the address that `here` is of; none when it is out of date.
    place: Option<(String, String)>,
}

impl SentRuns {
    /// Adds a run of this session.
    pub(crate) fn add(&mut self, run: SentRun) {
        self.runs.push(run);
        self.place = None;
    }

    /// Puts the runs of earlier sessions before those of this one.
    pub(crate) fn recall(&mut self, mut earlier: Vec<SentRun>) {
        earlier.append(&mut self.runs);
        self.runs = earlier;
        self.place = None;
    }

    /// Turns to an environment.
    pub(super) fn select_environment(&mut self, environment: Option<&Environment>) {
        let is_same = |(id, base): &(String, String)| {
            environment.is_some_and(|environment| *id == environment.id && *base == environment.base)
        };
        if self.place.as_ref().is_some_and(is_same) {
            return;
        }
        let Some(environment) = environment else { return };
        self.here = self.at(environment);
        self.place = Some((environment.id.clone(), environment.base.clone()));
    }

    /// The runs of an environment, the oldest first.
    pub(super) fn at(&self, environment: &Environment) -> Arc<[PreviousRun]> {
        self.runs.iter().filter(|sent| sent.went_to(environment)).map(|sent| sent.run.clone()).collect()
    }

    /// The runs of the environment turned to, the oldest first.
    pub(super) fn here(&self) -> Arc<[PreviousRun]> {
        Arc::clone(&self.here)
    }
}
