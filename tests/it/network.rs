//! Tests of `runtime::network`, over real loopback HTTP: the sandbox, and servers that misbehave.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

use sei_compose::document::read;
use sei_compose::runtime::network::{Delivery, Limits, Network, OutgoingRequest, deliver};
use sei_compose::time::Timestamp;
use sei_compose::wire::{
    Environment, Failure, FailureKind, Origin, Patience, Reply, Request, Secret, as_http, job_run,
};

mod cancel;
mod hostile;
mod proxy;
mod retry;
pub(crate) mod tls;

const KEY: &str = "sei-planted-key-7f3a";

/// A server for one connection; the handle returns the result of the closure.
fn server<T: Send + 'static>(
    talk: impl FnOnce(TcpStream) -> T + Send + 'static,
) -> (Environment, JoinHandle<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let environment = Environment::sandbox(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    (environment, spawn(move || talk(listener.accept().unwrap().0)))
}

/// A server that reads one request, answers with these bytes and closes; the handle returns it.
fn answering(bytes: impl Into<Vec<u8>>) -> (Environment, JoinHandle<String>) {
    let bytes = bytes.into();
    server(move |mut stream| {
        let request = request_text(&mut stream);
        // A client that needs no more bytes closes early.
        stream.write_all(&bytes).ok();
        request
    })
}

/// Reads a request as far as it arrives: a client closes early at its time limit.
fn request_so_far(stream: &mut impl Read) -> String {
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    let is_whole = |text: &[u8]| {
        let text = String::from_utf8_lossy(text);
        text.split_once("\r\n\r\n").is_some_and(|(_, body)| body.ends_with('}'))
    };
    while !is_whole(&text) {
        match stream.read(&mut buffer) {
            Ok(count @ 1..) => text.extend_from_slice(buffer.get(..count).unwrap()),
            Ok(_) | Err(_) => break,
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Reads a request to the end of its body.
pub(crate) fn request_text(stream: &mut impl Read) -> String {
    let mut text = Vec::new();
    let mut byte = [0; 1];
    while !text.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        text.extend(byte);
    }
    let head = String::from_utf8(text).unwrap();
    let length =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap()];
    stream.read_exact(&mut body).unwrap();
    head + std::str::from_utf8(&body).unwrap()
}

fn run(environment: &Environment) -> Request {
    job_run(environment, &read(r#"{"pipeline":"é","build_number":7}"#).unwrap())
}

fn key(environment: &Environment) -> Secret {
    environment.key(KEY).unwrap()
}

pub(crate) fn outgoing(request: Request, secret: Secret) -> OutgoingRequest {
    OutgoingRequest { request, secret, authority: None, now: Timestamp::from_millis(0), dice: 7 }
}

/// The limits of one attempt within this time.
fn once(seconds: u64) -> Limits {
    let time = Duration::from_secs(seconds);
    Limits { connect: time, total: time, patience: Patience { attempts: 1, ..Patience::default() } }
}

pub(crate) fn send(request: &Request, key: &Secret) -> Result<Reply, Failure> {
    deliver(once(60), &outgoing(request.clone(), key.clone()), |_| {}).result
}

fn sent(environment: &Environment) -> Result<Reply, Failure> {
    send(&run(environment), &key(environment))
}

fn sent_briefly(environment: &Environment) -> Result<Reply, Failure> {
    deliver(once(1), &outgoing(run(environment), key(environment)), |_| {}).result
}

/// Retries with longer limits, since a busy machine may be too slow for the short ones.
fn with_longer_limits(mut attempt: impl FnMut(Limits) -> bool) {
    assert!([1, 4, 16, 64].into_iter().any(|seconds| attempt(once(seconds))), "not within 64 s either");
}

fn fault(result: Result<Reply, Failure>) -> (FailureKind, bool) {
    let failure = result.unwrap_err();
    assert!(!failure.detail.contains(KEY), "{}", failure.detail);
    (failure.kind, failure.sent)
}

/// Starts a request and returns the channel for its result.
fn started(
    network: &Network,
    ticket: u64,
    environment: &Environment,
) -> Receiver<(u64, Result<Reply, Failure>)> {
    let (end, ended) = channel();
    let outgoing = outgoing(run(environment), key(environment));
    network.start(
        ticket,
        outgoing,
        |_, _| {},
        move |ticket, Delivery { result, .. }| {
            end.send((ticket, result)).unwrap();
        },
    );
    ended
}

fn is_untouched(listener: &TcpListener) -> bool {
    listener.set_nonblocking(true).unwrap();
    listener.accept().is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
}

#[test]
fn the_bytes_on_the_wire_are_those_that_the_rendering_shows() {
    let (environment, server) = answering("HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\n{}");
    let reply = sent(&environment).unwrap();
    assert_eq!((reply.status, reply.body.as_str(), reply.truncated), (202, "{}", false));
    let lines = |text: &str| {
        let (head, body) = text.split_once("\n\n").unwrap();
        let mut lines: Vec<String> = head
            .lines()
            .map(|line| match line.split_once(": ") {
                Some((name, value)) => format!("{}: {value}", name.to_lowercase()),
                None => line.to_owned(),
            })
            .collect();
        lines.sort();
        (lines, body.to_owned())
    };
    let received = lines(&server.join().unwrap().replace("\r\n", "\n"));
    let shown = lines(&as_http(&run(&environment)).replace("••••••", KEY));
    assert_eq!(received, shown);
}

#[test]
fn a_redirect_is_an_answer_and_the_key_does_not_follow_it() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    let target = elsewhere.local_addr().unwrap();
    for status in ["301 Moved Permanently", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let (environment, _) = answering(format!(
            "HTTP/1.1 {status}\r\nlocation: http://{target}/\r\ncontent-length: 0\r\n\r\n"
        ));
        assert!(status.starts_with(&sent(&environment).unwrap().status.to_string()), "{status}");
    }
    assert!(is_untouched(&elsewhere));
}

#[test]
fn a_key_of_another_origin_is_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = format!("http://{}", listener.local_addr().unwrap());
    let request = run(&Environment::sandbox(&here).unwrap());
    for other in ["http://127.0.0.1:1", "https://app.harness.io", &here.replace("127.0.0.1", "localhost")] {
        let key = Secret::new(KEY, Origin::of(other).unwrap()).unwrap();
        let failure = send(&request, &key).unwrap_err();
        assert_eq!((failure.kind, failure.sent), (FailureKind::Other, false));
        assert!(failure.detail.contains(other) && failure.detail.contains(&here), "{}", failure.detail);
        assert!(!failure.detail.contains(KEY));
    }
    assert!(is_untouched(&listener));
}

#[test]
fn no_key_goes_over_plain_http_to_another_machine() {
    let request = Request { url: "http://192.0.2.1/v1/custom-cicd".to_owned(), ..run(&remote_environment()) };
    let key = Secret::new(KEY, request.origin().unwrap()).unwrap();
    let failure = send(&request, &key).unwrap_err();
    assert_eq!((failure.kind, failure.sent), (FailureKind::Other, false));
    assert!(failure.detail.contains("https"), "{}", failure.detail);
}

fn remote_environment() -> Environment {
    Environment::custom("x", "X", "https://sei.example.com").unwrap()
}

#[test]
fn a_closed_port_is_a_connect_failure_and_nothing_was_sent() {
    // Another test may reuse a port that this test closed; port 1 has no listener.
    let environment = Environment::sandbox("http://127.0.0.1:1").unwrap();
    assert_eq!(fault(sent(&environment)), (FailureKind::Connect, false));
}

#[test]
fn a_server_without_tls_is_a_tls_failure_and_nothing_was_sent() {
    let (environment, server) = server(|mut stream| {
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").unwrap();
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).ok();
        rest
    });
    let environment = environment.clone().with_base(&environment.base.replace("http:", "https:")).unwrap();
    assert_eq!(fault(sent(&environment)), (FailureKind::Tls, false));
    assert!(!String::from_utf8_lossy(&server.join().unwrap()).contains(KEY));
}

#[test]
fn a_name_that_does_not_exist_is_a_name_failure() {
    let behind_proxy = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    let expected = if behind_proxy.iter().any(|name| std::env::var_os(name).is_some()) {
        FailureKind::Proxy
    } else {
        FailureKind::Name
    };
    // The limit exceeds the timeout of any resolver: the test waits for the fault.
    for host in ["sei.invalid", &format!("{}.invalid", "x".repeat(64))] {
        let environment = Environment::custom("x", "X", &format!("https://{host}")).unwrap();
        let result = deliver(once(120), &outgoing(run(&environment), key(&environment)), |_| {}).result;
        assert_eq!(fault(result), (expected, false), "{host}");
    }
}

#[test]
fn silence_after_the_request_is_a_timeout_that_may_have_been_accepted() {
    with_longer_limits(|limits| {
        let (environment, server) = server(|mut stream| {
            let request = request_so_far(&mut stream);
            let closed = stream.read(&mut [0]);
            (request, closed.unwrap_or(0))
        });
        let delivery = deliver(limits, &outgoing(run(&environment), key(&environment)), |_| {});
        let (kind, is_sent) = fault(delivery.result);
        assert_eq!(kind, FailureKind::Timeout);
        // Without a connection, the server still waits.
        TcpStream::connect(environment.base.trim_start_matches("http://")).ok();
        let (request, rest) = server.join().unwrap();
        assert_eq!(rest, 0, "the socket was closed");
        assert!(!is_sent || request.contains(KEY), "the request had arrived");
        is_sent
    });
}

#[test]
fn silence_before_the_connection_is_open_is_a_timeout_with_nothing_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("https://{}", listener.local_addr().unwrap());
    assert_eq!(fault(sent_briefly(&Environment::sandbox(&base).unwrap())), (FailureKind::Timeout, false));
}

