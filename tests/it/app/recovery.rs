//! Recovery: unsaved work is on disk and offered after a session that ended without saving.

use sei_compose::app::{
    self, Access, DraftReply, Effect, Msg, RecoveryEffect, RecoveryReply, TerminalEffect,
};
use sei_compose::document::read;
use sei_compose::draft::Leftover;
use sei_compose::time::Timestamp;

use super::script::{NOON, Script, draft};

fn leftover_of(name: &str, json: &str) -> Leftover {
    let mut work = draft(name, json);
    work.environment = Some("sandbox".to_owned());
    Leftover { id: "1".to_owned(), written: Some(NOON), draft: work, saved: None }
}

/// Unsaved work on a draft that was saved with a time.
fn on_a_saved_draft() -> Leftover {
    let mut leftover = leftover_of("web", r#"{"pipeline":"web","build_number":7}"#);
    leftover.draft.saved = Some(Timestamp::from_millis(1));
    let mut saved = draft("web", r#"{"pipeline":"web"}"#);
    saved.saved = Some(Timestamp::from_millis(1));
    saved.environment = Some("sandbox".to_owned());
    leftover.saved = Some(saved);
    leftover
}

/// A start that finds unsaved work.
fn offered(leftovers: Vec<Leftover>) -> Script {
    let mut script = Script::new();
    script.work.leftovers = leftovers;
    script.offer();
    script
}

#[test]
fn work_is_on_disk_within_a_second_of_its_first_change() {
    let mut script = Script::new();
    script.go("/pipeline").effects();
    let before = script.model.now.millis();
    let written = |script: &mut Script| {
        script
            .effects()
            .iter()
            .any(|effect| matches!(effect, Effect::Recovery(RecoveryEffect::KeepWork { .. })))
    };
    while !written(&mut script) {
        script.types("x");
        assert!(script.model.now.millis() - before < 900, "not written while keys go on");
    }
}

#[test]
fn a_pause_writes_and_an_idle_program_is_not_woken() {
    let mut script = Script::new();
    script.go("/pipeline").types("x");
    let due = script.model.deadline().unwrap().millis() - script.model.now.millis();
    assert!((1..=300).contains(&due), "{due}");
    script.wait(due).receive(Msg::Wake).settles();
    assert_eq!(script.work.kept, Some(script.model.draft_now()));
    assert_eq!(script.model.deadline(), None);
}

#[test]
fn a_write_waits_for_the_running_one_and_includes_later_changes() {
    let mut script = Script::new();
    script.go("/pipeline").types("a").wait(1_000).receive(Msg::Wake);
    let first = script.effects();
    script.types("b").wait(1_000).receive(Msg::Wake);
    assert!(
        !script
            .effects()
            .iter()
            .any(|effect| matches!(effect, Effect::Recovery(RecoveryEffect::KeepWork { .. })))
    );
    assert_eq!(script.model.deadline(), None);
    assert!(matches!(&first[..], [Effect::Recovery(RecoveryEffect::KeepWork { .. })]), "{first:?}");
    script.receive(Msg::Recovery(RecoveryReply::WorkKept(Ok(())))).settles();
    assert_eq!(script.work.kept, Some(script.model.draft_now()));
}

#[test]
fn saved_undone_or_discarded_work_is_removed_from_disk() {
    let typed = || {
        let mut script = Script::new();
        script.go("/pipeline").types("x").wait(1_000).receive(Msg::Wake).settles();
        assert!(script.work.kept.is_some());
        script
    };
    let mut saved = typed();
    saved.keys("f4 enter").settles();
    let mut undone = typed();
    undone.keys("ctrl-z").settles();
    let mut given_up = typed();
    given_up.keys("f10 down enter");
    assert!(given_up.settles());
    // The dialog saves and quits at once; the name is asked for first.
    let mut saved_and_quit = typed();
    saved_and_quit.keys("f10 enter").settles();
    saved_and_quit.keys("enter");
    assert!(saved_and_quit.settles());
    let is_gone = |script: Script| script.work.kept.is_none() && script.model.deadline().is_none();
    assert!(is_gone(saved) && is_gone(undone) && is_gone(given_up));
    assert!(is_gone(saved_and_quit), "a copy is left after quitting with a save");
}

#[test]
fn a_signal_and_a_fault_write_unsaved_work() {
    let mut script = Script::new();
    script.go("/pipeline").types("x").effects();
    let mut broken = script.model.clone();
    script.receive(Msg::Exit);
    let effects = script.effects();
    assert!(
        matches!(
            &effects[..],
            [Effect::Recovery(RecoveryEffect::KeepWork { .. }), Effect::Terminal(TerminalEffect::Quit)]
        ),
        "{effects:?}"
    );
    assert!(matches!(app::rescue(&mut broken), Some(Effect::Recovery(RecoveryEffect::KeepWork { .. }))));
    assert_eq!(app::rescue(&mut broken), None);
}

#[test]
fn a_read_only_session_writes_nothing() {
    let mut script = Script::new();
    script.model.settings.read_only = true;
    script.go("/pipeline").types("x").wait(1_000).receive(Msg::Wake).receive(Msg::Exit);
    assert_eq!(script.effects(), [Effect::Terminal(TerminalEffect::Quit)]);
}

#[test]
fn a_write_error_is_reported_once_and_the_write_is_retried_with_the_next_change() {
    let mut script = Script::new();
    script.work.fault = Some("No space left. Free some space.".to_owned());
    script.go("/pipeline").types("x").wait(1_000).receive(Msg::Wake).settles();
    assert_eq!(
        script.notice(),
        "Unsaved work is in memory only: No space left. Free some space. {copy-json} copies it."
    );
    assert_eq!(script.model.deadline(), None);
    script.types("y").wait(1_000).receive(Msg::Wake).settles();
    assert_eq!(script.notice(), "");
    script.work.fault = None;
    script.types("z").wait(1_000).receive(Msg::Wake).settles();
    assert_eq!(script.work.kept, Some(script.model.draft_now()));
}

#[test]
fn restored_work_is_a_step_after_the_saved_draft_and_can_be_undone() {
    let mut script = offered(vec![on_a_saved_draft()]);
    assert_eq!(script.overlays(), ["Unsaved work"]);
    script.shows("Last change 2 minutes ago; 1 change since it was saved.");
    script.keys("enter").settles();
    assert_eq!(script.json(), r#"{"pipeline":"web","build_number":7}"#);
    assert!(script.model.is_unsaved());
    assert_eq!(script.model.draft.file.name.as_deref(), Some("web"));
    assert!(script.work.kept.is_some() && script.work.leftovers.is_empty());
    script.keys("ctrl-z").settles();
    assert_eq!(script.json(), r#"{"pipeline":"web"}"#);
    assert!(!script.model.is_unsaved());
    assert_eq!(script.work.kept, None);
    script.keys("ctrl-y").wait(1_000).receive(Msg::Wake).settles();
    assert!(script.work.kept.is_some());
}

#[test]
fn restored_work_is_compared_with_the_saved_draft_and_can_be_reverted_to_it() {
    let mut script = offered(vec![on_a_saved_draft()]);
    script.keys("enter").settles();
    script.keys("alt-c").shows("1 change").shows("build_number").keys("esc").asks("revert").settles();
    assert_eq!(script.json(), r#"{"pipeline":"web"}"#);
    assert!(!script.model.is_unsaved());
    assert_eq!(script.work.kept, None, "what is as it was saved needs no recovery");
}

#[test]
fn restored_work_includes_its_environment_and_integration() {
    let mut leftover = leftover_of("", r#"{"pipeline":"web"}"#);
    leftover.draft.environment = Some("eu".to_owned());
    leftover.draft.rest.put("integration_id", read("\"4620\"").unwrap());
    let mut script = offered(vec![leftover]);
    script.keys("enter").settles();
    assert_eq!(script.model.draft.integration, "4620");
    assert_eq!(script.model.chosen().unwrap().environment.id, "eu");
    assert_eq!(script.model.draft.file.name, None);
    assert!(script.model.is_unsaved());
}

#[test]
fn restored_work_includes_unparsed_text() {
    let mut leftover = on_a_saved_draft();
    leftover.draft.unparsed = Some("{\"pipeline\": \"half".to_owned());
    let mut script = offered(vec![leftover]);
    script.keys("enter").settles();
    assert_eq!(script.model.draft_now().unparsed.as_deref(), Some("{\"pipeline\": \"half"));
    assert_eq!(script.json(), r#"{"pipeline":"web","build_number":7}"#);
    assert!(script.model.is_unsaved());
    assert!(script.work.kept.is_some());
}

#[test]
fn work_is_compared_before_it_is_restored() {
    let mut script = offered(vec![on_a_saved_draft()]);
    script.keys("down enter").shows("build_number").shows("+ 7");
    script.keys("esc");
    assert_eq!(script.overlays(), ["Unsaved work"]);
    script.keys("up enter").settles();
    assert!(script.model.is_unsaved());
}

#[test]
fn postponed_work_is_restored_by_its_action() {
    let mut script = offered(vec![leftover_of("", "{\"pipeline\":\"web\"}")]);
    script.keys("up enter").settles();
    assert!(script.overlays().is_empty());
    script.asks("recover").settles();
    assert_eq!(script.overlays(), ["Unsaved work"]);
    script.keys("up up enter").settles();
    assert_eq!(script.notice(), "The unsaved work is in the trash.");
    script.asks("recover").settles();
    assert_eq!(script.notice(), "No unsaved work to recover.");
}

#[test]
fn one_of_several_leftovers_is_chosen() {
    let other = Leftover { id: "2".to_owned(), ..leftover_of("api", "{}") };
    let mut script = offered(vec![on_a_saved_draft(), other]);
    script.shows("2 minutes ago · 1 change since it was saved").shows("2 minutes ago · never saved");
    script.picks("api").keys("enter").settles();
    assert_eq!(script.model.draft.file.name.as_deref(), Some("api"));
    assert_eq!(script.work.leftovers.len(), 1);
}

#[test]
fn restoring_asks_before_it_drops_unsaved_work_of_this_session() {
    let mut script = Script::new();
    script.work.leftovers = vec![on_a_saved_draft()];
    script.go("/pipeline").keys("'mine'");
    script.asks("recover").settles();
    script.keys("enter").settles();
    assert_eq!(script.value("/pipeline"), "\"mine\"");
    script.keys("down enter").settles();
    assert_eq!(script.value("/build_number"), "7");
}

#[test]
fn the_lock_follows_the_draft() {
    let mut script = Script::new();
    script.drafts.insert("web".to_owned(), draft("web", "{}"));
    script.keys("f3").settles();
    script.keys("enter").settles();
    script.go("/pipeline").keys("'x'").asks("save-as").keys("'2' enter").settles();
    assert_eq!(script.work.locked.as_deref(), Some("web2"));
    script.keys("ctrl-n enter").settles();
    assert_eq!(script.work.locked, None);
}

#[test]
fn a_draft_that_is_open_elsewhere_is_opened_as_a_copy_or_read_only() {
    let mut script = Script::new();
    script.drafts.insert("web copy".to_owned(), draft("web copy", "{}"));
    let elsewhere = || Msg::Draft(DraftReply::InUse(Box::new(draft("web", r#"{"pipeline":"web"}"#))));
    script.receive(elsewhere()).shows("Another program has “web” open").keys("enter").settles();
    assert_eq!(script.model.draft.file.name.as_deref(), Some("web copy"));
    assert_eq!(script.json(), r#"{"pipeline":"web"}"#);
    script.keys("f4").settles();
    assert_eq!(script.overlays(), ["That name is taken"], "no draft is replaced unasked");

    let mut script = Script::new();
    script.receive(elsewhere()).keys("down enter").shows("read-only").settles();
    script.go("/pipeline").keys("'s' f4");
    assert_eq!(script.overlays(), ["Save draft as"]);
    script.keys("enter").settles();
    assert_eq!(script.model.draft.file.access, Access::Own);
    assert_eq!(script.drafts.keys().collect::<Vec<_>>(), ["web copy"]);
    assert!(!script.model.is_unsaved());
}
