//! Filling in the form, question by question.

use super::PlainSession;

#[test]
fn a_blank_run_is_composed_by_answering_in_order() {
    let mut talk = PlainSession::new();
    talk.says("Blank run: ").says("Sandbox (sandbox)").asks("Instance GUID (required): ");
    talk.answers(&["0f0e0d0c-0b0a-4908-8706-050403020100", "Shop CI", "-"]);
    // With a GUID, the program does not ask how to get one.
    talk.says("Tab 2 of 5, Job run.").asks("Pipeline (required): ");
    talk.answers(&["shop", "acme/shop/main", "acme/shop", "2"]).says("Read as FAILURE.");
    talk.asks("Started (required): ")
        .answers(&["2024-05-01 11:50"])
        .says("Read as 2024-05-01 11:50:00 UTC, 1714564200000.");
    talk.asks("Duration (required): ").answers(&["00:01:17"]).says("Read as 1m 17s, 77000 ms.");
    talk.answers(&["7", "1"]).asks("Branch: ");
    assert_eq!(talk.script.value("/result"), "\"FAILURE\"");
    assert_eq!(talk.script.value("/duration"), "77000");
    assert_eq!(talk.script.value("/build_number"), "7");
    assert_eq!(talk.script.value("/ci"), "true");
}

#[test]
fn a_problem_is_reported_at_once_and_f_applies_its_fix() {
    let mut talk = PlainSession::new();
    talk.answers(&[":go result", "FAILED"]).says("skip “FAILED”").says("f applies the fix: FAILURE.");
    talk.asks("Result (required; 1 SUCCESS, 2 FAILURE) [FAILED]: ").answers(&["f"]).asks("Started");
    assert_eq!(talk.script.value("/result"), "\"FAILURE\"");
    talk.answers(&[":undo"]);
    assert_eq!(talk.script.value("/result"), "\"FAILED\"");
}

#[test]
fn enter_keeps_a_value_and_a_dash_clears_it() {
    let mut talk = PlainSession::on(r#"{"pipeline":"shop","job_full_name":"acme/shop"}"#);
    talk.answers(&[":go pipeline"]).asks("Pipeline (required) [shop]: ").answers(&[""]);
    talk.asks("Full name (required) [acme/shop]: ").answers(&["-"]);
    assert_eq!(talk.script.json(), r#"{"pipeline":"shop"}"#);
    talk.answers(&["<"]).asks("Full name (required): ").answers(&["<"]).asks("Pipeline (required) [shop]: ");
}

#[test]
fn doubled_signs_and_colons_are_values() {
    let mut talk = PlainSession::new();
    talk.answers(&[":go pipeline", "::colon"]);
    assert_eq!(talk.script.value("/pipeline"), "\":colon\"");
    for (line, value) in [("??", "\"?\""), ("--", "\"-\""), ("<<", "\"<\""), ("ff", "\"f\"")] {
        talk.answers(&[":go pipeline", line]);
        assert_eq!(talk.script.value("/pipeline"), value);
    }
    // A single `f` is more often a typing mistake than a name.
    talk.answers(&[":go pipeline", "f"]).says("Nothing to fix here").asks("Pipeline");
}

#[test]
fn a_question_mark_explains_the_field() {
    let mut talk = PlainSession::new();
    talk.answers(&[":go result", "?"]);
    talk.says("result, required.").says("1 SUCCESS, 2 FAILURE").asks("Result");
    talk.answers(&[":go start_time", "?"]).says("Accepts -15m, now").asks("Started");
}

#[test]
fn the_first_question_has_no_previous_one() {
    let mut talk = PlainSession::new();
    talk.answers(&["<"]).says("This is the first question.").asks("Instance GUID");
}

#[test]
fn stages_are_added_visited_and_removed() {
    let mut talk = PlainSession::new();
    talk.answers(&[":go stages"]);
    while !talk.question().starts_with("Add a stage?") {
        talk.answers(&[""]);
    }
    talk.answers(&["y"]);
    while !talk.question().starts_with("Name") {
        talk.answers(&[""]);
    }
    talk.answers(&["Build"]);
    while !talk.question().starts_with("Add another stage?") {
        talk.answers(&[if talk.question().starts_with("Result") { "1" } else { "" }]);
    }
    assert_eq!(talk.script.value("/job_run/stages/0/displayName"), "\"Build\"");
    talk.answers(&[":go stages"]);
    while !talk.question().starts_with("Stage 1 of 1: Build") {
        talk.answers(&[""]);
    }
    talk.answers(&["x"]).says("; :undo restores it.").answers(&[":undo"]);
    assert_eq!(talk.script.value("/job_run/stages/0/displayName"), "\"Build\"");
}

#[test]
fn rarely_needed_fields_are_asked_only_on_request() {
    let mut talk = PlainSession::new();
    talk.answers(&[":go job run"]);
    while !talk.question().starts_with("Go through") {
        talk.answers(&[""]);
    }
    talk.answers(&["n"]).asks("Add a stage?").answers(&["<"]);
    assert!(!talk.question().starts_with("Go through"), "{}", talk.question());
    let mut curious = PlainSession::new();
    curious.answers(&[":go job run"]);
    while !curious.question().starts_with("Go through") {
        curious.answers(&[""]);
    }
    curious.answers(&["y"]);
    assert!(!curious.question().contains("stage"), "{}", curious.question());
}

#[test]
fn a_value_of_the_wrong_type_is_kept_and_reported() {
    let mut talk = PlainSession::new();
    talk.answers(&[":go build_number", "seven"]);
    talk.says("Error, loss: run. ").asks("Build number [seven]: ");
    assert_eq!(talk.script.value("/build_number"), "\"seven\"");
}

#[test]
fn a_pasted_payload_is_shown_before_the_import() {
    let mut talk = PlainSession::new();
    talk.answers(&[":go pipeline", r#"{"pipeline":"shop","duration":77000}"#]);
    talk.says("1. import").asks("Enter imports these lines").answers(&["2"]).says("2. skip").answers(&[""]);
    assert_eq!(talk.script.json(), r#"{"pipeline":"shop"}"#);
}

#[test]
fn a_payload_of_several_lines_ends_with_a_dot() {
    let mut talk = PlainSession::new();
    talk.answers(&[":go pipeline", "{", r#"  "pipeline": "shop""#, "}"]);
    assert_eq!(talk.script.json(), "{}");
    talk.answers(&[".", "y"]);
    assert_eq!(talk.script.json(), r#"{"pipeline":"shop"}"#);
}

#[test]
fn output_does_not_move_the_cursor() {
    let mut talk = PlainSession::on("{\"pipeline\":\"\\u001b[2Jshop\\r\\u202e\"}");
    talk.answers(&[":json", ":go pipeline"]);
    let transcript = talk.transcript();
    assert!(!transcript.contains(['\u{1b}', '\r', '\u{202e}']), "{transcript:?}");
}
