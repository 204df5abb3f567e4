//! What a send would send, and where: the document, or a journal entry to resend.

use super::subject::{Again, Since};
use crate::app::model::{EnvironmentChoice, Model};
use crate::app::overlay::Overlay;
use crate::check::{CheckSession, Counts, Problem, Silenced};
use crate::document::Value;
use crate::journal::JournalEntry;
use crate::wire::{Request, RequestPurpose};
use crate::{check, wire};
use std::sync::Arc;

impl Again {
    /// Prepares the resend of a journal entry, or says why it cannot be resent.
    pub(crate) fn of(model: &Model, entry: &JournalEntry) -> Result<Self, String> {
        let is_there = |target: &EnvironmentChoice| {
            entry.environment == target.environment.id && target.environment.is_base_of(&entry.url)
        };
        let place = model.sending.environments.iter().enumerate().find(|(_, target)| is_there(target));
        let Some((environment, target)) = place else {
            return Err(format!(
                "This run cannot be resent unchanged: environment {} has another URL or no longer exists.",
                entry.environment
            ));
        };
        let run = entry.document().filter(|_| entry.purpose == RequestPurpose::JobRun);
        let Some(run) = run else { return Err("Only runs can be resent from here.".to_owned()) };
        let context = model.context_for(&target.environment);
        let silenced = Silenced { everywhere: &model.checks.silenced, in_draft: &[] };
        let problems = CheckSession::new(&run, &context, silenced).problems();
        Ok(Self { environment, request: entry.request(target.environment.scheme), run, problems })
    }
}

impl Model {
    /// The journal entry under review, if it is not the document.
    pub(crate) fn again(&self) -> Option<&Again> {
        let Some(Overlay::Review { again, .. }) = self.overlays.iter().rfind(|overlay| is_review(overlay))
        else {
            return None;
        };
        again.as_deref()
    }

    /// Whether the review is of a journal entry.
    pub fn is_sending_again(&self) -> bool {
        self.again().is_some()
    }

    /// Whether the review has changes since the last accepted run.
    pub fn has_changes(&self) -> bool {
        matches!(self.since(), Since::Run(previous) if previous.comparison.count() > 0)
    }

    /// The run that the review compares with.
    pub(crate) fn since(&self) -> &Since {
        let Some(Overlay::Review { since, .. }) = self.overlays.iter().rfind(|overlay| is_review(overlay))
        else {
            return &Since::Looking;
        };
        since
    }

    /// The position of the target environment: that of the review, otherwise the chosen
    /// environment.
    pub(crate) fn aim(&self) -> usize {
        self.again().map_or(self.sending.environment, |again| again.environment)
    }

    /// The target environment of a send.
    pub fn target(&self) -> Option<&EnvironmentChoice> {
        self.sending.environments.get(self.aim())
    }

    /// The request that a send would make, of the document or of the journal entry under review.
    pub fn outgoing(&self) -> Option<Request> {
        self.again().map_or_else(|| self.request(), |again| Some(again.request.clone()))
    }

    /// The run that would be sent, with the field names of the target environment.
    pub(crate) fn outgoing_run(&self) -> Option<Value> {
        match self.again() {
            Some(again) => Some(again.run.clone()),
            None => Some(wire::with_names(self.document.value(), self.target()?.environment.names)),
        }
    }

    /// The problems of the run that would be sent.
    pub(crate) fn outgoing_problems(&self) -> impl Iterator<Item = &Problem> {
        let (again, own): (&[Problem], &[Arc<Problem>]) = match self.again() {
            Some(again) => (&again.problems, &[]),
            None => (&[], &self.checks.problems),
        };
        again.iter().chain(own.iter().map(Arc::as_ref))
    }

    /// The numbers of these problems.
    pub(crate) fn outgoing_counts(&self) -> Counts {
        self.again().map_or_else(|| self.counts(), |again| check::count(&again.problems))
    }
}

fn is_review(overlay: &Overlay) -> bool {
    matches!(overlay, Overlay::Review { .. })
}
