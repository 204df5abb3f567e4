//! `explain`.

use sei_compose::check::rules;
use snapbox::str;

use super::{Home, stdout};

#[test]
fn a_rule_is_explained_with_its_reason_and_its_fix() {
    Home::new().run(["explain", "start-time-unit"]).success().stderr_eq("").stdout_eq(str![[r#"
start-time-unit: error

Meaning   The size of the start time suggests seconds, microseconds or nanoseconds. SEI reads
          milliseconds.
Why       Seconds put the run in January 1970, finer units in the far future. No dashboard shows
          the run.
Loss      field
Evidence  doc: documentation, all versions since 2023
Bad       "start_time": 1679467494
Good      "start_time": 1679467494000
Fix       Converts the number to milliseconds.

"#]]);
}

#[test]
fn every_rule_is_listed_and_explained_by_its_own_entry() {
    let home = Home::new();
    let listed = stdout(&home.run(["explain"]).success());
    for rule in rules() {
        let line = listed.lines().find(|line| line.split(' ').next() == Some(rule.code)).unwrap();
        assert!(line.contains(rule.severity.word()) && line.ends_with(rule.meaning), "{line}");
        let page = stdout(&home.run(["explain", rule.code]).success());
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in
            [rule.meaning, rule.why, rule.source, rule.example, rule.good, rule.fix, rule.evidence.word()]
        {
            let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(page.contains(&part), "{}: {part}\n{page}", rule.code);
        }
    }
}

#[test]
fn an_unknown_code_suggests_similar_ones() {
    let home = Home::new();
    for (word, stderr) in [
        (
            "start-tiem-unit",
            "sei-compose: Unknown rule “start-tiem-unit”. Did you mean start-time-unit? `sei-compose explain` \
             lists all rules.\n",
        ),
        (
            "start-time",
            "sei-compose: Unknown rule “start-time”. Did you mean start-time-unit or start-time-range? \
             `sei-compose explain` lists all rules.\n",
        ),
        ("x\u{1b}[31m", "sei-compose: Unknown rule “x␛[31m”. `sei-compose explain` lists all rules.\n"),
    ] {
        home.run(["explain", word]).code(2).stdout_eq("").stderr_eq(stderr.to_owned());
    }
    home.run(["explain", "START-TIME-UNIT"]).success();
}
