//! When a step counts as done: by what is done while its card is on, and by nothing that was there before.

use sei_compose::app::tour::steps;

use super::{instruction, step, touring};
use crate::app::script::Script;

/// The tour with all steps before this one done.
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

/// Goes on to a step, and asks whether its card says that it is done.
fn skips_to(script: &mut Script, id: &str) -> bool {
    while step(script) != id {
        script.keys("alt-n");
    }
    instruction(script) == "Done already. Alt-n goes on."
}

#[test]
fn a_card_whose_end_is_there_already_says_so_and_waits() {
    let mut script = at("save");
    script.keys("enter f4 'nightly' enter").settles();
    script.keys("alt-b alt-b alt-b");
    assert!(skips_to(&mut script, "save"));
    script.keys("tab tab").shows("✓ Done already. Alt-n goes on.").shows("Alt-n next");
    assert_eq!(step(&script), "save", "nothing hurries anybody on");
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
fn a_save_while_the_card_is_on_completes_it_also_where_it_was_kept_before() {
    let mut script = at("save");
    script.keys("enter f4 'nightly' enter").settles();
    script.keys("alt-b").keys("f4").settles();
    assert_eq!(step(&script), "reopen");
}

#[test]
fn what_was_done_before_and_is_undone_is_asked_for_again() {
    let mut script = at("save");
    script.keys("enter f4 'nightly' enter").settles();
    script.keys("alt-b alt-1 tab 'x'");
    assert_eq!(instruction(&script), "Press F4: it saves the run as a draft.");
    script.keys("f4").settles();
    assert_eq!(step(&script), "reopen");
}

#[test]
fn another_stage_unfolded_completes_the_step_a_stage_left_open_does_not() {
    let mut script = at("stages");
    script.keys("alt-b alt-3 enter alt-n");
    assert_eq!(step(&script), "stages");
    script.keys("alt-1 alt-3");
    assert_eq!(step(&script), "stages");
    script.keys("enter enter");
    assert_eq!(step(&script), "artifact");
}

#[test]
fn a_key_of_before_does_not_complete_the_card_that_asks_for_one() {
    let mut script = touring();
    script.keys("ctrl-k 'guest' enter f2 'sand' enter");
    script.keys("tab tab");
    assert_eq!(step(&script), "key");
    script.keys("ctrl-k 'guest' enter");
    assert_eq!(step(&script), "paste");
}

#[test]
fn a_name_and_an_integration_id_typed_by_hand_complete_the_set_up_once_the_field_is_left() {
    let mut script = at("setup");
    script.go("/instance_name").keys("'Shop CI'");
    while script.focus() != "" {
        script.keys("down");
    }
    script.keys("'46'");
    assert_eq!(step(&script), "setup", "the number may go on");
    script.keys("'20' tab");
    assert_eq!(step(&script), "guid", "\n{}", script.screen());
}

#[test]
fn a_run_of_ones_own_completes_the_card_that_pastes_one_also_where_one_stands() {
    let mut script = at("setup");
    script.keys("alt-b");
    assert_eq!(step(&script), "paste");
    script.keys("alt-v enter").settles();
    assert_eq!(step(&script), "setup", "\n{}", script.screen());
}

#[test]
fn another_artifact_without_its_identity_is_named_until_it_has_one() {
    let mut script = at("artifact");
    script.keys("alt-4");
    assert_eq!(instruction(&script), "Now go to artifact 1; Enter unfolds it.");
    script.keys("enter");
    assert_eq!(instruction(&script), "Artifact 1: go to its Qualifier (↑ ↓).");
    script.keys("down down");
    assert_eq!(instruction(&script), "Artifact 1: type its Qualifier, then Tab.");
    script.keys("'2'");
    assert_eq!(instruction(&script), "Then press Tab: it leaves the field.");
    script.keys("backspace");
    script.keys("insert");
    script.go("/artifacts/0/qualifier").keys("'2.14.0' tab");
    assert_eq!(step(&script), "artifact", "the second one has nothing yet\n{}", script.screen());
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
fn a_guid_that_comes_is_no_run_that_was_accepted() {
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
