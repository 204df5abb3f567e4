//! Keys of the session: whether one stands in the document, and whether it can be kept in the keyring of the system.

use super::Model;
use crate::document::{Pointer, Token};
use crate::wire::{self, Environment, KeySource, Secret};

/// Where a key came from that was typed here.
pub(crate) const TYPED: &str = "the prompt, this session";

impl Model {
    /// Whether the key of the chosen environment can go into the keyring. A demo leaves the keyring alone.
    pub fn offers_keyring(&self) -> bool {
        let is_looked_for = |chosen: &super::EnvironmentChoice| {
            chosen.environment.key_sources().contains(&KeySource::Keyring)
        };
        self.settings.has_keyring
            && !self.settings.demo
            && !self.settings.read_only
            && self.target().is_some_and(is_looked_for)
    }

    /// The sources of the key of an environment. A keyring that nobody named and that cannot be reached is none.
    pub(crate) fn key_sources(&self, environment: &Environment) -> Vec<KeySource> {
        let has_keyring = self.settings.has_keyring || !environment.keys.is_empty();
        let mut sources = environment.key_sources();
        sources.retain(|source| has_keyring || *source != KeySource::Keyring);
        sources
    }

    /// What becomes of a key that is typed for an environment, and where later sessions look for one.
    pub fn key_keeping(&self, environment: &Environment) -> String {
        let sources = self.key_sources(environment);
        let kept = "Kept in memory for this session.";
        match &sources[..] {
            [KeySource::Variable(name)] | [KeySource::Variable(name), KeySource::Keyring] => {
                format!("{kept} To keep it, set the environment variable {name}.")
            }
            sources => {
                let names: Vec<String> = sources.iter().map(KeySource::named).collect();
                format!("{kept} Later sessions look for it in {}.", names.join(", then "))
            }
        }
    }

    /// Redacts these credentials from now on, in all texts and in the document.
    pub(crate) fn learn(&mut self, credentials: &[Secret]) {
        for credential in credentials {
            if !self.keys.known.iter().any(|known| known.matches(credential.expose())) {
                self.keys.known.push(credential.clone());
            }
            self.keys.holds_key |= wire::place_of_leak(self.document.value(), credential).is_some();
        }
    }

    /// Notes whether a key stands in the document, where only these places were touched since the last time.
    pub(super) fn find_keys(&mut self, touched: Option<&[Pointer]>) {
        let root = self.document.value();
        let is_at = |key: &Secret, at: &Pointer| {
            let is_name = at.last().is_some_and(|name| !key.places(&Token::word(name)).is_empty());
            is_name || root.get(at).is_some_and(|value| wire::place_of_leak(value, key).is_some())
        };
        let stands = |key: &Secret| match touched {
            None => wire::place_of_leak(root, key).is_some(),
            Some(places) => places.iter().any(|at| is_at(key, at)),
        };
        let is_found = self.keys.known.iter().any(stands);
        self.keys.holds_key = is_found || touched.is_some() && self.keys.holds_key;
    }
}
