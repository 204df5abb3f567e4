//! The HTTP clients, each made when first needed: this machine without and with TLS, and everywhere else.
//!
//! Reading the system's certificates takes a while and may find none; neither happens for a sandbox.

use std::cell::OnceCell;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder};
use secrecy::zeroize::Zeroizing;

use crate::wire::{Failure, Origin, Request, Secret};

use super::exchange::{Exchange, Left};
use super::{Limits, Parcel, fault, unsent};

type Built = Result<Client, reqwest::Error>;

pub(super) struct Clients {
    limits: Limits,
    /// Plain http within this machine: no certificates, no proxy.
    plain: OnceCell<Client>,
    /// https within this machine: no proxy.
    near: OnceCell<Client>,
    far: OnceCell<Client>,
}

impl Clients {
    pub(super) fn new(limits: Limits) -> Self {
        install_provider();
        Self { limits, plain: OnceCell::new(), near: OnceCell::new(), far: OnceCell::new() }
    }

    pub(super) const fn limits(&self) -> Limits {
        self.limits
    }

    /// One attempt with its key, or the reason why the key must stay here. `tell` learns when the body leaves.
    pub(super) fn prepare(
        &self,
        parcel: &Parcel,
        time: Duration,
        tell: impl Fn() + Send + Sync + 'static,
    ) -> Result<Exchange, Failure> {
        let Parcel { request, secret, .. } = parcel;
        let origin =
            request.origin().ok_or_else(|| unsent(format!("“{}” is not a web address", request.url)))?;
        if !secret.belongs_to(&request.url) {
            return Err(unsent(format!(
                "the key belongs to {} and is not sent to {origin}",
                secret.origin()
            )));
        }
        if !origin.is_private() {
            return Err(unsent(format!("a key is not sent to {origin} in the clear; use https")));
        }
        let left = Left::telling(tell);
        let mut building = self
            .client(&origin)?
            .post(&request.url)
            .header(AUTHORIZATION, authorization(request, secret)?)
            .timeout(time)
            .body(left.watch(request.body.clone()));
        for (name, value) in request.headers() {
            building = building.header(name, value);
        }
        Ok(Exchange::new(building, left, secret.clone()))
    }

    fn client(&self, origin: &Origin) -> Result<Client, Failure> {
        let builder = || builder(self.limits);
        let (cell, build): (_, &dyn Fn() -> Built) = if !origin.is_encrypted() {
            (&self.plain, &|| builder().no_proxy().tls_certs_only([]).build())
        } else if origin.is_loopback() {
            (&self.near, &|| trusting(|| builder().no_proxy()))
        } else {
            (&self.far, &|| trusting(builder))
        };
        if let Some(client) = cell.get() {
            return Ok(client.clone());
        }
        let client = build().map_err(|error| fault::failure(&error, false))?;
        Ok(cell.get_or_init(|| client).clone())
    }
}

fn authorization(request: &Request, secret: &Secret) -> Result<HeaderValue, Failure> {
    let text = Zeroizing::new(format!("{} {}", request.scheme.word(), secret.expose()));
    let Ok(mut value) = HeaderValue::from_str(&text) else {
        return Err(unsent("the key cannot stand in a header".to_owned()));
    };
    value.set_sensitive(true);
    Ok(value)
}

/// Building a client panics without a provider of cryptography; whoever comes first installs it.
fn install_provider() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Another thread may have been faster, which is as good.
        rustls::crypto::ring::default_provider().install_default().ok();
    }
}

fn builder(limits: Limits) -> ClientBuilder {
    // A redirect would carry the key along, and a second try could report a run twice.
    Client::builder()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(limits.connect)
        // A connection kept for later may be gone when it is used: each attempt opens its own.
        .pool_max_idle_per_host(0)
}

/// Trusts the system's certificates; a machine without any, as many containers are, trusts what browsers trust.
fn trusting(builder: impl Fn() -> ClientBuilder) -> Built {
    builder().build().or_else(|_| builder().tls_certs_only(browser_roots()?).build())
}

fn browser_roots() -> Result<Vec<Certificate>, reqwest::Error> {
    webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(|root| Certificate::from_der(root)).collect()
}
