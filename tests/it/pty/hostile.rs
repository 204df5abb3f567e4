//! The app with servers that answer late, invalidly, with too much data, or with control sequences.

use std::io::Write as _;
use std::net::TcpStream;
use std::sync::mpsc::channel;

use super::loopback::serving;
use super::terminal::{Home, Terminal};
use crate::network::request_text;
use crate::network::tls::{Authority, talk};

const KEY: [(&str, &str); 1] = [("HARNESS_SEI_API_KEY", "any-key")];

/// The app with a good run after the command to send it.
fn sending(home: &Home, arguments: &[&str]) -> Terminal {
    let run = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/ci-run.json");
    std::fs::copy(run, home.path("run.json")).unwrap();
    let arguments: Vec<&str> = ["run.json"].into_iter().chain(arguments.iter().copied()).collect();
    let mut app = home.open_with(&arguments, &KEY);
    app.see("no errors");
    app.press("F5");
    app.see("Enter sends");
    app.press("Enter");
    app
}

fn sent_to(home: &Home, url: &str) -> Terminal {
    sending(home, &["--env", "sandbox", "--base-url", url])
}

fn leave(mut app: Terminal) {
    app.press("Enter");
    app.see_no_more("Reply");
    app.press("F10");
    assert_eq!(app.exit(), 0);
    app.assert_restored();
}

#[test]
fn keys_work_during_a_slow_answer() {
    let home = Home::new();
    let (go, may_go) = channel::<()>();
    let (url, server) = serving(move |mut stream: TcpStream| {
        request_text(&mut stream);
        may_go.recv().unwrap();
        for byte in b"HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\n{}" {
            stream.write_all(&[*byte]).unwrap();
        }
    });
    let mut app = sent_to(&home, &url);
    app.see("Sent, waiting for the answer");
    app.press("F1");
    app.see("Review the run, then send it");
    app.press("Esc");
    app.see_no_more("Review the run");
    app.resize(80, 24);
    app.see_that("the wait on a smaller screen", |screen| {
        screen.contents().contains("Sending the run") && screen.contents().contains("so far")
    });
    assert!(!app.screen().contains("202"), "all of this came before the answer");
    go.send(()).unwrap();
    app.see("202: queued, not stored yet");
    server.join().unwrap();
    leave(app);
}

#[test]
fn a_key_ends_an_endless_wait() {
    let home = Home::new();
    let (url, server) = serving(|mut stream: TcpStream| {
        request_text(&mut stream);
        std::io::Read::read(&mut stream, &mut [0]).unwrap_or(0)
    });
    let mut app = sent_to(&home, &url);
    app.see("Sent, waiting for the answer");
    app.press("Esc");
    app.see("Canceled");
    app.see("may have accepted it");
    assert_eq!(server.join().unwrap(), 0, "the socket was closed");
    leave(app);
}

#[test]
fn broken_and_partial_answers_are_described() {
    let table: [(&[u8], &[&str]); 4] = [
        (b"", &["broke", "may have accepted it", "is safe"]),
        (b"HTTP/1.1 202 Acc", &["broke", "may have accepted it"]),
        (b"HTTP/1.1 202 Accepted\r\ncontent-length: 100\r\n\r\n{\"a\"", &["202: queued, not stored yet"]),
        (b"SSH-2.0-OpenSSH_9.6\r\n\r\n\r\n", &["failed", "may have accepted it"]),
    ];
    for (answer, expected) in table {
        let home = Home::new();
        let (url, server) = serving(move |mut stream: TcpStream| {
            request_text(&mut stream);
            stream.write_all(answer).unwrap();
        });
        let app = sent_to(&home, &url);
        for words in expected {
            app.see(words);
        }
        server.join().unwrap();
        leave(app);
    }
}

#[test]
fn thirty_megabytes_are_neither_read_nor_stored() {
    const MEGABYTE: usize = 1024 * 1024;
    let home = Home::new();
    let (go, may_go) = channel::<()>();
    let (url, server) = serving(move |mut stream: TcpStream| {
        request_text(&mut stream);
        may_go.recv().unwrap();
        let head = format!("HTTP/1.1 500 Oops\r\ncontent-length: {}\r\n\r\n", 30 * MEGABYTE);
        stream.write_all(head.as_bytes()).unwrap();
        let part = vec![b'x'; 64 * 1024];
        (0..30 * MEGABYTE / part.len()).take_while(|_| stream.write_all(&part).is_ok()).count() * part.len()
    });
    let app = sent_to(&home, &url);
    app.see("Sent, waiting for the answer");
    #[cfg(target_os = "linux")]
    let before = app.peak_memory();
    go.send(()).unwrap();
    app.see("500: server error");
    #[cfg(target_os = "linux")]
    assert!(app.peak_memory() - before < 8 * MEGABYTE, "{} bytes more", app.peak_memory() - before);
    let taken = server.join().unwrap();
    assert!(taken < 20 * MEGABYTE, "{taken} bytes were taken");
    leave(app);
}

#[test]
fn control_sequences_in_an_answer_are_shown_as_text() {
    let home = Home::new();
    let body = "{\"message\":\"\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}[31mred \u{202e}turned\"}";
    let (url, server) = serving(move |mut stream: TcpStream| {
        request_text(&mut stream);
        let head = format!("HTTP/1.1 403 No\r\ncontent-length: {}\r\n\r\n", body.len());
        stream.write_all((head + body).as_bytes()).unwrap();
    });
    let app = sent_to(&home, &url);
    app.see("403: the key lacks permission");
    app.see("owned");
    app.see("red");
    let bytes = String::from_utf8_lossy(&app.bytes()).into_owned();
    for hostile in ["\u{1b}]0;owned", "\u{7}", "\u{202e}"] {
        assert!(!bytes.contains(hostile), "{hostile:?} reached the terminal");
    }
    server.join().unwrap();
    leave(app);
}

#[test]
fn the_app_trusts_an_extra_authority_of_the_settings() {
    let authority = Authority::new();
    for is_named in [true, false] {
        let home = Home::new();
        let config = authority.server("127.0.0.1");
        let (url, server) = serving(move |stream: TcpStream| talk(config, stream));
        let base = url.replace("http:", "https:");
        let ca_file = home.path("ca.pem");
        std::fs::write(&ca_file, &authority.pem).unwrap();
        let named = if is_named { format!("ca_file = {ca_file:?}\n") } else { String::new() };
        std::fs::create_dir_all(home.path("config")).unwrap();
        let settings = format!("[environments.lab]\nbase = \"{base}\"\n{named}");
        std::fs::write(home.path("config/config.toml"), settings).unwrap();
        let app = sending(&home, &["--env", "lab"]);
        app.see(if is_named { "202: queued, not stored yet" } else { "No trusted connection" });
        assert_eq!(server.join().unwrap().is_some(), is_named);
        leave(app);
    }
}
