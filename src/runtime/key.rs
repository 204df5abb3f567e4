//! The API keys of this session: from environment variables, or typed. They stay in memory.

use std::collections::HashMap;

use crate::app::Choosable;
use crate::wire::Secret;
use crate::world::{World, key};

use super::Options;

/// The keys of this session, by environment.
#[derive(Debug, Default)]
pub struct Keyring {
    keys: HashMap<String, Secret>,
}

impl Keyring {
    /// Looks for the key of each environment, and says where each was found.
    pub(super) fn look_up(&mut self, options: &Options, world: &dyn World) -> Vec<Choosable> {
        let found = |environment: &crate::wire::Environment| {
            if options.demo {
                // The sandbox takes any key, and a demo leaves the person's own alone.
                let text = environment.is_loopback().then(|| "sandbox".to_owned())?;
                return Some((environment.key(text).ok()?, "the demo".to_owned()));
            }
            let found = key::at_hand(world, environment).ok()?;
            Some((found.key, found.source.told()))
        };
        options
            .environments
            .iter()
            .map(|environment| {
                let source = found(environment).map(|(key, source)| {
                    self.keep(&environment.id, key);
                    source
                });
                Choosable { environment: environment.clone(), key: source }
            })
            .collect()
    }

    /// Keeps a key for this session.
    pub fn keep(&mut self, environment: &str, key: Secret) {
        self.keys.insert(environment.to_owned(), key);
    }

    /// A text with dots in the place of each key.
    pub fn veil(&self, text: String) -> String {
        self.keys.values().fold(text, |text, key| key.veil(text, false))
    }

    /// The key of an environment.
    pub fn key(&self, environment: &str) -> Option<&Secret> {
        self.keys.get(environment)
    }
}
