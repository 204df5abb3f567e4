//! What the card says where something is not there that its step rests on.

use sei_compose::app::tour::steps;

use super::{instruction, step, touring};
use crate::app::script::Script;

/// The tour at a step, all before it skipped but the choice of the sandbox and those named.
fn skipped_to(id: &str, but: &[&str]) -> Script {
    let mut script = touring();
    for here in steps().iter().take_while(|step| step.id != id) {
        if here.id != "environment" && !but.contains(&here.id.as_str()) {
            script.keys("alt-n");
            continue;
        }
        for keys in &here.keys {
            script.keys(keys).settles();
        }
    }
    assert_eq!(step(&script), id);
    script
}

#[test]
fn in_a_real_place_every_card_after_the_first_leads_back_to_the_sandbox() {
    let mut script = skipped_to("key", &[]);
    script.sends_to("prod2");
    for here in steps().iter().skip(1) {
        assert_eq!(step(&script), here.id);
        assert_eq!(instruction(&script), "Harness PROD2 is real: F2, take the Sandbox.");
        script.shows("a real place, where nothing of the tour belongs").keys("alt-n");
    }
    script.keys("f5");
    assert_eq!(instruction(&script), "Harness PROD2 is real: Esc, F2, Sandbox.");
    script.keys("esc f1").hides("Press Alt-t").shows("Harness PROD2 is real");
    script.keys("esc f2 'sand'");
    assert_eq!(instruction(&script), "The mark stands on Sandbox: press Enter.");
    script.keys("enter").hides("is real");
}

#[test]
fn nothing_done_in_a_real_place_completes_a_step() {
    let mut script = skipped_to("key", &[]);
    script.sends_to("prod2").keys("ctrl-k 'guest' enter");
    assert_eq!(step(&script), "key");
}

#[test]
fn a_send_without_what_it_rests_on_is_led_on_to_it_until_it_goes() {
    let mut script = skipped_to("send", &[]);
    assert_eq!(instruction(&script), "No run is here: Alt-v pastes the sample.");
    script.keys("alt-v");
    assert_eq!(instruction(&script), "Press Enter: it takes what is marked.");
    script.keys("enter");
    assert_eq!(instruction(&script), "No name, no number: Alt-v pastes them.");
    script.keys("alt-v enter");
    assert_eq!(instruction(&script), "No GUID: F6 has the Sandbox make one.");
    script.keys("f6").settles();
    assert_eq!(instruction(&script), "Errors in the way: Shift-F8, Enter; then F5.");
    script.keys("f5");
    assert_eq!(instruction(&script), "Errors in the way: Esc, Shift-F8, Enter; F5.");
    script.keys("esc shift-f8");
    assert_eq!(instruction(&script), "Press Enter: it mends them.");
    script.keys("enter f5 enter").settles();
    assert_eq!(step(&script), "reply", "\n{}", script.screen());
}

#[test]
fn what_no_safe_fix_mends_is_led_to() {
    let mut script = skipped_to("send", &["paste", "setup", "guid", "problems"]);
    assert_eq!(instruction(&script), "Press F5; in the review, Enter sends.");
    script.go("/pipeline").keys("ctrl-l tab");
    assert!(script.model.counts().errors > 0, "\n{}", script.screen());
    assert!(instruction(&script).starts_with("Errors are left: "), "{}", instruction(&script));
}

#[test]
fn a_reply_and_a_draft_are_asked_for_only_where_there_are_some() {
    let mut script = skipped_to("reply", &[]);
    assert_eq!(instruction(&script), "Nothing was sent yet: Alt-b leads back to it.");
    while step(&script) != "reopen" {
        script.keys("alt-n");
    }
    assert_eq!(instruction(&script), "Nothing is saved yet: F4, Enter; then F3.");
}

#[test]
fn the_tick_is_of_the_step_before_and_goes_with_the_next_key() {
    let mut script = skipped_to("key", &[]);
    script.shows("✓ 1 done; now: The key").keys("tab").hides("✓ 1 done");
    script.sized(50, 12).hides("✓ The key");
}

#[test]
fn what_comes_in_is_shown_where_it_stands() {
    let mut script = skipped_to("setup", &["paste"]);
    assert_eq!(script.focus(), "/pipeline");
    script.keys("alt-3 alt-v enter");
    assert_eq!(script.focus(), "/instance_name", "the tab of what came");
}
