//! The kind of a network error, found in its chain of causes: the outermost error says little.

use std::error::Error;
use std::io;

use rustls::CertificateError as Certificate;

use crate::wire::{Failure, FailureKind};

/// The failure of an error of the HTTP client; `sent` says whether the body was being sent.
pub(super) fn failure(error: &reqwest::Error, sent: bool) -> Failure {
    let causes = causes(error);
    let detail = causes.iter().map(ToString::to_string).fold(Vec::new(), |mut lines: Vec<String>, line| {
        if lines.last() != Some(&line) {
            lines.push(line);
        }
        lines
    });
    Failure { kind: kind(error, &causes, sent), sent, detail: detail.join(": ") }
}

/// The chain of causes of an error, including the error inside an I/O error.
fn causes(error: &reqwest::Error) -> Vec<&(dyn Error + 'static)> {
    let mut found: Vec<&(dyn Error + 'static)> = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        found.push(cause);
        let carried = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match carried {
            Some(inner) => Some(inner),
            None => cause.source(),
        };
    }
    found
}

fn kind(error: &reqwest::Error, causes: &[&(dyn Error + 'static)], sent: bool) -> FailureKind {
    let says = |words: &[&str]| {
        causes.iter().map(ToString::to_string).any(|text| words.iter().any(|word| text.contains(word)))
    };
    let broke = causes.iter().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|error| {
        [
            io::ErrorKind::ConnectionReset,
            io::ErrorKind::ConnectionAborted,
            io::ErrorKind::BrokenPipe,
            io::ErrorKind::UnexpectedEof,
        ]
        .contains(&error.kind())
    });
    if let Some(error) = causes.iter().find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
        encryption(error)
    } else if says(&["dns error", "invalid dns name"]) {
        FailureKind::Name
    } else if says(&["tunnel error", "proxy"]) {
        FailureKind::Proxy
    } else if error.is_timeout() {
        FailureKind::Timeout
    } else if error.is_connect() && !sent {
        FailureKind::Connect
    } else if broke || says(&["connection closed", "connection reset", "channel closed"]) {
        FailureKind::Reset
    } else {
        FailureKind::Other
    }
}

/// The kind of a TLS error: each fault of a certificate has its own fix.
fn encryption(error: &rustls::Error) -> FailureKind {
    let rustls::Error::InvalidCertificate(fault) = error else { return FailureKind::Tls };
    if matches!(fault, Certificate::NotValidForName | Certificate::NotValidForNameContext { .. }) {
        FailureKind::Host
    } else if matches!(
        fault,
        Certificate::Expired
            | Certificate::ExpiredContext { .. }
            | Certificate::NotValidYet
            | Certificate::NotValidYetContext { .. }
    ) {
        FailureKind::Dates
    } else if matches!(fault, Certificate::UnknownIssuer | Certificate::BadSignature)
        || fault.to_string().contains("CaUsedAsEndEntity")
    {
        // BadSignature: an unknown authority with the name of a trusted one. CaUsedAsEndEntity: the
        // server uses the certificate of an authority as its own.
        FailureKind::Issuer
    } else {
        FailureKind::Tls
    }
}
