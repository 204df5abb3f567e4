//! Several requests at the same time, and canceled requests.

use std::io::{Read, Write};
use std::sync::mpsc::channel;

use sei_compose::runtime::network::Network;
use sei_compose::wire::FailureKind;

use super::{answering, fault, request_text, server, started};

#[test]
fn a_cancel_closes_the_socket_and_says_the_request_was_sent() {
    let (arrived, has_arrived) = channel();
    let (environment, server) = server(move |mut stream| {
        request_text(&mut stream);
        arrived.send(()).unwrap();
        stream.read(&mut [0]).unwrap_or(0)
    });
    let network = Network::new();
    let ended = started(&network, 1, &environment);
    has_arrived.recv().unwrap();
    network.cancel(1);
    let (ticket, result) = ended.recv().unwrap();
    assert_eq!((ticket, fault(result)), (1, (FailureKind::Cancelled, true)));
    assert_eq!(server.join().unwrap(), 0, "the server sees the end");
}

#[test]
fn a_cancel_before_the_connection_says_nothing_was_sent() {
    let (greeted, has_greeted) = channel();
    let (environment, server) = server(move |mut stream| {
        // The first byte of a TLS greeting without an answer.
        stream.read_exact(&mut [0]).unwrap();
        greeted.send(()).unwrap();
        stream.read_to_end(&mut Vec::new()).ok();
    });
    let environment = environment.clone().with_base(&environment.base.replace("http:", "https:")).unwrap();
    let network = Network::new();
    let ended = started(&network, 1, &environment);
    has_greeted.recv().unwrap();
    network.cancel(1);
    assert_eq!(fault(ended.recv().unwrap().1), (FailureKind::Cancelled, false));
    server.join().unwrap();
}

#[test]
fn dropping_the_network_ends_requests_in_progress() {
    let (arrived, has_arrived) = channel();
    let (environment, server) = server(move |mut stream| {
        request_text(&mut stream);
        arrived.send(()).unwrap();
        stream.read(&mut [0]).unwrap_or(0)
    });
    let network = Network::new();
    let ended = started(&network, 5, &environment);
    has_arrived.recv().unwrap();
    drop(network);
    assert_eq!(
        fault(ended.try_recv().unwrap().1),
        (FailureKind::Cancelled, true),
        "reported before the drop returns"
    );
    server.join().unwrap();
}

#[test]
fn each_request_gets_its_own_answer_and_a_cancel_ends_only_its_own() {
    let (go, may_go) = channel::<()>();
    let (slow, _) = server(move |mut stream| {
        request_text(&mut stream);
        may_go.recv().unwrap();
        stream.write_all(b"HTTP/1.1 201 Slow\r\ncontent-length: 0\r\n\r\n").unwrap();
    });
    let (stuck, stuck_server) = server(|mut stream| {
        stream.read_to_end(&mut Vec::new()).ok();
    });
    let (quick, _) = answering("HTTP/1.1 202 Quick\r\ncontent-length: 0\r\n\r\n");
    let network = Network::new();
    let first = started(&network, 1, &slow);
    let second = started(&network, 2, &stuck);
    let third = started(&network, 3, &quick);
    let (ticket, result) = third.recv().unwrap();
    assert_eq!((ticket, result.unwrap().status), (3, 202));
    network.cancel(2);
    network.cancel(99);
    assert_eq!(fault(second.recv().unwrap().1).0, FailureKind::Cancelled);
    go.send(()).unwrap();
    let (ticket, result) = first.recv().unwrap();
    assert_eq!((ticket, result.unwrap().status), (1, 201));
    stuck_server.join().unwrap();
}

#[test]
fn a_reused_ticket_is_independent_of_its_first_use() {
    let network = Network::new();
    for status in [202, 400, 202] {
        let (environment, _) = answering(format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n"));
        assert_eq!(started(&network, 1, &environment).recv().unwrap().1.unwrap().status, status);
    }
}
