//! Review, send, cancel, the reply explained.

use sei_compose::app::{Effect, KeyEffect, Msg, NetworkEffect, NetworkMsg, TerminalEffect};
use sei_compose::journal::{AttemptState, PreviousAttempt, Repeat};
use sei_compose::time::Duration;
use sei_compose::wire::{
    AttemptProgress, AttemptStage, Cause, Failure, FailureKind, KeyLeak, RequestPurpose,
};

use super::script::{GOOD, NOON, Script, reply};

fn posted(script: &mut Script) -> Vec<(String, String)> {
    let mut posts = Vec::new();
    for effect in script.effects() {
        if let Effect::Network(NetworkEffect::Post { environment, request, .. }) = effect {
            posts.push((environment, request.body));
        }
    }
    posts
}

#[test]
fn a_send_is_reviewed_first_with_its_destination() {
    let mut script = Script::on(GOOD);
    script.keys("f5");
    assert_eq!(script.overlays(), ["review"]);
    script.shows("Sandbox").shows("POST http://127.0.0.1:4620/v1/custom-cicd").shows("shop/web #7");
    script.shows("No errors, no warnings.");
    assert!(posted(&mut script).is_empty(), "nothing leaves before it is confirmed");
    script.keys("enter");
    assert_eq!(posted(&mut script), [("sandbox".to_owned(), GOOD.to_owned())]);
    assert_eq!(script.overlays(), ["waiting"]);
}

#[test]
fn pressing_send_twice_reviews_and_sends() {
    let mut script = Script::on(GOOD);
    script.keys("f5 f5");
    assert_eq!(posted(&mut script).len(), 1);
}

#[test]
fn leaving_the_review_sends_nothing() {
    let mut script = Script::on(GOOD);
    script.keys("f5 esc");
    assert!(script.overlays().is_empty());
    assert!(posted(&mut script).is_empty());
}

#[test]
fn errors_block_the_send_and_enter_goes_to_the_first() {
    let mut script = Script::on(&GOOD.replace(r#""result":"success""#, r#""result":"SUCCES""#));
    script.keys("alt-4 f5").shows("Errors block the send.").shows("SUCCES");
    script.keys("enter");
    assert!(script.overlays().is_empty());
    assert_eq!(script.focus(), "/result");
    assert!(posted(&mut script).is_empty());
}

#[test]
fn warnings_are_listed_but_do_not_block() {
    let mut script = Script::on(&GOOD.replace(r#""build_number":7,"#, ""));
    script.keys("f5").shows("build_number").shows("1 warning. Enter sends the run anyway.").hides("Ready");
    script.keys("enter");
    assert_eq!(posted(&mut script).len(), 1);
}

#[test]
fn a_protected_environment_requires_its_name() {
    let mut script = Script::on(GOOD);
    script.sends_to("prod2").keys("ctrl-k 'abc' enter").effects();
    script.keys("f5").shows("Protected. Type prod2 to send");
    script.keys("enter");
    assert!(posted(&mut script).is_empty());
    script.shows("Wrong id. Type ");
    script.keys("'prod1' enter");
    assert!(posted(&mut script).is_empty());
    script.keys("ctrl-u 'prod2' enter");
    let posts = posted(&mut script);
    assert_eq!(posts.len(), 1);
    assert_eq!(posts[0].0, "prod2");
}

#[test]
fn the_typed_name_counts_for_one_send_only() {
    let mut script = Script::on(GOOD);
    script.sends_to("prod2").keys("ctrl-k 'abc' enter f5 'prod2' enter").effects();
    let ticket = script.ticket();
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(202, "")) }));
    script.keys("enter f5 enter");
    assert!(posted(&mut script).is_empty());
}

#[test]
fn a_protected_environment_looks_protected_all_the_time() {
    let mut script = Script::on(GOOD);
    script.sends_to("prod2").shows("▲ Harness PROD2  app.harness.io/gratis");
    script.sized(80, 24).shows("▲ Harness PROD2  app.harness.io/gratis");
}

