//! Sends all requests that write: the app, `send` and `guid` use this module.
//!
//! ```text
//! check of keys ──> claim of the run ──> start in the journal ──> request ──> end in the journal
//!       └──────────────────┴──────────────────────┴──> Blocked: nothing was sent
//! ```
//!
//! The end in the journal also frees the claim.
//!
//! An outbox has one network, and so one HTTP client for each kind of server. This module does not
//! know the meaning of replies, nor whether the user confirmed the send.

use std::io;
use std::path::PathBuf;

use crate::journal::{PreviousAttempt, Repeat};
use crate::wire::{self, AttemptProgress, Failure, KeyLeak, Request, Secret};
use crate::world::journal::{self, Attempt, ClaimError};
use crate::world::{FileError, World};

use super::network::{Delivery, Network, OutgoingRequest, Stop};

/// A request with the data that decides whether it may be sent.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// The id of the environment, for the journal.
    pub environment: String,
    /// The request to send.
    pub request: Request,
    /// The API key, sent as a header.
    pub key: Secret,
    /// The keys that must not be in the request: all known keys.
    pub keys: Vec<Secret>,
    /// A file of certificates that are trusted in addition to those of the system.
    pub ca_file: Option<PathBuf>,
    /// Whether a run may be sent again.
    pub repeat: Repeat,
}

/// The reason why a request was not sent.
#[derive(Debug)]
pub enum Blocked {
    /// The request contains a key.
    Exposed(KeyLeak),
    /// The run is being sent, or was sent before.
    Repeated(PreviousAttempt),
    /// The request cannot be prepared.
    Unready(Failure),
    /// Signals cannot be watched, so the request could not be stopped.
    Unstoppable(io::Error),
    /// The journal cannot be written.
    NotRecorded(FileError),
}

/// A request that has ended; its end is not in the journal yet.
#[derive(Debug)]
#[must_use = "record the end in the journal"]
pub struct FinishedRequest {
    attempt: Attempt,
    /// The reply or failure, with the number of attempts.
    pub delivery: Delivery,
}

/// The callbacks of a request, called on the network thread with the ticket.
pub struct Listener<P, E> {
    /// Called at each stage of an attempt.
    pub progress: P,
    /// Called exactly once, unless the request is blocked.
    pub ended: E,
}

/// The sender of requests that write.
#[derive(Default)]
pub struct Outbox {
    network: Network,
}

impl Outbox {
    /// An outbox whose network thread starts with the first request.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends a request without waiting for its end, which the listener gets.
    pub fn post(
        &self,
        ticket: u64,
        world: &dyn World,
        outgoing: Outgoing,
        listener: Listener<
            impl Fn(u64, AttemptProgress) + Send + Sync + 'static,
            impl FnOnce(u64, FinishedRequest) + Send + 'static,
        >,
    ) -> Result<(), Blocked> {
        let Listener { progress, ended } = listener;
        let (request, attempt, _) = open(world, outgoing, || Ok(Stop::never()))?;
        self.network.start(ticket, request, progress, move |ticket, delivery| {
            ended(ticket, FinishedRequest { attempt, delivery });
        });
        Ok(())
    }

    /// Sends a request that only reads, without a journal entry and without waiting for its end.
    pub fn read(
        &self,
        ticket: u64,
        request: OutgoingRequest,
        listener: Listener<
            impl Fn(u64, AttemptProgress) + Send + Sync + 'static,
            impl FnOnce(u64, Delivery) + Send + 'static,
        >,
    ) {
        self.network.start(ticket, request, listener.progress, listener.ended);
    }

    /// Sends a request and waits for its end.
    ///
    /// `watch` starts to listen for signals. It is called right before the journal entry, so that
    /// no signal leaves the entry without its end.
    pub fn deliver(
        &self,
        world: &dyn World,
        outgoing: Outgoing,
        watch: impl FnOnce() -> io::Result<Stop>,
        progress: impl Fn(AttemptProgress) + Send + Sync + 'static,
    ) -> Result<FinishedRequest, Blocked> {
        let (request, attempt, stop) = open(world, outgoing, watch)?;
        let delivery = self.network.deliver(request, progress, stop);
        Ok(FinishedRequest { attempt, delivery })
    }

    /// Cancels a request: closes its socket; the failure says whether the body was being sent.
    pub fn cancel(&self, ticket: u64) {
        self.network.cancel(ticket);
    }
}

impl FinishedRequest {
    /// Writes the end into the journal and frees the claim.
    pub fn record(self, world: &dyn World) -> (Delivery, Result<(), FileError>) {
        let Self { attempt, delivery } = self;
        let recorded = journal::end(world, attempt, &delivery.result, delivery.attempts);
        (delivery, recorded)
    }
}

/// Runs all steps before a send: key check, claim, start of the signal watch, journal entry.
fn open(
    world: &dyn World,
    outgoing: Outgoing,
    watch: impl FnOnce() -> io::Result<Stop>,
) -> Result<(OutgoingRequest, Attempt, Stop), Blocked> {
    let Outgoing { environment, request, key, keys, ca_file, repeat } = outgoing;
    let leak = std::iter::once(&key).chain(&keys).find_map(|key| wire::key_leak(&request, key));
    if let Some(leak) = leak {
        return Err(Blocked::Exposed(leak));
    }
    let outgoing = OutgoingRequest::new(request, key, ca_file.as_deref(), world).map_err(Blocked::Unready)?;
    let claimed = journal::claim(world, &environment, &outgoing.request, repeat);
    let claim = claimed.map_err(|error| match error {
        ClaimError::Repeated(previous) => Blocked::Repeated(previous),
        ClaimError::File(fault) => Blocked::NotRecorded(fault),
    })?;
    let stop = watch().map_err(Blocked::Unstoppable)?;
    let attempt = claim.start(world).map_err(Blocked::NotRecorded)?;
    Ok((outgoing, attempt, stop))
}
