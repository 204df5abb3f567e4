//! Edits in the form and the text in any order: undo gives the first document and redo the last,
//! and saving and opening in between change nothing.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use sei_compose::app::{DraftReply, Msg};
use sei_compose::document::write_pretty;

use super::script::{GOOD, Script, corpus};

/// Random actions of a user, as keys.
fn actions() -> impl Strategy<Value = Vec<&'static str>> {
    let form = vec![
        "alt-1",
        "alt-2",
        "alt-3",
        "alt-4",
        "down",
        "down down down",
        "up",
        "pagedown",
        "ctrl-end",
        "enter",
        "right",
        "'web'",
        "'two words'",
        "'7'",
        "'now'",
        "'{}'",
        "backspace",
        "ctrl-u",
        "ctrl-w",
        "ctrl-l",
        "insert",
        "ctrl-d",
        "alt-x",
        "alt-up",
        "alt-down",
        "f7 f8",
        "shift-f8 enter",
        "ctrl-z",
        "ctrl-y",
        "ctrl-z ctrl-z",
    ];
    let text = vec![
        "alt-e",
        "esc",
        "alt-e down end",
        "ctrl-home",
        "ctrl-end",
        "pagedown",
        "right right",
        "home",
        "end",
        "end enter",
        "'\"a\": 1,'",
        "'x'",
        "'\"'",
        "','",
        "'{'",
        "'}'",
        "'null'",
        "' 1.50'",
        "backspace",
        "delete",
        "ctrl-w",
        "ctrl-u",
        "tab",
        "ctrl-z",
        "ctrl-y",
        "ctrl-z ctrl-z",
        "alt-e ctrl-home delete esc",
    ];
    vec(prop_oneof![select(form), select(text)], 1..40)
}

fn starts() -> impl Strategy<Value = String> {
    select(vec![
        "{}".to_owned(),
        GOOD.to_owned(),
        corpus("whole/node-js-ci.json"),
        r#"{"zeta":1.10,"pipeline":"a","pipeline":["b"],"start_time":1e400,"job_run":{"stages":[{"steps":[{},7]},[]]}}"#
            .to_owned(),
    ])
}

fn few() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 8, max_shrink_iters: 400, ..usual }
}

/// Whether the text on screen equals the document; unparsed text counts as equal.
fn agrees(script: &Script) -> bool {
    let raw = script.model.payload.raw.as_ref().filter(|raw| raw.fault.is_none());
    raw.is_none_or(|raw| {
        let said = sei_compose::document::read(&raw.editor.text());
        said.as_ref() == Ok(script.model.document.value())
    })
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn undoing_all_by_keys_gives_the_first_document_and_redoing_all_the_last(
        start in starts(),
        actions in actions(),
        from_text in any::<bool>(),
    ) {
        let mut script = Script::on(&start);
        let first = script.json();
        for action in actions {
            script.keys(action);
            prop_assert!(agrees(&script), "after {action}: {:?}", script.model.payload.raw);
        }
        // A running request would receive the keys.
        script.settles();
        script.keys("esc esc");
        if from_text {
            script.keys("alt-e");
        }
        let (last, steps) = (script.json(), script.model.document.steps());
        let mut keys = 0;
        while script.notice() != "Nothing to undo." && keys < 400 {
            script.keys("ctrl-z");
            keys += 1;
            prop_assert!(agrees(&script), "after undo {keys}: {:?}", script.model.payload.raw);
        }
        prop_assert_eq!(script.json(), first);
        // Actions that were undone before stay undone.
        while script.model.document.steps() < steps && keys > 0 {
            script.keys("ctrl-y");
            keys -= 1;
        }
        prop_assert_eq!(script.json(), last);
    }

    #[test]
    fn a_save_and_an_opening_in_between_make_no_difference(
        start in starts(),
        before in actions(),
        after in actions(),
    ) {
        let mut straight = Script::on(&start);
        for action in before {
            straight.keys(action);
        }
        straight.settles();
        straight.keys("esc esc alt-2 ctrl-home");
        let draft = {
            let mut saved = Script::on(&start);
            saved.model = straight.model.clone();
            saved.keys("f4 'kept' enter").settles();
            saved.drafts.get("kept").cloned()
        };
        let mut reopened = Script::new();
        let Some(draft) = draft else { return Ok(()) };
        let written = sei_compose::draft::Draft::read(&draft.write()).unwrap();
        reopened.receive(Msg::Draft(DraftReply::Opened(Ok(Box::new(written)))));
        prop_assert_eq!(reopened.json(), straight.json());
        let text = |script: &Script| script.model.payload.raw.as_ref().map(|raw| raw.editor.text());
        prop_assert_eq!(text(&reopened), text(&straight));
        prop_assert!(!reopened.model.is_unsaved());
        let typed = after.into_iter().filter(|action| action.starts_with('\''));
        let mut texts = Vec::new();
        for script in [&mut straight, &mut reopened] {
            script.keys("alt-2 ctrl-home alt-e ctrl-home down end");
            for action in typed.clone() {
                script.keys(action);
            }
            texts.push((script.json(), text(script)));
        }
        prop_assert_eq!(&texts.first(), &texts.last());
    }

    #[test]
    fn a_change_in_the_form_and_the_same_in_the_text_give_the_same_document(
        start in starts().prop_filter("short enough to be deleted line by line", |start| start.len() < 1_000),
        name in "[a-z \u{e9}\u{1f469}\u{200d}\u{1f467}]{1,12}",
    ) {
        let mut form = Script::on(&start);
        form.go("/branch_name").keys("ctrl-u").types(&name);
        let mut text = Script::on(&start);
        let pretty = write_pretty(form.model.document.value());
        text.keys("alt-e ctrl-home");
        while text.model.payload.raw.as_ref().is_some_and(|raw| !raw.editor.is_empty()) {
            text.keys("ctrl-u ctrl-u ctrl-u ctrl-u");
        }
        text.paste(&pretty).keys("esc");
        prop_assert_eq!(text.json(), form.json());
        text.keys("ctrl-z");
        form.keys("ctrl-z ctrl-z ctrl-z ctrl-z ctrl-z ctrl-z ctrl-z ctrl-z ctrl-z ctrl-z ctrl-z ctrl-z ctrl-z");
        prop_assert_eq!(text.json(), form.json());
    }
}

#[test]
fn typed_text_is_not_undone_at_positions_of_a_rewritten_text() {
    // Spaces after the text; a redone step of the form then rewrites the text without them.
    for typed in ["tab", "' '", "home ' ' ' '", "enter enter"] {
        let mut script = Script::on("{}");
        script.keys("'\"a\": 1,' ctrl-z ctrl-z alt-e end").keys(typed).keys("ctrl-y ctrl-home 'x'");
        script.keys("ctrl-z ctrl-z ctrl-z ctrl-z");
        assert_eq!(script.json(), "{}", "after {typed}");
        assert!(agrees(&script), "after {typed}: {:?}", script.model.payload.raw);
        script.keys("ctrl-y ctrl-y ctrl-y ctrl-y");
        assert!(agrees(&script), "after {typed}: {:?}", script.model.payload.raw);
    }
}
