//! A run is sent once, also by many processes.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};

use super::{Home, asset};
use crate::network::request_text;

/// The received build numbers in order, and whether the server may answer.
type State = Arc<(Mutex<(Vec<i64>, bool)>, Condvar)>;

/// A server that records the received runs and answers when the test allows it.
struct Server {
    url: String,
    state: State,
}

impl Server {
    /// Starts a server that accepts every run, at once or when the test allows it.
    fn start(answers: bool) -> Self {
        Self::saying("202 Accepted", answers)
    }

    fn saying(status: &'static str, answers: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state: State = Arc::new((Mutex::new((Vec::new(), answers)), Condvar::new()));
        let seen = Arc::clone(&state);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let seen = Arc::clone(&seen);
                std::thread::spawn(move || {
                    let text = request_text(&mut stream);
                    let body = text.split_once("\r\n\r\n").unwrap().1;
                    let run: serde_json::Value = serde_json::from_str(body).unwrap();
                    let number = run.get("build_number").and_then(serde_json::Value::as_i64).unwrap_or(0);
                    seen.0.lock().unwrap().0.push(number);
                    seen.1.notify_all();
                    let may_answer = seen.1.wait_while(seen.0.lock().unwrap(), |state| !state.1);
                    drop(may_answer.unwrap());
                    let answer =
                        format!("HTTP/1.1 {status}\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{{}}");
                    // The client may have disconnected.
                    stream.write_all(answer.as_bytes()).ok();
                });
            }
        });
        Self { url, state }
    }

    /// Waits until this many runs have arrived.
    fn sees(&self, count: usize) {
        let (state, changed) = &*self.state;
        drop(changed.wait_while(state.lock().unwrap(), |state| state.0.len() < count).unwrap());
    }

    fn answer(&self) {
        self.state.0.lock().unwrap().1 = true;
        self.state.1.notify_all();
    }

    fn arrived(&self) -> Vec<i64> {
        let mut arrived = self.state.0.lock().unwrap().0.clone();
        arrived.sort_unstable();
        arrived
    }

    fn send(&self, home: &Home, file: &str, more: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_sei-compose"))
            .env_clear()
            .env("SEI_COMPOSE_CONFIG_DIR", home.path("config"))
            .env("SEI_COMPOSE_DATA_DIR", home.path("data"))
            .env("HARNESS_SEI_API_KEY", "any-key")
            .current_dir(home.path(""))
            .args(["send", file, "--base-url", &self.url])
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Sends and waits for the end; returns exit code, standard output and standard error.
    fn sent(&self, home: &Home, file: &str, more: &[&str]) -> (i32, String, String) {
        end(self.send(home, file, more))
    }
}

fn end(program: Child) -> (i32, String, String) {
    let ended = program.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ended.status.code().unwrap(), text(ended.stdout), text(ended.stderr))
}

fn run(number: i64) -> String {
    asset("samples/ci-run.json").replace("1482", &number.to_string())
}

