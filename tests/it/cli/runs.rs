//! `check` of files with one run per line.

use proptest::prelude::*;
use serde_json::Value;
use snapbox::str;

use super::{FAULTY, Home, good_run, on_one_line, stderr, stdout};

fn reports(home: &Home, arguments: &[&str]) -> Vec<Value> {
    let ended = home.run(arguments.iter().copied());
    stdout(&ended).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_line_is_checked_and_places_name_the_line_of_the_file() {
    let home = Home::new();
    let (faulty, good) = (on_one_line(FAULTY), on_one_line(&good_run()));
    let file = home.put("runs.ndjson", &format!("{good}\n\n{faulty}\r\n{{\"a\": 1,}}\n"));
    home.run(["check", file]).code(1).stderr_eq("").stdout_eq(str![[r#"
error[start-time-unit]: 1767603600 is in seconds: SEI shows January 1970.
 --> runs.ndjson:3:203
  |
3 | …a7d2e41","result": "succes","start_time": 1767603600,"duration": 312000,"build_number": 1482,"…
  |                                            ^^^^^^^^^^
  |
  = note: Seconds put the run in January 1970, finer units in the far future. No dashboard shows
          the run [evidence: doc]
  = fix: ×1000 → 2026-01-05 09:00:00 UTC

error[result-word]: “succes” is neither SUCCESS nor FAILURE: usual filters skip it.
 --> runs.ndjson:3:180
  |
3 | …f0e-3c57-4f5e-9f5c-3c8a8a7d2e41","result": "succes","start_time": 1767603600,"duration": 31200…
  |                                             ^^^^^^^^
  |
  = note: SEI stores the word unchanged, and the filters of its metrics compare words exactly. The
          usual filters, for SUCCESS or FAILURE, skip any other word. Other Jenkins results
          (UNSTABLE, ABORTED, NOT_BUILT) are warnings [evidence: doc]
  = fix: SUCCESS

error[syntax]: a trailing comma after the value of "a": expected another value, found }.
 --> runs.ndjson:4:8
  |
4 | {"a": 1,}
  |        ^
  |
  = note: SEI refuses a body that it cannot read. The documentation's samples have such faults:
          curly quotes, an extra or missing comma, a doubled brace [evidence: doc]

runs.ndjson: 3 runs, 2 with problems: 3 errors

"#]]);
}

#[test]
fn a_program_gets_an_object_for_each_run() {
    let home = Home::new();
    let (faulty, good) = (on_one_line(FAULTY), on_one_line(&good_run()));
    let file = home.put("runs.ndjson", &format!("{good}\n{faulty}\n"));
    home.run(["check", file, "--format", "json"]).code(1).stderr_eq("").stdout_eq(str![[r#"
{"line":1,"errors":0,"warnings":0,"hints":0,"problems":[]}
{"line":2,"errors":2,"warnings":0,"hints":0,"problems":[{"code":"start-time-unit","severity":"error","evidence":"doc","loss":"field","pointer":"/start_time","message":"1767603600 is in seconds: SEI shows January 1970.","line":2,"column":203,"fix":{"label":"×1000 → 2026-01-05 09:00:00 UTC","safe":true}},{"code":"result-word","severity":"error","evidence":"doc","loss":"count","pointer":"/result","message":"“succes” is neither SUCCESS nor FAILURE: usual filters skip it.","line":2,"column":180,"fix":{"label":"SUCCESS","safe":false}}]}

"#]]);
    let named = reports(&home, &["check", file, file, "--format", "json"]);
    assert_eq!(named.len(), 4);
    assert!(named.iter().all(|report| report["file"] == "runs.ndjson"));
}

#[test]
fn a_file_of_runs_is_recognized_by_its_content() {
    let home = Home::new();
    let good = on_one_line(&good_run());
    let lines = |text: &str| {
        let ended = home.command(["check", "-", "--format", "json"]).stdin(text.to_owned()).assert();
        stdout(&ended).lines().filter(|line| line.starts_with("{\"line\":")).count()
    };
    for (text, expected) in [
        (good.clone(), 0),
        (format!("\n{good}\n\n"), 0),
        (good_run(), 0),
        (format!("{good}\nrest"), 0),
        (format!("{}\n{}", good_run(), good_run()), 0),
        ("{}{}".to_owned(), 0),
        ("[]\n[]".to_owned(), 0),
        ("{\"a\": {}\n,\"b\": 1}".to_owned(), 0),
        (format!("{good}\n{good}"), 2),
        (format!("\u{feff}{good}\r\n{good}\r\n"), 2),
        (format!("{{broken}}\n{good}\n{good}\n"), 3),
        (format!("{good}\n{{"), 2),
        (format!("{good}\n[]\n{good}\n7"), 4),
    ] {
        assert_eq!(lines(&text), expected, "{text}");
    }
}

#[test]
fn a_line_that_is_not_text_is_an_error_of_that_line_only() {
    let home = Home::new();
    let good = on_one_line(&good_run());
    let mut bytes = format!("{good}\n").into_bytes();
    bytes.extend(b"{\"a\": \"\xff\"}\n");
    bytes.extend(format!("{good}\n").bytes());
    let ended = home.command(["check", "-"]).stdin(bytes).assert().code(1);
    ended.stdout_eq(str![[r#"
error[syntax]: the line is not UTF-8 text: byte 7 is invalid.
 --> standard input:2:8
  |
2 | {"a": "�"}
  |        ^
  |
  = note: SEI refuses a body that it cannot read. The documentation's samples have such faults:
          curly quotes, an extra or missing comma, a doubled brace [evidence: doc]

standard input: 3 runs, 1 with problems: 1 error

"#]]);
}

#[test]
fn rules_are_silent_in_every_line_and_notes_are_printed_once() {
    let home = Home::new();
    home.put(
        "config/config.toml",
        "silenced = [\"result-word\", \"start-time-unit\", \"names-mixed\", \"legacy-name\"]\n",
    );
    let line = on_one_line(FAULTY).replace("\"pipeline\"", "\"job_name\"");
    let file = home.put("runs.ndjson", &format!("{line}\n").repeat(3));
    home.run(["check", file])
        .success()
        .stdout_eq("runs.ndjson: 3 runs, no problems\n")
        .stderr_eq("note: 1 legacy name left unchanged: job_name.\n");
}

#[test]
fn a_long_file_keeps_its_order_and_the_last_line() {
    let home = Home::new();
    let text: String = (1..=3000)
        .map(|number| {
            let line = on_one_line(&good_run()).replace("1482", &number.to_string());
            let padding = "x".repeat(number % 1500);
            line.replace("\"ci\": true", &format!("\"ci\": true,\"padding{number}\": \"{padding}\"")) + "\n"
        })
        .collect();
    let file = home.put("runs.ndjson", &text);
    let reports = reports(&home, &["check", file, "--format", "json"]);
    assert_eq!(reports.len(), 3000);
    for (number, report) in (1..).zip(&reports) {
        assert_eq!(report["line"], number);
        assert_eq!(report["problems"][0]["pointer"], format!("/padding{number}"));
    }
    let ended = home.run(["check", file, "--fix", "safe"]).success();
    assert_eq!(stdout(&ended).lines().count(), 3000);
    assert_eq!(
        stderr(&ended).lines().last(),
        Some("runs.ndjson: 0 safe fixes applied; remaining: 3000 runs, 3000 with problems: 3000 hints")
    );
}

/// Lines of a file: runs with and without problems, wrapped bodies, and other text.
fn line() -> impl Strategy<Value = String> {
    let (faulty, good) = (on_one_line(FAULTY), on_one_line(&good_run()));
    let wrapped =
        serde_json::json!({ "request_type": "JenkinsPluginJobRunComplete", "payload": faulty }).to_string();
    let twice = good.replace("\"ci\": true", "\"ci\": true, \"ci\": false");
    let whole = [good, faulty, wrapped, twice, "{}".to_owned(), "{\"é\": \"語\"}".to_owned()];
    let broken = ["{\"a\": }", "[]", "7", "{\"a\": 1,}", "{", "null"].map(str::to_owned);
    prop_oneof![4 => proptest::sample::select(whole.to_vec()), 1 => proptest::sample::select(broken.to_vec())]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_line_is_checked_as_a_file_of_its_own_would_be(lines in proptest::collection::vec(line(), 1..30)) {
        let home = Home::new();
        // Two runs at the start identify the content.
        let head = [on_one_line(&good_run()), on_one_line(&good_run())];
        let lines: Vec<_> = head.into_iter().chain(lines).collect();
        let names: Vec<_> = (0..lines.len()).map(|index| format!("{index}.json")).collect();
        for (name, line) in names.iter().zip(&lines) {
            home.put(name, line);
        }
        home.put("runs.ndjson", &lines.join("\n"));
        let together = reports(&home, &["check", "runs.ndjson", "--format", "json"]);
        let words = ["check", "--format", "json"].into_iter().chain(names.iter().map(String::as_str));
        let alone = reports(&home, &words.collect::<Vec<_>>());
        prop_assert_eq!(together.len(), alone.len());
        for (number, (mut one, mut other)) in (1_usize..).zip(together.into_iter().zip(alone)) {
            prop_assert_eq!(&one["line"], number);
            for report in [&mut one, &mut other] {
                let report = report.as_object_mut().unwrap();
                report.remove("line");
                report.remove("file");
            }
            for problem in one["problems"].as_array_mut().unwrap() {
                prop_assert_eq!(&problem["line"], number);
                problem["line"] = 1.into();
                if let Some(related) = problem.get_mut("related") {
                    related["line"] = 1.into();
                }
            }
            prop_assert_eq!(one, other);
        }
    }
}
