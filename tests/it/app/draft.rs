//! Drafts: saved, opened, renamed, deleted, replaced, and never lost by accident.

use sei_compose::app::draft_list::DraftListKind;
use sei_compose::app::{DraftEffect, DraftReply, Effect, Msg, SaveOutcome};

use super::script::{GOOD, NOON, Script, draft};

fn shelved(names: &[&str]) -> Script {
    let mut script = Script::new();
    for name in names {
        let json = format!(r#"{{"pipeline":"{name}"}}"#);
        script.shelf.insert((*name).to_owned(), draft(name, &json));
    }
    script
}

#[test]
fn a_save_asks_for_a_name_and_suggests_the_pipeline() {
    let mut script = Script::on(GOOD);
    script.keys("'x' f4");
    assert_eq!(script.overlays(), ["Save draft as"]);
    script.shows("web").keys("enter").settles();
    assert_eq!(script.shelf["web"].document, *script.model.document.value());
    assert_eq!(script.shelf["web"].environment.as_deref(), Some("sandbox"));
    script.keys("'y' f4").settles();
    assert!(script.overlays().is_empty(), "the second save asks nothing");
    assert_eq!(script.shelf["web"].document, *script.model.document.value());
}

#[test]
fn a_draft_needs_a_name() {
    let mut script = Script::new();
    script.keys("f4 ctrl-u '  ' enter");
    assert_eq!(script.overlays(), ["Save draft as"]);
    script.shows("A draft needs a name.").keys("esc");
    assert!(script.effects().is_empty());
}

#[test]
fn an_existing_draft_is_replaced_only_when_said_so() {
    let mut script = shelved(&["old"]);
    script.go("/pipeline").keys("'new' f4 ctrl-u 'old' enter").settles();
    assert_eq!(script.overlays(), ["That name is taken"]);
    script.keys("enter").settles();
    assert_eq!(
        script.shelf["old"].document.get(&"/pipeline".parse().unwrap()).unwrap().as_text(),
        Some("old")
    );
    assert!(script.model.is_unsaved());
    script.keys("f4 ctrl-u 'old' enter").settles();
    script.keys("down enter").settles();
    assert_eq!(script.shelf["old"].document, *script.model.document.value());
    assert!(!script.model.is_unsaved());
    assert_eq!(script.model.draft.file.name.as_deref(), Some("old"));
}

#[test]
fn save_as_keeps_the_former_draft() {
    let mut script = shelved(&["one"]);
    script.keys("f3").settles();
    script.keys("enter").settles();
    script.asks("save-as").keys("'-b' enter").settles();
    assert_eq!(script.shelf.keys().collect::<Vec<_>>(), ["one", "one-b"]);
    assert_eq!(script.model.draft.file.name.as_deref(), Some("one-b"));
}

#[test]
fn a_failed_save_says_why_and_stays_unsaved() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'x' f4 enter").effects();
    let revision = script.model.document.revision();
    let outcome = SaveOutcome::Failed("The disk is full.".to_owned());
    script.tell(Msg::Draft(DraftReply::Saved { revision, outcome }));
    script.shows("The disk is full.").shows("The work is still here, in memory.");
    assert!(script.model.is_unsaved());
    assert_eq!(script.model.draft.file.name, None);
}

#[test]
fn what_was_typed_after_the_save_began_is_still_unsaved() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'x' f4 enter 'y'").settles();
    assert_eq!(script.notice(), "Saved as “x”.");
    assert!(script.model.is_unsaved());
}

#[test]
fn an_integration_typed_after_the_save_began_is_still_unsaved() {
    let mut script = Script::new();
    script.keys("ctrl-end up up up f4 enter '4620'").settles();
    assert!(script.model.is_unsaved());
}

