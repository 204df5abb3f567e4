//! The functions of mappings next to those of jq.

use super::{mapped, value};
use sei_compose::document::{Value, write_compact};
use sei_compose::import::mapping::{Mapping, with_result};

/// The result of an expression as JSON, or its fault.
fn result(expression: &str, input: &str) -> String {
    let quoted = expression.replace('\\', "\\\\").replace('"', "\\\"");
    let (document, faults) = mapped(&format!("[fields]\nexecution_id = \"{quoted} | tojson\"\n"), input);
    match (
        value(&document).as_object().and_then(|object| object.get("execution_id").cloned()),
        faults.first(),
    ) {
        (Some(Value::Text(json)), _) => json,
        (other, fault) => {
            fault.cloned().unwrap_or_else(|| format!("{:?}", other.map(|value| write_compact(&value))))
        }
    }
}

#[test]
fn time_reads_any_instant_and_takes_zero_dates_for_none() {
    for (input, expected) in [
        ("\"2023-03-22T06:44:54Z\"", "1679467494000"),
        ("\"2023-03-22T06:44:54.5+00:00\"", "1679467494500"),
        ("\"2023-03-22T08:44:54.123456789+0200\"", "1679467494123"),
        ("\"2023-03-22 06:44:54 UTC\"", "1679467494000"),
        ("\"2023-03-22 06:44:54\"", "1679467494000"),
        ("\"20230322T064454Z\"", "1679467494000"),
        ("\"Wed, 22 Mar 2023 06:44:54 +0000\"", "1679467494000"),
        ("\"10.06.2024 14:22:07\"", "1718029327000"),
        ("\"1.6.2024 9:05\"", "1717232700000"),
        ("\"10.06.2024 14:22:07 +02:00\"", "1718022127000"),
        ("\"2024-06-10 14:22\"", "1718029320000"),
        ("1679467494", "1679467494000"),
        ("1679467494.123", "1679467494123"),
        ("1679467494123", "1679467494123"),
        ("1679467494123456", "1679467494123"),
        ("1679467494123456789", "1679467494123"),
        ("\"1679467494\"", "1679467494000"),
        ("null", "null"),
        ("\"\"", "null"),
        ("0", "null"),
        ("-62135596800", "null"),
        ("\"0001-01-01T00:00:00Z\"", "null"),
        ("\"1970-01-01T00:00:00Z\"", "null"),
    ] {
        assert_eq!(result("time", input), expected, "{input}");
    }
    for input in [
        "\"31.02.2024 10:00\"",
        "\"1.2.3 10:00\"",
        "\"soon\"",
        "\"now\"",
        "\"14:05\"",
        "\"-15m\"",
        "5",
        "true",
        "{}",
        "[1679467494]",
    ] {
        assert!(result("time", input).contains("is not an instant"), "{input}: {}", result("time", input));
    }
}

