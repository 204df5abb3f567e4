//! What the card says: what to press where one is, what for, and more to somebody who waits.

use sei_compose::app::Msg;

use super::{instruction, step, touring};

#[test]
fn the_card_says_what_to_press_where_one_is() {
    let mut script = touring();
    assert_eq!(instruction(&script), "Press F2: it lists where runs can go.");
    script.keys("f2");
    assert_eq!(instruction(&script), "The mark stands on Sandbox: press Enter.");
    script.keys("up");
    assert_eq!(instruction(&script), "Type sand: the mark goes to the Sandbox.");
    script.keys("esc f1").shows("→ Press Esc: it leads back to the form.");
    script.keys("esc alt-e").shows("→ Press Esc: it leads back to the form.");
    script.keys("esc").shows("→ Press F2: it lists where runs can go.");
}

#[test]
fn keys_are_spelled_out_in_the_card() {
    let mut script = touring();
    script.keys("alt-n").shows("→ Press Ctrl-K: it asks for the API key.");
}

#[test]
fn a_hint_never_takes_the_room_of_what_to_press_and_what_for() {
    for (columns, rows, above) in [(120, 36, 1), (80, 24, 2), (50, 12, 2)] {
        let mut script = touring();
        script.sized(columns, rows).wait(30_000).tell(Msg::Wake);
        let screen = script.screen();
        let row = |text: &str| screen.lines().position(|line| line.contains(text)).unwrap();
        assert!(screen.contains("→ Press F2: it lists where runs can go."), "\n{screen}");
        let (hint, card) = (row("Hint: No list? F9, type environment, Enter."), row("Tour 1/"));
        // In the card where it has a line left, else above it.
        assert_eq!(hint < card, above == 2, "\n{screen}");
        assert_eq!(screen.contains("All others are real."), columns >= 80, "\n{screen}");
    }
}

#[test]
fn a_hint_gives_way_to_what_just_happened_and_in_a_dialog_speaks_of_that() {
    let mut script = touring();
    script.sized(80, 24).wait(30_000).tell(Msg::Wake);
    script.shows("Hint:").keys("alt-v").hides("Hint:").shows("This step of the tour has nothing to paste.");
    script.keys("tab").shows("Hint:").keys("f2").shows("Hint: Esc closes this, Alt-n skips the step.");
}

#[test]
fn what_has_no_room_is_read_with_help() {
    let mut script = touring();
    script.sized(50, 12).shows("F1 more").hides("stands in").keys("f1").shows("a service of Harness");
    script.keys("esc");
    assert_eq!(step(&script), "environment");
}

#[test]
fn a_tour_that_begins_further_on_says_how_to_start_over() {
    let mut script = touring();
    sei_compose::app::start_tour(&mut script.model, 4);
    script.shows("The Sandbox is new, so the tour goes on at step 5, with your last draft.").shows("Tour 5/");
    sei_compose::app::start_tour(&mut script.model, 1);
    script.shows("The tour goes on; F9, “tour-again” starts over.").shows("Tour 2/");
}
