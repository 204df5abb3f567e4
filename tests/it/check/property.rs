//! Any document at all.

use proptest::prelude::*;
use sei_compose::catalog::catalog;
use sei_compose::document::{self, Document, Pointer, Value};

use super::{CLEAN, context, parse, problems, safe_fixes};

pub(super) fn any_value() -> impl Strategy<Value = Value> {
    let known: Vec<String> = catalog()
        .records()
        .flat_map(|(_, record)| {
            record.fields.iter().flat_map(|f| std::iter::once(f.name.clone()).chain(f.legacy.clone()))
        })
        .collect();
    let key = prop_oneof![4 => proptest::sample::select(known), 1 => ".{0,6}"];
    let text = prop_oneof!["\\PC{0,12}", "[ <>${}A-Z_@:/.a-z0-9é-]{0,24}", "[0-9.eE+-]{1,22}"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        "-?[1-9][0-9]{0,25}(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,3})?".prop_map(|n| parse(&n)),
        text.prop_map(Value::Text),
    ];
    leaf.prop_recursive(5, 64, 8, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            proptest::collection::vec((key.clone(), inner), 0..8)
                .prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn two_checks_of_any_document_are_equal_and_each_place_exists_or_can_be_added(document in any_value()) {
        let found = problems(&document);
        prop_assert_eq!(&found, &problems(&document));
        for problem in &found {
            let is_there = document.get(&problem.at).is_some();
            let parent = problem.at.parent().unwrap_or_default();
            prop_assert!(is_there || document.get(&parent).is_some(), "{} {}", problem.code, problem.at);
            for fix in &problem.fixes {
                let mut fixed = Document::new(document.clone());
                prop_assert!(fixed.apply(&fix.label, fix.edits.clone(), None).is_ok(), "{} {}", problem.code, fix.label);
            }
        }
    }

    #[test]
    fn safe_fixes_of_any_document_end(document in any_value()) {
        let (fixed, _) = safe_fixes(&document, &context());
        let left = problems(&fixed);
        let safe = left.iter().find(|problem| problem.fixes.iter().any(|fix| fix.safe));
        prop_assert!(safe.is_none(), "{safe:?}");
    }

    #[test]
    fn members_of_any_kind_in_a_clean_run_never_make_the_check_panic(value in any_value(), field in 0_usize..26) {
        let name = catalog().run().fields.get(field).map_or("x", |f| f.name.as_str());
        let mut document = parse(CLEAN);
        for edit in document::set(&document, &Pointer::root().key(name), value) {
            document::apply(&mut document, &edit).unwrap();
        }
        problems(&document);
    }
}
