//! Whether a typed key can be kept in the keyring of the system.

use super::Model;
use crate::wire::KeySource;

/// Where a key came from that was typed here.
pub(crate) const TYPED: &str = "the prompt, this session";

impl Model {
    /// Whether the key of the chosen environment can go into the keyring. A demo leaves the keyring alone.
    pub fn offers_keyring(&self) -> bool {
        let is_looked_for =
            |chosen: &super::Choosable| chosen.environment.key_sources().contains(&KeySource::Keyring);
        self.has_keyring && !self.demo && !self.read_only && self.target().is_some_and(is_looked_for)
    }
}
