//! Search in the payload pane: in each form and in edited text, and the jump to the field.

use super::script::{GOOD, Script};

/// The position of the chosen match and the number of matches.
fn position(script: &Script) -> Option<(usize, usize)> {
    script.model.search().unwrap().position()
}

/// The words of the chosen match in its row, with the row.
fn chosen(script: &Script) -> (usize, String) {
    let (row, bytes) = script.model.search().unwrap().place().unwrap();
    let text = script.model.preview_text();
    let words = text.lines().nth(row).and_then(|line| line.get(bytes)).unwrap();
    (row, words.to_owned())
}

const THREE: &str = r#"{"pipeline":"web","job_full_name":"shop/Web","branch_name":"web-1"}"#;

#[test]
fn words_are_found_as_they_are_typed_and_counted() {
    let mut script = Script::on(THREE);
    script.keys("ctrl-f").types("we");
    script.shows("search  we").shows("1 of 3");
    assert_eq!(chosen(&script), (1, "we".to_owned()));
    script.types("b-");
    assert_eq!((position(&script), chosen(&script)), (Some((1, 1)), (3, "web-".to_owned())));
    script.types("zzz").shows("no match");
    script.keys("ctrl-u");
    assert_eq!(position(&script), None);
    script.hides("no match");
}

#[test]
fn a_capital_letter_makes_the_search_case_sensitive() {
    let mut script = Script::on(THREE);
    script.keys("ctrl-f").types("Web");
    assert_eq!((position(&script), chosen(&script)), (Some((1, 1)), (2, "Web".to_owned())));
    let mut script = Script::on("{\"pipeline\":\"ÄÖ ẞ K äö\"}");
    script.keys("ctrl-f").types("äö");
    assert_eq!(position(&script), Some((1, 2)));
    assert_eq!(chosen(&script), (1, "ÄÖ".to_owned()));
}

#[test]
fn the_search_cycles_to_the_next_and_the_previous_match() {
    let mut script = Script::on(THREE);
    script.keys("ctrl-f").types("web");
    for (key, at) in [("down", 2), ("f3", 3), ("tab", 1), ("up", 3), ("shift-f3", 2), ("shift-tab", 1)] {
        script.keys(key);
        assert_eq!(position(&script), Some((at, 3)), "{key}");
    }
}

#[test]
fn the_search_starts_at_the_focus_and_offers_the_last_words() {
    let mut script = Script::on(THREE);
    script.go("/job_full_name").keys("ctrl-f").types("web");
    assert_eq!(position(&script), Some((2, 3)));
    script.keys("esc ctrl-f").shows("search  web");
    assert_eq!(position(&script), Some((2, 3)));
    script.types("1").shows("search  1");
    assert_eq!(script.json(), THREE, "nothing of it is typed into the field");
}

#[test]
fn enter_goes_to_the_field_of_the_line_and_unfolds_its_item() {
    let mut script =
        Script::on(r#"{"pipeline":"web","job_run":{"stages":[{"id":"1","displayName":"Build"}]}}"#);
    script.keys("ctrl-f").types("build").keys("enter");
    assert!(script.overlays().is_empty());
    assert_eq!(script.focus(), "/job_run/stages/0/displayName");
    script.keys("ctrl-z").types("er");
    assert_eq!(script.value("/job_run/stages/0/displayName"), r#""Builder""#);
}

#[test]
fn the_pane_scrolls_to_the_match_and_stays_there() {
    let stages: Vec<String> =
        (0..200).map(|id| format!(r#"{{"id":"{id}","displayName":"S{id}"}}"#)).collect();
    let mut script = Script::on(&format!(r#"{{"job_run":{{"stages":[{}]}}}}"#, stages.join(",")));
    script.hides("S150").keys("ctrl-f").types("\"s150").shows("\"S150\"").shows("1 of 1");
    script.keys("esc").shows("\"S150\"").hides("1 of 1");
    script.keys("down").hides("\"S150\"");
}

#[test]
fn a_match_right_of_the_pane_becomes_visible() {
    let long = format!(r#"{{"pipeline":"{} needle"}}"#, "hay ".repeat(60));
    let mut script = Script::on(&long);
    script.hides("needle").keys("ctrl-f").types("needle").shows(" needle\"");
    script.keys("esc alt-e home").hides("needle").keys("ctrl-f enter").shows(" needle\"");
}

#[test]
fn the_request_and_the_command_are_searched_also_where_their_rows_break() {
    let mut script = Script::on(GOOD);
    script.keys("f11 ctrl-f").types("content-type");
    assert_eq!(position(&script), Some((1, 1)));
    for columns in 110..130 {
        // The body is one line, so every word is broken at some width.
        script.sized(columns, 36).keys("ctrl-u").types("\"job_full_name\":\"");
        assert_eq!(position(&script), Some((1, 1)), "{columns} columns");
    }
    script.keys("f11").shows("curl ·");
    assert_eq!(position(&script), Some((1, 1)));
    script.keys("enter");
    assert_eq!(script.overlays(), ["find"], "a command has no fields");
}

#[test]
fn in_the_text_the_cursor_follows_the_match_and_enter_goes_to_the_next() {
    let mut script = Script::on(THREE);
    script.go("/pipeline").keys("alt-e ctrl-home ctrl-f").types("web").keys("enter enter");
    assert_eq!(position(&script), Some((3, 3)));
    script.keys("esc").types("2");
    assert!(script.model.edits_text());
    assert_eq!(script.value("/branch_name"), r#""2-1""#, "what was found is selected");
}

#[test]
fn on_a_narrow_screen_the_payload_becomes_visible() {
    let mut script = Script::on(THREE);
    script.sized(80, 24).hides("\"web-1\"").keys("ctrl-f").types("web-").shows("\"web-1\"").shows("1 of 1");
    script.keys("enter").hides("\"web-1\"");
    assert_eq!(script.focus(), "/branch_name");
}

#[test]
fn a_narrower_window_keeps_the_search_and_its_text_visible() {
    let mut script = Script::on(THREE);
    script.keys("ctrl-f").types("web-").sized(80, 24).shows("\"web-1\"").shows("1 of 1");
}

#[test]
fn changed_text_is_searched_again() {
    let mut script = Script::on(THREE);
    script.asks("random-guid").keys("ctrl-f").types("0403020100");
    assert_eq!(position(&script), None);
    script.settles();
    assert_eq!(position(&script), Some((1, 1)), "the GUID has come");
}

#[test]
fn a_key_of_the_session_is_hidden_in_the_line_as_well() {
    let mut script = Script::on(THREE);
    script.sends_to("prod2").keys("ctrl-k").paste("pat.ABC.123.xyz").keys("enter ctrl-f");
    script.paste("pat.ABC.123.xyz").hides("pat.ABC.123.xyz");
    assert!(script.model.search().unwrap().words.text().contains('•'));
}

#[test]
fn a_click_closes_the_search_and_takes_effect() {
    let mut script = Script::on(THREE);
    script.keys("ctrl-f").types("web").receive(sei_compose::app::Msg::Click { column: 4, row: 1 });
    assert!(script.overlays().is_empty());
}
