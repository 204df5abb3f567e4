//! How two documents differ, place by place.

use sei_compose::document::{Change, changes, write_compact};

use super::json;

/// The changes as lines: the place, the old value, the new value.
fn change_lines(old: &str, new: &str) -> Vec<String> {
    let side = |value: &Option<_>| value.as_ref().map_or_else(|| "-".to_owned(), write_compact);
    let line = |change: &Change| {
        let order = if change.is_reordered() { " reordered" } else { "" };
        format!("{} {} {}{order}", change.at, side(&change.old), side(&change.new))
    };
    changes(&json(old), &json(new)).iter().map(line).collect()
}

#[test]
fn equal_documents_have_no_changes_and_the_order_of_keys_does_not_count() {
    assert!(change_lines(r#"{"a":1,"b":[1,2]}"#, r#"{"b":[1,2],"a":1}"#).is_empty());
}

#[test]
fn a_field_is_altered_added_or_removed() {
    let lines = change_lines(r#"{"a":1,"b":2,"c":{"d":3}}"#, r#"{"a":1,"c":{"d":4},"e":null}"#);
    assert_eq!(lines, ["/c/d 3 4", "/e - null", "/b 2 -"]);
}

#[test]
fn an_item_inserted_in_front_is_one_addition() {
    let lines = change_lines(
        r#"[{"id":"1","name":"Build"},{"id":"2","name":"Test"}]"#,
        r#"[{"id":"0","name":"Check out"},{"id":"1","name":"Build"},{"id":"2","name":"Tests"}]"#,
    );
    assert_eq!(lines, [r#"/0 - {"id":"0","name":"Check out"}"#, r#"/2/name "Test" "Tests""#]);
}

#[test]
fn a_removed_item_has_its_old_place() {
    assert_eq!(change_lines(r#"["a","b","c"]"#, r#"["a","c"]"#), [r#"/1 "b" -"#]);
}

#[test]
fn items_in_another_order_are_one_change_of_their_list() {
    assert_eq!(change_lines(r#"{"l":[1,2,3]}"#, r#"{"l":[3,1,2]}"#), ["/l [1,2,3] [3,1,2] reordered"]);
    let nested = change_lines(r#"[{"id":"a"},{"id":"b","x":1}]"#, r#"[{"id":"b","x":2},{"id":"a"}]"#);
    assert_eq!(nested, ["/0/x 1 2"]);
}

#[test]
fn the_last_of_duplicate_keys_counts() {
    assert_eq!(change_lines(r#"{"a":1,"a":2}"#, r#"{"a":3}"#), ["/a 2 3"]);
    assert!(change_lines(r#"{"a":1,"a":2}"#, r#"{"a":2}"#).is_empty());
}

#[test]
fn a_value_of_another_kind_is_one_change() {
    assert_eq!(change_lines(r#"{"a":[1]}"#, r#"{"a":{"b":1}}"#), [r#"/a [1] {"b":1}"#]);
    assert_eq!(change_lines(r#"{"a":[]}"#, r#"{"a":[1]}"#), ["/a [] [1]"]);
}

#[test]
fn an_item_that_gets_or_loses_its_id_stays_the_same_item() {
    let old = r#"[{"name":"Build","x":1},{"displayName":"Test"},{"name":"Build","x":2},"Build",{}]"#;
    let new = r#"[{"id":"1","name":"Build","x":1},{"id":"2","displayName":"Test"},{"id":"3","name":"Build","x":2},"Build",{}]"#;
    assert_eq!(change_lines(old, new), [r#"/0/id - "1""#, r#"/1/id - "2""#, r#"/2/id - "3""#]);
    assert_eq!(change_lines(new, old), [r#"/0/id "1" -"#, r#"/1/id "2" -"#, r#"/2/id "3" -"#]);
    let other = change_lines(r#"[{"id":"1","name":"Build"}]"#, r#"[{"id":"2","name":"Build"}]"#);
    assert_eq!(other, [r#"/0 - {"id":"2","name":"Build"}"#, r#"/0 {"id":"1","name":"Build"} -"#]);
}