#[test]
fn another_environment_can_be_chosen_from_the_review() {
    let mut script = Script::on(GOOD);
    script.keys("f5").sends_to("levelops");
    assert_eq!(script.overlays(), ["review"]);
    script.shows("POST https://api.levelops.io/v1/custom-cicd");
}

#[test]
fn a_missing_key_is_asked_for_and_then_the_send_continues() {
    let mut script = Script::on(GOOD);
    script.sends_to("levelops").keys("f5").shows("A key is needed first.");
    script.keys("enter");
    assert_eq!(script.overlays(), ["review", "key"]);
    script.keys("enter").shows("the key is empty");
    script.keys("'secret-key' enter");
    assert_eq!(script.overlays(), ["review"]);
    let effects = script.effects();
    assert!(
        matches!(&effects[..], [Effect::Key(KeyEffect::KeepKey { environment, .. })] if environment == "levelops")
    );
    script.keys("enter");
    assert_eq!(posted(&mut script).len(), 1);
}

#[test]
fn a_read_only_session_sends_and_saves_nothing() {
    let mut script = Script::on(GOOD);
    script.model.settings.read_only = true;
    script.keys("f5").shows("Read-only: nothing can be sent.");
    script.keys("enter esc f4 enter");
    assert!(script.notice().contains("read-only"), "{}", script.notice());
    script.keys("f6").keys("f10");
    assert_eq!(script.effects(), [Effect::Terminal(TerminalEffect::Quit)]);
}

#[test]
fn while_sending_the_program_wakes_at_each_displayed_second() {
    let mut script = Script::on(GOOD);
    script.keys("f5 enter").effects();
    // Unsaved work is written first.
    script.wait(1_000).receive(Msg::Wake);
    let started = script.model.sending.in_flight.as_ref().unwrap().started.millis();
    let due = |script: &Script| script.model.deadline().unwrap().millis();
    assert_eq!(due(&script), started + 2_000);
    let stage = AttemptStage::Waiting { wait: Duration::from_millis(2_100), cause: Cause::Status(503) };
    let (ticket, progress) = (script.ticket(), AttemptProgress { attempt: 1, of: 3, stage });
    script.receive(Msg::Network(NetworkMsg::Progress { ticket, progress })).shows("in 3s").shows("1s so far");
    assert_eq!(due(&script), script.model.now.millis() + 100, "the wait has seconds of its own");
    script.receive(Msg::Wake).shows("in 2s").shows("1s so far");
    assert_eq!(due(&script), started + 2_000);
    script.wait(due(&script) - script.model.now.millis()).receive(Msg::Wake).shows("2s so far");
}

#[test]
fn while_sending_the_time_passes_and_escape_cancels() {
    let mut script = Script::on(GOOD);
    script.keys("f5 enter").effects();
    let deadline = script.model.deadline().unwrap();
    assert!(deadline > script.model.now, "to be woken for the clock");
    script.wait(3_000).receive(Msg::Wake).shows("Sending the run").shows("3s so far");
    script.keys("'typed' tab f4 enter ctrl-q");
    assert_eq!(script.effects(), [], "Enter was pressed twice, not the request stopped");
    assert_eq!(script.overlays(), ["waiting"], "other keys wait");
    assert_eq!(script.json(), GOOD);
    let ticket = script.ticket();
    script.keys("esc");
    assert_eq!(script.effects(), [Effect::Network(NetworkEffect::Cancel { ticket })]);
    let failure = Failure { kind: FailureKind::Cancelled, sent: true, detail: String::new() };
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Err(failure) }));
    assert_eq!(script.overlays(), ["reply"]);
    assert_eq!(script.model.deadline(), None, "an idle program is not woken");
}

