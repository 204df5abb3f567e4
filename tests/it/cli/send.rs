//! `send` and `guid`, over real HTTP to a sandbox.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use sei_compose::document::{read, write_compact};
use sei_compose::sandbox::{self, Sandbox, SandboxSettings};
use serde_json::Value;
use snapbox::cmd::OutputAssert;
use snapbox::str;

use super::{Home, asset, stderr, stdout};
use crate::sandbox::known;

const KEY: &str = "planted-key-7f3a";

/// Sends with a key to a sandbox.
fn send(home: &Home, sandbox: &Sandbox, file: &str, more: &[&str]) -> OutputAssert {
    let url = sandbox.url();
    let arguments = ["send", file, "--base-url", &url].into_iter().chain(more.iter().copied());
    let ended = home.command(arguments).env("HARNESS_SEI_API_KEY", KEY).assert();
    assert!(!stdout(&ended).contains(KEY) && !stderr(&ended).contains(KEY), "the key was printed");
    ended
}

fn start() -> Sandbox {
    sandbox::start(0, SandboxSettings::default()).unwrap()
}

/// The unwrapped payloads that a sandbox received, oldest first.
fn arrived(sandbox: &Sandbox) -> Vec<String> {
    let address = sandbox.url().replace("http://", "");
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(stream, "GET /sandbox/runs HTTP/1.0\r\nHost: {address}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let listed: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    let unwrapped = |run: &Value| {
        let body = run.get("body").unwrap().as_str().unwrap();
        match serde_json::from_str::<Value>(body).unwrap().get("payload").and_then(Value::as_str) {
            Some(payload) => payload.to_owned(),
            None => body.to_owned(),
        }
    };
    listed.get("runs").unwrap().as_array().unwrap().iter().map(unwrapped).collect()
}

#[test]
fn a_good_run_is_accepted_and_the_outcome_is_the_only_result() {
    let (home, sandbox) = (Home::new(), start());
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    let ended = send(&home, &sandbox, file, &["--env", "sandbox"]).success();
    assert_eq!(stdout(&ended).lines().count(), 1, "{}", stdout(&ended));
    assert!(stderr(&ended).starts_with("Sending 2.1 kB to Sandbox (127.0.0.1:"), "{}", stderr(&ended));
}

#[test]
fn a_protected_environment_moved_to_this_machine_is_not_asked_about() {
    let (home, sandbox) = (Home::new(), start());
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    send(&home, &sandbox, file, &["--env", "prod2"]).success();
}

#[test]
fn a_protected_address_is_protected_under_every_name_of_its_server() {
    let (home, sandbox) = (Home::new(), start());
    let base = sandbox.url();
    home.put("config/config.toml", &format!("[environments.mine]\nbase = \"{base}\"\nprotected = true\n"));
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    for name in ["localhost", "LOCALHOST", "127.1", "[::1]", "[0:0::1]"] {
        let url = base.replace("127.0.0.1", name);
        let refused = home
            .command(["send", file, "--base-url", &url])
            .env("HARNESS_SEI_API_KEY", KEY)
            .assert()
            .failure();
        assert!(stderr(&refused).contains("is protected"), "{name}: {}", stderr(&refused));
    }
    assert_eq!(arrived(&sandbox).len(), 0);
}

#[test]
fn a_run_is_sent_once_under_all_names_of_its_server() {
    let (home, sandbox) = (Home::new(), known::start());
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    send(&home, &sandbox, file, &[]).success();
    let url = sandbox.url().replace("127.0.0.1", "localhost");
    let refused =
        home.command(["send", file, "--base-url", &url]).env("HARNESS_SEI_API_KEY", KEY).assert().failure();
    assert!(stderr(&refused).contains("already sent"), "{}", stderr(&refused));
    assert_eq!(arrived(&sandbox).len(), 1);
}

