//! An incremental check finds the problems of a full check.

use std::sync::Arc;

use proptest::prelude::*;
use sei_compose::check::{CheckSession, Checker, Problem, Silenced};
use sei_compose::document::{DocumentSize, Edit, Object, Pointer, Value, ValueKind, apply};

use super::{context, parse};

/// Four stages, some with problems, alone or together.
const RUN: &str = r#"{
    "pipeline": " web", "start_time": 1751358600000, "zzz": 1, "duration": 2000, "result": "SUCCESS",
    "job_run": {"stages": [
        {"displayName": "A", "durationInMillis": 9000, "result": "failed", "steps": [{"displayName": "a"}, {"id": "1", "x": 0}]},
        {"id": "2", "durationInMillis": -1, "steps": [{"id": "1"}, {"id": "1"}]},
        {"id": "2", "displayName": "C", "durationInMillis": 3},
        {"id": "4", "displayName": 7, "steps": []}
    ], "y": null},
    "artifacts": [{"name": "n"}]
}"#;

/// A key of the run, or an unknown one.
fn any_key() -> impl Strategy<Value = String> {
    let keys = [
        "id",
        "displayName",
        "durationInMillis",
        "steps",
        "job_run",
        "stages",
        "result",
        "duration",
        "start_time",
        "startTime",
        "other",
    ];
    proptest::sample::select(keys.to_vec()).prop_map(str::to_owned)
}

fn any_value() -> impl Strategy<Value = Value> {
    let values = [
        "{\"x\": 1, \"x\": 1}",
        "\"2\"",
        "\"\"",
        "\"a \"",
        "null",
        "7",
        "-1",
        "9000",
        "\"failed\"",
        "[]",
        "{}",
        "[{\"id\": \"4\"}]",
    ];
    proptest::sample::select(values.to_vec()).prop_map(parse)
}

/// Each place of a document, the root first.
fn places(value: &Value, here: &Pointer, found: &mut Vec<Pointer>) {
    found.push(here.clone());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &here.index(index), found);
            }
        }
        Value::Object(object) => {
            for (key, member) in object.iter() {
                places(member, &here.key(key), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

/// A random edit at a random place; it may not apply.
fn edit(
    root: &Value,
    (what, place, position): (u8, prop::sample::Index, usize),
    key: &str,
    value: &Value,
) -> Edit {
    let mut all = Vec::new();
    places(root, &Pointer::root(), &mut all);
    let at = place.get(&all).clone();
    let in_object = root.get(&at).is_some_and(|value| value.kind() == ValueKind::Object);
    match what {
        0 => Edit::Replace { at, value: value.clone() },
        1 => Edit::Remove { at },
        2 => Edit::Rename { at, key: key.to_owned() },
        3 => Edit::Move { at, to: position },
        _ => {
            let key = in_object.then(|| key.to_owned());
            Edit::Insert { parent: at, index: position, key, value: value.clone() }
        }
    }
}

/// The problems of a full check.
fn fresh(root: &Value) -> Vec<Arc<Problem>> {
    CheckSession::new(root, &context(), Silenced::default()).problems().into_iter().map(Arc::new).collect()
}

/// The problems of an incremental check of the changed places.
fn again(checker: &mut Checker, root: &Value, touched: Option<&[Pointer]>) -> Vec<Arc<Problem>> {
    checker.check(&CheckSession::new(root, &context(), Silenced::default()), touched)
}

proptest! {
    #[test]
    fn after_any_edits_an_incremental_check_finds_what_a_full_check_finds(
        steps in proptest::collection::vec(((0_u8..5, any::<prop::sample::Index>(), 0_usize..4), any_key(), any_value()), 1..12)
    ) {
        let mut root = parse(RUN);
        let mut checker = Checker::default();
        prop_assert_eq!(again(&mut checker, &root, None), fresh(&root));
        for (how, key, value) in steps {
            let edit = edit(&root, how, &key, &value);
            let before = root.clone();
            if apply(&mut root, &edit).is_err() {
                continue;
            }
            let found = again(&mut checker, &root, Some(&edit.places()));
            prop_assert_eq!(checker.size(), DocumentSize::of(&root));
            prop_assert_eq!(found, fresh(&root), "{:?} on {:?}", edit, before);
        }
    }
}

#[test]
fn another_document_is_checked_from_the_start() {
    let mut checker = Checker::default();
    again(&mut checker, &parse(RUN), None);
    let other = Value::Object(Object::default());
    assert_eq!(again(&mut checker, &other, None), fresh(&other));
    let last = parse(&RUN.replace("\"displayName\": 7", "\"displayName\": \"D\""));
    assert_eq!(again(&mut checker, &last, None), fresh(&last));
}
