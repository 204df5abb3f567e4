//! All content is reachable: last lines of dialogs, parts of an import, both ends of a value.

use sei_compose::app::comparison::Comparison;
use sei_compose::app::overlay::{Content, Overlay};
use sei_compose::app::start_tour;
use sei_compose::document;

use super::script::{GOOD, Script, corpus, reply};

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (50, 12)];

/// Scrolls to the end of a dialog and checks its last line; ↑ then scrolls at once.
fn ends(script: &mut Script, name: &str, is_exact: bool) {
    for ((columns, rows), tour) in SIZES.into_iter().flat_map(|size| [(size, false), (size, true)]) {
        script.model.tour.current = None;
        if tour {
            start_tour(&mut script.model, 3);
            script.model.notice = None;
        }
        script.sized(columns, rows).keys("home");
        let mut before = script.screen();
        let is_whole = !before.contains("│ ↓ ");
        for _ in 0..100 {
            let after = script.keys("pagedown").screen();
            if after == before {
                break;
            }
            before = after;
        }
        let whence = format!("{name} at {columns}x{rows}, tour {tour}:\n{before}");
        let dialog: Vec<&str> = before.lines().filter(|line| line.contains("│ ↑ the end")).collect();
        assert!(is_whole || dialog.len() == 1, "{whence}");
        if is_exact && !dialog.is_empty() {
            assert_ne!(script.keys("up").screen(), before, "{whence}");
        }
    }
}

#[test]
fn the_last_line_of_a_reply_is_reached() {
    for status in [202, 400, 401, 403, 404, 413, 429, 500, 503] {
        let mut script = Script::on(GOOD);
        script.keys("f5 enter");
        let ticket = script.ticket();
        script.receive(sei_compose::app::Msg::Network(sei_compose::app::NetworkMsg::Replied {
            ticket,
            result: Ok(reply(status, "{}")),
        }));
        assert_eq!(script.overlays(), ["reply"]);
        ends(&mut script, &format!("the reply {status}"), true);
    }
}

#[test]
fn the_last_line_of_the_review_is_reached() {
    for json in [
        GOOD.to_owned(),
        GOOD.replace("\"success\"", "\"succes\""),
        corpus("whole/node-js-ci.json"),
        "{}".to_owned(),
    ] {
        let mut script = Script::on(&json);
        script.keys("f5");
        ends(&mut script, "the review", true);
    }
}

#[test]
fn the_last_line_of_help_is_reached() {
    for keys in ["alt-1", "alt-2", "alt-2 down down down down down down down", "alt-3", "alt-5", "alt-e 'x'"]
    {
        let mut script = Script::on(&corpus("whole/node-js-ci.json"));
        script.keys(keys).keys("f1");
        assert_eq!(script.overlays(), ["help"]);
        ends(&mut script, &format!("help after {keys}"), false);
    }
}

#[test]
fn the_last_line_of_each_page_is_reached() {
    let mut script = Script::on(&corpus("whole/node-js-ci.json"));
    script.keys("alt-p enter");
    assert_eq!(script.overlays(), ["exported"]);
    ends(&mut script, "an export", true);
    script.keys("esc f5 enter").settles();
    script.keys("esc").asks("sandbox").settles();
    assert_eq!(script.overlays(), ["arrivals"]);
    ends(&mut script, "the sandbox", true);
    let old = document::read("{}").unwrap();
    let comparison = Comparison::new("All", &old, script.model.document.value());
    script.keys("esc").model.overlays.push(Content::Compare(comparison).page());
    ends(&mut script, "a comparison", true);
}

#[test]
fn an_import_opens_at_its_first_part_and_shows_its_notes_above() {
    let pasted = "curl -X POST https://prod2.example/v1/custom-cicd -H 'Authorization: ApiKey placeholder' \
                  -d '{pipeline: \"web\", \"result\": \"success\", \"ci\": True, 'job_full_name': 'a',}'";
    let mut script = Script::new();
    script.sized(50, 12).paste(pasted);
    assert_eq!(script.overlays().len(), 1, "{}", script.screen());
    script.shows("▌[");
    let opened = script.screen();
    for _ in 0..40 {
        script.keys("up");
    }
    assert_ne!(script.screen(), opened, "the notes are above");
    script.hides("▌[").hides("↑");
    let note = match script.model.overlays.last() {
        Some(Overlay::Import(incoming)) => incoming.notes[0].split(' ').take(3).collect::<Vec<_>>().join(" "),
        other => panic!("{other:?}"),
    };
    script.shows(&note);
    // The marked part is visible.
    let before = script.model.clone();
    script.keys("' '").shows("▌[");
    script.model = before;
    for _ in 0..40 {
        if script.screen() == opened {
            break;
        }
        script.keys("down");
    }
    assert_eq!(script.screen(), opened);
    script.keys("down");
    match script.model.overlays.last() {
        Some(Overlay::Import(incoming)) => assert_eq!(incoming.focus, 1),
        other => panic!("{other:?}"),
    }
    script.shows("▌[");
}

#[test]
fn a_value_wider_than_its_field_shows_where_it_continues() {
    let json = GOOD.replace(
        "\"pipeline\":\"web\"",
        "\"pipeline\":\"the beginning of a name as long as two lines, and its end\"",
    );
    let mut script = Script::on(&json);
    script.sized(50, 12).go("/pipeline").shows("…").shows(" its end").hides("the beginning");
    script.keys("home").shows("the beginning").shows("…").hides("its end");
    script.keys("right right right right").shows("the beginning").hides("its end");
    for _ in 0..30 {
        script.keys("right");
    }
    let row = script.screen().lines().find(|line| line.contains('▌')).map(str::to_owned).unwrap();
    assert_eq!(row.matches('…').count(), 2, "{row}");
    script.keys("down").shows("the beginning").hides("its end");
}
