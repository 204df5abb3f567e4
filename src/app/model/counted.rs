//! Whether the run counts as a deployment, for the check list and the review.
//!
//! Nothing is simulated while neither of them is open.

use crate::app::overlay::Overlay;
use crate::app::row::Tab;
use crate::simulation::{Answer, MetricAnswer};

use super::Model;

/// An answer, and the input that it is for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CountedRun {
    revision: u64,
    place: String,
    answer: MetricAnswer,
}

impl Model {
    /// Finds whether the run counts, if a view shows this and the input changed.
    pub(super) fn count_run(&mut self) {
        if !self.shows_counts() {
            self.payload.counted = None;
            return;
        }
        let (revision, place) = (self.document.revision(), self.simulation_place());
        let is_current = |counted: &CountedRun| counted.revision == revision && counted.place == place;
        if !self.payload.counted.as_ref().is_some_and(is_current) {
            let answer = self.simulation().counts.deployment_frequency;
            self.payload.counted = Some(CountedRun { revision, place, answer });
        }
    }

    /// Whether the check list or the review of the document is open.
    fn shows_counts(&self) -> bool {
        let is_reviewed = || self.overlays.iter().any(|overlay| matches!(overlay, Overlay::Review { .. }));
        !self.is_pristine() && (self.form.tab == Tab::Send || (is_reviewed() && !self.is_sending_again()))
    }

    /// Whether the run counts as a deployment, in words; `None` while no view shows this.
    pub fn deployment_words(&self) -> Option<String> {
        let MetricAnswer { answer, because, .. } = &self.payload.counted.as_ref()?.answer;
        Some(match answer {
            Answer::Yes => "counts".to_owned(),
            Answer::No => format!("does not count: {because}"),
            Answer::Depends => "depends on the profile".to_owned(),
        })
    }

    /// Whether a condition decides that the program does not know.
    pub fn is_deployment_open(&self) -> bool {
        self.payload.counted.as_ref().is_some_and(|counted| counted.answer.answer == Answer::Depends)
    }
}
