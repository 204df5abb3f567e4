//! Runs effects: each runs on another thread and replies with a message.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use crate::app::{
    CopyOutcome, DiskReply, Effect, KeyEffect, KeyReply, MappingEffect, Msg, NetworkEffect, NetworkMsg,
    SandboxEffect, SandboxMsg, TerminalReply,
};
use crate::check::KnownInstance;
use crate::journal::Repeat;
use crate::sandbox::{self, Overview, Sandbox, Watch};
use crate::wire::{AttemptProgress, Environment, Failure, FailureKind, Request, SANDBOX, Secret};
use crate::world::keyring::KeyringSlot;
use crate::world::{World, key};

use super::disk::Disk;
use super::export::{self, ExportJob};
use super::network::{Delivery, OutgoingRequest};
use super::outbox::{Blocked, FinishedRequest, Listener, Outbox, Outgoing};
use super::session_lock::SessionLock;
use super::{Event, SessionKeys, clipboard, mapping, notify};

/// Runs the effects of a session.
pub(super) struct Runner {
    world: Arc<dyn World>,
    keyring: SessionKeys,
    // Declared before the disk: when the outbox is dropped, the ends of canceled requests are still
    // written.
    outbox: Arc<Outbox>,
    disk: Disk,
    sender: Sender<Event>,
    sandbox: Option<Sandbox>,
    /// Watches the sandbox above, or a sandbox that the program served before the start of the app.
    watch: Option<Watch>,
    ca_files: CaFiles,
}

/// The files of extra certificates, by the id of the environment.
type CaFiles = HashMap<String, PathBuf>;

/// The state of the session that a runner needs.
pub(super) struct EffectContext {
    pub(super) keyring: SessionKeys,
    pub(super) ca_files: CaFiles,
    /// Watches a sandbox that the program served before the start of the app.
    pub(super) watch: Option<Watch>,
    /// The lock of the draft that is open at the start.
    pub(super) lock: SessionLock,
}

/// Sends a message for each instance that a sandbox creates, for any client.
fn report_instances(watch: &Watch, sender: &Sender<Event>) {
    let sender = sender.clone();
    watch.on_instance(move |created| {
        let instance = KnownInstance {
            guid: created.id.to_string(),
            name: created.name,
            url: None,
            environment: Some(SANDBOX.to_owned()),
        };
        notify(&sender, Msg::Sandbox(SandboxMsg::InstanceMade(instance)));
    });
}

impl Runner {
    /// A runner; its threads start with their first effects.
    pub(super) fn new(world: Arc<dyn World>, sender: Sender<Event>, session: EffectContext) -> Self {
        let EffectContext { keyring, ca_files, watch, lock } = session;
        if let Some(watch) = &watch {
            report_instances(watch, &sender);
        }
        let disk = Disk::new(Arc::clone(&world), sender.clone(), lock);
        let outbox = Arc::new(Outbox::new());
        Self { world, keyring, outbox, disk, sender, sandbox: None, watch, ca_files }
    }

