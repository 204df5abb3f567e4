//! `doctor` and `env test`: their output, without any key.

use sei_compose::sandbox::{self, Sandbox, SandboxSettings};
use sei_compose::text::base64;
use snapbox::cmd::OutputAssert;

use super::{Home, stderr, stdout};

const KEY: &str = "planted-key-7f3a";

fn start() -> Sandbox {
    let key = sei_compose::wire::find("sandbox").unwrap().key(KEY).unwrap();
    sandbox::start(0, SandboxSettings { key: Some(key), ..SandboxSettings::default() }).unwrap()
}

/// Runs a command with variables; the planted key is in none of its output.
fn run(home: &Home, arguments: &[&str], variables: &[(&str, &str)]) -> OutputAssert {
    let mut command = home.command(arguments.iter().copied());
    for (name, value) in variables {
        command = command.env(name, value);
    }
    let ended = command.assert();
    for output in [stdout(&ended), stderr(&ended)] {
        assert!(!output.contains(KEY), "the key was printed: {output}");
    }
    ended
}

/// A key in the form of SEI, which holds the planted key.
fn sei_key() -> String {
    base64(format!(r#"{{"key":"{KEY}","id":"i","company":"shop"}}"#).as_bytes())
}

/// The lines of a subject, without the columns between.
fn lines(ended: &OutputAssert, subject: &str) -> Vec<String> {
    let table = stdout(ended);
    let words = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    words.filter(|words| words.get(1) == Some(&subject)).map(|words| words.join(" ")).collect()
}

#[test]
fn a_correct_setup_has_no_problems() {
    let home = Home::new();
    let key = sei_key();
    let variables = [("HARNESS_SEI_API_KEY", key.as_str()), ("TERM", "xterm-256color"), ("LANG", "C.UTF-8")];
    let ended = run(&home, &["doctor"], &variables).success().stderr_eq("0 problems, 0 warnings.\n");
    // The line about the keyring depends on the build.
    ended.stdout_eq(snapbox::str![[r#"
ok  config        [HOME]/config/config.toml does not exist; the built-in settings apply
ok  keys          [HOME]/config/keys.toml does not exist; the built-in keys apply
ok  profile       [HOME]/config/profile.toml does not exist; simulations say on what it depends whether a run counts
ok  mappings      0 of your own
ok  data          [HOME]/data can be written
ok  modes         other users cannot read the drafts or write the settings
ok  drafts        0 drafts
ok  instances     0 instances in the book
ok  environment   none chosen; doctor checks Harness PROD2, the first target of the app
ok  key           Harness PROD2: from HARNESS_SEI_API_KEY, 72 characters: letters, digits, signs. The key has the form of an SEI key.
ok  keyring       this build has no keyring support; `cargo install --path . --locked --features keyring` adds it
ok  proxy         no proxy variable is set
ok  certificates  the certificates of this system
ok  terminal      TERM is xterm-256color
ok  characters    colors, UTF-8
ok  size          standard output is not a terminal

"#]]);
}

#[test]
fn each_mistake_is_reported_with_its_fix_and_only_problems_fail() {
    let home = Home::new();
    home.put("config/config.toml", "color = 1\n");
    home.put("config/keys.toml", "[form]\nnothing = [\"f1\"]\n");
    home.put("data/instances.json", "{}");
    home.put("data/drafts/a.json", "{");
    let variables = [
        ("HARNESS_SEI_API_KEY", "<your key>"),
        ("HTTPS_PROXY", "http://me:planted-key-7f3a@proxy.example:3128"),
        ("SSL_CERT_FILE", "/nowhere/ca.pem"),
        ("LANG", "C"),
    ];
    let ended = run(&home, &["doctor"], &variables).code(1);
    let one = |subject: &str| lines(&ended, subject).join("\n");
    assert!(
        one("config").starts_with("warning config config.toml:1: “color” is not a setting"),
        "{}",
        one("config")
    );
    assert!(one("keys").starts_with("problem keys"), "{}", one("keys"));
    assert!(one("instances").starts_with("problem instances"), "{}", one("instances"));
    assert!(one("drafts").starts_with("warning drafts 1 draft cannot be read"), "{}", one("drafts"));
    assert!(one("key").starts_with("problem key HARNESS_SEI_API_KEY holds no usable key"), "{}", one("key"));
    assert_eq!(one("proxy"), "ok proxy HTTPS_PROXY is http://proxy.example:3128");
    assert!(one("certificates").contains("which does not exist"), "{}", one("certificates"));
    assert!(one("terminal").starts_with("warning terminal TERM is not set"), "{}", one("terminal"));
    assert!(one("characters").contains("ASCII"), "{}", one("characters"));
    for (key, state) in [("your-api-key-goes-here", "problem"), ("short", "warning"), ("", "warning")] {
        let ended = run(&Home::new(), &["doctor"], &[("HARNESS_SEI_API_KEY", key)]);
        assert!(lines(&ended, "key").concat().starts_with(state), "{key}: {}", stdout(&ended));
    }
}

#[cfg(unix)]
#[test]
fn files_that_others_may_read_are_reported() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new();
    home.run(["instances", "add", "5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41", "--name", "a"]).success();
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(home.path("data/instances.json"), open).unwrap();
    let output = || lines(&run(&home, &["doctor"], &[]).success(), "modes").concat();
    assert!(output().starts_with("warning modes") && output().contains("has mode 0644"), "{}", output());
    std::fs::set_permissions(home.path("data/instances.json"), std::fs::Permissions::from_mode(0o600))
        .unwrap();
    std::fs::set_permissions(home.path("data"), std::fs::Permissions::from_mode(0o755)).unwrap();
    assert!(output().starts_with("ok modes"), "a folder that was named stays as it was made: {}", output());
}

#[test]
fn with_the_network_the_key_is_tried_and_a_missing_server_is_a_problem() {
    let (home, sandbox) = (Home::new(), start());
    let url = sandbox.url();
    let doctor = ["doctor", "--check-network", "--base-url", &url];
    // Without a pinned clock, the program and the server use the same clock.
    let good = run(&home, &doctor, &[("HARNESS_SEI_API_KEY", KEY), ("SEI_COMPOSE_NOW", "")]).success();
    assert!(lines(&good, "network").concat().ends_with("accepts the key"), "{}", stdout(&good));
    assert_eq!(lines(&good, "clock"), ["ok clock agrees with the server to the minute"]);
    let late =
        run(&home, &doctor, &[("HARNESS_SEI_API_KEY", KEY), ("SEI_COMPOSE_NOW", "2020-01-01T00:00:00Z")]);
    let output = lines(&late.code(1), "clock").concat();
    assert!(output.starts_with("problem clock") && output.contains("behind the server"), "{output}");
    let bad = run(&home, &doctor, &[("HARNESS_SEI_API_KEY", "another-key")]).code(1);
    assert!(lines(&bad, "network").concat().contains("401"), "{}", stdout(&bad));
    drop(sandbox);
    let gone = run(&home, &doctor, &[("HARNESS_SEI_API_KEY", KEY)]).code(1);
    assert!(lines(&gone, "network").concat().starts_with("problem network"), "{}", stdout(&gone));
}

#[test]
fn an_environment_is_tested_without_creating_anything_there() {
    let (home, sandbox) = (Home::new(), start());
    let (url, place) = (sandbox.url(), sandbox.url().replace("http://", ""));
    let test = ["env", "test", "sandbox", "--base-url", &url];
    run(&home, &test, &[("HARNESS_SEI_API_KEY", KEY)])
        .success()
        .stdout_eq(format!("Sandbox ({place}) accepts the key.\n"))
        .stderr_eq(format!("Testing the API key of Sandbox ({place}) …\n"));
    let refused = run(&home, &test, &[("HARNESS_SEI_API_KEY", "another-key")]).code(3);
    refused.stdout_eq("401: the key was not accepted\n");
    run(&home, &test, &[]).code(2);
    let elsewhere = format!("{url}/elsewhere");
    let lost =
        run(&home, &["env", "test", "--base-url", &elsewhere], &[("HARNESS_SEI_API_KEY", KEY)]).code(3);
    assert!(stdout(&lost).contains("unknown path"), "{}", stdout(&lost));
    drop(sandbox);
    run(&home, &test, &[("HARNESS_SEI_API_KEY", KEY)]).code(4);
}

#[test]
fn the_source_of_a_key_is_printed() {
    let home = Home::new();
    let output = run(&home, &["key", "where", "--env", "eu"], &[("HARNESS_SEI_API_KEY", KEY)]);
    output
        .success()
        .stdout_eq("HARNESS_SEI_API_KEY\n")
        .stderr_eq("note: The key is not in the form of an SEI key: SEI may refuse it.\n");
    run(&home, &["key", "where", "--env", "eu"], &[]).code(2).stdout_eq("");
}

#[test]
fn the_kind_of_a_key_is_reported_without_any_part_of_it() {
    let (home, own) = (Home::new(), sei_key());
    home.put("config/config.toml", "[environments.eu]\nscheme = \"Bearer\"\n");
    let cases = [
        ("prod2", own.as_str(), "ok", "has the form of an SEI key"),
        ("prod2", "pat.planted-a.planted-b.c", "warning", "is a Harness platform token, which SEI refuses"),
        ("prod2", own.get(..40).unwrap(), "warning", "is an SEI key without its end"),
        ("prod2", KEY, "warning", "is not in the form of an SEI key"),
        ("eu", own.as_str(), "warning", "eu sends keys as Bearer, which Harness refuses"),
    ];
    for (environment, key, state, words) in cases {
        let variables = [("HARNESS_SEI_API_KEY", key)];
        let found = run(&home, &["key", "where", "--env", environment], &variables).success();
        assert!(stderr(&found).contains(words), "{}", stderr(&found));
        let report = run(&home, &["doctor", "--env", environment], &variables).success();
        let line = lines(&report, "key").concat();
        assert!(line.starts_with(state) && line.contains(words), "{line}");
        let start = key.get(..6).unwrap();
        for output in [stdout(&found), stderr(&found), stdout(&report)] {
            assert!(!output.contains(start) && !output.contains("shop"), "{output}");
        }
    }
    let near = ["key", "where", "--env", "lab"];
    home.put("config/config.toml", "[environments.lab]\nbase = \"http://127.0.0.1:9\"\n");
    run(&home, &near, &[("HARNESS_SEI_API_KEY", "pat.a.b.c")]).success().stderr_eq("");
}

#[test]
fn a_retired_environment_is_named_and_never_a_default() {
    let home = Home::new();
    let note = "levelops is retired: the Propelo platform ended on 2025-03-31.";
    let listed = stdout(&home.run(["env", "list"]).success());
    assert_eq!(listed.lines().filter(|line| line.contains(" retired ")).count(), 5, "{listed}");
    let shown = stdout(&home.run(["env", "show", "levelops"]).success());
    assert!(shown.contains(&format!("Retired      {note}")), "{shown}");
    let variables = [("HARNESS_SEI_API_KEY", KEY)];
    let found = run(&home, &["key", "where", "--env", "levelops"], &variables).success();
    assert!(stderr(&found).contains(note) && stderr(&found).contains("--env NAME"), "{}", stderr(&found));
    let report = run(&home, &["doctor", "--env", "levelops"], &variables).success();
    assert!(lines(&report, "environment").concat().starts_with("warning environment levelops is retired"));
    home.put("config/config.toml", "default_environment = \"levelops\"\n");
    let unset = run(&home, &["key", "where"], &variables).code(2);
    assert!(stderr(&unset).contains("default_environment is ignored. levelops is retired"));
    assert!(stderr(&unset).contains("No environment is chosen."), "{}", stderr(&unset));
    // At another address, the environment is one of the user's own.
    home.put(
        "config/config.toml",
        "default_environment = \"levelops\"\n[environments.levelops]\nbase = \"https://sei.example.com\"\n",
    );
    let own = run(&home, &["key", "where"], &variables).success();
    assert!(!stderr(&own).contains("retired"), "{}", stderr(&own));
}
