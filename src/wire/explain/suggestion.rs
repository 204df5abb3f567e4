//! Suggestions after an outcome: each is an action in the app and a command in a shell.

use crate::wire::environment::{Environment, SANDBOX};

/// A next step with this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suggestion {
    /// Create an instance in the environment.
    Guid,
    /// Enter another key.
    Key,
    /// Choose another environment.
    Environment,
    /// Show the received runs of the sandbox.
    ReceivedRuns,
    /// Review the run and send it again.
    Again,
    /// Request the GUID again.
    AskAgain,
    /// Ask for the instance again.
    VerifyAgain,
}

impl Suggestion {
    /// The suggestion for a shell, as a sentence; `None` if it only repeats the command.
    pub fn in_shell(self, environment: &Environment) -> Option<String> {
        let (id, base) = (&environment.id, &environment.base);
        let is_here = environment.is_loopback();
        let target = if is_here { format!("--base-url {base}") } else { format!("--env {id}") };
        Some(match self {
            Self::Guid => format!(
                "`sei-compose guid {target} --integration-id ID --name NAME` creates an instance and prints its GUID."
            ),
            Self::Key if is_here => {
                "A sandbox accepts any key, unless it was started with SEI_SANDBOX_KEY.".to_owned()
            }
            Self::Key => format!("`sei-compose key where {target}` shows where the key came from."),
            Self::Environment => {
                "`sei-compose env list` lists the environments; --env chooses one.".to_owned()
            }
            Self::ReceivedRuns => format!("`curl {base}/sandbox/runs` shows the received runs."),
            Self::Again | Self::AskAgain | Self::VerifyAgain => return None,
        })
    }
}

/// Whether an environment is the sandbox, by its id and address.
pub(super) fn is_sandbox(environment: &Environment) -> bool {
    environment.id == SANDBOX && environment.is_loopback()
}
