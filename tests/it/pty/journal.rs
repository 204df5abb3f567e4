//! The journal of the real app: written before each send, and known to the next session.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;

use sei_compose::sandbox::{self, SandboxSettings};
use sei_compose::world::{Folders, Machine, journal};

use super::loopback::serving;
use super::terminal::Home;
use crate::network::request_text;
use crate::sandbox::known;

const KEY: [(&str, &str); 1] = [("HARNESS_SEI_API_KEY", "any-key")];

fn sample(home: &Home) {
    let run = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/ci-run.json");
    std::fs::copy(run, home.path("run.json")).unwrap();
}

#[test]
fn a_sent_run_is_in_the_journal_and_the_next_session_warns_about_it() {
    let (home, sandbox) = (Home::new(), known::start());
    sample(&home);
    let url = sandbox.url();
    let arguments = ["run.json", "--env", "sandbox", "--base-url", &url];
    let mut app = home.open_with(&arguments, &KEY);
    app.see("no errors");
    app.press("F5");
    app.see("Enter sends");
    app.press("Enter");
    app.see("202: queued, not stored yet");
    app.press("Enter");
    app.press("F10");
    assert_eq!(app.exit(), 0);

    let machine = Machine::at(Folders { config: home.path("config"), data: home.path("data") });
    let entries = journal::all(&machine).unwrap().entries;
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].body.text(), sandbox.received()[0].body);
    assert_eq!(entries[0].ending.as_ref().unwrap().status, Some(202));

    let mut again = home.open_with(&arguments, &KEY);
    again.see("1 warning");
    again.press("F10");
    assert_eq!(again.exit(), 0);
}

#[test]
fn the_app_sends_no_run_that_it_cannot_record() {
    let (home, sandbox) = (Home::new(), sandbox::start(0, SandboxSettings::default()).unwrap());
    sample(&home);
    std::fs::create_dir_all(home.path("data")).unwrap();
    std::fs::write(home.path("data/journal"), "a file in place of a folder").unwrap();
    let url = sandbox.url();
    let mut app = home.open_with(&["run.json", "--env", "sandbox", "--base-url", &url], &KEY);
    app.see("Sandbox");
    app.press("F5");
    app.see("Enter sends");
    app.press("Enter");
    app.see("Nothing was sent");
    app.press("Enter");
    app.press("F10");
    assert_eq!(app.exit(), 0);
    assert!(sandbox.received().is_empty());
}

/// The journal disappears between the two lines of an entry; the test server moves it at this
/// moment.
#[test]
fn an_end_that_cannot_be_recorded_is_reported_in_the_app() {
    let home = Home::new();
    sample(&home);
    let (journal, gone) = (home.path("data/journal"), home.path("gone"));
    let (url, _server) = serving(move |mut stream| {
        request_text(&mut stream);
        std::fs::rename(&journal, gone).unwrap();
        std::fs::write(&journal, "a file in place of a folder").unwrap();
        stream.write_all(b"HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\n{}").unwrap();
    });
    let mut app = home.open_with(&["run.json", "--env", "sandbox", "--base-url", &url], &KEY);
    app.see("no errors");
    app.press("F5");
    app.see("Enter sends");
    app.press("Enter");
    app.see("202: queued, not stored yet");
    app.see("lists it as unknown");
    app.press("Enter");
    app.press("F10");
    assert_eq!(app.exit(), 0);
}

/// Runs `send` in another process; returns its exit code and standard error.
fn send_command(home: &Home, url: &str, more: &[&str]) -> (Option<i32>, String) {
    let ended = Command::new(env!("CARGO_BIN_EXE_sei-compose"))
        .env_clear()
        .env("SEI_COMPOSE_CONFIG_DIR", home.path("config"))
        .env("SEI_COMPOSE_DATA_DIR", home.path("data"))
        .env("HARNESS_SEI_API_KEY", "any-key")
        .current_dir(home.path(""))
        .args(["send", "run.json", "--env", "sandbox", "--base-url", url])
        .args(more)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (ended.status.code(), String::from_utf8(ended.stderr).unwrap())
}

/// While the app sends a run, neither `send` nor a second app sends it. Afterwards both report that
/// it was accepted.
#[test]
fn a_run_that_the_app_sends_is_not_sent_by_another_process() {
    let home = Home::new();
    sample(&home);
    let (arrived, has_arrived) = channel();
    let (go, may_go) = channel::<()>();
    let (url, _server) = serving(move |mut stream| {
        request_text(&mut stream);
        arrived.send(()).unwrap();
        may_go.recv().unwrap();
        stream.write_all(b"HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\n{}").unwrap();
    });
    let arguments = ["run.json", "--env", "sandbox", "--base-url", &url];
    let (mut app, mut second) = (home.open_with(&arguments, &KEY), home.open_with(&arguments, &KEY));
    for app in [&mut app, &mut second] {
        app.see("no errors");
        app.press("F5");
        app.see("Enter sends");
    }
    app.press("Enter");
    has_arrived.recv().unwrap();
    let words = format!("This run is being sent by process {} since", app.process());
    let (code, said) = send_command(&home, &url, &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains(&words), "{said}");
    second.press("Enter");
    second.see("Send again?");
    second.see(&words);
    second.press("Enter");
    second.see_no_more("Send again?");
    go.send(()).unwrap();
    app.see("202: queued, not stored yet");
    let (code, said) = send_command(&home, &url, &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("and accepted"), "{said}");
    // The second app has not read the new entry, so that its review does not warn.
    second.press("F5");
    second.see("Enter sends");
    second.press("Enter");
    second.see("and accepted");
    for mut app in [app, second] {
        app.press("Enter");
        app.see_no_more("Enter close");
        app.see_no_more("Send again");
        app.press("F10");
        assert_eq!(app.exit(), 0);
    }
}

#[test]
fn the_app_neither_sends_nor_records_a_key_in_the_payload() {
    let (home, sandbox) = (Home::new(), sandbox::start(0, SandboxSettings::default()).unwrap());
    sample(&home);
    let text = std::fs::read_to_string(home.path("run.json")).unwrap();
    std::fs::write(home.path("run.json"), text.replace("\"main\"", "\"planted-key-7f3a\"")).unwrap();
    let key = [("HARNESS_SEI_API_KEY", "planted-key-7f3a")];
    let url = sandbox.url();
    let mut app = home.open_with(&["run.json", "--env", "sandbox", "--base-url", &url], &key);
    app.see("no errors");
    app.press("F5");
    app.see("Enter sends");
    app.press("Enter");
    app.see("Nothing was sent: the API key is in branch_name");
    app.press("Enter");
    app.see_no_more("Nothing was sent");
    app.press("F10");
    assert_eq!(app.exit(), 0);
    assert!(sandbox.received().is_empty() && !home.path("data/journal").exists());
}

#[test]
fn an_invalid_key_is_reported_with_the_reason() {
    for (value, reason) in
        [("two words", "the key contains a space"), ("a\u{7}b", "the key contains a control"), ("", "empty")]
    {
        let home = Home::new();
        let mut app = home.open_with(&["--env", "prod2"], &[("HARNESS_SEI_API_KEY", value)]);
        app.see("key unusable");
        app.press("F5");
        app.see(reason);
        app.signal("TERM");
        assert_eq!(app.exit(), 0);
    }
}
