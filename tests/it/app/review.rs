//! What a review tells beside where the run goes: what is new since the last accepted run, and what was sent before.

use sei_compose::app::{DiskReply, Msg};
use sei_compose::journal::JournalEntry;

use super::journal::{HERE, accepted, entry, recalled};
use super::script::{GOOD, Script};

const SIZES: [(u16, u16); 2] = [(120, 36), (80, 24)];

/// A script whose journal holds these entries, as a session that has read it.
fn with(json: &str, entries: &[JournalEntry]) -> Script {
    let mut script = Script::on(json);
    script.journal = entries.to_vec();
    recalled(&mut script, entries);
    script
}

#[test]
fn the_review_tells_what_is_new_since_the_last_accepted_run() {
    let newer = GOOD.replace(":77000", ":78000").replace(r#""ci":true"#, r#""branch_name":"main","ci":true"#);
    for (columns, rows) in SIZES {
        let mut script = with(&newer, &[accepted(entry(HERE, 5)), accepted(entry(HERE, 6)), entry(HERE, 4)]);
        script.sized(columns, rows).keys("f5");
        script.shows("3 since run 6, accepted 2024-05-01 12:00:00 UTC");
        script
            .shows("build_number  6 → 7")
            .shows("duration  77000 (1m 17s) → 78000")
            .shows("branch_name  + ");
        script.shows("F11 changes").keys("f11");
        assert_eq!(script.overlays(), ["review", "compare"]);
        script.shows("Changes since run 6 · 3 changes").keys("esc");
        assert_eq!(script.overlays(), ["review"]);
    }
}

#[test]
fn a_long_list_of_changes_is_cut_in_the_review_and_whole_behind_the_key() {
    let parameters: Vec<String> =
        (0..12).map(|n| format!(r#"{{"name":"p{n}","type":"StringParameterValue","value":"x"}}"#)).collect();
    let fields: Vec<String> = (0..9).map(|n| format!(r#""x{n}":{n}"#)).collect();
    let text = format!(r#""job_run_params":[{}],{},"ci":true"#, parameters.join(","), fields.join(","));
    let mut script = with(&GOOD.replace(r#""ci":true"#, &text), &[accepted(entry(HERE, 6))]);
    script.keys("f5").shows("11 since run 6").shows("… and 7 more").hides("x8");
    script.keys("alt-c").shows("+ 12 items").shows("x8              + 8");
}

#[test]
fn a_run_that_is_already_there_stands_out_before_all_else() {
    for (columns, rows) in SIZES {
        let mut script = with(GOOD, &[accepted(entry(HERE, 7))]);
        script.sized(columns, rows).keys("f5").shows("Already sent. Run 7 of this job was accepted before");
        script.shows("none since run 7").hides("F11");
        let screen = script.screen();
        assert!(screen.find("Already sent").unwrap() < screen.find("Environment").unwrap(), "{screen}");
        script.keys("f11");
        assert_eq!(script.overlays(), ["review", "compare"]);
        script.shows("Nothing differs.");
    }
}

#[test]
fn another_environment_is_compared_with_what_went_there() {
    let mut script = with(GOOD, &[accepted(entry(HERE, 6))]);
    script.keys("f5").shows("since run 6");
    script.sends_to("levelops").shows("no accepted run of this job").keys("f11");
    script.shows("to compare with").sends_to("sandbox").shows("since run 6");
}

#[test]
fn what_comes_too_late_or_cannot_be_read_changes_nothing() {
    let mut script = with(GOOD, &[accepted(entry(HERE, 6))]);
    script.keys("f5");
    let late = Msg::Disk(DiskReply::AcceptedFound { environment: "eu".to_owned(), result: Ok(None) });
    script.tell(late.clone()).shows("since run 6").keys("esc").tell(late);
    assert!(script.overlays().is_empty());
    script.keys("f5");
    script.tell(Msg::Disk(DiskReply::AcceptedFound {
        environment: "sandbox".to_owned(),
        result: Err("locked".to_owned()),
    }));
    script.shows("no accepted run of this job").keys("enter");
    assert_eq!(script.overlays(), ["waiting"], "it is no reason not to send");
}

#[test]
fn a_run_without_a_job_has_nothing_to_be_compared_with() {
    let mut script = with("{}", &[accepted(entry(HERE, 6))]);
    script.keys("f5").shows("no accepted run of this job here");
}
