//! The forms of the payload pane, among them the changes, updated while the user types.

use sei_compose::app::Msg;
use sei_compose::app::model::PreviewForm;

use super::journal::{HERE, accepted, entry};
use super::script::{GOOD, Script};

fn form(script: &Script) -> PreviewForm {
    script.model.payload.preview.form
}

/// Turns the pane to a form, which must be available.
fn turned(script: &mut Script, wanted: PreviewForm) -> &mut Script {
    for _ in 0..6 {
        if form(script) != wanted {
            script.keys("f11");
        }
    }
    assert_eq!(form(script), wanted);
    script
}

#[test]
fn a_blank_run_is_not_compared() {
    let mut script = Script::new();
    for wanted in [PreviewForm::Request, PreviewForm::Curl, PreviewForm::Simulation, PreviewForm::Json] {
        script.keys("f11");
        assert_eq!(form(&script), wanted);
    }
}

#[test]
fn changes_since_the_opening_are_shown_during_typing() {
    let mut script = Script::on(GOOD);
    turned(&mut script, PreviewForm::Saved).shows("no changes since opened").shows("No differences.");
    script.go("/pipeline").types("x").shows("1 change since opened").shows("→ \"");
    script.keys("backspace").shows("no changes since opened");
    script.go("/branch_name").types("main").shows("branch_name  + \"main\"");
    script.keys("f11");
    assert_eq!(form(&script), PreviewForm::Json);
}

#[test]
fn after_a_save_no_changes_are_shown() {
    let mut script = Script::on(GOOD);
    turned(&mut script, PreviewForm::Saved).go("/pipeline").types("x").shows("1 change since");
    script.keys("f4 'mine' enter").settles();
    script.shows("no changes since saved");
}

#[test]
fn changes_since_the_accepted_run_are_shown_once_the_journal_has_one() {
    let mut script = Script::on(GOOD);
    for _ in 0..5 {
        script.keys("f11");
        assert_ne!(form(&script), PreviewForm::Accepted);
    }
    script.journal = vec![accepted(entry(HERE, 7))];
    script.go("/branch_name").types("main");
    turned(&mut script, PreviewForm::Accepted)
        .shows("1 change since accepted #")
        .shows("branch_name  + \"main\"");
    script.types("2").shows("+ \"main2\"");
    script.sends_to("prod2");
    assert_eq!(form(&script), PreviewForm::Json, "another environment has accepted nothing");
}

#[test]
fn the_changes_are_searched_and_copied_like_the_other_forms() {
    let mut script = Script::on(GOOD);
    script.go("/branch_name").types("main");
    turned(&mut script, PreviewForm::Saved).keys("ctrl-f 'MAIN'").shows("no match");
    script.keys("ctrl-u 'main'").shows("1 of 1").keys("esc").asks("copy-preview").settles();
    assert_eq!(script.clipboard, "branch_name  + \"main\"\n");
}

#[test]
fn a_long_document_is_rendered_when_typing_pauses_and_the_program_schedules_a_wake() {
    let stages: Vec<String> =
        (0..1_500).map(|id| format!(r#"{{"id":"{id}","name":"a stage of many"}}"#)).collect();
    let mut script =
        Script::on(&format!(r#"{{"pipeline":"w","job_run":{{"stages":[{}]}}}}"#, stages.join(",")));
    turned(&mut script, PreviewForm::Saved).go("/pipeline").types("e").shows("no changes");
    let due = script.model.deadline().unwrap();
    assert!(due.millis() > script.model.now.millis());
    script.wait(1_000).receive(Msg::Wake).shows("1 change since opened");
    assert!(script.model.deadline().is_none_or(|next| next.millis() > due.millis() + 200));
}

#[test]
fn opening_another_run_shows_its_json() {
    let mut script = Script::on(GOOD);
    turned(&mut script, PreviewForm::Saved);
    sei_compose::app::open_document(&mut script.model, sei_compose::document::read("{}").unwrap());
    assert_eq!(form(&script), PreviewForm::Json);
}

#[test]
fn a_copy_beyond_the_terminal_limit_asks_and_is_written_to_a_file() {
    let mut script = Script::on(&GOOD.replace("\"web\"", &format!("\"{}\"", "web ".repeat(20_000))));
    script.asks("copy-json").settles();
    assert_eq!((script.overlays(), script.clipboard.as_str()), (vec!["Too long for many terminals"], ""));
    script.shows("74,994 bytes").shows("the payload, 160.3 kB").keys("enter");
    script.shows("sei-run.json").keys("enter");
    script.settles();
    assert!(script.files.contains("sei-run.json"));
    assert_eq!(
        script.notice(),
        "Saved the payload: sei-run.json. To send it: sei-compose send 'sei-run.json'"
    );
    assert_eq!(script.clipboard, "");
}

#[test]
fn the_whole_text_is_the_payload_and_is_also_written_to_a_file() {
    let mut script = Script::on(&GOOD.replace("\"web\"", &format!("\"{}\"", "web ".repeat(20_000))));
    script.keys("alt-e ctrl-a ctrl-c").settles();
    script.shows("the selected text").shows("Save to a file instead").keys("enter").shows("sei-run.json");
    script.keys("esc ctrl-a shift-left ctrl-c").hides("Save it in a file").keys("esc ctrl-a ctrl-x");
    script.hides("Save it in a file");
}

#[test]
fn a_confirmed_long_copy_still_goes_to_the_terminal() {
    let mut script = Script::on(&GOOD.replace("\"web\"", &format!("\"{}\"", "web ".repeat(20_000))));
    script.go("/pipeline").asks("copy-value").settles();
    script.hides("Save it in a file").keys("down enter");
    assert_eq!((script.settles(), script.clipboard.as_str()), (false, ""), "left alone");
    script.asks("copy-value").keys("enter").settles();
    assert_eq!(script.clipboard.len(), 80_000);
    assert_eq!(script.notice(), "Asked the terminal to copy the value of /pipeline, 80.0 kB.");
}

#[test]
fn a_line_that_continues_outside_of_the_pane_is_marked() {
    let json = format!(r#"{{"pipeline":"{}","branch_name":"main"}}"#, "x".repeat(200));
    let mut script = Script::on(&json);
    script.sized(120, 36);
    let ends = |script: &Script, words: &str| {
        let screen = script.screen();
        let line = screen.lines().find(|line| line.contains(words)).unwrap();
        line.trim_end_matches('│').ends_with('…')
    };
    assert!(ends(&script, "\"pipeline\": \"xx") && !ends(&script, "\"branch_name\": \"main\""));
    script.keys("alt-e");
    assert!(ends(&script, "\"pipeline\": \"xx"), "the text editor marks the line too");
}

#[test]
fn a_wrapped_line_of_the_request_is_marked_and_keeps_its_spaces() {
    let json = format!(r#"{{"pipeline":"{} b"}}"#, "a ".repeat(80));
    let mut script = Script::on(&json);
    script.sized(120, 36).keys("f11 f11");
    script.shows("↪ ").shows("--request POST");
    let rows: String = script.model.pane_rows().iter().map(|row| row.text().into_owned()).collect();
    assert!(rows.contains(&"a ".repeat(80)), "{rows}");
    // A match in a continued row is marked at its place, after the sign.
    script.keys("ctrl-f").types("b\"");
    script.shows("1 of 1");
}
