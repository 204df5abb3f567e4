//! The key: where it comes from and whether it has the shape of one, never what it is; and the keyring.

use super::Finding;
use crate::wire::Environment;
use crate::world::World;
use crate::world::key::{Found, KeyError};
use crate::world::keyring::KeyringError;

/// A key that is shorter is hardly one.
const SHORT: usize = 16;

/// The keyring: missing it is no trouble unless it is needed, but one that is there has to answer.
pub(super) fn keyring(world: &dyn World) -> Finding {
    match world.keyring().probe() {
        Ok(()) => Finding::fine("keyring", "there and unlocked"),
        Err(
            fault @ (KeyringError::NotBuilt
            | KeyringError::Foreign
            | KeyringError::NoBus
            | KeyringError::NoService),
        ) => Finding::fine("keyring", fault.to_string()),
        Err(
            fault @ (KeyringError::Locked
            | KeyringError::NoCollection
            | KeyringError::Late(_)
            | KeyringError::Refused(_)),
        ) => Finding::warning("keyring", fault.to_string()),
    }
}

pub(super) fn finding(environment: &Environment, found: &Result<Found, KeyError>) -> Finding {
    let Found { key, source } = match found {
        Ok(found) => found,
        Err(fault @ KeyError::Unusable { .. }) => return Finding::problem("key", fault.to_string()),
        Err(fault @ KeyError::None { .. }) => return Finding::warning("key", fault.to_string()),
    };
    let shape = key.shape();
    let from = format!(
        "{}: from {}, {} characters: {}",
        environment.label,
        source.told(),
        shape.length,
        shape.kinds.join(", ")
    );
    if shape.is_placeholder {
        return Finding::problem(
            "key",
            format!("{from}; it reads like a placeholder. Put the real key there."),
        );
    }
    if shape.length < SHORT && !environment.is_loopback() {
        return Finding::warning("key", format!("{from}; that is short for a key. Was all of it copied?"));
    }
    Finding::fine("key", from)
}
