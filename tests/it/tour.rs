//! The guided tour: its steps as data, and completed with the keys of a newcomer.

mod card;
mod done;
mod requirement;

use std::collections::BTreeSet;

use sei_compose::app::tour::{Condition, TOUR, Tour, asset, read, steps};
use sei_compose::app::{DiskEffect, Effect, Msg, Scene, TerminalEffect, start_tour};
use sei_compose::keymap::press::read_all;
use sei_compose::keymap::{KeySpelling, Keymap};
use sei_compose::text;

use crate::app::script::Script;

/// The id of the current step.
fn step(script: &Script) -> &'static str {
    script.model.tour.current.as_ref().and_then(Tour::step).map_or("none", |step| step.id.as_str())
}

/// The current instruction of the card.
fn instruction(script: &Script) -> String {
    let tour = script.model.tour.current.as_ref().unwrap();
    with_key_names(&tour.instruction(&script.model), &Keymap::built_in().unwrap())
}

fn touring() -> Script {
    let mut script = Script::new();
    script.model.settings.demo = true;
    start_tour(&mut script.model, 0);
    script
}

#[test]
fn the_asset_is_complete_and_each_step_has_a_unique_name() {
    let read = read(TOUR).unwrap().step;
    assert_eq!(read, steps());
    for need in read.iter().flat_map(|step| &step.needs) {
        assert!(asset().lead.iter().any(|lead| lead.to == *need), "nothing leads to {need:?}");
    }
    let names: BTreeSet<&str> = read.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(names.len(), read.len());
    let (last, others) = read.split_last().unwrap();
    assert_eq!(last.done, Condition::Never, "the last card stays");
    assert!(others.iter().all(|step| step.done != Condition::Never), "a step that nothing completes");
}

#[test]
fn an_extra_key_or_an_unknown_condition_is_refused() {
    let whole =
        "[[step]]\nid=\"a\"\ntitle=\"A\"\npress=\"p\"\ntext=\"t\"\nhint=\"h\"\nkeys=[]\ndone=\"never\"\n";
    assert_eq!(read(whole).unwrap().step.len(), 1);
    assert!(read(&whole.replace("never", "some day")).is_err());
    assert!(read(&format!("{whole}color=\"red\"\n")).is_err());
}

/// A text with the keys of its actions, in the spelling of a card.
fn with_key_names(words: &str, keymap: &Keymap) -> String {
    let shown = keymap.with_keys(words, Scene::Form, KeySpelling::Long);
    assert!(!shown.contains('{'), "“{words}” names something that is not an action");
    assert!(!shown.contains("in the palette"), "“{words}” names an action without a key");
    shown
}

#[test]
fn every_key_that_a_step_names_exists_and_each_step_fits_the_smallest_screen() {
    let keymap = Keymap::built_in().unwrap();
    let named = |words: &str| {
        let words = words.replace("{number}", "1").replace("{lack}", "Qualifier");
        with_key_names(&words.replace("{environment}", "Harness PROD2"), &keymap)
    };
    let of_steps = steps().iter().flat_map(|step| step.there.values().chain([&step.press]));
    let of_leads = asset().lead.iter().flat_map(|lead| lead.there.values().chain([&lead.press]));
    for words in of_steps.chain(of_leads).map(|words| named(words)) {
        assert!(text::width(&words) <= 46, "too long for 50 columns: {words}");
    }
    for text in asset().lead.iter().filter_map(|lead| lead.text.as_ref()) {
        assert!(text::wrap(&named(text), 78).len() <= 2, "too long for 80 columns: {text}");
    }
    for step in steps() {
        let hint = format!("Hint: {}", with_key_names(&step.hint, &keymap));
        assert!(text::width(&hint) <= 48, "step {} is too long for 50 columns: {hint}", step.id);
        let text = with_key_names(&step.text, &keymap);
        assert!(text::wrap(&text, 78).len() <= 2, "step {} is too long for 80 columns: {text}", step.id);
    }
}

#[test]
fn the_tour_can_be_completed_on_screens_of_all_sizes() {
    for (columns, rows) in [(120, 36), (80, 24), (50, 12)] {
        let mut script = touring();
        script.sized(columns, rows);
        for (position, here) in steps().iter().enumerate().take(steps().len() - 1) {
            assert_eq!(step(&script), here.id, "\n{}", script.screen());
            script.shows(&format!("Tour {}/", position + 1)).shows(&here.title);
            for (group, keys) in here.keys.iter().enumerate() {
                assert!(group == 0 || !script.model.overlays.is_empty(), "nothing opened in {}", here.id);
                script.shows(&instruction(&script));
                assert!(!instruction(&script).contains("back to the form"), "astray in {}", here.id);
                if columns >= 80 {
                    script.hides("F1 more");
                }
                for press in read_all(keys).unwrap() {
                    script.press(press).settles();
                    let shown = instruction(&script);
                    script.shows(&shown);
                }
            }
        }
        assert_eq!(step(&script), "end", "\n{}", script.screen());
        assert_eq!(script.ledger.received().len(), 2, "one run, and once more after the refusal");
    }
}

