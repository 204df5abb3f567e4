//! `mappings`: list, show, suggest and test; `schema mapping`; what `import` says about unknown JSON.

use snapbox::str;

use super::{Home, stderr, stdout};

/// A run of an invented tool.
const RUN: &str = r#"{"ferryVersion": 3, "crossing": {"app": "checkout", "number": 418, "outcome": "succeeded",
    "startedAt": 1679467494, "took": 77.5, "project": "shop"},
    "legs": [{"name": "build", "outcome": "succeeded", "took": 30}, {"name": "push", "outcome": "failed", "took": 4}]}"#;

#[test]
fn a_mapping_is_guessed_with_a_value_and_a_reason_for_each_line() {
    let home = Home::new();
    let run = home.put("run.json", RUN);
    let ended = home.run(["mappings", "suggest", run, "--name", "Ferry"]).success();
    ended.stdout_eq(str![[r#"
name = "Ferry"
# true (members that only this tool seems to have)
detect = 'objects | has("ferryVersion") and has("crossing") and has("legs")'
# the document is the run
# runs = "."

[fields]
# "checkout" (key name)
pipeline = ".crossing.app"
# "shop/checkout" (project/name; needed if a name occurs in several projects)
# job_full_name = '[.crossing.project, .crossing.app] | join("/")'
# "SUCCESS" (key name; a result word)
result = ".crossing.outcome | result"
# 1679467494000 (key name; 10 digits: epoch seconds)
start_time = ".crossing.startedAt | time"
# 77500 (key name; seconds: a fraction)
duration = ".crossing.took | seconds"
# 418 (key name; a whole number)
build_number = ".crossing.number"
# "shop" (key name)
project_name = ".crossing.project"

[stage]
# {"name":"build","outcome":"succeeded","took":30} (a list of objects with results or times)
each = ".legs[]?"
# "build" (key name)
displayName = ".name"
# "succeeded" (key name; a result word)
result = ".outcome"
# 30000 (key name; seconds: the size of the number)
durationInMillis = ".took | seconds"

"#]]).stderr_eq(str![[r#"
9 fields guessed. 1 more is uncertain and commented out. Check each line, save the text as a file in [HOME]/config/mappings, and run `sei-compose mappings test NAME FILE`.

"#]]);
}

#[test]
fn a_guessed_mapping_is_listed_shown_tested_and_used() {
    let home = Home::new();
    let run = home.put("run.json", RUN);
    let guessed = stdout(&home.run(["mappings", "suggest", run, "--name", "Ferry"]).success());
    home.put("config/mappings/ferry.toml", &guessed);
    let listed = stdout(&home.run(["mappings"]).success());
    assert!(listed.lines().any(|line| line.starts_with("ferry") && line.contains("Ferry")), "{listed}");
    assert_eq!(stdout(&home.run(["mappings", "show", "ferry"]).success()), guessed);
    home.run(["mappings", "test", "ferry", run])
        .success()
        .stdout_eq(str![[r#"
FIELD                   EXPRESSION                                    VALUE          PROBLEM
detect                  objects | has("ferryVersion") and has("cros…  true
pipeline                .crossing.app                                 "checkout"
result                  .crossing.outcome | result                    "SUCCESS"
start_time              .crossing.startedAt | time                    1679467494000
duration                .crossing.took | seconds                      77500
build_number            .crossing.number                              418
project_name            .crossing.project                             "shop"
stage.each              .legs[]?                                      2 items
stage.displayName       .name                                         "build"
stage.result            .outcome                                      "succeeded"
stage.durationInMillis  .took | seconds                               30000

"#]])
        .stderr_eq(str![[r#"
warning[stage-contradicts-run]: “push” has the result “failed”, but the run was a success. (/job_run/stages/1/result)
The mapping reads this run.

"#]]);
    let imported = stdout(&home.run(["import", run]).success());
    assert!(imported.contains("\"duration\": 77500"), "{imported}");
}

#[test]
fn a_fault_of_an_expression_is_in_its_row_and_fails_the_test() {
    let home = Home::new();
    let run = home.put("run.json", r#"{"app": "checkout", "at": "soon", "steps": [{"ok": {}}, {"ok": 1}]}"#);
    let mapping = "name = 'Ferry'\n[fields]\npipeline = '.app'\nstart_time = '.at | time'\n[stage]\neach = '.steps[]'\n\
                   displayName = '.ok | keys[0]'\n";
    let mapping = home.put("ferry.toml", mapping);
    home.run(["mappings", "test", mapping, run]).code(1).stdout_eq(str![[r#"
FIELD              EXPRESSION     VALUE       PROBLEM
pipeline           .app           "checkout"
start_time         .at | time                 "soon" is not an instant
stage.each         .steps[]       2 items
stage.displayName  .ok | keys[0]  null        cannot use 1 as iterable (array or object)

"#]]).stderr_eq(str![[r#"
error[missing-field]: result is missing: SEI refuses the run. (/result)
error[missing-field]: start_time is missing: SEI stores 0, which is January 1970. (/start_time)
error[missing-field]: duration is missing: SEI stores 0. (/duration)
warning[build-number-missing]: Without a build number, every run of this job is run 0: SEI keeps only the first. (/build_number)
2 expressions failed, see their problems in the table.

"#]]);
}

#[test]
fn the_newest_run_of_several_is_tested() {
    let home = Home::new();
    let run = home.put(
        "runs.json",
        r#"[{"app": "a", "at": "2026-01-05T09:00:00Z"}, {"app": "b", "at": "2026-01-05T09:30:00Z"}]"#,
    );
    let mapping =
        home.put("ferry.toml", "name = 'Ferry'\n[fields]\npipeline = '.app'\nstart_time = '.at | time'\n");
    let ended = home.run(["mappings", "test", mapping, run]).code(1);
    assert!(stdout(&ended).contains("\"b\""), "{}", stdout(&ended));
    assert!(stderr(&ended).contains("The file has 2 runs; this is the newest."), "{}", stderr(&ended));
}

#[test]
fn files_with_faults_are_listed_with_their_lines() {
    let home = Home::new();
    home.put("config/mappings/one.toml", "name = 'One'\n[fields]\npipelin = '.a'\n");
    home.put("config/mappings/two.toml", "name = 'Two'\n[fields]\npipeline = 'now'\n");
    let ended = home.run(["mappings", "list"]).code(1);
    let (listed, said) = (stdout(&ended), stderr(&ended));
    assert!(listed.contains("two") && listed.contains("one"), "{listed}");
    assert!(
        said.contains("one.toml:3: “pipelin” is not a field of [fields]. Did you mean pipeline?"),
        "{said}"
    );
    assert!(said.contains("two.toml:3: fields.pipeline: “now” uses now"), "{said}");
    let shown = stdout(&home.run(["mappings", "show", "two"]).success());
    assert!(shown.contains("pipeline = 'now'"), "{shown}");
}

#[test]
fn a_key_in_the_run_is_redacted_also_where_its_value_is_cut() {
    const KEY: &str = "planted-key-7f3a-planted-key-7f3a-planted-key";
    let home = Home::new();
    let text = format!(
        r#"{{"name": "checkout", "branch": "{}{KEY}", "status": "ok", "token {KEY}": "a"}}"#,
        "a".repeat(24)
    );
    let run = home.put("run.json", &text);
    let mapping =
        home.put("ferry.toml", "name = 'Ferry'\n[fields]\nbranch_name = '.branch'\nuser_id = '.branch.a'\n");
    for arguments in [vec!["mappings", "suggest", run], vec!["mappings", "test", mapping, run]] {
        let ended = home.command(arguments).env("HARNESS_SEI_API_KEY", KEY).assert();
        let all = stdout(&ended) + &stderr(&ended);
        assert!(all.contains("••••••") && !all.contains("planted"), "{all}");
    }
}

#[test]
fn text_that_is_not_json_is_refused_with_its_place() {
    let home = Home::new();
    let ended = home.command(["mappings", "suggest", "-"]).stdin("{\"a\": ").assert().code(1);
    assert!(stderr(&ended).contains("error"), "{}", stderr(&ended));
    let ended = home.command(["mappings", "suggest", "-"]).stdin("5").assert().code(2);
    assert!(stderr(&ended).contains("This is a number. A run is an object."), "{}", stderr(&ended));
    let run = home.put("run.json", RUN);
    let ended = home.run(["mappings", "test", "fery", run]).code(2);
    assert!(stderr(&ended).contains("No mapping is called “fery”."), "{}", stderr(&ended));
}

#[test]
fn import_of_unknown_json_names_the_command_that_guesses_a_mapping() {
    let home = Home::new();
    let run = home.put("run.json", RUN);
    let list = home.put("list.json", &format!("[{RUN}, {RUN}]"));
    for arguments in [vec!["import", run], vec!["import", list], vec!["import", "--all", list]] {
        let said = stderr(&home.run(arguments.clone()).code(1));
        assert!(said.contains("`sei-compose mappings suggest "), "{arguments:?}: {said}");
    }
    // Text that is not JSON is not a run of a tool.
    let said = stderr(&home.command(["import", "-"]).stdin("a: 5\nb: 6\n").assert().code(1));
    assert!(!said.contains("mappings suggest"), "{said}");
}

#[test]
fn the_schema_of_mappings_is_printed() {
    let printed = stdout(&Home::new().run(["schema", "mapping"]).success());
    assert_eq!(printed, sei_compose::import::mapping::schema());
}

#[test]
fn the_app_opens_unknown_json_in_the_mapper_and_a_payload_in_the_form() {
    let home = Home::new();
    let screen = |text: &str| {
        let file = home.put("input.json", text);
        let ended = home.run(["--screenshot", "text", "--size", "100x30", file]).success();
        stdout(&ended)
    };
    for text in [RUN.to_owned(), format!("[{RUN}, {RUN}]")] {
        let screen = screen(&text);
        assert!(screen.contains("new mapping · 5 of 5 required"), "{screen}");
    }
    // Typing needs no write to disk here.
    let file = home.put("typed.json", RUN);
    let typed = home.run(["--screenshot", "text", "--keys", "'.crossing.app'", file]).success();
    assert!(!stdout(&typed).contains("did not run"), "{}", stdout(&typed));
    assert!(screen(r#"{"pipeline": "shop", "result": "SUCCESS", "color": "red"}"#).contains("Alt-1"));
    let few = home.put("few.json", "[1, 2, 3]");
    let refused = home.run(["--screenshot", "text", few]).failure();
    assert!(stderr(&refused).contains("few.json"));
}

#[cfg(unix)]
#[test]
fn a_device_without_end_is_refused_at_once() {
    let home = Home::new();
    let run = home.put("run.json", RUN);
    for command in [
        vec!["import", "/dev/zero"],
        vec!["check", "/dev/zero"],
        vec!["simulate", "/dev/zero"],
        vec!["mappings", "suggest", "/dev/urandom"],
        vec!["mappings", "test", "/dev/zero", run],
        vec!["import", run, "--map", "/dev/zero"],
        vec!["import", run, "--jobs", "/dev/zero"],
        vec!["profile", "import", "/dev/zero"],
        vec!["simulate", run, "--profile", "/dev/zero"],
        vec!["simulate", run, "--pair", "/dev/zero"],
        vec!["/dev/zero", "--plain"],
    ] {
        let said = stderr(&home.run(command.clone()).failure());
        assert!(said.contains("is a pipe or a device, not a file"), "{command:?}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn the_app_reads_a_file_that_can_be_read_only_once() {
    use std::io::Write as _;
    let home = Home::new();
    for (text, shown) in [(RUN.to_owned(), "new mapping"), (super::good_run(), "Shop CI")] {
        let mut program = home.program(&["--screenshot", "text", "/dev/stdin"]);
        let mut child =
            program.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let ended = child.wait_with_output().unwrap();
        let screen = String::from_utf8(ended.stdout).unwrap();
        assert!(screen.contains(shown), "{shown}: {screen}");
    }
}
