//! The suggestions of a reply, as actions of the app.

use crate::wire::{Explanation, Suggestion};

use super::Action;

/// The action of a suggestion, and its description after the key.
pub const fn action_of(suggestion: Suggestion) -> (Action, &'static str) {
    match suggestion {
        Suggestion::Guid => (Action::GenerateGuid, "create an instance and fill in its GUID"),
        Suggestion::Key => (Action::EnterKey, "type another key for this session"),
        Suggestion::Environment => (Action::ChooseEnvironment, "choose another environment"),
        Suggestion::ReceivedRuns => (Action::Sandbox, "type sandbox: show received runs"),
        Suggestion::AskAgain => (Action::GenerateGuid, "request it again"),
        Suggestion::VerifyAgain => (Action::VerifyInstance, "verify the instance again"),
        Suggestion::Again => (Action::Send, "open the review; {dialog.enter} sends again"),
    }
}

/// Whether an action is a suggestion of a reply.
pub(super) fn leads(explanation: &Explanation, action: Action) -> bool {
    explanation.suggestions.iter().any(|suggestion| action_of(*suggestion).0 == action)
}
