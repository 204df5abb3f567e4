//! Several attempts of one request.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, spawn};

use sei_compose::document::read;
use sei_compose::runtime::network::{Delivery, Limits, Network, deliver};
use sei_compose::time::Duration;
use sei_compose::wire::{
    AttemptProgress, AttemptStage, Cause, Environment, FailureKind, Patience, Request, create_instance,
    job_run,
};

use super::{fault, is_untouched, key, outgoing, request_so_far, request_text, run, with_longer_limits};

const BUSY: &str = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n";
const GATEWAY: &str = "HTTP/1.1 504 Slow\r\ncontent-length: 0\r\n\r\n";
const QUEUED: &str = "HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\n{}";

/// A server that gives each connection the next of these answers, and no answer for an empty one;
/// then its port is closed. The handle gives the requests.
fn answering_in_turn(answers: Vec<String>) -> (Environment, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let environment = Environment::sandbox(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    let serve = move || {
        let mut requests = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            requests.push(request_text(&mut stream));
            stream.write_all(answer.as_bytes()).unwrap();
        }
        requests
    };
    (environment, spawn(serve))
}

fn quick() -> Limits {
    Limits {
        patience: Patience { first: Duration::from_millis(4), ..Patience::default() },
        ..Limits::default()
    }
}

/// Sends with short waits; returns the stages too.
fn delivered(
    limits: Limits,
    environment: &Environment,
    request: Request,
) -> (Delivery, Vec<AttemptProgress>) {
    let reported = Arc::new(Mutex::new(Vec::new()));
    let report = Arc::clone(&reported);
    let delivery = deliver(limits, &outgoing(request, key(environment)), move |progress| {
        report.lock().unwrap().push(progress);
    });
    let stages = reported.lock().unwrap().clone();
    (delivery, stages)
}

fn turn(answers: &[&str]) -> (Environment, JoinHandle<Vec<String>>) {
    answering_in_turn(answers.iter().map(|answer| (*answer).to_owned()).collect())
}

