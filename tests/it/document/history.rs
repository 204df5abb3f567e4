//! Undo, redo, and the unsaved state.

use sei_compose::document::{Document, Edit, EditError, HistoryStep, Value, set, write_compact};

use super::{at, json};

fn document(text: &str) -> Document {
    Document::new(json(text))
}

fn shown(document: &Document) -> String {
    write_compact(document.value())
}

/// Sets a value at a place as one of a group of changes.
fn type_in(document: &mut Document, place: &str, value: &str, group: Option<u64>) {
    let edits = set(document.value(), &at(place), Value::from(value));
    document.apply("Type", edits, group).unwrap();
}

fn step(label: &str, place: &str) -> HistoryStep {
    HistoryStep { label: label.to_owned(), at: at(place) }
}

#[test]
fn a_step_is_undone_and_redone_with_its_label_and_its_place() {
    let mut document = document(r#"{"a":[1]}"#);
    let insert = Edit::Insert { parent: at("/a"), index: 1, key: None, value: Value::from(2) };
    document.apply("Add", vec![insert, Edit::Rename { at: at("/a"), key: "b".into() }], None).unwrap();
    assert_eq!(shown(&document), r#"{"b":[1,2]}"#);
    assert_eq!(document.undo(), Some(step("Add", "/a/1")));
    assert_eq!(shown(&document), r#"{"a":[1]}"#);
    assert!(!document.can_undo() && document.can_redo());
    assert_eq!(document.redo(), Some(step("Add", "/a/1")));
    assert_eq!(shown(&document), r#"{"b":[1,2]}"#);
    assert_eq!(document.redo(), None);
}

#[test]
fn changes_of_one_group_are_one_step() {
    let mut document = document("{}");
    for text in ["N", "No", "Nod", "Node"] {
        type_in(&mut document, "/pipeline", text, Some(1));
    }
    type_in(&mut document, "/pipeline", "Node.js", Some(2));
    assert_eq!(document.undo(), Some(step("Type", "/pipeline")));
    assert_eq!(shown(&document), r#"{"pipeline":"Node"}"#);
    assert!(document.undo().is_some());
    assert_eq!(shown(&document), "{}");
    assert_eq!(document.undo(), None);
    assert!(document.redo().is_some());
    assert_eq!(shown(&document), r#"{"pipeline":"Node"}"#);
}

#[test]
fn changes_without_a_group_are_steps_of_their_own() {
    let mut document = document("{}");
    type_in(&mut document, "/pipeline", "a", None);
    type_in(&mut document, "/pipeline", "b", None);
    assert!(document.undo().is_some());
    assert_eq!(shown(&document), r#"{"pipeline":"a"}"#);
}

#[test]
fn an_undo_or_a_save_ends_the_group() {
    let mut document = document("{}");
    type_in(&mut document, "/pipeline", "a", Some(1));
    document.mark_saved();
    type_in(&mut document, "/pipeline", "ab", Some(1));
    assert!(document.is_changed());
    assert!(document.undo().is_some());
    assert_eq!(shown(&document), r#"{"pipeline":"a"}"#);
    assert!(!document.is_changed(), "what was saved can be reached again");
    type_in(&mut document, "/pipeline", "ac", Some(1));
    assert!(document.undo().is_some());
    assert_eq!(shown(&document), r#"{"pipeline":"a"}"#);
}

#[test]
fn a_new_change_clears_the_redo_history() {
    let mut document = document("{}");
    type_in(&mut document, "/a", "1", None);
    assert!(document.undo().is_some());
    type_in(&mut document, "/b", "2", None);
    assert!(!document.can_redo());
    assert_eq!(shown(&document), r#"{"b":"2"}"#);
}

#[test]
fn a_step_is_applied_completely_or_not_at_all() {
    let mut document = document(r#"{"a":1}"#);
    type_in(&mut document, "/b", "x", None);
    assert!(document.undo().is_some());
    let before = document.clone();
    let edits = vec![
        Edit::Remove { at: at("/a") },
        Edit::Insert { parent: at(""), index: 0, key: Some("c".into()), value: Value::Null },
        Edit::Remove { at: at("/nowhere") },
    ];
    assert_eq!(document.apply("Fix", edits, None), Err(EditError::Absent { at: at("/nowhere") }));
    assert_eq!(document, before, "value, revision and the steps to redo are as they were");
}

#[test]
fn an_empty_edit_makes_no_step() {
    let mut document = document("{}");
    document.apply("Nothing", Vec::new(), None).unwrap();
    document.replace_all("Nothing", json("{}"));
    assert!(!document.can_undo() && !document.is_changed());
}

#[test]
fn the_saved_content_is_recognized_after_undo_and_redo() {
    let mut document = document("{}");
    assert!(!document.is_changed());
    type_in(&mut document, "/a", "1", None);
    document.mark_saved();
    type_in(&mut document, "/a", "2", None);
    assert!(document.is_changed());
    assert!(document.undo().is_some());
    assert!(!document.is_changed());
    assert!(document.undo().is_some());
    assert!(document.is_changed());
    assert!(document.redo().is_some());
    assert!(!document.is_changed());
    document.mark_unsaved();
    assert!(document.is_changed());
}

#[test]
fn a_revision_names_one_content() {
    let mut document = document("{}");
    let first = document.revision();
    type_in(&mut document, "/a", "1", Some(1));
    let second = document.revision();
    type_in(&mut document, "/a", "2", Some(1));
    let third = document.revision();
    assert!(first != second && second != third && first != third);
    assert!(document.undo().is_some());
    assert_eq!(document.revision(), first);
    type_in(&mut document, "/a", "3", None);
    assert!(![first, second, third].contains(&document.revision()));
    assert_ne!(Document::new(json("[]")).revision(), first, "another document has another revision");
}

#[test]
fn replacing_the_document_is_one_step_of_the_differences() {
    let mut document = document(r#"{"a":1,"b":{"c":2,"d":3}}"#);
    document.replace_all("Edit JSON", json(r#"{"a":1,"b":{"c":9,"d":3}}"#));
    assert_eq!(shown(&document), r#"{"a":1,"b":{"c":9,"d":3}}"#);
    assert_eq!(document.undo(), Some(step("Edit JSON", "/b/c")));
    assert_eq!(shown(&document), r#"{"a":1,"b":{"c":2,"d":3}}"#);
}

#[test]
fn typing_in_one_field_does_not_grow_the_history() {
    let size_after = |keys: usize| {
        let mut document = document("{}");
        for key in 0..keys {
            type_in(&mut document, "/pipeline", if key % 2 == 0 { "odd" } else { "two" }, Some(1));
        }
        format!("{:?}", document.undo().map(|_| document)).len()
    };
    assert!(size_after(200) < size_after(2) + 40, "{} and {}", size_after(200), size_after(2));
}
