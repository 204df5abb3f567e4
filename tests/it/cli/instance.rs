//! `instances`: the book, the commands that fill it, and the rules that read it.

use sei_compose::sandbox::{self, Sandbox, SandboxSettings};
use snapbox::cmd::OutputAssert;
use snapbox::str;

use super::{Home, good_run, stderr, stdout};

const KEY: &str = "planted-key-7f3a";
const GUID: &str = "5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41";
const OTHER: &str = "0f0e0d0c-0b0a-4908-8706-050403020100";

#[test]
fn an_instance_is_added_listed_and_removed() {
    let home = Home::new();
    home.run(["instances", "list"])
        .success()
        .stdout_eq("")
        .stderr_eq("No instances in [HOME]/data/instances.json yet.\n");
    let upper = GUID.to_uppercase();
    let add = ["instances", "add", &upper, "--name", "Shop CI", "--env", "Harness PROD2"];
    home.run(add.into_iter().chain(["--integration-id", "4620", "--note", "the old server"]))
        .success()
        .stdout_eq(format!("{GUID}\n"))
        .stderr_eq("Added to the instance book.\n");
    home.run(["instances", "add", OTHER, "--name", "Lab"]).success();
    let alone = stdout(&home.run(["instances"]).success());
    home.run(["instances", "list"]).success().stderr_eq("").stdout_eq(alone).stdout_eq(str![[r#"
GUID                                  NAME     ENVIRONMENT  INTEGRATION ID  ADDED                    NOTE
5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41  Shop CI  prod2        4620            2026-01-05 10:00:00 UTC  the old server
0f0e0d0c-0b0a-4908-8706-050403020100  Lab      -            -               2026-01-05 10:00:00 UTC  -

"#]]);
    home.run(["instances", "remove", "shop ci"])
        .success()
        .stdout_eq(format!("{GUID}\n"))
        .stderr_eq("Removed “Shop CI” from the instance book; SEI keeps the instance.\n");
    home.run(["instances", "remove", "lap"])
        .code(2)
        .stderr_eq("sei-compose: “lap” is not in the instance book. Did you mean “Lab”?\n");
}

#[test]
fn adding_an_instance_again_completes_it_and_keeps_the_other_members() {
    let home = Home::new();
    home.put(
        "data/instances.json",
        &format!(
            r#"{{"format":"sei-compose-instances","version":1,"team":"shop","instances":[
                {{"guid":"{GUID}","name":"Shop","environment":"eu","note":"mine","color":"red"}}]}}"#
        ),
    );
    home.run(["instances", "add", GUID, "--name", "Shop CI", "--integration-id", "7"])
        .success()
        .stderr_eq("Updated in the instance book.\n");
    home.run(["instances", "add", GUID, "--name", "Twin", "--env", "prod2"])
        .success()
        .stderr_eq("Added to the instance book.\n");
    let file = std::fs::read_to_string(home.path("data/instances.json")).unwrap();
    snapbox::assert_data_eq!(
        file,
        str![[r#"
{
  "format": "sei-compose-instances",
  "version": 1,
  "instances": [
    {
      "guid": "5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41",
      "name": "Shop CI",
      "environment": "eu",
      "integration_id": "7",
      "date": "2026-01-05T10:00:00Z",
      "note": "mine",
      "color": "red"
    },
    {
      "guid": "5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41",
      "name": "Twin",
      "environment": "prod2",
      "date": "2026-01-05T10:00:00Z"
    }
  ],
  "team": "shop"
}

"#]]
    );
    home.run(["instances", "remove", GUID]).code(2).stderr_eq(str![[r#"
sei-compose: “5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41” matches several instances: 5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41 in eu, 5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41 in prod2. Choose one by its GUID and --env.

"#]]);
    home.run(["instances", "remove", GUID, "--env", "eu"]).success();
}

#[test]
fn an_unusable_book_is_reported_and_not_changed() {
    let table = [
        (
            "{",
            "It is not JSON: line 1, column 2: expected a key in double quotes or }, found the end of the text.",
        ),
        ("{}", "Its key “format” is not “sei-compose-instances”."),
        (
            r#"{"format":"sei-compose-instances","version":2,"instances":[]}"#,
            "It has format version 2; this program reads up to 1. Use a newer sei-compose.",
        ),
        (
            r#"{"format":"sei-compose-instances","version":1,"instances":[{"guid":"x"}]}"#,
            "/instances/0/guid should be a UUID.",
        ),
    ];
    for (text, fault) in table {
        let home = Home::new();
        home.put("data/instances.json", text);
        let message = format!(
            "sei-compose: [HOME]/data/instances.json cannot be used and was left unchanged. {fault}\n"
        );
        home.run(["instances", "list"]).code(2).stderr_eq(&*message);
        home.run(["instances", "add", GUID, "--name", "a"]).code(2).stderr_eq(&*message);
        assert_eq!(std::fs::read_to_string(home.path("data/instances.json")).unwrap(), text);
        let run = home.put("run.json", &good_run());
        let checked = home.run(["check", run]).success();
        assert!(stderr(&checked).contains(fault), "a check goes on without it and says so");
    }
}

#[test]
fn an_invalid_guid_or_a_missing_name_is_not_added() {
    let home = Home::new();
    home.run(["instances", "add", "4620", "--name", "a"])
        .code(2)
        .stderr_eq("sei-compose: “4620” is not a GUID. A GUID has 32 hexadecimal digits with hyphens.\n");
    home.run(["instances", "add", GUID, "--name", " "])
        .code(2)
        .stderr_eq("sei-compose: The instance name is blank. SEI shows the name next to each run.\n");
    home.run(["instances", "add", GUID, "--name", "a", "--env", "prod22"]).code(2);
    assert!(!home.path("data/instances.json").exists());
}

#[test]
fn a_check_uses_the_book() {
    let home = Home::new();
    let run = home.put("run.json", &good_run());
    home.run(["check", run]).success().stdout_eq("run.json: no problems\n");
    home.run(["instances", "add", OTHER, "--name", "Lab", "--env", "eu"]).success();
    assert!(stdout(&home.run(["check", run])).contains("guid-unknown"));
    home.run(["instances", "add", GUID, "--name", "Shop CI", "--env", "eu"]).success();
    home.run(["check", run]).success().stdout_eq("run.json: no problems\n");
    assert!(stdout(&home.run(["check", run, "--env", "prod2"])).contains("guid-elsewhere"));
    home.run(["instances", "add", GUID, "--name", "Shop"]).success();
    assert!(stdout(&home.run(["check", run])).contains("instance-renamed"));
}

#[test]
fn a_draft_and_a_send_are_checked_for_their_target_environment() {
    let home = Home::new();
    home.run(["instances", "add", GUID, "--name", "Shop CI", "--env", "eu"]).success();
    let run = home.put("run.json", &good_run());
    let sent = home.run(["send", run, "--env", "prod2", "--dry-run"]).success();
    assert!(stderr(&sent).contains("guid-elsewhere"), "{}", stderr(&sent));
    let draft = format!(
        r#"{{"format":"sei-compose-draft","version":1,"name":"a","environment":"prod2","document":{}}}"#,
        good_run()
    );
    let draft = home.put("draft.json", &draft);
    assert!(stdout(&home.run(["check", draft])).contains("guid-elsewhere"));
    assert!(!stdout(&home.run(["check", draft, "--env", "eu"])).contains("guid-elsewhere"));
}

/// A custom environment on this machine, for example a tunnel to a server with permanent instances.
fn tunnelled(home: &Home, sandbox: &Sandbox) {
    let more = "label = \"Tunnel\"\nkey_variable = \"TUNNEL_KEY\"";
    home.put("config/config.toml", &format!("[environments.tunnel]\nbase = \"{}\"\n{more}\n", sandbox.url()));
}

#[test]
fn a_generated_guid_is_saved_in_the_book_and_the_same_request_changes_nothing() {
    let (home, sandbox) = (Home::new(), sandbox::start(0, SandboxSettings::default()).unwrap());
    tunnelled(&home, &sandbox);
    let ask = ["guid", "--env", "tunnel", "--integration-id", "4620", "--name", "Shop CI", "--guid", GUID];
    for _ in 0..2 {
        let asked = home.command(ask).env("TUNNEL_KEY", "planted-key-7f3a").assert();
        asked.success().stdout_eq(format!("{GUID}\n"));
        home.run(["instances", "list"]).success().stdout_eq(str![[r#"
GUID                                  NAME     ENVIRONMENT  INTEGRATION ID  ADDED                    NOTE
5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41  Shop CI  tunnel       4620            2026-01-05 10:00:00 UTC  -

"#]]);
    }
}

#[test]
fn an_instance_of_a_sandbox_is_not_added_to_the_book() {
    let (home, sandbox) = (Home::new(), sandbox::start(0, SandboxSettings::default()).unwrap());
    let url = sandbox.url();
    for environment in [&[][..], &["--env", "sandbox"], &["--env", "prod2"]] {
        let ask = ["guid", "--base-url", &url, "--integration-id", "4620", "--name", "Shop CI"];
        let ask = home.command(ask.into_iter().chain(environment.iter().copied()));
        ask.env("HARNESS_SEI_API_KEY", "any").assert().success();
    }
    assert!(!home.path("data/instances.json").exists());
}

/// Verifies an instance with a key, and returns the ended command.
fn verify(home: &Home, arguments: &[&str], key: &str) -> OutputAssert {
    let command = home.command(["instances", "verify"].iter().copied().chain(arguments.iter().copied()));
    let ended = command.env("TUNNEL_KEY", key).env("HARNESS_SEI_API_KEY", key).assert();
    assert!(!stdout(&ended).contains(key) && !stderr(&ended).contains(key), "the key was printed");
    ended
}

#[test]
fn an_instance_is_verified_by_guid_or_name_of_the_book() {
    let (home, sandbox) = (Home::new(), sandbox::start(0, SandboxSettings::default()).unwrap());
    tunnelled(&home, &sandbox);
    let ask = ["guid", "--env", "tunnel", "--integration-id", "4620", "--name", "Shop CI", "--guid", GUID];
    home.command(ask).env("TUNNEL_KEY", KEY).assert().success();
    let host = sandbox.url().replace("http://", "");
    let facts = "GUID            5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41\nName            Shop CI\n\
                 Type            jenkins\nIntegration id  4620\n";
    for words in [&["shop ci"][..], &[GUID], &[&GUID.to_uppercase()], &["Shop CI", "--env", "tunnel"]] {
        let ended = verify(&home, words, KEY).success().stdout_eq(facts);
        assert_eq!(stderr(&ended), format!("Asking Tunnel ({host}) for the instance …\n"));
    }
    let json = stdout(&verify(&home, &["Shop CI", "--format", "json"], KEY).success());
    let url = format!("{}/v1/cicd/instances/{GUID}", sandbox.url());
    let wanted = format!(
        r#"{{"outcome":"found","status":200,"environment":"tunnel","url":"{url}","guid":"{GUID}","instance":{{"name":"Shop CI","type":"jenkins","integration_id":"4620","url":null}}}}"#
    );
    assert_eq!(json.trim_end(), wanted);
    // Another name in the book is noted; a GUID needs no entry.
    home.run(["instances", "add", GUID, "--name", "Old name", "--env", "tunnel"]).success();
    let renamed = verify(&home, &["Old name"], KEY).success();
    assert!(stderr(&renamed).contains("The name in the book is “Old name”"), "{}", stderr(&renamed));
    let url = sandbox.url();
    verify(&home, &[GUID, "--env", "sandbox", "--base-url", &url], KEY).success().stdout_eq(facts);
}

#[test]
fn an_instance_that_sei_lacks_a_wrong_key_and_a_missing_server_are_explained() {
    let (home, sandbox) = (Home::new(), sandbox::start(0, SandboxSettings::with_key(KEY).unwrap()).unwrap());
    tunnelled(&home, &sandbox);
    let here = ["--env", "tunnel", "--format", "json"];
    let at = |word: &'static str| [&[word][..], &here].concat();
    let missing = verify(&home, &[OTHER, "--env", "tunnel"], KEY).code(3);
    assert_eq!(stdout(&missing), format!("404: Tunnel does not have the instance {OTHER}\n"));
    assert!(stderr(&missing).contains("SEI silently drops each run"), "{}", stderr(&missing));
    assert!(
        stdout(&verify(&home, &at(OTHER), KEY).code(3)).starts_with(r#"{"outcome":"missing","status":404"#)
    );
    let refused = verify(&home, &at(OTHER), "another-key").code(3);
    assert!(stdout(&refused).starts_with(r#"{"outcome":"refused","status":401"#), "{}", stdout(&refused));
    assert!(stderr(&refused).contains("401: the key was not accepted"), "{}", stderr(&refused));
    verify(&home, &["Nothing"], KEY)
        .code(2)
        .stderr_eq("sei-compose: “Nothing” is not in the instance book.\n");
    drop(sandbox);
    let gone = verify(&home, &at(OTHER), KEY).code(4);
    assert!(stdout(&gone).starts_with(r#"{"outcome":"no-answer","status":null"#), "{}", stdout(&gone));
    assert!(stderr(&gone).contains("nothing in SEI changes"), "{}", stderr(&gone));
    assert!(!home.path("data/journal").exists(), "a question is not in the journal");
}

#[test]
fn a_second_instance_of_an_integration_names_the_first() {
    let (home, sandbox) = (Home::new(), sandbox::start(0, SandboxSettings::default()).unwrap());
    tunnelled(&home, &sandbox);
    let create = |integration: &str, guid: &str| {
        let ask =
            ["guid", "--env", "tunnel", "--integration-id", integration, "--name", "Second", "--guid", guid];
        stderr(&home.command(ask).env("TUNNEL_KEY", KEY).assert().success())
    };
    home.run(["instances", "add", GUID, "--name", "Shop CI", "--env", "tunnel", "--integration-id", "4620"])
        .success();
    let other =
        format!("note: The book already has “Shop CI” ({GUID}) for integration 4620: one GUID per tool");
    assert!(create("4620", OTHER).contains(&other));
    assert!(!create("4620", GUID).contains("“Shop CI”"), "the same instance again");
    assert!(!create("4621", "0f0e0d0c-0b0a-4908-8706-050403020101").contains("already has"));
}
