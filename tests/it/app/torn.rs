//! Text of the payload that was left before it was JSON: told wherever faults are told, until it is mended or dropped.

use super::script::{GOOD, Script, draft};

/// A good run whose text was left with a quote too many in its second line.
fn torn(json: &str) -> Script {
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
fn it_is_counted_listed_and_marked_until_it_is_mended() {
    for (columns, rows) in [(120, 36), (80, 24)] {
        let mut script = torn(GOOD);
        script.sized(columns, rows).keys("down");
        script.shows("payload text  not JSON at 2:17 · Alt-e mends it").shows("5 Send ✗1");
        script.hides("no errors").hides("Nothing known that SEI would drop");
        script.keys("alt-5 ctrl-home").shows("[ Mend the payload text ]").shows("1 error in the way");
        script.keys("f7");
        assert!(script.model.edits_text());
        assert_eq!(cursor(&script), (2, 17), "at the fault");
        script.keys("backspace esc").shows("no errors").hides("not JSON").hides("✗1").hides("[ Mend");
    }
}

#[test]
fn it_is_the_first_stop_of_the_walk_both_ways() {
    let mut script = torn(r#"{"pipeline":"web","result":"succes","duration":-4}"#);
    let count = script.model.checks.problems.len();
    script.keys("alt-1 ctrl-end f7");
    for way in ["f7", "shift-f7"] {
        let mut seen = Vec::new();
        for _ in 0..=count {
            assert_eq!(script.model.edits_text(), seen.is_empty() || seen.len() == count + 1, "{seen:?}");
            script.keys(way);
            if !script.model.edits_text() {
                seen.extend(script.model.problems_here().first().copied());
            }
        }
        seen.sort_unstable();
        assert_eq!(seen, (0..count).collect::<Vec<_>>(), "{way}");
        assert!(script.model.edits_text(), "{way}: round to the text");
    }
}

#[test]
fn its_row_goes_to_the_fault_by_mouse_and_by_enter() {
    use sei_compose::app::Msg;
    let mut script = torn(r#"{"pipeline":"web","result":"succes"}"#);
    let pane = script.model.layout().unwrap().problems.unwrap().inside();
    script.tell(Msg::Click { column: pane.x + 5, row: pane.y });
    assert!(script.model.edits_text());
    assert_eq!(cursor(&script), (2, 17));
    script.keys("esc").tell(Msg::Click { column: pane.x + 5, row: pane.y + 1 });
    assert_eq!(script.model.problems_here(), [0], "the rows below are the problems");
    script.keys("alt-5 ctrl-home");
    while !script.screen().lines().any(|line| line.contains('▌') && line.contains("Mend the payload")) {
        script.keys("down");
    }
    script.keys("enter");
    assert_eq!((script.model.edits_text(), cursor(&script)), (true, (2, 17)));
}

#[test]
fn a_send_says_in_one_line_how_to_go_on() {
    let mut script = torn(GOOD);
    script.sized(80, 16).keys("f5");
    script.shows("Not sent: text not JSON at 2:17. Alt-e mends it, F9 drop-text drops it.");
}

#[test]
fn saving_the_list_of_drafts_and_the_ways_back_know_of_it() {
    let mut script = torn(GOOD);
    script.keys("f4 'torn' enter").settles();
    assert_eq!(script.notice(), "Saved as “torn”, with text that is not JSON yet.");
    for way in ["alt-c", "revert"] {
        if way == "revert" {
            script.asks(way)
        } else {
            script.keys(way)
        };
        assert!(script.notice().starts_with("The form is as it was saved."), "{way}: {}", script.notice());
        assert!(script.notice().contains("text that is not JSON stays"), "{}", script.notice());
    }
    script.go("/branch_name").types("main").keys("alt-c");
    script.shows("Changes since it was saved, but for text that is not JSON").keys("esc").asks("revert");
    assert!(script.notice().contains("text that is not JSON stays"), "{}", script.notice());
    script.keys("f3").settles();
    script.shows("text not JSON").keys("esc").asks("drop-text");
    script.keys("f4").settles();
    assert_eq!(script.notice(), "Saved as “torn”.");
}

#[test]
fn it_is_told_when_it_comes_back_with_its_draft() {
    let mut kept = draft("torn", GOOD);
    kept.unparsed = Some("{".to_owned());
    let mut script = Script::new();
    script
        .tell(sei_compose::app::Msg::Draft(sei_compose::app::DraftReply::Opened(Ok(Box::new(kept)))))
        .shows("payload text  not JSON at 1:2");
    script.asks("drop-text").hides("payload text  not JSON").shows("no errors");
}
