//! Carries out effects: each runs elsewhere and answers with a message.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use crate::app::{Effect, Msg};
use crate::sandbox::{self, Sandbox};
use crate::wire::{Environment, Failure, FailureKind, Request};
use crate::world::World;

use super::disk::Disk;
use super::network::{Delivery, Network, Parcel};
use super::{Event, Keyring, tell};

/// What effects are carried out with.
pub(super) struct Runner {
    world: Arc<dyn World>,
    keyring: Keyring,
    network: Network,
    disk: Disk,
    sender: Sender<Event>,
    sandbox: Option<Sandbox>,
}

impl Runner {
    /// A runner that has not started any thread yet.
    pub(super) fn new(world: Arc<dyn World>, keyring: Keyring, sender: Sender<Event>) -> Self {
        let disk = Disk::new(Arc::clone(&world), sender.clone());
        Self { world, keyring, network: Network::new(), disk, sender, sandbox: None }
    }

    /// Carries out one effect without waiting for it.
    pub(super) fn run(&mut self, effect: Effect) {
        match effect {
            Effect::Post { ticket, environment, request } => self.post(ticket, &environment, request),
            Effect::Cancel { ticket } => self.network.cancel(ticket),
            Effect::KeepKey { environment, key } => self.keyring.keep(&environment, key),
            Effect::StartSandbox => {
                let started = self.start_sandbox().map_err(|error| error.to_string());
                tell(&self.sender, Msg::Sandbox(started));
            }
            Effect::NewGuid => tell(&self.sender, Msg::Guid(self.world.new_uuid().to_string())),
            // The loop itself does these two.
            Effect::Quit | Effect::Mouse(_) => {}
            on_disk @ (Effect::ListDrafts
            | Effect::Silence { .. }
            | Effect::OpenDraft { .. }
            | Effect::SaveDraft { .. }
            | Effect::RenameDraft { .. }
            | Effect::DeleteDraft { .. }) => self.disk.run(on_disk),
        }
    }

    /// Starts the sandbox, which ends with the runner, and keeps a key for it.
    fn start_sandbox(&mut self) -> anyhow::Result<Box<Environment>> {
        let sandbox = sandbox::start(0, sandbox::Settings::default())?;
        let environment = Environment::sandbox(&sandbox.url())?;
        self.keyring.keep(&environment.id, environment.key("sandbox")?);
        self.sandbox = Some(sandbox);
        Ok(Box::new(environment))
    }

    fn post(&self, ticket: u64, environment: &str, request: Request) {
        let sender = self.sender.clone();
        let Some(key) = self.keyring.key(environment).cloned() else {
            let failure = Failure {
                kind: FailureKind::Other,
                sent: false,
                detail: format!("there is no key for {environment} in this session"),
            };
            return tell(&sender, Msg::Replied { ticket, result: Err(failure) });
        };
        let parcel = Parcel::new(request, key, &*self.world);
        let progress = self.sender.clone();
        self.network.start(
            ticket,
            parcel,
            move |ticket, stage| tell(&progress, Msg::Progress { ticket, progress: stage }),
            move |ticket, Delivery { result, .. }| tell(&sender, Msg::Replied { ticket, result }),
        );
    }
}
