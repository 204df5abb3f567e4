//! What can be asked for behind a colon.

use sei_compose::app::{Action, Effect, TerminalEffect};

use super::PlainSession;
use crate::app::script::{GOOD, draft};

#[test]
fn help_lists_the_commands_and_with_all_every_action() {
    let mut talk = PlainSession::new();
    talk.hears(&[":help"]).says(":send: ").says(":save [NAME]: ").says(":go FIELD: ");
    talk.hears(&[":help all"]).says(":duplicate-item: ").says(":generate-guid: ");
    assert!(!talk.transcript().contains("toggle-preview"), "what needs a screen is no command");
    for action in Action::ALL.iter().filter(|action| talk.transcript().contains(action.name())) {
        assert_ne!(*action, Action::EditJson);
    }
}

#[test]
fn an_unknown_command_is_told_with_its_neighbour() {
    let mut talk = PlainSession::new();
    talk.hears(&[":sned"]).says("There is no command :sned. Did you mean :send?").asks("Instance GUID");
    talk.hears(&[":toggle-preview"]).says("There is no command");
}

#[test]
fn no_notice_names_a_key_of_the_screen() {
    let mut talk = PlainSession::on(r#"{"pipeline":"shop"}"#);
    talk.hears(&[":fix"]).hears(&[":go pipeline", ":fix", ":undo", ":fix-all", ":env eu", ":random-guid"]);
    let told = talk.transcript();
    assert!(!told.contains(['{', '}']), "{told}");
    for key in [" F5", " F8", "Esc"] {
        assert!(!told.contains(key), "{key} in {told}");
    }
}

#[test]
fn go_knows_fields_paths_tabs_and_problems() {
    let run = r#"{"job_run":{"stages":[{"id":"1","displayName":"Build"}]}}"#;
    let mut talk = PlainSession::on(run);
    talk.hears(&[":go Build number"])
        .asks("Build number")
        .hears(&[":go /job_run/stages/0/result"])
        .asks("Result");
    talk.hears(&[":go send"])
        .asks("Check list")
        .hears(&[":go nowhere"])
        .says("There is no field or tab “nowhere”");
    let mut faulty = PlainSession::new();
    faulty.hears(&[":problems"]).says("1. error, pipeline: ").hears(&[":go 2"]).says("Error: ");
    faulty.hears(&[":go 99"]).says("There is no problem 99");
}

#[test]
fn drafts_are_saved_listed_and_opened_by_name() {
    let mut talk = PlainSession::on(GOOD);
    talk.hears(&[":save nightly"]).says("Saved as “nightly”.");
    talk.script.shelf.insert("other".to_owned(), draft("other", r#"{"pipeline":"other"}"#));
    talk.hears(&[":open"]).says("Drafts:").says("nightly").asks("A number or a name").hears(&["nowhere"]);
    talk.says("“nowhere” fits none of them").hears(&["", ":open other"]).says("Opened “other”.");
    assert_eq!(talk.script.json(), r#"{"pipeline":"other"}"#);
}

#[test]
fn words_behind_a_command_that_takes_none_are_no_answer_to_the_next_question() {
    let mut talk = PlainSession::new();
    talk.hears(&[":go pipeline", ":undo shop"]).asks("Pipeline (required): ");
    assert_eq!(talk.script.json(), "{}");
}

#[test]
fn an_environment_is_chosen_by_its_id_or_number_only() {
    let mut talk = PlainSession::new();
    talk.hears(&[":env eu"]).says("Environment: Harness EU");
    assert_eq!(talk.script.model.chosen().unwrap().environment.id, "eu");
    talk.hears(&[":env"]).says("1. ").hears(&["1"]);
    assert_ne!(talk.script.model.chosen().unwrap().environment.id, "eu");
}

#[test]
fn leaving_asks_for_unsaved_work_first() {
    let mut talk = PlainSession::new();
    talk.hears(&[":go pipeline", "shop", ":quit"]).says("1. Save, then leave").hears(&["4"]);
    assert!(!talk.has_quit());
    talk.hears(&[":quit"]);
    assert!(talk.effects_of("2").contains(&Effect::Terminal(TerminalEffect::Quit)));
    let mut blank = PlainSession::new();
    assert_eq!(blank.effects_of(":quit"), [Effect::Terminal(TerminalEffect::Quit)]);
}

#[test]
fn the_payload_is_shown_as_it_is() {
    let mut talk = PlainSession::on(r#"{"pipeline":"shop"}"#);
    talk.hears(&[":json"]).says("{\n  \"pipeline\": \"shop\"\n}\n");
}
