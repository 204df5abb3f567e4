//! Signals to a command during a request.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{JoinHandle, spawn};

use sei_compose::world::{Folders, Machine, journal};

use super::{Home, asset};
use crate::network::request_text;

/// A server that reports when the signal should arrive and then waits for the end.
fn server(talk: impl FnOnce(&mut TcpStream) + Send + 'static) -> (String, Receiver<()>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (ready, is_ready) = channel();
    let serve = move || {
        let (mut stream, _) = listener.accept().unwrap();
        talk(&mut stream);
        ready.send(()).unwrap();
        stream.read_to_end(&mut Vec::new()).ok();
    };
    (address, is_ready, spawn(serve))
}

/// The running program with its output.
fn start(home: &Home, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_sei-compose"))
        .env_clear()
        .env("SEI_COMPOSE_CONFIG_DIR", home.path("config"))
        .env("SEI_COMPOSE_DATA_DIR", home.path("data"))
        .env("HARNESS_SEI_API_KEY", "any-key")
        .current_dir(home.path(""))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn signal(program: &Child, name: &str) {
    let id = program.id().to_string();
    assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
}

/// The exit code, standard output and standard error of the program.
fn end(program: Child) -> (Option<i32>, String, String) {
    let ended = program.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ended.status.code(), text(ended.stdout), text(ended.stderr))
}

/// The outcome and the reply of the only entry of the journal.
fn written(home: &Home) -> (&'static str, String) {
    let machine = Machine::at(Folders { config: home.path("config"), data: home.path("data") });
    let journal = journal::all(&machine).unwrap();
    assert_eq!((journal.entries.len(), journal.unreadable), (1, 0));
    let ending = journal.entries.first().unwrap().ending.clone().unwrap();
    (ending.outcome.word(), ending.reply)
}

#[test]
fn a_signal_after_sending_makes_the_outcome_unknown() {
    for name in ["INT", "TERM"] {
        let home = Home::new();
        let file = home.put("run.json", &asset("samples/ci-run.json"));
        let (address, is_ready, server) = server(|stream| drop(request_text(stream)));
        let url = format!("http://{address}");
        let program = start(&home, &["send", file, "--base-url", &url, "--format", "json"]);
        is_ready.recv().unwrap();
        signal(&program, name);
        let (code, results, said) = end(program);
        assert_eq!(code, Some(130), "{said}");
        let last = said.lines().last().unwrap();
        assert!(last.starts_with("Canceled after the request was sent"), "{said}");
        assert_eq!(said.lines().count(), 2, "one sentence: {said}");
        let printed: serde_json::Value = serde_json::from_str(&results).unwrap();
        assert_eq!(printed.get("outcome").unwrap(), "unknown");
        assert_eq!(written(&home), ("unknown", "canceled".to_owned()));
        server.join().unwrap();
    }
}

#[test]
fn a_signal_before_sending_reports_that_nothing_was_accepted() {
    let home = Home::new();
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    // The server never answers the TLS handshake.
    let (address, is_ready, server) = server(|stream| stream.read_exact(&mut [0]).unwrap());
    let url = format!("https://{address}");
    let program = start(&home, &["send", file, "--base-url", &url]);
    is_ready.recv().unwrap();
    signal(&program, "INT");
    let (code, results, said) = end(program);
    assert_eq!((code, results.as_str()), (Some(130), ""), "{said}");
    assert_eq!(said.lines().last(), Some("Canceled: nothing was accepted."));
    assert_eq!(written(&home), ("not-delivered", "canceled".to_owned()));
    server.join().unwrap();
}

#[test]
fn a_signal_during_a_wait_before_another_attempt_ends_it() {
    let home = Home::new();
    let (address, is_ready, server) = server(|stream| {
        request_text(stream);
        stream.write_all(b"HTTP/1.1 503 Busy\r\nretry-after: 20\r\ncontent-length: 0\r\n\r\n").unwrap();
    });
    let url = format!("http://{address}");
    let mut program =
        start(&home, &["guid", "--base-url", &url, "--integration-id", "4620", "--name", "Shop CI"]);
    is_ready.recv().unwrap();
    let mut said = BufReader::new(program.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(said.any(|line| line.contains("Attempt 2 of 4 in")));
    signal(&program, "TERM");
    assert_eq!(said.collect::<Vec<_>>(), ["Canceled: nothing was accepted."]);
    assert_eq!(end(program).0, Some(130));
    assert_eq!(written(&home), ("not-delivered", "canceled".to_owned()));
    server.join().unwrap();
}
