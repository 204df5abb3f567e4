//! The draft list: previews, copies, deletion and restoring.

use sei_compose::app::draft_list::DraftListKind;
use sei_compose::app::draft_list::ListedDraft;
use sei_compose::app::{DraftEffect, DraftReply, Effect, Msg};

use super::script::{GOOD, Script, draft};

/// A script with an open list of two drafts.
fn listed() -> Script {
    let mut script = Script::new();
    script.drafts.insert("bare".to_owned(), draft("bare", r#"{"job_full_name":"shop/bare"}"#));
    script.drafts.insert("web".to_owned(), draft("web", GOOD));
    script.keys("f3").settles();
    script
}

#[test]
fn the_chosen_draft_is_read_once() {
    let mut script = listed();
    script.shows("shop/bare, no build number").shows("errors").hides("shop/web #7");
    script.keys("down").settles();
    script.shows("shop/web #7").shows("no errors").shows(r#""pipeline": "web""#).hides("shop/bare");
    script.keys("up");
    assert!(script.effects().is_empty(), "what is known is not asked for again");
    script.shows("shop/bare").types("web");
    assert!(script.effects().is_empty());
    script.shows("shop/web #7");
}

#[test]
fn the_list_counts_the_problems_that_the_opened_draft_has() {
    let twice = GOOD.replacen('{', r#"{"user_id":"a","user_id":"b","#, 1);
    let opened = Script::on(&twice);
    assert_eq!(opened.codes("/user_id"), ["duplicate-key"]);
    let mut script = Script::new();
    script.drafts.insert("twice".to_owned(), draft("twice", &twice));
    script.keys("f3").settles();
    script.shows("shop/web #7").shows("1 error");
}

#[test]
fn on_a_narrow_screen_the_content_of_a_draft_is_shown_below() {
    let mut script = listed();
    for (columns, rows, is_shown) in [(120, 36, true), (80, 24, true), (60, 20, true), (60, 16, false)] {
        script.sized(columns, rows).shows("bare").shows("web");
        assert_eq!(script.screen().contains("shop/bare"), is_shown, "{columns}x{rows}");
    }
    script.sized(60, 20).types("web").settles();
    script.shows("shop/web #7");
}

#[test]
fn a_draft_that_cannot_be_read_shows_the_reason_and_no_preview() {
    let mut script = Script::new();
    let fault = Some("The draft is not JSON: line 3, column 1.".to_owned());
    let kept = ListedDraft {
        name: "broken".to_owned(),
        path: "broken".into(),
        saved: None,
        bytes: 12,
        fault,
        base: None,
    };
    script.receive(Msg::Draft(DraftReply::Drafts { kind: DraftListKind::Drafts, list: Ok(vec![kept]) }));
    assert!(script.effects().is_empty());
    script.shows("The file is unchanged.");
    assert_eq!(script.screen().matches("line 3").count(), 2, "in the list and next to it");
}

#[test]
fn an_answer_about_a_draft_that_is_no_longer_listed_is_dropped() {
    let mut script = listed();
    script.keys("down");
    let effects = script.effects();
    assert!(matches!(&effects[..], [Effect::Draft(DraftEffect::PeekDraft { .. })]), "{effects:?}");
    script.keys("esc");
    script.receive(Msg::Draft(DraftReply::Peeked { path: "web".into(), digest: Err("gone".to_owned()) }));
    assert!(script.overlays().is_empty());
}

#[test]
fn a_draft_is_duplicated_under_a_name_that_is_free() {
    let mut script = listed();
    script.drafts.insert("web 2".to_owned(), draft("web 2", "{}"));
    script.keys("esc f3").settles();
    script.types("web").keys("ctrl-d");
    assert_eq!(script.overlays(), ["Drafts", "Duplicate draft as"]);
    script.shows("web 3").keys("enter").settles();
    assert_eq!(script.drafts["web 3"].document, script.drafts["web"].document);
    assert_eq!(script.overlays(), ["Drafts"]);
    script.keys("delete").shows("web 3").keys("down enter").settles();
    assert!(!script.drafts.contains_key("web 3") && script.drafts.contains_key("web"), "the copy was chosen");
}

#[test]
fn the_trash_is_a_separate_list_and_restores_drafts() {
    let mut script = listed();
    script.types("web").keys("delete down enter").settles();
    assert!(!script.drafts.contains_key("web"));
    script.keys("f3").settles();
    assert_eq!(script.overlays(), ["Trash"]);
    script.shows("shop/web #7").keys("delete");
    assert!(script.notice().contains("can only be restored"), "{}", script.notice());
    script.keys("enter").settles();
    assert!(script.drafts.contains_key("web"));
    assert_eq!(script.notice(), "Restored “web”; {open} lists the drafts.");
    script.asks("trash").settles();
    assert_eq!(script.notice(), "The trash is empty.");
}

#[test]
fn a_draft_whose_name_is_in_use_is_restored_under_another() {
    let mut script = listed();
    script.trash.insert("web".to_owned(), draft("web", "[1]"));
    script.keys("f3").settles();
    script.keys("enter").settles();
    assert_eq!(script.overlays(), ["That name is taken: restore as"]);
    script.keys("enter").settles();
    assert_eq!(sei_compose::document::write_compact(&script.drafts["web restored"].document), "[1]");
    assert_eq!(script.drafts["web"].document.as_object().unwrap().len(), 11, "the other one is as it was");
}

#[test]
fn a_name_that_is_taken_is_reported_in_the_prompt_that_asked_for_it() {
    let long = "a name that is as long as names of nightly builds of a big product";
    for (key, title) in [("f2", "Rename draft to"), ("ctrl-d", "Duplicate draft as")] {
        for name in ["web", long] {
            let mut script = listed();
            script.drafts.insert(long.to_owned(), draft(long, "{}"));
            script.keys(key).keys("ctrl-u").types(name).keys("enter").settles();
            assert_eq!(script.overlays(), ["Drafts", title]);
            script.shows(name.get(..3).unwrap()).shows("already exists.").shows("another").shows("name.");
            assert!(script.notice().is_empty(), "{}", script.notice());
            script.types(" x").hides("already exists").keys("enter").settles();
            assert!(script.drafts.contains_key(&format!("{name} x")), "{title}: the typed text stays");
            assert_eq!(script.overlays(), ["Drafts"]);
        }
    }
}

#[test]
fn a_name_that_is_taken_is_reported_also_for_the_open_draft_and_for_one_in_the_trash() {
    let mut script = listed();
    script.keys("down enter").settles();
    script.asks("rename-draft").keys("ctrl-u 'bare' enter").settles();
    assert_eq!(script.overlays(), ["Rename draft to"]);
    script.shows("A draft called “bare” already exists.").keys("esc");
    script.trash.insert("web".to_owned(), draft("web", "[1]"));
    script.asks("trash").settles();
    script.keys("enter").settles();
    script.keys("ctrl-u 'bare' enter").settles();
    script.shows("A draft called “bare” already exists.").keys("' 2' enter").settles();
    assert_eq!(sei_compose::document::write_compact(&script.drafts["bare 2"].document), "[1]");
}
