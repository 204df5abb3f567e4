//! Pasted text: into the field, never as keys; a whole payload is offered.

use super::script::{GOOD, Script};

#[test]
fn pasted_text_goes_into_the_field_without_the_line_breaks_around_it() {
    let mut script = Script::new();
    script.go("/pipeline").paste("\nweb shop\r\n");
    assert_eq!(script.value("/pipeline"), r#""web shop""#);
    assert_eq!(script.focus(), "/pipeline", "a line break is no Enter");
    script.keys("ctrl-z");
    assert_eq!(script.json(), "{}", "one step");
}

#[test]
fn pasted_json_is_offered_as_the_document() {
    let mut script = Script::new();
    script.go("/pipeline").paste(GOOD);
    assert_eq!(script.overlays(), ["Pasted JSON"]);
    assert_eq!(script.json(), "{}", "nothing before the answer");
    script.keys("enter");
    assert_eq!(script.json(), GOOD);
    script.keys("ctrl-z");
    assert_eq!(script.json(), "{}");
}

#[test]
fn pasted_json_can_be_typed_into_the_field_or_forgotten() {
    let mut script = Script::new();
    script.go("/pipeline").paste(r#"{"a":1}"#).keys("down enter");
    assert_eq!(script.json(), r#"{"pipeline":"{\"a\":1}"}"#);
    script.go("/branch_name").paste(r#"{"a":1}"#).keys("up enter");
    assert_eq!(script.value("/branch_name"), "");
    script.paste(r#"{"a":1}"#).keys("esc");
    assert_eq!(script.value("/branch_name"), "");
}

#[test]
fn a_wrapped_body_is_unwrapped() {
    let mut script = Script::new();
    let wrapped = r#"{"request_type":"JenkinsPluginJobRunComplete","payload":"{\"pipeline\":\"web\"}"}"#;
    script.paste(wrapped).shows("wrapped body").keys("enter");
    assert_eq!(script.json(), r#"{"pipeline":"web"}"#);
}

#[test]
fn what_only_looks_like_json_is_text() {
    let mut script = Script::new();
    script.go("/pipeline").paste("{not json");
    assert!(script.overlays().is_empty());
    assert_eq!(script.value("/pipeline"), r#""{not json""#);
}

#[test]
fn a_paste_over_an_item_or_button_changes_nothing() {
    let mut script = Script::on(r#"{"artifacts":[{"name":"a"}]}"#);
    let before = script.json();
    script.go("/artifacts/0").paste("text").keys("down").paste("text").keys("alt-5").paste("text");
    assert_eq!(script.json(), before);
}

#[test]
fn pasted_text_goes_into_an_open_prompt_on_one_line() {
    let mut script = Script::new();
    script.keys("f4 ctrl-u").paste("night\nly\n").keys("enter").settles();
    assert_eq!(script.model.draft.name.as_deref(), Some("night ly"));
}
