//! Obstacles: text that is not JSON, saves and exports that fail.

use sei_compose::app::message::SaveOutcome;
use sei_compose::app::{DraftEffect, DraftReply, Effect, Msg, open_draft};
use sei_compose::draft::Draft;

use super::PlainSession;
use crate::app::script::{GOOD, Script, draft};

const UNPARSED: &str = "this draft has text that is not JSON, ";

fn unparsed_session() -> PlainSession {
    let mut script = Script::new();
    let unparsed = Some("{\"a\": nope}".to_owned());
    open_draft(&mut script.model, Draft { unparsed, ..draft("unparsed", GOOD) });
    PlainSession::with(script)
}

#[test]
fn unparsed_text_is_reported_first_and_counts_as_an_error() {
    let mut talk = unparsed_session();
    let transcript = talk.transcript();
    assert!(
        transcript.find(UNPARSED).unwrap() < transcript.find("Draft “unparsed”: 1 error").unwrap(),
        "{transcript}"
    );
    talk.answers(&[":problems"]).says(UNPARSED).says(":drop-text discards it, the app's edit-json edits it.");
    talk.answers(&[":go send"]).asks("Check list, 1 error, 0 warnings. Enter shows what blocks the send");
    talk.answers(&[""]).says(UNPARSED);
    talk.answers(&[":send"])
        .says("Not sent: text not JSON at 1:7. The app's edit-json edits it, :drop-text discards it.");
    talk.answers(&[":drop-text"]).asks("Check list, 0 errors");
}

#[test]
fn without_a_clipboard_the_payload_is_shown() {
    let mut talk = PlainSession::on(GOOD);
    talk.answers(&[":save mine", ":go pipeline", "shop"]);
    let effects = talk.effects_of(":save");
    let [Effect::Draft(DraftEffect::SaveDraft { revision, .. }), ..] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    talk.script.receive(Msg::Draft(DraftReply::Saved {
        revision: *revision,
        outcome: SaveOutcome::Failed("The payload contains a key.".to_owned()),
    }));
    talk.advance();
    assert!(talk.transcript().contains("4. Show the payload"), "{}", talk.transcript());
    assert!(!talk.transcript().contains("Copy the JSON"), "{}", talk.transcript());
    talk.answers(&["4"]).says("\"pipeline\": \"shop\"").asks("Full name");
}

#[test]
fn enter_does_not_retry_a_failed_export() {
    let mut talk = PlainSession::on(GOOD);
    talk.answers(&[":export sh", "/nowhere/x"]).says("The folder /nowhere does not exist.");
    talk.asks("File to save it in (Enter cancels): ").answers(&[""]).asks("Instance GUID");
}
