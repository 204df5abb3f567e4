//! Parsing: what is preserved, and the errors of text that is not JSON.

use sei_compose::document::{
    MAX_DEPTH, Places, Value, duplicate_keys, line_column, locate, read, write_compact, write_pretty,
};

use super::{at, json};

/// A syntax error as `line:column message`.
fn fault(text: &str) -> String {
    let error = read(text).unwrap_err();
    assert_eq!(line_column(text, error.offset), (error.line, error.column), "for {text:?}");
    assert_eq!(Places::read(text).unwrap_err(), error, "for {text:?}");
    format!("{}:{} {}", error.line, error.column, error.message)
}

#[test]
fn a_document_is_written_back_unchanged() {
    for text in [
        r#"[{"a\\":1},{"a\"b":2},{"a\\":3}]"#,
        r#"[{"a":1},{"\u0001":2},{"a":3},{"\u0001":4}]"#,
        r#"{"k":{"k":{"k ":{"k":[]}}}}"#,
    ] {
        assert_eq!(write_compact(&read(text).unwrap()), text);
    }
    assert!(read("[{\"\\n\":1},{\"\n\":2}]").is_err(), "a line break met as an escape is none in the open");
}

#[test]
fn a_byte_order_mark_is_skipped_and_takes_no_column() {
    assert_eq!(json("\u{feff}{}"), Value::empty_object());
    assert_eq!(fault("\u{feff}{x}"), "1:2 expected a key in double quotes or }, found x");
}

#[test]
fn a_syntax_error_names_the_expected_and_the_actual_text() {
    let cases = [
        ("", "1:1 the text is empty: expected a JSON value, usually an object in { }"),
        (" \n ", "2:2 the text is empty: expected a JSON value, usually an object in { }"),
        (
            "{\n  \"cfr_status\": true\n  \"themes\": []\n}",
            "3:3 expected a comma or } after the value of \"cfr_status\", found \"themes\"",
        ),
        ("[1 2]", "1:4 expected a comma or ] after item 1, found 2"),
        ("{\"a\":1,\n}", "1:7 a trailing comma after the value of \"a\": expected another value, found }"),
        ("[1,2,]", "1:5 a trailing comma after item 2: expected another value, found ]"),
        ("{{\"a\":1}}", "1:2 expected a key in double quotes or }, found {"),
        ("{\"a\":1,,}", "1:8 expected a key in double quotes after the comma, found ,"),
        (
            "{“a”:1}",
            "1:2 expected a key in double quotes or }, found the curly quote “ (JSON accepts only the straight one, \")",
        ),
        (
            "{\"é\": ‘x’}",
            "1:7 expected a value for \"é\", found the curly quote ‘ (JSON accepts only the straight one, \")",
        ),
        (
            "{'a':1}",
            "1:2 expected a key in double quotes or }, found a single quote (JSON text needs double quotes)",
        ),
        ("{\"a\" 1}", "1:6 expected a colon after the key \"a\", found 1"),
        ("{\"a\":}", "1:6 expected a value for \"a\", found }"),
        ("{\"a\":1", "1:7 expected a comma or } after the value of \"a\", found the end of the text"),
        ("{\"a\":1} x", "1:9 expected the end of the text after the value, found x"),
        ("{\"a\":1}}", "1:8 expected the end of the text after the value, found }"),
        (
            "[True]",
            "1:2 expected a value as item 1, found True (JSON writes true, false and null in lower case)",
        ),
        ("[None]", "1:2 expected a value as item 1, found None (JSON writes null)"),
        ("NaN", "1:1 expected a value, found NaN (JSON has no such number)"),
        ("[nullx]", "1:2 expected a value as item 1, found nullx"),
        ("{ // x", "1:3 expected a key in double quotes or }, found a comment (JSON has none)"),
        ("[\u{202e}1]", "1:2 expected a value as item 1, found ⟨U+202E⟩"),
        ("[\u{a0}1]", "1:2 expected a value as item 1, found the character U+00A0"),
    ];
    for (text, expected) in cases {
        assert_eq!(fault(text), expected, "for {text:?}");
    }
}

#[test]
fn a_syntax_error_inside_text_names_the_text_or_the_escape() {
    let cases = [
        ("[\"a\nb\"]", "1:2 the text \"a\" is not closed: expected \" before the end of the line"),
        ("[1, \"a", "1:5 the text \"a\" is not closed: expected \" before the end of the text"),
        (
            "[\"a”]",
            "1:2 the text \"a”]\" is not closed: expected \" before the end of the text; a curly quote does not close it",
        ),
        ("\"a\tb\"", "1:3 a tab inside text is written \\t"),
        ("\"\u{1}\"", "1:2 the control character U+0001 inside text is written \\u0001"),
        ("\"\\x\"", "1:2 \\x is not a JSON escape: expected \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u"),
        ("\"\\u12g4\"", "1:2 expected four hexadecimal digits after \\u, found \"12g4\""),
        ("\"\\u1\"", "1:2 expected four hexadecimal digits after \\u, found \"1\""),
        (
            "\"\\ud83d!\"",
            "1:2 \\ud83d is the first half of a character: expected the second, \\udc00 to \\udfff, after it",
        ),
        (
            "\"\\ud83d\\u0041\"",
            "1:2 \\ud83d is the first half of a character: expected the second, \\udc00 to \\udfff, after it",
        ),
        ("\"é\\ude00\"", "1:3 \\ude00 is the second half of a character whose first half is missing"),
        ("\"\\", "1:2 the text is not closed: it ends in a backslash"),
    ];
    for (text, expected) in cases {
        assert_eq!(fault(text), expected, "for {text:?}");
    }
}

