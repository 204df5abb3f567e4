//! What stands in the way: text that is not JSON, saves and exports that fail.

use sei_compose::app::message::SaveOutcome;
use sei_compose::app::{DraftEffect, DraftReply, Effect, Msg, open_draft};
use sei_compose::draft::Draft;

use super::PlainSession;
use crate::app::script::{GOOD, Script, draft};

const TORN: &str = "this draft holds text that is not JSON, ";

fn torn() -> PlainSession {
    let mut script = Script::new();
    let unparsed = Some("{\"a\": nope}".to_owned());
    open_draft(&mut script.model, Draft { unparsed, ..draft("torn", GOOD) });
    PlainSession::with(script)
}

#[test]
fn text_that_is_not_json_is_told_first_and_counts_as_an_error() {
    let mut talk = torn();
    let told = talk.transcript();
    assert!(told.find(TORN).unwrap() < told.find("The draft “torn”: 1 error").unwrap(), "{told}");
    talk.hears(&[":problems"]).says(TORN).says(":drop-text drops it, the app's edit-json mends it.");
    talk.hears(&[":go send"]).asks("Check list, 1 error, 0 warnings. Enter tells what blocks the send");
    talk.hears(&[""]).says(TORN);
    talk.hears(&[":send"])
        .says("Not sent: text not JSON at 1:7. The app's edit-json mends it, :drop-text drops it.");
    talk.hears(&[":drop-text"]).asks("Check list, 0 errors");
}

#[test]
fn what_cannot_be_copied_here_is_shown() {
    let mut talk = PlainSession::on(GOOD);
    talk.hears(&[":save mine", ":go pipeline", "shop"]);
    let effects = talk.effects_of(":save");
    let [Effect::Draft(DraftEffect::SaveDraft { revision, .. }), ..] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    talk.script.tell(Msg::Draft(DraftReply::Saved {
        revision: *revision,
        outcome: SaveOutcome::Failed("A key stands in it.".to_owned()),
    }));
    talk.goes_on();
    assert!(talk.transcript().contains("4. Show the payload"), "{}", talk.transcript());
    assert!(!talk.transcript().contains("Copy the JSON"), "{}", talk.transcript());
    talk.hears(&["4"]).says("\"pipeline\": \"shop\"").asks("Full name");
}

#[test]
fn an_export_that_fails_is_not_tried_again_by_enter() {
    let mut talk = PlainSession::on(GOOD);
    talk.hears(&[":export sh", "/nowhere/x"]).says("There is no folder /nowhere.");
    talk.asks("File to save it in, Enter for none: ").hears(&[""]).asks("Instance GUID");
}
