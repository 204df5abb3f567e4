//! Web addresses: which bases are acceptable, where one ends and a path begins, and what a key belongs to.
//!
//! The reader of addresses is the sender's own, so that a check here and a connection there can never disagree about
//! the host. Knows nothing of environments or keys.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reqwest::Url;

use crate::text::{self, Advice};

/// Ends that people paste along with a base, outermost first; each is taken off once.
const TAILS: [&str; 4] = ["/custom-cicd", "/generic-requests", "/cicd/instances", "/v1"];

/// Protocol, host and port: what a key belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    protocol: String,
    host: String,
    port: u16,
}

impl Origin {
    /// The origin of a web address, or `None` when it is not one.
    pub fn of(url: &str) -> Option<Self> {
        let url = Url::parse(url).ok()?;
        let protocol = url.scheme();
        if !["http", "https"].contains(&protocol) {
            return None;
        }
        let host = url.host_str().filter(|host| !host.is_empty())?;
        let port = url.port_or_known_default()?;
        Some(Self { protocol: protocol.to_owned(), host: host.to_owned(), port })
    }

    /// An origin that no URL has.
    pub(super) const fn none() -> Self {
        Self { protocol: String::new(), host: String::new(), port: 0 }
    }

    /// The origin under the one name of its server: `localhost` and `[::1]` are `127.0.0.1`, and a host has no dot at
    /// its end. Two origins lead to the same server when these are equal; a key still belongs to the host as written.
    #[must_use]
    pub fn server(&self) -> Self {
        let host = self.host.trim_end_matches('.');
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<Ipv6Addr>();
        let host = match address.map(|address| address.to_canonical()) {
            Ok(IpAddr::V6(Ipv6Addr::LOCALHOST)) => Ipv4Addr::LOCALHOST.to_string(),
            Ok(IpAddr::V4(address)) => address.to_string(),
            Err(_) if host == "localhost" => Ipv4Addr::LOCALHOST.to_string(),
            Ok(IpAddr::V6(_)) | Err(_) => host.to_owned(),
        };
        Self { host, ..self.clone() }
    }

    /// `http` or `https`.
    pub fn protocol(&self) -> &str {
        &self.protocol
    }

    /// The host.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, also where it is the usual one.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Whether the host is this machine: 127.0.0.0/8, `localhost` or `[::1]`.
    pub fn is_loopback(&self) -> bool {
        let bare = self.host.trim_start_matches('[').trim_end_matches(']');
        self.host == "localhost"
            || bare.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
            || bare.parse::<Ipv6Addr>().is_ok_and(|ip| ip.is_loopback())
    }

    /// Whether a key may travel there: over https anywhere, over http only within this machine.
    pub fn is_private(&self) -> bool {
        self.is_encrypted() || self.is_loopback()
    }

    /// Whether the protocol is https.
    pub fn is_encrypted(&self) -> bool {
        self.protocol == "https"
    }

    /// Host, with the port where it is not the usual one of the protocol.
    pub fn authority(&self) -> String {
        let usual = if self.is_encrypted() { 443 } else { 80 };
        if self.port == usual { self.host.clone() } else { format!("{}:{}", self.host, self.port) }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.protocol, self.authority())
    }
}

/// What to write where nothing of the given text can be used.
const SAMPLE_HINT: &str = "write one such as https://app.harness.io/gratis/sei/api";

/// Why a base address cannot be used; each says what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.advice())]
pub enum BaseError {
    /// Nothing was given.
    Empty,
    /// No `https://` in front.
    NoProtocol(String),
    /// A protocol other than http and https.
    Protocol(String),
    /// Plain http to another machine.
    PlainHttp(String),
    /// `user:password@` before the host; the value is not repeated.
    Credentials,
    /// A query or a fragment, which a base cannot have; the value is not repeated.
    Extra(char),
    /// Not an address at all.
    Unreadable {
        /// What was given, made visible.
        text: String,
        /// What the reader of addresses stumbled over.
        reason: String,
    },
}

