//! The review: changes since the last accepted run, and previous sends.

use sei_compose::app::{DiskReply, Msg};
use sei_compose::journal::JournalEntry;

use super::journal::{HERE, accepted, entry, recalled};
use super::script::{GOOD, Script};

const SIZES: [(u16, u16); 2] = [(120, 36), (80, 24)];

/// A script whose session has read a journal with these entries.
fn with(json: &str, entries: &[JournalEntry]) -> Script {
    let mut script = Script::on(json);
    script.journal = entries.to_vec();
    recalled(&mut script, entries);
    script
}

#[test]
fn the_review_shows_the_changes_since_the_last_accepted_run() {
    let newer = GOOD.replace(":77000", ":78000").replace(r#""ci":true"#, r#""branch_name":"main","ci":true"#);
    for (columns, rows) in SIZES {
        let mut script = with(&newer, &[accepted(entry(HERE, 5)), accepted(entry(HERE, 6)), entry(HERE, 4)]);
        script.sized(columns, rows).keys("f5");
        script.shows("3 since #6, accepted 2024-05-01 12:00:00 UTC");
        script
            .shows("build_number  6 → 7")
            .shows("duration  77000 (1m 17s) → 78000")
            .shows("branch_name  + ");
        script.shows("F11 changes").keys("f11");
        assert_eq!(script.overlays(), ["review", "compare"]);
        script.shows("Changes since #6 · 3 changes").keys("esc");
        assert_eq!(script.overlays(), ["review"]);
    }
}

#[test]
fn a_long_list_of_changes_is_cut_in_the_review_and_complete_in_its_own_view() {
    let parameters: Vec<String> =
        (0..12).map(|n| format!(r#"{{"name":"p{n}","type":"StringParameterValue","value":"x"}}"#)).collect();
    let fields: Vec<String> = (0..9).map(|n| format!(r#""x{n}":{n}"#)).collect();
    let text = format!(r#""job_run_params":[{}],{},"ci":true"#, parameters.join(","), fields.join(","));
    let mut script = with(&GOOD.replace(r#""ci":true"#, &text), &[accepted(entry(HERE, 6))]);
    script.keys("f5").shows("11 since #6").shows("… and 7 more").hides("x8");
    script.keys("alt-c").shows("+ 12 items").shows("x8              + 8");
}

#[test]
fn a_run_that_was_accepted_before_is_highlighted_first() {
    for (columns, rows) in SIZES {
        let mut script = with(GOOD, &[accepted(entry(HERE, 7))]);
        script.sized(columns, rows).keys("f5").shows("Already sent. Run 7 of this job was accepted before");
        script.shows("none since #7").hides("F11");
        let screen = script.screen();
        assert!(screen.find("Already sent").unwrap() < screen.find("Environment").unwrap(), "{screen}");
        script.keys("f11");
        assert_eq!(script.overlays(), ["review", "compare"]);
        script.shows("No differences.");
    }
}

#[test]
fn another_environment_is_compared_with_its_own_previous_run() {
    let mut script = with(GOOD, &[accepted(entry(HERE, 6))]);
    script.keys("f5").shows("since #6");
    script.sends_to("levelops").shows("no accepted run of this job").keys("f11");
    script.shows("has no accepted run of this job").sends_to("sandbox").shows("since #6");
}

#[test]
fn a_late_or_unreadable_answer_changes_nothing() {
    let mut script = with(GOOD, &[accepted(entry(HERE, 6))]);
    script.keys("f5");
    let late = Msg::Disk(DiskReply::AcceptedFound { environment: "eu".to_owned(), result: Ok(None) });
    script.receive(late.clone()).shows("since #6").keys("esc").receive(late);
    assert!(script.overlays().is_empty());
    script.keys("f5");
    script.receive(Msg::Disk(DiskReply::AcceptedFound {
        environment: "sandbox".to_owned(),
        result: Err("locked".to_owned()),
    }));
    script.shows("no accepted run of this job").keys("enter");
    assert_eq!(script.overlays(), ["waiting"], "the error does not block the send");
}

#[test]
fn a_run_without_a_job_is_not_compared() {
    let mut script = with("{}", &[accepted(entry(HERE, 6))]);
    script.keys("f5").shows("no accepted run of this job in this environment");
}