#[test]
fn opening_and_closing_a_view_completes_no_step() {
    let mut script = touring();
    script.keys("f2 esc");
    assert_eq!(step(&script), "environment", "the list was closed without a choice");
    script.keys("f2 'prod2' enter");
    assert_eq!(step(&script), "environment", "another environment was chosen");
    script.sends_to("sandbox");
    assert_eq!(step(&script), "key");
    script.keys("ctrl-k esc 'x' tab");
    assert_eq!(step(&script), "key", "no key was typed");
}

#[test]
fn steps_can_be_skipped_revisited_and_left() {
    let mut script = touring();
    script.keys("alt-n alt-n");
    assert_eq!(step(&script), "paste");
    script.keys("alt-b");
    assert_eq!(step(&script), "key");
    script.keys("alt-b alt-b");
    assert_eq!(step(&script), "environment", "there is nothing before the first");
}

#[test]
fn a_closed_tour_continues_at_its_step() {
    let mut script = touring();
    script.keys("alt-n alt-n");
    script.effects();
    script.keys("alt-t").hides("Tour 3/").shows("The tour is closed; Alt-t continues at step 3.");
    assert_eq!(step(&script), "none");
    assert_eq!(script.effects(), [Effect::Disk(DiskEffect::KeepTour { step: Some("paste".to_owned()) })]);
    script.keys("alt-t").shows("Tour 3/").shows("The tour continues");
    assert_eq!(step(&script), "paste");
}

#[test]
fn the_tour_restarts_by_name_and_after_its_end() {
    let mut script = touring();
    script.keys("alt-n alt-n f9 'tour-again' enter");
    assert_eq!(step(&script), "environment");
    script.keys("alt-n alt-t f9 'tour-again' enter");
    assert_eq!(step(&script), "environment", "also while it is put away");
    for _ in 0..steps().len() {
        script.keys("alt-n");
    }
    script.effects();
    script.keys("alt-t").shows("The tour is over; Alt-t starts it again.");
    assert_eq!(script.effects(), [Effect::Disk(DiskEffect::KeepTour { step: None })]);
    script.keys("alt-t");
    assert_eq!(step(&script), "environment");
}

#[test]
fn outside_of_a_demo_the_tour_asks_before_it_opens_one() {
    let mut script = Script::on(r#"{"pipeline":"mine"}"#);
    script.keys("alt-t");
    assert_eq!(script.overlays(), ["Guided tour"]);
    script.keys("esc");
    assert_eq!(step(&script), "none");
    script.keys("alt-t enter");
    assert_eq!(script.effects(), [Effect::Terminal(TerminalEffect::EnterDemo)]);
    assert_eq!(script.json(), r#"{"pipeline":"mine"}"#);
}

#[test]
fn a_blank_run_lists_the_ways_to_start_until_the_payload_has_content() {
    for (columns, rows) in [(120, 36), (80, 24), (60, 20)] {
        let mut script = Script::new();
        script.sized(columns, rows).shows("Ways to start").shows("Alt-t  open the guided demo");
        script.shows("paste  a run").shows("^N     start from a template");
        if columns >= 80 {
            script
                .shows("Alt-o  import a file")
                .shows("F3     open a draft")
                .shows("type   into the blank form");
        }
        script.keys("tab").shows("Ways to start");
        script.keys("'x'").hides("Ways to start");
    }
}

#[test]
fn the_problem_key_replaces_the_ways_to_start_where_both_do_not_fit() {
    let mut script = Script::new();
    script.sized(80, 24).hides("Problems").keys("f7").hides("Ways to start").shows("Problems");
}

#[test]
fn the_smallest_screen_lists_the_ways_to_start_in_one_line() {
    let mut script = Script::new();
    script.sized(50, 12);
    sei_compose::app::welcome(&mut script.model);
    script.shows("Blank run: type, paste, ^N sample, Alt-t tour.");
}

#[test]
fn progress_is_kept_with_each_step() {
    let mut script = touring();
    script.keys("f2 'sand' enter");
    assert!(script.effects().contains(&Effect::Disk(DiskEffect::KeepTour { step: Some("key".to_owned()) })));
}

#[test]
fn the_card_moves_on_without_taking_keys_from_a_dialog() {
    let mut script = touring();
    script.keys("f2 alt-n");
    assert_eq!(step(&script), "key");
    assert_eq!(script.overlays(), ["Environment"], "the list is still open");
    script.shows("The API key");
}

#[test]
fn a_hint_is_shown_once_after_a_wait() {
    let mut script = touring();
    script.hides("Hint:");
    let due = script.model.deadline().unwrap();
    assert_eq!(due.millis() - script.model.now.millis(), 30_000);
    script.wait(30_000).receive(Msg::Wake);
    script.shows("Hint:");
    assert_eq!(script.model.deadline(), None, "nothing wakes the program any more");
}

#[test]
fn no_hint_is_due_at_the_end_or_without_a_tour() {
    let mut script = touring();
    for _ in 0..steps().len() {
        script.keys("alt-n");
    }
    assert_eq!(step(&script), "end");
    assert_eq!(script.model.deadline(), None);
    assert_eq!(Script::new().model.deadline(), None);
}

#[test]
fn a_step_without_a_sample_is_reported() {
    let mut script = touring();
    script.keys("alt-v");
    assert_eq!(script.notice(), "This step of the tour has nothing to paste.");
}
