//! `check --fix safe`.

use sei_compose::document::read;
use snapbox::str;

use super::{FAULTY, Home, good_run, on_one_line, stderr, stdout};

#[test]
fn the_fixed_payload_is_printed_and_messages_go_to_standard_error() {
    let home = Home::new();
    let file = home.put("run.json", FAULTY);
    let ended = home.run(["check", file, "--fix", "safe"]).code(1);
    let ended = ended.stderr_eq(str![[r#"
fixed /start_time: ×1000 → 2026-01-05 09:00:00 UTC
error[result-word]: “succes” is neither SUCCESS nor FAILURE: usual filters skip it.
 --> run.json (fixed):7:13
  |
7 |   "result": "succes",
  |             ^^^^^^^^
  |
  = note: SEI stores the word unchanged, and the filters of its metrics compare words exactly.
          The usual filters, for SUCCESS or FAILURE, skip any other word. Other Jenkins results
          (UNSTABLE, ABORTED, NOT_BUILT) are warnings [evidence: doc]
  = fix: SUCCESS

run.json: 1 safe fix applied; remaining: 1 error

"#]]);
    assert_eq!(stdout(&ended), FAULTY.replace("1767603600", "1767603600000") + "\n");
    assert_eq!(std::fs::read_to_string(home.path("run.json")).unwrap(), FAULTY);
}

#[test]
fn a_payload_without_fixes_is_printed_formatted_and_otherwise_unchanged() {
    let text = good_run()
        .replace("\"ci\": true", "\"zeta\": 1.10,\n  \"ci\": true,\n  \"alpha\": 12345678901234567890123");
    let home = Home::new();
    let ended = home.command(["check", "-", "--fix", "safe"]).stdin(on_one_line(&text)).assert().success();
    assert_eq!(stdout(&ended), text + "\n");
    assert!(
        stderr(&ended).ends_with("standard input: 0 safe fixes applied; remaining: 2 hints\n"),
        "{}",
        stderr(&ended)
    );
}

#[test]
fn a_text_that_is_not_a_payload_prints_nothing() {
    let home = Home::new();
    home.command(["check", "-", "--fix", "safe"]).stdin("{\"a\":").assert().code(1).stdout_eq("");
}

#[test]
fn runs_are_fixed_line_by_line_and_no_line_is_lost() {
    let home = Home::new();
    let (faulty, good) = (on_one_line(FAULTY), on_one_line(&good_run()));
    let file = home.put("runs.ndjson", &format!("{faulty}\n{{broken}}\n\n{good}\n"));
    let ended = home.run(["check", file, "--fix", "safe"]).code(1);
    let printed = stdout(&ended);
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(read(lines[0]), read(&faulty.replace("1767603600", "1767603600000")));
    assert_eq!(lines[1], "{broken}");
    assert_eq!(read(lines[2]), read(&good));
    let said = stderr(&ended);
    assert!(
        said.starts_with("runs.ndjson:1: fixed /start_time: ×1000 → 2026-01-05 09:00:00 UTC\n"),
        "{said}"
    );
    assert!(said.contains(" --> runs.ndjson:2:2\n"), "{said}");
    assert!(
        said.ends_with("runs.ndjson: 1 safe fix applied; remaining: 3 runs, 2 with problems: 2 errors\n"),
        "{said}"
    );
}

#[test]
fn a_program_gets_report_list_and_payload_in_one_object() {
    let home = Home::new();
    let (one, two) = (home.put("a.json", FAULTY), home.put("b.json", "["));
    home.run(["check", one, two, "--fix", "safe", "--format", "json"])
        .code(1)
        .stderr_eq("")
        .stdout_eq(str![[r#"
{"file":"a.json","errors":1,"warnings":0,"hints":0,"problems":[{"code":"result-word","severity":"error","evidence":"doc","loss":"count","pointer":"/result","message":"“succes” is neither SUCCESS nor FAILURE: usual filters skip it.","line":7,"column":13,"fix":{"label":"SUCCESS","safe":false}}],"fixed":["/start_time: ×1000 → 2026-01-05 09:00:00 UTC"],"document":{"pipeline":"checkout","job_full_name":"shop/checkout","qualified_name":"checkout","instance_name":"Shop CI","instance_guid":"5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41","result":"succes","start_time":1767603600000,"duration":312000,"build_number":1482,"ci":true}}
{"file":"b.json","errors":1,"warnings":0,"hints":0,"problems":[{"code":"syntax","severity":"error","evidence":"doc","loss":"run","pointer":"","message":"expected a value as item 1, found the end of the text.","line":1,"column":2}]}

"#]]);
}

#[test]
fn a_silenced_rule_fixes_nothing() {
    let home = Home::new();
    home.put("config/config.toml", "silenced = [\"start-time-unit\", \"start-time-range\"]\n");
    let ended = home.command(["check", "-", "--fix", "safe"]).stdin(FAULTY).assert().code(1);
    assert_eq!(stdout(&ended), FAULTY.to_owned() + "\n");
}

#[test]
fn rules_that_a_draft_silences_are_silent_before_and_after_fixing() {
    let home = Home::new();
    let draft = format!(
        "{{\"format\": \"sei-compose-draft\", \"version\": 1, \"name\": \"d\", \"silenced_rules\": [\"result-word\"],\n\"document\": {FAULTY}}}"
    );
    let file = home.put("d.json", &draft);
    let report = stdout(&home.run(["check", file]).code(1));
    assert!(report.contains("start-time-unit") && !report.contains("result-word"), "{report}");
    home.run(["check", file, "--fix", "safe"]).success();
}
