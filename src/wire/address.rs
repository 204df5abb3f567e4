//! Web addresses: valid base addresses, base and path, and the origin that a key belongs to.
//!
//! The URL parser is the same as in the HTTP client, so a check and a connection always agree on
//! the host. Does not depend on environments or keys.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reqwest::Url;

use crate::text::{self, Advice};

/// Endings that people paste with a base, outermost first; each is removed once.
const TAILS: [&str; 4] = ["/custom-cicd", "/generic-requests", "/cicd/instances", "/v1"];

/// Protocol, host and port; a key belongs to one origin.
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

    /// The origin with one name per server: `localhost` and `[::1]` become `127.0.0.1`, without a
    /// dot at the end of the host. Use it to compare servers; a key still belongs to the exact
    /// host.
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

    /// The host, without the port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, also if it is the default.
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

    /// The host, with the port unless it is the default of the protocol.
    pub fn authority(&self) -> String {
        let default = if self.is_encrypted() { 443 } else { 80 };
        if self.port == default { self.host.clone() } else { format!("{}:{}", self.host, self.port) }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.protocol, self.authority())
    }
}

/// The hint for a text that gives no usable part.
const SAMPLE_HINT: &str = "write an address such as https://app.harness.io/gratis/sei/api";

/// Why a base address is not valid; the advice says what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.advice())]
pub enum BaseError {
    /// Nothing was given.
    Empty,
    /// No `https://` at the start.
    NoProtocol(String),
    /// A protocol other than http and https.
    Protocol(String),
    /// Plain http to another machine.
    PlainHttp(String),
    /// `user:password@` before the host; the error does not repeat the value.
    Credentials,
    /// A query or a fragment, which a base cannot have; the error does not repeat the value.
    Extra(char),
    /// Not a web address.
    Unreadable {
        /// The given text, escaped.
        text: String,
        /// The reason from the URL parser.
        reason: String,
    },
}

impl BaseError {
    /// The error and a hint that says what to do.
    pub fn advice(&self) -> Advice {
        match self {
            Self::Empty => Advice::new("no address is given").hint(SAMPLE_HINT),
            Self::NoProtocol(text) => {
                Advice::new(format!("“{text}” has no protocol")).hint(format!("write https://{text}"))
            }
            Self::Protocol(name) => Advice::new(format!("“{name}” is not a supported protocol"))
                .hint("use https, or http for a server on this machine"),
            Self::PlainHttp(host) => Advice::new(format!("http to {host} would send the key unencrypted"))
                .hint("use https; http works only for this machine (127.0.0.1, localhost, [::1])"),
            Self::Credentials => Advice::new("the address contains a user name or password before “@”")
                .hint("remove it; the key is given separately"),
            Self::Extra(sign) => Advice::new("a base address cannot have a query or a fragment")
                .hint(format!("remove everything from “{sign}” on")),
            Self::Unreadable { text, reason } => {
                Advice::new(format!("“{text}” is not a web address ({reason})")).hint(SAMPLE_HINT)
            }
        }
    }
}

/// Checks a base and returns its plain form: without endpoint, `/v1` and final slash.
pub(super) fn accept(given: &str) -> Result<String, BaseError> {
    let given = given.trim();
    if given.is_empty() {
        return Err(BaseError::Empty);
    }
    let shown = || shown(given);
    // Checked first, so that no later message repeats a password, and in the whole text, because a
    // character of the password may split the address.
    if given.contains('@') {
        return Err(BaseError::Credentials);
    }
    // The URL parser skips tabs and line breaks, but the user must know about them.
    if given.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(BaseError::Unreadable {
            text: shown(),
            reason: "it contains a space or a line break".to_owned(),
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

/// An address as an error shows it: without query, fragment and anything after the host that looks
/// like a port but is not one.
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

/// A base without the endpoint, `/v1` and slashes that people paste with it.
pub(super) fn without_tail(base: &str) -> &str {
    TAILS.iter().fold(base.trim().trim_end_matches('/'), |rest, tail| {
        rest.strip_suffix(tail).unwrap_or(rest).trim_end_matches('/')
    })
}

/// A URL with one name per server, for comparison; a text that is not a URL is unchanged.
pub fn with_server(url: &str) -> String {
    let parts = Origin::of(url).zip(Url::parse(url).ok());
    parts.map_or_else(|| url.to_owned(), |(origin, url)| format!("{}{}", origin.server(), url.path()))
}

/// Joins a base and a path with exactly one slash.
pub(super) fn join(base: &str, path: &str) -> String {
    format!("{}/{}", without_tail(base), path.trim_start_matches('/'))
}
