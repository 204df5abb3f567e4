//! Drafts: saved, opened, renamed, deleted, replaced, and never lost by accident.

use sei_compose::app::draft_list::DraftListKind;
use sei_compose::app::{DraftEffect, DraftReply, Effect, Msg, SaveOutcome};

use super::script::{GOOD, NOON, Script, draft};

fn with_drafts(names: &[&str]) -> Script {
    let mut script = Script::new();
    for name in names {
        let json = format!(r#"{{"pipeline":"{name}"}}"#);
        script.drafts.insert((*name).to_owned(), draft(name, &json));
    }
    script
}

#[test]
fn a_save_asks_for_a_name_and_suggests_the_pipeline() {
    let mut script = Script::on(GOOD);
    script.keys("'x' f4");
    assert_eq!(script.overlays(), ["Save draft as"]);
    script.shows("web").keys("enter").settles();
    assert_eq!(script.drafts["web"].document, *script.model.document.value());
    assert_eq!(script.drafts["web"].environment.as_deref(), Some("sandbox"));
    script.keys("'y' f4").settles();
    assert!(script.overlays().is_empty(), "the second save asks nothing");
    assert_eq!(script.drafts["web"].document, *script.model.document.value());
}

#[test]
fn a_draft_needs_a_name() {
    let mut script = Script::new();
    script.keys("f4 ctrl-u '  ' enter");
    assert_eq!(script.overlays(), ["Save draft as"]);
    script.shows("Type a draft name.").keys("esc");
    assert!(script.effects().is_empty());
}

#[test]
fn an_existing_draft_is_replaced_only_after_a_confirmation() {
    let mut script = with_drafts(&["old"]);
    script.go("/pipeline").keys("'new' f4 ctrl-u 'old' enter").settles();
    assert_eq!(script.overlays(), ["That name is taken"]);
    script.keys("enter").settles();
    assert_eq!(
        script.drafts["old"].document.get(&"/pipeline".parse().unwrap()).unwrap().as_text(),
        Some("old")
    );
    assert!(script.model.is_unsaved());
    script.keys("f4 ctrl-u 'old' enter").settles();
    script.keys("down enter").settles();
    assert_eq!(script.drafts["old"].document, *script.model.document.value());
    assert!(!script.model.is_unsaved());
    assert_eq!(script.model.draft.file.name.as_deref(), Some("old"));
}

#[test]
fn save_as_keeps_the_previous_draft() {
    let mut script = with_drafts(&["one"]);
    script.keys("f3").settles();
    script.keys("enter").settles();
    script.asks("save-as").keys("'-b' enter").settles();
    assert_eq!(script.drafts.keys().collect::<Vec<_>>(), ["one", "one-b"]);
    assert_eq!(script.model.draft.file.name.as_deref(), Some("one-b"));
}

#[test]
fn a_failed_save_shows_the_reason_and_the_draft_stays_unsaved() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'x' f4 enter").effects();
    let revision = script.model.document.revision();
    let outcome = SaveOutcome::Failed("The disk is full.".to_owned());
    script.receive(Msg::Draft(DraftReply::Saved { revision, outcome }));
    script.shows("The disk is full.").shows("Your work is still in memory.");
    assert!(script.model.is_unsaved());
    assert_eq!(script.model.draft.file.name, None);
}

#[test]
fn text_typed_after_the_save_started_is_still_unsaved() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'x' f4 enter 'y'").settles();
    assert_eq!(script.notice(), "Saved as “x”.");
    assert!(script.model.is_unsaved());
}

#[test]
fn an_integration_typed_after_the_save_started_is_still_unsaved() {
    let mut script = Script::new();
    script.keys("ctrl-end up up up f4 enter '4620'").settles();
    assert!(script.model.is_unsaved());
}