#[test]
fn the_list_is_searched_and_opened() {
    let mut script = shelved(&["alpha", "beta", "gamma"]);
    script.keys("f3").settles();
    assert_eq!(script.overlays(), ["Drafts"]);
    script.shows("alpha").picks("gam").settles();
    assert_eq!(script.json(), r#"{"pipeline":"gamma"}"#);
    assert_eq!(script.notice(), "Opened “gamma”.");
    assert!(!script.model.document.can_undo());
    assert_eq!(script.model.form.tab.title(), "Instance");
}

#[test]
fn no_drafts_is_said() {
    let mut script = Script::new();
    script.keys("f3").settles();
    assert!(script.overlays().is_empty());
    assert!(script.notice().contains("No drafts yet"), "{}", script.notice());
}

#[test]
fn a_draft_that_cannot_be_read_is_listed_with_its_fault_and_left_alone() {
    use sei_compose::app::draft_list::ListedDraft;
    let mut script = Script::new();
    let fault = Some("line 3, column 1: no JSON.".to_owned());
    let kept = ListedDraft {
        name: "broken".to_owned(),
        path: "broken".into(),
        saved: None,
        bytes: 12,
        fault,
        base: None,
    };
    script
        .tell(Msg::Draft(DraftReply::Drafts { shelf: DraftListKind::Drafts, list: Ok(vec![kept]) }))
        .shows("no JSON")
        .keys("enter");
    assert!(script.effects().is_empty());
    let wanted = "“broken” cannot be read: line 3, column 1: no JSON. Its file is left as it is.";
    assert_eq!(script.notice(), wanted);
}

#[test]
fn opening_or_starting_anew_asks_before_dropping_changes() {
    let mut script = shelved(&["one"]);
    script.go("/pipeline").types("x");
    script.keys("f3").settles();
    script.keys("enter");
    assert_eq!(script.overlays(), ["Open another draft"]);
    script.keys("enter").settles();
    assert_eq!(script.value("/pipeline"), r#""x""#, "the first answer stays");
    script.keys("ctrl-n enter");
    assert_eq!(script.overlays(), ["Start a new draft"]);
    script.keys("esc");
    assert_eq!(script.value("/pipeline"), r#""x""#);
    script.keys("f3").settles();
    script.keys("enter down enter").settles();
    assert_eq!(script.json(), r#"{"pipeline":"one"}"#);
    script.types("z").keys("ctrl-n enter down enter");
    assert_eq!(script.json(), "{}");
    assert_eq!(script.model.draft.file.name, None);
}

#[test]
fn a_draft_is_renamed_from_the_form_or_the_list() {
    let mut script = shelved(&["one", "two"]);
    script.keys("f3").settles();
    script.picks("one").settles();
    script.asks("rename-draft").keys("ctrl-u 'uno' enter").settles();
    assert_eq!(script.model.draft.file.name.as_deref(), Some("uno"));
    script.keys("f3").settles();
    script.types("two").keys("f2 ctrl-u 'due' enter").settles();
    assert_eq!(script.shelf.keys().collect::<Vec<_>>(), ["due", "uno"]);
    assert_eq!(script.overlays(), ["Drafts"], "the list is shown anew");
    assert_eq!(script.model.draft.file.name.as_deref(), Some("uno"), "the open draft keeps its name");
}

#[test]
fn an_unsaved_document_has_no_name_to_change_and_no_file_to_delete() {
    let mut script = Script::new();
    script.asks("rename-draft");
    assert!(script.notice().contains("no name yet"));
    script.asks("delete-draft");
    assert!(script.notice().contains("never saved"));
}

#[test]
fn deleting_asks_first_and_leaves_the_document_on_the_screen() {
    let mut script = shelved(&["one"]);
    script.keys("f3").settles();
    script.keys("enter").settles();
    script.asks("delete-draft").keys("enter").settles();
    assert_eq!(script.shelf.len(), 1, "the first answer keeps it");
    script.keys("f3").settles();
    script.keys("delete down enter").settles();
    assert!(script.shelf.is_empty());
    assert_eq!(script.json(), r#"{"pipeline":"one"}"#);
    assert!(script.model.is_unsaved(), "what is on the screen is the only copy now");
}

#[test]
fn leaving_with_unsaved_changes_asks() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'x' f10");
    assert_eq!(script.overlays(), ["Leave"]);
    script.keys("esc");
    assert!(!script.has_quit());
    script.keys("f10 down enter");
    assert!(script.has_quit(), "without saving");
    script.keys("f10 up enter");
    assert!(!script.has_quit(), "the last answer stays");
}

#[test]
fn leaving_the_demo_by_enter_alone_loses_nothing_either() {
    let mut script = Script::new();
    script.model.settings.demo = true;
    script.go("/pipeline").keys("'x' f10 enter");
    assert!(!script.has_quit());
    assert_eq!(script.overlays(), ["Save draft as"]);
}

#[test]
fn save_then_leave_asks_for_a_name_and_leaves_once_it_is_on_disk() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'x' f10 enter");
    assert_eq!(script.overlays(), ["Save draft as"]);
    script.keys("enter");
    let effects = script.effects();
    assert!(matches!(effects.last(), Some(Effect::Draft(DraftEffect::SaveDraft { .. }))), "{effects:?}");
    let revision = script.model.document.revision();
    script.tell(Msg::Draft(DraftReply::Saved {
        revision,
        outcome: SaveOutcome::Saved { at: NOON, base: None },
    }));
    assert!(script.has_quit());
}

#[test]
fn another_draft_waits_for_the_save_or_for_the_drop() {
    let mut script = shelved(&["web"]);
    script.go("/pipeline").keys("'x' f3").settles();
    script.keys("enter").shows("Stay with them").keys("up enter").shows("Save draft as").keys("enter");
    script.settles();
    assert_eq!((script.model.draft.file.name.as_deref(), script.shelf.len()), (Some("web"), 2));
    script.go("/pipeline").keys("'y' ctrl-n enter up enter").settles();
    assert_eq!(script.json(), "{}");
    script.keys("f3").settles();
    script.picks("web").settles();
    assert!(script.value("/pipeline").contains('y'), "what was saved is there");
    script.keys("'z' ctrl-n enter down enter");
    assert_eq!((script.json().as_str(), script.shelf.len()), ("{}", 2));
}

#[test]
fn where_the_save_is_given_up_nothing_goes_on_later() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'x' ctrl-n enter up enter esc f4 enter").settles();
    assert_eq!(script.json(), r#"{"pipeline":"x"}"#);
}

#[test]
fn save_then_leave_over_a_taken_name_leaves_after_the_answer() {
    let mut script = shelved(&["x"]);
    script.go("/pipeline").keys("'x' f10 enter enter").settles();
    assert_eq!(script.overlays(), ["That name is taken"]);
    script.keys("down enter");
    assert!(script.settles());
}

#[test]
fn save_then_leave_that_fails_or_is_given_up_stays() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'x' f10 enter esc f4 enter");
    assert!(!script.settles(), "giving up the name gives up leaving");
    script.keys("'y' f10 enter").effects();
    let revision = script.model.document.revision();
    script.tell(Msg::Draft(DraftReply::Saved {
        revision,
        outcome: SaveOutcome::Failed("No room.".to_owned()),
    }));
    assert!(!script.has_quit());
    assert_eq!(script.overlays(), ["Not saved"]);
    script.shows("No room.").keys("up enter").settles();
    assert_eq!(script.clipboard.trim().replace(['\n', ' '], ""), r#"{"pipeline":"xy"}"#);
}

#[test]
fn save_then_leave_does_not_drop_what_was_typed_meanwhile() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'x' f10 enter enter 'y'");
    assert!(!script.settles());
    assert!(script.model.is_unsaved());
}

#[test]
fn a_save_that_ends_after_another_draft_was_opened_does_not_rename_it() {
    let mut script = shelved(&["two"]);
    script.go("/pipeline").keys("'x' f4 enter");
    let revision = script.model.document.revision();
    script.effects();
    script.tell(Msg::Draft(DraftReply::Opened(Ok(Box::new(draft("two", r#"{"pipeline":"two"}"#))))));
    script.tell(Msg::Draft(DraftReply::Saved {
        revision,
        outcome: SaveOutcome::Saved { at: NOON, base: None },
    }));
    assert_eq!(script.model.draft.file.name.as_deref(), Some("two"));
}

#[test]
fn unknown_keys_of_a_draft_file_are_kept() {
    let mut script = Script::new();
    let text = r#"{"format":"sei-compose-draft","version":1,"name":"one","environment":"prod2","document":{"pipeline":"a"},"colour":"red"}"#;
    script.shelf.insert("one".to_owned(), sei_compose::draft::Draft::read(text).unwrap());
    script.keys("f3").settles();
    script.keys("enter").settles();
    assert_eq!(script.model.chosen().unwrap().environment.id, "prod2", "the draft's environment is chosen");
    script.go("/pipeline").keys("'b' f4").settles();
    assert!(script.shelf["one"].write().contains(r#""colour": "red""#));
}
