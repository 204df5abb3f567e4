//! A program that is killed during a send.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration as Wait;

use super::{json, machine};
use sei_compose::document::{Value, read};
use sei_compose::world::{World, journal};

const SENDS: i64 = 50;

/// A server that records the build number of each complete run before it answers.
fn recording() -> (String, Arc<Mutex<BTreeSet<i64>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let arrived = Arc::new(Mutex::new(BTreeSet::new()));
    let seen = Arc::clone(&arrived);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            if let Some(number) = serve(stream) {
                seen.lock().unwrap().insert(number);
            }
        }
    });
    (url, arrived)
}

/// Reads a request up to its end; a killed client leaves half of one.
fn serve(mut stream: TcpStream) -> Option<i64> {
    let (mut text, mut buffer) = (String::new(), [0; 4096]);
    let body = loop {
        match stream.read(&mut buffer) {
            Ok(count @ 1..) => text.push_str(&String::from_utf8_lossy(buffer.get(..count)?)),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Ok(_) | Err(_) => return None,
        }
        if let Some(body) = text.split_once("\r\n\r\n").and_then(|(_, body)| read(body).ok()) {
            break body;
        }
    };
    // The client may have ended by now.
    stream.write_all(b"HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}").ok();
    number(&body)
}

fn number(run: &Value) -> Option<i64> {
    run.as_object()?.get("build_number")?.as_i64()
}

#[test]
fn every_run_that_reached_the_server_before_a_kill_is_in_the_journal() {
    let (machine, home) = machine();
    let (url, arrived) = recording();
    let sample = include_str!("../../../assets/samples/ci-run.json");
    assert!(json(sample).is_ok());
    let (mut killed, mut dice, mut longest) = (0, 0x9e37_79b9_u64, 25_000);
    for run in 0..SENDS {
        let file = home.path().join("run.json");
        std::fs::write(&file, sample.replace("1482", &run.to_string())).unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_sei-compose"))
            .env_clear()
            .env("SEI_COMPOSE_CONFIG_DIR", &machine.folders().config)
            .env("SEI_COMPOSE_DATA_DIR", &machine.folders().data)
            .env("HARNESS_SEI_API_KEY", "any-key")
            .args(["send", file.to_str().unwrap(), "--base-url", &url, "--no-fail"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Some programs are killed during the start, some during a write, some after the answer.
        std::thread::sleep(Wait::from_micros((dice >> 33) % longest));
        program.kill().unwrap();
        killed += i32::from(program.wait().unwrap().code().is_none());
        if run % 5 == 4 && arrived.lock().unwrap().is_empty() {
            // On a busy machine, no program has sent anything yet.
            longest *= 2;
        }
    }
    let arrived = arrived.lock().unwrap();
    let saved = journal::all(&machine).unwrap();
    let written: BTreeSet<i64> =
        saved.entries.iter().filter_map(|entry| entry.identity.build_number).collect();
    assert!(killed > 0 && !arrived.is_empty(), "{killed} killed, {} arrived", arrived.len());
    let lost: Vec<_> = arrived.difference(&written).collect();
    assert!(lost.is_empty(), "sent but not in the journal: {lost:?}");
}