#[test]
fn one_of_twenty_processes_sends_a_run_and_the_others_report_it() {
    let (home, server) = (Home::new(), Server::start(false));
    let file = home.put("run.json", &run(1));
    let mut programs: BTreeMap<u32, Child> = (0..20)
        .map(|_| server.send(&home, file, &["--format", "json"]))
        .map(|program| (program.id(), program))
        .collect();
    server.sees(1);
    // Every process ends by itself except the one that waits for its answer.
    let mut finished = Vec::new();
    while finished.len() < 19 {
        let ended: Vec<u32> = programs
            .iter_mut()
            .filter_map(|(id, program)| program.try_wait().unwrap().map(|_status| *id))
            .collect();
        finished.extend(ended.iter().map(|id| end(programs.remove(id).unwrap())));
        std::thread::yield_now();
    }
    let (holder, program) = programs.pop_first().unwrap();
    for (code, results, said) in finished {
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(&format!("This run is being sent by process {holder} since ")), "{said}");
        assert!(said.contains("Add --yes to send it again."), "{said}");
        assert!(!said.contains("Sending "), "{said}");
        assert!(results.starts_with(r#"{"outcome":"not-sent","status":null,"attempts":0,"#), "{results}");
    }
    server.answer();
    assert_eq!(end(program).0, 0);
    assert_eq!(server.arrived(), [1]);
}

#[test]
fn one_of_twenty_processes_sends_a_run_also_with_an_immediate_answer() {
    let (home, server) = (Home::new(), Server::start(true));
    let file = home.put("run.json", &run(1));
    let programs: Vec<_> = (0..20).map(|_| server.send(&home, file, &[])).collect();
    let mut codes: Vec<_> = programs.into_iter().map(|program| end(program).0).collect();
    codes.sort_unstable();
    assert_eq!((server.arrived(), codes.remove(0)), (vec![1], 0));
    assert_eq!(codes, [2; 19]);
}

#[test]
fn different_runs_are_sent_concurrently() {
    let (home, server) = (Home::new(), Server::start(false));
    let names: Vec<String> = (1..=8).map(|number| format!("{number}.json")).collect();
    for (number, name) in (1..).zip(&names) {
        home.put(name, &run(number));
    }
    let programs: Vec<_> = names.iter().map(|name| server.send(&home, name, &[])).collect();
    // No process waits for another: all runs arrive before the first answer.
    server.sees(8);
    server.answer();
    for program in programs {
        assert_eq!(end(program).0, 0);
    }
    assert_eq!(server.arrived(), [1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn a_run_whose_process_was_killed_needs_a_yes_since_it_may_have_been_accepted() {
    let (home, server) = (Home::new(), Server::start(false));
    let file = home.put("run.json", &run(1));
    let mut killed = server.send(&home, file, &[]);
    server.sees(1);
    killed.kill().unwrap();
    killed.wait().unwrap();
    server.answer();
    let (code, _, said) = server.sent(&home, file, &[]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains(&format!("Process {} sent this run at ", killed.id())), "{said}");
    assert!(said.contains("the outcome is unknown, and SEI may have accepted it"), "{said}");
    assert_eq!(server.sent(&home, file, &["--yes"]).0, 0);
    assert_eq!(server.arrived(), [1, 1]);
}

#[test]
fn an_accepted_run_needs_a_yes_and_a_refused_or_undelivered_one_does_not() {
    let home = Home::new();
    let file = home.put("run.json", &run(1));
    let refusing = Server::saying("400 Bad Request", true);
    assert_eq!(refusing.sent(&home, file, &[]).0, 3);
    assert_eq!(refusing.sent(&home, file, &[]).0, 3);
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let closed = Server { url: format!("http://{closed}"), state: State::default() };
    assert_eq!(closed.sent(&home, file, &[]).0, 4);
    assert_eq!(closed.sent(&home, file, &[]).0, 4);
    let accepting = Server::start(true);
    assert_eq!(accepting.sent(&home, file, &[]).0, 0, "another server has nothing to do with it");
    let (code, results, said) = accepting.sent(&home, file, &["--format", "json"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("This run was already sent at ") && said.contains(" and accepted."), "{said}");
    assert!(results.contains("\"outcome\":\"not-sent\""), "{results}");
    assert_eq!(accepting.sent(&home, file, &["--yes"]).0, 0);
    assert_eq!(accepting.sent(&home, file, &["--no-fail"]).0, 0);
    assert_eq!(accepting.arrived(), [1, 1]);
}

#[test]
fn a_run_is_the_same_under_another_spelling_and_by_another_name_of_the_environment() {
    let (home, server) = (Home::new(), Server::start(true));
    let file = home.put("run.json", &run(1));
    assert_eq!(server.sent(&home, file, &[]).0, 0);
    let upper = home.put("upper.json", &run(1).replace("5b0f7f0e", "5B0F7F0E").replace("SUCCESS", "FAILURE"));
    assert_eq!(server.sent(&home, upper, &[]).0, 2);
    assert_eq!(server.sent(&home, file, &["--env", "prod2"]).0, 2);
    assert_eq!(server.arrived(), [1]);
}

#[test]
fn a_run_without_a_build_number_is_run_0_of_its_job() {
    let (home, server) = (Home::new(), Server::start(true));
    let without = run(1).replace("\"build_number\": 1,", "");
    assert!(!without.contains("build_number"));
    let file = home.put("run.json", &without);
    assert_eq!(server.sent(&home, file, &[]).0, 0);
    let other = home.put("other.json", &without.replace("SUCCESS", "FAILURE"));
    let (code, _, said) = server.sent(&home, other, &[]);
    assert_eq!(code, 2, "{said}");
    assert_eq!(server.arrived(), [0]);
}
