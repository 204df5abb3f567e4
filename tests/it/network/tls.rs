//! Certificates of a real TLS server on this machine: which are trusted, and the messages about the
//! others.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::thread::JoinHandle;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use sei_compose::runtime::network::{OutgoingRequest, deliver};
use sei_compose::wire::{Environment, Failure, FailureKind, Reply, explain};

use super::{KEY, fault, key, once, outgoing, request_text, run, server};

const QUEUED: &[u8] = b"HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\n{}";

/// A certificate authority for one test.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) pem: String,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let (mut params, key) = (CertificateParams::new(Vec::new()).unwrap(), KeyPair::generate().unwrap());
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// The server side of TLS with a certificate for this name, signed by the authority.
    pub(crate) fn server(&self, name: &str) -> Arc<ServerConfig> {
        self.signs(&named(name))
    }

    fn signs(&self, params: &CertificateParams) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        configured(&params.signed_by(&key, &self.issuer).unwrap(), &key)
    }
}

fn named(name: &str) -> CertificateParams {
    CertificateParams::new(vec![name.to_owned()]).unwrap()
}

fn signs_itself(params: &CertificateParams) -> Arc<ServerConfig> {
    let key = KeyPair::generate().unwrap();
    configured(&params.self_signed(&key).unwrap(), &key)
}

fn configured(certificate: &rcgen::Certificate, key: &KeyPair) -> Arc<ServerConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        );
    Arc::new(config.unwrap())
}

/// Answers one request over TLS with “queued”; `None` without a handshake.
pub(crate) fn talk(config: Arc<ServerConfig>, stream: TcpStream) -> Option<String> {
    let mut stream = StreamOwned::new(ServerConnection::new(config).unwrap(), stream);
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock).ok()?;
    }
    // A client that rejects the certificate reports this at the latest after the handshake.
    let mut start = [0; 1];
    stream.read_exact(&mut start).ok()?;
    let request = request_text(&mut start.chain(&mut stream));
    stream.write_all(QUEUED).unwrap();
    Some(request)
}

/// A TLS server for one connection.
pub(super) fn serving(config: Arc<ServerConfig>) -> (Environment, JoinHandle<Option<String>>) {
    let (environment, handle) = server(move |stream| talk(config, stream));
    let base = environment.base.replace("http:", "https:");
    (environment.with_base(&base).unwrap(), handle)
}

/// Sends with these authorities in addition to those of the system.
fn sent(config: Arc<ServerConfig>, authority: Option<&str>) -> (Result<Reply, Failure>, Option<String>) {
    let (environment, server) = serving(config);
    let authority = authority.map(str::to_owned);
    let outgoing = OutgoingRequest { authority, ..outgoing(run(&environment), key(&environment)) };
    let result = deliver(once(60), &outgoing, |_| {}).result;
    (result, server.join().unwrap())
}

#[test]
fn a_certificate_of_an_extra_authority_is_trusted() {
    let authority = Authority::new();
    let (result, request) = sent(authority.server("127.0.0.1"), Some(&authority.pem));
    assert_eq!(result.unwrap().status, 202);
    assert!(request.unwrap().contains(KEY));
}

#[test]
fn one_matching_authority_in_the_file_is_enough() {
    let (first, second) = (Authority::new(), Authority::new());
    let both = format!("# ours\n{}\n# theirs\n{}", first.pem, second.pem);
    for authority in [first, second] {
        assert_eq!(sent(authority.server("127.0.0.1"), Some(&both)).0.unwrap().status, 202);
    }
}

/// The certificate, the trusted authority, the kind of fault, and a word of the explanation and of
/// the next step.
type Row = (Arc<ServerConfig>, Option<String>, FailureKind, &'static str, &'static str);

fn table() -> Vec<Row> {
    let ours = Authority::new();
    let pem = || Some(ours.pem.clone());
    let mut ran_out = named("127.0.0.1");
    ran_out.not_after = date_time_ymd(2001, 1, 1);
    let mut not_yet = named("127.0.0.1");
    not_yet.not_before = date_time_ymd(4000, 1, 1);
    let mut own_authority = named("127.0.0.1");
    own_authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let stranger = Some(Authority::new().pem);
    vec![
        (ours.server("127.0.0.1"), None, FailureKind::Issuer, "unknown to this machine", "ca_file"),
        (ours.server("127.0.0.1"), stranger, FailureKind::Issuer, "unknown to this machine", "ca_file"),
        (signs_itself(&named("127.0.0.1")), pem(), FailureKind::Issuer, "self-signed", "ca_file"),
        (signs_itself(&own_authority), pem(), FailureKind::Issuer, "self-signed", "ca_file"),
        (ours.server("sei.example.com"), pem(), FailureKind::Host, "other host names", "base address"),
        (ours.server("127.0.0.2"), pem(), FailureKind::Host, "other host names", "base address"),
        (ours.signs(&ran_out), pem(), FailureKind::Dates, "expired", "clock"),
        (ours.signs(&not_yet), pem(), FailureKind::Dates, "not valid yet", "clock"),
    ]
}

#[test]
fn each_certificate_that_is_not_trusted_is_explained_and_nothing_was_sent() {
    for (config, authority, kind, meaning, next) in table() {
        let (result, request) = sent(config, authority.as_deref());
        let environment = Environment::sandbox("https://127.0.0.1:1").unwrap();
        let said = explain(&run(&environment), &environment, &result);
        assert_eq!((fault(result), request), ((kind, false), None), "{said:?}");
        assert!(said.meaning.join(" ").contains(meaning), "{said:?}");
        assert!(said.meaning.join(" ").contains("Nothing was sent."), "{said:?}");
        assert!(said.next.join(" ").contains(next), "{said:?}");
    }
}

#[test]
fn a_file_without_a_certificate_is_named_as_the_cause() {
    let pem = Authority::new().pem;
    let markers: Vec<&str> = pem.lines().filter(|line| line.starts_with('-')).collect();
    let broken = markers.join("\nAAAA\n") + "\n";
    for authority in ["", "no certificate", &broken] {
        let environment = Environment::sandbox("https://127.0.0.1:1").unwrap();
        let outgoing = OutgoingRequest {
            authority: Some(authority.to_owned()),
            ..outgoing(run(&environment), key(&environment))
        };
        let result = deliver(once(60), &outgoing, |_| {}).result;
        let said = explain(&run(&environment), &environment, &result);
        assert_eq!(fault(result), (FailureKind::Authority, false), "{authority}");
        assert!(said.next.join(" ").contains("CERTIFICATE blocks"), "{said:?}");
    }
}
