//! The payload edited as text: both directions, errors, history, saving and opening.

use sei_compose::app::{DraftReply, Msg};
use sei_compose::document::write_pretty;

use super::script::{GOOD, Script};

/// The text of the payload during editing.
fn text(script: &Script) -> String {
    script.model.payload.raw.as_ref().map_or_else(String::new, |raw| raw.editor.text())
}

/// The text before the cursor on its line.
fn before(script: &Script) -> String {
    let editor = &script.model.payload.raw.as_ref().unwrap().editor;
    let spot = editor.spot();
    editor.lines().get(spot.line).unwrap().get(..spot.byte).unwrap().to_owned()
}

/// The text of a document on the screen and the cursor at the value of a field.
fn at(json: &str, place: &str) -> Script {
    let mut script = Script::on(json);
    script.go(place).keys("alt-e");
    script
}

#[test]
fn typed_text_becomes_the_document_key_by_key() {
    let mut script = at(r#"{"zeta":1.10,"pipeline":"web","a":[]}"#, "/pipeline");
    assert_eq!(before(&script), "  \"pipeline\": \"");
    script.types("my ");
    assert_eq!(script.json(), r#"{"zeta":1.10,"pipeline":"my web","a":[]}"#);
    script.shows("Pipeline *         my web");
    script.keys("end enter").types(r#""branch_name": "main","#);
    assert_eq!(script.json(), r#"{"zeta":1.10,"pipeline":"my web","branch_name":"main","a":[]}"#);
    script.shows("Branch             main");
}

#[test]
fn leaving_the_text_goes_to_the_field_at_the_cursor_and_unfolds_its_item() {
    let mut script =
        Script::on(r#"{"pipeline":"web","job_run":{"stages":[{"id":"1","displayName":"Build"}]}}"#);
    script.go("/pipeline").keys("alt-e down down down down down esc");
    assert_eq!(script.focus(), "/job_run/stages/0/displayName");
    assert_eq!(script.model.payload.raw, None);
    script.keys("alt-e home end").types(" ").keys("backspace left 'er' esc");
    assert_eq!(script.value("/job_run/stages/0/displayName"), r#""Builder""#);
    assert_eq!(script.focus(), "/job_run/stages/0/displayName");
}

#[test]
fn while_the_text_does_not_parse_the_last_document_is_kept_and_the_error_is_shown() {
    let mut script = at(GOOD, "/duration");
    script.keys("delete delete delete delete delete");
    assert_eq!(script.value("/duration"), "0", "the last that parsed");
    let fault = script.model.text_fault().unwrap();
    assert_eq!((fault.line, fault.column), (7, 15));
    script.shows("not JSON at 7:15").shows("Not JSON: line 7, column 15").shows("Send is blocked");
    script.keys("f5");
    assert!(script.notice().starts_with("Not sent: text not JSON at 7:15. "), "{}", script.notice());
    assert!(script.overlays().is_empty());
    script.types("42");
    assert_eq!(script.value("/duration"), "42");
    script.keys("f5");
    assert_eq!(script.overlays(), ["review"]);
}

#[test]
fn unparsed_text_stays_when_the_pane_is_left_and_can_be_discarded() {
    let mut script = at(r#"{"pipeline":"web"}"#, "/pipeline");
    script.types("my \"").keys("esc");
    assert!(script.notice().starts_with("The text is not JSON at line 2, column 20"), "{}", script.notice());
    assert_eq!(script.focus(), "/pipeline");
    script.shows("not JSON at 2:20").shows("\"pipeline\": \"my \"web\"");
    assert_eq!(script.json(), r#"{"pipeline":"my web"}"#, "as it last parsed");
    script.go("/branch_name").types("main");
    script.shows("\"pipeline\": \"my \"web\"");
    script.asks("drop-text");
    assert_eq!(
        (script.model.payload.raw.as_ref(), script.json().as_str()),
        (None, r#"{"pipeline":"my web","branch_name":"main"}"#)
    );
    script.asks("drop-text");
    assert_eq!(script.notice(), "No unparsed text to discard.");
}

#[test]
fn text_fixed_later_replaces_the_changes_of_the_form_and_undo_restores_them() {
    let mut script = at(r#"{"pipeline":"web"}"#, "/pipeline");
    script.types("\"").keys("esc").go("/branch_name").types("main").keys("alt-e backspace");
    assert_eq!(script.json(), r#"{"pipeline":"web"}"#);
    assert!(script.notice().contains("changes made in the form meanwhile"), "{}", script.notice());
    script.keys("esc ctrl-z");
    assert_eq!(script.json(), r#"{"pipeline":"web","branch_name":"main"}"#);
}

#[test]
fn typing_in_the_text_is_undone_word_by_word_and_redone() {
    let mut script = at(r#"{"pipeline":"x"}"#, "/pipeline");
    script.types("web shop main");
    let states = [r#"{"pipeline":"web shopx"}"#, r#"{"pipeline":"webx"}"#, r#"{"pipeline":"x"}"#];
    for state in states {
        script.keys("ctrl-z");
        assert_eq!(script.json(), state);
        assert_eq!(text(&script), write_pretty(script.model.document.value()));
    }
    script.keys("ctrl-y ctrl-y ctrl-y");
    assert_eq!(script.json(), r#"{"pipeline":"web shop mainx"}"#);
    script.keys("esc ctrl-z ctrl-z");
    assert_eq!(script.json(), r#"{"pipeline":"webx"}"#, "the form undoes the same steps");
}

#[test]
fn text_that_never_parsed_is_undone_and_redone_without_a_step_of_the_document() {
    let mut script = at(r#"{"pipeline":"web"}"#, "/pipeline");
    script.keys("end").types(", \"a").wait(3_000).types("b");
    assert_eq!(script.model.document.steps(), 0);
    let broken = text(&script);
    script.keys("ctrl-z");
    assert_eq!(text(&script), "{\n  \"pipeline\": \"web\", \"a\n}");
    script.keys("ctrl-z ctrl-z");
    assert_eq!((text(&script).as_str(), script.model.text_fault()), ("{\n  \"pipeline\": \"web\"\n}", None));
    script.keys("ctrl-y ctrl-y ctrl-y");
    assert_eq!(text(&script), broken);
    assert!(script.model.text_fault().is_some());
}

#[test]
fn form_changes_between_two_bursts_of_unparsed_text_are_undone_between_them() {
    let mut script = Script::on("{}");
    script.keys("alt-e backspace ctrl-u alt-1 down 'Shop'").settles();
    script.keys("alt-e '7'");
    assert_eq!(script.json(), "7");
    let undone: Vec<String> = (0..3).map(|_| script.keys("ctrl-z").json()).collect();
    assert_eq!(undone, [r#"{"instance_name":"Shop"}"#, "{}", "{}"]);
    let done_again: Vec<String> = (0..3).map(|_| script.keys("ctrl-y").json()).collect();
    assert_eq!(done_again, ["{}", r#"{"instance_name":"Shop"}"#, "7"]);
}

#[test]
fn unparsed_text_undone_until_it_parses_is_replaced_by_the_document_of_the_form() {
    let mut script = Script::on(r#"{"pipeline":"web"}"#);
    script.go("/branch_name").types("main").keys("alt-e ctrl-home delete esc ctrl-z");
    script.go("/branch_name").types("next").keys("alt-e ctrl-z");
    assert_eq!(script.json(), r#"{"pipeline":"web","branch_name":"next"}"#);
    assert!(script.notice().contains("shows the payload again"), "{}", script.notice());
    assert_eq!(script.keys("ctrl-z").json(), r#"{"pipeline":"web"}"#);
    assert_eq!(script.keys("ctrl-y").json(), r#"{"pipeline":"web","branch_name":"next"}"#);
}

#[test]
fn unparsed_text_is_redone_also_after_a_step_of_the_form() {
    let mut script = Script::on(r#"{"pipeline":"web"}"#);
    script.go("/branch_name").types("main").keys("alt-e ctrl-home 'q' ctrl-z ctrl-z");
    assert_eq!(script.json(), r#"{"pipeline":"web"}"#);
    script.keys("ctrl-y ctrl-y");
    assert_eq!(script.json(), r#"{"pipeline":"web","branch_name":"main"}"#);
    assert!(text(&script).starts_with("q{"), "{}", text(&script));
}

#[test]
fn a_change_in_the_form_clears_the_redo_history_of_unparsed_text() {
    let mut script = Script::on(r#"{"pipeline":"web"}"#);
    script.keys("alt-e ctrl-home 'q w' ctrl-z esc").go("/branch_name").types("main");
    script.keys("alt-e");
    let unparsed = text(&script);
    assert_eq!(script.keys("ctrl-y").notice(), "Nothing to redo.");
    assert_eq!(text(&script), unparsed);
}

#[test]
fn undo_in_the_form_reports_that_unparsed_text_stays() {
    let mut script = Script::on(r#"{"pipeline":"web"}"#);
    script.go("/branch_name").types("main").keys("alt-e ctrl-home 'q' esc ctrl-z");
    assert!(script.notice().contains("the unparsed text stays"), "{}", script.notice());
    assert!(text(&script).starts_with("q{"), "{}", text(&script));
}

#[test]
fn lines_are_marked_again_once_unparsed_text_parses() {
    let mut script = Script::on(r#"{"result":"succes","start_time":1767603600}"#);
    script.keys("alt-e");
    let marks = script.model.payload.raw.as_ref().unwrap().marks.clone();
    assert!(marks.len() > 1, "{marks:?}");
    script.keys("ctrl-a ctrl-x ctrl-z");
    assert_eq!(script.model.payload.raw.as_ref().unwrap().marks, marks);
}

#[test]
fn undo_before_the_first_key_in_the_text_undoes_the_form() {
    let mut script = Script::on("{}");
    script.go("/pipeline").types("web").keys("alt-e").types("my ").keys("ctrl-z ctrl-z ctrl-z");
    assert_eq!((script.json().as_str(), text(&script).as_str()), ("{}", "{}"));
    script.keys("ctrl-z");
    assert_eq!(script.notice(), "Nothing to undo.");
    script.keys("ctrl-y");
    assert_eq!(text(&script), "{\n  \"pipeline\": \"web\"\n}");
}

#[test]
fn unparsed_text_is_saved_with_the_draft_and_restored_with_it() {
    let mut script = at(r#"{"pipeline":"web"}"#, "/pipeline");
    script.types("\"").keys("f4 'half' enter").settles();
    assert!(!script.model.is_unsaved(), "all of it is kept");
    let draft = script.drafts.get("half").unwrap().clone();
    assert_eq!(draft.unparsed.as_deref(), Some("{\n  \"pipeline\": \"\"web\"\n}"));
    assert!(draft.write().contains("\"unparsed\": "));
    script.types("x");
    assert!(script.model.is_unsaved());

    let mut other = Script::new();
    other.receive(Msg::Draft(DraftReply::Opened(Ok(Box::new(draft)))));
    other.shows("not JSON at 2:17");
    assert!(!other.model.is_unsaved() && !other.model.edits_text());
    other.keys("alt-e");
    assert_eq!(other.json(), r#"{"pipeline":"web"}"#);
    other.keys("ctrl-home down end left left left left backspace");
    assert_eq!((other.model.text_fault(), other.model.is_unsaved()), (None, true));
    other.keys("f4").settles();
    assert_eq!(other.drafts.get("half").unwrap().unparsed, None);
}

#[test]
fn a_saved_text_that_parses_is_applied_as_a_step() {
    let mut draft = super::script::draft("fixed", r#"{"pipeline":"web"}"#);
    draft.unparsed = Some(r#"{"pipeline":"shop"}"#.to_owned());
    let mut script = Script::new();
    script.receive(Msg::Draft(DraftReply::Opened(Ok(Box::new(draft)))));
    assert_eq!((script.json().as_str(), script.model.is_unsaved()), (r#"{"pipeline":"shop"}"#, true));
    script.keys("ctrl-z");
    assert_eq!((script.json().as_str(), script.model.is_unsaved()), (r#"{"pipeline":"web"}"#, false));
}

#[test]
fn a_paste_is_one_step_with_its_lines_as_they_are() {
    let mut script = Script::on("{}");
    script.keys("alt-e ctrl-u");
    script.paste("{\r\n \"pipeline\": \"a\",\r\n \"build_number\": 1.50\r\n}");
    assert_eq!(script.json(), r#"{"pipeline":"a","build_number":1.50}"#);
    assert!(script.overlays().is_empty());
    script.keys("ctrl-z");
    assert_eq!((script.json().as_str(), text(&script).as_str()), ("{}", ""));
    script.keys("ctrl-y esc");
    assert_eq!(script.json(), r#"{"pipeline":"a","build_number":1.50}"#);
}

#[test]
fn a_new_line_is_indented_and_brackets_open_and_close_a_level() {
    let mut script = Script::on(r#"{"a":1}"#);
    script
        .keys("alt-e ctrl-home down end")
        .types(",")
        .keys("enter")
        .types("\"b\": {}")
        .keys("left enter")
        .types("\"c\": [");
    script.keys("enter").types("]");
    assert_eq!(text(&script), "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": [\n    ]\n  }\n}");
    assert_eq!(script.json(), r#"{"a":1,"b":{"c":[]}}"#);
    script.keys("tab");
    assert_eq!(before(&script), "    ]  ");
}

#[test]
fn duplicate_keys_are_reported_while_they_exist() {
    let mut script = Script::on(r#"{"pipeline":"web"}"#);
    script.keys("alt-e ctrl-home down home").types("\"pipeline\": 1,");
    assert!(script.codes("/pipeline").contains(&"duplicate-key"), "{:?}", script.model.checks.problems);
    script.keys("ctrl-z");
    script.keys("ctrl-z");
    assert!(!script.codes("/pipeline").contains(&"duplicate-key"));
}

#[test]
fn document_changes_meanwhile_are_shown_in_the_text() {
    let mut script = at(r#"{"pipeline":"web","instance_guid":"x"}"#, "/pipeline");
    script.receive(Msg::Guid("0f0e0d0c-0b0a-4908-8706-050403020100".to_owned()));
    assert!(text(&script).contains("\"instance_guid\": \"0f0e0d0c"), "{}", text(&script));
    script.types("my ");
    assert_eq!(script.value("/pipeline"), "\"my web\"", "the cursor is where it was");
}

#[test]
fn a_click_in_the_pane_puts_the_cursor_there_and_one_in_the_form_leaves_it() {
    let mut script = Script::on(r#"{"pipeline":"web","branch_name":"main"}"#);
    let pane = script.model.layout().unwrap().preview.unwrap().inside();
    let gutter = u16::try_from(script.model.text_gutter()).unwrap();
    script.receive(Msg::Click { column: pane.x + gutter + 17, row: pane.y + 1 });
    assert_eq!(before(&script), "  \"pipeline\": \"we");
    script.types("s").receive(Msg::Click { column: pane.x + pane.width - 1, row: pane.y + 2 });
    assert_eq!(before(&script), "  \"branch_name\": \"main\"");
    script.receive(Msg::Click { column: 4, row: 4 });
    assert!(!script.model.edits_text());
    assert_eq!(script.json(), r#"{"pipeline":"wesb","branch_name":"main"}"#);
}

#[test]
fn a_long_text_is_read_when_typing_pauses() {
    let mut script = Script::on(&format!(r#"{{"pipeline":"web","x":"{}"}}"#, "y".repeat(60_000)));
    script.go("/pipeline").keys("alt-e").types("my ");
    assert_eq!(script.value("/pipeline"), "\"web\"");
    assert!(script.model.is_unsaved() && script.model.draft_now().unparsed.is_some(), "typed is kept");
    let deadline = script.model.deadline().unwrap();
    script.wait(deadline.millis() - script.model.now.millis()).receive(Msg::Wake);
    assert_eq!((script.value("/pipeline").as_str(), script.model.deadline()), ("\"my web\"", None));
    script.types("own ").keys("esc");
    assert_eq!(script.value("/pipeline"), "\"my own web\"", "leaving does not wait");
}

#[test]
fn actions_of_the_form_leave_the_text_and_run_there() {
    let mut script = at(r#"{"duration":"77000"}"#, "/duration");
    script.keys("f9").picks("fix-all");
    assert!(!script.model.edits_text());
    script.keys("enter");
    assert_eq!(script.value("/duration"), "77000");
}

#[test]
fn a_short_text_is_shown_from_its_first_line_also_where_it_replaces_the_form() {
    let mut script = Script::on(r#"{"pipeline":"web","branch_name":"main"}"#);
    script.sized(80, 24).go("/branch_name").keys("alt-e").shows("1  {").shows("3    \"branch_name\"");
}
