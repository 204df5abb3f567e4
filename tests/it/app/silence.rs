//! The detail of a problem, and silenced rules.

use sei_compose::app::{DiskEffect, Effect};

use super::script::{GOOD, Script};

#[test]
fn the_detail_shows_the_reason_and_the_change_of_a_fix() {
    let mut script = Script::on(r#"{"result":"FAILED"}"#);
    script.go("/result").keys("alt-w");
    script.shows("result-word").shows("the documentation says so").shows("\"FAILED\" → \"FAILURE\"");
    script.keys("enter");
    assert_eq!(script.json(), r#"{"result":"FAILURE"}"#);
}

#[test]
fn the_detail_of_a_password_does_not_show_it() {
    let mut script = Script::on(r#"{"repo_url":"https://user:hunter2@git.example/x"}"#);
    script.go("/repo_url").keys("alt-w");
    script.shows("url-credentials");
    let screen = script.screen();
    let detail = screen.lines().filter(|line| line.contains("Fix:")).collect::<String>();
    assert!(!detail.is_empty() && !detail.contains("hunter2"), "{detail}");
}

#[test]
fn the_detail_of_an_error_says_that_a_silenced_error_blocks_nothing() {
    let note = "A silenced error does not block the send.";
    let mut script = Script::on(r#"{"result":"FAILED"}"#);
    script.go("/result").keys("alt-w").shows(note).keys("esc");
    Script::on(&GOOD.replacen("success", "UNSTABLE", 1))
        .go("/result")
        .keys("alt-w")
        .shows("Silence")
        .hides(note);
}

#[test]
fn a_rule_silenced_in_a_draft_is_silent_there_until_it_is_restored() {
    let mut script = Script::on(r#"{"result":"FAILED"}"#);
    script.go("/result").keys("alt-w down down enter");
    assert_eq!(script.codes("/result"), [] as [&str; 0]);
    assert!(script.model.is_unsaved());
    script.keys("f4").types("silent").keys("enter");
    script.settles();
    script.keys("f3").settles();
    script.keys("enter").settles();
    assert_eq!(script.codes("/result"), [] as [&str; 0], "the draft remembers");
    script.asks("restore-rules");
    assert!(script.notice().contains("Re-enabled"), "{} {:?}", script.notice(), script.overlays());
    assert_eq!(script.codes("/result"), ["result-word"]);
}

#[test]
fn a_rule_silenced_everywhere_is_saved_and_silent_at_once() {
    let mut script = Script::on(r#"{"result":"FAILED"}"#);
    script.go("/result").keys("alt-w down down down enter");
    assert_eq!(script.effects(), [Effect::Disk(DiskEffect::Silence { code: "result-word".to_owned() })]);
    script.receive(sei_compose::app::Msg::Disk(sei_compose::app::DiskReply::Silenced(Ok(
        "result-word".to_owned()
    ))));
    assert_eq!(script.codes("/result"), [] as [&str; 0]);
}

#[test]
fn without_a_problem_the_detail_reports_that() {
    let mut script = Script::on(GOOD);
    script.go("/pipeline").keys("alt-w");
    assert!(script.overlays().is_empty());
    assert!(script.notice().contains("No problems"), "{}", script.notice());
}
