//! JSON with syntax errors: the repaired text, and the message about each repair.

use sei_compose::document::write_compact;
use sei_compose::import::{ImportError, RepairKind, import};

const A: &str = r#"{"pipeline":"a"}"#;
const AB: &str = r#"{"pipeline":"a","result":"b"}"#;

#[test]
fn each_syntax_error_has_its_repair() {
    let cases: &[(&str, &str, &str)] = &[
        ("{\"pipeline\":\"a\",}", A, "a trailing comma was removed"),
        ("{\"pipeline\":\"a\",,\"result\":\"b\"}", AB, "an extra comma was removed"),
        ("{\"pipeline\":\"a\" \"result\":\"b\"}", AB, "a missing comma was added"),
        ("{\"pipeline\":\"a\";\"result\":\"b\"}", AB, "a semicolon was read as a comma"),
        ("{“pipeline”: “a”}", A, "curly quotes became straight quotes"),
        ("{“pipeline”: “a\"}", A, "curly quotes became straight quotes"),
        ("{\"pipeline\": \"a”,\n\"result\": \"b\"}", AB, "a missing closing quote was added"),
        ("{'pipeline': 'a'}", A, "quotes of another kind were read as double ones"),
        ("{{\"pipeline\":\"a\"}}", A, "a doubled brace was read as one"),
        ("{\n{\n\"pipeline\":\"a\"}", A, "a doubled brace was read as one"),
        ("{\"pipeline\":\"a\" // name\n}", A, "a comment was removed"),
        ("{# name\n\"pipeline\":\"a\"}", A, "a comment was removed"),
        ("{/* name */\"pipeline\":\"a\"}", A, "a comment was removed"),
        ("{\"pipeline\":\"a,\n\"result\":\"b\"}", AB, "a missing closing quote was added"),
        ("{\"pipeline\":\"a}", A, "a missing closing quote was added"),
        ("{pipeline: \"a\"}", A, "quotes were added to a key"),
        ("{\"pipeline\"=>\"a\"}", A, "another character was read as a colon"),
        ("{\"pipeline\" \"a\"}", A, "a missing colon was added"),
        ("{\"pipeline\": a}", A, "quotes were added to a text"),
        ("{\"ci\": True}", r#"{"ci":true}"#, "a word of another language was read as JSON"),
        ("{\"job_run\": None}", r#"{"job_run":null}"#, "a word of another language"),
        ("{\"job_run\": undefined}", r#"{"job_run":null}"#, "a word of another language"),
        ("{\"duration\": NaN}", r#"{"duration":null}"#, "a number that JSON does not have"),
        ("{\"duration\": +5}", r#"{"duration":5}"#, "a number was rewritten as JSON"),
        ("{\"duration\": }", r#"{"duration":null}"#, "a missing value was read as null"),
        ("{\"instance_guid\": <your guid>}", r#"{"instance_guid":"<your guid>"}"#, "a placeholder was kept"),
        (
            "{\"instance_guid\": {{guid}}}",
            r#"{"instance_guid":"{{guid}}"}"#,
            "a placeholder was kept as text",
        ),
        ("{\"instance_guid\": ${GUID}}", r#"{"instance_guid":"${GUID}"}"#, "a placeholder was kept as text"),
        ("{\"pipeline\":\"a\",\n...\n}", A, "an ellipsis was removed"),
        ("Here it is:\n```json\n{\"pipeline\":\"a\"}\n```\n", A, "text before the JSON was skipped"),
        ("{\"pipeline\":\"a\"}\nThat is all.", A, "text after the JSON was skipped"),
        ("\"{\"pipeline\":\"a\"}\"", A, "the quotes around the JSON were removed"),
        ("{\\\"pipeline\\\":\\\"a\\\"}", A, "the backslashes before quotes were removed"),
        ("\"{\\\"pipeline\\\":\\\"a\\\"}\"", A, "JSON inside a text was unwrapped"),
        ("\u{a0}{\u{a0}\"pipeline\":\u{200b}\"a\"}", A, "a space of another kind was read as a space"),
        ("{\"pipeline\":\"a\"", A, "a missing } was added"),
        ("{\"themes\":[\"a\"", r#"{"themes":["a"]}"#, "a missing ] was added"),
        ("{\"themes\":[\"a\"}", r#"{"themes":["a"]}"#, "a missing ] was added"),
        ("\"pipeline\":\"a\",\n\"result\":\"b\"", AB, "a missing opening brace was added"),
        ("1 {\n2   \"pipeline\":\"a\"\n3 }", A, "the line numbers were removed"),
        ("{\"pipeline\":\"a \"b\" c\"}", r#"{"pipeline":"a \"b\" c"}"#, "a quote inside a text was kept"),
        ("{\"pipeline\":\"a\tb\"}", r#"{"pipeline":"a\tb"}"#, "a control character inside a text was kept"),
        (
            "{\"pipeline\":\"C:\\work\"}",
            r#"{"pipeline":"C:\\work"}"#,
            "a lone backslash inside a text was kept",
        ),
    ];
    for (text, wanted, what) in cases {
        let imported = import(text).unwrap();
        assert_eq!(write_compact(&imported.document), *wanted, "{text}");
        assert!(imported.is_guessed(), "{text}");
        let said: Vec<_> = imported.repairs.iter().map(|repair| repair.what.as_str()).collect();
        assert!(said.iter().any(|said| said.contains(what)), "{text}: {said:?}");
    }
}

#[test]
fn missing_brackets_are_restored_where_the_fields_show_their_place() {
    let text = "\"pipeline\": \"a\",\n\"job_run\": {\n\"stages\": [\n\"displayName\": \"x\",\n\"steps\": [\n\
                \"displayName\": \"y\",\n\"result\": \"ok\"\n\"branch_name\": \"main\",\n\"job_run_params\": [\n\
                \"name\": \"p\",\n\"value\": 1\n\"name\": \"q\",\n\"value\": 2\n\"ci\": true";
    let wanted = r#"{"pipeline":"a","job_run":{"stages":[{"displayName":"x","steps":[{"displayName":"y","result":"ok"}]}]},"branch_name":"main","job_run_params":[{"name":"p","value":1},{"name":"q","value":2}],"ci":true}"#;
    assert_eq!(write_compact(&import(text).unwrap().document), wanted);
}

#[test]
fn legacy_names_become_current_only_in_what_was_repaired() {
    let imported = import("{\"job_name\":\"a\",}").unwrap();
    assert_eq!(write_compact(&imported.document), A);
    let renamed = imported.repairs.iter().find(|repair| repair.kind == RepairKind::Name).unwrap();
    assert_eq!((renamed.before.as_str(), renamed.after.as_str()), ("job_name", "pipeline"));
    let strict = import("{\"job_name\":\"a\"}").unwrap();
    assert!(strict.repairs.is_empty() && strict.document.as_object().unwrap().contains("job_name"));
}

#[test]
fn text_without_fields_of_a_run_is_left_to_the_strict_reader() {
    for text in ["{branch}", "{a: b}", "{\"a\": 1,}", "[1, 2,]", "{\"pipeline\":\"a\"}{\"pipeline\":\"b\"}"] {
        let fault = import(text).unwrap_err();
        assert!(matches!(fault, ImportError::Syntax(_) | ImportError::Beyond { .. }), "{text}: {fault}");
    }
}

#[test]
fn text_without_a_run_is_refused_with_what_import_reads() {
    for text in ["see {this}", "nul", "", "Nothing to see here."] {
        let fault = import(text).unwrap_err();
        assert!(matches!(fault, ImportError::Foreign { .. }), "{text}: {fault}");
        assert!(fault.to_string().contains("Import reads"), "{fault}");
    }
}

#[test]
fn lists_that_are_nested_too_deeply_are_refused() {
    assert!(import(&format!("{{\"job_run\":{}", "[".repeat(100_000))).is_err());
}
