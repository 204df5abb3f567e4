//! The payload covers the form: the payload has its own keys, and no hidden field changes.

use std::collections::HashSet;

use sei_compose::app::{Action, Msg};
use sei_compose::keymap::Press;
use sei_compose::keymap::press::Key;

use super::script::{GOOD, Script, corpus};

const SMALL: [(u16, u16); 2] = [(80, 24), (50, 12)];
const REFUSED: &str = "The payload hides the form";

/// Actions that change the document in every view and report or show the change.
const OPEN: [Action; 5] = [Action::Undo, Action::Redo, Action::Fix, Action::FixAll, Action::GenerateGuid];

/// The whole example on a small screen where the payload covers the form.
fn covered(size: (u16, u16)) -> Script {
    let mut script = Script::on(&corpus("whole/node-js-ci.json"));
    script.sized(size.0, size.1).keys("alt-2 f12");
    assert!(script.model.is_form_hidden());
    script
}

/// Every key of the form except those of the actions above, and characters that rows accept.
fn presses(script: &Script) -> Vec<Press> {
    let bound =
        script.keymap.bindings().iter().filter(|binding| {
            binding.scene == sei_compose::app::Scene::Form && !OPEN.contains(&binding.action)
        });
    let typed = "ai yn1d\"{".chars().map(|character| Press::plain(Key::Char(character)));
    bound.map(|binding| binding.press).chain(typed).collect()
}

#[test]
fn no_key_changes_the_form_that_the_payload_covers() {
    for (tab, form) in (1..=5).zip(["", "f11", "f11 f11", "f11 f11 f11", ""]) {
        let mut script = covered(SMALL[tab % 2]);
        script.keys(&format!("alt-{tab} alt-f ctrl-home f12"));
        script.keys(form);
        let (before, mut twin) = (script.json(), Script::new());
        // One row of each kind: hidden rows of a kind behave the same.
        let mut kinds = HashSet::new();
        for row in 0..script.model.form.rows.len() {
            let (is_stop, role) =
                (script.model.form.rows[row].takes_focus(), script.model.form.rows[row].role);
            let entry = script.model.entry_of(&script.model.form.rows[row]);
            if !is_stop || !kinds.insert(format!("{:?} {entry:?}", std::mem::discriminant(&role))) {
                continue;
            }
            script.model.form.focus[tab - 1] = row;
            for press in presses(&script) {
                twin.model = script.model.clone();
                twin.press(press);
                let whence = format!("{press} at {} on tab {tab}", script.focus());
                assert_eq!(twin.json(), before, "{whence}");
                assert_eq!(twin.model.draft.integration, script.model.draft.integration, "{whence}");
                if twin.model.is_form_hidden() {
                    assert_eq!(twin.focus(), script.focus(), "{whence}");
                }
            }
        }
    }
}

#[test]
fn a_field_key_is_refused_with_the_key_that_returns_to_the_form() {
    for (columns, rows) in SMALL {
        for keys in [
            "'x'",
            "' '",
            "backspace",
            "delete",
            "enter",
            "insert",
            "alt-x",
            "alt-up",
            "left",
            "tab",
            "ctrl-l",
            "alt-m",
        ] {
            let mut script = covered((columns, rows));
            script.keys(keys);
            assert!(script.notice().starts_with(REFUSED), "{keys}: {}", script.notice());
            script.shows(REFUSED);
        }
        let mut script = covered((columns, rows));
        let before = script.json();
        script.paste("some words").shows(REFUSED);
        assert_eq!(script.json(), before);
    }
    covered((80, 24)).keys("'x'").shows("F12 or Esc returns, Alt-e edits the text.");
}