#[test]
fn the_wait_shows_the_stage_of_the_request_and_the_reason_for_the_retry() {
    let mut script = Script::on(GOOD);
    script.keys("f5 enter").effects();
    let ticket = script.ticket();
    let at = |ticket, attempt, stage| {
        Msg::Network(NetworkMsg::Progress { ticket, progress: AttemptProgress { attempt, of: 4, stage } })
    };
    script.receive(at(ticket, 1, AttemptStage::Connecting)).shows("Connecting");
    script.receive(at(ticket, 1, AttemptStage::Sent)).shows("Sent, waiting for the answer");
    let wait = Duration::from_millis(7_000);
    script.receive(at(ticket, 1, AttemptStage::Waiting { wait, cause: Cause::Status(503) }));
    script.shows("Attempt 2 of 4 in 7s: status 503");
    script.wait(2_900).receive(Msg::Wake).shows("in 4s: status 503").shows("Esc cancel");
    script.receive(at(ticket + 1, 3, AttemptStage::Connecting)).shows("status 503");
    script.receive(at(ticket, 2, AttemptStage::Connecting)).shows("Connecting, attempt 2 of 4");
    script
        .receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(202, "")) }))
        .shows("Attempts: 2.");
}

#[test]
fn a_late_reply_is_dropped() {
    let mut script = Script::on(GOOD);
    script.keys("f5 enter").effects();
    let old = script.ticket();
    let failure = Failure { kind: FailureKind::Timeout, sent: true, detail: String::new() };
    script
        .receive(Msg::Network(NetworkMsg::Replied { ticket: old, result: Err(failure) }))
        .keys("enter f5 enter")
        .effects();
    assert_ne!(script.ticket(), old);
    script.receive(Msg::Network(NetworkMsg::Replied { ticket: old, result: Ok(reply(202, "")) }));
    assert_eq!(script.overlays(), ["waiting"], "the answer to the first request does not end the second");
    let ticket = script.ticket();
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(202, "")) }));
    assert_eq!(script.overlays(), ["reply"]);
    script.keys("enter").receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(500, "")) }));
    assert!(script.overlays().is_empty(), "nor does an answer come twice");
}

#[test]
fn a_refusal_that_names_a_field_leads_there() {
    let mut script = Script::on(GOOD);
    script.keys("alt-4 f5 enter").effects();
    let ticket = script.ticket();
    let body = r#"{"message":"job_normalized_full_name/qualified_name field is missing"}"#;
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(400, body)) }));
    assert_eq!(script.overlays(), ["reply"]);
    script.shows("Enter go to the field").keys("enter");
    assert_eq!(script.focus(), "/qualified_name");
    assert!(script.overlays().is_empty());
    script.asks("show-reply").keys("esc");
    assert_eq!(script.focus(), "/qualified_name", "Esc only closes");
}

#[test]
fn the_last_reply_can_be_read_again() {
    let mut script = Script::on(GOOD);
    script.asks("show-reply");
    assert_eq!(script.notice(), "Nothing has been sent in this session.");
    script.keys("f5 enter").settles();
    script.keys("enter").asks("show-reply");
    assert_eq!(script.overlays(), ["reply"]);
    script.shows("202");
}

#[test]
fn a_request_that_contains_a_key_is_blocked_and_leads_to_the_field() {
    let mut script = Script::on(GOOD);
    script.keys("alt-4 f5 enter").effects();
    let ticket = script.ticket();
    let exposure = KeyLeak::Field("/pipeline".parse().unwrap());
    script.receive(Msg::Network(NetworkMsg::Blocked { ticket: ticket + 1, exposure: exposure.clone() }));
    assert_eq!(script.overlays(), ["waiting"], "that was another request");
    script.receive(Msg::Network(NetworkMsg::Blocked { ticket, exposure }));
    assert_eq!(script.overlays(), ["reply"]);
    script.shows("Nothing was sent: the API key is in pipeline").shows("Enter go to the field");
    script.keys("enter");
    assert_eq!(script.focus(), "/pipeline");
    assert!(script.model.sending.in_flight.is_none());
}

#[test]
fn a_hostile_reply_is_shown_safely_at_any_size() {
    let mut script = Script::on(GOOD);
    script.keys("f5 enter").effects();
    let ticket = script.ticket();
    let body = format!("<html>\u{1b}[2J\u{7}{}</html>", "\u{202e}x".repeat(5_000));
    script.receive(Msg::Network(NetworkMsg::Replied { ticket, result: Ok(reply(502, &body)) }));
    script.hides("\u{1b}").hides("\u{7}").hides("\u{202e}");
    script.sized(60, 20).hides("\u{1b}").keys("pagedown pagedown up").hides("\u{202e}");
}

