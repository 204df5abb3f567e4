//! The key in all commands.

use sei_compose::sandbox::{self, SandboxSettings};

use super::KEY;
use super::echo::Echo;
use super::home::{Home, VARIABLE, curl, run, run_with_key, satellite};
use super::search::{assert_clean, percent};

#[test]
fn a_key_goes_from_each_source_to_the_server_and_nowhere_else() {
    let home = Home::new();
    let sandbox = sandbox::start(0, SandboxSettings::with_key(KEY).unwrap()).unwrap();
    let file = home.given("key", &format!("{KEY}\n"));
    let probe = home.made().join("seen");
    // The command records the process data of itself and of the program that every user of the
    // machine can read.
    let seen = "cat /proc/self/cmdline /proc/$$/cmdline /proc/$PPID/cmdline";
    let command = format!("command:{seen} > {}; cat {file}", probe.display());
    let sources =
        [("variable", "env:HARNESS_SEI_API_KEY"), ("command", &*command), ("file", &*format!("file:{file}"))];
    home.environments(&sandbox.url(), &sources);
    let run = home.given("run.json", &run());
    for (name, _) in sources {
        home.run(&["env", "test", name]).exits(0, "accepts the key");
        home.run(&["key", "where", "--env", name]).exits(0, "");
        home.run(&["doctor", "--check-network", "--env", name]);
        home.run(&["send", &run, "--env", name, "--force-warnings"]).exits(0, "202");
        home.run(&["send", &run, "--env", name, "--format", "json"]).exits(0, "accepted");
        home.run(&["guid", "--env", name, "--integration-id", "4692", "--name", "Shop"]).exits(0, "");
    }
    assert!(std::fs::metadata(&probe).unwrap().len() > 0, "the command has run");
    assert_eq!(sandbox.received().len(), 6);
    assert_clean("what the sandbox holds", format!("{:?}{:?}", sandbox.received(), sandbox.instances()));
    home.run_with(&["send", &run, "--env", "variable"], &[(VARIABLE, "another-key-altogether")], "")
        .exits(3, "401");
    for arguments in [
        &["journal"][..],
        &["journal", "list"],
        &["journal", "show"],
        &["journal", "show", "--body"],
        &["journal", "export"],
        &["env", "list"],
        &["env", "show", "command"],
        &["instances", "list"],
        &["send", &run, "--env", "file", "--dry-run"],
        &["send", &run, "--env", "file", "--dry-run", "--format", "json"],
    ] {
        home.run(arguments);
    }
    assert!(home.assert_clean() > 3, "journal, settings and probe were searched");
}

