//! The only way out: sends requests, one answer or one failure for each.
//!
//! ```text
//! start(ticket) ──> thread "network" (made at the first start) ──> exchange ──> reply_to(ticket, result)
//! cancel(ticket) ──────────^   drops the exchange, which closes its socket; reply_to gets Cancelled
//! ```
//!
//! The blocking [`send`] runs the same exchange on the calling thread. Nothing is sent twice, redirects are not
//! followed, and a key goes to its own origin only. What an answer means is not known here.

mod client;
mod exchange;
mod fault;

use std::collections::HashMap;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

use crate::wire::{Failure, FailureKind, Reply, Request, Secret};

use client::Clients;
use exchange::Exchange;

/// How long to wait for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For a connection, name resolution and TLS included.
    pub connect: Duration,
    /// From the start to the end of the answer.
    pub total: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), total: Duration::from_mins(1) }
    }
}

type ReplyTo = Box<dyn FnOnce(u64, Result<Reply, Failure>) + Send>;

enum Order {
    Start { ticket: u64, request: Request, secret: Secret, reply_to: ReplyTo },
    Cancel(u64),
}

struct Running {
    orders: mpsc::UnboundedSender<Order>,
    thread: JoinHandle<()>,
}

/// The network for a program that must not wait: a thread of its own, started with the first request.
#[derive(Default)]
pub struct Network {
    limits: Limits,
    running: Mutex<Option<Running>>,
}

impl Network {
    /// A network that has not started anything yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with other time limits.
    pub fn with_limits(limits: Limits) -> Self {
        Self { limits, running: Mutex::default() }
    }

    /// Sends a request; `reply_to` is called exactly once, on the network's thread, also after a cancel.
    pub fn start(
        &self,
        ticket: u64,
        request: Request,
        secret: Secret,
        reply_to: impl FnOnce(u64, Result<Reply, Failure>) + Send + 'static,
    ) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.as_ref().is_none_or(|thread| thread.orders.is_closed()) {
            match spawn(self.limits) {
                Ok(thread) => *running = Some(thread),
                Err(fault) => {
                    drop(running);
                    return reply_to(ticket, Err(unsent(format!("no thread for the network: {fault}"))));
                }
            }
        }
        let Some(thread) = running.as_ref() else { return };
        let order = Order::Start { ticket, request, secret, reply_to: Box::new(reply_to) };
        if let Err(mpsc::error::SendError(Order::Start { reply_to, .. })) = thread.orders.send(order) {
            drop(running);
            reply_to(ticket, Err(unsent("the thread for the network has ended".to_owned())));
        }
    }

    /// Calls a request off: its socket is closed and its failure says whether it had left.
    pub fn cancel(&self, ticket: u64) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = running.as_ref() {
            // A thread that is gone has nothing left to cancel.
            running.orders.send(Order::Cancel(ticket)).ok();
        }
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        let running = self.running.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Running { orders, thread }) = running {
            drop(orders);
            // The last owner may be a `reply_to` on the thread itself, which cannot wait for its own end.
            if thread.thread().id() != std::thread::current().id() {
                // A thread that panicked has said so already.
                thread.join().ok();
            }
        }
    }
}

fn spawn(limits: Limits) -> io::Result<Running> {
    let (orders, received) = mpsc::unbounded_channel();
    let runtime = runtime()?;
    let thread = std::thread::Builder::new().name("network".to_owned()).spawn(move || {
        runtime.block_on(serve(limits, received));
        // A name that is still being resolved must not hold the program up.
        runtime.shutdown_background();
    })?;
    Ok(Running { orders, thread })
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

/// Takes orders until nobody can give any; what is under way then is cancelled.
async fn serve(limits: Limits, mut orders: mpsc::UnboundedReceiver<Order>) {
    let clients = Clients::new(limits);
    // Each start has a number of its own, so that the end of an old one never cancels a new one of its ticket.
    let mut cancels: HashMap<u64, (u64, oneshot::Sender<()>)> = HashMap::new();
    let mut under_way = JoinSet::new();
    let mut starts = 0;
    loop {
        tokio::select! {
            order = orders.recv() => match order {
                Some(Order::Start { ticket, request, secret, reply_to }) => {
                    starts += 1;
                    let (start, (cancel, cancelled)) = (starts, oneshot::channel());
                    let exchange = clients.prepare(&request, &secret);
                    under_way.spawn(async move {
                        reply_to(ticket, either(exchange, cancelled).await);
                        (ticket, start)
                    });
                    cancels.insert(ticket, (start, cancel));
                }
                Some(Order::Cancel(ticket)) => drop(cancels.remove(&ticket)),
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

/// The exchange's end or the cancel, whichever is first; a dropped canceller counts as a cancel.
async fn either(
    exchange: Result<Exchange, Failure>,
    cancelled: oneshot::Receiver<()>,
) -> Result<Reply, Failure> {
    let exchange = exchange?;
    let left = exchange.left();
    tokio::select! {
        result = exchange.run() => result,
        _ = cancelled => Err(Failure { kind: FailureKind::Cancelled, sent: left.has_left(), detail: String::new() }),
    }
}

/// Sends a request and waits for its answer, for programs that have nothing else to do.
pub fn send(request: &Request, secret: &Secret) -> Result<Reply, Failure> {
    send_within(Limits::default(), request, secret)
}

/// The same as [`send`] with other time limits.
pub fn send_within(limits: Limits, request: &Request, secret: &Secret) -> Result<Reply, Failure> {
    let runtime = runtime().map_err(|fault| unsent(fault.to_string()))?;
    let clients = Clients::new(limits);
    let result = runtime.block_on(async { clients.prepare(request, secret)?.run().await });
    runtime.shutdown_background();
    result
}

/// A failure before anything was tried.
fn unsent(detail: String) -> Failure {
    Failure { kind: FailureKind::Other, sent: false, detail }
}
