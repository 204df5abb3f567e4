//! Dialogs: what their keys do, said from the keymap; nothing of the form's keys beside them; long lines told apart.

use sei_compose::keymap::Keymap;

use super::script::{GOOD, Script, draft};

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (50, 12)];

/// Ways to a dialog, and words that say what its keys do.
const WAYS: [(&str, &[&str]); 12] = [
    ("f1", &["↑ ↓ scroll", "Esc close"]),
    ("f2", &["Enter choose", "Esc close"]),
    ("f9", &["Enter do it", "Esc close"]),
    ("f5", &["Enter send", "F2 environment", "Esc back"]),
    ("alt-o", &["Enter go on", "Esc close"]),
    ("alt-p", &["Enter choose", "Esc close"]),
    ("alt-p enter", &["Enter copy", "F4 save as file", "Esc close"]),
    ("ctrl-n", &["Enter choose", "Esc close"]),
    ("alt-m", &["Enter do it", "Esc close"]),
    ("'x' f10", &["↑ ↓ choose", "Enter do it", "Esc close"]),
    ("ctrl-k", &["type or paste", "Enter keep", "Esc close"]),
    ("alt-w", &["↑ ↓ choose", "Enter do it", "Esc close"]),
];

#[test]
fn a_dialog_says_what_its_keys_do_and_nothing_else_does() {
    for (keys, said) in WAYS {
        for (columns, rows) in SIZES {
            let mut script = Script::on(GOOD);
            script.sized(columns, rows).go(if keys == "alt-w" { "/build_number" } else { "/pipeline" });
            if keys == "alt-w" {
                script.keys("ctrl-l");
            }
            if keys == "ctrl-k" {
                script.sends_to("prod2");
            }
            script.keys(keys).settles();
            assert_eq!(script.overlays().len(), 1, "{keys} on\n{}", script.screen());
            for words in said {
                script.shows(words);
            }
            let screen = script.screen();
            let last = screen.lines().last().unwrap_or_default();
            assert!(!["F10", "F7", "F9", "F1 "].iter().any(|key| last.contains(key)), "{keys}: {last}");
        }
    }
}

#[test]
fn what_does_not_fit_beside_a_dialog_stands_in_the_last_line() {
    let mut script = Script::new();
    script.shelf.insert("nightly".to_owned(), draft("nightly", GOOD));
    script.keys("f3").settles();
    let all = ["Enter open", "F2 rename", "^D duplicate", "Del delete", "F3 deleted ones", "Esc close"];
    for (columns, rows) in SIZES {
        script.sized(columns, rows);
        let screen = script.screen();
        for words in all {
            assert_eq!(screen.matches(words).count(), 1, "{words} on\n{screen}");
        }
    }
}

#[test]
fn a_dialog_says_the_keys_that_a_person_chose() {
    let mut script = Script::on(GOOD);
    let patch = "[dialog]\ncancel = [\"f9\"]\nsave = [\"ctrl-w\"]\n[picker]\nenter = [\"f7\"]";
    script.keymap = Keymap::with(Some(patch)).unwrap();
    script.keys("alt-p").shows("F7 choose").keys("f7").shows("^W save as file").shows("F9 close");
    script.keys("f9");
    assert!(script.overlays().is_empty());
}

#[test]
fn scrolling_is_offered_where_there_is_something_to_scroll() {
    let mut script = Script::on(GOOD);
    script.sized(120, 80).keys("alt-p enter").hides("scroll");
    script.sized(50, 12).shows("↑ ↓ scroll");
}

#[test]
fn a_list_says_how_much_of_it_is_hidden() {
    let mut script = Script::new();
    script.sized(80, 24).keys("f9").shows(" more ─╮");
    script.keys("'mend'").hides(" more ─╮");
}

#[test]
fn on_a_low_screen_a_question_keeps_its_sentence_and_every_answer() {
    let mut script = Script::on(r#"{"result":"succes"}"#);
    script.sized(50, 12).go("/result").keys("alt-w");
    script.shows("“succes” is none of SUCCESS and FAILURE,").shows("▌ Fix: SUCCESS").shows("↓ 2 more");
    script.keys("down down down").shows("▌ Silence result-word everywhere").shows("↑ 2 more");
}

#[test]
fn a_row_that_goes_on_with_a_line_of_an_export_is_marked() {
    let mut script = Script::on(GOOD);
    script.sized(80, 24).keys("alt-p").types("GitLab").keys("enter");
    let screen = script.screen();
    let rows: Vec<&str> = screen.lines().filter(|line| line.starts_with(" │ ")).collect();
    assert!(rows.iter().any(|row| row.contains("↪ ")), "{screen}");
    for pair in rows.windows(2) {
        // A row that fills its room is gone on with, and every such row says so.
        let is_comment = |row: &str| row.trim_start_matches([' ', '│']).starts_with('#');
        if is_comment(pair[0]) && !is_comment(pair[1]) && pair[1].contains('↪') {
            assert!(pair[1].trim_start_matches([' ', '│']).starts_with('↪'), "{screen}");
        }
    }
}

#[test]
fn the_help_key_tells_the_whole_of_a_line_that_is_cut() {
    let mut script = Script::new();
    script.sized(50, 12).keys("alt-i").shows("… F1");
    script.keys("f1").shows("The instance book is empty.").shows("down one that SEI has already.");
    script.keys("esc").hides("The instance book is empty.");
    script.sized(50, 14).go("/instance_guid").shows("… F1");
    script.keys("f1").shows("does not know, the run is lost");
}

#[test]
fn no_line_about_the_field_stands_below_a_dialog() {
    let mut script = Script::on(GOOD);
    script.sized(80, 24).go("/pipeline").shows("Name of the CI/CD job");
    script.keys("f2").hides("Name of the CI/CD job");
    script.keys("esc").shows("Name of the CI/CD job");
}
