//! Checks the requirements.

use super::Need;
use crate::app::model::Model;
use crate::app::tour::condition::Glimpse;
use crate::check::Severity;

impl Need {
    /// Whether the model meets the requirement.
    pub(in crate::app::tour) fn is_met(self, model: &Model, seen: &Glimpse) -> bool {
        match self {
            Self::Sandbox => model.chosen().is_none_or(|chosen| chosen.environment.is_loopback()),
            Self::Run => seen.has_run,
            Self::Setup => seen.has_setup || seen.guid.is_some(),
            Self::Guid => seen.guid.is_some(),
            Self::Safe => {
                let mut errors = model
                    .checks
                    .problems
                    .iter()
                    .filter(|problem| problem.severity == Severity::Error)
                    .peekable();
                errors.peek().is_none() || errors.any(|problem| problem.fixes.iter().any(|fix| fix.safe))
            }
            Self::Fixed => seen.errors == 0,
            Self::Reply => model.sending.last_reply.is_some(),
            Self::Draft => model.draft.file.name.is_some(),
        }
    }
}
