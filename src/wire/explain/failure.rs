//! Explains requests without an answer: what failed, and whether the server may have the request.

use crate::text;
use crate::wire::environment::{Environment, RETIRED_ON};
use crate::wire::identity::identity;
use crate::wire::reply::{Failure, FailureKind};
use crate::wire::request::{Request, RequestPurpose};

use super::status::again_by;
use super::suggestion::is_sandbox;
use super::{ExplanationText, Suggestion};

/// Terminal columns of an error message that are quoted.
const QUOTED: usize = 240;

pub(super) fn words(request: &Request, environment: &Environment, failure: &Failure) -> ExplanationText {
    let place = request.origin().map_or_else(|| environment.host(), |origin| origin.authority());
    let words = kind(environment, failure, &place);
    let words = if failure.detail.trim().is_empty() {
        words
    } else {
        let detail = text::visible(failure.detail.trim()).into_owned();
        words.means(format!("Error: {}", text::cut(&detail, QUOTED)))
    };
    let is_here = is_sandbox(environment);
    let may_be_fault =
        environment.is_loopback() && matches!(failure.kind, FailureKind::Reset | FailureKind::Timeout);
    let words = if may_be_fault {
        words.means("A sandbox does this when a fault is set. It still processes the request.")
    } else {
        words
    };
    let words = if failure.sent {
        maybe_stored(request, words).by(if is_here { &[Suggestion::ReceivedRuns] } else { &[] })
    } else {
        words.means(match request.purpose {
            RequestPurpose::JobRun | RequestPurpose::CreateInstance => "Nothing was sent.",
            RequestPurpose::ReadInstance => "The request only reads: nothing in SEI changes.",
        })
    };
    match failure.kind {
        FailureKind::Name | FailureKind::Other => words.by(&[Suggestion::Environment, again_by(request)]),
        FailureKind::Connect
        | FailureKind::Timeout
        | FailureKind::Reset
        | FailureKind::Proxy
        | FailureKind::Cancelled => words.by(&[again_by(request)]),
        FailureKind::Tls
        | FailureKind::Issuer
        | FailureKind::Host
        | FailureKind::Dates
        | FailureKind::Authority => words,
    }
}

fn kind(environment: &Environment, failure: &Failure, place: &str) -> ExplanationText {
    match failure.kind {
        FailureKind::Name => named(environment, place),
        FailureKind::Connect => ExplanationText::new(format!("No connection to {place}"))
            .means(
                "The host name is known, but the host refused the connection or is unreachable.",
            )
            .then(if environment.is_loopback() {
                "Start the server on this machine, for example with `sei-compose sandbox --port N`, and compare \
                 the ports."
            } else {
                "Check the network, the VPN and the firewall, then send again."
            }),
        FailureKind::Tls | FailureKind::Issuer | FailureKind::Host | FailureKind::Dates => {
            encrypted(failure.kind, place)
        }
        FailureKind::Authority => ExplanationText::new("The file of extra certificates cannot be used")
            .means("`ca_file` in config.toml names the file, so a trusted connection needs it.")
            .then("Fix the setting or the file: PEM with one or more CERTIFICATE blocks."),
        FailureKind::Timeout => ExplanationText::new(format!("{place} did not answer in time"))
            .means("The time limit passed before an answer came.")
            .then("Check the network and send again."),
        FailureKind::Reset => ExplanationText::new(format!("The connection to {place} broke"))
            .means(if environment.is_loopback() {
                "The server closed the connection before the reply was complete."
            } else {
                "The server, a proxy or a firewall closed the connection before the reply was complete."
            })
            .then("If this repeats, check the proxy or firewall in between."),
        FailureKind::Proxy => ExplanationText::new(format!("The proxy did not let the request through to {place}"))
            .means("The proxy of HTTPS_PROXY or of the system asked for a login, refused the host or is unreachable.")
            .then("If the proxy wants a login, add its user name to HTTPS_PROXY.")
            .then(format!("If the proxy refuses the host, ask its administrator to allow {place} on port 443."))
            .then("If no proxy is needed, unset HTTPS_PROXY, or exempt the host with NO_PROXY."),
        FailureKind::Cancelled => {
            let words = ExplanationText::new("Canceled")
                .means("You canceled the request, and the connection was closed.");
            // After a sent body, the first step is another: see `again`.
            if failure.sent { words } else { words.then("Try again when you are ready.") }
        }
        FailureKind::Other => ExplanationText::new(format!("The request to {place} failed"))
            .then("Check the address and the key of the environment."),
    }
}

fn encrypted(kind: FailureKind, place: &str) -> ExplanationText {
    let words = ExplanationText::new(format!("No trusted connection to {place}"));
    if kind == FailureKind::Issuer {
        words
            .means("The server's certificate is self-signed or from an authority unknown to this machine.")
            .then(
                "Behind a company proxy, or for your own server: add the authority's certificate to the system's \
                 store. Or set `ca_file` in config.toml to its PEM file.",
            )
            .then("Otherwise do not send: a third party may read the connection.")
    } else if kind == FailureKind::Host {
        words
            .means("The server's certificate is for other host names.")
            .then(
                "Compare the base address with the names in the error: a typo, an old host or an IP address.",
            )
            .then("If the address is right, another machine answers: ask your network administrator.")
    } else if kind == FailureKind::Dates {
        words
            .means("By the clock of this machine, the server's certificate has expired or is not valid yet.")
            .then("Check the date and the clock of this machine first.")
            .then("If they are right, the server's administrator must renew the certificate.")
    } else {
        words
            .means("The TLS handshake failed, or the server does not use TLS on this port.")
            .then("Check that the port in the address serves https.")
            .then("Behind a company proxy or firewall, ask whether it allows this host.")
    }
}

fn named(environment: &Environment, place: &str) -> ExplanationText {
    let words = ExplanationText::new(format!("The host name {place} is unknown"))
        .means("No IP address was found for the host, so no connection was made.");
    if environment.retired {
        words.means(format!("The host is retired: the Propelo platform ended on {RETIRED_ON}.")).then(
            "Choose the Harness environment of your account: the browser shows its address after a login.",
        )
    } else {
        words.then("Check the spelling of the address, the network and, for an internal host, the VPN.")
    }
}

/// Adds what a partly or fully sent body means for a second send.
fn maybe_stored(request: &Request, words: ExplanationText) -> ExplanationText {
    again(request, words.means("The request was already sent, so the server may have accepted it."))
}

/// Adds what to check before a second send of a request that may have been accepted.
pub(super) fn again(request: &Request, words: ExplanationText) -> ExplanationText {
    if request.purpose == RequestPurpose::CreateInstance {
        return words.then(
            "Check the instances of the integration in SEI first: a second request may create a second \
             instance, unless you chose the GUID.",
        );
    }
    let numbered = request.run().is_some_and(|run| identity(&run).build_number.is_some());
    words.then(if numbered {
        "Sending the same run again is safe. SEI keeps the first result and duration, replaces artifacts, and \
         adds or updates stages."
    } else {
        "Without a build number, SEI cannot distinguish a second send from the first. Check SEI before you send again."
    })
}
