//! One request with its attempts, its waits and its cancel.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;

use tokio::time::{Instant, sleep};

use crate::time::{Duration, Timestamp};
use crate::wire::{
    self, AttemptProgress, AttemptStage, Failure, FailureKind, Outcome, Reply, Request, Secret,
};
use crate::world::World;

use super::client::Clients;
use super::{Limits, unsent};

/// A request with everything that its attempts need.
#[derive(Debug, Clone)]
pub struct OutgoingRequest {
    /// The request, the same at each attempt.
    pub request: Request,
    /// The API key, sent as a header.
    pub secret: Secret,
    /// Certificates that are trusted in addition to those of the system, as PEM.
    pub authority: Option<String>,
    /// The time at the start, for a reply that names the time of a retry.
    pub now: Timestamp,
    /// A random number that spreads the waits.
    pub dice: u64,
}

impl OutgoingRequest {
    /// A request with its key and the certificates of `ca_file`; time and random number come from
    /// the world.
    pub fn new(
        request: Request,
        secret: Secret,
        ca_file: Option<&Path>,
        world: &dyn World,
    ) -> Result<Self, Failure> {
        let authority = ca_file.map(|path| world.read_file(path)).transpose();
        let authority = authority.map_err(|fault| unusable(fault.to_string()))?;
        Ok(Self { request, secret, authority, now: world.now(), dice: world.new_uuid().as_u64_pair().1 })
    }
}

/// A failure of a file of extra certificates.
pub(super) fn unusable(detail: String) -> Failure {
    Failure { kind: FailureKind::Authority, ..unsent(detail) }
}

/// How a request ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// The reply or the failure, over all attempts.
    pub result: Result<Reply, Failure>,
    /// The number of attempts; 0 if the request could not be tried.
    pub attempts: u32,
}

/// Called at each stage of a request.
pub(super) type ProgressListener = Arc<dyn Fn(AttemptProgress) + Send + Sync>;

/// Tries until a result is final, attempts or time run out, or `cancelled` completes. Dropping a
/// running exchange closes the socket.
pub(super) async fn deliver(
    clients: &Clients,
    request: &OutgoingRequest,
    listener: ProgressListener,
    cancelled: impl Future<Output = ()>,
) -> Delivery {
    let Limits { total, patience, .. } = clients.limits();
    let is_repeatable = request.request.is_repeatable();
    let started = Instant::now();
    let mut cancelled = std::pin::pin!(cancelled);
    let mut doubt = None;
    let mut attempts = 0;
    loop {
        let now = |stage| AttemptProgress { attempt: attempts + 1, of: patience.attempts, stage };
        let sent = (Arc::clone(&listener), now(AttemptStage::Sent));
        let prepared =
            clients.prepare(request, total.saturating_sub(started.elapsed()), move || sent.0(sent.1));
        let exchange = match prepared {
            Ok(exchange) => exchange,
            Err(failure) => return Delivery { result: wire::settle(doubt, Err(failure)), attempts },
        };
        listener(now(AttemptStage::Connecting));
        attempts += 1;
        let left = exchange.left();
        let last = tokio::select! {
            result = exchange.run() => result,
            () = &mut cancelled => Err(cancel(left.has_left())),
        };
        let elapsed = Duration::from(started.elapsed());
        let asked = last.as_ref().ok().and_then(|reply| wire::asked(reply, request.now + elapsed));
        let next = wire::cause(&last, is_repeatable)
            .and_then(|cause| Some((cause, patience.wait(attempts, asked, request.dice)?)))
            .filter(|(_, wait)| elapsed + *wait < Duration::from(total));
        let Some((cause, wait)) = next else {
            return Delivery { result: wire::settle(doubt, last), attempts };
        };
        if wire::outcome(&last) == Outcome::Unknown {
            doubt = Some(last);
        }
        listener(AttemptProgress {
            attempt: attempts,
            of: patience.attempts,
            stage: AttemptStage::Waiting { wait, cause },
        });
        tokio::select! {
            () = sleep(wait.into()) => {}
            () = &mut cancelled => {
                return Delivery { result: wire::settle(doubt, Err(cancel(false))), attempts };
            }
        }
    }
}

const fn cancel(sent: bool) -> Failure {
    Failure { kind: FailureKind::Cancelled, sent, detail: String::new() }
}
