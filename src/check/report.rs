//! The input and output of a rule: the document, other known facts, the state of the walk, and the
//! problems.

use std::sync::Arc;

use super::context::{Context, ResultCase};
use super::excess::Excess;
use super::place::{ValuePlace, WalkOrder};
use super::problem::{Fix, Problem, Severity};
use super::repeat::Sorted;
use super::rule::Rule;
use super::time_range::TimeRanges;
use crate::document::Value;

/// A problem with its position in the walk.
pub(super) type FoundProblem = (WalkOrder, Arc<Problem>);

/// The input and output of a rule.
pub(super) struct Report<'a> {
    pub(super) document: &'a Value,
    pub(super) context: &'a Context,
    /// The times of the run, stage or step that the walk is in.
    pub(super) times: TimeRanges,
    /// Whether the result of the run means success; `None` for other words.
    pub(super) is_success: Option<bool>,
    /// The case of the results of previous runs of the job.
    pub(super) result_case: Option<ResultCase>,
    /// Whether the name of the current parameter suggests a secret.
    pub(super) is_secret: bool,
    /// The texts of the current list, where repeats matter.
    pub(super) texts: Option<Sorted<&'a str>>,
    pub(super) excess: Excess,
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

    pub(super) fn add(&mut self, rule: &Rule, place: &ValuePlace<'_>, message: String, fixes: Vec<Fix>) {
        self.found.push((place.order, Arc::new(rule.problem(place.pointer(), message, fixes))));
    }

    /// Adds a problem as a warning, for a rule whose usual severity is another one.
    pub(super) fn warn(&mut self, rule: &Rule, place: &ValuePlace<'_>, message: String, fixes: Vec<Fix>) {
        let severity = Severity::Warning;
        let problem = Problem { severity, ..rule.problem(place.pointer(), message, fixes) };
        self.found.push((place.order, Arc::new(problem)));
    }
}
