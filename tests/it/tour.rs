//! The guided tour: its steps as data, and walked through with the keys a newcomer would press.

use std::collections::BTreeSet;

use sei_compose::app::tour::{Condition, TOUR, Tour, read, steps};
use sei_compose::app::{Action, Effect, Msg, Scene, begin_tour};
use sei_compose::keymap::Keymap;
use sei_compose::text;

use crate::app::script::Script;

/// The id of the step that is on.
fn step(script: &Script) -> &'static str {
    script.model.tour.as_ref().and_then(Tour::step).map_or("none", |step| step.id.as_str())
}

fn touring() -> Script {
    let mut script = Script::new();
    script.model.demo = true;
    begin_tour(&mut script.model, 0);
    script
}

#[test]
fn the_asset_is_whole_and_each_step_has_a_name_of_its_own() {
    let read = read(TOUR).unwrap();
    assert_eq!(read, steps());
    let names: BTreeSet<&str> = read.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(names.len(), read.len());
    let (last, others) = read.split_last().unwrap();
    assert_eq!(last.done, Condition::Never, "the last card stays");
    assert!(others.iter().all(|step| step.done != Condition::Never), "a step that nothing completes");
}

#[test]
fn a_key_too_many_or_an_unknown_condition_is_refused() {
    let whole = "[[step]]\nid=\"a\"\ntitle=\"A\"\ntext=\"t\"\nhint=\"h\"\nkeys=[]\ndone=\"never\"\n";
    assert_eq!(read(whole).unwrap().len(), 1);
    assert!(read(&whole.replace("never", "some day")).is_err());
    assert!(read(&format!("{whole}colour=\"red\"\n")).is_err());
}

#[test]
fn every_key_that_a_step_names_is_one_and_all_texts_fit_a_small_screen() {
    let keymap = Keymap::built_in().unwrap();
    for step in steps() {
        for words in [&step.text, &step.hint] {
            let mut told = words.clone();
            for name in words.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
            {
                let action = Action::named(name);
                assert!(action.is_some(), "{name} in step {} is no action", step.id);
                let label = keymap.label(Scene::Form, action.unwrap());
                assert!(label.is_some(), "{name} in step {} has no key", step.id);
                told = told.replace(&format!("{{{name}}}"), &label.unwrap());
            }
            assert!(text::wrap(&told, 78).len() <= 3, "step {} is too long for 80 columns: {told}", step.id);
        }
    }
}

#[test]
fn a_newcomer_walks_it_from_the_first_step_to_the_last_on_screens_of_both_sizes() {
    for (columns, rows) in [(120, 36), (80, 24)] {
        let mut script = touring();
        script.sized(columns, rows);
        for (position, here) in steps().iter().enumerate().take(steps().len() - 1) {
            assert_eq!(step(&script), here.id, "\n{}", script.screen());
            script.shows(&format!("Tour {}/", position + 1)).shows(&here.title);
            for (group, keys) in here.keys.iter().enumerate() {
                assert!(group == 0 || !script.model.overlays.is_empty(), "nothing opened in {}", here.id);
                script.keys(keys).settles();
            }
        }
        assert_eq!(step(&script), "end", "\n{}", script.screen());
        assert_eq!(script.ledger.arrivals().len(), 2, "one run, and once more after the refusal");
        script.shows("Tour").keys("alt-t");
        assert_eq!(step(&script), "environment", "it starts over");
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
    script.effects();
    script.keys("alt-t");
    assert_eq!(step(&script), "none");
    assert_eq!(script.effects(), [Effect::KeepTour { step: None }], "it is over");
    script.hides("Tour 1/");
}

#[test]
fn outside_of_a_demo_the_tour_asks_before_it_goes_to_one() {
    let mut script = Script::on(r#"{"pipeline":"mine"}"#);
    script.keys("alt-t");
    assert_eq!(script.overlays(), ["Guided tour"]);
    script.keys("esc");
    assert_eq!(step(&script), "none");
    script.keys("alt-t enter");
    assert_eq!(script.effects(), [Effect::EnterDemo]);
    assert_eq!(script.json(), r#"{"pipeline":"mine"}"#);
}

#[test]
fn a_blank_start_tells_the_ways_to_begin_until_something_is_composed() {
    let mut script = Script::new();
    script.shows("Ways to begin").shows("the guided tour");
    script.keys("'x'").hides("Ways to begin");
}

#[test]
fn going_back_holds_the_card_until_one_goes_on() {
    let mut script = touring();
    script.keys("f2 'sand' enter ctrl-k 'guest' enter").settles();
    assert_eq!(step(&script), "paste");
    script.keys("alt-b");
    script.keys("tab tab");
    assert_eq!(step(&script), "key", "what completed it once does not hurry anybody on");
    script.shows("you came back to this card").keys("alt-n");
    assert_eq!(step(&script), "paste");
}

#[test]
fn progress_is_kept_with_each_step() {
    let mut script = touring();
    script.keys("f2 'sand' enter");
    assert!(script.effects().contains(&Effect::KeepTour { step: Some("key".to_owned()) }));
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
