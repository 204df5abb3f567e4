//! Carries out effects: each runs elsewhere and answers with a message.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use crate::app::{
    CopyOutcome, DiskReply, Effect, KeyEffect, KeyReply, Msg, NetworkEffect, NetworkMsg, SandboxEffect,
    SandboxMsg, TerminalReply,
};
use crate::check::KnownInstance;
use crate::journal::Repeat;
use crate::sandbox::{self, Overview, Sandbox, Watch};
use crate::wire::{Environment, Failure, FailureKind, Request, SANDBOX};
use crate::world::keyring::KeyringSlot;
use crate::world::{World, key};

use super::disk::Disk;
use super::export::{self, ExportJob};
use super::outbox::{Blocked, FinishedRequest, Listener, Outbox, Outgoing};
use super::session_lock::SessionLock;
use super::{Event, SessionKeys, clipboard, notify};

/// What effects are carried out with.
pub(super) struct Runner {
    world: Arc<dyn World>,
    keyring: SessionKeys,
    // Before the disk: the end of what it cancels when it is dropped is still written down.
    outbox: Arc<Outbox>,
    disk: Disk,
    sender: Sender<Event>,
    sandbox: Option<Sandbox>,
    /// Looks into the sandbox above, or into one that the program served before.
    watch: Option<Watch>,
    ca_files: CaFiles,
}

/// The files of extra certificates, by environment.
type CaFiles = HashMap<String, PathBuf>;

/// What a runner is given of the session that starts it.
pub(super) struct EffectContext {
    pub(super) keyring: SessionKeys,
    pub(super) ca_files: CaFiles,
    /// Watches a sandbox that the program served before.
    pub(super) watch: Option<Watch>,
    /// The lock of the draft that is open from the start.
    pub(super) lock: SessionLock,
}

/// Has each instance told that a sandbox makes, whoever asked for it.
fn hear(watch: &Watch, sender: &Sender<Event>) {
    let sender = sender.clone();
    watch.on_instance(move |made| {
        let instance = KnownInstance {
            guid: made.id.to_string(),
            name: made.name,
            url: None,
            environment: Some(SANDBOX.to_owned()),
        };
        notify(&sender, Msg::Sandbox(SandboxMsg::InstanceMade(instance)));
    });
}

impl Runner {
    /// A runner that has not started any thread yet.
    pub(super) fn new(world: Arc<dyn World>, sender: Sender<Event>, session: EffectContext) -> Self {
        let EffectContext { keyring, ca_files, watch, lock: held } = session;
        if let Some(watch) = &watch {
            hear(watch, &sender);
        }
        let disk = Disk::new(Arc::clone(&world), sender.clone(), held);
        let outbox = Arc::new(Outbox::new());
        Self { world, keyring, outbox, disk, sender, sandbox: None, watch, ca_files }
    }

    /// Carries out one effect without waiting for it; those on the terminal are carried out by the loop itself.
    pub(super) fn run(&mut self, effect: Effect) {
        match effect {
            Effect::NewGuid => notify(&self.sender, Msg::Guid(self.world.new_uuid().to_string())),
            Effect::SaveExport { target, environment, run, path, replace } => {
                self.save_export(ExportJob { target, environment: *environment, run: *run, path, replace });
            }
            Effect::Terminal(_) => {}
            Effect::Network(effect) => self.request(effect),
            Effect::Key(effect) => self.key(effect),
            Effect::Sandbox(effect) => self.sandbox(effect),
            Effect::Draft(_) | Effect::Recovery(_) | Effect::Disk(_) => {
                self.disk.run(effect, self.keyring.all());
            }
        }
    }

    fn request(&mut self, effect: NetworkEffect) {
        match effect {
            NetworkEffect::Post { ticket, environment, request, repeat } => {
                self.post(ticket, environment, request, repeat);
            }
            NetworkEffect::Cancel { ticket } => {
                // By way of the disk as well, so that it never overtakes the request.
                let outbox = Arc::clone(&self.outbox);
                self.disk.work(move |_| outbox.cancel(ticket));
            }
        }
    }

