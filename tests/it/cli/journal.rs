//! `journal`, and its use by `send`, `guid` and `check`.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use sei_compose::sandbox::{self, Sandbox, SandboxSettings};
use snapbox::cmd::Command;
use snapbox::str;

use crate::sandbox::known;

use super::{Home, asset, stderr, stdout};

const KEY: &str = "planted-key-7f3a";

/// A command with a key and its own random source, so that each entry has another id.
fn with_key<'a>(home: &Home, seed: &str, arguments: impl IntoIterator<Item = &'a str>) -> Command {
    home.command(arguments).env("HARNESS_SEI_API_KEY", KEY).env("SEI_COMPOSE_SEED", seed)
}

fn send(home: &Home, url: &str, seed: &str, file: &str) -> (String, i32) {
    let ended = with_key(home, seed, ["send", file, "--env", "sandbox", "--base-url", url]).assert();
    (stderr(&ended), ended.get_output().status.code().unwrap())
}

/// A server or a proxy that answers with a web page: SEI has not received the request.
fn page() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
        // Only a complete body ends like this.
        while !seen.ends_with(b"}") {
            let count = stream.read(&mut buffer).unwrap();
            seen.extend_from_slice(buffer.get(..count).unwrap());
        }
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>";
        stream.write_all(answer.as_bytes()).unwrap();
    });
    url
}

/// A home with an accepted run, a run without an answer, and a created instance.
fn used() -> (Home, Sandbox) {
    let (home, sandbox) = (Home::new(), known::start());
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    assert_eq!(send(&home, &sandbox.url(), "1", file).1, 0);
    let next = home.put("next.json", &asset("samples/ci-run.json").replace("1482", "1483"));
    assert_eq!(send(&home, &page(), "2", next).1, 4);
    let url = sandbox.url();
    let guid = ["guid", "--base-url", &url, "--integration-id", "4620", "--name", "Shop CI"];
    with_key(&home, "3", guid).assert().success();
    (home, sandbox)
}

