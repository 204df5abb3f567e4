//! A probe of an address that changes nothing there: a GET, with or without a key.

use std::path::Path;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderName, RETRY_AFTER};
use reqwest::{Response, header::HeaderMap};
use tokio::time::Instant;

use crate::wire::{Failure, Origin, Reply, Scheme, Secret};
use crate::world::World;

use super::client::{Clients, authorization};
use super::delivery::unusable;
use super::exchange::bounded;
use super::{Limits, fault, runtime, unsent};

/// The result of a probe.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    /// The reply to the GET.
    pub reply: Reply,
    /// The clock of the server, from its `Date` header.
    pub date: Option<String>,
}

/// Gets an address once, without retry; `key` is sent only over TLS or to this machine.
///
/// `ca_file` has certificates that are trusted in addition to those of the system.
pub fn probe(
    world: &dyn World,
    url: &str,
    ca_file: Option<&Path>,
    key: Option<(Scheme, &Secret)>,
) -> Result<Probe, Failure> {
    let authority = ca_file.map(|path| world.read(path)).transpose();
    let authority = authority.map_err(|fault| unusable(fault.to_string()))?;
    let runtime = runtime().map_err(|fault| unsent(fault.to_string()))?;
    let clients = Clients::new(Limits::default());
    let seen = runtime.block_on(get(&clients, url, authority.as_deref(), key));
    runtime.shutdown_background();
    seen
}

async fn get(
    clients: &Clients,
    url: &str,
    authority: Option<&str>,
    key: Option<(Scheme, &Secret)>,
) -> Result<Probe, Failure> {
    let origin = Origin::of(url).ok_or_else(|| unsent(format!("“{url}” is not a web address")))?;
    let mut building = clients.client(&origin, authority)?.get(url).timeout(clients.limits().total);
    if let Some((scheme, secret)) = key {
        if !secret.belongs_to(url) || !origin.is_private() {
            return Err(unsent(format!(
                "the key belongs to {} and is not sent to {origin}",
                secret.origin()
            )));
        }
        building = building.header(AUTHORIZATION, authorization(scheme, secret)?);
    }
    let started = Instant::now();
    let response = building.send().await.map_err(|error| fault::failure(&error, false))?;
    Ok(read(response, key.map(|(_, secret)| secret), started).await)
}

async fn read(response: Response, secret: Option<&Secret>, started: Instant) -> Probe {
    let redact = |text: String, is_cut| match secret {
        Some(secret) => secret.redacted(text, is_cut),
        None => text,
    };
    let header = |headers: &HeaderMap, name: HeaderName| {
        let value = headers.get(name)?;
        Some(redact(String::from_utf8_lossy(value.as_bytes()).into_owned(), false))
    };
    let headers = response.headers();
    let (date, content_type, retry_after) =
        (header(headers, DATE), header(headers, CONTENT_TYPE), header(headers, RETRY_AFTER));
    let status = response.status().as_u16();
    let (body, truncated) = bounded(response).await;
    let elapsed = started.elapsed().into();
    let reply = Reply {
        status,
        content_type,
        retry_after,
        verdict: None,
        body: redact(body, truncated),
        truncated,
        elapsed,
    };
    Probe { reply, date }
}
