//! Filling the form in, question by question.

use super::PlainSession;

#[test]
fn a_blank_run_is_composed_by_answering_in_order() {
    let mut talk = PlainSession::new();
    talk.says("A blank run: ").says("Sandbox (sandbox)").asks("Instance GUID (required): ");
    talk.hears(&["0f0e0d0c-0b0a-4908-8706-050403020100", "Shop CI", "-"]);
    // With a GUID nobody is asked how to get one.
    talk.says("Tab 2 of 5, Job run.").asks("Pipeline (required): ");
    talk.hears(&["shop", "acme/shop/main", "acme/shop", "2"]).says("Taken as FAILURE.");
    talk.asks("Started (required): ")
        .hears(&["2024-05-01 11:50"])
        .says("Taken as 2024-05-01 11:50:00 UTC, 1714564200000.");
    talk.asks("Duration (required): ").hears(&["00:01:17"]).says("Taken as 1m 17s, 77000 ms.");
    talk.hears(&["7", "1"]).asks("Branch: ");
    assert_eq!(talk.script.value("/result"), "\"FAILURE\"");
    assert_eq!(talk.script.value("/duration"), "77000");
    assert_eq!(talk.script.value("/build_number"), "7");
    assert_eq!(talk.script.value("/ci"), "true");
}

#[test]
fn a_problem_is_told_at_once_and_f_applies_its_fix() {
    let mut talk = PlainSession::new();
    talk.hears(&[":go result", "FAILED"]).says("Error: “FAILED” is not").says("f applies the fix: FAILURE.");
    talk.asks("Result (required; 1 SUCCESS, 2 FAILURE) [FAILED]: ").hears(&["f"]).asks("Started");
    assert_eq!(talk.script.value("/result"), "\"FAILURE\"");
    talk.hears(&[":undo"]);
    assert_eq!(talk.script.value("/result"), "\"FAILED\"");
}

#[test]
fn enter_keeps_a_value_and_a_dash_clears_it() {
    let mut talk = PlainSession::on(r#"{"pipeline":"shop","job_full_name":"acme/shop"}"#);
    talk.hears(&[":go pipeline"]).asks("Pipeline (required) [shop]: ").hears(&[""]);
    talk.asks("Full name (required) [acme/shop]: ").hears(&["-"]);
    assert_eq!(talk.script.json(), r#"{"pipeline":"shop"}"#);
    talk.hears(&["<"]).asks("Full name (required): ").hears(&["<"]).asks("Pipeline (required) [shop]: ");
}

#[test]
fn signs_and_colons_are_values_when_they_are_doubled() {
    let mut talk = PlainSession::new();
    talk.hears(&[":go pipeline", "::colon"]);
    assert_eq!(talk.script.value("/pipeline"), "\":colon\"");
    for (line, value) in [("??", "\"?\""), ("--", "\"-\""), ("<<", "\"<\""), ("ff", "\"f\"")] {
        talk.hears(&[":go pipeline", line]);
        assert_eq!(talk.script.value("/pipeline"), value);
    }
    // Alone it would be a slip of the finger far more often than a name.
    talk.hears(&[":go pipeline", "f"]).says("Nothing to mend here").asks("Pipeline");
}

#[test]
fn a_question_mark_explains_the_field() {
    let mut talk = PlainSession::new();
    talk.hears(&[":go result", "?"]);
    talk.says("result, required.").says("1 SUCCESS, 2 FAILURE").asks("Result");
    talk.hears(&[":go start_time", "?"]).says("Type now, -15m").asks("Started");
}

#[test]
fn the_first_question_has_none_before_it() {
    let mut talk = PlainSession::new();
    talk.hears(&["<"]).says("This is the first question.").asks("Instance GUID");
}

#[test]
fn stages_are_added_gone_through_and_removed() {
    let mut talk = PlainSession::new();
    talk.hears(&[":go stages"]);
    while !talk.question().starts_with("Add a stage?") {
        talk.hears(&[""]);
    }
    talk.hears(&["y"]);
    while !talk.question().starts_with("Name") {
        talk.hears(&[""]);
    }
    talk.hears(&["Build"]);
    while !talk.question().starts_with("Add another stage?") {
        talk.hears(&[if talk.question().starts_with("Result") { "1" } else { "" }]);
    }
    assert_eq!(talk.script.value("/job_run/stages/0/displayName"), "\"Build\"");
    talk.hears(&[":go stages"]);
    while !talk.question().starts_with("Stage 1 of 1: Build") {
        talk.hears(&[""]);
    }
    talk.hears(&["x"]).says("Removed; :undo brings it back.").hears(&[":undo"]);
    assert_eq!(talk.script.value("/job_run/stages/0/displayName"), "\"Build\"");
}

#[test]
fn rarely_needed_fields_are_asked_for_only_when_wanted() {
    let mut talk = PlainSession::new();
    talk.hears(&[":go job run"]);
    while !talk.question().starts_with("Go through") {
        talk.hears(&[""]);
    }
    talk.hears(&["n"]).asks("Add a stage?").hears(&["<"]);
    assert!(!talk.question().starts_with("Go through"), "{}", talk.question());
    let mut curious = PlainSession::new();
    curious.hears(&[":go job run"]);
    while !curious.question().starts_with("Go through") {
        curious.hears(&[""]);
    }
    curious.hears(&["y"]);
    assert!(!curious.question().contains("stage"), "{}", curious.question());
}

#[test]
fn a_value_that_fits_no_kind_is_kept_and_told() {
    let mut talk = PlainSession::new();
    talk.hears(&[":go build_number", "seven"]);
    talk.says("Error: ").asks("Build number [seven]: ");
    assert_eq!(talk.script.value("/build_number"), "\"seven\"");
}

#[test]
fn a_pasted_payload_is_shown_before_it_is_taken() {
    let mut talk = PlainSession::new();
    talk.hears(&[":go pipeline", r#"{"pipeline":"shop","duration":77000}"#]);
    talk.says("1. take").asks("Enter takes what says take").hears(&["2"]).says("2. leave").hears(&[""]);
    assert_eq!(talk.script.json(), r#"{"pipeline":"shop"}"#);
}

#[test]
fn a_payload_of_many_lines_is_read_up_to_a_dot() {
    let mut talk = PlainSession::new();
    talk.hears(&[":go pipeline", "{", r#"  "pipeline": "shop""#, "}"]);
    assert_eq!(talk.script.json(), "{}");
    talk.hears(&[".", "y"]);
    assert_eq!(talk.script.json(), r#"{"pipeline":"shop"}"#);
}

#[test]
fn what_is_said_moves_no_cursor() {
    let mut talk = PlainSession::on("{\"pipeline\":\"\\u001b[2Jshop\\r\\u202e\"}");
    talk.hears(&[":json", ":go pipeline"]);
    let told = talk.transcript();
    assert!(!told.contains(['\u{1b}', '\r', '\u{202e}']), "{told:?}");
}
