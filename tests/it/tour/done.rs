//! When a step is complete: by actions while its card is shown, not by an existing state.

use sei_compose::app::tour::steps;

use super::{instruction, step, touring};
use crate::app::script::Script;

/// The tour after all steps before this one.
fn at(id: &str) -> Script {
    let mut script = touring();
    for here in steps().iter().take_while(|step| step.id != id) {
        for keys in &here.keys {
            script.keys(keys).settles();
        }
    }
    assert_eq!(step(&script), id);
    script
}

/// Skips to a step; returns whether its card says that it is done.
fn skips_to(script: &mut Script, id: &str) -> bool {
    while step(script) != id {
        script.keys("alt-n");
    }
    instruction(script) == "Already done. Alt-n continues."
}

#[test]
fn a_card_of_a_completed_step_says_so_and_waits() {
    let mut script = at("save");
    script.keys("enter f4 'nightly' enter").settles();
    script.keys("alt-b alt-b alt-b");
    assert!(skips_to(&mut script, "save"));
    script.keys("tab tab").shows("✓ Already done. Alt-n continues.").shows("Alt-n next");
    assert_eq!(step(&script), "save", "the tour does not continue on its own");
    script.keys("alt-n");
    assert_eq!(step(&script), "reopen");
    for state in ["setup", "problems", "stages", "artifact", "save"] {
        while step(&script) != "environment" {
            script.keys("alt-b");
        }
        assert!(skips_to(&mut script, state), "{state} does not say that it is done");
        script.keys("tab alt-2 alt-4 alt-1 tab tab");
        assert_eq!(step(&script), state, "done within a blink");
    }
}

#[test]
fn a_save_completes_the_card_also_for_an_already_saved_draft() {
    let mut script = at("save");
    script.keys("enter f4 'nightly' enter").settles();
    script.keys("alt-b").keys("f4").settles();
    assert_eq!(step(&script), "reopen");
}

#[test]
fn a_completed_step_that_is_undone_is_requested_again() {
    let mut script = at("save");
    script.keys("enter f4 'nightly' enter").settles();
    script.keys("alt-b alt-1 tab 'x'");
    assert_eq!(instruction(&script), "Press F4 to save the run as a draft.");
    script.keys("f4").settles();
    assert_eq!(step(&script), "reopen");
}

#[test]
fn unfolding_a_stage_completes_the_step_and_an_open_stage_does_not() {
    let mut script = at("stages");
    script.keys("alt-b alt-3 enter alt-n");
    assert_eq!(step(&script), "stages");
    script.keys("alt-1 alt-3");
    assert_eq!(step(&script), "stages");
    script.keys("enter enter");
    assert_eq!(step(&script), "artifact");
}

#[test]
fn a_previously_entered_key_does_not_complete_the_card() {
    let mut script = touring();
    script.keys("ctrl-k 'guest' enter f2 'sand' enter");
    script.keys("tab tab");
    assert_eq!(step(&script), "key");
    script.keys("ctrl-k 'guest' enter");
    assert_eq!(step(&script), "paste");
}

#[test]
fn a_typed_name_and_integration_id_complete_the_set_up_when_the_field_loses_focus() {
    let mut script = at("setup");
    script.go("/instance_name").keys("'Shop CI'");
    while script.focus() != "" {
        script.keys("down");
    }
    script.keys("'46'");
    assert_eq!(step(&script), "setup", "the number may be incomplete");
    script.keys("'20' tab");
    assert_eq!(step(&script), "guid", "\n{}", script.screen());
}

#[test]
fn the_users_own_run_completes_the_paste_card_also_over_another_run() {
    let mut script = at("setup");
    script.keys("alt-b");
    assert_eq!(step(&script), "paste");
    script.keys("alt-v enter").settles();
    assert_eq!(step(&script), "setup", "\n{}", script.screen());
}

#[test]
fn an_artifact_without_its_identity_is_named_until_it_has_one() {
    let mut script = at("artifact");
    script.keys("alt-4");
    assert_eq!(instruction(&script), "Now go to artifact 1; Enter expands it.");
    script.keys("enter");
    assert_eq!(instruction(&script), "Artifact 1: go to its Qualifier (↑ ↓).");
    script.keys("down down");
    assert_eq!(instruction(&script), "Artifact 1: type its Qualifier, then Tab.");
    script.keys("'2'");
    assert_eq!(instruction(&script), "Then press Tab to leave the field.");
    script.keys("backspace");
    script.keys("insert");
    script.go("/artifacts/0/qualifier").keys("'2.14.0' tab");
    assert_eq!(step(&script), "artifact", "the second artifact is empty\n{}", script.screen());
    assert_eq!(instruction(&script), "Artifact 2: go to its Name (↑ ↓).");
    script.go("/artifacts/1").keys("alt-x");
    script.keys("tab");
    assert_eq!(step(&script), "preview", "\n{}", script.screen());
}

/// Goes back to a step.
fn back_to(script: &mut Script, id: &str) {
    while step(script) != id {
        script.keys("alt-b");
    }
}

#[test]
fn a_received_guid_is_not_an_accepted_run() {
    let mut script = at("send");
    script.keys("enter").settles();
    script.keys("esc");
    back_to(&mut script, "send");
    script.keys("f6").settles();
    assert_eq!(step(&script), "send", "\n{}", script.screen());
}

#[test]
fn a_wider_window_shows_the_payload_and_completes_nothing() {
    let mut script = at("preview");
    script.sized(80, 24).keys("f11 f12");
    back_to(&mut script, "preview");
    script.sized(140, 40);
    assert_eq!(step(&script), "preview");
}
