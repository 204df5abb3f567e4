//! A draft that another program changes on disk while it is open.

use sei_compose::app::{DraftEffect, DraftReply, Effect, Msg};
use sei_compose::document::read;
use sei_compose::draft::Leftover;

use super::script::{NOON, Script, draft};

/// The open draft “web” with an unsaved change.
fn opened() -> Script {
    let mut script = Script::new();
    for name in ["other", "web"] {
        let mut kept = draft(name, &format!(r#"{{"pipeline":"{name}"}}"#));
        kept.environment = Some("sandbox".to_owned());
        script.drafts.insert(name.to_owned(), kept);
    }
    script.keys("f3").settles();
    script.picks("web").settles();
    script.go("/pipeline").keys("'-mine'").settles();
    script
}

/// Changes a draft like a text editor: another payload with the same save time.
fn edits(script: &mut Script, name: &str, json: &str) {
    script.drafts.get_mut(name).unwrap().document = read(json).unwrap();
}

const EDITED: &str = r#"{"pipeline":"web","job_name":"theirs"}"#;

/// The conflict after an editor changed the draft and this session saves it.
fn conflict() -> Script {
    let mut script = opened();
    edits(&mut script, "web", EDITED);
    script.keys("f4").settles();
    script
}

fn on_disk(script: &Script, name: &str) -> String {
    sei_compose::document::write_compact(&script.drafts.get(name).unwrap().document)
}

#[test]
fn a_save_over_the_change_of_another_program_asks_first() {
    let mut script = conflict();
    assert_eq!(script.overlays(), ["Changed on disk"]);
    script.shows("Another program changed “web”").shows("in 2 places");
    script.shows("Show the difference").shows("Overwrite (").shows("Save as a copy").shows("Reload");
    assert_eq!(on_disk(&script, "web"), EDITED);
    script.keys("esc").settles();
    assert_eq!(on_disk(&script, "web"), EDITED);
    assert!(script.model.is_unsaved());
    script.keys("f4").settles();
    script.keys("down enter").settles();
    assert_eq!(on_disk(&script, "web"), r#"{"pipeline":"web-mine"}"#);
    let kept = sei_compose::document::write_compact(&script.trash["web"].document);
    assert_eq!(kept, EDITED, "the replaced version is in the trash");
    assert!(script.notice().contains("The replaced version is in the trash"), "{}", script.notice());
    assert!(!script.model.is_unsaved());
    script.keys("'2' f4").settles();
    assert!(script.overlays().is_empty(), "what was written here is known");
}

#[test]
fn the_question_fits_a_small_screen() {
    let mut script = conflict();
    for (columns, rows) in [(80, 24), (60, 20)] {
        script.sized(columns, rows);
        script.shows("Another program changed").shows("Show the difference").shows("Overwrite (");
        script.shows("Save as a copy").shows("Reload; your changes go to the trash").shows("Cancel");
    }
}

#[test]
fn the_difference_is_shown_above_the_question() {
    let mut script = conflict();
    script.keys("enter").shows("On disk → form").shows("theirs");
    script.keys("esc");
    assert_eq!(script.overlays(), ["Changed on disk"]);
    script.keys("down enter").settles();
    assert_eq!(on_disk(&script, "web"), r#"{"pipeline":"web-mine"}"#);
}

#[test]
fn a_change_while_the_question_is_open_is_asked_about_again() {
    let mut script = conflict();
    let newer = r#"{"pipeline":"newer"}"#;
    edits(&mut script, "web", newer);
    script.keys("down enter").settles();
    assert_eq!(script.overlays(), ["Changed on disk"]);
    assert_eq!(on_disk(&script, "web"), newer);
}

#[test]
fn a_copy_keeps_the_change_of_the_other_program() {
    let mut script = conflict();
    script.keys("down down enter").shows("web copy").keys("enter").settles();
    assert_eq!(on_disk(&script, "web"), EDITED);
    assert_eq!(on_disk(&script, "web copy"), r#"{"pipeline":"web-mine"}"#);
    assert_eq!(script.model.draft.file.name.as_deref(), Some("web copy"));
    assert!(!script.model.is_unsaved());
}

#[test]
fn a_reload_reads_the_draft_from_disk_and_loses_nothing() {
    let mut script = conflict();
    script.keys("down down down enter").settles();
    assert_eq!(script.json(), EDITED);
    assert!(!script.model.is_unsaved());
    assert!(script.notice().starts_with("Reloaded “web” from disk."), "{}", script.notice());
    let kept = sei_compose::document::write_compact(&script.trash["web unsaved"].document);
    assert_eq!(kept, r#"{"pipeline":"web-mine"}"#);
    script.keys("ctrl-z").settles();
    assert_eq!(script.json(), r#"{"pipeline":"web-mine"}"#);
    script.keys("f4").settles();
    assert_eq!(on_disk(&script, "web"), r#"{"pipeline":"web-mine"}"#, "what is on disk was seen");
}

#[test]
fn a_reload_also_reads_the_other_members_of_the_draft() {
    let mut script = opened();
    edits(&mut script, "web", EDITED);
    let kept = script.drafts.get_mut("web").unwrap();
    kept.environment = Some("prod2".to_owned());
    kept.rest.put("integration_id", "4711");
    script.keys("f4").settles();
    script.keys("down down down enter").settles();
    assert_eq!(script.model.chosen().unwrap().environment.id, "prod2");
    assert_eq!(script.model.draft.integration, "4711");
    assert!(!script.model.is_unsaved());
}

#[test]
fn a_deleted_draft_is_saved_again_only_after_a_confirmation() {
    let mut script = opened();
    let gone = script.drafts.remove("web").unwrap();
    script.keys("f4").settles();
    assert_eq!(script.overlays(), ["No longer on disk"]);
    script.keys("esc").settles();
    assert!(!script.drafts.contains_key("web"));
    script.keys("f4").settles();
    // Another program may use the name while the question is open.
    script.drafts.insert("web".to_owned(), gone);
    script.keys("enter").settles();
    assert_eq!(script.overlays(), ["That name is taken"]);
    script.keys("esc").settles();
    script.drafts.remove("web");
    script.keys("f4").settles();
    script.keys("enter").settles();
    assert_eq!(on_disk(&script, "web"), r#"{"pipeline":"web-mine"}"#);
}

#[test]
fn save_and_quit_quits_once_the_question_is_answered() {
    let mut script = opened();
    edits(&mut script, "web", EDITED);
    script.keys("f10 enter");
    assert!(!script.settles());
    script.keys("down enter");
    assert!(script.settles());
    let mut script = opened();
    edits(&mut script, "web", EDITED);
    script.keys("f10 enter").settles();
    script.keys("down down down enter");
    assert!(!script.settles(), "a reload stays");
}

#[test]
fn a_save_during_a_save_runs_after_it() {
    let mut script = opened();
    script.keys("f4 'x' f4");
    let saves = |effects: &[Effect]| {
        effects.iter().filter(|effect| matches!(effect, Effect::Draft(DraftEffect::SaveDraft { .. }))).count()
    };
    let effects = script.effects();
    assert_eq!(saves(&effects), 1, "{effects:?}");
    let mut script = opened();
    script.keys("f4 'x' f4").settles();
    assert!(script.overlays().is_empty(), "{:?}", script.overlays());
    assert_eq!(on_disk(&script, "web"), r#"{"pipeline":"web-minex"}"#);
    assert!(!script.model.is_unsaved());
}

#[test]
fn a_dialog_that_is_closed_during_a_save_does_not_hide_its_end() {
    let mut script = opened();
    script.keys("f4").asks("rename-draft").keys("esc").settles();
    assert!(!script.model.is_unsaved());
}

#[test]
fn a_rename_of_the_open_draft_asks_when_it_changed_and_the_next_save_still_does() {
    let mut script = opened();
    edits(&mut script, "web", EDITED);
    script.asks("rename-draft").keys("ctrl-u 'new' enter").settles();
    assert_eq!(script.overlays(), ["Changed on disk"]);
    assert!(script.drafts.contains_key("web"));
    script.keys("enter").shows("theirs").keys("esc down enter").settles();
    assert_eq!(script.model.draft.file.name.as_deref(), Some("new"));
    assert_eq!(on_disk(&script, "new"), EDITED);
    script.keys("f4").settles();
    assert_eq!(script.overlays(), ["Changed on disk"], "the user did not accept the other version");
    let mut script = opened();
    script.asks("rename-draft").keys("ctrl-u 'new' enter").settles();
    script.keys("f4").settles();
    assert!(script.overlays().is_empty());
    assert_eq!(on_disk(&script, "new"), r#"{"pipeline":"web-mine"}"#);
}

#[test]
fn a_delete_of_the_open_draft_asks_when_it_changed() {
    let mut script = opened();
    edits(&mut script, "web", EDITED);
    script.asks("delete-draft").keys("down enter").settles();
    assert_eq!(script.overlays(), ["Changed on disk"]);
    script.keys("esc").settles();
    assert!(script.drafts.contains_key("web"));
    script.asks("delete-draft").keys("down enter").settles();
    script.keys("down enter").settles();
    assert!(!script.drafts.contains_key("web"));
    assert_eq!(script.trash["web"].document, read(EDITED).unwrap());
}

#[test]
fn only_the_listed_version_is_renamed_copied_or_deleted() {
    for keys in ["f2 ctrl-u 'new' enter", "delete down enter", "ctrl-d enter"] {
        let mut script = opened();
        script.keys("f3").settles();
        script.types("other").settles();
        edits(&mut script, "other", EDITED);
        script.keys(keys).settles();
        assert_eq!(script.drafts.keys().collect::<Vec<_>>(), ["other", "web"], "{keys}");
        let notice = script.notice();
        assert!(notice.starts_with("Another program changed “other”: nothing was done."), "{notice}");
        assert_eq!(script.overlays(), ["Drafts"], "the list is shown anew");
        script.types("other").settles();
        script.keys(keys).settles();
        assert_ne!(script.drafts.keys().collect::<Vec<_>>(), ["other", "web"], "{keys}");
    }
}

#[test]
fn restored_work_does_not_replace_a_later_change() {
    let mut script = opened();
    let work = script.model.draft_now();
    edits(&mut script, "web", EDITED);
    let saved = Some(script.drafts["web"].clone());
    let leftover = Leftover { id: "1".to_owned(), written: Some(NOON), draft: work, saved };
    let mut next = Script::new();
    next.drafts = script.drafts;
    next.work.leftovers = vec![leftover];
    next.offer();
    next.shows("since it was saved, and changed on").keys("enter").settles();
    next.keys("f4").settles();
    assert_eq!(next.overlays(), ["Changed on disk"]);
}

#[test]
fn a_lock_failure_is_reported_in_a_sentence() {
    let mut script = opened();
    script.receive(Msg::Draft(DraftReply::NotLocked(
        "/x/web.lock should be a lock file, but is a symbolic link.".to_owned(),
    )));
    script.shows("Other programs cannot see that this draft is open");
}
