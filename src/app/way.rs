//! The ways on from a reply, as keys of the app.

use crate::wire::{Explanation, Way};

use super::Action;

/// What a way is called among the actions, and what it does, in words behind its key.
pub const fn action_of(way: Way) -> (Action, &'static str) {
    match way {
        Way::Guid => (Action::GenerateGuid, "makes an instance and fills its GUID in"),
        Way::Key => (Action::EnterKey, "takes another key for this session"),
        Way::Environment => (Action::ChooseEnvironment, "chooses another environment"),
        Way::Arrivals => (Action::Sandbox, "among all actions ({palette}) shows what arrived"),
        Way::AskAgain => (Action::GenerateGuid, "asks again"),
        Way::Again => (Action::Send, "reviews the run; {dialog.enter} there sends it again"),
    }
}

/// Whether an action is a way on from an outcome.
pub(super) fn leads(explanation: &Explanation, action: Action) -> bool {
    explanation.ways.iter().any(|way| action_of(*way).0 == action)
}
