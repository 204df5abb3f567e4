//! The requirements of steps. If one is missing, because a step was skipped or undone, the card
//! leads on from there.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::condition::Condition;
use super::place::TourPlace;

mod met;

/// A requirement of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// The sandbox, or another environment on this machine, is chosen.
    Sandbox,
    /// The form has a run.
    Run,
    /// The name and integration id that a GUID request needs, or a GUID.
    Setup,
    /// The form has a GUID.
    Guid,
    /// No errors except those with a safe fix.
    Safe,
    /// The document has no errors.
    Fixed,
    /// A run was sent and answered.
    Reply,
    /// The run is saved as a draft.
    Draft,
}

impl Need {
    /// The condition of the step whose sample meets the requirement.
    pub(crate) const fn sample(self) -> Option<Condition> {
        match self {
            Self::Run => Some(Condition::RunImported),
            Self::Setup => Some(Condition::SetupFilled),
            Self::Sandbox | Self::Guid | Self::Safe | Self::Fixed | Self::Reply | Self::Draft => None,
        }
    }
}

/// The card that replaces that of a step with a missing requirement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lead {
    /// The missing requirement.
    pub to: Need,
    /// The instruction on the form.
    pub press: String,
    /// The instructions elsewhere.
    #[serde(default)]
    pub there: BTreeMap<TourPlace, String>,
    /// The purpose, if that of the step would mislead.
    #[serde(default)]
    pub text: Option<String>,
}
