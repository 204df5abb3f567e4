//! Unparsed text of the payload: reported with the problems until it is fixed or discarded.

use super::script::{GOOD, Script, draft};

/// A run whose text was left with an extra quote in its second line.
fn with_unparsed_text(json: &str) -> Script {
    let mut script = Script::on(json);
    script.go("/pipeline").keys("alt-e").types("\"").keys("esc");
    assert!(script.model.unparsed_fault().is_some());
    script
}

fn cursor(script: &Script) -> (usize, usize) {
    let raw = script.model.payload.raw.as_ref().unwrap();
    (raw.editor.spot().line + 1, raw.editor.spot().byte + 1)
}

#[test]
fn unparsed_text_is_counted_listed_and_marked_until_it_is_fixed() {
    for (columns, rows) in [(120, 36), (80, 24)] {
        let mut script = with_unparsed_text(GOOD);
        script.sized(columns, rows).keys("down");
        script.shows("payload text  not JSON at 2:17 · Alt-e edit").shows("5 Send ✗1");
        script.hides("no errors").hides("No problems found");
        script.keys("alt-5 ctrl-home").shows("[ Fix the payload text ]").shows("blocked by 1 error");
        script.keys("f7");
        assert!(script.model.edits_text());
        assert_eq!(cursor(&script), (2, 17), "at the fault");
        script
            .keys("backspace esc")
            .shows("no errors")
            .hides("not JSON")
            .hides("✗1")
            .hides("[ Fix the payload");
    }
}

#[test]
fn unparsed_text_is_the_first_problem_in_both_directions() {
    let mut script = with_unparsed_text(r#"{"pipeline":"web","result":"succes","duration":-4}"#);
    let count = script.model.checks.problems.len();
    script.keys("alt-1 ctrl-end f7");
    for key in ["f7", "shift-f7"] {
        let mut seen = Vec::new();
        for _ in 0..=count {
            assert_eq!(script.model.edits_text(), seen.is_empty() || seen.len() == count + 1, "{seen:?}");
            script.keys(key);
            if !script.model.edits_text() {
                seen.extend(script.model.problems_here().first().copied());
            }
        }
        seen.sort_unstable();
        assert_eq!(seen, (0..count).collect::<Vec<_>>(), "{key}");
        assert!(script.model.edits_text(), "{key}: back at the text");
    }
}

#[test]
fn the_row_of_unparsed_text_goes_to_the_error_by_mouse_and_by_enter() {
    use sei_compose::app::Msg;
    let mut script = with_unparsed_text(r#"{"pipeline":"web","result":"succes"}"#);
    let pane = script.model.layout().unwrap().problems.unwrap().inside();
    script.receive(Msg::Click { column: pane.x + 5, row: pane.y });
    assert!(script.model.edits_text());
    assert_eq!(cursor(&script), (2, 17));
    script.keys("esc").receive(Msg::Click { column: pane.x + 5, row: pane.y + 1 });
    assert_eq!(script.model.problems_here(), [0], "the rows below are the problems");
    script.keys("alt-5 ctrl-home");
    while !script.screen().lines().any(|line| line.contains('▌') && line.contains("Fix the payload")) {
        script.keys("down");
    }
    script.keys("enter");
    assert_eq!((script.model.edits_text(), cursor(&script)), (true, (2, 17)));
}

#[test]
fn a_send_with_unparsed_text_shows_the_next_step_in_one_line() {
    let mut script = with_unparsed_text(GOOD);
    script.sized(80, 16).keys("f5");
    script.shows("Not sent: text not JSON at 2:17. Alt-e edits it, F9 drop-text discards it.");
}

#[test]
fn saving_the_draft_list_and_undo_report_unparsed_text() {
    let mut script = with_unparsed_text(GOOD);
    script.keys("f4 'half' enter").settles();
    assert_eq!(script.notice(), "Saved as “half”, with unparsed text.");
    for way in ["alt-c", "revert"] {
        if way == "revert" {
            script.asks(way)
        } else {
            script.keys(way)
        };
        assert!(script.notice().starts_with("The form is as it was saved."), "{way}: {}", script.notice());
        assert!(script.notice().contains("unparsed text stays"), "{}", script.notice());
    }
    script.go("/branch_name").types("main").keys("alt-c");
    script.shows("Changes since saved, without the unparsed text").keys("esc").asks("revert");
    assert!(script.notice().contains("unparsed text stays"), "{}", script.notice());
    script.keys("f3").settles();
    script.shows("unparsed text").keys("esc").asks("drop-text");
    script.keys("f4").settles();
    assert_eq!(script.notice(), "Saved as “half”.");
}

#[test]
fn unparsed_text_is_reported_when_its_draft_is_opened() {
    let mut kept = draft("half", GOOD);
    kept.unparsed = Some("{".to_owned());
    let mut script = Script::new();
    script
        .receive(sei_compose::app::Msg::Draft(sei_compose::app::DraftReply::Opened(Ok(Box::new(kept)))))
        .shows("payload text  not JSON at 1:2");
    script.asks("drop-text").hides("payload text  not JSON").shows("no errors");
}
