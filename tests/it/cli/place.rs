//! The excerpt of a place: the line, and carets under the value.

use snapbox::str;

use super::{FAULTY, Home, good_run, on_one_line, stdout};

fn check(text: &str) -> String {
    stdout(&Home::new().command(["check", "-"]).stdin(text).assert().code(1))
}

/// The first and last column of the carets and of a part of the line above, as a terminal shows
/// them.
fn columns(report: &str, part: &str) -> ((usize, usize), (usize, usize)) {
    use sei_compose::text::width;
    let lines: Vec<_> = report.lines().collect();
    let (line, caret) = lines
        .windows(2)
        .find_map(|two| match two {
            [line, caret] if caret.contains('^') => Some((line, caret.trim_end())),
            _ => None,
        })
        .unwrap();
    assert!(line.contains(part), "{part:?} in {line:?}");
    let start = width(line.split_once(part).unwrap().0);
    let caret_start = caret.find('^').unwrap();
    ((caret_start, caret.len()), (start, start + width(part)))
}

#[test]
fn a_duplicate_key_is_shown_at_both_its_places() {
    let text = good_run().replace("\"ci\": true", "\"ci\": true,\n  \"result\": \"FAILURE\"");
    snapbox::assert_data_eq!(
        check(&text),
        str![[r#"
error[duplicate-key]: “result” appears twice in one object: SEI uses the last.
  --> standard input:12:3
   |
 7 |   "result": "SUCCESS",
   |   -------- first here
...
12 |   "result": "FAILURE"
   |   ^^^^^^^^
   |
   = note: JSON does not define which of the two counts. SEI uses the last value; other programs
           may use the first or refuse the text [evidence: seen]
   = fix: keep the last, as SEI does
   = fix: keep the first

standard input: 1 error

"#]]
    );
}

#[test]
fn two_keys_on_one_line_are_marked_side_by_side() {
    let text = good_run().replace("\"ci\": true", "\"ci\": true, \"ci\": true");
    snapbox::assert_data_eq!(
        check(&text),
        str![[r#"
error[duplicate-key]: “ci” appears twice in one object: SEI uses the last.
  --> standard input:11:15
   |
11 |   "ci": true, "ci": true
   |   ----        ^^^^
   |   |
   |   first here
   |
   = note: JSON does not define which of the two counts. SEI uses the last value; other programs
           may use the first or refuse the text [evidence: seen]
   = fix: keep one ci

standard input: 1 error

"#]]
    );
}

#[test]
fn a_first_place_too_far_to_be_shown_is_named() {
    let text = on_one_line(&good_run()).replace("\"ci\":", "\"pipeline\": \"checkout\", \"ci\":");
    snapbox::assert_data_eq!(
        check(&text),
        str![[r#"
error[duplicate-key]: “pipeline” appears twice in one object: SEI uses the last.
 --> standard input:1:258
  |
1 | …0,"duration": 312000,"build_number": 1482,"pipeline": "checkout", "ci": true}
  |                                            ^^^^^^^^^^
  |
  = note: first at line 1, column 2
  = note: JSON does not define which of the two counts. SEI uses the last value; other programs
          may use the first or refuse the text [evidence: seen]
  = fix: keep one pipeline

standard input: 1 error

"#]]
    );
}

#[test]
fn a_deeply_nested_duplicate_key_is_found() {
    let steps = r#"{"id": "s", "displayName": "d", "durationInMillis": 1, "id": "s"}"#;
    let stages = format!(
        r#""ci": true, "job_run": {{"stages": [{{"id": "a", "durationInMillis": 1, "steps": [{steps}]}}]}}"#
    );
    let text = good_run().replace("\"ci\": true", &stages);
    let report = check(&text);
    assert!(report.contains("error[duplicate-key]"), "{report}");
    assert_eq!(columns(&report, "\"id\": \"s\"}").0.0, columns(&report, "\"id\": \"s\"}").1.0);
}

#[test]
fn carets_are_under_their_value_after_any_text() {
    for before in [
        "",
        "\t",
        "\t\t\"note\": \"日本語 🎉\", ",
        "\"e\u{301}\": \"\\u0041\", ",
        "\"a\u{7f}\u{202e}b\": 1, ",
    ] {
        let text = FAULTY.replace("1767603600", "1767603600000");
        let text = text.replace("  \"result\": \"succes\"", &format!("{before}\"result\": \"succes\""));
        let report = check(&text);
        let report = report.split("\n\n").find(|part| part.contains("[result-word]")).unwrap();
        let (caret, value) = columns(report, "\"succes\"");
        assert_eq!(caret, value, "{before:?}\n{report}");
    }
}

#[test]
fn a_long_line_is_shown_around_its_value_wherever_that_is() {
    for (before, behind) in [(0, 5000), (5000, 0), (5000, 5000), (30, 5000), (5000, 30), (0, 0)] {
        for filler in ["x", "語", "\t"] {
            let (before, behind) = (filler.repeat(before), filler.repeat(behind));
            let text = on_one_line(&FAULTY.replace("1767603600", "1767603600000"));
            let text = text.replace(
                "\"result\": \"succes\"",
                &format!("\"a\": \"{before}\", \"result\": \"succes\", \"b\": \"{behind}\""),
            );
            let text = if filler == "\t" { text.replace('\t', " \t").replace('\t', " ") } else { text };
            let report = check(&text);
            let report = report.split("\n\n").find(|part| part.contains("[result-word]")).unwrap();
            let (caret, value) = columns(report, "\"succes\"");
            assert_eq!(caret, value, "{report}");
            for line in report.lines().skip(1).take(4) {
                assert!(sei_compose::text::width(line) <= 100, "{line}");
            }
        }
    }
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_move_no_caret() {
    let text = format!("\u{feff}{}", FAULTY.replace('\n', "\r\n"));
    let report = check(&text);
    assert!(report.contains(" --> standard input:8:17\n"), "{report}");
    let (caret, value) = columns(&report, "1767603600");
    assert_eq!(caret, value, "{report}");
    let report = check("\u{feff}{\"a\":}");
    assert!(report.contains(" --> standard input:1:6\n"), "{report}");
}

#[test]
fn the_same_place_is_shown_once() {
    let report = check("{}");
    assert_eq!(report.matches("1 | {}\n").count(), 1, "{report}");
    assert_eq!(report.matches("error[missing-field]").count(), 8, "{report}");
}

#[test]
fn a_secret_is_marked_and_not_printed() {
    let url = FAULTY
        .replace("\"ci\": true", "\"repo_url\": \"https://ci:planted-token@ci.example/job\", \"ci\": true");
    for text in [url.clone(), on_one_line(&url)] {
        let home = Home::new();
        for form in ["human", "json", "github", "sarif"] {
            let ended = home.command(["check", "-", "--format", form]).stdin(text.clone()).assert().code(1);
            let printed = stdout(&ended);
            assert!(printed.contains("url-credentials") && !printed.contains("planted"), "{form}: {printed}");
        }
    }
    let report = check(&url);
    assert!(report.contains("\"repo_url\": \"•••"), "{report}");
    let (caret, line) = (report.matches("^^^^").count(), report.matches("•••••").count());
    assert!(caret > 0 && line > 0, "{report}");
}