#[test]
fn the_outcome_for_programs_is_one_object() {
    let (home, sandbox) = (Home::new(), start());
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    let ended = send(&home, &sandbox, file, &["--env", "sandbox", "--format", "json"]).success();
    let printed = stdout(&ended).replace(&sandbox.url(), "[SANDBOX]");
    snapbox::assert_data_eq!(
        printed,
        str![[r#"
{"outcome":"accepted","status":202,"attempts":1,"environment":"sandbox","url":"[SANDBOX]/v1/custom-cicd","identity":{"instance_guid":"5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41","job_full_name":"shop/checkout-service/main","build_number":1482},"problems":[],"reply":{"response_type":"JenkinsPluginJobRunCompleteResponse","payload":"{/"run_ids/":[]}"}}

"#]]
    );
}

#[test]
fn errors_prevent_every_request() {
    let (home, sandbox) = (Home::new(), start());
    let file = home.put("run.json", &asset("samples/first-run.json"));
    let ended = send(&home, &sandbox, file, &["--format", "json"]).code(1);
    assert!(stdout(&ended).starts_with("{\"outcome\":\"not-sent\",\"status\":null,\"attempts\":0,"));
    send(&home, &sandbox, file, &[]).code(1).stdout_eq("");
    send(&home, &sandbox, file, &["--no-fail"]).code(0).stdout_eq("");
    assert_eq!(arrived(&sandbox).len(), 0);
}

#[test]
fn a_dry_run_prints_the_request_and_sends_nothing() {
    let (home, sandbox) = (Home::new(), start());
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    let ended = send(&home, &sandbox, file, &["--dry-run"]).success();
    assert!(stdout(&ended).starts_with("POST /v1/custom-cicd HTTP/1.1\n"), "{}", stdout(&ended));
    assert_eq!(arrived(&sandbox).len(), 0);
}

#[test]
fn without_a_terminal_warnings_do_not_block() {
    let (home, sandbox) = (Home::new(), start());
    let warned = asset("samples/ci-run.json").replace("\"id\": \"build\",", "");
    let file = home.put("run.json", &warned);
    let ended = send(&home, &sandbox, file, &[]).success();
    assert!(stderr(&ended).contains("warning[stage-id-missing]"), "{}", stderr(&ended));
}

#[test]
fn a_missing_key_names_its_variable() {
    let home = Home::new();
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    home.run(["send", file, "--env", "prod2", "--yes"]).code(2).stdout_eq("").stderr_eq(str![[r#"
sei-compose: No key for Harness PROD2: set HARNESS_SEI_API_KEY to your API key.

"#]]);
}

#[test]
fn without_a_terminal_a_protected_environment_needs_a_yes() {
    let home = Home::new();
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    let command = home.command(["send", file, "--env", "prod2"]).env("HARNESS_SEI_API_KEY", KEY);
    command.assert().code(2).stdout_eq("").stderr_eq(str![[r#"
sei-compose: Harness PROD2 is protected, and confirmation needs a terminal. Add --yes to send.

"#]]);
}

#[test]
fn a_wrong_key_is_refused_and_a_closed_port_gives_no_answer() {
    let home = Home::new();
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    let strict = sandbox::start(0, SandboxSettings::with_key("another").unwrap()).unwrap();
    send(&home, &strict, file, &[]).code(3);
    send(&home, &strict, file, &["--no-fail"]).code(0);
    let url = strict.url();
    strict.stop();
    let command = home.command(["send", file, "--base-url", &url]).env("HARNESS_SEI_API_KEY", KEY);
    command.assert().code(4);
}

#[test]
fn a_guid_from_the_sandbox_is_the_only_result() {
    let (home, sandbox) = (Home::new(), start());
    let url = sandbox.url();
    let guid = ["guid", "--base-url", &url, "--integration-id", "4620", "--name", "Shop CI"];
    let ended = home.command(guid).env("HARNESS_SEI_API_KEY", KEY).assert().success();
    assert!(uuid::Uuid::parse_str(stdout(&ended).trim()).is_ok(), "{}", stdout(&ended));
    let wish = "0b36a2b4-7f1e-4f7e-8f0a-1c2d3e4f5a6b";
    let wished = home.command(guid.into_iter().chain(["--guid", wish])).env("HARNESS_SEI_API_KEY", KEY);
    wished.assert().success().stdout_eq(format!("{wish}\n"));
}

#[test]
fn a_guid_names_the_server_that_created_it() {
    let (home, sandbox) = (Home::new(), start());
    let url = sandbox.url();
    let host = url.trim_start_matches("http://");
    for env in [&[][..], &["--env", "prod2"], &["--env", "eu"]] {
        let guid = ["guid", "--base-url", &url, "--integration-id", "4620", "--name", "Shop CI", "--yes"];
        let command = home.command(guid.into_iter().chain(env.iter().copied()));
        let ended = command.env("HARNESS_SEI_API_KEY", KEY).assert().success();
        let said = stderr(&ended);
        assert!(said.contains(&format!("{host} now stores runs with this GUID.")), "{said}");
    }
}

#[test]
fn guid_without_arguments_says_where_they_come_from_and_that_there_is_a_local_one() {
    let home = Home::new();
    for arguments in [&["guid"][..], &["guid", "--name", "Shop CI"], &["guid", "--integration-id", "4620"]] {
        let ended = home.command(arguments.iter().copied()).assert().code(2);
        let said = stderr(&ended);
        for words in ["--integration-id", "--name", "satellite.yml", "guid --local"] {
            assert!(said.contains(words), "{arguments:?}: {words}: {said}");
        }
    }
}

#[test]
fn a_run_arrives_as_it_was_written() {
    let (home, sandbox) = (Home::new(), start());
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    for format in ["flat", "wrapped"] {
        home.put("config/config.toml", &format!("[environments.sandbox]\nformat = \"{format}\"\n"));
        send(&home, &sandbox, file, &["--env", "sandbox"]).success();
    }
    let sent = write_compact(&read(&asset("samples/ci-run.json")).unwrap());
    assert_eq!(arrived(&sandbox), [sent.clone(), sent]);
}

/// Runs the program on its own terminal and answers one question; returns exit code and output.
#[cfg(unix)]
fn ask(home: &Home, arguments: &[&str], answer: &str) -> (u32, String) {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sei-compose"));
    command.env_clear();
    command.args(arguments);
    command.cwd(home.path(""));
    for (name, value) in [("SEI_COMPOSE_CONFIG_DIR", "config"), ("SEI_COMPOSE_DATA_DIR", "data")] {
        command.env(name, home.path(value));
    }
    command.env("HARNESS_SEI_API_KEY", KEY);
    command.env("SEI_COMPOSE_NOW", "2026-01-05T10:00:00Z");
    let mut program = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut writer = pair.master.take_writer().unwrap();
    let mut reader = pair.master.try_clone_reader().unwrap();
    let (mut seen, mut buffer, mut is_answered) = (String::new(), [0; 4096], false);
    // A closed terminal gives an error on some systems and an empty read on others.
    while let Ok(count @ 1..) = reader.read(&mut buffer) {
        seen.push_str(&String::from_utf8_lossy(buffer.get(..count).unwrap()));
        if !is_answered
            && (seen.contains("to send: ") || seen.contains("the instance: ") || seen.contains("[y/N] "))
        {
            write!(writer, "{answer}\r").unwrap();
            is_answered = true;
        }
    }
    (program.wait().unwrap().exit_code(), seen)
}

#[cfg(unix)]
#[test]
fn on_a_terminal_a_protected_environment_requires_its_name() {
    let (home, sandbox) = (Home::new(), start());
    let base = sandbox.url();
    home.put("config/config.toml", &format!("[environments.mine]\nbase = \"{base}\"\nprotected = true\n"));
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    let (code, seen) = ask(&home, &["send", file, "--env", "mine"], "y");
    assert_eq!(code, 130, "{seen}");
    assert_eq!(arrived(&sandbox).len(), 0);
    let (code, seen) = ask(&home, &["send", file, "--env", "mine"], "mine");
    assert_eq!(code, 0, "{seen}");
    assert_eq!(arrived(&sandbox).len(), 1);
}

#[cfg(unix)]
#[test]
fn on_a_terminal_warnings_are_asked_about() {
    let (home, sandbox) = (Home::new(), start());
    let base = sandbox.url();
    let file = home.put("run.json", &asset("samples/ci-run.json").replace("\"id\": \"build\",", ""));
    let arguments = ["send", file, "--base-url", &base];
    let (code, seen) = ask(&home, &arguments, "");
    assert_eq!(code, 130, "{seen}");
    assert_eq!(arrived(&sandbox).len(), 0);
    assert_eq!(ask(&home, &arguments, "y").0, 0);
    assert_eq!(ask(&home, &["send", file, "--base-url", &base, "--force-warnings"], "").0, 0);
    assert_eq!(arrived(&sandbox).len(), 2);
}

#[cfg(unix)]
#[test]
fn on_a_terminal_a_run_that_was_sent_is_asked_about_once() {
    let (home, sandbox) = (Home::new(), known::start());
    let base = sandbox.url();
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    let arguments = ["send", file, "--base-url", &base];
    assert_eq!(ask(&home, &arguments, "").0, 0);
    let (code, seen) = ask(&home, &arguments, "");
    assert_eq!(code, 130, "{seen}");
    assert!(seen.contains("This run was already sent at 2026-01-05 10:00:00 UTC and accepted."), "{seen}");
    assert!(seen.contains("Send it again? [y/N]") && !seen.contains("Send with"), "{seen}");
    assert_eq!(arrived(&sandbox).len(), 1);
    assert_eq!(ask(&home, &arguments, "y").0, 0);
    assert_eq!(arrived(&sandbox).len(), 2);
}

#[cfg(unix)]
#[test]
fn on_a_terminal_an_instance_in_a_protected_environment_requires_its_name() {
    let (home, sandbox) = (Home::new(), start());
    let base = sandbox.url();
    home.put("config/config.toml", &format!("[environments.mine]\nbase = \"{base}\"\nprotected = true\n"));
    let guid = ["guid", "--env", "mine", "--integration-id", "4620", "--name", "Shop CI"];
    let (code, seen) = ask(&home, &guid, "y");
    assert_eq!(code, 130, "{seen}");
    assert!(seen.contains("No instance was created."), "{seen}");
    assert_eq!(sandbox.instances().len(), 0);
    let (code, seen) = ask(&home, &guid, "mine");
    assert_eq!(code, 0, "{seen}");
    assert_eq!(sandbox.instances().len(), 1);
}

#[test]
fn without_a_terminal_an_instance_in_a_protected_environment_needs_a_yes() {
    let (home, sandbox) = (Home::new(), start());
    let base = sandbox.url();
    home.put("config/config.toml", &format!("[environments.mine]\nbase = \"{base}\"\nprotected = true\n"));
    let guid = ["guid", "--env", "mine", "--integration-id", "4620", "--name", "Shop CI"];
    let command = || home.command(guid).env("HARNESS_SEI_API_KEY", KEY);
    command().assert().code(2).stdout_eq("").stderr_eq(str![[r#"
sei-compose: mine is protected, and confirmation needs a terminal. Add --yes to create the instance.

"#]]);
    // The same address is also protected under another name and as an option.
    for env in ["mine", "sandbox"] {
        let elsewhere =
            ["guid", "--env", env, "--base-url", &base, "--integration-id", "4620", "--name", "Shop CI"];
        home.command(elsewhere).env("HARNESS_SEI_API_KEY", KEY).assert().code(2).stdout_eq("");
    }
    assert!(sandbox.instances().is_empty() && !home.path("data/journal").exists());
    command().arg("--yes").assert().success();
    assert_eq!(sandbox.instances().len(), 1);
}

#[test]
fn a_key_in_the_payload_blocks_the_send_and_its_field_is_named() {
    let (home, sandbox) = (Home::new(), start());
    let text = asset("samples/ci-run.json").replace("\"main\"", &format!("\"x-{KEY}\""));
    assert!(text.contains(KEY));
    let file = home.put("run.json", &text);
    let url = sandbox.url();
    let arguments = ["send", file, "--base-url", &url, "--format", "json"];
    let ended = home.command(arguments).env("HARNESS_SEI_API_KEY", KEY).assert().code(1);
    let said = stderr(&ended);
    assert!(said.contains("Nothing was sent: the API key is in branch_name."), "{said}");
    let printed: Value = serde_json::from_str(&stdout(&ended)).unwrap();
    assert_eq!(printed.get("outcome").unwrap(), "not-sent");
    let guid = ["guid", "--base-url", &url, "--integration-id", "4620", "--name", KEY];
    let ended = home.command(guid).env("HARNESS_SEI_API_KEY", KEY).assert().code(2);
    let said = stderr(&ended);
    assert!(said.contains("is in the name of the instance") && !said.contains(KEY), "{said}");
    assert!(arrived(&sandbox).is_empty() && !home.path("data/journal").exists());
}