#[test]
fn a_connection_closed_after_the_request_is_a_reset_that_may_have_been_accepted() {
    let (environment, _) = answering("");
    assert_eq!(fault(sent(&environment)), (FailureKind::Reset, true));
    let (environment, _) = answering("HTTP/1.1 202 Acc");
    assert_eq!(fault(sent(&environment)), (FailureKind::Reset, true));
}

#[test]
fn an_answer_that_is_not_http_is_a_failure_after_sending() {
    let (environment, _) = answering("SSH-2.0-OpenSSH_9.6\r\n\r\n\r\n");
    assert_eq!(fault(sent(&environment)), (FailureKind::Other, true));
}

#[test]
fn an_interrupted_body_keeps_its_status() {
    let (environment, _) = answering("HTTP/1.1 202 Accepted\r\ncontent-length: 100\r\n\r\n{\"a\"");
    let reply = sent(&environment).unwrap();
    assert_eq!((reply.status, reply.body.as_str(), reply.truncated), (202, "{\"a\"", true));
}

#[test]
fn a_huge_body_is_cut_at_a_whole_character() {
    let body = format!("x{}", "é".repeat(3 * 1024 * 1024));
    let (environment, _) =
        answering(format!("HTTP/1.1 500 Oops\r\ncontent-length: {}\r\n\r\n{body}", body.len()));
    let reply = sent(&environment).unwrap();
    assert!(reply.truncated);
    assert_eq!(reply.body.len(), 64 * 1024 - 1);
    assert!(reply.body.ends_with('é'));
}

