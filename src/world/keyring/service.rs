//! A client of the Secret Service of the desktop, over D-Bus.

use std::collections::HashMap;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use secrecy::zeroize::Zeroizing;
use secret_service::{EncryptionType, Error, SecretService};
use zbus::fdo;

use super::{KeyringAnswer, KeyringError, KeyringRequest, KeyringSlot};
use crate::text;

/// The extra time for the thread to report that the limit is over.
const GRACE: Duration = Duration::from_millis(500);
/// The maximum width of an error message from the service.
const MAX_MESSAGE: usize = 200;

/// Runs a request on its own thread, which also ends at the limit.
pub(super) fn ask(
    bus: String,
    request: KeyringRequest,
    limit: Duration,
) -> Result<KeyringAnswer, KeyringError> {
    let (sender, receiver) = channel();
    let work = move || {
        sender.send(within(&bus, request, limit)).ok();
    };
    let start = |fault: std::io::Error| KeyringError::Refused(fault.to_string());
    std::thread::Builder::new().name("keyring".to_owned()).spawn(work).map_err(start)?;
    match receiver.recv_timeout(limit + GRACE) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => Err(KeyringError::Late(limit)),
        Err(RecvTimeoutError::Disconnected) => Err(KeyringError::Refused("the connection ended".to_owned())),
    }
}

fn within(bus: &str, request: KeyringRequest, limit: Duration) -> Result<KeyringAnswer, KeyringError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|fault| KeyringError::Refused(fault.to_string()))?;
    let ended = runtime.block_on(async { tokio::time::timeout(limit, run(bus, request)).await });
    // Abandon tasks that still wait for the bus.
    runtime.shutdown_background();
    ended.unwrap_or(Err(KeyringError::Late(limit)))
}

async fn run(bus: &str, request: KeyringRequest) -> Result<KeyringAnswer, KeyringError> {
    let service = connect(bus).await?;
    match request {
        KeyringRequest::Probe => {
            let collection = service.get_default_collection().await.map_err(fault)?;
            collection.ensure_unlocked().await.map_err(fault)?;
            Ok(KeyringAnswer::Done)
        }
        KeyringRequest::Read(slot) => read(&service, &slot).await.map(KeyringAnswer::Key),
        KeyringRequest::Keep(slot, key) => {
            let collection = service.get_default_collection().await.map_err(fault)?;
            collection.ensure_unlocked().await.map_err(fault)?;
            let (label, value) = (slot.label(), key.expose().as_bytes());
            collection.create_item(label, by(&slot), value, true, "text/plain").await.map_err(fault)?;
            Ok(KeyringAnswer::Done)
        }
        KeyringRequest::Remove(slot) => remove(&service, &slot).await,
    }
}

async fn connect(bus: &str) -> Result<SecretService<'static>, KeyringError> {
    let no_bus = |_fault: zbus::Error| KeyringError::NoBus;
    let connection =
        zbus::connection::Builder::address(bus).map_err(no_bus)?.build().await.map_err(no_bus)?;
    match SecretService::connect_with_existing(EncryptionType::Dh, connection.clone()).await {
        // Some services support only plain transfer. The session bus belongs to the user.
        Err(refused) if is_unsupported(&refused) => {
            SecretService::connect_with_existing(EncryptionType::Plain, connection).await.map_err(fault)
        }
        other => other.map_err(fault),
    }
}

async fn read(
    service: &SecretService<'_>,
    slot: &KeyringSlot,
) -> Result<Option<Zeroizing<String>>, KeyringError> {
    let found = service.search_items(by(slot)).await.map_err(fault)?;
    let Some(item) = found.unlocked.first() else {
        return if found.locked.is_empty() { Ok(None) } else { Err(KeyringError::Locked) };
    };
    let bytes = Zeroizing::new(item.get_secret().await.map_err(fault)?);
    let text = std::str::from_utf8(&bytes)
        .map_err(|_bytes| KeyringError::Refused("the stored key is not UTF-8 text".to_owned()))?;
    Ok(Some(Zeroizing::new(text.to_owned())))
}

async fn remove(service: &SecretService<'_>, slot: &KeyringSlot) -> Result<KeyringAnswer, KeyringError> {
    let found = service.search_items(by(slot)).await.map_err(fault)?;
    if !found.locked.is_empty() {
        return Err(KeyringError::Locked);
    }
    for item in &found.unlocked {
        item.delete().await.map_err(fault)?;
    }
    Ok(if found.unlocked.is_empty() { KeyringAnswer::Key(None) } else { KeyringAnswer::Done })
}

fn by(slot: &KeyringSlot) -> HashMap<&str, &str> {
    slot.attributes().collect()
}

/// The name and the message of a D-Bus error.
fn dbus_error(error: &Error) -> Option<(String, String)> {
    let standard = |error: &fdo::Error| Some((zbus::DBusError::name(error).to_string(), error.to_string()));
    let (Error::Zbus(inner) | Error::ZbusFdo(fdo::Error::ZBus(inner))) = error else {
        return if let Error::ZbusFdo(error) = error { standard(error) } else { None };
    };
    if let zbus::Error::MethodError(name, words, _) = inner {
        return Some((name.to_string(), words.clone().unwrap_or_default()));
    }
    if let zbus::Error::FDO(error) = inner { standard(error) } else { None }
}

fn is_unsupported(error: &Error) -> bool {
    dbus_error(error).is_some_and(|(name, _)| name == "org.freedesktop.DBus.Error.NotSupported")
}

#[expect(clippy::needless_pass_by_value, reason = "the signature that `map_err` needs")]
fn fault(error: Error) -> KeyringError {
    if matches!(error, Error::Locked | Error::Prompt | Error::PromptDisconnected) {
        return KeyringError::Locked;
    }
    if matches!(error, Error::NoResult) {
        return KeyringError::NoCollection;
    }
    let Some((name, words)) = dbus_error(&error) else { return refused(&error.to_string()) };
    match name.rsplit('.').next().unwrap_or_default() {
        "IsLocked" => KeyringError::Locked,
        "ServiceUnknown" | "NameHasNoOwner" => KeyringError::NoService,
        _ if name.starts_with("org.freedesktop.DBus.Error.Spawn") => KeyringError::NoService,
        _ if words.is_empty() => refused(&name),
        _ => refused(&words),
    }
}

fn refused(words: &str) -> KeyringError {
    KeyringError::Refused(text::cut(&text::visible(words), MAX_MESSAGE).into_owned())
}
