//! Text that may not be JSON: token kinds by line, and the value at a place.

use proptest::prelude::*;
use sei_compose::document::TokenKind::{Key, Number, Punct, Text, Word};
use sei_compose::document::{line_of, lines, place_at, tokens};

use super::json;

fn place(marked: &str) -> String {
    let offset = marked.find('|').unwrap();
    place_at(&marked.replace('|', ""), offset).to_string()
}

#[test]
fn a_place_belongs_to_the_value_that_contains_or_precedes_it() {
    for (marked, at) in [
        ("|{}", ""),
        (r#"{|"a": 1}"#, "/a"),
        (r#"{"a"|: 1, "b": 2}"#, "/a"),
        (r#"{"a": 1|, "b": 2}"#, "/a"),
        (r#"{"a": 1,| "b": 2}"#, "/a"),
        (r#"{"a": 1, |"b": 2}"#, "/b"),
        (r#"{"a": [|1, 2]}"#, "/a/0"),
        (r#"{"a": [1, 2|]}"#, "/a/1"),
        (r#"{"a": |[1, 2]}"#, "/a"),
        (r#"{"a": [1, 2]|, "b": 2}"#, "/a"),
        (r#"{"a": [{"b": "x"}, {"c|": {}}]}"#, "/a/1/c"),
        (r#"{"a\n/b": "}|"}"#, "/a\n~1b"),
        (r#"{"a": [|]}"#, "/a"),
    ] {
        assert_eq!(place(marked), at, "{marked}");
    }
}

#[test]
fn text_that_is_not_json_has_places_too() {
    for (marked, at) in [
        ("{\"a\": [1, \"tw\n, 3|", "/a/2"),
        (r#"{"a": , "b": nul|"#, "/b"),
        ("]]}|", ""),
        (r#"{"a": 1 "b|": 2}"#, "/a"),
        ("", ""),
    ] {
        assert_eq!(if marked.is_empty() { String::new() } else { place(marked) }, at, "{marked}");
    }
}

#[test]
fn each_token_of_a_line_has_its_kind() {
    let kinds = |line: &'static str| {
        tokens(line).into_iter().map(|(kind, range)| (kind, line.get(range).unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(
        kinds(r#"  "a\"b" : -1.5e3, "c" é tru"#),
        [
            (Key, r#""a\"b""#),
            (Punct, ":"),
            (Number, "-1.5e3"),
            (Punct, ","),
            (Text, "\"c\""),
            (Word, "é"),
            (Word, "tru")
        ]
    );
    assert_eq!(kinds("\"never closed"), [(Text, "\"never closed")]);
}

#[test]
fn the_place_of_each_pretty_line_is_that_of_the_line() {
    let root = json(r#"{"a":{"b":[1,{"c":[]},"x"],"d":null},"e":[[2]],"f":"g"}"#);
    let pretty = lines(&root, 0, 100);
    let text: Vec<String> = pretty.iter().map(sei_compose::document::JsonLine::text).collect();
    let text = text.join("\n");
    let mut start = 0;
    for (number, line) in pretty.iter().enumerate() {
        if line_of(&root, &line.at) == Some(number) && number > 0 {
            assert_eq!(place_at(&text, start + line.indent), line.at, "line {number}");
        }
        start += line.text().len() + 1;
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_scan_panic(text in "[\\[\\]{}:,\"\\\\a1é \n-]{0,40}", offset in 0_usize..60) {
        place_at(&text, offset);
        let mut end = 0;
        for (_, range) in tokens(&text) {
            prop_assert!(range.start >= end && range.end > range.start);
            prop_assert!(text.get(range.clone()).is_some());
            end = range.end;
        }
    }
}