#[test]
fn arrows_pages_and_ends_scroll_the_payload() {
    for (columns, rows) in SMALL {
        let mut script = covered((columns, rows));
        let lines = script.model.preview_lines();
        script.keys("home").shows("  1  {");
        assert_eq!(script.model.preview_top(), 0);
        script.keys("down down");
        assert_eq!(script.model.preview_top(), 2);
        script.keys("up");
        assert_eq!(script.model.preview_top(), 1);
        script.keys("pagedown");
        assert_eq!(script.model.preview_top(), script.model.preview_height());
        script.keys("pageup");
        assert_eq!(script.model.preview_top(), 1);
        script.keys("end").shows(&format!("{lines}  }}"));
        let above = format!("↑ {}", script.model.preview_top());
        script.shows(&above);
        script.receive(Msg::Wheel { column: 3, row: 0, down: false });
        assert_eq!(script.model.preview_top() + 3, lines - script.model.preview_height());
    }
}

#[test]
fn escape_and_the_opening_key_return_to_the_focused_row() {
    for (size, key) in SMALL.into_iter().flat_map(|size| [(size, "esc"), (size, "f12")]) {
        let mut script = covered(size);
        script.keys("f12 ctrl-end");
        let focus = script.focus();
        script.keys("f12 home").keys(key);
        assert!(!script.model.is_form_hidden());
        assert_eq!(script.focus(), focus);
        script.shows("▌");
    }
}

#[test]
fn undo_and_a_jump_to_a_field_show_the_form_again() {
    for (columns, rows) in SMALL {
        let mut script = Script::on(&GOOD.replace("\"success\"", "\"succes\""));
        script.sized(columns, rows).go("/branch_name").types("main");
        for keys in ["f12 f7", "f12 alt-1", "f12 f7 f12 f8", "f12 ctrl-z", "f12 ctrl-y"] {
            script.keys(keys);
            assert!(!script.model.is_form_hidden(), "{keys}");
            script.shows("▌");
        }
        assert_eq!(script.value("/branch_name"), "\"main\"");
        assert_eq!(script.value("/result"), "\"SUCCESS\"");
        assert!(script.notice().starts_with("Redone: "), "{}", script.notice());
    }
}

#[test]
fn a_pasted_run_is_still_offered_for_import() {
    let mut script = covered((80, 24));
    script.paste(r#"{"pipeline":"pasted"}"#).shows("Import a payload").keys("enter").shows("Imported 1");
    assert_eq!(script.value("/pipeline"), "\"pasted\"");
    assert!(!script.model.is_form_hidden(), "what came in is in sight");
    assert_eq!(script.focus(), "/pipeline");
}

#[test]
fn the_line_below_shows_the_keys_of_the_payload() {
    let mut script = covered((80, 24));
    script.shows("↑ ↓ scroll · F11 next view · F12 form · ^F search");
    covered((50, 12)).shows("↑ ↓ scroll · F11 next view · F12 form");
    script.keys("alt-2").hides("F11 next view");
}

#[test]
fn next_to_the_form_the_payload_has_no_keys_of_its_own() {
    let mut script = Script::on(GOOD);
    script.sized(110, 36).go("/branch_name").keys("f12 'main'");
    assert_eq!(script.value("/branch_name"), "\"main\"");
    let focus = script.focus();
    script.hides("next view").keys("up");
    assert_ne!(script.focus(), focus);
}

#[test]
fn the_frame_shows_how_much_of_each_form_is_hidden() {
    for (columns, rows) in [(120, 20), (80, 24), (50, 12)] {
        let mut script = Script::on(&corpus("whole/node-js-ci.json"));
        script.sized(columns, rows).keys("alt-2 f11");
        for _ in 0..3 {
            let (height, lines) = (script.model.preview_height(), script.model.preview_lines());
            if lines > height {
                script.shows(&format!("↓ {} more", lines - height));
                for _ in 0..lines {
                    script.keys("ctrl-down");
                }
                script.shows(&format!("↑ {} more", lines - height));
                let line = script
                    .keys("ctrl-f")
                    .screen()
                    .lines()
                    .find(|line| line.contains(" search "))
                    .map(str::to_owned);
                assert!(line.is_some_and(|line| !line.contains('↑')));
                script.keys("esc");
            }
            script.keys("f11");
        }
    }
}

#[test]
fn parts_of_the_heading_are_dropped_from_the_right() {
    let mut script = covered((50, 12));
    script.keys("f11").shows("· request · flat ─").hides("names");
    script.sized(80, 24).shows("request · flat · unchanged names ─");
}
