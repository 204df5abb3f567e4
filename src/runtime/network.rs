//! The only way out: sends requests, one end for each, however many attempts it takes.
//!
//! ```text
//! start(ticket) ──> thread "network" (made at the first start) ──> delivery ──> reply_to(ticket, how it ended)
//! cancel(ticket) ──────────^   drops what runs, which closes its socket; reply_to gets Cancelled
//! ```
//!
//! The life of a request. Each attempt opens a connection of its own and sends the same body:
//!
//! ```text
//!              ┌─────────────── Waiting <── 408 429 502 503 504, or no connection, as `wire::cause` decides
//!              v                                                          ^
//! prepared ──> Connecting ──> Sent (the body begins to leave) ──> answered ┴──> told
//!      │            │                 └── silence, a broken connection ──> may have been taken ──> told
//!      │            └── a bad name, certificate or proxy ──> nothing was sent ──> told
//!      └── a key of another origin, or plain http ──> nothing was sent ──> told
//! ```
//!
//! A cancel counts in every stage, the wait included. The time for all attempts and waits together is bounded. An
//! attempt whose answer leaves open whether the body was taken is not forgotten: see `wire::settle`. Redirects are not
//! followed, and a key goes to its own origin only. What an answer means is not known here, nor what may be sent: that is
//! for the outbox, the only caller outside tests.

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

/// How long to wait for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For a connection, name resolution and TLS included.
    pub connect: Duration,
    /// From the start to the end of the last answer, all attempts and waits included.
    pub total: Duration,
    /// How often it is tried.
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
    Start { ticket: u64, parcel: Box<OutgoingRequest>, stop: Stop, tell: ProgressListener, reply_to: ReplyTo },
    Cancel(u64),
}

struct NetworkThread {
    orders: mpsc::UnboundedSender<NetworkCommand>,
    thread: JoinHandle<()>,
}

/// The network for a program that must not wait: a thread of its own, started with the first request.
#[derive(Default)]
pub struct Network {
    limits: Limits,
    running: Mutex<Option<NetworkThread>>,
    /// How many requests have been waited for: they take their tickets from the other end of the numbers.
    awaited: AtomicU64,
}

impl Network {
    /// A network that has not started anything yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with other time limits.
    pub fn with_limits(limits: Limits) -> Self {
        Self { limits, running: Mutex::default(), awaited: AtomicU64::default() }
    }

    /// Sends a request on the network's thread; `reply_to` is called exactly once, on that thread, also after a cancel.
    /// Before that, `tell` learns of each stage.
    pub fn start(
        &self,
        ticket: u64,
        parcel: OutgoingRequest,
        tell: impl Fn(u64, AttemptProgress) + Send + Sync + 'static,
        reply_to: impl FnOnce(u64, Delivery) + Send + 'static,
    ) {
        self.give(NetworkCommand::Start {
            ticket,
            parcel: Box::new(parcel),
            stop: Stop::never(),
            tell: Arc::new(move |progress| tell(ticket, progress)),
            reply_to: Box::new(reply_to),
        });
    }

    /// Sends a request and waits for its end, which `stop` can bring about: that closes the socket, and the failure says
    /// whether the request had left.
    pub fn deliver(
        &self,
        parcel: OutgoingRequest,
        tell: impl Fn(AttemptProgress) + Send + Sync + 'static,
        stop: Stop,
    ) -> Delivery {
        let (end, ended) = channel();
        self.give(NetworkCommand::Start {
            ticket: u64::MAX - self.awaited.fetch_add(1, Ordering::Relaxed),
            parcel: Box::new(parcel),
            stop,
            tell: Arc::new(tell),
            reply_to: Box::new(move |_ticket, delivery| {
                end.send(delivery).ok();
            }),
        });
        // A thread that panicked may have sent the request.
        ended.recv().unwrap_or_else(|_gone| Delivery {
            result: Err(Failure { sent: true, ..unsent("the thread for the network broke".to_owned()) }),
            attempts: 1,
        })
    }