    /// Runs an effect without waiting for it; the loop itself runs those on the terminal.
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
            Effect::Mapping(effect @ (MappingEffect::Read { .. } | MappingEffect::Evaluate { .. })) => {
                mapping::evaluate(&self.sender, effect);
            }
            Effect::Draft(_) | Effect::Recovery(_) | Effect::Disk(_) | Effect::Mapping(_) => {
                self.disk.run(effect, self.keyring.all());
            }
        }
    }

    fn request(&mut self, effect: NetworkEffect) {
        match effect {
            NetworkEffect::Post { ticket, environment, request, repeat } => {
                self.post(ticket, environment, request, repeat);
            }
            NetworkEffect::Read { ticket, environment, request } => {
                self.read(ticket, &environment, request);
            }
            NetworkEffect::Cancel { ticket } => {
                // Through the disk thread, so that the cancel never overtakes the request.
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
                let why = "No sandbox is running. Choose the environment Sandbox with \
                           {choose-environment} to start it.";
                if !self.read_received(|overview| Msg::Sandbox(SandboxMsg::Received(Ok(overview)))) {
                    notify(&self.sender, Msg::Sandbox(SandboxMsg::Received(Err(why.to_owned()))));
                }
            }
            SandboxEffect::ReadReceivedLater => {
                self.read_received(|overview| Msg::Sandbox(SandboxMsg::Renewed(overview)));
            }
            SandboxEffect::PlanFaults(faults) => {
                if let Some(watch) = self.watch.clone() {
                    self.disk.work(move |_| watch.plan(faults));
                }
            }
        }
    }

    /// Writes an export to a file, unless it contains a key of this session.
    fn save_export(&mut self, job: ExportJob) {
        let (sender, keys) = (self.sender.clone(), self.keyring.all());
        self.disk.work(move |world| {
            let outcome = export::save(world, &job, &keys);
            notify(&sender, Msg::Disk(DiskReply::Exported { target: job.target, path: job.path, outcome }));
        });
    }

    /// The terminal sequence that copies a text, with the keys of this session redacted.
    pub(super) fn copied(&self, what: String, text: &str) -> String {
        let redacted = self.keyring.redactor(text.to_owned());
        let outcome = if redacted == text { CopyOutcome::Whole } else { CopyOutcome::Redacted };
        notify(&self.sender, Msg::Terminal(TerminalReply::Copied { what, outcome }));
        clipboard::sequence(&redacted, self.world.variable("TMUX").is_some())
    }

    /// Waits until all previous tasks of the disk thread are done.
    pub(super) fn finish_writes(&mut self) {
        self.disk.finish();
    }

    /// Starts the sandbox, which ends with the runner, and keeps a key for its environment.
    fn start_sandbox(&mut self) -> anyhow::Result<Box<Environment>> {
        let sandbox = sandbox::start(0, sandbox::SandboxSettings::default())?;
        let environment = Environment::sandbox(&sandbox.url())?;
        self.keyring.keep(&environment.id, environment.key("sandbox")?);
        let watch = sandbox.watch();
        report_instances(&watch, &self.sender);
        self.watch = Some(watch);
        self.sandbox = Some(sandbox);
        Ok(Box::new(environment))
    }

    /// Sends the runs that the sandbox received, and another message when more arrive; returns
    /// whether there is a sandbox. Runs on the disk thread, because the sandbox may be busy with a
    /// long run.
    fn read_received(&mut self, as_msg: fn(Box<Overview>) -> Msg) -> bool {
        let Some(watch) = self.watch.clone() else { return false };
        let sender = self.sender.clone();
        self.disk.work(move |_| {
            let stirred_sender = sender.clone();
            watch.when_stirred(move || notify(&stirred_sender, Msg::Sandbox(SandboxMsg::Stirred)));
            notify(&sender, as_msg(Box::new(watch.overview())));
        });
        true
    }

    /// Looks for a key on its own thread: a command may take seconds, and drafts must not wait for
    /// it.
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

    /// Saves a key in the keyring of the system, on its own thread too.
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

    /// The key of an environment, or the reply to a request that has none.
    fn key_for(&self, ticket: u64, environment: &str) -> Result<Secret, Msg> {
        self.keyring.key(environment).cloned().ok_or_else(|| {
            let failure = Failure {
                kind: FailureKind::Other,
                sent: false,
                detail: format!("this session has no key for {environment}"),
            };
            Msg::Network(NetworkMsg::Replied { ticket, result: Err(failure) })
        })
    }

    /// Sends a request that only reads.
    fn read(&mut self, ticket: u64, environment: &str, request: Request) {
        let sender = self.sender.clone();
        let key = match self.key_for(ticket, environment) {
            Ok(key) => key,
            Err(msg) => return notify(&sender, msg),
        };
        let (outbox, ca_file) = (Arc::clone(&self.outbox), self.ca_files.get(environment).cloned());
        let progressed = progress_to(&sender);
        self.disk.work(move |world| {
            let replied =
                move |ticket, result| notify(&sender, Msg::Network(NetworkMsg::Replied { ticket, result }));
            match OutgoingRequest::new(request, key, ca_file.as_deref(), world) {
                Ok(outgoing) => {
                    let ended = move |ticket, delivery: Delivery| replied(ticket, delivery.result);
                    outbox.read(ticket, outgoing, Listener { progress: progressed, ended });
                }
                Err(failure) => replied(ticket, Err(failure)),
            }
        });
    }

    /// Sends a request, or replies why it was not sent.
    fn post(&mut self, ticket: u64, environment: String, request: Request, repeat: Repeat) {
        let sender = self.sender.clone();
        let key = match self.key_for(ticket, &environment) {
            Ok(key) => key,
            Err(msg) => return notify(&sender, msg),
        };
        let ca_file = self.ca_files.get(&environment).cloned();
        let outgoing = Outgoing { environment, request, key, keys: self.keyring.all(), ca_file, repeat };
        let (outbox, later) = (Arc::clone(&self.outbox), self.disk.later());
        self.disk.work(move |world| {
            let answers = sender.clone();
            let posted = outbox.post(
                ticket,
                world,
                outgoing,
                Listener {
                    progress: progress_to(&sender),
                    ended: move |ticket, ended: FinishedRequest| {
                        let result = ended.delivery.result.clone();
                        let fault_sender = answers.clone();
                        later.work(move |world| {
                            if let (_, Err(fault)) = ended.record(world) {
                                notify(
                                    &fault_sender,
                                    Msg::Network(NetworkMsg::EndNotRecorded(fault.to_string())),
                                );
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

/// Reports the stages of a request to the app.
fn progress_to(sender: &Sender<Event>) -> impl Fn(u64, AttemptProgress) + Send + Sync + 'static + use<> {
    let sender = sender.clone();
    move |ticket, progress| notify(&sender, Msg::Network(NetworkMsg::Progress { ticket, progress }))
}

/// The message for a request that was not sent.
fn not_sent(ticket: u64, blocked: Blocked) -> Msg {
    match blocked {
        Blocked::Exposed(exposure) => Msg::Network(NetworkMsg::Blocked { ticket, exposure }),
        Blocked::Repeated(previous) => Msg::Network(NetworkMsg::SentBefore { ticket, previous }),
        Blocked::Unready(failure) => Msg::Network(NetworkMsg::Replied { ticket, result: Err(failure) }),
        Blocked::Unstoppable(fault) => {
            Msg::Network(NetworkMsg::NotRecorded { ticket, why: fault.to_string() })
        }
        Blocked::NotRecorded(fault) => {
            Msg::Network(NetworkMsg::NotRecorded { ticket, why: fault.to_string() })
        }
    }
}
