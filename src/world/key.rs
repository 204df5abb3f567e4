//! Finds the key of an environment in the first source that has one.
//!
//! Messages name the source and never contain the key.

use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::zeroize::Zeroizing;
use thiserror::Error;

use super::keyring::KeyringSlot;
use super::{FileError, World};
use crate::text::Advice;
use crate::wire::{self, Environment, KeySource, Secret, SecretError};

/// The time limit for a command that prints a key.
const LIMIT: Duration = Duration::from_secs(5);

/// A key and its source.
#[derive(Clone)]
pub struct KeyWithSource {
    /// The key, redacted in all output.
    pub key: Secret,
    /// The source that the key was read from.
    pub source: KeySource,
}

/// Why no key was found.
#[derive(Debug, PartialEq, Eq, Error)]
#[error("{}", self.advice())]
pub enum KeyError {
    /// No source has a key.
    None {
        /// The label of the environment.
        label: String,
        /// The reason for each source.
        reasons: Vec<String>,
        /// Whether the environment is on this machine.
        is_near: bool,
    },
    /// The value of a source is not a key.
    Unusable {
        /// The source in words.
        source_name: String,
        /// The fault of the value.
        fault: SecretError,
    },
}

impl KeyError {
    /// The message and the next step.
    pub fn advice(&self) -> Advice {
        match self {
            Self::None { label, reasons, is_near } => {
                let advice = Advice::new(format!("No key for {label}: {}.", reasons.join("; ")));
                if *is_near { advice.hint("A sandbox accepts any text.") } else { advice }
            }
            Self::Unusable { source_name, fault } => {
                let Advice { message, hint } = fault.advice();
                Advice { message: format!("{source_name} holds no usable key: {message}"), hint }
            }
        }
    }
}

/// Searches all sources of an environment; a command may take several seconds.
pub fn find(world: &dyn World, environment: &Environment) -> Result<KeyWithSource, KeyError> {
    search(world, environment, |_source| true)
}

/// Searches only the sources that answer at once.
pub fn at_hand(world: &dyn World, environment: &Environment) -> Result<KeyWithSource, KeyError> {
    search(world, environment, KeySource::is_at_hand)
}

/// All keys in the variables of these environments, even if another source has priority: every key
/// that is available without running a command or reading the keyring.
pub fn in_variables(world: &dyn World, environments: &[Environment]) -> Vec<Secret> {
    let default =
        wire::built_in().first().map(|environment| (environment, wire::DEFAULT_KEY_VARIABLE.to_owned()));
    let named = environments.iter().flat_map(|environment| {
        let variable = move |source| match source {
            KeySource::Variable(name) => Some((environment, name)),
            KeySource::Command(_) | KeySource::Keyring | KeySource::File(_) => None,
        };
        environment.key_sources().into_iter().filter_map(variable)
    });
    let key = |(environment, name): (&Environment, String)| environment.key(world.variable(&name)?).ok();
    named.chain(default).filter_map(key).fold(Vec::new(), |mut keys: Vec<Secret>, key| {
        if !keys.iter().any(|known| known.matches(key.expose())) {
            keys.push(key);
        }
        keys
    })
}

/// Why the value of a source is not a key; `None` when no source has a value.
pub fn fault(world: &dyn World, environment: &Environment, error: &KeyError) -> Option<String> {
    let is_there = |source: &KeySource| match source {
        KeySource::Variable(name) => world.has_variable(name),
        KeySource::Command(_) | KeySource::Keyring | KeySource::File(_) => false,
    };
    let is_one = matches!(error, KeyError::Unusable { .. }) || environment.key_sources().iter().any(is_there);
    is_one.then(|| error.to_string())
}

fn search(
    world: &dyn World,
    environment: &Environment,
    is_wanted: impl Fn(&KeySource) -> bool,
) -> Result<KeyWithSource, KeyError> {
    let mut reasons = Vec::new();
    for source in sources(world, environment).filter(is_wanted) {
        match read(world, environment, &source) {
            Ok(text) => {
                let key = environment.key(text.as_str());
                let source_name = source.description();
                return match key {
                    Ok(key) => Ok(KeyWithSource { key, source }),
                    Err(fault) => Err(KeyError::Unusable { source_name, fault }),
                };
            }
            Err(reason) => reasons.push(reason),
        }
    }
    Err(KeyError::None { label: environment.label.clone(), reasons, is_near: environment.is_loopback() })
}

/// The sources of an environment; without `keys` in the configuration, an unavailable keyring is
/// skipped.
pub fn sources(world: &dyn World, environment: &Environment) -> impl Iterator<Item = KeySource> {
    let has_keyring = !environment.keys.is_empty() || world.keyring().may_be_there();
    environment.key_sources().into_iter().filter(move |source| has_keyring || *source != KeySource::Keyring)
}

/// The text of one source, or the reason that it has none.
fn read(
    world: &dyn World,
    environment: &Environment,
    source: &KeySource,
) -> Result<Zeroizing<String>, String> {
    match source {
        KeySource::Variable(name) => world.variable(name).map(Zeroizing::new).ok_or_else(|| {
            if world.has_variable(name) {
                format!("the variable {name} is set, but empty or not text")
            } else {
                format!("set {name} to your API key")
            }
        }),
        KeySource::Command(line) => {
            let printed = world
                .run_command(line, LIMIT)
                .map_err(|fault| format!("{} {fault}", source.description()))
                .map(Zeroizing::new)?;
            // Password stores print the password first, then notes.
            let first = printed.trim_start().lines().next().unwrap_or_default();
            if first.trim().is_empty() {
                return Err(format!("{} printed nothing", source.description()));
            }
            Ok(Zeroizing::new(first.to_owned()))
        }
        KeySource::Keyring => {
            let slot = KeyringSlot::of(environment).map_err(|fault| fault.to_string())?;
            let found = world.keyring().read(&slot).map_err(|fault| fault.to_string())?;
            let origin = environment.origin().map(|origin| origin.to_string()).unwrap_or_default();
            found.ok_or_else(|| format!("the keyring has no key for {} at {origin}", environment.id))
        }
        KeySource::File(path) => {
            let path = at_home(world, path);
            let mode = world.mode(&path).map_err(|fault| clause(&fault))?;
            match mode {
                Some(mode) if mode & 0o077 != 0 => Err(format!(
                    "{} has mode {mode:04o}, so other users can read it; run `chmod 600`",
                    path.display()
                )),
                Some(_) | None => world.read(&path).map(Zeroizing::new).map_err(|fault| clause(&fault)),
            }
        }
    }
}

/// The fault as an element of a list of reasons.
fn clause(fault: &FileError) -> String {
    fault.advice().clause().to_owned()
}

/// The path with a leading `~` replaced by the home folder.
pub(crate) fn at_home(world: &dyn World, path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), world.variable("HOME")) {
        (Ok(rest), Some(home)) => Path::new(&home).join(rest),
        (Ok(_) | Err(_), _) => path.to_path_buf(),
    }
}
