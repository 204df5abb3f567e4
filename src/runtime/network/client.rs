//! The HTTP clients, each built at first use: for this machine without and with TLS, and for all
//! other hosts.
//!
//! Reading the certificates of the system is slow and may find none; a sandbox needs no
//! certificates.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder};
use secrecy::zeroize::Zeroizing;

use crate::wire::{Failure, Origin, RequestPurpose, Scheme, Secret};

use super::delivery::unusable;
use super::exchange::{Exchange, Left};
use super::{Limits, OutgoingRequest, fault, unsent};

type Built = Result<Client, reqwest::Error>;

/// The servers that a client is for; the text is the PEM of extra certificates.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Route {
    /// Plain http within this machine: no certificates, no proxy.
    Plain,
    /// https within this machine: no proxy.
    Near(Option<String>),
    /// All other hosts.
    Far(Option<String>),
}

pub(super) struct Clients {
    limits: Limits,
    made: RefCell<HashMap<Route, Client>>,
}

impl Clients {
    pub(super) fn new(limits: Limits) -> Self {
        install_provider();
        Self { limits, made: RefCell::default() }
    }

    pub(super) const fn limits(&self) -> Limits {
        self.limits
    }

    /// One attempt with its key, or the reason why the key must not be sent; `on_sent` is called
    /// when the body is first sent.
    pub(super) fn prepare(
        &self,
        outgoing: &OutgoingRequest,
        time: Duration,
        on_sent: impl Fn() + Send + Sync + 'static,
    ) -> Result<Exchange, Failure> {
        let OutgoingRequest { request, secret, authority, .. } = outgoing;
        let origin =
            request.origin().ok_or_else(|| unsent(format!("“{}” is not a web address", request.url)))?;
        if !secret.belongs_to(&request.url) {
            return Err(unsent(format!(
                "the key belongs to {} and is not sent to {origin}",
                secret.origin()
            )));
        }
        if !origin.is_private() {
            return Err(unsent(format!("a key is not sent to {origin} unencrypted; use https")));
        }
        let left = Left::new(on_sent);
        let client = self.client(&origin, authority.as_deref())?;
        let building = match request.purpose {
            RequestPurpose::JobRun | RequestPurpose::CreateInstance => {
                client.post(&request.url).body(left.watch(request.body.clone()))
            }
            // Without a body, so that a broken connection never counts as sent: nothing is stored.
            RequestPurpose::ReadInstance => client.get(&request.url),
        };
        let mut building =
            building.header(AUTHORIZATION, authorization(request.scheme, secret)?).timeout(time);
        for (name, value) in request.headers() {
            building = building.header(name, value);
        }
        Ok(Exchange::new(building, left, secret.clone()))
    }

    pub(super) fn client(&self, origin: &Origin, authority: Option<&str>) -> Result<Client, Failure> {
        let authority = authority.map(str::to_owned);
        let route = match (origin.is_encrypted(), origin.is_loopback()) {
            (false, _) => Route::Plain,
            (true, true) => Route::Near(authority),
            (true, false) => Route::Far(authority),
        };
        if let Some(client) = self.made.borrow().get(&route) {
            return Ok(client.clone());
        }
        let builder = || builder(self.limits);
        let client = match &route {
            Route::Plain => built(builder().no_proxy().tls_certs_only([]).build()),
            Route::Near(authority) => trusting(|| builder().no_proxy(), authority.as_deref()),
            Route::Far(authority) => trusting(builder, authority.as_deref()),
        }?;
        self.made.borrow_mut().insert(route, client.clone());
        Ok(client)
    }
}

pub(super) fn authorization(scheme: Scheme, secret: &Secret) -> Result<HeaderValue, Failure> {
    let text = Zeroizing::new(format!("{} {}", scheme.word(), secret.expose()));
    let Ok(mut value) = HeaderValue::from_str(&text) else {
        return Err(unsent("the key cannot be sent in a header".to_owned()));
    };
    value.set_sensitive(true);
    Ok(value)
}

/// Installs the provider of cryptography, without which building a client panics.
fn install_provider() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Another thread may have installed it meanwhile, with the same result.
        rustls::crypto::ring::default_provider().install_default().ok();
    }
}

fn builder(limits: Limits) -> ClientBuilder {
    // A redirect would send the key to another address, and a retry could report a run twice.
    Client::builder()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(limits.connect)
        // An idle connection may be closed by the server: each attempt opens its own.
        .pool_max_idle_per_host(0)
}

/// Builds a client that trusts the certificates of the system and extra ones. A machine without
/// certificates, such as a container, trusts those of browsers instead.
fn trusting(builder: impl Fn() -> ClientBuilder, extra: Option<&str>) -> Result<Client, Failure> {
    let system = builder().build();
    let Some(pem) = extra else {
        return built(system.or_else(|_| builder().tls_certs_only(browser_roots()?).build()));
    };
    let extra = Certificate::from_pem_bundle(pem.as_bytes()).map_err(|fault| unfit(&fault))?;
    if extra.is_empty() {
        return Err(unusable("the file has no certificate".to_owned()));
    }
    let both = match system {
        Ok(_) => builder().tls_certs_merge(extra).build(),
        Err(_) => {
            browser_roots().and_then(|roots| builder().tls_certs_only(roots).tls_certs_only(extra).build())
        }
    };
    both.map_err(|fault| unfit(&fault))
}

/// A failure of the extra certificates: those of the system were read before.
fn unfit(fault: &reqwest::Error) -> Failure {
    unusable(fault::failure(fault, false).detail)
}

fn built(client: Built) -> Result<Client, Failure> {
    client.map_err(|error| fault::failure(&error, false))
}

fn browser_roots() -> Result<Vec<Certificate>, reqwest::Error> {
    webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(|root| Certificate::from_der(root)).collect()
}
