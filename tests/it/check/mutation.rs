//! A good document with random changes.

use proptest::prelude::*;
use proptest::sample::Index;
use sei_compose::catalog::catalog;
use sei_compose::check::{CheckSession, Silenced, check};
use sei_compose::document::{Edit, Object, Pointer, Value, apply};

use super::property::any_value;
use super::{context, parse, safe_fixes, spelled};

/// One change: the operation, the place and the value.
pub(crate) type Change = (u8, Index, Index, Value);

/// A complete document without problems.
pub(crate) fn good() -> Value {
    let run = catalog().run().fields.iter().map(|field| (field.name.clone(), parse(&field.sample)));
    let mut run: Object = run.collect();
    run.put("web_url", "https://ci.acme.example/shop/checkout-service/318");
    Value::Object(run)
}

pub(crate) fn changes(most: usize) -> impl Strategy<Value = Vec<Change>> {
    let value = prop_oneof![2 => any_value(), 3 => taken()];
    proptest::collection::vec((0_u8..8, any::<Index>(), any::<Index>(), value), 1..=most)
}

/// A value from another place of the good document: valid there, wrong at its new place.
fn taken() -> impl Strategy<Value = Value> {
    let good = good();
    let values: Vec<Value> = places(&good).iter().filter_map(|at| good.get(at).cloned()).collect();
    proptest::sample::select(values)
}

/// All places of a document, the root first.
pub(super) fn places(root: &Value) -> Vec<Pointer> {
    let mut found = vec![Pointer::root()];
    let mut next = 0;
    while let Some(at) = found.get(next).cloned() {
        next += 1;
        match root.get(&at) {
            Some(Value::Array(items)) => found.extend((0..items.len()).map(|index| at.index(index))),
            Some(Value::Object(object)) => found.extend(object.keys().map(|key| at.key(key))),
            _ => {}
        }
    }
    found
}

/// The edit of a change for a document.
fn edit(root: &Value, (sort, place, index, value): &Change) -> Edit {
    let places = places(root);
    let at = place.get(&places).clone();
    let known: Vec<&str> =
        catalog().records().flat_map(|(_, r)| r.fields.iter().map(|f| f.name.as_str())).collect();
    let key = || (*index.get(&known)).to_owned();
    match (sort, root.get(&at)) {
        (0, _) => Edit::Remove { at },
        (1, _) => Edit::Rename { at, key: key() },
        (2, _) => Edit::Move { to: index.index(5), at },
        (3 | 4, Some(Value::Array(items))) => {
            Edit::Insert { parent: at, index: index.index(items.len() + 1), key: None, value: value.clone() }
        }
        (3 | 4, Some(Value::Object(object))) => Edit::Insert {
            parent: at,
            index: index.index(object.len() + 1),
            key: Some(key()),
            value: value.clone(),
        },
        _ => Edit::Replace { at, value: value.clone() },
    }
}

pub(crate) fn changed(changes: &[Change]) -> Value {
    let mut document = good();
    for change in changes {
        let edit = edit(&document, change);
        // A change that does not fit is skipped.
        let _done = apply(&mut document, &edit).is_ok();
    }
    document
}

#[test]
fn the_good_document_has_no_problem() {
    assert_eq!(spelled(&good()), "");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn two_checks_of_a_changed_document_are_equal_and_its_fixes_end(changes in changes(4)) {
        let document = changed(&changes);
        // All problems, also duplicate keys, which a document keeps and a fix removes.
        let context = context();
        let session = CheckSession::new(&document, &context, Silenced::default());
        let found = session.problems();
        prop_assert_eq!(&found, &session.problems());
        let (fixed, done) = safe_fixes(&document, &context);
        if found.is_empty() {
            prop_assert_eq!(&fixed, &document);
        }
        prop_assert_eq!(done.is_empty(), fixed == document);
        let left = check(&fixed, &context);
        let safe = left.iter().find(|problem| problem.fixes.iter().any(|fix| fix.safe));
        prop_assert!(safe.is_none(), "{:?}", safe);
        prop_assert_eq!(safe_fixes(&fixed, &context), (fixed, Vec::new()));
    }
}