impl BaseError {
    /// What is wrong, and what to do.
    pub fn advice(&self) -> Advice {
        match self {
            Self::Empty => Advice::new("no address was given").hint(SAMPLE_HINT),
            Self::NoProtocol(text) => {
                Advice::new(format!("“{text}” names no protocol")).hint(format!("write https://{text}"))
            }
            Self::Protocol(name) => Advice::new(format!("“{name}” is not spoken here"))
                .hint("use https, or http for a server on this machine"),
            Self::PlainHttp(host) => Advice::new(format!("http to {host} would carry the key in the clear"))
                .hint("write https, for http is only for this machine (127.0.0.1, localhost, [::1])"),
            Self::Credentials => Advice::new("the address holds a user name or password before its “@”")
                .hint("take it out, the key is given separately"),
            Self::Extra(sign) => Advice::new("a base address has no query and no fragment")
                .hint(format!("leave out everything from “{sign}” on")),
            Self::Unreadable { text, reason } => {
                Advice::new(format!("“{text}” is not a web address ({reason})")).hint(SAMPLE_HINT)
            }
        }
    }
}

/// Checks a base and brings it to its plain form: no door, no `/v1`, no slash at the end.
pub(super) fn accept(given: &str) -> Result<String, BaseError> {
    let given = given.trim();
    if given.is_empty() {
        return Err(BaseError::Empty);
    }
    let shown = || shown(given);
    // Looked for first, so that no later sentence repeats a password.
    // Anywhere: a sign of the password may divide the address where nobody meant it.
    if given.contains('@') {
        return Err(BaseError::Credentials);
    }
    // The reader of addresses skips tabs and line breaks; a person should see that they are there.
    if given.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(BaseError::Unreadable {
            text: shown(),
            reason: "it holds a space or a line break".to_owned(),
        });
    }
    let Some((protocol, _)) = given.split_once("://") else {
        return Err(BaseError::NoProtocol(shown()));
    };
    if !["http", "https"].contains(&protocol.to_ascii_lowercase().as_str()) {
        return Err(BaseError::Protocol(text::visible(protocol).into_owned()));
    }
    let url = Url::parse(given)
        .map_err(|error| BaseError::Unreadable { text: shown(), reason: error.to_string() })?;
    let unreadable = || BaseError::Unreadable { text: shown(), reason: "no host".to_owned() };
    let origin = Origin::of(given).ok_or_else(unreadable)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BaseError::Credentials);
    }
    if !origin.is_private() {
        return Err(BaseError::PlainHttp(origin.host));
    }
    if let Some(sign) = url.query().map(|_| '?').or_else(|| url.fragment().map(|_| '#')) {
        return Err(BaseError::Extra(sign));
    }
    let path: Vec<&str> = url.path().split('/').filter(|segment| !segment.is_empty()).collect();
    let whole = if path.is_empty() { origin.to_string() } else { format!("{origin}/{}", path.join("/")) };
    Ok(without_tail(&whole).to_owned())
}

/// An address as an error repeats it: without query and fragment, and without what follows the host like a port but is
/// none.
fn shown(given: &str) -> String {
    let bare = given.split(['?', '#']).next().unwrap_or_default();
    let (protocol, rest) = match bare.split_once("://") {
        Some((protocol, rest)) => (format!("{protocol}://"), rest),
        None => (String::new(), bare),
    };
    let (authority, path) =
        rest.split_at_checked(rest.find(['/', '\\']).unwrap_or(rest.len())).unwrap_or((rest, ""));
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if !port.bytes().all(|byte| byte.is_ascii_digit()) && !port.ends_with(']') => {
            format!("{host}:…")
        }
        Some(_) | None => format!("{authority}{path}"),
    };
    text::visible(&(protocol + &host)).into_owned()
}

/// A base without the door, the `/v1` and the slashes people paste along with it.
pub(super) fn without_tail(base: &str) -> &str {
    TAILS.iter().fold(base.trim().trim_end_matches('/'), |rest, tail| {
        rest.strip_suffix(tail).unwrap_or(rest).trim_end_matches('/')
    })
}

/// A URL with its server under one name, for comparison; a text that is not a URL stays as it is.
pub fn with_server(url: &str) -> String {
    let parts = Origin::of(url).zip(Url::parse(url).ok());
    parts.map_or_else(|| url.to_owned(), |(origin, url)| format!("{}{}", origin.server(), url.path()))
}

/// A path joined to a base, with exactly one slash between them.
pub(super) fn join(base: &str, path: &str) -> String {
    format!("{}/{}", without_tail(base), path.trim_start_matches('/'))
}
