//! A fake session bus with a keyring: one socket that answers for both, without a desktop.
#![expect(
    clippy::used_underscore_binding,
    clippy::unused_self,
    clippy::needless_pass_by_value,
    reason = "the shape that the macro for the bus wants"
)]

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use tempfile::TempDir;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::oneshot;
use zbus::object_server::ObjectServer;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, fdo, interface};

mod seal;

use seal::Seal;

const COLLECTION: &str = "/org/freedesktop/secrets/collection/login";
const SESSION: &str = "/org/freedesktop/secrets/session/1";

/// How the keyring behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Mood {
    #[default]
    Open,
    /// Open, but without support for encrypted sessions.
    Plain,
    Locked,
    /// Accepts the connection and never answers.
    Mute,
    /// The bus answers; the keyring accepts the question and never answers.
    Asleep,
    /// The bus answers and has no keyring.
    Absent,
}

/// An item of the keyring.
#[derive(Debug, Clone)]
pub(crate) struct StoredItem {
    pub(crate) label: String,
    pub(crate) attributes: HashMap<String, String>,
    pub(crate) value: Vec<u8>,
    path: String,
}

#[derive(Default)]
struct State {
    mood: Mood,
    items: Vec<StoredItem>,
    made: usize,
    connections: usize,
    seal: Option<Seal>,
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<State>>);

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    fn is_locked(&self) -> bool {
        self.lock().mood == Mood::Locked
    }
}

/// The fake bus; it ends when it is dropped.
pub(crate) struct Secrets {
    shared: Shared,
    folder: TempDir,
    end: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Secrets {
    pub(crate) fn start(mood: Mood) -> Self {
        let folder = TempDir::new().unwrap();
        let shared = Shared::default();
        shared.lock().mood = mood;
        let (end, ended) = oneshot::channel();
        let (ready, is_ready) = std::sync::mpsc::channel();
        let (socket, state) = (folder.path().join("bus"), shared.clone());
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = UnixListener::bind(socket).unwrap();
                ready.send(()).unwrap();
                tokio::select! {
                    () = serve(&listener, &state) => {}
                    _ = ended => {}
                }
            });
        });
        is_ready.recv().unwrap();
        Self { shared, folder, end: Some(end), thread: Some(thread) }
    }

    /// The address in the format of `DBUS_SESSION_BUS_ADDRESS`.
    pub(crate) fn address(&self) -> String {
        address(&self.folder.path().join("bus"))
    }

    pub(crate) fn items(&self) -> Vec<StoredItem> {
        self.shared.lock().items.clone()
    }

    /// The number of connections so far.
    pub(crate) fn connections(&self) -> usize {
        self.shared.lock().connections
    }

    pub(crate) fn set_mood(&self, mood: Mood) {
        self.shared.lock().mood = mood;
    }
}

impl Drop for Secrets {
    fn drop(&mut self) {
        drop(self.end.take());
        self.thread.take().unwrap().join().unwrap();
    }
}

/// The address of a socket.
pub(crate) fn address(socket: &Path) -> String {
    format!("unix:path={}", socket.display())
}

async fn serve(listener: &UnixListener, state: &Shared) {
    let mut silent = Vec::new();
    let mut spoken = Vec::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        state.lock().connections += 1;
        if state.lock().mood == Mood::Mute {
            silent.push(stream);
        } else {
            // A client may disconnect during the greeting.
            spoken.extend(greet(stream, state).await);
        }
    }
}

async fn greet(stream: UnixStream, state: &Shared) -> Option<Connection> {
    let builder = zbus::connection::Builder::unix_stream(stream)
        .server("0123456789abcdef0123456789abcdef")
        .unwrap()
        .p2p()
        .serve_at("/org/freedesktop/DBus", Bus)
        .unwrap()
        .serve_at("/org/freedesktop/secrets", Service(state.clone()))
        .unwrap()
        .serve_at(COLLECTION, Collection(state.clone()))
        .unwrap();
    let paths: Vec<_> = state.lock().items.iter().map(|item| item.path.clone()).collect();
    let with_items = paths.into_iter().fold(builder, |builder, path| {
        builder.serve_at(path.clone(), Item { state: state.clone(), path }).unwrap()
    });
    with_items.build().await.ok()
}

fn object(path: &str) -> OwnedObjectPath {
    path.try_into().unwrap()
}

