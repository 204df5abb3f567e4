//! What the text of a key says about it, without a call.

use sei_compose::text::base64;
use sei_compose::wire::{Environment, KeyNote, Scheme, find, is_of_company, key_note};

use super::prod2;

const MEMBERS: &str =
    r#"{"key":"planted-7f3a-secret-part","id":"planted-id-4f2a","company":"planted-shop?>"}"#;

fn sei_key() -> String {
    base64(MEMBERS.as_bytes())
}

fn note(key: &str) -> Option<KeyNote> {
    key_note(key, &prod2())
}

#[test]
fn the_kind_of_a_key_is_known_from_its_text() {
    let key = sei_key();
    let own = [
        key.clone(),
        format!("  ApiKey {key}\r\n"),
        key.trim_end_matches('=').to_owned(),
        key.replace('+', "-").replace('/', "_"),
        base64(r#"{ "company": "a", "more": [1], "id": 7, "key": "x" }"#.as_bytes()),
    ];
    for key in own {
        assert_eq!(note(&key), Some(KeyNote::Sei), "{key}");
    }
    for key in ["pat.abc.def.ghi", "sat.Lw3Xa1.64ab.q9", "Bearer pat.a.b.c"] {
        assert_eq!(note(key), Some(KeyNote::Platform), "{key}");
    }
    for key in [
        "x",
        "planted-key-7f3a",
        "pat",
        "pat_abc",
        &base64(b"{\"key\":\"a\",\"id\":\"b\"}"),
        &base64(b"[\"key\",\"id\",\"company\"]"),
        &base64(b"{\"key\":\"a\",\"id\":\"b\",\"company\":null}"),
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
        "====",
    ] {
        assert_eq!(note(key), Some(KeyNote::Other), "{key}");
    }
}

#[test]
fn each_start_of_an_sei_key_lacks_its_end() {
    let key = sei_key();
    let bare = key.trim_end_matches('=');
    for end in 1..bare.len() - 1 {
        let start: String = bare.chars().take(end).collect();
        assert_eq!(note(&start), Some(KeyNote::Cut), "{start}");
    }
}

#[test]
fn a_blank_or_a_line_break_inside_a_key_is_named() {
    let mut key = sei_key();
    for (sign, word) in [(' ', "a space"), ('\n', "a line break"), ('\t', "a space")] {
        key.insert(20, sign);
        let words = note(&key).map(|note| (note.is_warning(), note.sentence())).unwrap();
        assert!(words.0 && words.1.starts_with("The key contains ") && words.1.contains(word), "{words:?}");
        // The sandbox cannot get such a header either.
        assert!(key_note(&key, find("sandbox").unwrap()).is_some());
        key.remove(20);
    }
    assert_eq!(note(" \n"), None);
}

#[test]
fn bearer_is_named_for_hosts_of_harness_only() {
    let bearer = |base: &str| Environment {
        scheme: Scheme::Bearer,
        ..Environment::custom("ours", "Ours", base).unwrap()
    };
    let said = key_note(&sei_key(), &bearer("https://eu.harness.io/sei/api")).unwrap();
    assert_eq!(said, KeyNote::Bearer("ours".to_owned()));
    assert!(said.sentence().contains("scheme = \"ApiKey\" in [environments.ours]"), "{}", said.sentence());
    for base in ["https://sei.example.com", "https://harness.io.example.com", "https://evilharness.io"] {
        assert_eq!(key_note(&sei_key(), &bearer(base)), Some(KeyNote::Sei), "{base}");
    }
}

#[test]
fn a_server_on_this_machine_and_a_retired_host_get_no_note() {
    let near = Environment::custom("lab", "Lab", "http://localhost:4620").unwrap();
    for environment in [&near, find("sandbox").unwrap(), find("levelops").unwrap()] {
        for key in ["anything", "pat.a.b.c", &sei_key()] {
            assert_eq!(key_note(key, environment), None, "{key}");
        }
    }
}

#[test]
fn a_company_is_compared_without_case() {
    assert_eq!(is_of_company(&sei_key(), " Planted-Shop?> "), Some(true));
    assert_eq!(is_of_company(&sei_key(), "other"), Some(false));
    assert_eq!(is_of_company("planted-key-7f3a", "other"), None);
}

#[test]
fn no_note_contains_a_part_of_the_key() {
    let mut key = sei_key();
    let mut keys = vec![key.clone(), "pat.planted.7f3a.part".to_owned(), "planted-key-7f3a".to_owned()];
    key.insert(9, ' ');
    keys.push(key);
    for key in keys {
        let said = note(&key).map(|note| format!("{note:?} {}", note.sentence())).unwrap();
        for part in ["planted", "7f3a", "4f2a", key.get(..8).unwrap()] {
            assert!(!said.contains(part), "{said}");
        }
    }
}