#[test]
fn sent_requests_are_listed_newest_first() {
    let (home, _sandbox) = used();
    home.run(["journal", "list"]).success().stderr_eq("").stdout_eq(str![[r#"
ID        STARTED                  ENVIRONMENT  OUTCOME         STATUS  REQUEST
809470cb  2026-01-05 10:00:00 UTC  custom       accepted        200     an instance
213b1de2  2026-01-05 10:00:00 UTC  sandbox      not delivered   200     shop/checkout-service/main #1483
28bfd126  2026-01-05 10:00:00 UTC  sandbox      accepted, kept  202     shop/checkout-service/main #1482

"#]]);
    let alone = home.command(["journal"]).assert().success();
    assert_eq!(stdout(&alone), stdout(&home.command(["journal", "list"]).assert().success()));
}

#[test]
fn the_list_is_narrowed_by_environment_job_outcome_and_number() {
    let (home, _sandbox) = used();
    let table: &[(&[&str], usize)] = &[
        (&["--env", "sandbox"], 2),
        (&["--env", "custom"], 1),
        (&["--job", "SHOP/checkout"], 2),
        (&["--job", "shop/search"], 0),
        (&["--outcome", "not-delivered"], 1),
        (&["--outcome", "no-answer"], 1),
        (&["--outcome", "unknown"], 0),
        (&["--last", "2"], 2),
        (&["--last", "0"], 0),
        (&["--env", "sandbox", "--outcome", "accepted", "--last", "5"], 1),
    ];
    for (filter, count) in table {
        for command in ["list", "export"] {
            let ended = home.run(["journal", command].into_iter().chain(filter.iter().copied())).success();
            let lines = stdout(&ended).lines().count();
            let heading = usize::from(command == "list" && *count > 0);
            assert_eq!(lines, count + heading, "{command} {filter:?}: {}", stdout(&ended));
        }
    }
    assert!(stdout(&home.run(["journal", "list", "--last", "1"])).contains("an instance"));
}

#[test]
fn an_entry_is_shown_with_the_exact_body() {
    let (home, sandbox) = used();
    let listed = stdout(&home.run(["journal", "list", "--outcome", "accepted", "--job", "shop"]).success());
    let id = listed.lines().nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let shown = stdout(&home.run(["journal", "show", &id]).success()).replace(&sandbox.url(), "[SANDBOX]");
    let (facts, body) = shown.split_once("\n\n").unwrap();
    snapbox::assert_data_eq!(
        facts,
        str![[r#"
Id           28bfd126-2570-45b5-a244-e2f8fda7dd25
Started      2026-01-05 10:00:00 UTC
Finished     2026-01-05 10:00:00 UTC
Environment  sandbox
Address      POST [SANDBOX]/v1/custom-cicd
Format       flat
Request      shop/checkout-service/main #1482
Instance     5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41
Outcome      accepted
Status       202 · sandbox: kept
Attempts     1
Reply        {"response_type":"JenkinsPluginJobRunCompleteResponse","payload":"{/"run_ids/":[]}"}
"#]]
    );
    let sent = sandbox.received().into_iter().next().unwrap().body;
    assert_eq!(body, format!("{sent}\n"));
    home.run(["journal", "show", &id, "--body"]).success().stdout_eq(format!("{sent}\n"));
    assert!(stdout(&home.run(["journal", "show"]).success()).contains("an instance"), "the newest");
    home.run(["journal", "show", "zz"]).code(2).stderr_eq(str![[r#"
sei-compose: No journal entry has the id “zz”. `sei-compose journal list` lists all entries.

"#]]);
}

#[test]
fn an_exported_entry_is_complete() {
    let (home, sandbox) = used();
    let exported =
        stdout(&home.run(["journal", "export", "--outcome", "accepted", "--job", "shop"]).success());
    let body = serde_json::to_string(&sandbox.received().first().unwrap().body).unwrap();
    let exported = exported.replace(&sandbox.url(), "[SANDBOX]").replace(&body, "\"[BODY]\"");
    snapbox::assert_data_eq!(
        exported,
        str![[r#"
{"id":"28bfd126-2570-45b5-a244-e2f8fda7dd25","started":"2026-01-05T10:00:00Z","finished":"2026-01-05T10:00:00Z","environment":"sandbox","url":"[SANDBOX]/v1/custom-cicd","purpose":"job-run","format":"flat","identity":{"instance_guid":"5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41","job_full_name":"shop/checkout-service/main","build_number":1482},"result":"SUCCESS","outcome":"accepted","status":202,"attempts":1,"reply":"{/"response_type/":/"JenkinsPluginJobRunCompleteResponse/",/"payload/":/"{///"run_ids///":[]}/"}","verdict":"kept","body":"[BODY]"}

"#]]
    );
}

#[test]
fn the_key_is_in_no_file_of_the_journal() {
    let (home, _sandbox) = used();
    let file = std::fs::read_to_string(home.path("data/journal/2026-01.ndjson")).unwrap();
    assert!(file.contains("shop/checkout-service") && !file.contains(KEY), "{file}");
}

#[test]
fn an_entry_without_an_end_is_an_unknown_outcome_and_a_partial_line_is_reported() {
    let (home, _sandbox) = used();
    let path = home.path("data/journal/2026-01.ndjson");
    let whole = std::fs::read_to_string(&path).unwrap();
    let first = whole.lines().find(|line| !line.is_empty()).unwrap();
    std::fs::write(&path, format!("{first}\n{{\"journal\":1,\"ev")).unwrap();
    let ended = home.run(["journal", "list"]).success();
    assert!(stdout(&ended).contains("outcome unknown"), "{}", stdout(&ended));
    assert_eq!(
        stderr(&ended),
        format!("note: 1 line in {} could not be read.\n", home.path("data/journal").display())
    );
    let shown = stdout(&home.run(["journal", "show"]).success());
    assert!(shown.contains("in progress, or the program ended before the reply"), "{shown}");
}

#[test]
fn an_empty_journal_is_reported_in_a_sentence() {
    let home = Home::new();
    home.run(["journal", "list"]).success().stdout_eq("").stderr_eq(str![[r#"
No matching entries in the journal, [HOME]/data/journal.

"#]]);
    home.run(["journal", "export"]).success().stdout_eq("").stderr_eq("");
    home.run(["journal", "show"]).code(2).stderr_eq(str![[r#"
sei-compose: The journal, [HOME]/data/journal, is empty: nothing was sent yet.

"#]]);
}

#[test]
fn a_run_that_cannot_be_recorded_is_not_sent() {
    let (home, sandbox) = (Home::new(), sandbox::start(0, SandboxSettings::default()).unwrap());
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    home.put("data/journal", "a file where a folder is wanted");
    let (said, code) = send(&home, &sandbox.url(), "1", file);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("Nothing was sent, because the journal cannot be written"), "{said}");
    assert!(said.contains("SEI_COMPOSE_DATA_DIR"), "{said}");
    assert!(sandbox.received().is_empty());
}

#[test]
fn a_dry_run_and_errors_leave_no_entry() {
    let (home, sandbox) = (Home::new(), sandbox::start(0, SandboxSettings::default()).unwrap());
    let (good, bad) = (home.put("run.json", &asset("samples/ci-run.json")), home.put("bad.json", "{}"));
    let url = sandbox.url();
    with_key(&home, "1", ["send", good, "--base-url", &url, "--dry-run"]).assert().success();
    with_key(&home, "1", ["send", bad, "--base-url", &url]).assert().code(1);
    assert!(!home.path("data/journal").exists());
}

#[test]
fn sending_an_accepted_run_again_to_the_same_place_causes_a_warning() {
    let (home, sandbox) = used();
    let (said, _) = send(&home, &sandbox.url(), "4", "run.json");
    assert!(said.contains("warning[run-already-sent]"), "{said}");
    let (said, _) = send(&home, &sandbox.url(), "5", "next.json");
    assert!(!said.contains("run-already-sent"), "what did not arrive was not sent: {said}");
    let other = sandbox::start(0, SandboxSettings::default()).unwrap();
    let (said, _) = send(&home, &other.url(), "6", "run.json");
    assert!(!said.contains("run-already-sent"), "another sandbox has not seen it: {said}");
    home.run(["check", "run.json"]).success().stdout_eq("run.json: no problems\n");
    home.run(["check", "run.json", "--env", "prod2"]).success();
}

#[test]
fn a_check_for_an_environment_uses_its_previous_runs() {
    let (home, sandbox) = (Home::new(), known::start());
    let base = sandbox.url();
    home.put("config/config.toml", &format!("[environments.mine]\nbase = \"{base}\"\n"));
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    with_key(&home, "1", ["send", file, "--env", "mine"]).assert().success();
    let lower = home.put(
        "lower.json",
        &asset("samples/ci-run.json").replace("1482", "1483").replace("SUCCESS", "success"),
    );
    let checked = |file: &str| stdout(&home.run(["check", file, "--env", "mine"]).success());
    assert!(checked(file).contains("run-already-sent"), "{}", checked(file));
    assert!(checked(lower).contains("result-case"), "{}", checked(lower));
}

#[test]
fn a_check_of_a_draft_uses_the_previous_runs_of_its_environment() {
    let (home, sandbox) = (Home::new(), known::start());
    let base = sandbox.url();
    home.put("config/config.toml", &format!("[environments.mine]\nbase = \"{base}\"\n"));
    let run = asset("samples/ci-run.json");
    let draft = |environment: &str| {
        format!(
            r#"{{"format":"sei-compose-draft","version":1,"name":"d","environment":"{environment}","document":{run}}}"#
        )
    };
    let (mine, other) = (home.put("mine.json", &draft("mine")), home.put("other.json", &draft("eu")));
    with_key(&home, "1", ["send", mine]).assert().success();
    let said = |arguments: &[&str]| stdout(&home.run(arguments.iter().copied()).success());
    assert!(said(&["check", mine]).contains("run-already-sent"));
    assert!(!said(&["check", other]).contains("run-already-sent"), "it went elsewhere");
    assert!(!said(&["check", mine, "--env", "eu"]).contains("run-already-sent"), "what is said counts");
    assert!(said(&["check", other, "--env", "mine"]).contains("run-already-sent"));
}
