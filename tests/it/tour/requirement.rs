//! The text of the card when a requirement of its step is missing.

use sei_compose::app::tour::steps;

use super::{instruction, step, touring};
use crate::app::script::Script;

/// The tour at a step. All steps before it are skipped except the choice of the sandbox and these
/// steps.
fn skipped_to(id: &str, except: &[&str]) -> Script {
    let mut script = touring();
    for here in steps().iter().take_while(|step| step.id != id) {
        if here.id != "environment" && !except.contains(&here.id.as_str()) {
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
fn in_a_real_environment_every_card_after_the_first_leads_back_to_the_sandbox() {
    let mut script = skipped_to("key", &[]);
    script.sends_to("prod2");
    for here in steps().iter().skip(1) {
        assert_eq!(step(&script), here.id);
        assert_eq!(instruction(&script), "Harness PROD2 is real: F2, choose the Sandbox.");
        script.shows("a real environment. The tour continues").keys("alt-n");
    }
    script.keys("f5");
    assert_eq!(instruction(&script), "Harness PROD2 is real: Esc, F2, Sandbox.");
    script.keys("esc f1").hides("Press Alt-t").shows("Harness PROD2 is real");
    script.keys("esc f2 'sand'");
    assert_eq!(instruction(&script), "Sandbox is selected: press Enter.");
    script.keys("enter").hides("is real");
}

#[test]
fn no_action_in_a_real_environment_completes_a_step() {
    let mut script = skipped_to("key", &[]);
    script.sends_to("prod2").keys("ctrl-k 'guest' enter");
    assert_eq!(step(&script), "key");
}

#[test]
fn a_send_without_its_requirements_leads_to_each_of_them() {
    let mut script = skipped_to("send", &[]);
    assert_eq!(instruction(&script), "No run yet: Alt-v pastes the sample.");
    script.keys("alt-v");
    assert_eq!(instruction(&script), "Press Enter to import the selection.");
    script.keys("enter");
    assert_eq!(instruction(&script), "No name and id yet: Alt-v pastes them.");
    script.keys("alt-v enter");
    assert_eq!(instruction(&script), "No GUID yet: F6 creates one.");
    script.keys("f6").settles();
    assert_eq!(instruction(&script), "Fix errors: Shift-F8, Enter; then press F5.");
    script.keys("f5");
    assert_eq!(instruction(&script), "Fix errors: Esc, Shift-F8, Enter, F5.");
    script.keys("esc shift-f8");
    assert_eq!(instruction(&script), "Press Enter to apply all fixes.");
    script.keys("enter f5 enter").settles();
    assert_eq!(step(&script), "reply", "\n{}", script.screen());
}

#[test]
fn problems_without_a_safe_fix_are_named() {
    let mut script = skipped_to("send", &["paste", "setup", "guid", "problems"]);
    assert_eq!(instruction(&script), "Press F5; in the review, Enter sends.");
    script.go("/pipeline").keys("ctrl-l tab");
    assert!(script.model.counts().errors > 0, "\n{}", script.screen());
    assert!(instruction(&script).starts_with("Errors remain: "), "{}", instruction(&script));
}

#[test]
fn steps_about_a_reply_or_a_draft_first_lead_to_a_missing_one() {
    let mut script = skipped_to("reply", &[]);
    assert_eq!(instruction(&script), "No run sent: Alt-b returns to “Send the run”.");
    while step(&script) != "reopen" {
        script.keys("alt-n");
    }
    assert_eq!(instruction(&script), "No draft yet: F4, Enter; then F3.");
}

#[test]
fn the_tick_names_the_previous_step_and_disappears_with_the_next_key() {
    let mut script = skipped_to("key", &[]);
    script.shows("✓ 1 done · The API key").keys("tab").hides("✓ 1 done");
    script.sized(50, 12).hides("✓ The key");
}

#[test]
fn an_import_shows_the_tab_with_its_fields() {
    let mut script = skipped_to("setup", &["paste"]);
    assert_eq!(script.focus(), "/pipeline");
    script.keys("alt-3 alt-v enter");
    assert_eq!(script.focus(), "/instance_name", "the tab with the imported fields");
}
