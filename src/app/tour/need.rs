//! What a step rests on, which is not there where an earlier one was skipped or undone; then the card leads on from there.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::condition::Condition;
use super::place::TourPlace;

mod met;

/// Something that a step rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// The sandbox, or another place on this machine, is chosen.
    Sandbox,
    /// A run is in the form.
    Run,
    /// What it takes to ask for a GUID, unless there is one.
    Setup,
    /// A GUID.
    Guid,
    /// No errors but those that a safe fix mends.
    Safe,
    /// No errors.
    Fixed,
    /// A run was sent and answered.
    Reply,
    /// The run is kept as a draft.
    Draft,
}

impl Need {
    /// What a sample does that brings it.
    pub(crate) const fn sample(self) -> Option<Condition> {
        match self {
            Self::Run => Some(Condition::RunImported),
            Self::Setup => Some(Condition::SetupFilled),
            Self::Sandbox | Self::Guid | Self::Safe | Self::Fixed | Self::Reply | Self::Draft => None,
        }
    }
}

/// What the card of any step says where a need of it is not met.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lead {
    /// The need.
    pub to: Need,
    /// What to press on the form.
    pub press: String,
    /// What to press elsewhere.
    #[serde(default)]
    pub there: BTreeMap<TourPlace, String>,
    /// What for, where what the step is for would be misread.
    #[serde(default)]
    pub text: Option<String>,
}