    fn key(&mut self, effect: KeyEffect) {
        match effect {
            KeyEffect::KeepKey { environment, key } => self.keyring.keep(&environment, key),
            KeyEffect::StoreKey { environment } => self.store_key(*environment),
            KeyEffect::FindKey { environment } => self.find_key(*environment),
        }
    }

    fn sandbox(&mut self, effect: SandboxEffect) {
        match effect {
            SandboxEffect::StartSandbox => {
                let started = self.start_sandbox().map_err(|error| error.to_string());
                notify(&self.sender, Msg::Sandbox(SandboxMsg::Sandbox(started)));
            }
            SandboxEffect::ReadReceived => {
                let why = "No sandbox runs in this program: choose the environment Sandbox with {choose-environment}, and \
                           it starts.";
                if !self.read_received(|overview| Msg::Sandbox(SandboxMsg::Received(Ok(overview)))) {
                    notify(&self.sender, Msg::Sandbox(SandboxMsg::Received(Err(why.to_owned()))));
                }
            }
            SandboxEffect::ReadReceivedLater => {
                self.read_received(|it| Msg::Sandbox(SandboxMsg::Renewed(it)));
            }
            SandboxEffect::PlanFaults(faults) => {
                if let Some(watch) = self.watch.clone() {
                    self.disk.work(move |_| watch.plan(faults));
                }
            }
        }
    }

    /// Writes an export into a file, unless a key of this session stands in it.
    fn save_export(&mut self, order: ExportJob) {
        let (sender, keys) = (self.sender.clone(), self.keyring.all());
        self.disk.work(move |world| {
            let outcome = export::save(world, &order, &keys);
            notify(
                &sender,
                Msg::Disk(DiskReply::Exported { target: order.target, path: order.path, outcome }),
            );
        });
    }

    /// What asks the terminal to copy a text: without the keys of this session, wherever it has them from.
    pub(super) fn copied(&self, what: String, text: &str) -> String {
        let veiled = self.keyring.redactor(text.to_owned());
        let outcome = if veiled == text { CopyOutcome::Whole } else { CopyOutcome::Redacted };
        notify(&self.sender, Msg::Terminal(TerminalReply::Copied { what, outcome }));
        clipboard::sequence(&veiled, self.world.variable("TMUX").is_some())
    }

    /// Waits until what was given to the disk is written.
    pub(super) fn finish_writes(&mut self) {
        self.disk.finish();
    }

    /// Starts the sandbox, which ends with the runner, and keeps a key for it.
    fn start_sandbox(&mut self) -> anyhow::Result<Box<Environment>> {
        let sandbox = sandbox::start(0, sandbox::SandboxSettings::default())?;
        let environment = Environment::sandbox(&sandbox.url())?;
        self.keyring.keep(&environment.id, environment.key("sandbox")?);
        let watch = sandbox.watch();
        hear(&watch, &self.sender);
        self.watch = Some(watch);
        self.sandbox = Some(sandbox);
        Ok(Box::new(environment))
    }

    /// Tells what arrived, by way of the disk's thread since the sandbox may be busy with a long run, and that more came
    /// once it does; whether there is a sandbox to look at.
    fn read_received(&mut self, as_msg: fn(Box<Overview>) -> Msg) -> bool {
        let Some(watch) = self.watch.clone() else { return false };
        let sender = self.sender.clone();
        self.disk.work(move |_| {
            let stirred = sender.clone();
            watch.when_stirred(move || notify(&stirred, Msg::Sandbox(SandboxMsg::Stirred)));
            notify(&sender, as_msg(Box::new(watch.overview())));
        });
        true
    }

