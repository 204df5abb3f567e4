//! The API keys of the session: whether the document contains one, and whether the system keyring
//! can store it.

use super::Model;
use crate::document::{Pointer, Token};
use crate::wire::{self, Environment, KeySource, Secret};

/// The source of a key that was typed in this session.
pub(crate) const TYPED: &str = "the prompt, this session";

/// The source of a key in words: `key from sandbox`.
pub fn key_from(source: &str) -> String {
    if source == TYPED {
        return "key typed (this session)".to_owned();
    }
    let noun = source.strip_prefix("the ").unwrap_or(source);
    match noun.split_once(", ") {
        Some((noun, lasts)) => format!("key from {noun} ({lasts})"),
        None => format!("key from {noun}"),
    }
}

impl Model {
    /// Whether the key of the target environment can be stored in the system keyring. A demo does
    /// not use the keyring.
    pub fn offers_keyring(&self) -> bool {
        let is_source = |chosen: &super::EnvironmentChoice| {
            chosen.environment.key_sources().contains(&KeySource::Keyring)
        };
        self.settings.has_keyring
            && !self.settings.demo
            && !self.settings.read_only
            && self.target().is_some_and(is_source)
    }

    /// The key sources of an environment. A missing keyring counts only if the configuration names
    /// it.
    pub(crate) fn key_sources(&self, environment: &Environment) -> Vec<KeySource> {
        let has_keyring = self.settings.has_keyring || !environment.keys.is_empty();
        let mut sources = environment.key_sources();
        sources.retain(|source| has_keyring || *source != KeySource::Keyring);
        sources
    }

    /// Says how long a typed key lasts, and where later sessions look for a key.
    pub fn key_keeping(&self, environment: &Environment) -> String {
        let sources = self.key_sources(environment);
        let now = "Used for this session.";
        match &sources[..] {
            [KeySource::Variable(name)] | [KeySource::Variable(name), KeySource::Keyring] => {
                format!("{now} For later sessions, set the variable {name}.")
            }
            sources => {
                let names: Vec<String> = sources.iter().map(KeySource::named).collect();
                format!("{now} Later sessions read it from {}.", names.join(", then "))
            }
        }
    }

    /// Redacts these credentials from now on, and checks the document for them.
    pub(crate) fn learn(&mut self, credentials: &[Secret]) {
        for credential in credentials {
            if !self.keys.known.iter().any(|known| known.matches(credential.expose())) {
                self.keys.known.push(credential.clone());
            }
            self.keys.holds_key |= wire::place_of_leak(self.document.value(), credential).is_some();
        }
    }

    /// Updates `holds_key`; `touched` are the places that changed since the last time, `None` means
    /// all.
    pub(super) fn find_keys(&mut self, touched: Option<&[Pointer]>) {
        let root = self.document.value();
        let is_at = |key: &Secret, at: &Pointer| {
            let is_name = at.last().is_some_and(|name| !key.places(&Token::word(name)).is_empty());
            is_name || root.get(at).is_some_and(|value| wire::place_of_leak(value, key).is_some())
        };
        let is_held = |key: &Secret| match touched {
            None => wire::place_of_leak(root, key).is_some(),
            Some(places) => places.iter().any(|at| is_at(key, at)),
        };
        let is_found = self.keys.known.iter().any(is_held);
        self.keys.holds_key = is_found || touched.is_some() && self.keys.holds_key;
    }
}