#[test]
fn the_payload_pane_cycles_through_json_request_curl_and_changes_without_the_key() {
    let mut script = Script::on(GOOD);
    script.shows("\"pipeline\": \"web\"");
    script.keys("f11").shows("Authorization: ApiKey ••••");
    script.keys("f11").shows("$HARNESS_SEI_API_KEY");
    script.keys("f11").shows("SEI");
    script.keys("f11").shows("No differences.");
    script.keys("f11").shows("\"pipeline\": \"web\"");
}

#[test]
fn the_end_of_a_long_request_can_be_scrolled_to() {
    let long = GOOD.replace(r#""ci":true"#, &format!(r#""branch_name":"{}","ci":true"#, "word ".repeat(800)));
    let mut script = Script::on(&long);
    script.keys("f11 alt-3").hides("Acme CI");
    for _ in 0..60 {
        script.keys("ctrl-down");
    }
    script.shows("Acme CI");
}

#[test]
fn nothing_is_sent_twice_at_once() {
    let mut script = Script::on(GOOD);
    script.keys("f5 enter f5 enter");
    assert_eq!(posted(&mut script).len(), 1);
    assert_eq!(script.model.sending.in_flight.as_ref().unwrap().request.purpose, RequestPurpose::JobRun);
}

/// The previous attempt of another process.
fn previous(standing: AttemptState) -> PreviousAttempt {
    PreviousAttempt { standing, started: Some(NOON), process: Some(4711) }
}

fn repeats(script: &mut Script) -> Vec<Repeat> {
    let repeat = |effect| {
        if let Effect::Network(NetworkEffect::Post { repeat, .. }) = effect { Some(repeat) } else { None }
    };
    script.effects().into_iter().filter_map(repeat).collect()
}

#[test]
fn a_run_that_another_process_sends_goes_out_again_only_after_a_yes() {
    let table = [
        (AttemptState::InFlight, "is being sent by process 4711"),
        (AttemptState::Accepted, "was already sent at 2024-05-01 12:00:00 UTC"),
        (AttemptState::Unknown, "SEI may have accepted it"),
    ];
    for (standing, words) in table {
        let mut script = Script::on(GOOD);
        script.sized(60, 20).keys("f5 enter");
        assert_eq!(repeats(&mut script), [Repeat::Never]);
        let ticket = script.ticket();
        script.receive(Msg::Network(NetworkMsg::SentBefore {
            ticket: ticket + 1,
            previous: previous(standing),
        }));
        assert_eq!(script.overlays(), ["waiting"], "that was another request");
        script.receive(Msg::Network(NetworkMsg::SentBefore { ticket, previous: previous(standing) }));
        assert_eq!(script.overlays(), ["Send again?"]);
        script.sized(120, 36).shows(words).keys("enter");
        assert!(script.overlays().is_empty() && repeats(&mut script).is_empty());
        script.keys("f5 enter").effects();
        let ticket = script.ticket();
        script
            .receive(Msg::Network(NetworkMsg::SentBefore { ticket, previous: previous(standing) }))
            .keys("down enter");
        assert_eq!(repeats(&mut script), [Repeat::Always]);
        assert_eq!(script.overlays(), ["waiting"]);
    }
}

#[test]
fn a_previous_run_in_the_review_is_not_asked_about_again() {
    let mut script = Script::on(GOOD);
    script.keys("f5 enter").settles();
    script.keys("enter f5").shows("Already sent").keys("enter");
    assert_eq!(repeats(&mut script), [Repeat::AfterPrevious]);
}

#[test]
fn a_run_accepted_in_this_session_warns_before_it_is_sent_again() {
    let mut script = Script::on(GOOD);
    assert_eq!(script.codes("/build_number"), [] as [&str; 0]);
    script.keys("f5 enter").settles();
    script.keys("enter");
    assert_eq!(script.codes("/build_number"), ["run-already-sent"]);
    script.go("/build_number").keys("f8");
    assert_eq!(script.value("/build_number"), "8");
    assert_eq!(script.codes("/build_number"), [] as [&str; 0]);
}
