//! The sources of keys, in the order of the environment, printed without the key.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;

use sei_compose::sandbox::{self, Sandbox, SandboxSettings};
use snapbox::cmd::OutputAssert;

use super::{Home, stderr, stdout};

const KEY: &str = "planted-key-7f3a";

/// Requests a GUID with these key sources from a sandbox that accepts only the planted key.
fn ask(home: &Home, sandbox: &Sandbox, keys: &str) -> OutputAssert {
    let base = sandbox.url();
    home.put("config/config.toml", &format!("[environments.lab]\nbase = \"{base}\"\nkeys = {keys}\n"));
    let ask = home.command(["guid", "--env", "lab", "--integration-id", "4620", "--name", "Lab"]);
    let ended = ask.env("PATH", "/usr/bin:/bin").env("LAB_KEY", "").assert();
    assert!(!stdout(&ended).contains(KEY) && !stderr(&ended).contains(KEY), "the key was printed");
    ended
}

fn start() -> Sandbox {
    let key = sei_compose::wire::find("sandbox").unwrap().key(KEY).unwrap();
    sandbox::start(0, SandboxSettings { key: Some(key), ..SandboxSettings::default() }).unwrap()
}

fn put_key(home: &Home, mode: u32) -> String {
    home.put("key", &format!("{KEY}\n"));
    let path = home.path("key");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_command_gives_the_key_with_the_first_line_it_prints() {
    let (home, sandbox) = (Home::new(), start());
    ask(&home, &sandbox, &format!(r#"["command:printf '{KEY}\\nremark\\n'"]"#)).success();
}

#[test]
fn a_file_gives_the_key_when_only_its_owner_may_read_it() {
    let (home, sandbox) = (Home::new(), start());
    let path = put_key(&home, 0o600);
    ask(&home, &sandbox, &format!(r#"["env:LAB_KEY", "file:{path}"]"#)).success();
    put_key(&home, 0o644);
    let output = ask(&home, &sandbox, &format!(r#"["env:LAB_KEY", "file:{path}"]"#)).code(2);
    output.stderr_eq(
        "sei-compose: No key for lab: the variable LAB_KEY is set, but empty or not text; [HOME]/key has mode 0644, so other \
         users can read it; run `chmod 600`. A sandbox accepts any text.\n",
    );
}

#[test]
fn the_first_source_that_has_a_key_is_used() {
    let (home, sandbox) = (Home::new(), start());
    let path = put_key(&home, 0o600);
    ask(&home, &sandbox, &format!(r#"["command:exit 3", "file:{path}", "command:echo other"]"#)).success();
    ask(&home, &sandbox, &format!(r#"["command:echo other", "file:{path}"]"#)).code(3);
}

#[test]
fn a_failed_key_command_is_reported_without_its_output() {
    let (home, sandbox) = (Home::new(), start());
    let table = [
        (format!("echo {KEY} >&2; exit 7"), "the command echo failed with exit code 7"),
        ("true".to_owned(), "the command true printed nothing"),
        (format!("echo {KEY}; kill -9 $$"), "the command echo was stopped by a signal"),
    ];
    for (line, reason) in table {
        let output = ask(&home, &sandbox, &format!(r#"["command:{line}"]"#)).code(2);
        output.stderr_eq(format!("sei-compose: No key for lab: {reason}. A sandbox accepts any text.\n"));
    }
    let output = ask(&home, &sandbox, &format!(r#"["command:echo {KEY} and more"]"#)).code(2);
    assert!(stderr(&output).contains("the command echo holds no usable key"), "{}", stderr(&output));
}

#[test]
fn an_invalid_list_of_sources_is_an_error_that_repeats_no_value() {
    let (home, sandbox) = (Home::new(), start());
    for keys in [format!("[\"{KEY}\"]"), format!("\"{KEY}\""), "[]".to_owned(), "[1]".to_owned()] {
        let output = ask(&home, &sandbox, &keys).code(2);
        assert!(stderr(&output).contains("config.toml:3: keys should be a list"), "{}", stderr(&output));
    }
}

/// A report quotes its file, and often goes into a log.
#[test]
fn a_report_redacts_the_key_of_the_file() {
    let home = Home::new();
    let run = format!("{{\n  \"pipeline\": \"{KEY}\",\n  \"result\": \"succes {KEY}\"\n}}\n");
    let name = home.put("run.json", &run);
    for format in ["human", "json", "github", "sarif"] {
        let ended =
            home.command(["check", name, "--format", format]).env("HARNESS_SEI_API_KEY", KEY).assert();
        let ended = ended.code(1);
        let output = stdout(&ended) + &stderr(&ended);
        assert!(output.contains("succes"), "{format} does not quote the value:\n{output}");
        assert!(!output.contains(KEY), "{format} prints the key:\n{output}");
        let open = stdout(&home.command(["check", name, "--format", format]).assert());
        assert!(open.contains(KEY), "without a key at hand there is none to know");
    }
    let fixed = home.command(["check", name, "--fix", "safe"]).env("HARNESS_SEI_API_KEY", KEY).assert();
    assert!(stdout(&fixed).contains("••••••") && !stdout(&fixed).contains(KEY), "{}", stdout(&fixed));
    assert!(stderr(&fixed).contains("The payload contained an API key"), "{}", stderr(&fixed));
}
