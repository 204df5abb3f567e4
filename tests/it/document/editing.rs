//! Edits, and the placing of new members.

use sei_compose::document::{
    Edit, EditError, MAX_DEPTH, Pointer, Value, ValueKind, apply, clear, difference, set,
};

use super::{after, at, json};

fn after_set(root: &str, place: &str, value: &str) -> String {
    after(root, &set(&json(root), &at(place), json(value)))
}

fn after_clear(root: &str, place: &str) -> String {
    after(root, &clear(&json(root), &at(place)))
}

/// The error of an edit that leaves the document unchanged.
fn refused(root: &str, edit: &Edit) -> EditError {
    let mut value = json(root);
    let error = apply(&mut value, edit).unwrap_err();
    assert_eq!(value, json(root));
    error
}

fn insert(parent: &str, index: usize, key: Option<&str>) -> Edit {
    Edit::Insert { parent: at(parent), index, key: key.map(str::to_owned), value: Value::Null }
}

#[test]
fn each_kind_of_edit_does_what_it_says() {
    let root = r#"{"a":1,"b":[10,20,30]}"#;
    let cases = [
        (Edit::Replace { at: at("/b/1"), value: Value::from("x") }, r#"{"a":1,"b":[10,"x",30]}"#),
        (Edit::Replace { at: at(""), value: Value::Null }, "null"),
        (insert("/b", 3, None), r#"{"a":1,"b":[10,20,30,null]}"#),
        (insert("", 1, Some("n")), r#"{"a":1,"n":null,"b":[10,20,30]}"#),
        (Edit::Remove { at: at("/a") }, r#"{"b":[10,20,30]}"#),
        (Edit::Remove { at: at("/b/0") }, r#"{"a":1,"b":[20,30]}"#),
        (Edit::Rename { at: at("/a"), key: "z".into() }, r#"{"z":1,"b":[10,20,30]}"#),
        (Edit::Move { at: at("/b/0"), to: 2 }, r#"{"a":1,"b":[20,30,10]}"#),
        (Edit::Move { at: at("/b"), to: 0 }, r#"{"b":[10,20,30],"a":1}"#),
    ];
    for (edit, expected) in cases {
        assert_eq!(after(root, &[edit]), expected);
    }
}

#[test]
fn an_edit_that_does_not_fit_is_refused_and_changes_nothing() {
    let root = r#"{"a":1,"b":[10,20]}"#;
    let absent = |place: &str| EditError::Absent { at: at(place) };
    assert_eq!(refused(root, &Edit::Replace { at: at("/x"), value: Value::Null }), absent("/x"));
    assert_eq!(refused(root, &Edit::Remove { at: at("/b/2") }), absent("/b/2"));
    assert_eq!(refused(root, &Edit::Remove { at: at("/a/b") }), absent("/a/b"));
    assert_eq!(refused(root, &insert("/x", 0, None)), absent("/x"));
    assert_eq!(refused(root, &Edit::Remove { at: at("") }), EditError::Root);
    assert_eq!(refused(root, &Edit::Move { at: at(""), to: 0 }), EditError::Root);
    let wrong = |place: &str, kind| EditError::WrongKind { at: at(place), kind };
    assert_eq!(refused(root, &insert("/a", 0, None)), wrong("/a", ValueKind::Number));
    assert_eq!(refused(root, &insert("/b", 0, Some("k"))), wrong("/b", ValueKind::Array));
    assert_eq!(refused(root, &insert("", 0, None)), wrong("", ValueKind::Object));
    assert_eq!(
        refused(root, &Edit::Rename { at: at("/b/0"), key: "k".into() }),
        wrong("/b", ValueKind::Array)
    );
    let beyond = |index| EditError::OutOfRange { at: at("/b"), index, len: 2 };
    assert_eq!(refused(root, &insert("/b", 3, None)), beyond(3));
    assert_eq!(refused(root, &Edit::Move { at: at("/b/0"), to: 2 }), beyond(2));
    assert_eq!(beyond(3).to_string(), "/b has 2 entries: position 3 is beyond the end");
}

#[test]
fn a_member_is_not_inserted_before_another_of_its_key() {
    let taken = EditError::KeyTaken { at: at(""), key: "a".into() };
    assert_eq!(refused(r#"{"a":1}"#, &insert("", 0, Some("a"))), taken);
    assert_eq!(refused(r#"{"b":1,"a":1}"#, &Edit::Rename { at: at("/b"), key: "a".into() }), taken);
    assert_eq!(refused(r#"{"a":1,"b":0,"a":2}"#, &Edit::Move { at: at("/a"), to: 0 }), taken);
}

#[test]
fn an_edit_addresses_the_last_of_duplicate_keys() {
    let root = r#"{"a":1,"b":0,"a":2}"#;
    assert_eq!(after(root, &[Edit::Remove { at: at("/a") }]), r#"{"a":1,"b":0}"#);
    assert_eq!(after_set(root, "/a", "3"), r#"{"a":1,"b":0,"a":3}"#);
    assert_eq!(after(root, &[Edit::Move { at: at("/a"), to: 1 }]), r#"{"a":1,"a":2,"b":0}"#);
}

#[test]
fn an_edit_that_would_nest_too_deep_is_refused() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let edit = |depth| Edit::Replace { at: at("/a"), value: json(&nested(depth)) };
    assert!(apply(&mut json(r#"{"a":1}"#), &edit(MAX_DEPTH - 1)).is_ok());
    assert_eq!(refused(r#"{"a":1}"#, &edit(MAX_DEPTH)), EditError::TooDeep);
    let deep: Pointer = std::iter::repeat_n("/x", 100_000).collect::<String>().parse().unwrap();
    for edit in set(&json("{}"), &deep, Value::Null) {
        assert_eq!(refused("{}", &edit), EditError::TooDeep);
    }
}

#[test]
fn an_edit_gives_the_place_to_focus() {
    let cases = [
        (Edit::Replace { at: at("/a"), value: Value::Null }, "/a"),
        (insert("/b", 3, None), "/b/3"),
        (insert("/b", 3, Some("k")), "/b/k"),
        (Edit::Remove { at: at("/a/1") }, "/a/1"),
        (Edit::Rename { at: at("/a/b"), key: "c".into() }, "/a/c"),
        (Edit::Move { at: at("/a/1"), to: 5 }, "/a/5"),
        (Edit::Move { at: at("/a/b"), to: 5 }, "/a/b"),
    ];
    for (edit, expected) in cases {
        assert_eq!(edit.focus(), at(expected), "for {edit:?}");
    }
}

#[test]
fn a_new_field_is_in_catalog_order() {
    let root = r#"{"pipeline":"p","result":"SUCCESS"}"#;
    assert_eq!(
        after_set(root, "/qualified_name", "1"),
        r#"{"pipeline":"p","qualified_name":1,"result":"SUCCESS"}"#
    );
    assert_eq!(after_set(r#"{"result":"x"}"#, "/pipeline", "1"), r#"{"pipeline":1,"result":"x"}"#);
    assert_eq!(after_set("{}", "/pipeline", "1"), r#"{"pipeline":1}"#);
}

#[test]
fn a_legacy_spelling_and_unknown_keys_do_not_disturb_the_order() {
    assert_eq!(
        after_set(r#"{"x":0,"job_name":"p","y":0,"result":"r","z":0}"#, "/job_full_name", "1"),
        r#"{"x":0,"job_name":"p","job_full_name":1,"y":0,"result":"r","z":0}"#
    );
    assert_eq!(
        after_set(r#"{"pipeline":"p","x":0}"#, "/unheard_of", "1"),
        r#"{"pipeline":"p","x":0,"unheard_of":1}"#
    );
    assert_eq!(
        after_set(r#"{"artifacts":[{"name":"n","hash":"h"}]}"#, "/artifacts/0/type", "1"),
        r#"{"artifacts":[{"name":"n","type":1,"hash":"h"}]}"#
    );
    assert_eq!(
        after_set(
            r#"{"job_run":{"stages":[{"steps":[{"result":"r"}]}]}}"#,
            "/job_run/stages/0/steps/0/displayName",
            "1"
        ),
        r#"{"job_run":{"stages":[{"steps":[{"displayName":1,"result":"r"}]}]}}"#
    );
}

#[test]
fn missing_parents_are_created_and_unfit_ones_replaced() {
    assert_eq!(after_set("{}", "/job_run/stages/0/id", "1"), r#"{"job_run":{"stages":[{"id":1}]}}"#);
    assert_eq!(
        after_set(r#"{"job_run":null}"#, "/job_run/stages/0/id", "1"),
        r#"{"job_run":{"stages":[{"id":1}]}}"#
    );
    assert_eq!(after_set(r#"{"themes":"x"}"#, "/themes/0", "1"), r#"{"themes":[1]}"#);
    assert_eq!(after_set("null", "/pipeline", "1"), r#"{"pipeline":1}"#);
    assert_eq!(after_set("[1]", "/pipeline", "1"), r#"{"pipeline":1}"#);
    assert_eq!(after_set(r#"{"themes":["a"]}"#, "/themes/7", "1"), r#"{"themes":["a",1]}"#);
    assert_eq!(after_set(r#"{"themes":["a"]}"#, "/themes/-", "1"), r#"{"themes":["a",1]}"#);
    assert_eq!(after_set("{}", "/artifacts/0/metadata/3", "1"), r#"{"artifacts":[{"metadata":{"3":1}}]}"#);
    assert_eq!(after_set("{}", "/x/3", "1"), r#"{"x":[1]}"#);
    assert_eq!(after_set("1", "", "2"), "2");
}

#[test]
fn clearing_makes_a_place_absent() {
    assert_eq!(after_clear(r#"{"a":1,"b":2}"#, "/a"), r#"{"b":2}"#);
    assert_eq!(after_clear(r#"{"a":1,"b":2,"a":3}"#, "/a"), r#"{"b":2}"#);
    assert_eq!(after_clear("[1,2]", "/0"), "[2]");
    assert_eq!(after_clear(r#"{"a":1}"#, ""), "{}");
    assert!(clear(&json(r#"{"a":1}"#), &at("/a/b")).is_empty());
    assert!(clear(&json(r#"{"a":1}"#), &at("/b")).is_empty());
}

#[test]
fn a_difference_touches_only_what_differs() {
    let difference_of = |old: &str, new: &str| difference(&json(old), &json(new));
    assert!(difference_of("[1]", "[1]").is_empty());
    assert_eq!(
        difference_of(r#"{"a":{"b":1},"c":[1,2]}"#, r#"{"a":{"b":2},"c":[1,2]}"#),
        [Edit::Replace { at: at("/a/b"), value: Value::from(2) }]
    );
    assert_eq!(difference_of("[null,null]", "[null,null,null]"), [insert("", 2, None)]);
    assert_eq!(difference_of("[1,1,1]", "[1,1]"), [Edit::Remove { at: at("/2") }]);
    assert_eq!(difference_of("[1,2,3]", "[1,3]"), [Edit::Remove { at: at("/1") }]);
    assert_eq!(difference_of(r#"{"a":null}"#, r#"{"z":null,"a":null}"#), [insert("", 0, Some("z"))]);
    assert_eq!(difference_of("[1.0]", "[1]"), [Edit::Replace { at: at("/0"), value: Value::from(1) }]);
}
