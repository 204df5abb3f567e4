//! The journal in the app: requests of previous sessions are known, shown and opened again.

use sei_compose::app::{DiskReply, Effect, Msg, NetworkEffect, NetworkMsg};
use sei_compose::document::read;
use sei_compose::journal::{AttemptEnd, JournalEntry};
use sei_compose::time::Timestamp;
use sei_compose::wire::{Environment, Failure, FailureKind, Reply, job_run};

use super::script::{GOOD, NOON, Script, reply};

/// An entry of a run that went to the sandbox of the script, or elsewhere.
pub(super) fn entry(url: &str, number: i64) -> JournalEntry {
    let environment = Environment::sandbox(url).unwrap();
    let run = read(&GOOD.replace(":7,", &format!(":{number},"))).unwrap();
    JournalEntry::start(format!("id-{number}"), NOON, &environment.id, &job_run(&environment, &run))
}

pub(super) fn accepted(entry: JournalEntry) -> JournalEntry {
    let finished = Timestamp::from_millis(NOON.millis() + 40);
    JournalEntry { ending: Some(AttemptEnd::of(finished, &Ok(reply(202, "{\"queued\":true}")), 1)), ..entry }
}

pub(super) const HERE: &str = "http://127.0.0.1:4620";

/// A script whose journal holds an accepted run 6 and a run 7 with an unknown outcome.
fn with_journal(json: &str) -> Script {
    let mut script = Script::on(json);
    script.journal = vec![accepted(entry(HERE, 6)), entry(HERE, 7)];
    script
}

pub(super) fn recalled(script: &mut Script, entries: &[JournalEntry]) {
    script.receive(Msg::Disk(DiskReply::Recalled(Ok(entries
        .iter()
        .filter_map(JournalEntry::sent_run)
        .collect()))));
}

#[test]
fn a_run_that_a_previous_session_sent_causes_a_warning() {
    let mut script = Script::on(GOOD);
    recalled(&mut script, &[accepted(entry(HERE, 7)), entry(HERE, 9)]);
    assert_eq!(script.codes("/build_number"), ["run-already-sent"]);
    script.go("/build_number").keys("f8");
    assert_eq!(script.value("/build_number"), "10", "a number that may have arrived is not free");
}

#[test]
fn a_run_that_went_elsewhere_or_did_not_arrive_causes_no_warning() {
    let mut script = Script::on(GOOD);
    let failure = Failure { kind: FailureKind::Connect, sent: false, detail: String::new() };
    let unsent = JournalEntry { ending: Some(AttemptEnd::of(NOON, &Err(failure), 1)), ..entry(HERE, 7) };
    recalled(&mut script, &[accepted(entry("http://127.0.0.1:4621", 7)), unsent]);
    assert_eq!(script.codes("/build_number"), [] as [&str; 0]);
    recalled(&mut script, &[accepted(entry(HERE, 7))]);
    assert_eq!(script.codes("/build_number"), ["run-already-sent"]);
    script.sends_to("prod2");
    assert_eq!(script.codes("/build_number"), [] as [&str; 0], "another environment has not seen it");
    script.sends_to("sandbox");
    assert_eq!(script.codes("/build_number"), ["run-already-sent"]);
}

#[test]
fn the_journal_lists_the_newest_first_with_each_outcome() {
    let mut script = with_journal(GOOD);
    script.keys("alt-j").settles();
    assert_eq!(script.overlays(), ["Journal (UTC)"]);
    script.shows("2024-05-01 12:00  shop/web #7").shows("outcome unknown · sandbox");
    script.shows("accepted 202 · sandbox");
    let screen = script.screen();
    assert!(screen.find("#7").unwrap() < screen.find("shop/web #6").unwrap(), "{screen}");
}