#[test]
fn an_unusable_key_is_reported_without_repeating_it() {
    let home = Home::new();
    let broken = home.given("broken", &format!("{KEY} {KEY}\n"));
    let failing = format!("command:cat {broken} >&2; cat {broken}; exit 3");
    let printing = format!("command:cat {broken}");
    let sources = [
        ("failing", &*failing),
        ("printing", &*printing),
        ("file", &*format!("file:{broken}")),
        ("variable", "env:HARNESS_SEI_API_KEY"),
    ];
    home.environments("http://127.0.0.1:9", &sources);
    let run = home.given("run.json", &run());
    let odd = [(VARIABLE, &*format!("{KEY}\u{201c}"))];
    for (name, words) in [
        ("failing", "exit code 3"),
        ("printing", "contains a space"),
        ("file", "contains a space"),
        ("variable", "curly quote"),
    ] {
        home.run_with(&["send", &run, "--env", name], &odd, "").exits(2, words);
        home.run_with(&["env", "test", name], &odd, "").exits(2, words);
        let findings = home.run_with(&["doctor", "--env", name], &odd, "");
        assert!(findings.out.contains(words), "{}", findings.out);
        home.run_with(&["key", "where", "--env", name], &odd, "");
    }
    let open = home.given("open", KEY);
    std::fs::set_permissions(&open, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    home.environments("http://127.0.0.1:9", &[("file", &format!("file:{open}"))]);
    home.run_with(&["send", &run, "--env", "file"], &[], "").exits(2, "0644");
    for action in ["set", "remove"] {
        home.run_with(&["key", action, "--env", "file"], &[], &format!("{KEY}\n"));
    }
}

#[test]
fn a_key_that_a_server_repeats_is_redacted_in_output_and_files() {
    let (home, echo) = (Home::new(), Echo::start());
    home.environments(&echo.url, &[("lab", "env:HARNESS_SEI_API_KEY")]);
    let run = home.given("run.json", &run());
    for _answer in 0..6 {
        home.run(&["send", &run, "--env", "lab", "--yes"]);
    }
    for _answer in 0..6 {
        home.run(&["send", &run, "--env", "lab", "--format", "json", "--yes"]);
        home.run(&["guid", "--env", "lab", "--integration-id", "1", "--name", "n"]);
        home.run(&["env", "test", "lab"]);
        home.run(&["doctor", "--check-network", "--env", "lab"]);
        home.run(&["journal", "show"]);
    }
    home.run(&["journal", "export"]);
    home.run(&["instances", "list"]);
    let (with, _) = echo.counts();
    assert!(with >= 24, "{with} requests came with the key");
}

#[test]
fn a_key_in_an_import_is_removed_from_its_results() {
    let home = Home::new();
    let sandbox = sandbox::start(0, SandboxSettings::with_key(KEY).unwrap()).unwrap();
    home.environments(&sandbox.url(), &[("lab", "env:HARNESS_SEI_API_KEY")]);
    let (curl, satellite) = (curl(&sandbox.url()), satellite(&sandbox.url()));
    for (name, text) in [("curl", &curl), ("satellite", &satellite)] {
        let file = home.given(name, text);
        home.run(&["import", &file]).exits(0, "key for");
        home.run(&["import", &file, "--save", name]).exits(0, "Saved");
        home.run(&["drafts", "show", name]).exits(0, "");
        home.run(&["drafts", "duplicate", name, &format!("{name} copy")]).exits(0, "");
        home.run(&["drafts", "rename", name, &format!("{name} other")]).exits(0, "");
        home.run_with(&["import", "-"], &[], text).exits(0, "key for");
    }
    home.run(&["send", &home.given("curl", &curl), "--env", "lab", "--yes"]).exits(0, "202");

    let with_key = home.given("held.json", &run_with_key());
    home.run(&["import", &with_key, "--save", "held"]).exits(2, "/branch_name");
    home.run(&["send", &with_key, "--env", "lab"]).exits(1, "is in branch_name");
    for target in ["curl", "sh", "github-actions", "gitlab-ci", "jenkins", "azure-pipelines", "propel"] {
        home.run(&["export", &with_key, "--to", target, "--env", "lab"]).exits(2, "/branch_name");
        let good = home.given("run.json", &run());
        home.run(&["export", &good, "--to", target, "--env", "lab"]).exits(0, "");
    }
    for form in ["http", "curl"] {
        home.run(&["render", &with_key, "--as", form, "--env", "lab"]).exits(2, "/branch_name");
    }
    for format in ["human", "json", "github", "sarif"] {
        home.run(&["check", &with_key, "--format", format, "--env", "lab"]);
    }
    let percent = percent(|_| false);
    let coded = home.given("coded.json", &run().replace("\"main\"", &format!("\"{percent}\"")));
    home.run(&["send", &coded, "--env", "lab"]).exits(1, "is in branch_name");
    assert_eq!(sandbox.received().len(), 1);
}

#[test]
fn a_printed_screen_shows_no_key() {
    let home = Home::new();
    home.environments("http://127.0.0.1:9", &[("lab", "env:HARNESS_SEI_API_KEY")]);
    let with_key = home.given("held.json", &run_with_key());
    for form in ["text", "svg"] {
        for keys in ["f5", "alt-2", "f11", "f11 f11", "alt-e", "alt-p enter", "f9 'copy'", "ctrl-k 'typed'"] {
            let shot = ["--env", "lab", "--screenshot", form, "--size", "200x60", "--keys", keys];
            let arguments: Vec<&str> = [&*with_key].into_iter().chain(shot).collect();
            let shown = home.run(&arguments).out;
            let is_hidden = shown.contains("••••••");
            assert!(
                is_hidden || !["alt-2", "alt-e"].contains(&keys),
                "{keys}: the key would not be visible\n{shown}"
            );
        }
    }
    home.run(&["demo", "--record", "tour.cast"]).exits(0, "Recorded");
    assert!(home.made().join("tour.cast").exists());
}