#[test]
fn an_endless_body_is_read_for_a_limited_time() {
    let (environment, server) = server(|mut stream| {
        request_text(&mut stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
        while stream.write_all(&[b'a'; 4096]).is_ok() {}
    });
    let reply = sent(&environment).unwrap();
    assert_eq!((reply.body.len(), reply.truncated), (64 * 1024, true));
    server.join().unwrap();
}

#[test]
fn a_body_that_is_not_utf_8_is_shown_as_far_as_it_goes() {
    let (environment, _) = answering(b"HTTP/1.1 500 Oops\r\ncontent-length: 5\r\n\r\nab\xffcd".to_vec());
    let reply = sent(&environment).unwrap();
    assert_eq!((reply.body.as_str(), reply.truncated), ("ab\u{fffd}cd", false));
}

#[test]
fn a_compressed_body_is_decompressed() {
    let zipped = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 202, 76, 81, 178, 82, 170, 202, 44, 40, 72, 77, 81, 170, 5,
        0, 207, 140, 11, 151, 15, 0, 0, 0,
    ];
    let mut bytes =
        format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", zipped.len())
            .into_bytes();
    bytes.extend(zipped);
    let (environment, _) = answering(bytes);
    let reply = sent(&environment).unwrap();
    assert_eq!((reply.body.as_str(), reply.truncated), (r#"{"id":"zipped"}"#, false));
}

#[test]
fn the_relevant_headers_are_kept() {
    let (environment, _) = answering(
        "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Type: text/html; charset=utf-8\r\ncontent-length: 6\r\n\r\n<html>",
    );
    let reply = sent(&environment).unwrap();
    assert_eq!(reply.retry_after.as_deref(), Some("7"));
    assert_eq!(reply.content_type.as_deref(), Some("text/html; charset=utf-8"));
    assert!(reply.is_page());
}

#[test]
fn an_answer_in_small_pieces_is_assembled() {
    let (environment, _) = server(|mut stream| {
        request_text(&mut stream);
        stream.set_nodelay(true).unwrap();
        for byte in
            b"HTTP/1.1 202 Accepted\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"
        {
            stream.write_all(&[*byte]).unwrap();
        }
    });
    assert_eq!(sent(&environment).unwrap().body, "{}");
}
