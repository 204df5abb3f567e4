//! Documents of unexpected shape: shown unchanged, edited as JSON, under their own names.

use super::script::Script;

#[test]
fn an_unknown_key_is_shown_and_edited_as_json() {
    let mut script = Script::on(r#"{"pipeline":"a","team":{"name":"pay"}}"#);
    script.go("/team").shows(r#"{"name":"pay"}"#).shows("ndocumented field");
    script.keys("ctrl-u '[1, 2]'");
    assert_eq!(script.value("/team"), "[1,2]");
    script.keys("ctrl-u 'true'");
    assert_eq!(script.value("/team"), "true");
    script.keys("ctrl-u 'no json'");
    assert_eq!(script.value("/team"), r#""no json""#, "text that is not JSON is kept as text");
}

#[test]
fn unknown_keys_inside_items_have_rows_too() {
    let mut script = Script::on(r#"{"job_run":{"stages":[{"id":"1","shell":"bash"}],"pool":3}}"#);
    script.go("/job_run/pool").shows("pool");
    script.go("/job_run/stages/0").keys("enter").go("/job_run/stages/0/shell").keys("end left 'x'");
    assert_eq!(script.value("/job_run/stages/0/shell"), r#""bashx""#);
}

#[test]
fn a_value_of_another_shape_is_shown_and_edited_as_json() {
    let mut script = Script::on(r#"{"pipeline":["a"],"themes":"x","artifacts":{"a":1},"job_run":[]}"#);
    script.go("/pipeline").shows("a list, as JSON").keys("ctrl-u '\"b\"'");
    assert_eq!(script.value("/pipeline"), r#""b""#);
    script.go("/themes").keys("ctrl-u '[\"y\"]'");
    assert_eq!(script.value("/themes"), r#"["y"]"#);
    script.go("/artifacts").keys("end left ',\"b\":2'");
    assert_eq!(script.value("/artifacts"), r#"{"a":1,"b":2}"#);
    script.go("/job_run").shows("ndocumented field");
}

#[test]
fn a_wrong_shape_emptied_by_typing_waits_for_another_value() {
    let mut script = Script::on(r#"{"artifacts":"none"}"#);
    script.go("/artifacts").keys("ctrl-u");
    assert_eq!(script.json(), "{}");
    script.types(r#"[{"name":"a"}]"#);
    assert_eq!(script.json(), r#"{"artifacts":[{"name":"a"}]}"#);
    assert_eq!(script.focus(), "/artifacts/0");
    script.types("x");
    assert_eq!(script.json(), r#"{"artifacts":[{"name":"a"}]}"#, "an item takes no text");
}

#[test]
fn an_emptied_unknown_key_is_removed_once_the_focus_leaves_it() {
    let mut script = Script::on(r#"{"team":"pay","pipeline":"a"}"#);
    script.go("/team").keys("ctrl-u");
    assert_eq!((script.json().as_str(), script.focus().as_str()), (r#"{"pipeline":"a"}"#, "/team"));
    script.keys("up").go("/pipeline").types("b");
    assert!(script.model.form.rows.iter().all(|row| row.at.to_string() != "/team"));
    script.keys("ctrl-z ctrl-z");
    assert_eq!(script.json(), r#"{"team":"pay","pipeline":"a"}"#);
}

#[test]
fn emptying_an_item_by_typing_never_changes_the_next_one() {
    for next in ["8", r#"{"name":"a"}"#] {
        let mut script = Script::on(&format!(r#"{{"artifacts":[7,{next}]}}"#));
        script.go("/artifacts/0").keys("ctrl-u");
        assert_eq!(script.json(), format!(r#"{{"artifacts":[null,{next}]}}"#));
        script.types("5");
        assert_eq!(script.json(), format!(r#"{{"artifacts":[5,{next}]}}"#));
    }
}

#[test]
fn items_that_are_not_objects_have_their_own_rows() {
    let mut script = Script::on(r#"{"artifacts":[7,{"name":"a"},null]}"#);
    script.go("/artifacts/0").keys("end '1'");
    assert_eq!(script.value("/artifacts/0"), "71");
    script.keys("alt-x");
    assert_eq!(script.value("/artifacts"), r#"[{"name":"a"},null]"#);
}

#[test]
fn legacy_names_are_edited_in_place() {
    let mut script = Script::on(
        r#"{"job_name":"a","job_normalized_full_name":"b","jenkins_instance_guid":"c","jenkins_instance_name":"d"}"#,
    );
    for at in ["/job_name", "/job_normalized_full_name", "/jenkins_instance_guid", "/jenkins_instance_name"] {
        script.go(at).keys("'2'");
    }
    assert_eq!(
        script.json(),
        r#"{"job_name":"a2","job_normalized_full_name":"b2","jenkins_instance_guid":"c2","jenkins_instance_name":"d2"}"#
    );
    script.shows("legacy name");
}

#[test]
fn a_field_under_both_names_shows_both() {
    let mut script = Script::on(r#"{"job_name":"old","pipeline":"new"}"#);
    script.go("/pipeline").keys("'!'").go("/job_name").keys("end left '!'");
    assert_eq!(script.json(), r#"{"job_name":"old!","pipeline":"new!"}"#);
}

#[test]
fn null_empty_text_and_absent_values_look_different() {
    let mut script = Script::on(r#"{"branch_name":null,"user_id":""}"#);
    script.go("/pipeline").shows("null").shows("\"\"  empty text");
}

#[test]
fn control_and_direction_characters_are_made_visible() {
    let mut script = Script::on("{\"pipeline\":\"a\\u001b[31mred\\u202etxt\"}");
    script.hides("\u{1b}").hides("\u{202e}");
}

#[test]
fn a_duplicate_key_is_reported_and_one_of_the_two_can_be_kept() {
    let mut script = Script::on(r#"{"pipeline":"web","pipeline":"web","result":"SUCCESS"}"#);
    assert!(script.model.checks.problems.iter().any(|problem| problem.code == "duplicate-key"));
    script.go("/pipeline").keys("f8");
    if script.overlays() == ["Fix"] {
        script.keys("enter");
    }
    assert_eq!(script.json(), r#"{"pipeline":"web","result":"SUCCESS"}"#);
    assert!(!script.model.checks.problems.iter().any(|problem| problem.code == "duplicate-key"));
}
