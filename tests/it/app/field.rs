//! Actions on one field and on the whole document.

use super::script::{GOOD, Script, draft};

/// A saved draft of a good document.
fn saved() -> Script {
    let mut script = Script::new();
    script.drafts.insert("web".to_owned(), draft("web", GOOD));
    script.keys("f3").settles();
    script.picks("web").settles();
    script
}

#[test]
fn a_single_field_is_reverted_to_its_saved_value() {
    let mut script = saved();
    script.go("/result").keys("'failure'").go("/pipeline").keys("'2'");
    script.go("/result").asks("revert-field");
    assert_eq!(script.value("/result"), r#""success""#);
    assert_eq!(script.value("/pipeline"), r#""web2""#, "the other field keeps its change");
    script.keys("ctrl-z");
    assert_eq!(script.value("/result"), r#""FAILURE""#);
}

#[test]
fn reverting_restores_a_cleared_field_and_removes_a_new_one() {
    let mut script = saved();
    script.go("/build_number").keys("ctrl-l");
    assert_eq!(script.notice(), "Cleared “Build number”; {undo} restores it.");
    script.asks("revert-field");
    assert_eq!(script.value("/build_number"), "7");
    script.go("/branch_name").keys("'main'").asks("revert-field");
    assert_eq!(script.value("/branch_name"), "");
    assert_eq!(script.value("/pipeline"), r#""web""#);
    script.asks("revert-field");
    assert_eq!(script.notice(), "Nothing to revert.");
}

#[test]
fn the_kind_is_reverted_as_one_value() {
    let mut script = saved();
    script.go("/ci").keys("'d'");
    assert_eq!((script.value("/ci"), script.value("/cd")), ("false".to_owned(), "true".to_owned()));
    script.asks("revert-field");
    assert_eq!((script.value("/ci"), script.value("/cd")), ("true".to_owned(), "false".to_owned()));
    script.keys("ctrl-z");
    assert_eq!((script.value("/ci"), script.value("/cd")), ("false".to_owned(), "true".to_owned()));
}

#[test]
fn a_field_of_a_new_item_has_no_saved_value() {
    let mut script = saved();
    script.keys("alt-4 ctrl-home").go("/artifacts/0").keys("enter");
    script.go("/artifacts/0/name").types("x").asks("revert-field");
    assert!(script.notice().contains("was added after the last save"), "{}", script.notice());
    assert_eq!(script.value("/artifacts/0/name"), r#""x""#);
}

#[test]
fn the_menu_offers_the_applicable_actions_and_runs_them() {
    let mut script = saved();
    script.go("/result").keys("'failure' ctrl-space");
    script.shows("Revert this field to its saved value").shows("success").hides("Remove this item");
    script.picks("saved value");
    assert_eq!(script.value("/result"), r#""success""#);
    script.keys("ctrl-space").hides("saved value").picks("null");
    assert_eq!(script.value("/result"), "null");
    script.keys("ctrl-space").hides("to null").picks("empty value");
    assert_eq!(script.value("/result"), r#""""#);
    script.keys("ctrl-space").picks("from the payload");
    assert_eq!(script.value("/result"), "");
    script.keys("alt-1 ctrl-end alt-m").hides("pointer").shows("Copy the whole payload");
}

#[test]
fn copying_the_value_its_place_or_the_payload_is_confirmed() {
    let mut script = saved();
    script.go("/pipeline").asks("copy-value").settles();
    assert_eq!(
        (script.clipboard.as_str(), script.notice()),
        ("web", "Asked the terminal to copy the value of /pipeline.")
    );
    script.go("/start_time").asks("copy-pointer").settles();
    assert_eq!(
        (script.clipboard.as_str(), script.notice()),
        ("/start_time", "Asked the terminal to copy /start_time.")
    );
    script.asks("copy-value").settles();
    assert_eq!(script.clipboard, "1714560000000", "what is not text is copied as JSON");
    script.asks("copy-json").settles();
    assert_eq!(sei_compose::document::read(&script.clipboard).unwrap(), *script.model.document.value());
    assert_eq!(script.notice(), "Asked the terminal to copy the payload, 296 B.");
    script.keys("f11 f11").asks("copy-preview").settles();
    assert!(script.clipboard.starts_with("curl "), "{}", script.clipboard);
    assert!(
        script.notice().starts_with("Asked the terminal to copy the curl command, "),
        "{}",
        script.notice()
    );
}

#[test]
fn an_empty_copy_is_reported() {
    let mut script = Script::new();
    script.go("/pipeline").asks("copy-value");
    assert_eq!(script.notice(), "No value to copy here.");
    script.keys("alt-1 ctrl-end").asks("copy-pointer");
    assert!(script.notice().contains("no place in the payload"), "{}", script.notice());
    assert!(script.effects().is_empty());
}

#[test]
fn changes_since_the_last_save_are_shown_and_reverted_as_one_step() {
    let mut script = saved();
    script.keys("alt-c");
    assert_eq!(script.notice(), "No changes since the draft was saved.");
    script.go("/pipeline").keys("'2'").go("/build_number").keys("ctrl-u '8' alt-c");
    assert_eq!(script.overlays(), ["compare"]);
    script.shows("2 changes").shows("web2").keys("esc");
    script.asks("revert");
    assert_eq!(*script.model.document.value(), script.drafts["web"].document);
    assert!(!script.model.is_unsaved(), "what is in the file needs no saving");
    script.keys("ctrl-z");
    assert_eq!(script.value("/build_number"), "8");
    assert!(script.model.is_unsaved());
    script.keys("ctrl-y");
    assert!(!script.model.is_unsaved());
}

#[test]
fn a_save_moves_the_base_of_the_changes() {
    let mut script = saved();
    script.go("/pipeline").keys("'2' f4").settles();
    script.keys("alt-c");
    assert_eq!(script.notice(), "No changes since the draft was saved.");
    script.keys("'3'").asks("revert");
    assert_eq!(script.value("/pipeline"), r#""web2""#);
}

#[test]
fn the_quit_dialog_can_show_the_unsaved_changes() {
    let mut script = saved();
    script.go("/pipeline").keys("'2' f10").shows("Show changes").keys("down down enter");
    assert_eq!(script.overlays(), ["compare"]);
    script.shows("web2");
    assert!(!script.has_quit());
}

#[test]
fn a_choice_is_found_by_typing_a_part_of_its_word() {
    let mut script = saved();
    script.go("/result").keys("enter 'FAIL'");
    script.shows("FAILURE").keys("enter");
    assert_eq!(script.value("/result"), r#""FAILURE""#);
}
