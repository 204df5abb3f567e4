//! Dialogs: key hints from the keymap, no keys of the form next to them, and marked long lines.

use sei_compose::app::model::{Notice, Tone};
use sei_compose::keymap::Keymap;

use super::script::{GOOD, Script, draft};

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (50, 12)];

/// The keys that open each dialog, with the words of its key hints.
const WAYS: [(&str, &[&str]); 12] = [
    ("f1", &["↑ ↓ scroll", "Esc close"]),
    ("f2", &["Enter choose", "Esc close"]),
    ("f9", &["Enter run", "Esc close"]),
    ("f5", &["Enter send", "F2 environment", "Esc back"]),
    ("alt-o", &["Enter confirm", "Esc close"]),
    ("alt-p", &["Enter choose", "Esc close"]),
    ("alt-p enter", &["Enter copy", "F4 save as file", "Esc close"]),
    ("ctrl-n", &["Enter choose", "Esc close"]),
    ("alt-m", &["Enter run", "Esc close"]),
    ("'x' f10", &["↑ ↓ choose", "Enter confirm", "Esc close"]),
    ("ctrl-k", &["type or paste", "Enter use", "Esc close"]),
    ("alt-w", &["↑ ↓ choose", "Enter confirm", "Esc close"]),
];

#[test]
fn a_dialog_shows_what_its_keys_do_and_no_other_line_does() {
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
fn keys_that_do_not_fit_in_a_dialog_are_in_the_last_line() {
    let mut script = Script::new();
    script.drafts.insert("nightly".to_owned(), draft("nightly", GOOD));
    script.keys("f3").settles();
    let all = ["Enter open", "F2 rename", "^D duplicate", "Del delete", "F3 trash", "Esc close"];
    for (columns, rows) in SIZES {
        script.sized(columns, rows);
        let screen = script.screen();
        for words in all {
            assert_eq!(screen.matches(words).count(), 1, "{words} on\n{screen}");
        }
    }
}

#[test]
fn a_dialog_shows_remapped_keys() {
    let mut script = Script::on(GOOD);
    let patch = "[dialog]\ncancel = [\"f9\"]\nsave = [\"ctrl-w\"]\n[picker]\nenter = [\"f7\"]";
    script.keymap = Keymap::with(Some(patch)).unwrap();
    script.keys("alt-p").shows("F7 choose").keys("f7").shows("^W save as file").shows("F9 close");
    script.keys("f9");
    assert!(script.overlays().is_empty());
}

#[test]
fn scroll_keys_are_shown_only_where_content_is_hidden() {
    let mut script = Script::on(GOOD);
    script.sized(120, 80).keys("alt-p enter").hides("scroll");
    script.sized(50, 12).shows("↑ ↓ scroll");
}

#[test]
fn a_list_shows_how_much_of_it_is_hidden() {
    let mut script = Script::new();
    script.sized(80, 24).keys("f9").shows(" more ─╮");
    script.keys("'fix'").hides(" more ─╮");
}

#[test]
fn on_a_low_screen_a_question_keeps_its_sentence_and_every_answer() {
    let mut script = Script::on(r#"{"result":"succes"}"#);
    script.sized(50, 12).go("/result").keys("alt-w");
    script.shows("“succes” is neither SUCCESS nor FAILURE:").shows("▌ Fix: SUCCESS").shows("↓ 2 more");
    script.keys("down down down").shows("▌ Silence result-word everywhere").shows("↑ 2 more");
}

#[test]
fn a_row_that_continues_a_line_of_an_export_is_marked() {
    let mut script = Script::on(GOOD);
    script.sized(80, 24).keys("alt-p").types("GitLab").keys("enter");
    let screen = script.screen();
    let rows: Vec<&str> = screen.lines().filter(|line| line.starts_with(" │ ")).collect();
    assert!(rows.iter().any(|row| row.contains("↪ ")), "{screen}");
    for pair in rows.windows(2) {
        // A full row continues on the next one and has a mark.
        let is_comment = |row: &str| row.trim_start_matches([' ', '│']).starts_with('#');
        if is_comment(pair[0]) && !is_comment(pair[1]) && pair[1].contains('↪') {
            assert!(pair[1].trim_start_matches([' ', '│']).starts_with('↪'), "{screen}");
        }
    }
}

#[test]
fn the_help_key_shows_a_cut_line_in_full() {
    let mut script = Script::new();
    script.sized(50, 12).keys("alt-i").shows("… (F1)");
    script.keys("f1").shows("The instance book is empty.").shows("an existing one.");
    script.keys("esc").hides("The instance book is empty.");
    script.sized(50, 14).go("/build_number").shows("… (F1)");
    script.keys("f1").shows("every run is number 0");
}

#[test]
fn no_line_about_the_field_is_below_a_dialog() {
    let mut script = Script::on(GOOD);
    script.sized(80, 24).go("/pipeline").shows("Name of the CI/CD job");
    script.keys("f2").hides("Name of the CI/CD job");
    script.keys("esc").shows("Name of the CI/CD job");
}

#[test]
fn a_cut_notice_does_not_end_with_the_start_of_a_sentence() {
    let mut script = Script::new();
    let text = format!("{}end. It is undone by a key.", "word ".repeat(26));
    script.sized(80, 24).model.notice = Some(Notice { text: text.into(), tone: Tone::Note });
    script.shows("word end. … (F1: all)");
}
