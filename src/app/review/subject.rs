//! What a review is of: the document, or an entry of the journal that goes once more; and what it is compared with.

use std::sync::Arc;

use crate::app::comparison::Comparison;
use crate::app::laid::Accepted;
use crate::app::model::{Choosable, Model};
use crate::app::overlay::Overlay;
use crate::check::{self, Counts, Problem, Session, Silenced};
use crate::document::Value;
use crate::journal::Entry;
use crate::wire::{self, Purpose, Request};

/// What was sent before, about to go once more: the exact body to the same address.
#[derive(Debug, Clone, PartialEq)]
pub struct Again {
    /// The environment's position in the list.
    pub environment: usize,
    /// What was sent.
    pub request: Request,
    /// The run in it.
    pub run: Value,
    /// What is wrong with the run.
    pub problems: Vec<Problem>,
}

/// The run that was accepted last, of the job that is reviewed.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Since {
    /// The journal is being read.
    #[default]
    Looking,
    /// The journal knows of none.
    First,
    /// It is known.
    Run(Box<Earlier>),
}

/// An accepted run and how the reviewed one differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    /// What it is called, with its time.
    pub name: String,
    /// What differs.
    pub comparison: Comparison,
}

impl Earlier {
    /// Compares an entry of the journal with what would be sent.
    pub(crate) fn of(entry: &Entry, run: &Value) -> Option<Self> {
        let Accepted { name, run: old, .. } = Accepted::of(entry)?;
        let comparison = Comparison::new(format!("Changes since {name}"), &old, run);
        Some(Self { name: format!("{name}, accepted {}", entry.started.human()), comparison })
    }
}

impl Accepted {
    /// The run of an entry of the journal.
    pub(crate) fn of(entry: &Entry) -> Option<Self> {
        let number = entry.identity.build_number;
        let name = number.map_or_else(|| "the run without a number".to_owned(), |n| format!("run {n}"));
        Some(Self { name, run: entry.document()? })
    }
}

impl Again {
    /// An entry to be sent once more, or why it cannot be.
    pub(crate) fn of(model: &Model, entry: &Entry) -> Result<Self, String> {
        let is_there = |target: &Choosable| {
            entry.environment == target.environment.id && target.environment.is_base_of(&entry.url)
        };
        let place = model.sending.environments.iter().enumerate().find(|(_, target)| is_there(target));
        let Some((environment, target)) = place else {
            return Err(format!(
                "It cannot go again as it was: {} has another address now, or is no environment here.",
                entry.environment
            ));
        };
        let run = entry.document().filter(|_| entry.purpose == Purpose::JobRun);
        let Some(run) = run else { return Err("Only runs are sent again from here.".to_owned()) };
        let context = model.context_for(&target.environment);
        let silenced = Silenced { everywhere: &model.checks.silenced, in_draft: &[] };
        let problems = Session::new(&run, &context, silenced).problems();
        Ok(Self { environment, request: entry.request(target.environment.scheme), run, problems })
    }
}

impl Model {
    /// The entry that is under review in the document's place.
    pub(crate) fn again(&self) -> Option<&Again> {
        let Some(Overlay::Review { again, .. }) = self.overlays.iter().rfind(|overlay| is_review(overlay))
        else {
            return None;
        };
        again.as_deref()
    }

    /// Whether the review is of an entry of the journal.
    pub fn is_sending_again(&self) -> bool {
        self.again().is_some()
    }

    /// Whether anything is new since the last accepted run.
    pub fn has_changes(&self) -> bool {
        matches!(self.since(), Since::Run(earlier) if earlier.comparison.count() > 0)
    }

    /// What the review compares with.
    pub(crate) fn since(&self) -> &Since {
        let Some(Overlay::Review { since, .. }) = self.overlays.iter().rfind(|overlay| is_review(overlay))
        else {
            return &Since::Looking;
        };
        since
    }

    /// The position of the environment that a send would go to now: that of the review, else the chosen one.
    pub(crate) fn aim(&self) -> usize {
        self.again().map_or(self.sending.environment, |again| again.environment)
    }

    /// The environment that a send would go to now, and the source of its key.
    pub fn target(&self) -> Option<&Choosable> {
        self.sending.environments.get(self.aim())
    }

    /// The request that sending now would make, of the document or of what is under review.
    pub fn outgoing(&self) -> Option<Request> {
        self.again().map_or_else(|| self.request(), |again| Some(again.request.clone()))
    }

    /// The run that would be sent now, as it would be spelled.
    pub(crate) fn outgoing_run(&self) -> Option<Value> {
        match self.again() {
            Some(again) => Some(again.run.clone()),
            None => Some(wire::with_names(self.document.value(), self.target()?.environment.names)),
        }
    }

    /// What is wrong with what would be sent now.
    pub(crate) fn outgoing_problems(&self) -> impl Iterator<Item = &Problem> {
        let (again, own): (&[Problem], &[Arc<Problem>]) = match self.again() {
            Some(again) => (&again.problems, &[]),
            None => (&[], &self.checks.problems),
        };
        again.iter().chain(own.iter().map(Arc::as_ref))
    }

    /// How much is wrong with it.
    pub(crate) fn outgoing_counts(&self) -> Counts {
        self.again().map_or_else(|| self.counts(), |again| check::count(&again.problems))
    }
}

fn is_review(overlay: &Overlay) -> bool {
    matches!(overlay, Overlay::Review { .. })
}