fn unnumbered(environment: &Environment) -> Request {
    job_run(environment, &read(r#"{"pipeline":"x"}"#).unwrap())
}

#[test]
fn a_temporary_failure_is_retried_with_the_same_request_until_it_succeeds() {
    let (environment, server) = turn(&[
        "HTTP/1.1 429 Slow down\r\nretry-after: 0\r\ncontent-length: 0\r\n\r\n",
        GATEWAY,
        "HTTP/1.1 408 Slow\r\nconnection: close\r\n\r\n",
        QUEUED,
    ]);
    let (delivery, stages) = delivered(quick(), &environment, run(&environment));
    assert_eq!((delivery.result.unwrap().status, delivery.attempts), (202, 4));
    let requests = server.join().unwrap();
    assert_eq!(requests.len(), 4);
    assert!(requests.iter().all(|request| *request == requests[0]), "{requests:?}");
    let cause = |progress: &AttemptProgress| match progress.stage {
        AttemptStage::Waiting { cause, .. } => Some(cause),
        AttemptStage::Connecting | AttemptStage::Sent => None,
    };
    let causes: Vec<Cause> = stages.iter().filter_map(cause).collect();
    assert_eq!(causes, [429, 504, 408].map(Cause::Status));
    let attempts: Vec<u32> = stages.iter().map(|progress| progress.attempt).collect();
    assert_eq!(attempts, [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4]);
    assert_eq!(stages[0].stage, AttemptStage::Connecting);
    assert_eq!(stages[1].stage, AttemptStage::Sent);
}

#[test]
fn after_four_attempts_the_last_answer_counts() {
    let (environment, server) = turn(&[BUSY, BUSY, BUSY, BUSY]);
    let (delivery, _) = delivered(quick(), &environment, run(&environment));
    assert_eq!((delivery.result.unwrap().status, delivery.attempts), (503, 4));
    server.join().unwrap();
}

#[test]
fn a_request_without_identity_is_retried_only_when_nothing_was_accepted() {
    for (answer, attempts) in [(BUSY, 2), (GATEWAY, 1)] {
        let (environment, _) = turn(&[answer, QUEUED]);
        assert_eq!(delivered(quick(), &environment, unnumbered(&environment)).0.attempts, attempts);
        let (environment, _) = turn(&[answer, QUEUED]);
        let guid = create_instance(&environment, "1", "CI", None);
        assert_eq!(delivered(quick(), &environment, guid).0.attempts, attempts);
    }
    let (environment, _) = turn(&[GATEWAY, QUEUED]);
    let chosen = create_instance(&environment, "1", "CI", Some("0f0e0d0c-0b0a-4908-8706-050403020100"));
    assert_eq!(delivered(quick(), &environment, chosen).0.attempts, 2);
}

#[test]
fn a_closed_port_is_retried_and_nothing_was_sent() {
    let (environment, server) = turn(&[]);
    server.join().unwrap();
    let (delivery, stages) = delivered(quick(), &environment, unnumbered(&environment));
    assert_eq!((fault(delivery.result), delivery.attempts), ((FailureKind::Connect, false), 4));
    assert!(stages.iter().all(|progress| progress.stage != AttemptStage::Sent), "{stages:?}");
}

#[test]
fn a_timeout_and_a_broken_connection_after_the_request_are_never_retried() {
    let (environment, server) = turn(&["", QUEUED]);
    let (delivery, _) = delivered(quick(), &environment, run(&environment));
    assert_eq!((fault(delivery.result), delivery.attempts), ((FailureKind::Reset, true), 1));
    drop(server);
}

#[test]
fn a_gateway_timeout_leaves_a_doubt_that_a_closed_port_does_not_clear() {
    let (environment, server) = turn(&[GATEWAY]);
    let (delivery, _) = delivered(quick(), &environment, run(&environment));
    assert_eq!((delivery.result.unwrap().status, delivery.attempts), (504, 4));
    assert_eq!(server.join().unwrap().len(), 1);
}

#[test]
fn a_wait_longer_than_the_remaining_time_is_not_started() {
    let (environment, _) = turn(&["HTTP/1.1 503 Busy\r\nretry-after: 20\r\ncontent-length: 0\r\n\r\n"]);
    let limits = Limits { total: std::time::Duration::from_secs(10), ..quick() };
    let (delivery, _) = delivered(limits, &environment, run(&environment));
    assert_eq!((delivery.result.unwrap().status, delivery.attempts), (503, 1));
}

#[test]
fn a_date_in_retry_after_is_relative_to_the_clock_at_the_start() {
    let (environment, _) = turn(&[
        "HTTP/1.1 503 Busy\r\nretry-after: Thu, 01 Jan 1970 00:00:29 GMT\r\ncontent-length: 0\r\n\r\n",
    ]);
    let limits = Limits { total: std::time::Duration::from_secs(10), ..quick() };
    assert_eq!(delivered(limits, &environment, run(&environment)).0.attempts, 1, "29 s are too long");
    let (environment, _) = turn(&[
        "HTTP/1.1 503 Busy\r\nretry-after: Wed, 31 Dec 1969 23:59:00 GMT\r\ncontent-length: 0\r\n\r\n",
        QUEUED,
    ]);
    assert_eq!(delivered(limits, &environment, run(&environment)).0.attempts, 2, "gone by");
}

#[test]
fn all_attempts_share_one_time_limit() {
    with_longer_limits(|limits| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let environment = Environment::sandbox(&format!("http://{address}")).unwrap();
        let server = spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            request_so_far(&mut stream);
            stream.write_all(BUSY.as_bytes()).ok();
            let (mut stream, _) = listener.accept().unwrap();
            request_so_far(&mut stream);
            stream.read(&mut [0]).unwrap_or(0)
        });
        let limits = Limits { total: limits.total, ..quick() };
        let (delivery, _) = delivered(limits, &environment, run(&environment));
        let (kind, is_sent) = fault(delivery.result);
        assert_eq!(kind, FailureKind::Timeout);
        // Without a connection, the server still waits.
        let rest = [(); 2].map(|()| TcpStream::connect(address));
        drop(rest);
        assert_eq!(server.join().unwrap(), 0, "the socket was closed");
        (is_sent, delivery.attempts) == (true, 2)
    });
}

#[test]
fn a_cancel_ends_a_wait_and_nothing_more_is_sent() {
    for (answer, sent) in [(BUSY, false), (GATEWAY, true)] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let environment =
            Environment::sandbox(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let server = spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            request_text(&mut stream);
            stream.write_all(answer.as_bytes()).unwrap();
            listener
        });
        let hour = Duration::from_millis(3_600_000);
        let patience = Patience { first: hour, longest: hour, attempts: 4 };
        let total = std::time::Duration::from_hours(9);
        let network = Network::with_limits(Limits { patience, total, ..Limits::default() });
        let (end, ended) = channel();
        let (wait, waits) = channel();
        let outgoing = outgoing(run(&environment), key(&environment));
        network.start(
            1,
            outgoing,
            move |_, progress| wait.send(progress.stage).unwrap(),
            move |_, delivery| end.send(delivery).unwrap(),
        );
        assert!(waits.iter().any(|stage| matches!(stage, AttemptStage::Waiting { .. })));
        network.cancel(1);
        let Delivery { result, attempts } = ended.recv().unwrap();
        assert_eq!((fault(result), attempts), ((FailureKind::Cancelled, sent), 1));
        assert!(is_untouched(&server.join().unwrap()));
    }
}
