//! The source and the shape of the key, never its value; and the keyring.

use super::DoctorLine;
use crate::wire::{self, Environment};
use crate::world::World;
use crate::world::key::{KeyError, KeyWithSource};
use crate::world::keyring::KeyringError;

/// Shorter keys get a warning.
const SHORT: usize = 16;

/// A missing keyring is fine, since keys have other sources; a running keyring must answer.
pub(super) fn keyring(world: &dyn World) -> DoctorLine {
    match world.keyring().probe() {
        Ok(()) => DoctorLine::fine("keyring", "available and unlocked"),
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
            format!("{from}; this looks like a placeholder. Replace it with the real key."),
        );
    }
    let note = wire::key_note(key.expose(), environment);
    match note.as_ref().map(|note| (note.is_warning(), note.sentence())) {
        Some((true, words)) => return DoctorLine::warning("key", format!("{from}. {words}")),
        Some((false, words)) => return DoctorLine::fine("key", format!("{from}. {words}")),
        None => {}
    }
    if shape.length < SHORT && !environment.is_loopback() {
        return DoctorLine::warning("key", format!("{from}; this key is short. Was all of it copied?"));
    }
    DoctorLine::fine("key", from)
}
