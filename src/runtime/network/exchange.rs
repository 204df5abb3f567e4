//! One request and its reply.

use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use reqwest::header::{CONTENT_TYPE, HeaderName, RETRY_AFTER};
use reqwest::{Body, RequestBuilder, Response};
use tokio::time::Instant;

use crate::wire::{Failure, Reply, Secret, VERDICT_HEADER};

use super::fault;

/// The most bytes of a body that are kept, and that are read.
const KEPT: usize = 64 * 1024;
const READ: usize = 1024 * 1024;

/// Whether the body of a request is being sent, with a callback for its start.
#[derive(Clone)]
pub(super) struct Left(Arc<Departure>);

struct Departure {
    has_left: AtomicBool,
    notify: Box<dyn Fn() + Send + Sync>,
}

impl Left {
    pub(super) fn new(notify: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(Departure { has_left: AtomicBool::new(false), notify: Box::new(notify) }))
    }

    pub(super) fn has_left(&self) -> bool {
        self.0.has_left.load(Ordering::SeqCst)
    }

    fn mark(&self) {
        if !self.0.has_left.swap(true, Ordering::SeqCst) {
            (self.0.notify)();
        }
    }

    /// A body that notes its first use, which is after the connection is open.
    pub(super) fn watch(&self, body: String) -> Body {
        Body::wrap(Pin::new(Watched { body, left: self.clone() }))
    }
}

/// A pointer to a body. Sending a body borrows it mutably, and nothing does so before.
struct Watched {
    body: String,
    left: Left,
}

impl Deref for Watched {
    type Target = String;

    fn deref(&self) -> &String {
        &self.body
    }
}

impl DerefMut for Watched {
    fn deref_mut(&mut self) -> &mut String {
        self.left.mark();
        &mut self.body
    }
}

/// A request with its key, ready to run; dropping a running exchange closes the socket.
pub(super) struct Exchange {
    building: RequestBuilder,
    left: Left,
    secret: Secret,
}

impl Exchange {
    pub(super) fn new(building: RequestBuilder, left: Left, secret: Secret) -> Self {
        Self { building, left, secret }
    }

    pub(super) fn left(&self) -> Left {
        self.left.clone()
    }

    pub(super) async fn run(self) -> Result<Reply, Failure> {
        let started = Instant::now();
        let response =
            self.building.send().await.map_err(|error| fault::failure(&error, self.left.has_left()))?;
        let header = |name: HeaderName| {
            let value = response.headers().get(name)?;
            Some(self.secret.redacted(String::from_utf8_lossy(value.as_bytes()).into_owned(), false))
        };
        let (status, content_type, retry_after) =
            (response.status().as_u16(), header(CONTENT_TYPE), header(RETRY_AFTER));
        let verdict = header(HeaderName::from_static(VERDICT_HEADER));
        let (body, truncated) = bounded(response).await;
        let elapsed = started.elapsed().into();
        Ok(Reply {
            status,
            content_type,
            retry_after,
            verdict,
            body: self.secret.redacted(body, truncated),
            truncated,
            elapsed,
        })
    }
}

/// Reads the start of a body, and whether the body was cut. A connection that breaks cuts the body:
/// the status alone decides the outcome.
pub(super) async fn bounded(mut response: Response) -> (String, bool) {
    let mut kept: Vec<u8> = Vec::new();
    let mut read = 0;
    let whole = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                read += chunk.len();
                kept.extend(chunk.iter().take(KEPT - kept.len()));
                if read > READ {
                    break false;
                }
            }
            Ok(None) => break true,
            Err(_) => break false,
        }
    };
    let truncated = !whole || read > kept.len();
    if truncated {
        // Half a character at the end would look like a fault of the server.
        let half = kept.utf8_chunks().last().map_or(0, |last| last.invalid().len());
        kept.truncate(kept.len() - half);
    }
    (String::from_utf8_lossy(&kept).into_owned(), truncated)
}
