//! The runs that SEI accepted or may have accepted, as far as this machine knows. The rules compare
//! a run with them.

use std::sync::Arc;

use crate::check::PreviousRun;
use crate::journal::SentRun;
use crate::wire::Environment;

/// The runs of previous sessions and this one, and those of the chosen environment.
#[derive(Debug, Clone, Default)]
pub struct SentRuns {
    runs: Vec<SentRun>,
    /// The runs of the selected environment, cached because each key needs them.
    here: Arc<[PreviousRun]>,
    /// The id and address of the environment of `here`; `None` if `here` is out of date.
    place: Option<(String, String)>,
}

impl SentRuns {
    /// Adds a run of this session.
    pub(crate) fn add(&mut self, run: SentRun) {
        self.runs.push(run);
        self.place = None;
    }

    /// Adds the runs of previous sessions before those of this session.
    pub(crate) fn recall(&mut self, mut previous: Vec<SentRun>) {
        previous.append(&mut self.runs);
        self.runs = previous;
        self.place = None;
    }

    /// Updates `here` for an environment.
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

    /// The runs of the selected environment, the oldest first.
    pub(super) fn here(&self) -> Arc<[PreviousRun]> {
        Arc::clone(&self.here)
    }
}
