//! The program's own search for a key in input and output.

use sei_compose::document::{Pointer, read};
use sei_compose::wire::{Redactor, Secret, built_in, place_of_leak};

use super::KEY;
use super::search::{assert_clean, base64, hex, percent};

fn key() -> Secret {
    built_in().first().unwrap().key(KEY).unwrap()
}

#[test]
fn each_encoding_of_the_key_and_nothing_else_is_redacted() {
    let encodings = [
        KEY.to_owned(),
        base64(KEY.as_bytes()),
        base64(format!("u:{KEY}").as_bytes()),
        base64(format!("us:{KEY}\n").as_bytes()).replace('+', "-").replace('/', "_"),
        percent(|_| false),
        percent(|_| false).to_lowercase(),
        percent(|byte| byte.is_ascii_alphanumeric()),
        hex("").to_uppercase(),
        serde_json::to_string(KEY).unwrap(),
        KEY.replace('\'', r"'\''"),
        format!("\\u00{}", hex("\\u00")),
    ];
    for encoding in encodings {
        let clean = key().redacted(format!("before é{encoding}, after"), false);
        assert_clean("a redacted text", &clean);
        assert!(
            clean.starts_with("before é") && clean.ends_with(", after") && clean.contains("••••••"),
            "{clean}"
        );
    }
    for text in ["", "pat.", "an ordinary text with é and 100 % and \\u00", &KEY[1..], &KEY.to_uppercase()] {
        assert_eq!(key().redacted(text.to_owned(), false), text);
    }
    for length in 6..KEY.len() {
        let clean = key().redacted(format!("cut off in {}", &KEY[..length]), true);
        assert_eq!(clean, "cut off in ••••••");
    }
}

#[test]
fn a_key_that_is_cut_at_the_edge_is_found_in_each_encoding() {
    for encoding in
        [KEY.to_owned(), serde_json::to_string(KEY).unwrap()[1..].to_owned(), base64(KEY.as_bytes())]
    {
        for length in 13..30 {
            let text = format!("│ \"{}│ other", &encoding[..length]);
            let places = key().places(&text);
            let hidden: usize = places.iter().map(std::ops::Range::len).sum();
            // An escaped character may be cut in two.
            assert!(places.len() == 1 && places[0].start == 5 && hidden + 1 >= length, "{text}: {places:?}");
        }
    }
    assert!(key().places("pat.Zq8 pat.Zq81 and nothing else").is_empty());
}

#[test]
fn keys_are_redacted_in_a_document_and_the_rest_is_kept() {
    let literal = serde_json::to_string(KEY).unwrap();
    let document = read(&format!(
        "{{\"a\":[1.10,null,{literal}],{literal}:true,\"z\":{{\"b\":\"x{}\"}}}}",
        percent(|_| false)
    ));
    let document = document.unwrap();
    assert_eq!(place_of_leak(&document, &key()).unwrap().to_string(), "/a/2");
    let (clean, is_redacted) = Redactor::new([&key()]).redact_document(document);
    assert!(is_redacted);
    assert_eq!(place_of_leak(&clean, &key()), None);
    let text = sei_compose::document::write_compact(&clean);
    assert_eq!(text, r#"{"a":[1.10,null,"••••••"],"••••••":true,"z":{"b":"x••••••"}}"#);
}

#[test]
fn a_redactor_replaces_all_its_keys_and_a_key_cut_by_an_ellipsis() {
    let other = built_in().first().unwrap().key("pat.Zq81+vW").unwrap();
    let redactor = Redactor::new([&other, &key()]);
    let nested = serde_json::to_string(&serde_json::to_string(KEY).unwrap()).unwrap();
    let pointer = Pointer::root().key(KEY).to_string();
    for encoding in
        [KEY, &nested[3..nested.len() - 3], &pointer[1..], "pat.Zq81+vW", &KEY.replace('/', r"\/")]
    {
        let clean = redactor.redact(format!("before {encoding} after"));
        assert_eq!(clean, "before •••••• after", "{encoding}");
    }
    for length in 4..KEY.len() {
        let (head, tail) = (&KEY[..length], &KEY[KEY.len() - length..]);
        assert_eq!(redactor.redact_cut(format!("“{head}…” is cut")), "“••••••…” is cut");
        assert_eq!(redactor.redact_cut(format!("…{tail} is cut")), "…•••••• is cut");
    }
    for start in 0..KEY.len() - 8 {
        let part = &KEY[start..start + 8];
        assert_eq!(redactor.redact_parts(format!("found “{part}”")), "found “••••••”");
    }
    let text = "an ordinary text … with 100 % and ~1, 'quotes' and \\u00";
    assert_eq!(redactor.redact_parts(text), text);
    assert!(Redactor::new([]).is_empty() && !format!("{redactor:?}").contains("Zq81"));
}
