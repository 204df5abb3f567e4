//! `explain`.

use sei_compose::check::rules;
use snapbox::str;

use super::{Home, stdout};

#[test]
fn a_rule_is_explained_with_its_reason_and_what_mends_it() {
    Home::new().run(["explain", "start-time-unit"]).success().stderr_eq("").stdout_eq(str![[r#"
start-time-unit: error

Meaning   By its magnitude the start time counts seconds, micro- or nanoseconds; SEI reads
          milliseconds.
Why       Seconds put the run into January 1970, finer units into the far future: no report would
          show it.
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
fn a_code_that_is_none_names_the_ones_it_may_stand_for() {
    let home = Home::new();
    for (word, stderr) in [
        (
            "start-tiem-unit",
            "sei-compose: There is no rule “start-tiem-unit”. Did you mean start-time-unit? `sei-compose explain` \
             lists them all.\n",
        ),
        (
            "start-time",
            "sei-compose: There is no rule “start-time”. Did you mean start-time-unit or start-time-range? \
             `sei-compose explain` lists them all.\n",
        ),
        ("x\u{1b}[31m", "sei-compose: There is no rule “x␛[31m”. `sei-compose explain` lists them all.\n"),
    ] {
        home.run(["explain", word]).code(2).stdout_eq("").stderr_eq(stderr.to_owned());
    }
    home.run(["explain", "START-TIME-UNIT"]).success();
}
