//! Commands after a colon.

use sei_compose::app::{Action, Effect, TerminalEffect};

use super::PlainSession;
use crate::app::script::{GOOD, draft};

#[test]
fn help_lists_the_commands_and_with_all_every_action() {
    let mut talk = PlainSession::new();
    talk.answers(&[":help"]).says(":send: ").says(":save [NAME]: ").says(":go FIELD: ");
    talk.answers(&[":help all"]).says(":duplicate-item: ").says(":random-guid: ");
    assert!(!talk.transcript().contains("toggle-preview"), "an action that needs a screen is not a command");
    for action in Action::ALL.iter().filter(|action| talk.transcript().contains(action.name())) {
        assert_ne!(*action, Action::EditJson);
    }
}

#[test]
fn an_unknown_command_is_reported_with_a_similar_one() {
    let mut talk = PlainSession::new();
    talk.answers(&[":sned"]).says("No command is called :sned. Did you mean :send?").asks("Instance GUID");
    talk.answers(&[":toggle-preview"]).says("No command is called");
}

#[test]
fn no_notice_names_a_key_of_the_screen() {
    let mut talk = PlainSession::on(r#"{"pipeline":"shop"}"#);
    talk.answers(&[":fix"]).answers(&[
        ":go pipeline",
        ":fix",
        ":undo",
        ":fix-all",
        ":env eu",
        ":random-guid",
    ]);
    let transcript = talk.transcript();
    assert!(!transcript.contains(['{', '}']), "{transcript}");
    for key in [" F5", " F8", "Esc"] {
        assert!(!transcript.contains(key), "{key} in {transcript}");
    }
}

#[test]
fn go_knows_fields_paths_tabs_and_problems() {
    let run = r#"{"job_run":{"stages":[{"id":"1","displayName":"Build"}]}}"#;
    let mut talk = PlainSession::on(run);
    talk.answers(&[":go Build number"])
        .asks("Build number")
        .answers(&[":go /job_run/stages/0/result"])
        .asks("Result");
    talk.answers(&[":go send"])
        .asks("Check list")
        .answers(&[":go nowhere"])
        .says("No field or tab is called “nowhere”");
    let mut faulty = PlainSession::new();
    faulty
        .answers(&[":problems"])
        .says("1. error, pipeline, loss: run. ")
        .answers(&[":go 2"])
        .says("Error, loss: run. ");
    faulty.answers(&[":go 99"]).says("Problem 99 does not exist");
}

#[test]
fn drafts_are_saved_listed_and_opened_by_name() {
    let mut talk = PlainSession::on(GOOD);
    talk.answers(&[":save nightly"]).says("Saved as “nightly”.");
    talk.script.drafts.insert("other".to_owned(), draft("other", r#"{"pipeline":"other"}"#));
    talk.answers(&[":open"]).says("Drafts:").says("nightly").asks("Number or name").answers(&["nowhere"]);
    talk.says("No line matches “nowhere”").answers(&["", ":open other"]).says("Opened “other”.");
    assert_eq!(talk.script.json(), r#"{"pipeline":"other"}"#);
}

#[test]
fn extra_words_after_a_command_do_not_answer_the_next_question() {
    let mut talk = PlainSession::new();
    talk.answers(&[":go pipeline", ":undo shop"]).asks("Pipeline (required): ");
    assert_eq!(talk.script.json(), "{}");
}

#[test]
fn an_environment_is_chosen_by_its_id_or_number_only() {
    let mut talk = PlainSession::new();
    talk.answers(&[":env eu"]).says("Environment: Harness EU");
    assert_eq!(talk.script.model.chosen().unwrap().environment.id, "eu");
    talk.answers(&[":env"]).says("1. ").answers(&["1"]);
    assert_ne!(talk.script.model.chosen().unwrap().environment.id, "eu");
}

#[test]
fn quitting_asks_about_unsaved_work_first() {
    let mut talk = PlainSession::new();
    talk.answers(&[":go pipeline", "shop", ":quit"]).says("1. Save, then quit").answers(&["4"]);
    assert!(!talk.has_quit());
    talk.answers(&[":quit"]);
    assert!(talk.effects_of("2").contains(&Effect::Terminal(TerminalEffect::Quit)));
    let mut blank = PlainSession::new();
    assert_eq!(blank.effects_of(":quit"), [Effect::Terminal(TerminalEffect::Quit)]);
}

#[test]
fn the_payload_is_shown_unchanged() {
    let mut talk = PlainSession::on(r#"{"pipeline":"shop"}"#);
    talk.answers(&[":json"]).says("{\n  \"pipeline\": \"shop\"\n}\n");
}

#[test]
fn an_unknown_choice_is_repeated_before_the_list() {
    let mut talk = PlainSession::new();
    talk.answers(&[":env nope"]).says("No line matches “nope”.").asks("Number or name (Enter cancels): ");
}

#[test]
fn an_export_is_printed_whole_and_one_place_lists_each_command() {
    let long = "x".repeat(3_000);
    let mut talk = PlainSession::on(&GOOD.replace("shop/web", &long));
    talk.answers(&[":env prod2", ":export curl"]).says(&long).asks("File to save it in (Enter cancels): ");
    talk.answers(&["", ":help all"]).says(":random-guid: ");
    assert!(!talk.transcript().contains(":generate-guid:"), "`:guid` is the same command");
}
