//! A good document, changed at random.

use proptest::prelude::*;
use proptest::sample::Index;
use sei_compose::catalog::catalog;
use sei_compose::check::{CheckSession, Silenced, check};
use sei_compose::document::{Edit, Object, Pointer, Value, apply};

use super::property::any_value;
use super::{context, parse, safe_fixes, spelled};

/// One change: what to do, where, and with what.
pub(super) type Change = (u8, Index, Index, Value);

/// A whole document that nothing is said about.
pub(super) fn good() -> Value {
    let run = catalog().run().fields.iter().map(|field| (field.name.clone(), parse(&field.sample)));
    let mut run: Object = run.collect();
    run.put("web_url", "https://ci.acme.example/shop/checkout-service/318");
    Value::Object(run)
}

pub(super) fn changes(most: usize) -> impl Strategy<Value = Vec<Change>> {
    let value = prop_oneof![2 => any_value(), 3 => taken()];
    proptest::collection::vec((0_u8..8, any::<Index>(), any::<Index>(), value), 1..=most)
}

/// A value from somewhere else in the good document: right by itself, wrong where it comes to stand.
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

/// The edit that a change is for a document.
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

pub(super) fn changed(changes: &[Change]) -> Value {
    let mut document = good();
    for change in changes {
        let edit = edit(&document, change);
        // What does not fit is not done.
        let _done = apply(&mut document, &edit).is_ok();
    }
    document
}

#[test]
fn nothing_is_said_about_the_good_document() {
    assert_eq!(spelled(&good()), "");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_changed_document_is_checked_twice_alike_and_mended_to_an_end(changes in changes(4)) {
        let document = changed(&changes);
        // All problems, also equal keys, which a document keeps and a fix takes out.
        let context = context();
        let session = CheckSession::new(&document, &context, Silenced::default());
        let found = session.problems();
        prop_assert_eq!(&found, &session.problems());
        let (mended, done) = safe_fixes(&document, &context);
        if found.is_empty() {
            prop_assert_eq!(&mended, &document);
        }
        prop_assert_eq!(done.is_empty(), mended == document);
        let left = check(&mended, &context);
        let safe = left.iter().find(|problem| problem.fixes.iter().any(|fix| fix.safe));
        prop_assert!(safe.is_none(), "{:?}", safe);
        prop_assert_eq!(safe_fixes(&mended, &context), (mended, Vec::new()));
    }
}
