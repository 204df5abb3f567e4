//! The API keys of this session, from their configured sources or typed. They stay in memory.

use std::collections::HashMap;

use crate::app::EnvironmentChoice;
use crate::wire::{Environment, Redactor, Secret};
use crate::world::{World, key};

use super::Options;

/// The API keys of this session, by the id of their environment.
#[derive(Debug, Default)]
pub struct SessionKeys {
    keys: HashMap<String, Secret>,
}

impl SessionKeys {
    /// Looks for the key of each environment; each choice names the source of its key, or the
    /// fault.
    pub(super) fn find(&mut self, options: &Options, world: &dyn World) -> Vec<EnvironmentChoice> {
        let found = |environment: &Environment| {
            if options.demo {
                // The sandbox accepts any key, and a demo does not use the keys of the user.
                let key = environment.is_loopback().then(|| environment.key("sandbox").ok()).flatten();
                return Ok(key.map(|key| (key, "the demo".to_owned())));
            }
            match key::at_hand(world, environment) {
                Ok(found) => Ok(Some((found.key, found.source.description()))),
                Err(error) => key::fault(world, environment, &error).map_or(Ok(None), Err),
            }
        };
        let mut choice = |environment: &Environment| {
            let environment = environment.clone();
            match found(&environment) {
                Ok(Some((key, source))) => {
                    let mut chosen = EnvironmentChoice::without_key(environment);
                    chosen.take_key(source, &key);
                    self.keep(&chosen.environment.id, key);
                    chosen
                }
                Ok(None) => EnvironmentChoice::without_key(environment),
                Err(fault) => {
                    EnvironmentChoice { fault: Some(fault), ..EnvironmentChoice::without_key(environment) }
                }
            }
        };
        options.environments.iter().map(&mut choice).collect()
    }

    /// Keeps a key for this session, in place of the previous key of the environment.
    pub fn keep(&mut self, environment: &str, key: Secret) {
        self.keys.insert(environment.to_owned(), key);
    }

    /// A text with each key redacted.
    pub fn redactor(&self, text: String) -> String {
        Redactor::new(self.keys.values()).redact(text).into_owned()
    }

    /// All keys of this session, each once.
    pub fn all(&self) -> Vec<Secret> {
        self.keys.values().fold(Vec::new(), |mut all: Vec<Secret>, key| {
            if !all.iter().any(|other| other.matches(key.expose())) {
                all.push(key.clone());
            }
            all
        })
    }

    /// The key of an environment, by id.
    pub fn key(&self, environment: &str) -> Option<&Secret> {
        self.keys.get(environment)
    }
}