    /// Looks for a key on a thread of its own: a command may take seconds, and drafts must not wait for it.
    fn find_key(&self, environment: Environment) {
        let (world, sender) = (Arc::clone(&self.world), self.sender.clone());
        let id = environment.id.clone();
        let search = move || {
            let found = key::find(&*world, &environment);
            let result =
                found.map(|found| (found.source.description(), found.key)).map_err(|error| error.to_string());
            notify(&sender, Msg::Key(KeyReply::KeyFound { environment: environment.id, result }));
        };
        if let Err(fault) = std::thread::Builder::new().name("key".to_owned()).spawn(search) {
            notify(
                &self.sender,
                Msg::Key(KeyReply::KeyFound { environment: id, result: Err(fault.to_string()) }),
            );
        }
    }

    /// Puts a key into the keyring of the system, on a thread of its own as well.
    fn store_key(&self, environment: Environment) {
        let (world, sender) = (Arc::clone(&self.world), self.sender.clone());
        let key = self.keyring.key(&environment.id).cloned();
        let id = environment.id.clone();
        let store = move || {
            let keep = || {
                let key = key.ok_or_else(|| "no key was typed in this session".to_owned())?;
                let slot = KeyringSlot::of(&environment).map_err(|fault| fault.to_string())?;
                world.keyring().keep(&slot, &key).map_err(|fault| fault.to_string())
            };
            let result = keep();
            notify(&sender, Msg::Key(KeyReply::KeyStored { environment: environment.id, result }));
        };
        if let Err(fault) = std::thread::Builder::new().name("key".to_owned()).spawn(store) {
            notify(
                &self.sender,
                Msg::Key(KeyReply::KeyStored { environment: id, result: Err(fault.to_string()) }),
            );
        }
    }

    /// Sends a request, or says why it was not sent.
    fn post(&mut self, ticket: u64, environment: String, request: Request, repeat: Repeat) {
        let sender = self.sender.clone();
        let Some(key) = self.keyring.key(&environment).cloned() else {
            let failure = Failure {
                kind: FailureKind::Other,
                sent: false,
                detail: format!("there is no key for {environment} in this session"),
            };
            return notify(&sender, Msg::Network(NetworkMsg::Replied { ticket, result: Err(failure) }));
        };
        let ca_file = self.ca_files.get(&environment).cloned();
        let outgoing = Outgoing { environment, request, key, keys: self.keyring.all(), ca_file, repeat };
        let (outbox, later) = (Arc::clone(&self.outbox), self.disk.later());
        self.disk.work(move |world| {
            let (progress, answers) = (sender.clone(), sender.clone());
            let posted = outbox.post(
                ticket,
                world,
                outgoing,
                Listener {
                    progress: move |ticket, stage| {
                        notify(&progress, Msg::Network(NetworkMsg::Progress { ticket, progress: stage }));
                    },
                    ended: move |ticket, ended: FinishedRequest| {
                        let result = ended.delivery.result.clone();
                        let told = answers.clone();
                        later.work(move |world| {
                            if let (_, Err(fault)) = ended.record(world) {
                                notify(&told, Msg::Network(NetworkMsg::EndNotRecorded(fault.to_string())));
                            }
                        });
                        notify(&answers, Msg::Network(NetworkMsg::Replied { ticket, result }));
                    },
                },
            );
            if let Err(blocked) = posted {
                notify(&sender, not_sent(ticket, blocked));
            }
        });
    }
}

/// Why a request was not sent, as a message.
fn not_sent(ticket: u64, blocked: Blocked) -> Msg {
    match blocked {
        Blocked::Exposed(exposure) => Msg::Network(NetworkMsg::Blocked { ticket, exposure }),
        Blocked::Repeated(earlier) => Msg::Network(NetworkMsg::SentBefore { ticket, earlier }),
        Blocked::Unready(failure) => Msg::Network(NetworkMsg::Replied { ticket, result: Err(failure) }),
        Blocked::Unstoppable(fault) => {
            Msg::Network(NetworkMsg::NotRecorded { ticket, why: fault.to_string() })
        }
        Blocked::NotRecorded(fault) => {
            Msg::Network(NetworkMsg::NotRecorded { ticket, why: fault.to_string() })
        }
    }
}
