//! The known API keys of this process, and their redaction in all output of commands.
//!
//! Known are the keys in the variables of all environments, from the start on, and each key that a
//! command later reads from another source or finds in its input. Key commands and keyrings are
//! read only when a command needs the key.

use std::ffi::OsString;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::ensure;

use crate::document::{Pointer, Value};
use crate::text;
use crate::wire::{KeyLeak, Redactor, Request, Secret};

static KNOWN: RwLock<Option<Known>> = RwLock::new(None);

struct Known {
    keys: Vec<Secret>,
    redactor: Arc<Redactor>,
}

/// Adds keys to the redacted ones.
pub(super) fn learn(keys: impl IntoIterator<Item = Secret>) {
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    let mut all = known.take().map_or_else(Vec::new, |known| known.keys);
    for key in keys {
        if !all.iter().any(|other: &Secret| other.matches(key.expose())) {
            all.push(key);
        }
    }
    let redactor = Arc::new(Redactor::new(&all));
    *known = Some(Known { keys: all, redactor });
}

/// All known keys.
pub(super) fn keys() -> Vec<Secret> {
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    known.as_ref().map_or_else(Vec::new, |known| known.keys.clone())
}

/// The redactor for all known keys; `None` while no key is known.
pub(super) fn redactor() -> Option<Arc<Redactor>> {
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    known.as_ref().map(|known| Arc::clone(&known.redactor)).filter(|redactor| !redactor.is_empty())
}

/// Whether an argument contains a known key.
pub(super) fn is_in_arguments(arguments: &[OsString]) -> bool {
    let Some(redactor) = redactor() else { return false };
    arguments.iter().any(|argument| redactor.is_in(&argument.to_string_lossy()))
}

/// The text with all known keys redacted; redact before cutting a text.
pub(super) fn redacted(text: &str) -> String {
    redactor().map_or_else(|| text.to_owned(), |redactor| redactor.redact(text).into_owned())
}

/// As [`redacted`], and also parts of keys from eight characters: for a line that quotes its input.
pub(super) fn without_parts(text: &str) -> String {
    redactor().map_or_else(|| text.to_owned(), |redactor| redactor.redact_parts(text).into_owned())
}

/// The document with all known keys redacted, and whether it contained one.
pub(super) fn redact_document(document: Value) -> (Value, bool) {
    match redactor() {
        Some(redactor) => redactor.redact_document(document),
        None => (document, false),
    }
}

/// The place of a known key of any environment in a request.
pub(super) fn key_leak(request: &Request) -> Option<KeyLeak> {
    redactor()?.key_leak(request)
}

/// Refuses a document that contains a known key.
pub(super) fn expect_no_key(document: &Value) -> anyhow::Result<()> {
    match redactor().and_then(|redactor| redactor.place_in(document)) {
        Some(at) => Err(refusal(&place(&at))),
        None => Ok(()),
    }
}

/// Refuses a request that contains a known key.
pub(super) fn expect_no_key_in_request(request: &Request) -> anyhow::Result<()> {
    let place = match key_leak(request) {
        None => return Ok(()),
        Some(KeyLeak::Address) => "the address".to_owned(),
        Some(KeyLeak::Field(at) | KeyLeak::Instance(at)) => place(&at),
        Some(KeyLeak::Body) => "the body".to_owned(),
    };
    Err(refusal(&place))
}

/// Refuses to save an argument that contains a known key; `what` names the argument in the message.
pub(super) fn expect_storable(what: &str, argument: &str) -> anyhow::Result<()> {
    let is_in = redactor().is_some_and(|redactor| redactor.is_in(argument));
    ensure!(
        !is_in,
        "Nothing was saved: {what} contains an API key. Choose another. The shell history keeps arguments, and other \
         programs can read them: if this key is in use, create a new key in Harness and delete this one."
    );
    Ok(())
}

fn place(at: &Pointer) -> String {
    if at.is_root() { "the name of a field".to_owned() } else { redacted(&text::visible(&at.to_string())) }
}

fn refusal(place: &str) -> anyhow::Error {
    anyhow::anyhow!(
        "An API key is in {place}. Remove it first: the key is sent in its own header, and every copy of this text \
         would show it to others."
    )
}
