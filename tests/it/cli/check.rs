//! `check`.

use snapbox::str;

use super::{FAULTY, Home, asset, stderr, stdout};

#[test]
fn a_problem_is_shown_at_its_place_with_its_reason_and_fix() {
    let home = Home::new();
    let file = home.put("run.json", FAULTY);
    home.run(["check", file]).code(1).stderr_eq("").stdout_eq(str![[r#"
error[start-time-unit]: 1767603600 is in seconds: SEI shows January 1970.
 --> run.json:8:17
  |
8 |   "start_time": 1767603600,
  |                 ^^^^^^^^^^
  |
  = note: Seconds put the run in January 1970, finer units in the far future. No dashboard shows
          the run [evidence: doc]
  = fix: ×1000 → 2026-01-05 09:00:00 UTC

error[result-word]: “succes” is neither SUCCESS nor FAILURE: usual filters skip it.
 --> run.json:7:13
  |
7 |   "result": "succes",
  |             ^^^^^^^^
  |
  = note: SEI stores the word unchanged, and the filters of its metrics compare words exactly.
          The usual filters, for SUCCESS or FAILURE, skip any other word. Other Jenkins results
          (UNSTABLE, ABORTED, NOT_BUILT) are warnings [evidence: doc]
  = fix: SUCCESS

run.json: 2 errors

"#]]);
}

#[test]
fn problems_for_programs_are_one_object() {
    let home = Home::new();
    let file = home.put("run.json", FAULTY);
    home.run(["check", file, "--format", "json"]).code(1).stderr_eq("").stdout_eq(str![[r#"
{"errors":2,"warnings":0,"hints":0,"problems":[{"code":"start-time-unit","severity":"error","evidence":"doc","loss":"field","pointer":"/start_time","message":"1767603600 is in seconds: SEI shows January 1970.","line":8,"column":17,"fix":{"label":"×1000 → 2026-01-05 09:00:00 UTC","safe":true}},{"code":"result-word","severity":"error","evidence":"doc","loss":"count","pointer":"/result","message":"“succes” is neither SUCCESS nor FAILURE: usual filters skip it.","line":7,"column":13,"fix":{"label":"SUCCESS","safe":false}}]}

"#]]);
}

#[test]
fn several_files_give_a_report_each() {
    let home = Home::new();
    let (good, broken) = (home.put("a.json", &asset("samples/ci-run.json")), home.put("b.json", "{"));
    home.run(["check", good, broken]).code(1).stdout_eq(str![[r#"
a.json: no problems
error[syntax]: expected a key in double quotes or }, found the end of the text.
 --> b.json:1:2
  |
1 | {
  |  ^
  |
  = note: SEI refuses a body that it cannot read. The documentation's samples have such faults:
          curly quotes, an extra or missing comma, a doubled brace [evidence: doc]

b.json: 1 error
2 files, 1 with problems: 1 error

"#]]);
    home.run(["check", good, broken, "--format", "json"]).code(1).stdout_eq(str![[r#"
{"file":"a.json","errors":0,"warnings":0,"hints":0,"problems":[]}
{"file":"b.json","errors":1,"warnings":0,"hints":0,"problems":[{"code":"syntax","severity":"error","evidence":"doc","loss":"run","pointer":"","message":"expected a key in double quotes or }, found the end of the text.","line":1,"column":2}]}

"#]]);
}

#[test]
fn an_empty_document_reports_all_eight_required_fields_at_once() {
    let home = Home::new();
    let ended = home.command(["check", "-", "--format", "json"]).stdin("{}").assert().code(1);
    let report: serde_json::Value = serde_json::from_str(&stdout(&ended)).unwrap();
    assert_eq!(report["errors"], 8);
    let problems = report["problems"].as_array().unwrap();
    assert_eq!(problems.iter().filter(|problem| problem["code"] == "missing-field").count(), 8);
}

#[test]
fn a_text_that_is_not_json_shows_the_place_of_the_error() {
    let home = Home::new();
    let broken = "{\n  \"pipeline\": \"a\"\n  \"result\": \"SUCCESS\"\n}\n";
    home.command(["check", "-"]).stdin(broken).assert().code(1).stdout_eq(str![[r#"
error[syntax]: expected a comma or } after the value of "pipeline", found "result".
 --> standard input:3:3
  |
3 |   "result": "SUCCESS"
  |   ^
  |
  = note: SEI refuses a body that it cannot read. The documentation's samples have such faults:
          curly quotes, an extra or missing comma, a doubled brace [evidence: doc]

standard input: 1 error

"#]]);
    let ended = home.command(["check", "-", "--format", "json"]).stdin(broken).assert().code(1);
    ended.stdout_eq(str![[r#"
{"errors":1,"warnings":0,"hints":0,"problems":[{"code":"syntax","severity":"error","evidence":"doc","loss":"run","pointer":"","message":"expected a comma or } after the value of \"pipeline\", found \"result\".","line":3,"column":3}]}

"#]]);
}

#[test]
fn a_caret_at_the_end_of_the_text_is_shown_and_nothing_breaks() {
    let home = Home::new();
    for broken in ["", "{", "[1,", "\"", "{\"a\":\"ä", "\u{feff}{", "{}\r\n\r\nx", "nul"] {
        let ended = home.command(["check", "-"]).stdin(broken).assert().code(1);
        assert!(stdout(&ended).starts_with("error[syntax]: "), "{broken:?}: {}", stdout(&ended));
    }
}

#[test]
fn problems_of_a_draft_are_shown_in_the_draft_file() {
    let home = Home::new();
    let draft = format!(
        "{{\"format\": \"sei-compose-draft\", \"version\": 1, \"name\": \"d\",\n\"document\": {FAULTY}}}"
    );
    let file = home.put("d.json", &draft);
    let ended = home.run(["check", file]).code(1);
    assert!(stdout(&ended).contains(" --> d.json:8:13\n"), "{}", stdout(&ended));
}

#[test]
fn problems_of_a_wrapped_body_are_shown_in_its_formatted_payload() {
    let home = Home::new();
    let payload = serde_json::to_string(FAULTY).unwrap();
    let file = home.put(
        "w.json",
        &format!("{{\"request_type\":\"JenkinsPluginJobRunComplete\",\"payload\":{payload}}}"),
    );
    let ended = home.run(["check", file]).code(1);
    assert!(stdout(&ended).contains(" --> w.json (its payload):7:13\n"), "{}", stdout(&ended));
    assert!(stderr(&ended).starts_with("note: This is a wrapped body"), "{}", stderr(&ended));
}

#[test]
fn a_problem_in_a_long_line_is_shown_with_the_text_around_it() {
    let home = Home::new();
    let line = FAULTY.replace('\n', "").replace("Shop CI", &"Shop CI ".repeat(200));
    let file = home.put("run.json", &line);
    home.run(["check", file]).code(1).stdout_eq(str![[r#"
error[start-time-unit]: 1767603600 is in seconds: SEI shows January 1970.
 --> run.json:1:1810
  |
1 | …e41",  "result": "succes",  "start_time": 1767603600,  "duration": 312000,  "build_number": 14…
  |                                            ^^^^^^^^^^
  |
  = note: Seconds put the run in January 1970, finer units in the far future. No dashboard shows
          the run [evidence: doc]
  = fix: ×1000 → 2026-01-05 09:00:00 UTC

error[result-word]: “succes” is neither SUCCESS nor FAILURE: usual filters skip it.
 --> run.json:1:1785
  |
1 | …e-3c57-4f5e-9f5c-3c8a8a7d2e41",  "result": "succes",  "start_time": 1767603600,  "duration": 3…
  |                                             ^^^^^^^^
  |
  = note: SEI stores the word unchanged, and the filters of its metrics compare words exactly. The
          usual filters, for SUCCESS or FAILURE, skip any other word. Other Jenkins results
          (UNSTABLE, ABORTED, NOT_BUILT) are warnings [evidence: doc]
  = fix: SUCCESS

warning[stray-space]: “Shop CI Shop CI Shop CI Shop CI Shop CI S…” ends with white space: SEI treats it as another value.
 --> run.json:1:112
  |
1 | …nstance_name": "Shop CI Shop CI Shop CI Shop CI Shop CI Shop CI Shop CI Shop CI Shop CI Shop C…
  |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: The space is invisible in SEI but changes the name: filters and pairs no longer match
          [evidence: advice]
  = fix: trim the value

run.json: 2 errors, 1 warning

"#]]);
}

#[test]
fn the_target_environment_is_named() {
    let home = Home::new();
    let file = home.put("run.json", &asset("samples/ci-run.json"));
    home.run(["check", file, "--env", "eu"]).success().stdout_eq("run.json for Harness EU: no problems\n");
}

#[test]
fn a_silenced_rule_reports_nothing() {
    let home = Home::new();
    home.put("config/config.toml", "silenced = [\"result-word\", \"start-time-unit\"]\n");
    let file = home.put("run.json", FAULTY);
    home.run(["check", file]).success().stdout_eq("run.json: no problems\n");
}

#[test]
fn nothing_in_a_payload_reaches_the_terminal_as_a_control_sequence() {
    let home = Home::new();
    let text = FAULTY.replace("succes", "\\u001b[31mred\u{202e}").replace("checkout", "\u{9b}31m");
    let file = home.put("run.json", &text);
    let ended = home.run(["check", file]).code(1);
    let printed = stdout(&ended);
    assert!(!printed.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{printed:?}");
}

#[test]
fn thousands_of_problems_are_listed_completely() {
    let home = Home::new();
    let stages: Vec<_> = (0..3000).map(|_| r#"{"displayName":"s","durationInMillis":1}"#).collect();
    let text = FAULTY
        .replace("\"ci\": true", &format!("\"ci\": true,\"job_run\":{{\"stages\":[{}]}}", stages.join(",")));
    let file = home.put("run.json", &text);
    let ended = home.run(["check", file]).code(1);
    assert!(stdout(&ended).contains("warning[stage-id-missing]: /job_run/stages/2999/id: "));
}

#[test]
fn no_format_prints_control_sequences() {
    let home = Home::new();
    let hostile = "\\u001b]0;x\\u0007\\u009b31m\\u007f\\u202e\\u2066";
    let file =
        home.put("run.json", &format!("{{\"pipeline{hostile}\": \"{hostile}\", \"result\": \"{hostile}\"}}"));
    for format in ["human", "json"] {
        let printed = stdout(&home.run(["check", file, "--format", format]).code(1));
        let obeyed = printed.chars().find(|c| *c != '\n' && sei_compose::text::is_hidden(*c));
        assert_eq!(obeyed, None, "{format}: {printed:?}");
    }
}

#[test]
fn a_hostile_path_in_a_message_prints_no_control_sequence() {
    let home = Home::new();
    let hostile = "\u{1b}]0;x\u{7}\u{9b}31m\u{202e}";
    let file = format!("{hostile}.json");
    let folder = home.path(hostile);
    for arguments in [
        &["check", &*file][..],
        &["send", &*file],
        &["import", &*file],
        &["journal"],
        &["instances"],
        &["drafts"],
    ] {
        let command = home.command(arguments.iter().copied()).env("SEI_COMPOSE_DATA_DIR", &folder);
        let said = stderr(&command.assert());
        let obeyed = said.chars().find(|c| *c != '\n' && sei_compose::text::is_hidden(*c));
        assert_eq!(obeyed, None, "{arguments:?}: {said:?}");
        assert!(said.contains("␛]0;x␇⟨U+009B⟩31m⟨U+202E⟩"), "{arguments:?}: {said:?}");
    }
}