#[test]
fn a_syntax_error_in_a_number_names_the_rule_of_json() {
    let cases = [
        ("01", "1:1 01 is not a JSON number: a number has no leading zero"),
        ("+1", "1:1 +1 is not a JSON number: a number has no leading +"),
        (".5", "1:1 .5 is not a JSON number: a digit must precede the point"),
        ("5.", "1:1 5. is not a JSON number: only digits may follow the point, and at least one must"),
        (
            "1e",
            "1:1 1e is not a JSON number: only digits may follow the exponent sign, and at least one must",
        ),
        ("-", "1:1 - is not a JSON number: a number is made of digits, as in 12, -1.5 or 2e3"),
        ("0x10", "1:1 0x10 is not a JSON number: a number is made of digits, as in 12, -1.5 or 2e3"),
    ];
    for (text, expected) in cases {
        assert_eq!(fault(text), expected, "for {text:?}");
    }
}

#[test]
fn nesting_is_read_to_the_limit_and_refused_beyond() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(fault(&nested(MAX_DEPTH + 1)), "1:257 lists and objects are nested more than 256 levels deep");
    assert!(read(&"[{\"a\":".repeat(100_000)).is_err());
}

#[test]
fn a_syntax_error_prints_its_place_first() {
    let error = read("{\n  1").unwrap_err();
    assert_eq!(error.to_string(), "line 2, column 3: expected a key in double quotes or }, found 1");
    assert_eq!(error.offset, 4);
}

#[test]
fn a_long_text_is_cut_in_a_message() {
    let text = format!("{{\"a\":1 \"{}\":2}}", "long ".repeat(30));
    let shown = format!("\"{}…\"", "long ".repeat(8));
    assert!(fault(&text).ends_with(&format!("found {shown}")), "{}", fault(&text));
}

#[test]
fn a_value_is_located_by_its_key_and_its_text() {
    let text = "{ \"a\" : [1, {\"b/c\": \"x\" }], \"a b\":null}";
    let find = |place: &str| {
        let span = locate(text, &at(place))?;
        Some((span.key.map(|key| text.get(key).unwrap()), text.get(span.value)?))
    };
    assert_eq!(find(""), Some((None, text)));
    assert_eq!(find("/a"), Some((Some("\"a\""), "[1, {\"b/c\": \"x\" }]")));
    assert_eq!(find("/a/0"), Some((None, "1")));
    assert_eq!(find("/a/1/b~1c"), Some((Some("\"b/c\""), "\"x\"")));
    assert_eq!(find("/a b"), Some((Some("\"a b\""), "null")));
    assert_eq!(find("/a/2"), None);
    assert_eq!(find("/a/0/x"), None);
    assert_eq!(locate("{", &at("")), None);
}

#[test]
fn a_duplicate_key_is_found_with_both_its_places() {
    let text = "{\"a\": 1, \"b\": {\"c\": 1, \"\\u0063\": 2}, \"a\": 3, \"a\": 4}";
    let found: Vec<(String, &str, (usize, usize))> = duplicate_keys(text)
        .into_iter()
        .map(|twice| {
            (
                twice.at.to_string(),
                text.get(twice.first.clone()).unwrap(),
                (twice.first.start, twice.again.start),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("/b/c".to_owned(), "\"c\"", (15, 23)),
            ("/a".to_owned(), "\"a\"", (1, 37)),
            ("/a".to_owned(), "\"a\"", (1, 45)),
        ]
    );
    assert_eq!(locate(text, &at("/a")).unwrap().value, 50..51, "the last one counts");
    assert_eq!(json(text).get(&at("/a")), Some(&Value::from(4)));
    assert!(duplicate_keys("[{\"a\":1},{\"a\":1}]").is_empty());
    assert!(duplicate_keys("{\"a\":1,\"a\":").is_empty());
}

#[test]
fn the_pretty_text_has_two_spaces_a_level_and_no_last_line_break() {
    let pretty = write_pretty(&json(r#"{"a":[1,{"b":"x"},[]],"c":{}}"#));
    assert_eq!(
        pretty,
        "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x\"\n    },\n    []\n  ],\n  \"c\": {}\n}"
    );
}