#[test]
fn an_entry_is_opened_again_as_a_new_draft() {
    let mut script = with_journal(r#"{"pipeline":"other"}"#);
    script.asks("journal").settles();
    script.types("#6").keys("enter").shows("accepted 202").keys("down enter");
    assert!(script.overlays().is_empty());
    assert_eq!(script.value("/build_number"), "6");
    assert_eq!(script.model.draft.file.name, None);
}

#[test]
fn unsaved_changes_are_not_dropped_by_enter_alone() {
    let mut script = with_journal(r#"{"pipeline":"other"}"#);
    script.go("/pipeline").keys("'x' alt-j").settles();
    script.keys("enter").shows("unsaved changes").keys("enter");
    assert_eq!(script.overlays().last(), Some(&"sent"), "Enter alone only shows");
    script.keys("esc").shows("Discard changes and open as a new draft").keys("down enter");
    assert_eq!(script.value("/build_number"), "7");
}

#[test]
fn a_sent_body_can_be_read_to_its_end_at_any_size() {
    for size in [(120, 36), (80, 24), (60, 20)] {
        let mut script = with_journal(GOOD);
        script.sized(size.0, size.1).keys("alt-j").settles();
        script.keys("enter enter").shows("Outcome unknown").shows("\"pipeline\": \"web\"");
        for _ in 0..40 {
            script.keys("down");
        }
        script.shows("\"instance_name\": \"Acme CI\"").keys("esc");
        script.shows("Send again, byte for byte").keys("esc");
        assert!(script.overlays().is_empty());
    }
}

#[test]
fn an_empty_or_unreadable_journal_is_reported_in_a_sentence() {
    let mut script = Script::on(GOOD);
    script.keys("alt-j").settles();
    assert!(script.notice().contains("Nothing has been sent yet"), "{}", script.notice());
    script.receive(Msg::Disk(DiskReply::Journal(Err("It is locked away.".to_owned()))));
    assert_eq!(script.notice(), "It is locked away.");
}

#[test]
fn an_outcome_that_cannot_be_recorded_is_reported() {
    let mut script = Script::on(GOOD);
    script.keys("f5 enter").settles();
    script.receive(Msg::Network(NetworkMsg::EndNotRecorded(
        "Could not write 2026-01.ndjson: the disk is gone.".to_owned(),
    )));
    assert_eq!(script.overlays(), ["reply"], "the answer stays");
    script.shows("as unknown").shows("the disk");
}

#[test]
fn a_run_that_cannot_be_recorded_is_not_sent_and_the_reason_is_shown() {
    let mut script = Script::on(GOOD);
    script.keys("f5 enter").effects();
    let ticket = script.ticket();
    let why = "Could not write the journal: No space left on device. Free some space and try again.";
    script.receive(Msg::Network(NetworkMsg::NotRecorded { ticket: ticket + 1, why: why.to_owned() }));
    assert_eq!(script.overlays(), ["waiting"], "that was another request");
    script.receive(Msg::Network(NetworkMsg::NotRecorded { ticket, why: why.to_owned() }));
    assert_eq!(script.overlays(), ["Nothing was sent"]);
    script.shows("Free some space").shows("SEI_COMPOSE_DATA_DIR").keys("enter");
    assert!(script.overlays().is_empty() && script.model.sending.in_flight.is_none());
    script.keys("f5 enter");
    assert!(
        script.effects().iter().any(|effect| matches!(effect, Effect::Network(NetworkEffect::Post { .. }))),
        "it can be tried again"
    );
}

/// An entry with the verdict of a sandbox in addition to the 202.
fn with_verdict(entry: JournalEntry, verdict: &str) -> JournalEntry {
    let answer = Reply { verdict: Some(verdict.to_owned()), ..reply(202, "{\"queued\":true}") };
    JournalEntry { ending: Some(AttemptEnd::of(NOON, &Ok(answer), 1)), ..entry }
}

#[test]
fn a_run_that_the_sandbox_dropped_does_not_count_as_sent() {
    let mut script = Script::on(GOOD);
    let dropped = with_verdict(entry(HERE, 7), "dropped: No instance with that GUID was created here.");
    script.journal = vec![dropped.clone()];
    recalled(&mut script, &[dropped]);
    assert_eq!(script.codes("/build_number"), [] as [&str; 0]);
    script.keys("f5").hides("Already sent").shows("no accepted run of this job").keys("esc");
    script.keys("alt-j").settles();
    script.shows("dropped 202 · sandbox").hides("accepted").keys("enter");
    script.shows("dropped 202").keys("esc");
    for word in ["kept", "altered: The name is cut."] {
        let mut script = Script::on(GOOD);
        recalled(&mut script, &[with_verdict(entry(HERE, 7), word)]);
        assert_eq!(script.codes("/build_number"), ["run-already-sent"], "{word}");
    }
}

#[test]
fn a_send_that_the_sandbox_dropped_may_be_sent_again_at_once() {
    let mut script = Script::on(GOOD);
    script.keys("f5 enter").effects();
    let ticket = script.ticket();
    let answer = Reply { verdict: Some("dropped: No such instance.".to_owned()), ..reply(202, "{}") };
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(answer) })).keys("enter");
    assert_eq!(script.codes("/build_number"), [] as [&str; 0]);
}

#[test]
fn a_verdict_of_a_remote_server_is_ignored() {
    let far = with_verdict(entry("https://sei.example", 7), "dropped");
    assert_eq!(far.verdict(), None);
    assert!(far.sent_run().is_some());
}