#[test]
fn durations_come_from_numbers_and_from_two_instants() {
    for (expression, input, expected) in [
        ("seconds", "77", "77000"),
        ("seconds", "77.5", "77500"),
        ("seconds", "\"77.25\"", "77250"),
        ("seconds", "null", "null"),
        ("minutes", "1.5", "90000"),
        ("minutes", "\"\"", "null"),
        ("between(.a; .b)", r#"{"a": "2023-03-22T06:44:54Z", "b": 1679467500}"#, "6000"),
        ("between(.a; .b)", r#"{"a": "2023-03-22T06:44:54Z", "b": null}"#, "null"),
        ("between(.a; .b)", r#"{"a": "2023-03-22T06:44:54Z", "b": "0001-01-01T00:00:00Z"}"#, "null"),
    ] {
        assert_eq!(result(expression, input), expected, "{expression} {input}");
    }
    for (input, expected) in [
        ("\"PT3M12S\"", "192000"),
        ("\"3m 12s\"", "192000"),
        ("\"3m12.5s\"", "192500"),
        ("\"00:03:12\"", "192000"),
        ("\"250ms\"", "250"),
        ("\"P1DT2H\"", "93600000"),
        ("\"-PT1S\"", "-1000"),
        ("192000", "192000"),
        ("\"192000\"", "192000"),
        ("\" \"", "null"),
        ("null", "null"),
    ] {
        assert_eq!(result("duration", input), expected, "{input}");
    }
    for input in ["\"soon\"", "\"3 fortnights\"", "true", "[1]"] {
        assert!(result("duration", input).contains(&format!("{input} is not a ")), "{input}");
    }
    assert!(result("seconds", "\"1m\"").contains("\"1m\" is not a number"));
}

#[test]
fn result_knows_the_words_of_many_tools_in_any_spelling() {
    for (input, expected) in [
        ("\"Succeeded\"", "\"SUCCESS\""),
        ("\"PASSED\"", "\"SUCCESS\""),
        ("\"completed\"", "\"SUCCESS\""),
        ("\"ok\"", "\"SUCCESS\""),
        ("true", "\"SUCCESS\""),
        ("\"Timed Out\"", "\"FAILURE\""),
        ("\"TIMED_OUT\"", "\"FAILURE\""),
        ("\"timed-out\"", "\"FAILURE\""),
        ("\"errored\"", "\"FAILURE\""),
        ("false", "\"FAILURE\""),
        ("\"Cancelled\"", "\"ABORTED\""),
        ("\"superseded\"", "\"ABORTED\""),
        ("\"partially-succeeded\"", "\"UNSTABLE\""),
        ("\"shipped\"", "\"shipped\""),
        ("\"In Progress\"", "None"),
        ("\"queued\"", "None"),
        ("null", "None"),
        ("\"\"", "None"),
    ] {
        assert_eq!(result("result", input), expected, "{input}");
    }
    assert!(result("result", "3").contains("3 is not a result word"));
}

#[test]
fn result_takes_words_of_the_tool_first() {
    let words =
        "result({went_fine: \"SUCCESS\", \"on fire\": \"FAILURE\", \"3\": \"ABORTED\", parked: \"queued\"})";
    for (input, expected) in [
        ("\"went_fine\"", "\"SUCCESS\""),
        ("\"on fire\"", "\"FAILURE\""),
        ("3", "\"ABORTED\""),
        ("\"passed\"", "\"SUCCESS\""),
        ("\"shipped\"", "\"shipped\""),
        ("\"parked\"", "None"),
        ("\"running\"", "None"),
        ("false", "\"FAILURE\""),
        ("null", "None"),
    ] {
        assert_eq!(result(words, input), expected, "{input}");
    }
    assert!(result(words, "[1]").contains("[1] is not a result word"), "{}", result(words, "[1]"));
    assert!(result(words, "4").contains("4 is not a result word"));
}

#[test]
fn a_word_is_added_to_an_expression_of_a_result() {
    for (expression, expected) in [
        (".a | result", r#".a | result({"up": "SUCCESS"})"#),
        (".a|result ", r#".a|result({"up": "SUCCESS"})"#),
        ("result", r#"result({"up": "SUCCESS"})"#),
        (".result", r#".result | result({"up": "SUCCESS"})"#),
        (".a", r#".a | result({"up": "SUCCESS"})"#),
        (r#".a | result({"b": "FAILURE"})"#, r#".a | result({"b": "FAILURE", "up": "SUCCESS"})"#),
        (".a | result({})", r#".a | result({"up": "SUCCESS"})"#),
        (".a | result($run.words)", r#".a | result($run.words) | result({"up": "SUCCESS"})"#),
    ] {
        let changed = with_result(expression, "up", "SUCCESS");
        assert_eq!(changed, expected);
        let run = r#"{"a": "up", "result": "up", "words": {}}"#;
        let value = result(&changed, if expression == "result" { "\"up\"" } else { run });
        assert_eq!(value, "\"SUCCESS\"", "{expression}");
    }
    let quoted = with_result(".a", "say \\(1) \"x\"", "FAILURE");
    assert_eq!(result(&quoted, r#"{"a": "say \\(1) \"x\""}"#), "\"FAILURE\"", "{quoted}");
}

#[test]
fn an_unknown_function_names_a_near_one_or_where_functions_are_listed() {
    for (expression, expected) in [
        (".a | resutl", "uses resutl, which is not a known function; did you mean result?"),
        (".a | lenght", "uses lenght, which is not a known function; did you mean length?"),
        (".a | frobnicate", "which is not a known function; docs/mappings.md lists the functions"),
        (".a | between", "uses between with the wrong arguments; write between(a; b)"),
        (".a | result(1; 2)", "uses result with the wrong arguments; write result or result(words)"),
    ] {
        let quoted = expression.replace('"', "\\\"");
        let source = format!("name = \"T\"\n[fields]\nexecution_id = \"{quoted}\"\n");
        let faults = Mapping::read("test", &source).unwrap().faults();
        let shown = faults.first().map(ToString::to_string).unwrap_or_default();
        assert!(shown.contains(expected), "{shown}");
        assert!(!shown.ends_with("?."), "{shown}");
    }
}

#[test]
fn slug_keeps_letters_digits_and_hyphens() {
    for (input, expected) in [
        ("\"Build & Push (prod)\"", "\"build-push-prod\""),
        ("\"  a__b \"", "\"a-b\""),
        ("12", "\"12\""),
        ("null", "null"),
    ] {
        assert_eq!(result("slug", input), expected, "{input}");
    }
}
