//! The only way out for requests that write: the app, `send` and `guid` go through here.
//!
//! ```text
//! keys checked ──> run claimed ──> started in the journal ──> delivered ──> ended in the journal, claim freed
//!      └──────────────┴───────────────────┴──> Blocked: nothing was sent
//! ```
//!
//! An outbox has one network, and so one HTTP client for each kind of server however many requests it sends. What an
//! answer means, and whether a person agreed, is not known here.

use std::io;
use std::path::PathBuf;

use crate::journal::{PreviousAttempt, Repeat};
use crate::wire::{self, AttemptProgress, Failure, KeyLeak, Request, Secret};
use crate::world::journal::{self, Attempt, ClaimError};
use crate::world::{FileError, World};

use super::network::{Delivery, Network, OutgoingRequest, Stop};

/// A request with all that decides whether it may go out.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// The id of the environment, for the journal.
    pub environment: String,
    /// What to send.
    pub request: Request,
    /// The key that goes with it.
    pub key: Secret,
    /// The keys that must not be in the request: all that are known.
    pub keys: Vec<Secret>,
    /// A file of certificates that are trusted besides those of the system.
    pub ca_file: Option<PathBuf>,
    /// Whether a run may go out again.
    pub repeat: Repeat,
}

/// Why a request was not sent.
#[derive(Debug)]
pub enum Blocked {
    /// A key is in the request.
    Exposed(KeyLeak),
    /// The run is being sent, or was sent.
    Repeated(PreviousAttempt),
    /// The request cannot be sent as it is.
    Unready(Failure),
    /// Signals cannot be heard, so that nothing could stop the request.
    Unstoppable(io::Error),
    /// The journal cannot be written.
    NotRecorded(FileError),
}

/// A request that has ended, and whose end is not in the journal yet.
#[derive(Debug)]
#[must_use = "the end belongs into the journal"]
pub struct FinishedRequest {
    attempt: Attempt,
    /// How it ended.
    pub delivery: Delivery,
}

/// The callbacks of a request that is not waited for, on the network's thread; each gets the ticket.
pub struct Listener<P, E> {
    /// Called at each step of the way.
    pub progress: P,
    /// Called exactly once, unless the request is blocked.
    pub ended: E,
}

/// The way out.
#[derive(Default)]
pub struct Outbox {
    network: Network,
}

impl Outbox {
    /// An outbox that has not started anything yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends a request without waiting for its end.
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
        let (parcel, attempt, _) = open(world, outgoing, || Ok(Stop::never()))?;
        self.network.start(ticket, parcel, progress, move |ticket, delivery| {
            ended(ticket, FinishedRequest { attempt, delivery });
        });
        Ok(())
    }

    /// Sends a request and waits for its end. `watch` starts to listen for what stops it; it is called right before the
    /// journal entry, so that there is no moment in which a signal leaves the entry without its end.
    pub fn deliver(
        &self,
        world: &dyn World,
        outgoing: Outgoing,
        watch: impl FnOnce() -> io::Result<Stop>,
        tell: impl Fn(AttemptProgress) + Send + Sync + 'static,
    ) -> Result<FinishedRequest, Blocked> {
        let (parcel, attempt, stop) = open(world, outgoing, watch)?;
        let delivery = self.network.deliver(parcel, tell, stop);
        Ok(FinishedRequest { attempt, delivery })
    }

    /// Cancels a request: its socket is closed and its failure says whether it had left.
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

/// All that comes before a request leaves, in this order.
fn open(
    world: &dyn World,
    outgoing: Outgoing,
    watch: impl FnOnce() -> io::Result<Stop>,
) -> Result<(OutgoingRequest, Attempt, Stop), Blocked> {
    let Outgoing { environment, request, key, keys, ca_file, repeat } = outgoing;
    let exposure = std::iter::once(&key).chain(&keys).find_map(|key| wire::key_leak(&request, key));
    if let Some(exposure) = exposure {
        return Err(Blocked::Exposed(exposure));
    }
    let parcel = OutgoingRequest::new(request, key, ca_file.as_deref(), world).map_err(Blocked::Unready)?;
    let claimed = journal::claim(world, &environment, &parcel.request, repeat);
    let claim = claimed.map_err(|error| match error {
        ClaimError::Repeated(earlier) => Blocked::Repeated(earlier),
        ClaimError::File(fault) => Blocked::NotRecorded(fault),
    })?;
    let stop = watch().map_err(Blocked::Unstoppable)?;
    let attempt = claim.start(world).map_err(Blocked::NotRecorded)?;
    Ok((parcel, attempt, stop))
}