    fn give(&self, order: NetworkCommand) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let refused = if running.as_ref().is_some_and(|thread| !thread.orders.is_closed()) {
            None
        } else {
            spawn(self.limits).map(|thread| *running = Some(thread)).err()
        };
        let unsent = match (refused, running.as_ref()) {
            (None, Some(thread)) => match thread.orders.send(order) {
                Ok(()) => return,
                Err(mpsc::error::SendError(order)) => {
                    (order, "the thread for the network has ended".to_owned())
                }
            },
            (fault, _) => {
                let why = fault.map_or_else(String::new, |fault| format!(": {fault}"));
                (order, format!("no thread for the network{why}"))
            }
        };
        drop(running);
        if let (NetworkCommand::Start { ticket, reply_to, .. }, why) = unsent {
            reply_to(ticket, untried(why));
        }
    }

    /// Calls a request off: its socket is closed and its failure says whether it had left.
    pub fn cancel(&self, ticket: u64) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = running.as_ref() {
            // A thread that is gone has nothing left to cancel.
            running.orders.send(NetworkCommand::Cancel(ticket)).ok();
        }
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        let running = self.running.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(NetworkThread { orders, thread }) = running {
            drop(orders);
            // The last owner may be a `reply_to` on the thread itself, which cannot wait for its own end.
            if thread.thread().id() != std::thread::current().id() {
                // A thread that panicked has said so already.
                thread.join().ok();
            }
        }
    }
}

fn spawn(limits: Limits) -> io::Result<NetworkThread> {
    let (orders, received) = mpsc::unbounded_channel();
    let runtime = runtime()?;
    let thread = std::thread::Builder::new().name("network".to_owned()).spawn(move || {
        LocalSet::new().block_on(&runtime, serve(limits, received));
        // A name that is still being resolved must not hold the program up.
        runtime.shutdown_background();
    })?;
    Ok(NetworkThread { orders, thread })
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

/// Takes orders until nobody can give any; what is under way then is cancelled.
async fn serve(limits: Limits, mut orders: mpsc::UnboundedReceiver<NetworkCommand>) {
    let clients = Rc::new(Clients::new(limits));
    // Each start has a number of its own, so that the end of an old one never cancels a new one of its ticket.
    let mut cancels: HashMap<u64, (u64, oneshot::Sender<()>)> = HashMap::new();
    let mut under_way = JoinSet::new();
    let mut starts = 0;
    loop {
        tokio::select! {
            order = orders.recv() => match order {
                Some(NetworkCommand::Start { ticket, parcel, stop, tell, reply_to }) => {
                    starts += 1;
                    let (start, (cancel, cancelled)) = (starts, oneshot::channel());
                    let clients = Rc::clone(&clients);
                    under_way.spawn_local(async move {
                        let cancelled = async {
                            tokio::select! {
                                // A dropped canceller counts as a cancel.
                                _ = cancelled => {}
                                () = stop.given() => {}
                            }
                        };
                        reply_to(ticket, delivery::deliver(&clients, &parcel, tell, cancelled).await);
                        (ticket, start)
                    });
                    cancels.insert(ticket, (start, cancel));
                }
                Some(NetworkCommand::Cancel(ticket)) => drop(cancels.remove(&ticket)),
                None => break,
            },
            Some(ended) = under_way.join_next() => {
                if let Ok((ticket, start)) = ended
                    && cancels.get(&ticket).is_some_and(|(latest, _)| *latest == start)
                {
                    cancels.remove(&ticket);
                }
            }
        }
    }
    drop(cancels);
    while under_way.join_next().await.is_some() {}
}

/// Sends a request with limits of its own and waits for its end; `tell` learns of each stage.
pub fn deliver(
    limits: Limits,
    parcel: &OutgoingRequest,
    tell: impl Fn(AttemptProgress) + Send + Sync + 'static,
) -> Delivery {
    Network::with_limits(limits).deliver(parcel.clone(), tell, Stop::never())
}

fn untried(detail: String) -> Delivery {
    Delivery { result: Err(unsent(detail)), attempts: 0 }
}

/// A failure before anything was tried.
fn unsent(detail: String) -> Failure {
    Failure { kind: FailureKind::Other, sent: false, detail }
}
