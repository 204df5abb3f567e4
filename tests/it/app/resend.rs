//! Sending again and comparing from the journal.

use sei_compose::app::{Effect, Msg, NetworkEffect, NetworkMsg};
use sei_compose::journal::JournalEntry;
use sei_compose::wire::{RequestPurpose, create_instance};

use super::journal::{HERE, accepted, entry, recalled};
use super::script::{GOOD, NOON, Script, reply};

fn with(json: &str, entries: &[JournalEntry]) -> Script {
    let mut script = Script::on(json);
    script.journal = entries.to_vec();
    recalled(&mut script, entries);
    script
}

/// Opens the journal at the matching entry, and chooses the answer this far below the first.
fn answers(script: &mut Script, find: &str, answer: &str) {
    script.keys("alt-j").settles();
    script.types(find).keys("enter");
    for _ in 0..8 {
        let chosen = script.screen().lines().any(|line| line.contains('▌') && line.contains(answer));
        if chosen {
            script.keys("enter");
            return;
        }
        script.keys("down");
    }
    script.shows(answer);
}

fn posted(script: &mut Script) -> Vec<(String, String, String)> {
    let mut posts = Vec::new();
    for effect in script.effects() {
        if let Effect::Network(NetworkEffect::Post { environment, request, .. }) = effect {
            assert_eq!(request.purpose, RequestPurpose::JobRun);
            posts.push((environment, request.url, request.body));
        }
    }
    posts
}

#[test]
fn an_entry_is_sent_again_byte_for_byte_after_a_review_and_the_document_stays() {
    let document = r#"{"pipeline":"other"}"#;
    let mut odd = entry(HERE, 7);
    let body = odd.body.text().replace(":7,", ":7.0e0,").replace("{\"pipeline", "{ \"pipeline");
    odd.body = body.clone().into();
    for (columns, rows) in [(120, 36), (80, 24)] {
        let mut script = with(document, &[accepted(entry(HERE, 6)), odd.clone()]);
        script.sized(columns, rows);
        answers(&mut script, "#7", "Send again");
        assert_eq!(script.overlays(), ["review"]);
        script
            .shows("Resend from the journal, byte for byte")
            .shows("the document does not change.")
            .shows("Ready")
            .hides("· F2 environment")
            .hides("pipeline is");
        assert_eq!(posted(&mut script), [], "nothing leaves before it is confirmed");
        script.keys("enter");
        let url = format!("{HERE}/v1/custom-cicd");
        assert_eq!(posted(&mut script), [("sandbox".to_owned(), url, body.clone())]);
        let ticket = script.ticket();
        let refusal = r#"{"payload":"result field is missing in request"}"#;
        script
            .receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(400, refusal)) }))
            .shows("the server reports");
        script.hides("go to the field").keys("enter");
        assert_eq!(script.json(), document);
        assert!(script.overlays().is_empty());
    }
}

#[test]
fn an_accepted_entry_is_highlighted_when_it_is_sent_again() {
    let mut script = with("{}", &[accepted(entry(HERE, 6))]);
    answers(&mut script, "#6", "Send again");
    script
        .shows("Already sent. Run 6")
        .shows("none since #6")
        .keys("f2")
        .shows("sent again keeps its environment");
    script.keys("esc");
    assert_eq!(posted(&mut script), []);
    script.keys("f5").hides("Already sent").hides("Once more");
}

#[test]
fn the_review_of_an_entry_is_of_its_own_environment() {
    let mut far = entry(HERE, 7);
    far.environment = "prod2".to_owned();
    far.url = "https://app.harness.io/gratis/sei/api/v1/custom-cicd".to_owned();
    let mut script = with(GOOD, &[far]);
    answers(&mut script, "#7", "Send again");
    script.shows("Harness PROD2 (prod2)").shows("A key is needed first.").keys("enter");
    script
        .shows("API key for Harness PROD2")
        .keys("'secret-key' enter")
        .shows("Protected. Type prod2 to send");
    script.keys("enter");
    assert_eq!(posted(&mut script), []);
    script.keys("'prod2' enter");
    let posts = posted(&mut script);
    assert_eq!((posts.len(), posts[0].0.as_str()), (1, "prod2"));
    assert_eq!(
        script.model.chosen().unwrap().environment.id,
        "sandbox",
        "what is composed stays where it was"
    );
    let ticket = script.ticket();
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(202, "")) })).keys("enter");
    assert_eq!(script.codes("/build_number"), [""; 0], "the sandbox has not seen it");
}

#[test]
fn an_entry_with_errors_or_of_a_removed_environment_is_not_sent_again() {
    let mut faulty = entry(HERE, 7);
    faulty.body = GOOD.replace("success", "succes").into();
    let mut gone = entry(HERE, 8);
    gone.url = "http://127.0.0.1:1/v1/custom-cicd".to_owned();
    let mut guid = entry(HERE, 9);
    guid.purpose = RequestPurpose::CreateInstance;
    guid.body = create_instance(sei_compose::wire::find("eu").unwrap(), "1", "CI", None).body.into();
    let mut script = with(GOOD, &[faulty, gone, guid]);
    answers(&mut script, "#7", "Send again");
    script.shows("Errors block the send.").keys("enter").shows("Open the run as a draft to fix them");
    script.keys("esc alt-j").settles();
    script.types("#8").keys("enter").shows("has another URL").hides("Send again").keys("esc alt-j");
    script.settles();
    script.types("instance").keys("enter").hides("again").hides("Compare").keys("esc");
    assert_eq!(posted(&mut script), []);
}

#[test]
fn a_read_only_session_does_not_send_again_either() {
    let mut script = with(GOOD, &[entry(HERE, 6)]);
    script.model.settings.read_only = true;
    answers(&mut script, "#6", "Send again");
    script.shows("Read-only: nothing can be sent.").keys("enter");
    assert_eq!(posted(&mut script), []);
}

#[test]
fn an_entry_is_compared_with_the_document() {
    for (columns, rows) in [(120, 36), (80, 24)] {
        let mut script = with(&GOOD.replace(":77000", ":78000"), &[accepted(entry(HERE, 6))]);
        script.sized(columns, rows);
        answers(&mut script, "#6", "Compare with the draft");
        assert_eq!(script.overlays(), ["compare"]);
        script.shows("#6 of 2024-05-01 12:00 → the draft · 2 changes").shows("build_number").shows("78000");
        script.keys("esc");
        assert!(script.overlays().is_empty());
    }
}

#[test]
fn two_entries_are_compared_from_the_older_to_the_newer() {
    let mut later = entry(HERE, 7);
    later.started = sei_compose::time::Timestamp::from_millis(NOON.millis() + 60_000);
    for (find, other) in [("#6", "#7"), ("#7", "#6")] {
        let mut script = with(GOOD, &[accepted(entry(HERE, 6)), later.clone()]);
        answers(&mut script, find, "Compare with another entry");
        assert_eq!(script.overlays(), ["Compare with"]);
        script.hides(&format!("shop/web {find}")).picks(other);
        script.shows("#6 of 2024-05-01 12:00 → #7 of 2024-05-01 12:01 · 1 change").shows("6 → 7");
    }
}
