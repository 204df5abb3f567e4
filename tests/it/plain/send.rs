//! From the check list to the reply.

use sei_compose::app::{Effect, NetworkEffect};

use super::PlainSession;
use crate::app::script::{GOOD, Script};

#[test]
fn the_check_list_leads_to_each_error_and_back() {
    let mut talk = PlainSession::new();
    talk.answers(&[":go send"])
        .says("5. error, instance_guid, loss: run.")
        .asks("Check list, 8 errors")
        .answers(&["5"]);
    talk.says("instance_guid is missing").says(":guid creates an instance").asks("Instance GUID");
    talk.answers(&["0f0e0d0c-0b0a-4908-8706-050403020100"]).asks("Check list, 7 errors");
    talk.answers(&[""])
        .says("pipeline is missing")
        .asks("Pipeline")
        .answers(&[""])
        .asks("Check list, 7 errors");
}

#[test]
fn a_run_is_reviewed_and_sent_after_a_yes() {
    let mut talk = PlainSession::on(GOOD);
    talk.answers(&[":go send"]).asks("Check list, 0 errors").answers(&[""]);
    talk.says("Review.")
        .says("Environment: Sandbox")
        .says("URL: POST ")
        .says("Run: ")
        .asks("Send to Sandbox? [y/N]: ");
    talk.answers(&["n"]).asks("Check list");
    assert!(talk.script.ledger.received().is_empty());
    talk.answers(&["", "y"]).says("Sending the run: POST ").says("202: queued").says("Next steps:");
    talk.asks("Check list, 0 errors, 1 warning. Enter quits");
    assert_eq!(talk.script.ledger.received().len(), 1);
}

#[test]
fn nothing_is_sent_without_an_answer() {
    let mut talk = PlainSession::on(GOOD);
    talk.answers(&[":send", ""]);
    assert!(talk.script.ledger.received().is_empty());
}

#[test]
fn a_protected_environment_requires_its_name() {
    let mut script = Script::on(GOOD);
    script.model.sending.environments.iter_mut().for_each(|known| known.environment.protected = true);
    let mut talk = PlainSession::with(script);
    talk.answers(&[":send"]).asks("Sandbox is protected. Type sandbox to send").answers(&["y"]);
    talk.says("Wrong id. Type sandbox.").answers(&["sandbox"]).says("202: queued");
}

#[test]
fn errors_block_the_send_and_lead_to_the_first_of_them() {
    let mut talk = PlainSession::new();
    talk.answers(&[":send"]).says("Errors block the send.").asks("Pipeline");
    talk.answers(&["shop"]).asks("Check list, 7 errors");
}

#[test]
fn a_guid_is_requested_from_the_environment() {
    let mut talk = PlainSession::on(r#"{"instance_name":"Shop CI"}"#);
    talk.answers(&["", "", ""]).asks("Integration id").answers(&["4620"]).asks("Get the instance GUID now?");
    talk.answers(&["1"]).says("its GUID is filled in").asks("Pipeline");
    assert!(!talk.script.value("/instance_guid").is_empty());
}

#[test]
fn during_a_request_no_question_is_asked() {
    let mut talk = PlainSession::on(GOOD);
    talk.answers(&[":send"]);
    let effects = talk.effects_of("y");
    assert!(matches!(effects.first(), Some(Effect::Network(NetworkEffect::Post { .. }))), "{effects:?}");
    talk.advance();
    assert_eq!(talk.question(), "");
}
