//! The keyring of the system: keys that the desktop keeps, sealed with the login of the person.
//!
//! What is asked of it is done on a thread of its own and has so long: a keyring that is missing, locked or does not
//! answer is a sentence and never a wait without end. Without the feature `keyring`, and on other systems than Linux,
//! all that is left is the sentence.

use std::time::Duration;

use secrecy::zeroize::Zeroizing;
use thiserror::Error;

use crate::text::Advice;
use crate::wire::{BaseError, Environment, Secret};

#[cfg(all(feature = "keyring", target_os = "linux"))]
mod service;

/// How long the keyring may take.
pub const LIMIT: Duration = Duration::from_secs(3);

/// The keyring of the system, there or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemKeyring {
    bus: Option<String>,
    limit: Duration,
}

/// Why the keyring did not do what it was asked; a part of a sentence that never names a key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.advice())]
pub enum KeyringError {
    /// This program was built without it.
    NotBuilt,
    /// Nobody has taught the program the keyring of this system.
    Foreign,
    /// There is no way to it.
    NoBus,
    /// There is a bus, and no keyring on it.
    NoService,
    /// It keeps its keys to itself until it is unlocked.
    Locked,
    /// It has no place that new keys go to.
    NoCollection,
    /// It took too long.
    Late(Duration),
    /// It said something else.
    Refused(String),
}

impl KeyringError {
    /// What is wrong, and what to do.
    pub fn advice(&self) -> Advice {
        match self {
            Self::NotBuilt => Advice::new("this build has no keyring")
                .hint("`cargo install --path . --locked --features keyring` builds one that has"),
            Self::Foreign => {
                Advice::new("the keyring of this system is not supported yet, only that of Linux")
            }
            Self::NoBus => Advice::new(
                "no keyring can be reached, since there is no session bus here (DBUS_SESSION_BUS_ADDRESS)",
            ),
            Self::NoService => Advice::new("no keyring runs in this session (org.freedesktop.secrets)"),
            Self::Locked => {
                Advice::new("the keyring is locked").hint("unlock it in the password program of the desktop")
            }
            Self::NoCollection => Advice::new("the keyring has no default collection")
                .hint("make one in the password program of the desktop"),
            Self::Late(limit) => {
                Advice::new(format!("the keyring gave no answer within {}", spelled(*limit)))
            }
            Self::Refused(why) => Advice::new(format!("the keyring refused: {why}")),
        }
    }
}

fn spelled(limit: Duration) -> String {
    let millis = limit.as_millis();
    if millis.is_multiple_of(1000) { format!("{} s", millis / 1000) } else { format!("{millis} ms") }
}

/// What the key of one environment is filed under: its id and its origin, so that a key belongs to both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyringSlot {
    label: String,
    attributes: Vec<(&'static str, String)>,
}

impl KeyringSlot {
    /// The slot of an environment.
    pub fn of(environment: &Environment) -> Result<Self, BaseError> {
        let origin = environment.origin()?;
        let attributes = vec![
            ("application", "sei-compose".to_owned()),
            ("environment", environment.id.clone()),
            ("scheme", origin.protocol().to_owned()),
            ("host", origin.host().to_owned()),
            ("port", origin.port().to_string()),
        ];
        Ok(Self { label: format!("SEI key for {} ({origin})", environment.label), attributes })
    }

    /// What people read in the program that shows the keyring.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// What it is found by.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

impl SystemKeyring {
    /// The keyring on the session bus at an address, as D-Bus writes them; without an address there is none.
    pub const fn new(bus: Option<String>, limit: Duration) -> Self {
        Self { bus, limit }
    }

    /// Whether it may be there, told without asking it.
    pub const fn may_be_there(&self) -> bool {
        cfg!(all(feature = "keyring", target_os = "linux")) && self.bus.is_some()
    }

    /// The key in a slot, if it has one.
    pub fn read(&self, slot: &KeyringSlot) -> Result<Option<Zeroizing<String>>, KeyringError> {
        match self.ask(Errand::Read(slot.clone()))? {
            KeyringAnswer::Key(key) => Ok(key),
            KeyringAnswer::Done => Ok(None),
        }
    }

    /// Puts a key into a slot, in place of what was there.
    pub fn keep(&self, slot: &KeyringSlot, key: &Secret) -> Result<(), KeyringError> {
        self.ask(Errand::Keep(slot.clone(), key.clone())).map(drop)
    }

    /// Empties a slot; whether something was in it.
    pub fn remove(&self, slot: &KeyringSlot) -> Result<bool, KeyringError> {
        Ok(matches!(self.ask(Errand::Remove(slot.clone()))?, KeyringAnswer::Done))
    }

    /// Whether it is there and unlocked.
    pub fn probe(&self) -> Result<(), KeyringError> {
        self.ask(Errand::Probe).map(drop)
    }

    #[cfg(all(feature = "keyring", target_os = "linux"))]
    fn ask(&self, errand: Errand) -> Result<KeyringAnswer, KeyringError> {
        let bus = self.bus.clone().ok_or(KeyringError::NoBus)?;
        service::ask(bus, errand, self.limit)
    }

    #[cfg(not(all(feature = "keyring", target_os = "linux")))]
    #[expect(clippy::unused_self, reason = "as where there is a keyring to ask")]
    fn ask(&self, _errand: Errand) -> Result<KeyringAnswer, KeyringError> {
        Err(if cfg!(target_os = "linux") { KeyringError::NotBuilt } else { KeyringError::Foreign })
    }
}

/// What is asked of the keyring.
#[cfg_attr(
    not(all(feature = "keyring", target_os = "linux")),
    expect(dead_code, reason = "without a keyring nobody runs the errand")
)]
enum Errand {
    Probe,
    Read(KeyringSlot),
    Keep(KeyringSlot, Secret),
    Remove(KeyringSlot),
}

/// What came of it.
#[cfg_attr(
    not(all(feature = "keyring", target_os = "linux")),
    expect(dead_code, reason = "without a keyring nothing comes of it")
)]
enum KeyringAnswer {
    Done,
    Key(Option<Zeroizing<String>>),
}
