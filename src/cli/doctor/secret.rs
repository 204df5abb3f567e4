//! The key: where it comes from and whether it has the shape of one, never what it is; and the keyring.

use super::DoctorLine;
use crate::wire::Environment;
use crate::world::World;
use crate::world::key::{KeyError, KeyWithSource};
use crate::world::keyring::KeyringError;

/// A key that is shorter is hardly one.
const SHORT: usize = 16;

/// The keyring: missing it is no trouble unless it is needed, but one that is there has to answer.
pub(super) fn keyring(world: &dyn World) -> DoctorLine {
    match world.keyring().probe() {
        Ok(()) => DoctorLine::fine("keyring", "there and unlocked"),
        Err(
            fault @ (KeyringError::NotBuilt
            | KeyringError::Foreign
            | KeyringError::NoBus
            | KeyringError::NoService),
        ) => DoctorLine::fine("keyring", fault.to_string()),
        Err(
            fault @ (KeyringError::Locked
            | KeyringError::NoCollection
            | KeyringError::Late(_)
            | KeyringError::Refused(_)),
        ) => DoctorLine::warning("keyring", fault.to_string()),
    }
}

pub(super) fn finding(environment: &Environment, found: &Result<KeyWithSource, KeyError>) -> DoctorLine {
    let KeyWithSource { key, source } = match found {
        Ok(found) => found,
        Err(fault @ KeyError::Unusable { .. }) => return DoctorLine::problem("key", fault.to_string()),
        Err(fault @ KeyError::None { .. }) => return DoctorLine::warning("key", fault.to_string()),
    };
    let shape = key.shape();
    let from = format!(
        "{}: from {}, {} characters: {}",
        environment.label,
        source.description(),
        shape.length,
        shape.kinds.join(", ")
    );
    if shape.is_placeholder {
        return DoctorLine::problem(
            "key",
            format!("{from}; it reads like a placeholder. Put the real key there."),
        );
    }
    if shape.length < SHORT && !environment.is_loopback() {
        return DoctorLine::warning("key", format!("{from}; that is short for a key. Was all of it copied?"));
    }
    DoctorLine::fine("key", from)
}
