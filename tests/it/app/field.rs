//! What can be done with one field, and with the document as a whole, besides typing.

use super::script::{GOOD, Script, draft};

/// A good document, with its draft saved.
fn saved() -> Script {
    let mut script = Script::new();
    script.shelf.insert("web".to_owned(), draft("web", GOOD));
    script.keys("f3").settles();
    script.picks("web").settles();
    script
}

#[test]
fn a_field_goes_back_to_its_saved_value_alone() {
    let mut script = saved();
    script.go("/result").keys("'failure'").go("/pipeline").keys("'2'");
    script.go("/result").asks("revert-field");
    assert_eq!(script.value("/result"), r#""success""#);
    assert_eq!(script.value("/pipeline"), r#""web2""#, "the other field keeps its change");
    script.keys("ctrl-z");
    assert_eq!(script.value("/result"), r#""FAILURE""#);
}

#[test]
fn a_cleared_field_comes_back_and_a_new_one_goes() {
    let mut script = saved();
    script.go("/build_number").keys("ctrl-l");
    assert_eq!(script.notice(), "Cleared “Build number”; {undo} brings it back.");
    script.asks("revert-field");
    assert_eq!(script.value("/build_number"), "7");
    script.go("/branch_name").keys("'main'").asks("revert-field");
    assert_eq!(script.value("/branch_name"), "");
    assert_eq!(script.value("/pipeline"), r#""web""#);
    script.asks("revert-field");
    assert_eq!(script.notice(), "This field is as it was saved.");
}

#[test]
fn kind_goes_back_as_one() {
    let mut script = saved();
    script.go("/ci").keys("'d'");
    assert_eq!((script.value("/ci"), script.value("/cd")), ("false".to_owned(), "true".to_owned()));
    script.asks("revert-field");
    assert_eq!((script.value("/ci"), script.value("/cd")), ("true".to_owned(), "false".to_owned()));
    script.keys("ctrl-z");
    assert_eq!((script.value("/ci"), script.value("/cd")), ("false".to_owned(), "true".to_owned()));
}

#[test]
fn a_field_of_an_item_that_came_later_has_nothing_to_go_back_to() {
    let mut script = saved();
    script.keys("alt-4 ctrl-home").go("/artifacts/0").keys("enter");
    script.go("/artifacts/0/name").types("x").asks("revert-field");
    assert!(script.notice().contains("came after the last save"), "{}", script.notice());
    assert_eq!(script.value("/artifacts/0/name"), r#""x""#);
}

#[test]
fn the_menu_offers_what_makes_sense_here_and_does_it() {
    let mut script = saved();
    script.go("/result").keys("'failure' ctrl-space");
    script.shows("Put this field back to its saved value").shows("success").hides("Remove this one");
    script.picks("saved value");
    assert_eq!(script.value("/result"), r#""success""#);
    script.keys("ctrl-space").hides("saved value").picks("null");
    assert_eq!(script.value("/result"), "null");
    script.keys("ctrl-space").hides("to null").picks("empty value");
    assert_eq!(script.value("/result"), r#""""#);
    script.keys("ctrl-space").picks("out of the payload");
    assert_eq!(script.value("/result"), "");
    script.keys("alt-1 ctrl-end alt-m").hides("pointer").shows("Copy the whole payload");
}

#[test]
fn the_value_its_place_and_the_payload_are_copied_and_it_is_said() {
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
fn nothing_to_copy_is_said() {
    let mut script = Script::new();
    script.go("/pipeline").asks("copy-value");
    assert_eq!(script.notice(), "There is no value here to copy.");
    script.keys("alt-1 ctrl-end").asks("copy-pointer");
    assert!(script.notice().contains("no place in the payload"), "{}", script.notice());
    assert!(script.effects().is_empty());
}

#[test]
fn changes_since_the_last_save_are_shown_and_taken_back_as_one_step() {
    let mut script = saved();
    script.keys("alt-c");
    assert_eq!(script.notice(), "Nothing changed since it was saved.");
    script.go("/pipeline").keys("'2'").go("/build_number").keys("ctrl-u '8' alt-c");
    assert_eq!(script.overlays(), ["compare"]);
    script.shows("2 changes").shows("web2").keys("esc");
    script.asks("revert");
    assert_eq!(*script.model.document.value(), script.shelf["web"].document);
    assert!(!script.model.is_unsaved(), "what is in the file needs no saving");
    script.keys("ctrl-z");
    assert_eq!(script.value("/build_number"), "8");
    assert!(script.model.is_unsaved());
    script.keys("ctrl-y");
    assert!(!script.model.is_unsaved());
}

#[test]
fn a_save_moves_what_changes_are_told_against() {
    let mut script = saved();
    script.go("/pipeline").keys("'2' f4").settles();
    script.keys("alt-c");
    assert_eq!(script.notice(), "Nothing changed since it was saved.");
    script.keys("'3'").asks("revert");
    assert_eq!(script.value("/pipeline"), r#""web2""#);
}

#[test]
fn leaving_can_show_what_would_be_lost() {
    let mut script = saved();
    script.go("/pipeline").keys("'2' f10").shows("See what changed").keys("down down enter");
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
