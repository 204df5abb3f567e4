//! Checks who calls the sandbox: a program on this machine, or a web page in a browser.
//!
//! The loopback interface alone does not keep web pages out. A page of any site can post to it.
//! With DNS rebinding (the page's host name resolves to 127.0.0.1), a page can also read the
//! answers.

use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, Version};

/// The header in which a browser reports how the calling page relates to the address.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The port of an `http` address without a port.
const DEFAULT_PORT: u16 = 80;

/// The evidence that the caller is not a program on this machine; `None` if there is none.
pub(super) fn fault(parts: &Parts, port: u16) -> Option<&'static str> {
    if !is_called_by_own_name(parts, port) {
        return Some("`Host` is not 127.0.0.1, localhost or [::1] with the port of the sandbox");
    }
    let is_own_origin = |origin: &str| origin.strip_prefix("http://").is_some_and(|own| is_own(own, port));
    if !all(&parts.headers, &ORIGIN, is_own_origin) {
        return Some("`Origin` is a web page");
    }
    let is_direct = |site: &str| matches!(site, "none" | "same-origin");
    if !all(&parts.headers, &SEC_FETCH_SITE, is_direct) {
        return Some("`Sec-Fetch-Site` is a web page of another origin");
    }
    None
}

/// Whether `Host`, and the target if it is a full URL, name this sandbox.
fn is_called_by_own_name(parts: &Parts, port: u16) -> bool {
    let mut hosts = parts.headers.get_all(HOST).iter();
    let is_named = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().is_ok_and(|host| is_own(host, port)),
        // HTTP/1.0 needs no host, and browsers do not use it.
        (None, _) => parts.version == Version::HTTP_10 || parts.version == Version::HTTP_09,
        (Some(_), Some(_)) => false,
    };
    is_named && parts.uri.authority().is_none_or(|target| is_own(target.as_str(), port))
}

/// Whether each value of a header is good; true for an absent header.
fn all(headers: &HeaderMap, name: &HeaderName, is_good: impl Fn(&str) -> bool) -> bool {
    headers.get_all(name).iter().all(|value| value.to_str().is_ok_and(&is_good))
}

/// Whether a host, with its port, is this sandbox.
fn is_own(host: &str, port: u16) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    // A `Host` has no user name, so a text with one is not this sandbox.
    let is_bare = !host.contains('@');
    let name = authority.host();
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_loopback = ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own));
    let named_port = match authority.as_str().get(authority.host().len()..) {
        Some("") => Some(DEFAULT_PORT),
        Some(_) => authority.port_u16(),
        None => None,
    };
    is_bare && is_loopback && named_port == Some(port)
}
