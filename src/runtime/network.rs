//! The only access to the network: sends requests, and reports one end for each request.
//!
//! ```text
//! start(ticket) ──> thread "network" (starts with the first request) ──> delivery ──> reply_to
//! cancel(ticket) ──────────^   drops the request, which closes its socket: reply_to gets Cancelled
//! ```
//!
//! The states of a request. Each attempt opens its own connection and sends the same body:
//!
//! ```text
//!              ┌──────── Waiting <── 408 429 502 503 504, or no connection (see `wire::cause`)
//!              v                                                          ^
//! prepared ──> Connecting ──> Sent (the body is being sent) ──> reply ────┴──> end
//!      │            │                 └── no reply, a broken connection ──> unknown ──> end
//!      │            └── a bad name, certificate or proxy ──> nothing was sent ──> end
//!      └── a key of another origin, or plain http ──> nothing was sent ──> end
//! ```
//!
//! A cancel works in every state, also while waiting. The total time of all attempts and waits is
//! bounded. If the result of an attempt is unknown, the final result takes that into account: see
//! `wire::settle`. Redirects are not followed, and a key goes to its own origin only. This module
//! does not know the meaning of replies, nor which requests may be sent: the outbox decides
//! that for all requests that write.

mod client;
mod delivery;
mod exchange;
mod fault;
mod probe;
mod stop;

use std::collections::HashMap;
use std::io;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinSet, LocalSet};

use crate::wire::{AttemptProgress, Failure, FailureKind, Patience};

use client::Clients;
use delivery::ProgressListener;
pub use delivery::{Delivery, OutgoingRequest};
pub use probe::{Probe, probe};
pub use stop::{Stop, Stopper};

/// The time limits and retries of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The time for a connection, including name resolution and TLS.
    pub connect: Duration,
    /// The time from the start to the end of the last reply, including all attempts and waits.
    pub total: Duration,
    /// The number of attempts, and the waits between them.
    pub patience: Patience,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            total: Duration::from_mins(1),
            patience: Patience::default(),
        }
    }
}

type ReplyTo = Box<dyn FnOnce(u64, Delivery) + Send>;

enum NetworkCommand {
    Start {
        ticket: u64,
        request: Box<OutgoingRequest>,
        stop: Stop,
        progress: ProgressListener,
        reply_to: ReplyTo,
    },
    Cancel(u64),
}

struct NetworkThread {
    commands: mpsc::UnboundedSender<NetworkCommand>,
    thread: JoinHandle<()>,
}

/// The network for callers that must not wait: its own thread, started with the first request.
#[derive(Default)]
pub struct Network {
    limits: Limits,
    running: Mutex<Option<NetworkThread>>,
    /// The number of calls of `deliver`: their tickets count down from the largest number.
    awaited: AtomicU64,
}

impl Network {
    /// A network with default limits; its thread starts with the first request.
    pub fn new() -> Self {
        Self::default()
    }

    /// A network with other limits; its thread starts with the first request.
    pub fn with_limits(limits: Limits) -> Self {
        Self { limits, running: Mutex::default(), awaited: AtomicU64::default() }
    }

    /// Sends a request on the network thread, which calls `progress` at each stage, and then
    /// `reply_to` exactly once, also after a cancel.
    pub fn start(
        &self,
        ticket: u64,
        request: OutgoingRequest,
        progress: impl Fn(u64, AttemptProgress) + Send + Sync + 'static,
        reply_to: impl FnOnce(u64, Delivery) + Send + 'static,
    ) {
        self.command(NetworkCommand::Start {
            ticket,
            request: Box::new(request),
            stop: Stop::never(),
            progress: Arc::new(move |stage| progress(ticket, stage)),
            reply_to: Box::new(reply_to),
        });
    }

    /// Sends a request and waits for its end. A stop closes the socket, and the failure says
    /// whether the body was being sent.
    pub fn deliver(
        &self,
        request: OutgoingRequest,
        progress: impl Fn(AttemptProgress) + Send + Sync + 'static,
        stop: Stop,
    ) -> Delivery {
        let (end, ended) = channel();
        self.command(NetworkCommand::Start {
            ticket: u64::MAX - self.awaited.fetch_add(1, Ordering::Relaxed),
            request: Box::new(request),
            stop,
            progress: Arc::new(progress),
            reply_to: Box::new(move |_ticket, delivery| {
                end.send(delivery).ok();
            }),
        });
        // A thread that panicked may have sent the request.
        ended.recv().unwrap_or_else(|_gone| Delivery {
            result: Err(Failure { sent: true, ..unsent("the network thread failed".to_owned()) }),
            attempts: 1,
        })
    }

