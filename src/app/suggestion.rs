//! The ways on from a reply, as keys of the app.

use crate::wire::{Explanation, Suggestion};

use super::Action;

/// What a way is called among the actions, and what it does, in words behind its key.
pub const fn action_of(way: Suggestion) -> (Action, &'static str) {
    match way {
        Suggestion::Guid => (Action::GenerateGuid, "makes an instance and fills its GUID in"),
        Suggestion::Key => (Action::EnterKey, "takes another key for this session"),
        Suggestion::Environment => (Action::ChooseEnvironment, "chooses another environment"),
        Suggestion::ReceivedRuns => (Action::Sandbox, "among all actions ({palette}) shows what arrived"),
        Suggestion::AskAgain => (Action::GenerateGuid, "asks again"),
        Suggestion::Again => (Action::Send, "reviews the run; {dialog.enter} there sends it again"),
    }
}

/// Whether an action is a way on from an outcome.
pub(super) fn leads(explanation: &Explanation, action: Action) -> bool {
    explanation.suggestions.iter().any(|way| action_of(*way).0 == action)
}
