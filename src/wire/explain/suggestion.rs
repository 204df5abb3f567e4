//! Ways on from an outcome, each of which is a key in the app and a command in a shell.

use crate::wire::environment::{Environment, SANDBOX};

/// What a person can do next with this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suggestion {
    /// Ask the environment for an instance.
    Guid,
    /// Give another key.
    Key,
    /// Choose another environment.
    Environment,
    /// Look at what arrived at the sandbox.
    ReceivedRuns,
    /// Review the run and send it again.
    Again,
    /// Ask for the GUID again.
    AskAgain,
}

impl Suggestion {
    /// The way in a shell, as a sentence; `None` where it is to do the same once more.
    pub fn in_shell(self, environment: &Environment) -> Option<String> {
        let (id, base) = (&environment.id, &environment.base);
        let is_here = environment.is_loopback();
        let target = if is_here { format!("--base-url {base}") } else { format!("--env {id}") };
        Some(match self {
            Self::Guid => format!(
                "`sei-compose guid {target} --integration-id ID --name NAME` makes an instance and prints its GUID."
            ),
            Self::Key if is_here => {
                "A sandbox takes any word as key, unless SEI_SANDBOX_KEY was set where it was started."
                    .to_owned()
            }
            Self::Key => format!("`sei-compose key where {target}` names the source that the key came from."),
            Self::Environment => {
                "`sei-compose env list` names the environments, and --env takes one.".to_owned()
            }
            Self::ReceivedRuns => format!("`curl {base}/sandbox/runs` shows what arrived there."),
            Self::Again | Self::AskAgain => return None,
        })
    }
}

/// Whether a request went to a sandbox, as far as its environment tells.
pub(super) fn is_sandbox(environment: &Environment) -> bool {
    environment.id == SANDBOX && environment.is_loopback()
}