    fn command(&self, command: NetworkCommand) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let refused = if running.as_ref().is_some_and(|thread| !thread.commands.is_closed()) {
            None
        } else {
            spawn(self.limits).map(|thread| *running = Some(thread)).err()
        };
        let unsent = match (refused, running.as_ref()) {
            (None, Some(thread)) => match thread.commands.send(command) {
                Ok(()) => return,
                Err(mpsc::error::SendError(command)) => (command, "the network thread has ended".to_owned()),
            },
            (fault, _) => {
                let why = fault.map_or_else(String::new, |fault| format!(": {fault}"));
                (command, format!("the network thread did not start{why}"))
            }
        };
        drop(running);
        if let (NetworkCommand::Start { ticket, reply_to, .. }, why) = unsent {
            reply_to(ticket, untried(why));
        }
    }

    /// Cancels a request: closes its socket; the failure says whether the body was being sent.
    pub fn cancel(&self, ticket: u64) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = running.as_ref() {
            // A thread that is gone has nothing left to cancel.
            running.commands.send(NetworkCommand::Cancel(ticket)).ok();
        }
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        let running = self.running.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(NetworkThread { commands, thread }) = running {
            drop(commands);
            // The last owner may be a `reply_to` on the thread itself, which cannot join itself.
            if thread.thread().id() != std::thread::current().id() {
                // A panic of the thread was printed already.
                thread.join().ok();
            }
        }
    }
}

fn spawn(limits: Limits) -> io::Result<NetworkThread> {
    let (commands, received) = mpsc::unbounded_channel();
    let runtime = runtime()?;
    let thread = std::thread::Builder::new().name("network".to_owned()).spawn(move || {
        LocalSet::new().block_on(&runtime, serve(limits, received));
        // A pending name resolution must not delay the exit of the program.
        runtime.shutdown_background();
    })?;
    Ok(NetworkThread { commands, thread })
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

/// Handles commands until the channel closes, then cancels all running requests.
async fn serve(limits: Limits, mut commands: mpsc::UnboundedReceiver<NetworkCommand>) {
    let clients = Rc::new(Clients::new(limits));
    // Each start has its own number, so that the end of an old request keeps the cancel of a new
    // one with the same ticket.
    let mut cancels: HashMap<u64, (u64, oneshot::Sender<()>)> = HashMap::new();
    let mut running_requests = JoinSet::new();
    let mut starts = 0;
    loop {
        tokio::select! {
            command = commands.recv() => match command {
                Some(NetworkCommand::Start { ticket, request, stop, progress, reply_to }) => {
                    starts += 1;
                    let (start, (cancel, cancelled)) = (starts, oneshot::channel());
                    let clients = Rc::clone(&clients);
                    running_requests.spawn_local(async move {
                        let cancelled = async {
                            tokio::select! {
                                // A dropped sender counts as a cancel.
                                _ = cancelled => {}
                                () = stop.requested() => {}
                            }
                        };
                        reply_to(ticket, delivery::deliver(&clients, &request, progress, cancelled).await);
                        (ticket, start)
                    });
                    cancels.insert(ticket, (start, cancel));
                }
                Some(NetworkCommand::Cancel(ticket)) => drop(cancels.remove(&ticket)),
                None => break,
            },
            Some(ended) = running_requests.join_next() => {
                if let Ok((ticket, start)) = ended
                    && cancels.get(&ticket).is_some_and(|(latest, _)| *latest == start)
                {
                    cancels.remove(&ticket);
                }
            }
        }
    }
    drop(cancels);
    while running_requests.join_next().await.is_some() {}
}

/// Sends a request with its own limits and waits for its end; calls `progress` at each stage.
pub fn deliver(
    limits: Limits,
    request: &OutgoingRequest,
    progress: impl Fn(AttemptProgress) + Send + Sync + 'static,
) -> Delivery {
    Network::with_limits(limits).deliver(request.clone(), progress, Stop::never())
}

fn untried(detail: String) -> Delivery {
    Delivery { result: Err(unsent(detail)), attempts: 0 }
}

/// A failure before the first attempt.
fn unsent(detail: String) -> Failure {
    Failure { kind: FailureKind::Other, sent: false, detail }
}
