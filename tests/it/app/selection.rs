//! Selection in the payload as text: copy, cut, replace and undo.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sei_compose::app::raw::{TextBuffer, TextPosition};

use super::script::Script;

const WEB: &str = r#"{"pipeline":"web shop","branch_name":"main"}"#;

/// The payload as text with the cursor at the value of its first field.
fn on_text(json: &str) -> Script {
    let mut script = Script::on(json);
    script.go("/pipeline").keys("alt-e");
    script
}

fn editor(script: &Script) -> &TextBuffer {
    &script.model.payload.raw.as_ref().unwrap().editor
}

fn selected(script: &Script) -> String {
    editor(script).selected().unwrap_or_default()
}

#[test]
fn shift_and_a_move_select_the_text_in_between() {
    for (keys, text) in [
        ("shift-right shift-right", "we"),
        ("shift-end", "web shop\","),
        ("shift-left", "\""),
        ("ctrl-shift-right", "web "),
        ("shift-down shift-left", "web shop\",\n  \"branch_name"),
        ("shift-home", "\"pipeline\": \""),
        ("shift-home shift-home", "  \"pipeline\": \""),
        ("shift-up", "\n  \"pipeline\": \""),
        ("ctrl-shift-home", "{\n  \"pipeline\": \""),
        ("ctrl-shift-end", "web shop\",\n  \"branch_name\": \"main\"\n}"),
        ("shift-right shift-left", ""),
        ("shift-right right", ""),
        ("ctrl-a", "{\n  \"pipeline\": \"web shop\",\n  \"branch_name\": \"main\"\n}"),
    ] {
        let mut script = on_text(WEB);
        script.keys(keys);
        assert_eq!(selected(&script), text, "{keys}");
    }
}

#[test]
fn a_move_without_shift_goes_to_the_end_of_the_selection_on_its_side() {
    let mut script = on_text(WEB);
    script.keys("shift-right shift-right shift-right left").types("(");
    assert_eq!(script.value("/pipeline"), r#""(web shop""#);
    script.keys("shift-right shift-right shift-right right").types(")");
    assert_eq!(script.value("/pipeline"), r#""(web) shop""#);
}

#[test]
fn the_selection_is_copied_and_cut() {
    let mut script = on_text(WEB);
    script.keys("ctrl-shift-right ctrl-c").settles();
    assert_eq!((script.clipboard.as_str(), script.value("/pipeline").as_str()), ("web ", r#""web shop""#));
    script.keys("ctrl-x").settles();
    assert_eq!((script.clipboard.as_str(), script.value("/pipeline").as_str()), ("web ", r#""shop""#));
    assert_eq!(script.notice(), "Cut; asked the terminal to copy it; {undo} restores it.");
    script.paste("my ");
    assert_eq!(script.value("/pipeline"), r#""my shop""#);
    script.keys("ctrl-z ctrl-z");
    assert_eq!(script.json(), WEB);
}

#[test]
fn without_a_selection_nothing_is_copied_and_the_program_does_not_quit() {
    let mut script = on_text(WEB);
    script.keys("ctrl-c ctrl-x").settles();
    assert_eq!(script.clipboard, "");
    assert!(script.notice().starts_with("Nothing is selected"), "{}", script.notice());
    assert!(script.model.edits_text() && script.overlays().is_empty());
    assert_eq!(script.json(), WEB);
}

#[test]
fn typing_replaces_the_selection_as_one_step() {
    for (keys, pipeline) in [
        ("'x'", "x shop"),
        ("'xyz'", "xyz shop"),
        ("backspace", " shop"),
        ("delete", " shop"),
        ("ctrl-w", " shop"),
        ("ctrl-u", " shop"),
    ] {
        let mut script = on_text(WEB);
        script.types("a").keys("backspace ctrl-shift-right shift-left").keys(keys);
        assert_eq!(script.value("/pipeline"), format!("\"{pipeline}\""), "{keys}");
        script.keys("ctrl-z");
        assert_eq!(script.json(), WEB, "{keys}");
        script.keys("ctrl-y");
        assert_eq!(script.value("/pipeline"), format!("\"{pipeline}\""), "{keys}");
    }
}

#[test]
fn the_whole_text_is_replaced_by_a_paste() {
    let mut script = on_text(WEB);
    script.keys("ctrl-a").paste(r#"{"pipeline":"other"}"#);
    assert_eq!(script.json(), r#"{"pipeline":"other"}"#);
    script.keys("ctrl-z");
    assert_eq!(script.json(), WEB);
}

#[test]
fn tab_indents_and_removes_nothing() {
    let mut script = on_text(WEB);
    script.keys("home shift-end tab");
    assert_eq!(script.json(), WEB);
}

#[test]
fn select_all_from_the_form_selects_the_text_and_cuts_nothing() {
    let mut script = Script::on(WEB);
    script.asks("cut");
    assert!(script.notice().starts_with("Select text in the payload first"), "{}", script.notice());
    script.asks("select-all");
    assert!(script.model.edits_text());
    assert_eq!(selected(&script), editor(&script).text());
}

/// The bytes before a place.
fn offset(sheet: &TextBuffer, spot: TextPosition) -> usize {
    sheet.lines().iter().take(spot.line).map(|line| line.len() + 1).sum::<usize>() + spot.byte
}

/// Moves that select and moves that do not.
const MOVES: [&str; 16] = [
    "left",
    "right",
    "up",
    "down",
    "home",
    "end",
    "shift-left",
    "shift-right",
    "shift-up",
    "shift-down",
    "shift-home",
    "shift-end",
    "ctrl-shift-left",
    "ctrl-shift-right",
    "ctrl-shift-home",
    "ctrl-shift-end",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_copied_text_is_the_selection_and_undo_restores_the_replaced_text(
        value in select(vec!["web shop", "Größe 👩‍👩‍👧 ok", "a\\u0007b", "", "  "]),
        moves in vec(select(MOVES.to_vec()), 1..14),
        change in select(vec!["'x'", "'xy'", "backspace", "delete", "enter", "ctrl-x", "'}'"]),
    ) {
        let mut script = on_text(&format!(r#"{{"pipeline":"{value}","job_run":{{"stages":[{{"id":"1"}}]}}}}"#));
        for keys in moves {
            script.keys(keys);
        }
        let before = editor(&script).text();
        let Some((from, to)) = editor(&script).selection() else { return Ok(()) };
        let (start, end) = (offset(editor(&script), from), offset(editor(&script), to));
        prop_assert_eq!(before.get(start..end).map(str::to_owned), editor(&script).selected());
        script.keys("ctrl-c").settles();
        prop_assert_eq!(before.get(start..end), Some(script.clipboard.as_str()));
        script.draw();
        script.keys(change);
        let after = editor(&script).text();
        prop_assert_eq!(before.get(..start), after.get(..start));
        if let Some(typed) = change.strip_prefix('\'') {
            let rest = format!("{}{}", typed.trim_end_matches('\''), before.get(end..).unwrap());
            prop_assert_eq!(after.get(start..), Some(rest.as_str()));
        }
        script.keys("ctrl-z");
        prop_assert_eq!(editor(&script).text(), before);
    }
}
