//! What a rule reads and writes: the document, what is known besides it, where the walk is, and what was found.

use std::sync::Arc;

use super::context::{Context, ResultCase};
use super::excess::Excess;
use super::place::{ValuePlace, WalkOrder};
use super::problem::{Fix, Problem, Severity};
use super::repeat::Sorted;
use super::rule::Rule;
use super::time_range::TimeRanges;
use crate::document::Value;

/// A problem, and where in the walk it was found.
pub(super) type FoundProblem = (WalkOrder, Arc<Problem>);

/// What a rule reads and writes.
pub(super) struct Report<'a> {
    /// The whole document.
    pub(super) document: &'a Value,
    /// What is known besides it.
    pub(super) context: &'a Context,
    /// The times of the run, stage or step that the walk is in.
    pub(super) times: TimeRanges,
    /// What the result of the run says, once it is known.
    pub(super) is_success: Option<bool>,
    /// The case of the results of earlier runs of the job, as far as they are known.
    pub(super) result_case: Option<ResultCase>,
    /// Whether the parameter that the walk is in is named like a secret.
    pub(super) is_secret: bool,
    /// The texts of the list that the walk is in, where repeats matter.
    pub(super) texts: Option<Sorted<&'a str>>,
    /// What is too large or too deep.
    pub(super) excess: Excess,
    /// The problems so far.
    pub(super) found: Vec<FoundProblem>,
}

impl<'a> Report<'a> {
    pub(super) fn new(document: &'a Value, context: &'a Context) -> Self {
        Self {
            document,
            context,
            times: TimeRanges::default(),
            is_success: None,
            result_case: None,
            is_secret: false,
            texts: None,
            excess: Excess::default(),
            found: Vec::new(),
        }
    }

    /// Adds a problem.
    pub(super) fn add(&mut self, rule: &Rule, place: &ValuePlace<'_>, message: String, fixes: Vec<Fix>) {
        self.found.push((place.order, Arc::new(rule.problem(place.pointer(), message, fixes))));
    }

    /// Adds a problem that is only a warning, of a rule that usually reports errors; or more than a hint, of one that
    /// usually reports hints.
    pub(super) fn warn(&mut self, rule: &Rule, place: &ValuePlace<'_>, message: String, fixes: Vec<Fix>) {
        let severity = Severity::Warning;
        let problem = Problem { severity, ..rule.problem(place.pointer(), message, fixes) };
        self.found.push((place.order, Arc::new(problem)));
    }
}
