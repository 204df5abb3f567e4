//! `drafts` and `import`.

use snapbox::str;

use super::{Home, asset, stderr, stdout};

#[test]
fn an_imported_payload_becomes_a_draft_that_can_be_listed_shown_and_found() {
    let home = Home::new();
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    home.run(["import", file, "--save", "Nightly build"])
        .success()
        .stdout_eq("[HOME]/data/drafts/nightly-build.json\n")
        .stderr_eq("Saved as draft “Nightly build”.\n");
    home.run(["drafts", "list"]).success().stderr_eq("").stdout_eq(str![[r#"
NAME           SAVED                    ENVIRONMENT  SIZE
Nightly build  2026-01-05 10:00:00 UTC  -            3.3 kB

"#]]);
    let shown = home.run(["drafts", "show", "nightly build"]).success();
    let checked = home.command(["check", "-"]).stdin(stdout(&shown)).assert();
    checked.success().stdout_eq("standard input: no problems\n");
    home.run(["drafts", "path", "Nightly build"])
        .success()
        .stdout_eq("[HOME]/data/drafts/nightly-build.json\n");
    home.run(["drafts", "path"]).success().stdout_eq("[HOME]/data/drafts\n");
}

#[test]
fn an_import_never_replaces_a_draft() {
    let home = Home::new();
    let import = |text: &str| home.command(["import", "--save", "one"]).stdin(text.to_owned()).assert();
    import("{\"pipeline\":1}").success();
    import("{\"pipeline\":2}").code(2).stderr_eq(str![[r#"
sei-compose: A draft called “one” already exists, and --save creates new drafts only. Choose another name, or open that draft in the app and import the file: “Import a run, a curl command or satellite.yml” in the palette.

"#]]);
    home.run(["drafts", "show", "one"]).success().stdout_eq("{\n  \"pipeline\": 1\n}\n");
}

#[test]
fn the_payload_of_a_wrapped_body_is_printed_and_the_conversion_is_reported() {
    let home = Home::new();
    let body =
        r#"{"request_type":"JenkinsPluginJobRunComplete","payload":"{\"job_name\":\"a\",\"duration\":1.0}"}"#;
    home.command(["import"])
        .stdin(body)
        .assert()
        .success()
        .stdout_eq(str![[r#"
{
  "job_name": "a",
  "duration": 1.0
}

"#]])
        .stderr_eq(str![[r#"
note: This is a wrapped body; only its payload is imported.
note: 1 legacy name left unchanged: job_name.

"#]]);
    home.command(["import", "--from", "payload"]).stdin(body).assert().code(2).stdout_eq("");
}

#[test]
fn a_text_that_is_not_a_payload_is_not_saved() {
    let home = Home::new();
    home.command(["import", "--save", "x"]).stdin("[{}]").assert().code(1).stderr_eq(str![[r#"
error[wrong-type]: this is a list of 1 value; import one job run, an object, at a time.
 --> standard input:1:1
  |
1 | [{}]
  | ^^^^
help: If this is a run of a tool, `sei-compose mappings suggest FILE` guesses a mapping that reads it.

"#]]);
    home.run(["drafts", "list"]).success().stdout_eq("").stderr_eq(str![[r#"
No drafts in [HOME]/data/drafts yet.

"#]]);
}

#[test]
fn drafts_are_renamed_copied_and_deleted_into_the_trash() {
    let home = Home::new();
    home.command(["import", "--save", "one"]).stdin("{}").assert().success();
    home.run(["drafts", "rename", "one", "two"]).success().stdout_eq("[HOME]/data/drafts/two.json\n");
    home.run(["drafts", "duplicate", "two", "three"]).success();
    home.run(["drafts", "delete", "two"]).success().stdout_eq("[HOME]/data/trash/two.json\n");
    let listed = stdout(&home.run(["drafts", "list"]).success());
    assert!(listed.contains("three") && !listed.contains("two"), "{listed}");
}

#[test]
fn an_unreadable_draft_is_listed_with_its_reason() {
    let home = Home::new();
    home.put("data/drafts/odd.json", "{\"format\":\"sei-compose-draft\",\"version\":3,\"document\":{}}");
    let ended = home.run(["drafts", "list"]).success();
    assert!(stdout(&ended).contains("odd   unreadable"), "{}", stdout(&ended));
    assert!(stderr(&ended).contains("format version 3"), "{}", stderr(&ended));
    let ended = home.run(["drafts", "show", "odd"]).code(2);
    assert!(stderr(&ended).contains("was left unchanged"), "{}", stderr(&ended));
}

#[test]
fn a_fault_that_names_its_file_does_not_name_it_twice() {
    let home = Home::new();
    let file = home.path("data/drafts/odd.json");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, [b'{', 0xff, b'}']).unwrap();
    let output = stderr(&home.run(["drafts", "list"]).success());
    assert_eq!(output.matches("odd.json").count(), 1, "{output}");
}

#[test]
fn a_deleted_draft_is_listed_in_the_trash_and_can_be_restored() {
    let home = Home::new();
    for name in ["one", "two"] {
        home.command(["import", "--save", name]).stdin("{}").assert().success();
    }
    home.run(["drafts", "delete", "one", "two"])
        .success()
        .stdout_eq("[HOME]/data/trash/one.json\n[HOME]/data/trash/two.json\n")
        .stderr_eq(str![[r#"
“one” is in the trash. `drafts restore` restores the draft.
“two” is in the trash. `drafts restore` restores the draft.

"#]]);
    home.run(["drafts", "trash"]).success().stdout_eq(str![[r#"
NAME  SAVED                    ENVIRONMENT  SIZE
one   2026-01-05 10:00:00 UTC  -            122 B
two   2026-01-05 10:00:00 UTC  -            122 B

"#]]);
    home.run(["drafts", "restore", "one"]).success().stdout_eq("[HOME]/data/drafts/one.json\n");
    home.run(["drafts", "restore", "two", "--as", "one"]).code(2).stdout_eq("");
    home.run(["drafts", "restore", "two", "--as", "three"])
        .success()
        .stdout_eq("[HOME]/data/drafts/three.json\n")
        .stderr_eq("Restored as “three”.\n");
    home.run(["drafts", "trash"]).success().stdout_eq("").stderr_eq(str![[r#"
No drafts in [HOME]/data/trash yet.

"#]]);
}

#[test]
fn drafts_alone_lists_them_and_programs_get_json() {
    let home = Home::new();
    home.command(["import", "--save", "a\u{202e}b"]).stdin("{}").assert().success();
    home.put("data/drafts/odd.json", "{}");
    let plain = home.run(["drafts"]).success();
    assert_eq!(stdout(&plain), stdout(&home.run(["drafts", "list"]).success()));
    assert!(stdout(&plain).contains("a⟨U+202E⟩b"), "{}", stdout(&plain));
    let json = home.run(["drafts", "list", "--format", "json"]).success().stderr_eq("");
    let listed: serde_json::Value = serde_json::from_str(&stdout(&json)).unwrap();
    assert_eq!(listed[0]["name"], "a\u{202e}b");
    assert_eq!(listed[0]["saved"], "2026-01-05T10:00:00Z");
    assert_eq!(listed[0]["file"], home.path("data/drafts/a-b.json").to_str().unwrap());
    assert_eq!(listed[0].get("fault"), None);
    assert!(listed[1]["fault"].as_str().unwrap().contains("not a draft"), "{listed}");
}

#[test]
fn a_draft_name_in_place_of_a_file_is_recognized() {
    let home = Home::new();
    home.command(["import", "--save", "Nightly"]).stdin("{}").assert().success();
    for command in ["check", "render", "send"] {
        let ended = home.run([command, "nightly"]).code(2).stdout_eq("");
        assert!(
            stderr(&ended).contains("The draft “Nightly” exists: its file is ")
                && stderr(&ended).contains("data/drafts/nightly.json"),
            "{}",
            stderr(&ended)
        );
    }
    let ended = home.run(["check", "other"]).code(2);
    assert!(!stderr(&ended).contains("draft"), "{}", stderr(&ended));
}

#[test]
fn a_draft_starts_with_a_template_or_as_the_deployment_of_a_build() {
    let home = Home::new();
    home.run(["drafts", "new", "build", "--template", "example"])
        .success()
        .stdout_eq("[HOME]/data/drafts/build.json\n")
        .stderr_eq("Saved as draft “build”.\n");
    home.run(["check", "data/drafts/build.json"])
        .success()
        .stdout_eq("data/drafts/build.json: no problems\n");
    home.run(["drafts", "new", "deploy", "--from", "build"]).success();
    let deploy: serde_json::Value =
        serde_json::from_str(&stdout(&home.run(["drafts", "show", "deploy"]).success())).unwrap();
    assert_eq!(deploy["artifacts"][0]["input"], true);
    assert_eq!(deploy["trigger_chain"][0]["job_run_number"], "1482");
    home.run(["drafts", "new", "empty"]).success();
    home.run(["drafts", "show", "empty"]).success().stdout_eq("{}\n");
    home.run(["drafts", "new", "empty"]).code(2).stdout_eq("");
    home.run(["drafts", "new", "x", "--template", "cd-from-ci"]).code(2);
    home.run(["drafts", "new", "x", "--template", "example", "--from", "build"]).code(2);
    let unknown = home.run(["drafts", "new", "x", "--template", "exampel"]).code(2);
    assert!(stderr(&unknown).contains("a similar value exists: 'example'"), "{}", stderr(&unknown));
    home.run(["drafts", "templates"]).success().stdout_eq(str![[r#"
...
cd-from-ci         The deployment of a build in another draft, chosen with --from
...
"#]]);
    let script = stdout(&home.run(["completions", "bash"]).success());
    assert!(script.contains("documented-themes"), "the names are completed");
}
