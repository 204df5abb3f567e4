//! Two runs pair by their artifacts, or the answer says where their identities differ.

use sei_compose::document::{Edit, Value, apply, read, set};
use sei_compose::simulation::{PairAnswer, pair};

pub(super) fn build() -> Value {
    read(include_str!("../../simulation/dora-ci.json")).unwrap()
}

pub(super) fn deployment() -> Value {
    read(include_str!("../../simulation/dora-cd.json")).unwrap()
}

/// A run with the values at these places; an empty text removes the value.
fn spoiled(run: &Value, changes: &[(&str, &str)]) -> Value {
    let mut run = run.clone();
    for (pointer, json) in changes {
        let at = pointer.parse().unwrap();
        let edits =
            if json.is_empty() { vec![Edit::Remove { at }] } else { set(&run, &at, read(json).unwrap()) };
        for edit in edits {
            apply(&mut run, &edit).unwrap();
        }
    }
    run
}

/// The word of the identity by which two runs pair.
fn by(answer: &PairAnswer) -> Option<&'static str> {
    answer.by.as_ref().map(sei_compose::simulation::PairMark::word)
}

#[test]
fn a_build_and_its_deployment_pair_in_both_directions() {
    assert_eq!(by(&pair(&deployment(), &build())), Some("name+qualifier+location"));
    assert_eq!(by(&pair(&build(), &deployment())), Some("name+qualifier+location"));
}

#[test]
fn kind_and_direction_do_not_matter() {
    let changes =
        [("/cd", "false"), ("/ci", ""), ("/artifacts/0/input", "false"), ("/artifacts/0/output", "false")];
    assert!(pair(&spoiled(&deployment(), &changes), &build()).by.is_some());
}

#[test]
fn an_equal_hash_is_enough_and_an_equal_name_and_qualifier_is_not() {
    let elsewhere = [("/artifacts/0/location", "\"mirror.example/x\"")];
    assert_eq!(by(&pair(&spoiled(&deployment(), &elsewhere), &build())), Some("hash"));
    let without_hash = [elsewhere[0], ("/artifacts/0/hash", "")];
    let answer = pair(&spoiled(&deployment(), &without_hash), &build());
    assert_eq!(by(&answer), None);
    assert!(
        answer.because.contains("by name and qualifier alone only if your account"),
        "{}",
        answer.because
    );
}

#[test]
fn each_spoiled_identity_says_why_and_where_it_differs() {
    const HASH: (&str, &str) = ("/artifacts/0/hash", "");
    // The change, the reason, the field that differs, and the first character that differs.
    type Spoiled<'t> = (&'t [(&'t str, &'t str)], &'t str, Option<(&'t str, usize)>);
    let table: [Spoiled<'_>; 11] = [
        (&[("/artifacts/0/type", ""), HASH], "has no type", Some(("type", 0))),
        (&[("/artifacts/0/type", "\"jar\"")], "only artifacts of the type container", Some(("type", 0))),
        (&[("/artifacts/0/type", "\"Container\"")], "not “Container”", Some(("type", 0))),
        (
            &[("/artifacts/0/location", "\"images.bank.example/Payments\""), HASH],
            "location differs",
            Some(("location", 20)),
        ),
        (&[("/artifacts/0/location", ""), HASH], "has no location", Some(("location", 0))),
        (&[("/artifacts/0/name", "\"payments-Service\""), HASH], "name differs", Some(("name", 9))),
        (&[("/artifacts/0/qualifier", "\"2026.1.6\""), HASH], "qualifier differs", Some(("qualifier", 8))),
        (&[("/artifacts/0/qualifier", "\" \""), HASH], "has no qualifier", Some(("qualifier", 0))),
        (&[("/artifacts/0/name", "")], "This run has no artifact that SEI stores", None),
        (&[("/artifacts", "[]")], "This run has no artifact that SEI stores", None),
        (&[("/trigger_chain/0/id", "")], "This run has no artifact that SEI stores", None),
    ];
    for (changes, because, expected) in table {
        let run = spoiled(&deployment(), changes);
        let answer = pair(&run, &build());
        assert_eq!(by(&answer), None, "{changes:?}");
        assert!(answer.because.contains(because), "{changes:?}: {}", answer.because);
        let found = answer.difference.as_ref().map(|difference| (difference.name, difference.position));
        assert_eq!(found, expected, "{changes:?}");
        // The offered values make the runs pair.
        let Some(difference) = answer.difference else { continue };
        let fixed = difference.fix.iter().fold(run, |run, copied| {
            let json = Value::from(copied.value.as_str());
            let edits = set(&run, &copied.at, json);
            edits.iter().fold(run, |mut run, edit| {
                apply(&mut run, edit).unwrap();
                run
            })
        });
        assert!(pair(&fixed, &build()).by.is_some(), "{changes:?} is not fixed");
    }
}

#[test]
fn the_nearest_artifact_is_compared() {
    let other = r#"{"type":"container","location":"x","name":"sidecar","qualifier":"1"}"#;
    let near = r#"{"type":"container","location":"images.bank.example/payments","name":"payments-service","qualifier":"2026.1.7"}"#;
    let run = spoiled(&deployment(), &[("/artifacts", &format!("[{other},{near}]"))]);
    let difference = pair(&run, &build()).difference.unwrap();
    assert_eq!((difference.at.to_string().as_str(), difference.position), ("/artifacts/1/qualifier", 7));
}

#[test]
fn a_reused_qualifier_pairs_with_a_warning() {
    let latest = [("/artifacts/0/qualifier", "\"latest\"")];
    let answer = pair(&spoiled(&deployment(), &latest), &spoiled(&build(), &latest));
    assert!(answer.by.is_some() && answer.because.contains("reused qualifier"), "{}", answer.because);
}
