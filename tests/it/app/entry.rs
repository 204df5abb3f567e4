//! How values are typed: text, choices, times, durations, numbers, yes and no.

use super::script::{NOON, Script};

/// The document after a text is typed into a field of an empty document.
fn typed(at: &str, text: &str) -> String {
    let mut script = Script::new();
    script.go(at).types(text);
    script.value(at)
}

#[test]
fn text_is_kept_letter_by_letter() {
    for text in ["Node.js CI", " leading", "trailing ", "naïve – 建築 👩‍👩‍👧", "\"quoted\" \\ {json}"]
    {
        let mut script = Script::new();
        script.go("/pipeline").types(text);
        let kept = script.model.document.value().as_object().unwrap().get("pipeline").unwrap();
        assert_eq!(kept.as_text(), Some(text));
    }
}

#[test]
fn emptying_a_field_removes_it_from_the_payload() {
    let mut script = Script::on(r#"{"pipeline":"ab","branch_name":"main"}"#);
    script.go("/pipeline").keys("backspace backspace");
    assert_eq!(script.json(), r#"{"branch_name":"main"}"#);
    script.go("/branch_name").keys("ctrl-u");
    assert_eq!(script.json(), "{}");
}

#[test]
fn the_cursor_moves_within_the_text() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'one three' ctrl-left 'two ' home '> ' end '!' left left delete");
    assert_eq!(script.value("/pipeline"), r#""> one two thre!""#);
    script.keys("end ctrl-w");
    assert_eq!(script.value("/pipeline"), r#""> one two thre""#);
    script.keys("alt-backspace");
    assert_eq!(script.value("/pipeline"), r#""> one two ""#);
}

#[test]
fn arrows_step_through_a_choice_including_unset() {
    let mut script = Script::new();
    script.go("/result");
    let mut seen = Vec::new();
    for _ in 0..3 {
        script.keys("right");
        seen.push(script.value("/result"));
    }
    assert_eq!(seen, [r#""SUCCESS""#, r#""FAILURE""#, ""]);
    script.keys("left");
    assert_eq!(script.value("/result"), r#""FAILURE""#);
    script.keys("left left");
    assert_eq!(script.value("/result"), "");
}

#[test]
fn a_choice_is_typed_by_its_prefix_in_any_case() {
    assert_eq!(typed("/result", "s"), r#""SUCCESS""#);
    assert_eq!(typed("/result", "Fai"), r#""FAILURE""#);
    assert_eq!(typed("/result", "UNSTABLE"), r#""UNSTABLE""#, "another word is kept as typed");
}

#[test]
fn typing_on_a_choice_replaces_the_word_that_was_there() {
    let mut script = Script::on(r#"{"result":"SUCCESS"}"#);
    script.go("/result").types("f");
    assert_eq!(script.value("/result"), r#""FAILURE""#);
}

#[test]
fn a_choice_is_selected_from_its_list() {
    let mut script = Script::new();
    script.go("/result").keys("enter");
    assert_eq!(script.overlays(), ["Result"]);
    script.keys("down enter");
    assert_eq!(script.value("/result"), r#""FAILURE""#);
    script.go("/result").keys("enter").picks("succ");
    assert_eq!(script.value("/result"), r#""SUCCESS""#);
    script.keys("enter down esc");
    assert_eq!(script.value("/result"), r#""SUCCESS""#, "Esc leaves the choice as it was");
    assert_eq!(script.overlays(), [""; 0]);
}

#[test]
fn times_are_read_as_people_write_them() {
    let noon = NOON.millis();
    for (text, millis) in [
        ("2023-03-22T06:44:54Z", 1_679_467_494_000),
        ("2023-03-22T08:44:54+02:00", 1_679_467_494_000),
        ("2023-03-22 06:44:54 UTC", 1_679_467_494_000),
        ("2023-03-22 06:44", 1_679_467_440_000),
        ("1679467494", 1_679_467_494_000),
        ("1679467494000", 1_679_467_494_000),
        ("14:05", noon + 125 * 60_000),
        ("yesterday 12:00", noon - 86_400_000),
    ] {
        assert_eq!(typed("/start_time", text), millis.to_string(), "{text}");
    }
}

#[test]
fn now_and_ago_count_from_the_key_that_completes_them() {
    let mut script = Script::new();
    script.go("/start_time").types("now");
    let now = script.model.now.millis() / 1000 * 1000;
    assert_eq!(script.value("/start_time"), now.to_string());
    script.keys("ctrl-u '-15m'");
    let now = script.model.now.millis() / 1000 * 1000;
    assert_eq!(script.value("/start_time"), (now - 15 * 60_000).to_string());
}

#[test]
fn a_time_is_shown_in_both_readings() {
    let mut script = Script::new();
    script.go("/start_time").keys("'2023-03-22 06:44:54' tab");
    script.shows("2023-03-22 06:44:54 UTC").shows("1679467494000");
    script.keys("'77s' tab").shows("1m 17s").shows("77000 ms");
}

#[test]
fn durations_are_read_as_people_write_them() {
    for (text, millis) in [
        ("77000", "77000"),
        ("77s", "77000"),
        ("1m 17s", "77000"),
        ("00:01:17", "77000"),
        ("PT1M17S", "77000"),
    ] {
        assert_eq!(typed("/duration", text), millis, "{text}");
    }
}

#[test]
fn an_invalid_value_is_kept_as_typed_and_reported() {
    for (at, text) in [("/start_time", "soon"), ("/duration", "a while"), ("/build_number", "#42")] {
        let mut script = Script::new();
        script.go(at).types(text);
        assert_eq!(script.value(at), format!("\"{text}\""));
        assert!(script.codes(at).contains(&"wrong-type"), "{:?}", script.codes(at));
        script.shows("sent as text");
        script.keys("tab shift-tab").shows(text);
    }
}

#[test]
fn a_number_keeps_its_spelling() {
    assert_eq!(typed("/build_number", "4487150517"), "4487150517");
    assert_eq!(typed("/build_number", "1.50"), "1.50");
    assert_eq!(typed("/build_number", "123456789012345678901234567890"), "123456789012345678901234567890");
}

#[test]
fn a_toggle_accepts_letters_space_and_arrows() {
    let mut script = Script::new();
    script.go("/cfr_status");
    for (keys, value) in [
        ("'y'", "true"),
        ("'n'", "false"),
        ("delete", ""),
        ("' '", "true"),
        ("' '", "false"),
        ("' '", ""),
        ("right", "true"),
        ("left", ""),
        ("enter", "true"),
        ("'0'", "false"),
    ] {
        script.keys(keys);
        assert_eq!(script.value("/cfr_status"), value, "after {keys}");
    }
    script.keys("'x'");
    assert_eq!(script.value("/cfr_status"), "false", "another letter changes nothing");
    assert!(script.notice().contains("y for yes"));
}

#[test]
fn the_kind_is_one_choice_of_three_for_two_fields() {
    let mut script = Script::new();
    script.go("/ci");
    for (keys, json) in [
        ("right", r#"{"ci":true,"cd":false}"#),
        ("right", r#"{"ci":false,"cd":true}"#),
        ("right", "{}"),
        ("left", r#"{"ci":false,"cd":true}"#),
        ("'i'", r#"{"ci":true,"cd":false}"#),
        ("'d'", r#"{"ci":false,"cd":true}"#),
        ("'u'", "{}"),
        ("enter", r#"{"ci":true,"cd":false}"#),
        ("backspace", "{}"),
    ] {
        script.keys(keys);
        assert_eq!(script.json(), json, "after {keys}");
    }
}

#[test]
fn an_invalid_kind_is_shown_and_can_be_corrected() {
    let mut script = Script::on(r#"{"ci":true,"cd":true}"#);
    script.go("/ci").shows("neither");
    script.keys("'d'");
    assert_eq!(script.json(), r#"{"ci":false,"cd":true}"#);
}

#[test]
fn a_time_stored_as_text_is_written_as_iso() {
    let mut script = Script::new();
    script.keys("alt-3 enter");
    let at = "/job_run/stages/0/startTime";
    script.go(at).types("2023-03-22 06:44:54");
    assert_eq!(script.value(at), r#""2023-03-22T06:44:54Z""#);
}

#[test]
fn a_field_is_set_to_null_or_empty_or_cleared_by_name() {
    let mut script = Script::on(r#"{"branch_name":"main","themes":["a"]}"#);
    script.go("/branch_name").asks("set-null");
    assert_eq!(script.value("/branch_name"), "null");
    script.asks("set-empty");
    assert_eq!(script.value("/branch_name"), r#""""#);
    script.asks("clear-field");
    assert_eq!(script.value("/branch_name"), "");
    script.go("/themes").asks("set-empty");
    assert_eq!(script.value("/themes"), "[]");
    script.keys("tab").shows("an empty list");
}

#[test]
fn queued_keys_are_typed_as_if_one_by_one() {
    let mut one_by_one = Script::new();
    one_by_one.go("/pipeline").keys("'web shop' tab 'shop/web'");
    let mut at_once = Script::new();
    at_once.go("/pipeline").burst("web shop").keys("tab").burst("shop/web");
    assert_eq!(one_by_one.json(), at_once.json());
    assert_eq!(one_by_one.screen(), at_once.screen());
}
