//! The guided tour: its steps as data, and walked through with the keys a newcomer would press.

mod card;
mod done;
mod need;

use std::collections::BTreeSet;

use sei_compose::app::tour::{Condition, TOUR, Tour, asset, read, steps};
use sei_compose::app::{DiskEffect, Effect, Msg, Scene, TerminalEffect, start_tour};
use sei_compose::keymap::press::read_all;
use sei_compose::keymap::{KeySpelling, Keymap};
use sei_compose::text;

use crate::app::script::Script;

/// The id of the step that is on.
fn step(script: &Script) -> &'static str {
    script.model.tour.current.as_ref().and_then(Tour::step).map_or("none", |step| step.id.as_str())
}

/// What the card says to press now.
fn instruction(script: &Script) -> String {
    let tour = script.model.tour.current.as_ref().unwrap();
    told(&tour.instruction(&script.model), &Keymap::built_in().unwrap())
}

fn touring() -> Script {
    let mut script = Script::new();
    script.model.settings.demo = true;
    start_tour(&mut script.model, 0);
    script
}

#[test]
fn the_asset_is_whole_and_each_step_has_a_name_of_its_own() {
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
fn a_key_too_many_or_an_unknown_condition_is_refused() {
    let whole =
        "[[step]]\nid=\"a\"\ntitle=\"A\"\npress=\"p\"\ntext=\"t\"\nhint=\"h\"\nkeys=[]\ndone=\"never\"\n";
    assert_eq!(read(whole).unwrap().step.len(), 1);
    assert!(read(&whole.replace("never", "some day")).is_err());
    assert!(read(&format!("{whole}colour=\"red\"\n")).is_err());
}

/// Words with keys in the place of the actions they name, as a card spells them.
fn told(words: &str, keymap: &Keymap) -> String {
    let told = keymap.with_keys(words, Scene::Form, KeySpelling::Long);
    assert!(!told.contains('{'), "“{words}” names something that is no action");
    assert!(!told.contains("in the palette"), "“{words}” names an action without a key");
    told
}

#[test]
fn every_key_that_a_step_names_is_one_and_all_it_says_to_press_fits_the_smallest_screen() {
    let keymap = Keymap::built_in().unwrap();
    let named = |words: &str| {
        let words = words.replace("{number}", "1").replace("{lack}", "Qualifier");
        told(&words.replace("{environment}", "Harness PROD2"), &keymap)
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
        let hint = format!("Hint: {}", told(&step.hint, &keymap));
        assert!(text::width(&hint) <= 48, "step {} is too long for 50 columns: {hint}", step.id);
        let text = told(&step.text, &keymap);
        assert!(text::wrap(&text, 78).len() <= 2, "step {} is too long for 80 columns: {text}", step.id);
    }
}

#[test]
fn a_newcomer_walks_it_from_the_first_step_to_the_last_on_screens_of_all_sizes() {
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
                    let told = instruction(&script);
                    script.shows(&told);
                }
            }
        }
        assert_eq!(step(&script), "end", "\n{}", script.screen());
        assert_eq!(script.ledger.received().len(), 2, "one run, and once more after the refusal");
    }
}

#[test]
fn looking_and_going_away_completes_nothing() {
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
fn steps_are_skipped_gone_back_to_and_left() {
    let mut script = touring();
    script.keys("alt-n alt-n");
    assert_eq!(step(&script), "paste");
    script.keys("alt-b");
    assert_eq!(step(&script), "key");
    script.keys("alt-b alt-b");
    assert_eq!(step(&script), "environment", "there is nothing before the first");
}

#[test]
fn a_tour_put_away_goes_on_where_it_was() {
    let mut script = touring();
    script.keys("alt-n alt-n");
    script.effects();
    script.keys("alt-t").hides("Tour 3/").shows("The tour is put away; Alt-t goes on at step 3.");
    assert_eq!(step(&script), "none");
    assert_eq!(script.effects(), [Effect::Disk(DiskEffect::KeepTour { step: Some("paste".to_owned()) })]);
    script.keys("alt-t").shows("Tour 3/").shows("The tour goes on");
    assert_eq!(step(&script), "paste");
}

#[test]
fn it_starts_over_by_name_and_after_its_end() {
    let mut script = touring();
    script.keys("alt-n alt-n f9 'tour-again' enter");
    assert_eq!(step(&script), "environment");
    script.keys("alt-n alt-t f9 'tour-again' enter");
    assert_eq!(step(&script), "environment", "also while it is put away");
    for _ in 0..steps().len() {
        script.keys("alt-n");
    }
    script.effects();
    script.keys("alt-t").shows("The tour is over; Alt-t starts it anew.");
    assert_eq!(script.effects(), [Effect::Disk(DiskEffect::KeepTour { step: None })]);
    script.keys("alt-t");
    assert_eq!(step(&script), "environment");
}

#[test]
fn outside_of_a_demo_the_tour_asks_before_it_goes_to_one() {
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
fn a_blank_start_tells_the_ways_to_begin_until_something_is_composed() {
    for (columns, rows) in [(120, 36), (80, 24), (60, 20)] {
        let mut script = Script::new();
        script.sized(columns, rows).shows("Ways to begin").shows("Alt-t  the guided tour");
        script.shows("paste  a run").shows("^N     a sample").keys("tab").shows("Ways to begin");
        script.keys("'x'").hides("Ways to begin");
    }
}

#[test]
fn where_the_ways_to_begin_take_the_room_of_the_problems_they_give_it_to_who_asks_for_those() {
    let mut script = Script::new();
    script.sized(80, 24).hides("Problems").keys("f7").hides("Ways to begin").shows("Problems");
}

#[test]
fn the_smallest_screen_says_the_ways_to_begin_in_one_line() {
    let mut script = Script::new();
    script.sized(50, 12);
    sei_compose::app::welcome(&mut script.model);
    script.shows("A blank run: type, paste, ^N sample, Alt-t tour.");
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
    script.shows("The key");
}

#[test]
fn somebody_who_waits_gets_a_hint_once() {
    let mut script = touring();
    script.hides("Hint:");
    let due = script.model.deadline().unwrap();
    assert_eq!(due.millis() - script.model.now.millis(), 30_000);
    script.wait(30_000).tell(Msg::Wake);
    script.shows("Hint:");
    assert_eq!(script.model.deadline(), None, "nothing wakes the program any more");
}

#[test]
fn there_is_nothing_to_wait_for_at_the_end_or_without_a_tour() {
    let mut script = touring();
    for _ in 0..steps().len() {
        script.keys("alt-n");
    }
    assert_eq!(step(&script), "end");
    assert_eq!(script.model.deadline(), None);
    assert_eq!(Script::new().model.deadline(), None);
}

#[test]
fn a_step_without_a_sample_says_so() {
    let mut script = touring();
    script.keys("alt-v");
    assert_eq!(script.notice(), "This step of the tour has nothing to paste.");
}
