//! The system keyring: keys that the desktop stores, encrypted with the login of the user.
//!
//! Each request runs on its own thread with a time limit: a keyring that is missing, locked or does
//! not answer gives an error, never an endless wait. Without the feature `keyring`, and on systems
//! other than Linux, each request fails with an error.

use std::time::Duration;

use secrecy::zeroize::Zeroizing;
use thiserror::Error;

use crate::text::Advice;
use crate::wire::{BaseError, Environment, Secret};

#[cfg(all(feature = "keyring", target_os = "linux"))]
mod service;

/// The time limit for the keyring.
pub const LIMIT: Duration = Duration::from_secs(3);

/// The system keyring, which may be unavailable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemKeyring {
    bus: Option<String>,
    limit: Duration,
}

/// Why a request to the keyring failed; the message is a clause and never contains a key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.advice())]
pub enum KeyringError {
    /// This program was built without the feature `keyring`.
    NotBuilt,
    /// The keyring of this system is not supported.
    Foreign,
    /// The session bus is missing.
    NoBus,
    /// The session bus has no keyring service.
    NoService,
    /// The keyring is locked.
    Locked,
    /// The keyring has no default collection for new keys.
    NoCollection,
    /// The keyring did not answer in time.
    Late(Duration),
    /// Another error of the keyring.
    Refused(String),
}

impl KeyringError {
    /// The message and the next step.
    pub fn advice(&self) -> Advice {
        match self {
            Self::NotBuilt => Advice::new("this build has no keyring support")
                .hint("`cargo install --path . --locked --features keyring` adds it"),
            Self::Foreign => Advice::new("only the Linux keyring is supported so far"),
            Self::NoBus => {
                Advice::new("the keyring needs a session bus, and none was found (DBUS_SESSION_BUS_ADDRESS)")
            }
            Self::NoService => Advice::new("no keyring runs in this session (org.freedesktop.secrets)"),
            Self::Locked => {
                Advice::new("the keyring is locked").hint("unlock it in the password manager of the desktop")
            }
            Self::NoCollection => Advice::new("the keyring has no default collection")
                .hint("create one in the password manager of the desktop"),
            Self::Late(limit) => {
                Advice::new(format!("the keyring did not answer within {}", spelled(*limit)))
            }
            Self::Refused(why) => Advice::new(format!("the keyring refused: {why}")),
        }
    }
}

fn spelled(limit: Duration) -> String {
    let millis = limit.as_millis();
    if millis.is_multiple_of(1000) { format!("{} s", millis / 1000) } else { format!("{millis} ms") }
}

/// The entry of an environment in the keyring: its id and its origin, so that a key belongs to
/// both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyringSlot {
    label: String,
    attributes: Vec<(&'static str, String)>,
}

impl KeyringSlot {
    /// The slot of an environment; fails if its base is not a valid address.
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

    /// The label in the password manager.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The attributes that identify the entry.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

impl SystemKeyring {
    /// The keyring on the session bus at a D-Bus address; unavailable without an address.
    pub const fn new(bus: Option<String>, limit: Duration) -> Self {
        Self { bus, limit }
    }

    /// Whether the keyring may be available, without a request to it.
    pub const fn may_be_there(&self) -> bool {
        cfg!(all(feature = "keyring", target_os = "linux")) && self.bus.is_some()
    }

    /// The key in a slot; `None` if the slot is empty.
    pub fn read(&self, slot: &KeyringSlot) -> Result<Option<Zeroizing<String>>, KeyringError> {
        match self.ask(KeyringRequest::Read(slot.clone()))? {
            KeyringAnswer::Key(key) => Ok(key),
            KeyringAnswer::Done => Ok(None),
        }
    }

    /// Saves a key in a slot and replaces the previous one.
    pub fn keep(&self, slot: &KeyringSlot, key: &Secret) -> Result<(), KeyringError> {
        self.ask(KeyringRequest::Keep(slot.clone(), key.clone())).map(drop)
    }

    /// Clears a slot; returns whether it had a key.
    pub fn remove(&self, slot: &KeyringSlot) -> Result<bool, KeyringError> {
        Ok(matches!(self.ask(KeyringRequest::Remove(slot.clone()))?, KeyringAnswer::Done))
    }

    /// Checks that the keyring is available and unlocked.
    pub fn probe(&self) -> Result<(), KeyringError> {
        self.ask(KeyringRequest::Probe).map(drop)
    }

    #[cfg(all(feature = "keyring", target_os = "linux"))]
    fn ask(&self, request: KeyringRequest) -> Result<KeyringAnswer, KeyringError> {
        let bus = self.bus.clone().ok_or(KeyringError::NoBus)?;
        service::ask(bus, request, self.limit)
    }

    #[cfg(not(all(feature = "keyring", target_os = "linux")))]
    #[expect(clippy::unused_self, reason = "same signature as with a keyring")]
    fn ask(&self, _request: KeyringRequest) -> Result<KeyringAnswer, KeyringError> {
        Err(if cfg!(target_os = "linux") { KeyringError::NotBuilt } else { KeyringError::Foreign })
    }
}

/// A request to the keyring.
#[cfg_attr(
    not(all(feature = "keyring", target_os = "linux")),
    expect(dead_code, reason = "without a keyring no request runs")
)]
enum KeyringRequest {
    Probe,
    Read(KeyringSlot),
    Keep(KeyringSlot, Secret),
    Remove(KeyringSlot),
}

/// The result of a request.
#[cfg_attr(
    not(all(feature = "keyring", target_os = "linux")),
    expect(dead_code, reason = "without a keyring no request succeeds")
)]
enum KeyringAnswer {
    Done,
    Key(Option<Zeroizing<String>>),
}
