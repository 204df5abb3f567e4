//! The text of the card: which key to press, the reason, and more for a user who waits.

use sei_compose::app::Msg;

use super::{instruction, step, touring};

#[test]
fn the_card_names_the_key_for_the_current_place() {
    let mut script = touring();
    assert_eq!(instruction(&script), "Press F2 to list where runs can go.");
    script.keys("f2");
    assert_eq!(instruction(&script), "Sandbox is selected: press Enter.");
    script.keys("up");
    assert_eq!(instruction(&script), "Type “sand” to select the Sandbox.");
    script.keys("esc f1").shows("→ Press Esc to go back to the form.");
    script.keys("esc alt-e").shows("→ Press Esc to go back to the form.");
    script.keys("esc").shows("→ Press F2 to list where runs can go.");
}

#[test]
fn the_card_spells_out_keys() {
    let mut script = touring();
    script.keys("alt-n").shows("→ Press Ctrl-K to type the API key.");
}

#[test]
fn a_hint_never_replaces_the_key_and_its_reason() {
    for (columns, rows, above) in [(120, 36, 1), (80, 24, 2), (50, 12, 2)] {
        let mut script = touring();
        script.sized(columns, rows).wait(30_000).receive(Msg::Wake);
        let screen = script.screen();
        let row = |text: &str| screen.lines().position(|line| line.contains(text)).unwrap();
        assert!(screen.contains("→ Press F2 to list where runs can go."), "\n{screen}");
        let (hint, card) = (row("Hint: No list? F9, type environment, Enter."), row("Tour 1/"));
        // In the card if it has a free line, otherwise above it.
        assert_eq!(hint < card, above == 2, "\n{screen}");
        assert_eq!(screen.contains("All other environments are real."), columns >= 80, "\n{screen}");
    }
}

#[test]
fn a_hint_yields_to_a_notice_and_describes_an_open_dialog() {
    let mut script = touring();
    script.sized(80, 24).wait(30_000).receive(Msg::Wake);
    script.shows("Hint:").keys("alt-v").hides("Hint:").shows("This step of the tour has nothing to paste.");
    script.keys("tab").shows("Hint:").keys("f2").shows("Hint: Esc closes this, Alt-n skips the step.");
}

#[test]
fn help_shows_the_text_without_room_in_the_card() {
    let mut script = touring();
    script.sized(50, 12).shows("F1 more").hides("imitates").keys("f1").shows("a Harness service");
    script.keys("esc");
    assert_eq!(step(&script), "environment");
}

#[test]
fn a_tour_that_starts_at_a_later_step_says_how_to_restart() {
    let mut script = touring();
    sei_compose::app::start_tour(&mut script.model, 4);
    script.shows("The sandbox is new: the tour continues at step 5, with your last draft.").shows("Tour 5/");
    sei_compose::app::start_tour(&mut script.model, 1);
    script.shows("The tour continues; F9, “tour-again” starts over.").shows("Tour 2/");
}