struct Bus;

#[interface(name = "org.freedesktop.DBus")]
impl Bus {
    fn hello(&self) -> &'static str {
        ":1.7"
    }

    fn add_match(&self, _rule: &str) {}

    fn remove_match(&self, _rule: &str) {}

    fn get_name_owner(&self, _name: &str) -> &'static str {
        ":1.3"
    }
}

struct Service(Shared);

#[interface(name = "org.freedesktop.Secret.Service")]
impl Service {
    async fn open_session(
        &self,
        algorithm: &str,
        input: OwnedValue,
    ) -> fdo::Result<(OwnedValue, OwnedObjectPath)> {
        let mood = self.0.lock().mood;
        if mood == Mood::Asleep {
            std::future::pending::<()>().await;
        }
        if mood == Mood::Absent {
            return Err(fdo::Error::ServiceUnknown("the name has no owner".to_owned()));
        }
        let (answer, seal) = if algorithm == "plain" {
            (Value::from(""), None)
        } else if mood == Mood::Plain {
            return Err(fdo::Error::NotSupported("only plain sessions".to_owned()));
        } else {
            assert_eq!(algorithm, "dh-ietf1024-sha256-aes128-cbc-pkcs7");
            let theirs: Vec<u8> = input.try_into().unwrap();
            (Value::from(seal::OURS), Some(Seal::with(&theirs)))
        };
        self.0.lock().seal = seal;
        Ok((answer.try_into().unwrap(), object(SESSION)))
    }

    fn read_alias(&self, name: &str) -> OwnedObjectPath {
        object(if name == "default" { COLLECTION } else { "/" })
    }

    fn search_items(&self, wanted: HashMap<String, String>) -> (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) {
        let state = self.0.lock();
        let is_wanted =
            |item: &&StoredItem| wanted.iter().all(|(name, value)| item.attributes.get(name) == Some(value));
        let found = state.items.iter().filter(is_wanted).map(|item| object(&item.path)).collect();
        if state.mood == Mood::Locked { (Vec::new(), found) } else { (found, Vec::new()) }
    }
}

type Sealed = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

struct Collection(Shared);

#[interface(name = "org.freedesktop.Secret.Collection")]
impl Collection {
    #[zbus(property)]
    fn locked(&self) -> bool {
        self.0.is_locked()
    }

    async fn create_item(
        &self,
        mut properties: HashMap<String, OwnedValue>,
        secret: Sealed,
        replace: bool,
        #[zbus(object_server)] server: &ObjectServer,
    ) -> fdo::Result<(OwnedObjectPath, OwnedObjectPath)> {
        let mut take =
            |name: &str| properties.remove(&format!("org.freedesktop.Secret.Item.{name}")).unwrap();
        let label: String = take("Label").try_into().unwrap();
        let attributes: HashMap<String, String> = take("Attributes").try_into().unwrap();
        let path = {
            let mut state = self.0.lock();
            if replace {
                state.items.retain(|item| item.attributes != attributes);
            }
            state.made += 1;
            let path = format!("{COLLECTION}/{}", state.made);
            let value = state.seal.as_ref().map_or(secret.2.clone(), |seal| seal.open(&secret.1, &secret.2));
            state.items.push(StoredItem { label, attributes, value, path: path.clone() });
            path
        };
        server.at(path.as_str(), Item { state: self.0.clone(), path: path.clone() }).await?;
        Ok((object(&path), object("/")))
    }
}

struct Item {
    state: Shared,
    path: String,
}

#[interface(name = "org.freedesktop.Secret.Item")]
impl Item {
    #[zbus(property)]
    fn locked(&self) -> bool {
        self.state.is_locked()
    }

    fn get_secret(&self, session: OwnedObjectPath) -> fdo::Result<(Sealed,)> {
        let state = self.state.lock();
        let item = state.items.iter().find(|item| item.path == self.path);
        let item = item.ok_or_else(|| fdo::Error::UnknownObject(self.path.clone()))?;
        let (salt, value) = match &state.seal {
            Some(seal) => seal.close(&item.value),
            None => (Vec::new(), item.value.clone()),
        };
        Ok(((session, salt, value, "text/plain".to_owned()),))
    }

    fn delete(&self) -> OwnedObjectPath {
        self.state.lock().items.retain(|item| item.path != self.path);
        object("/")
    }
}
