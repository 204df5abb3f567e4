//! Counts the problems: all, at or below each place, and on each tab. Updated as problems are added
//! and removed.

use std::collections::HashMap;

use crate::app::row::Tab;
use crate::check::{Counts, Problem, Severity};
use crate::document::Pointer;

use super::Model;

/// The numbers of problems.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct ProblemTally {
    all: Counts,
    /// Only places with a problem at or below them.
    places: HashMap<Pointer, PlaceCounts>,
    tabs: [Counts; Tab::ALL.len()],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct PlaceCounts {
    within: Counts,
    here: Counts,
}

impl ProblemTally {
    /// Counts an added problem.
    pub(super) fn add(&mut self, problem: &Problem) {
        self.all.add(problem.severity);
        if let Some(counts) = self.tab(problem) {
            counts.add(problem.severity);
        }
        let tokens = problem.at.tokens();
        for above in (0..tokens.len()).filter_map(|count| tokens.get(..count)) {
            if let Some(place) = self.places.get_mut(above) {
                place.within.add(problem.severity);
            } else {
                self.places.entry(above.iter().cloned().collect()).or_default().within.add(problem.severity);
            }
        }
        let place = self.places.entry(problem.at.clone()).or_default();
        place.within.add(problem.severity);
        place.here.add(problem.severity);
    }

    /// Uncounts a removed problem.
    pub(super) fn remove(&mut self, problem: &Problem) {
        self.all.remove(problem.severity);
        if let Some(counts) = self.tab(problem) {
            counts.remove(problem.severity);
        }
        let tokens = problem.at.tokens();
        for above in (0..=tokens.len()).filter_map(|count| tokens.get(..count)) {
            let Some(place) = self.places.get_mut(above) else { continue };
            place.within.remove(problem.severity);
            if above.len() == tokens.len() {
                place.here.remove(problem.severity);
            }
            if *place == PlaceCounts::default() {
                self.places.remove(above);
            }
        }
    }

    fn tab(&mut self, problem: &Problem) -> Option<&mut Counts> {
        self.tabs.get_mut(Tab::of(&problem.at).position())
    }
}

impl Model {
    /// Errors, warnings and hints of the document.
    pub fn counts(&self) -> Counts {
        self.checks.tally.all
    }

    /// Errors, warnings and hints at or below a place.
    pub fn marks_at(&self, at: &Pointer) -> Counts {
        self.checks.tally.places.get(at).map_or_else(Counts::default, |place| place.within)
    }

    /// The worst severity at exactly this place.
    pub fn severity_at(&self, at: &Pointer) -> Option<Severity> {
        self.checks.tally.places.get(at).and_then(|place| place.here.worst())
    }

    /// Errors, warnings and hints of a tab.
    pub fn tab_counts(&self, tab: Tab) -> Counts {
        if tab == Tab::Send {
            // Of all errors, only the unparsed text is fixed on this tab.
            return Counts { errors: usize::from(self.unparsed_fault().is_some()), ..Counts::default() };
        }
        self.checks.tally.tabs.get(tab.position()).copied().unwrap_or_default()
    }
}
