//! Values, numbers, pointers and lines.

use sei_compose::document::{
    Number, Object, Pointer, PointerError, Token, TokenKind, Value, ValueKind, line_near, line_of, lines,
    write_compact,
};

use super::{at, json};

#[test]
fn a_number_is_whole_by_its_value_and_not_by_its_spelling() {
    let cases = [
        ("0", Some(0)),
        ("-0", Some(0)),
        ("0e99999999999999999999", Some(0)),
        ("1.0", Some(1)),
        ("7.7e4", Some(77_000)),
        ("7700e-2", Some(77)),
        ("1.50E1", Some(15)),
        ("9223372036854775807", Some(i64::MAX)),
        ("-9223372036854775808", Some(i64::MIN)),
        ("0.00012e5", Some(12)),
    ];
    for (text, expected) in cases {
        let number = Number::new(text).unwrap();
        assert_eq!(number.as_i64(), expected, "for {text}");
        assert!(number.is_integer(), "for {text}");
        assert_eq!(number.as_str(), text);
    }
    for text in ["9223372036854775808", "1e19", "1e99999999999999999999", "-12345678901234567890123"] {
        let number = Number::new(text).unwrap();
        assert!(number.is_integer() && number.as_i64().is_none(), "for {text}");
    }
    for text in ["1.5", "1e-1", "1e-99999999999999999999", "12.30"] {
        let number = Number::new(text).unwrap();
        assert!(!number.is_integer() && number.as_i64().is_none(), "for {text}");
    }
}

#[test]
fn only_what_json_calls_a_number_is_one() {
    for text in
        ["", "01", "+1", ".5", "5.", "1e", "1e+", "NaN", "Infinity", "0x1", " 1", "1 ", "1_000", "--1", "١"]
    {
        assert_eq!(Number::new(text), None, "for {text:?}");
    }
    assert!((Number::new("-1.5e2").unwrap().as_f64() + 150.0).abs() < f64::EPSILON);
}

#[test]
fn pointers_print_and_parse_with_their_escapes() {
    for text in ["", "/", "/a", "/a~1b/~0/0", "/artifacts/10/name", "/01", "/-", "//x"] {
        assert_eq!(at(text).to_string(), text);
    }
    assert_eq!(at("/a~1b/~01").tokens(), [Token::Key("a/b".into()), Token::Key("~1".into())]);
    assert!(matches!(at("/a/3").last(), Some(Token::Index(3))));
    assert!(matches!(at("/03").last(), Some(Token::Key(_))));
    assert_eq!("a".parse::<Pointer>(), Err(PointerError::Start("a".into())));
    for text in ["/~", "/a~2", "/a~/b"] {
        assert_eq!(text.parse::<Pointer>(), Err(PointerError::Escape(text.into())));
    }
}

#[test]
fn pointers_that_print_alike_are_equal_and_sort_by_place() {
    let keyed = Pointer::root().key("metadata").key("3");
    let indexed = Pointer::root().key("metadata").index(3);
    assert_eq!(keyed, indexed);
    assert_eq!(std::collections::HashSet::from([keyed.clone(), indexed.clone()]).len(), 1);
    assert!(at("/a/2") < at("/a/10") && at("/a") < at("/a/0") && at("/a/9") < at("/a/b"));
    assert!(indexed.is_within(&at("/metadata")) && keyed.is_within(&indexed));
    assert!(!at("/metadata").is_within(&keyed) && !at("/ab").is_within(&at("/a")));
    assert_eq!(keyed.parent(), Some(at("/metadata")));
    assert_eq!(Pointer::root().parent(), None);
    assert_eq!(indexed.words().collect::<Vec<_>>(), ["metadata", "3"]);
}

#[test]
fn digits_address_a_key_in_an_object_and_an_item_in_a_list() {
    let value = json(r#"{"3":{"x":1},"list":[10,20]}"#);
    assert_eq!(value.get(&at("/3/x")).and_then(Value::as_i64), Some(1));
    assert_eq!(value.get(&Pointer::root().key("list").key("1")).and_then(Value::as_i64), Some(20));
    assert_eq!(value.get(&at("/list/2")), None);
    assert_eq!(value.get(&at("/list/01")), None);
    assert_eq!(value.get(&at("/list/0/x")), None);
}

#[test]
fn an_object_keeps_order_and_answers_with_the_last_of_duplicate_keys() {
    let Value::Object(mut object) = json(r#"{"b":1,"a":2,"b":3}"#) else { panic!("an object was written") };
    assert_eq!(object.get("b"), Some(&Value::from(3)));
    assert_eq!(object.position("b"), Some(2));
    assert_eq!(object.keys().collect::<Vec<_>>(), ["b", "a", "b"]);
    assert_eq!(object.entry(1), Some(("a", &Value::from(2))));
    object.put("b", "x");
    object.put("c", true);
    assert_eq!(write_compact(&object.into()), r#"{"b":1,"a":2,"b":"x","c":true}"#);
    assert!(Object::default().is_empty());
}

#[test]
fn each_value_names_its_kind() {
    let kinds: Vec<String> = json(r#"[null,true,1,"",[],{}]"#)
        .as_array()
        .unwrap()
        .iter()
        .map(|value| value.kind().to_string())
        .collect();
    assert_eq!(kinds, ["null", "true or false", "a number", "text", "a list", "an object"]);
    assert_eq!(Value::empty_object().kind(), ValueKind::Object);
    assert_eq!(json(r#"{"a":[1,2],"b":{}}"#).node_count(), 5);
}

#[test]
fn a_line_knows_its_tokens_and_its_place() {
    let value = json(r#"{"a":[1,{"b":"x"}],"c":null,"d":{}}"#);
    let all = lines(&value, 0, usize::MAX);
    let shown: Vec<(String, String)> = all.iter().map(|line| (line.text(), line.at.to_string())).collect();
    let expected = [
        ("{", ""),
        ("  \"a\": [", "/a"),
        ("    1,", "/a/0"),
        ("    {", "/a/1"),
        ("      \"b\": \"x\"", "/a/1/b"),
        ("    }", "/a/1"),
        ("  ],", "/a"),
        ("  \"c\": null,", "/c"),
        ("  \"d\": {}", "/d"),
        ("}", ""),
    ]
    .map(|(line, place)| (line.to_owned(), place.to_owned()));
    assert_eq!(shown, expected);
    let kinds: Vec<TokenKind> = all[7].tokens.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, [TokenKind::Key, TokenKind::Punct, TokenKind::Word, TokenKind::Punct]);
    assert_eq!(all[4].indent, 6);
}

#[test]
fn an_absent_value_has_no_line_but_a_nearest_one() {
    let value = json(r#"{"a":[1,{"b":"x"}],"c":null}"#);
    assert_eq!(line_of(&value, &at("/a/1/b")), Some(4));
    assert_eq!(line_of(&value, &at("/c")), Some(7));
    assert_eq!(line_of(&value, &at("")), Some(0));
    assert_eq!(line_of(&value, &at("/a/1/missing")), None);
    assert_eq!(line_near(&value, &at("/a/1/missing/deeper")), 3);
    assert_eq!(line_near(&value, &at("/missing")), 0);
    assert_eq!(line_near(&value, &at("/c/x")), 7);
}
