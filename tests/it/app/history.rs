//! Undo and redo: by word and by pause, across tabs, after a save.

use super::script::Script;

#[test]
fn typing_is_undone_word_by_word() {
    let mut script = Script::new();
    script.go("/pipeline").types("web shop main");
    script.keys("ctrl-z");
    assert_eq!(script.value("/pipeline"), r#""web shop""#);
    script.keys("ctrl-z");
    assert_eq!(script.value("/pipeline"), r#""web""#);
    script.keys("ctrl-z");
    assert_eq!(script.json(), "{}");
    script.keys("ctrl-y ctrl-y ctrl-y");
    assert_eq!(script.value("/pipeline"), r#""web shop main""#);
    assert!(script.notice().starts_with("Redone: "));
}

#[test]
fn a_pause_starts_a_new_step() {
    let mut script = Script::new();
    script.go("/pipeline").types("web").wait(2_000).types("shop").keys("ctrl-z");
    assert_eq!(script.value("/pipeline"), r#""web""#);
}

#[test]
fn leaving_the_field_starts_a_new_step() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'a' down up 'b' ctrl-z");
    assert_eq!(script.value("/pipeline"), r#""a""#);
}

#[test]
fn undo_goes_to_the_place_of_the_change_on_any_tab() {
    let mut script = Script::new();
    script.go("/instance_name").types("Acme");
    script.go("/pipeline").types("web");
    script.keys("alt-3 enter alt-5");
    script.keys("ctrl-z");
    assert_eq!(script.focus(), "/job_run/stages/0");
    script.keys("ctrl-z");
    assert_eq!(script.focus(), "/pipeline");
    script.keys("ctrl-z");
    assert_eq!((script.focus().as_str(), script.json().as_str()), ("/instance_name", "{}"));
    script.keys("ctrl-z");
    assert_eq!(script.notice(), "Nothing to undo.");
    script.keys("ctrl-y ctrl-y ctrl-y");
    assert_eq!(
        script.json(),
        r#"{"pipeline":"web","instance_name":"Acme","job_run":{"stages":[{"id":"1"}]}}"#
    );
    script.keys("ctrl-y");
    assert_eq!(script.notice(), "Nothing to redo.");
}

#[test]
fn the_field_under_the_cursor_shows_the_value_that_undo_restored() {
    let mut script = Script::new();
    script.go("/pipeline").types("web shop").keys("ctrl-z ' 2'");
    assert_eq!(script.value("/pipeline"), r#""web 2""#);
    script.keys("ctrl-y");
    assert_eq!(script.notice(), "Nothing to redo.", "a new change leaves nothing to redo");
}

#[test]
fn undo_reaches_beyond_a_save_and_the_draft_counts_as_changed() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'web' f4 enter").settles();
    assert!(!script.model.is_unsaved());
    script.go("/pipeline").keys("'2' ctrl-z");
    assert!(!script.model.is_unsaved(), "back at what was saved");
    script.keys("ctrl-z");
    assert_eq!(script.json(), "{}");
    assert!(script.model.is_unsaved());
    script.keys("ctrl-y");
    assert!(!script.model.is_unsaved());
}

#[test]
fn choices_toggles_items_fixes_and_pastes_are_each_one_step() {
    let mut script = Script::on(r#"{"duration":"77000"}"#);
    script.go("/result").keys("right").go("/ci").keys("right");
    script.go("/duration").keys("f8");
    assert_eq!(script.value("/duration"), "77000");
    script.keys("alt-3 enter");
    script.paste(r#"{"pipeline":"pasted"}"#).keys("enter");
    assert_eq!(script.json(), r#"{"pipeline":"pasted"}"#);
    for json in [
        r#"{"result":"SUCCESS","duration":77000,"ci":true,"cd":false,"job_run":{"stages":[{"id":"1"}]}}"#,
        r#"{"result":"SUCCESS","duration":77000,"ci":true,"cd":false}"#,
        r#"{"result":"SUCCESS","duration":"77000","ci":true,"cd":false}"#,
        r#"{"result":"SUCCESS","duration":"77000"}"#,
        r#"{"duration":"77000"}"#,
    ] {
        script.keys("ctrl-z");
        assert_eq!(script.json(), json);
    }
}