#[test]
fn the_list_is_searched_and_opened() {
    let mut script = with_drafts(&["alpha", "beta", "gamma"]);
    script.keys("f3").settles();
    assert_eq!(script.overlays(), ["Drafts"]);
    script.shows("alpha").picks("gam").settles();
    assert_eq!(script.json(), r#"{"pipeline":"gamma"}"#);
    assert_eq!(script.notice(), "Opened “gamma”.");
    assert!(!script.model.document.can_undo());
    assert_eq!(script.model.form.tab.title(), "Instance");
}

#[test]
fn an_empty_draft_list_is_reported() {
    let mut script = Script::new();
    script.keys("f3").settles();
    assert!(script.overlays().is_empty());
    assert!(script.notice().contains("No drafts yet"), "{}", script.notice());
}

#[test]
fn a_draft_that_cannot_be_read_is_listed_with_its_error_and_not_changed() {
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
        .receive(Msg::Draft(DraftReply::Drafts { kind: DraftListKind::Drafts, list: Ok(vec![kept]) }))
        .shows("no JSON")
        .keys("enter");
    assert!(script.effects().is_empty());
    let wanted = "“broken” cannot be read: line 3, column 1: no JSON. The file is unchanged.";
    assert_eq!(script.notice(), wanted);
}

#[test]
fn opening_or_starting_anew_asks_before_dropping_changes() {
    let mut script = with_drafts(&["one"]);
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
    let mut script = with_drafts(&["one", "two"]);
    script.keys("f3").settles();
    script.picks("one").settles();
    script.asks("rename-draft").keys("ctrl-u 'uno' enter").settles();
    assert_eq!(script.model.draft.file.name.as_deref(), Some("uno"));
    script.keys("f3").settles();
    script.types("two").keys("f2 ctrl-u 'due' enter").settles();
    assert_eq!(script.drafts.keys().collect::<Vec<_>>(), ["due", "uno"]);
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
    let mut script = with_drafts(&["one"]);
    script.keys("f3").settles();
    script.keys("enter").settles();
    script.asks("delete-draft").keys("enter").settles();
    assert_eq!(script.drafts.len(), 1, "the first answer keeps it");
    script.keys("f3").settles();
    script.keys("delete down enter").settles();
    assert!(script.drafts.is_empty());
    assert_eq!(script.json(), r#"{"pipeline":"one"}"#);
    assert!(script.model.is_unsaved(), "what is on the screen is the only copy now");
}

#[test]
fn quitting_with_unsaved_changes_asks() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'x' f10");
    assert_eq!(script.overlays(), ["Quit"]);
    script.keys("esc");
    assert!(!script.has_quit());
    script.keys("f10 down enter");
    assert!(script.has_quit(), "without saving");
    script.keys("f10 up enter");
    assert!(!script.has_quit(), "the last answer stays");
}

#[test]
fn quitting_the_demo_by_enter_alone_also_loses_nothing() {
    let mut script = Script::new();
    script.model.settings.demo = true;
    script.go("/pipeline").keys("'x' f10 enter");
    assert!(!script.has_quit());
    assert_eq!(script.overlays(), ["Save draft as"]);
}

#[test]
fn save_and_quit_asks_for_a_name_and_quits_once_the_draft_is_on_disk() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'x' f10 enter");
    assert_eq!(script.overlays(), ["Save draft as"]);
    script.keys("enter");
    let effects = script.effects();
    assert!(matches!(effects.last(), Some(Effect::Draft(DraftEffect::SaveDraft { .. }))), "{effects:?}");
    let revision = script.model.document.revision();
    script.receive(Msg::Draft(DraftReply::Saved {
        revision,
        outcome: SaveOutcome::Saved { at: NOON, base: None },
    }));
    assert!(script.has_quit());
}

#[test]
fn another_draft_opens_after_the_save_or_the_discard() {
    let mut script = with_drafts(&["web"]);
    script.go("/pipeline").keys("'x' f3").settles();
    script.keys("enter").shows("Discard changes").keys("up enter").shows("Save draft as").keys("enter");
    script.settles();
    assert_eq!((script.model.draft.file.name.as_deref(), script.drafts.len()), (Some("web"), 2));
    script.go("/pipeline").keys("'y' ctrl-n enter up enter").settles();
    assert_eq!(script.json(), "{}");
    script.keys("f3").settles();
    script.picks("web").settles();
    assert!(script.value("/pipeline").contains('y'), "what was saved is there");
    script.keys("'z' ctrl-n enter down enter");
    assert_eq!((script.json().as_str(), script.drafts.len()), ("{}", 2));
}

#[test]
fn after_a_canceled_save_nothing_continues_later() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'x' ctrl-n enter up enter esc f4 enter").settles();
    assert_eq!(script.json(), r#"{"pipeline":"x"}"#);
}

#[test]
fn save_and_quit_with_an_existing_name_quits_after_the_answer() {
    let mut script = with_drafts(&["x"]);
    script.go("/pipeline").keys("'x' f10 enter enter").settles();
    assert_eq!(script.overlays(), ["That name is taken"]);
    script.keys("down enter");
    assert!(script.settles());
}

#[test]
fn a_failed_or_canceled_save_and_quit_does_not_quit() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'x' f10 enter esc f4 enter");
    assert!(!script.settles(), "giving up the name gives up leaving");
    script.keys("'y' f10 enter").effects();
    let revision = script.model.document.revision();
    script.receive(Msg::Draft(DraftReply::Saved {
        revision,
        outcome: SaveOutcome::Failed("No room.".to_owned()),
    }));
    assert!(!script.has_quit());
    assert_eq!(script.overlays(), ["Not saved"]);
    script.shows("No room.").keys("up enter").settles();
    assert_eq!(script.clipboard.trim().replace(['\n', ' '], ""), r#"{"pipeline":"xy"}"#);
}

#[test]
fn save_and_quit_does_not_lose_text_typed_meanwhile() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'x' f10 enter enter 'y'");
    assert!(!script.settles());
    assert!(script.model.is_unsaved());
}

#[test]
fn a_save_that_ends_after_another_draft_was_opened_does_not_rename_it() {
    let mut script = with_drafts(&["two"]);
    script.go("/pipeline").keys("'x' f4 enter");
    let revision = script.model.document.revision();
    script.effects();
    script.receive(Msg::Draft(DraftReply::Opened(Ok(Box::new(draft("two", r#"{"pipeline":"two"}"#))))));
    script.receive(Msg::Draft(DraftReply::Saved {
        revision,
        outcome: SaveOutcome::Saved { at: NOON, base: None },
    }));
    assert_eq!(script.model.draft.file.name.as_deref(), Some("two"));
}

#[test]
fn unknown_keys_of_a_draft_file_are_kept() {
    let mut script = Script::new();
    let text = r#"{"format":"sei-compose-draft","version":1,"name":"one","environment":"prod2","document":{"pipeline":"a"},"color":"red"}"#;
    script.drafts.insert("one".to_owned(), sei_compose::draft::Draft::read(text).unwrap());
    script.keys("f3").settles();
    script.keys("enter").settles();
    assert_eq!(script.model.chosen().unwrap().environment.id, "prod2", "the draft's environment is chosen");
    script.go("/pipeline").keys("'b' f4").settles();
    assert!(script.drafts["one"].write().contains(r#""color": "red""#));
}
