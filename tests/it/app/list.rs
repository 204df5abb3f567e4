//! Lists of texts and key-value pairs: several items at once.

use super::script::Script;

const A: &str = "64be72b2c1f7d2a33082f98a40a848880fcdcd5e";
const B: &str = "9c1f0f7a4d3b6e2859f1c07d84b3a6e5d2908f41";

#[test]
fn commit_ids_are_separated_by_commas_spaces_or_lines() {
    for text in [format!("{A},{B}"), format!("{A}, {B}"), format!("{A} {B}"), format!("{A}\n{B}\n")] {
        let mut script = Script::new();
        script.go("/scm_commit_ids").paste(&text);
        assert_eq!(script.value("/scm_commit_ids"), format!(r#"["{A}","{B}"]"#), "{text:?}");
    }
    let mut typed = Script::new();
    typed.go("/scm_commit_ids").types(&format!("{A} {B}"));
    assert_eq!(typed.value("/scm_commit_ids"), format!(r#"["{A}","{B}"]"#));
}

#[test]
fn a_paste_adds_to_the_existing_items() {
    let mut script = Script::on(&format!(r#"{{"scm_commit_ids":["{A}"]}}"#));
    script.go("/scm_commit_ids").paste(&format!("{B}\r\n"));
    assert_eq!(script.value("/scm_commit_ids"), format!(r#"["{A}","{B}"]"#));
    script.keys("tab").shows("2 items");
}

#[test]
fn themes_may_hold_spaces_but_no_commas() {
    let mut script = Script::new();
    script.go("/themes").types("pay ments, cards,  ,refunds");
    assert_eq!(script.value("/themes"), r#"["pay ments","cards","refunds"]"#);
}

#[test]
fn an_item_with_a_comma_is_edited_as_json_so_that_it_is_not_split() {
    let json = r#"{"themes":["a,b"]}"#;
    let mut script = Script::on(json);
    script.go("/themes").keys("tab shift-tab");
    assert_eq!(script.json(), json);
    script.keys("end left left 'c'");
    assert_eq!(script.json(), r#"{"themes":["a,bc"]}"#);
}

#[test]
fn metadata_is_typed_as_pairs() {
    let mut script = Script::new();
    script.keys("alt-4 enter");
    let at = "/artifacts/0/metadata";
    script.go(at).types("team=pay, stage = blue,lonely,url=a=b");
    assert_eq!(script.value(at), r#"{"team":"pay","stage":"blue","lonely":"","url":"a=b"}"#);
}

#[test]
fn metadata_of_another_shape_is_edited_as_json() {
    let mut script = Script::on(r#"{"artifacts":[{"metadata":{"n":1,"deep":{"a":[2]}}}]}"#);
    script.keys("alt-4 enter").go("/artifacts/0/metadata").shows("an object, as JSON");
    script.keys("home right '\"x\":\"y\",'");
    assert_eq!(script.value("/artifacts/0/metadata"), r#"{"x":"y","n":1,"deep":{"a":[2]}}"#);
}
