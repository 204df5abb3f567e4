//! No answer, in words: what broke on the way, and whether the request may have arrived all the same.

use crate::text;
use crate::wire::environment::Environment;
use crate::wire::identity::identity;
use crate::wire::reply::{Failure, FailureKind};
use crate::wire::request::{Request, RequestPurpose};

use super::status::again_by;
use super::suggestion::is_sandbox;
use super::{ExplanationText, Suggestion};

/// Terminal columns of a fault's own words that are quoted.
const QUOTED: usize = 240;

pub(super) fn words(request: &Request, environment: &Environment, failure: &Failure) -> ExplanationText {
    let place = request.origin().map_or_else(|| environment.host(), |origin| origin.authority());
    let words = kind(environment, failure, &place);
    let words = if failure.detail.trim().is_empty() {
        words
    } else {
        let detail = text::visible(failure.detail.trim()).into_owned();
        words.means(format!("The fault as reported: {}", text::cut(&detail, QUOTED)))
    };
    let is_here = is_sandbox(environment);
    let is_asked =
        environment.is_loopback() && matches!(failure.kind, FailureKind::Reset | FailureKind::Timeout);
    let words = if is_asked {
        words.means("A sandbox does so when it is asked to, and has taken what came all the same.")
    } else {
        words
    };
    let words = if failure.sent {
        doubtful(request, words).by(if is_here { &[Suggestion::ReceivedRuns] } else { &[] })
    } else {
        words.means("Nothing was sent.")
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
                "The host is known, but nothing there took the connection: it refused, or cannot be reached.",
            )
            .then(if environment.is_loopback() {
                "Start the server on this machine (`sei-compose sandbox --port N` is one), and compare the port with \
                 the one it listens on."
            } else {
                "Check the network, a VPN and the firewall, then send again."
            }),
        FailureKind::Tls | FailureKind::Issuer | FailureKind::Host | FailureKind::Dates => {
            encrypted(failure.kind, place)
        }
        FailureKind::Authority => ExplanationText::new("The file of extra certificates cannot be used")
            .means("`ca_file` in config.toml names it, so it is needed for a connection that can be trusted.")
            .then("Mend the setting or the file: PEM, one or more blocks from BEGIN CERTIFICATE to END CERTIFICATE."),
        FailureKind::Timeout => ExplanationText::new(format!("{place} did not answer in time"))
            .means("The time allowed was over before an answer came.")
            .then("Check the network and send again."),
        FailureKind::Reset => ExplanationText::new(format!("The connection to {place} broke"))
            .means("The other side, or something in between, closed it before a whole answer came.")
            .then("Send again; if it keeps breaking, look at the proxy or firewall in between."),
        FailureKind::Proxy => ExplanationText::new(format!("The proxy did not let the request through to {place}"))
            .means("HTTPS_PROXY or the system names a proxy; it asked for a login, refused the host or is not there.")
            .then("A login is wanted? Put the proxy's user name into HTTPS_PROXY.")
            .then(format!("The host is refused? Ask who runs the proxy to let {place} through on port 443."))
            .then("No proxy is needed? Unset HTTPS_PROXY, or exempt the host with NO_PROXY."),
        FailureKind::Cancelled => ExplanationText::new("Cancelled")
            .means("The request was called off and its connection closed.")
            .then("Send again when you are ready."),
        FailureKind::Other => ExplanationText::new(format!("The request to {place} failed"))
            .then("Check the address and the key of the environment."),
    }
}

fn encrypted(kind: FailureKind, place: &str) -> ExplanationText {
    let words = ExplanationText::new(format!("No trusted connection to {place}"));
    if kind == FailureKind::Issuer {
        words
            .means("Its certificate is signed by itself, or by an authority that this machine does not know.")
            .then(
                "Behind a company proxy or with a server of your own: put the authority's certificate into the \
                 system's store, or name its PEM file as `ca_file` in config.toml.",
            )
            .then("Nothing of the kind here? Then do not send: somebody may be reading along.")
    } else if kind == FailureKind::Host {
        words
            .means("Its certificate is for other names than the one it was called by.")
            .then("Compare the environment's base address with the names in the fault: a spelling, an old host, a bare IP address.")
            .then("The address is right? Then something in between answers in the server's place: ask who runs the network.")
    } else if kind == FailureKind::Dates {
        words
            .means("Its certificate has run out, or is not valid yet, by the clock of this machine.")
            .then("Check the date and the clock of this machine first.")
            .then("They are right? Then whoever runs the server has to renew its certificate.")
    } else {
        words
            .means("The two sides did not agree on TLS, or the server does not speak it on this port.")
            .then("Check that the address names a port that speaks https.")
            .then("Behind a company proxy or firewall: ask whether it lets this host through.")
    }
}

fn named(environment: &Environment, place: &str) -> ExplanationText {
    let words = ExplanationText::new(format!("The name {place} is not known"))
        .means("No address was found for the host, so no connection was tried.");
    if environment.legacy {
        words.means("The host carries a retired name of the product and may be gone for good.").then(
            "Choose the Harness environment your account lives in; the browser's address bar shows it after a login.",
        )
    } else {
        words.then("Check the spelling of the address, the network, and a VPN if the host is internal.")
    }
}

/// The body had begun to leave: say what that means for sending again.
fn doubtful(request: &Request, words: ExplanationText) -> ExplanationText {
    again(request, words.means("The request had left: the server may have taken it all the same."))
}

/// What to look at before a request goes again that may have been taken.
pub(super) fn again(request: &Request, words: ExplanationText) -> ExplanationText {
    if request.purpose == RequestPurpose::CreateInstance {
        return words.then(
            "Look at the instances of the integration in SEI first; asking again may make a second one unless the \
             GUID was chosen beforehand.",
        );
    }
    let numbered = request.run().is_some_and(|run| identity(&run).build_number.is_some());
    words.then(if numbered {
        "Sending the same run again is safe: the result and duration that SEI got first stay; artifacts are replaced, \
         stages added or updated."
    } else {
        "Without a build number SEI cannot tell a second sending from the first: look in SEI before sending again."
    })
}
