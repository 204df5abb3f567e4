//! The list of problems: no empty row while more are hidden, the focused one in full, no secrets.

use sei_compose::app::geometry::Area;
use sei_compose::app::pane::{ProblemPane, message_of};

use super::script::{GOOD, Script, corpus_documents};

fn area(script: &Script) -> Area {
    script.model.layout().unwrap().problems.unwrap().inside()
}

fn pane(script: &Script) -> ProblemPane {
    script.model.problem_pane(area(script))
}

/// Calls a check at every problem of every document.
fn at_every_stop(sizes: [(u16, u16); 2], check: impl Fn(&Script, &str)) {
    for (name, json) in corpus_documents() {
        let mut script = Script::on(&json);
        script.keys("alt-2");
        for _ in 0..=script.model.checks.problems.len() {
            for (columns, rows) in sizes {
                script.sized(columns, rows);
                check(&script, &format!("{name} at {} in {columns}x{rows}", script.focus()));
            }
            script.keys("f7");
        }
    }
}

#[test]
fn no_row_is_empty_while_problems_are_hidden() {
    at_every_stop([(60, 20), (120, 50)], |script, whence| {
        let (pane, height) = (pane(script), usize::from(area(script).height));
        let (above, below) = pane.hidden;
        assert!(pane.rows.len() <= height, "{whence}: {pane:?}");
        let mut shown: Vec<usize> = pane.rows.iter().map(|row| row.index).collect();
        shown.dedup();
        assert_eq!(above + shown.len() + below, script.model.checks.problems.len(), "{whence}: {pane:?}");
        if above + below > 0 {
            assert_eq!(pane.rows.len(), height, "{whence}: {pane:?}");
        }
    });
}

#[test]
fn the_focused_problem_is_shown_in_full_with_its_fix() {
    at_every_stop([(80, 24), (120, 36)], |script, whence| {
        let Some(first) = script.model.problems_here().first().copied() else { return };
        let pane = pane(script);
        let problem = &script.model.checks.problems[first];
        let rows: Vec<_> = pane.rows.iter().filter(|row| row.index == first).collect();
        let words: String = rows.iter().map(|row| row.text.as_str()).collect();
        let bare = |text: &str| text.replace(' ', "");
        assert_eq!(bare(&words), bare(&message_of(problem).1), "{whence}: {pane:?}");
        let fixes = rows.iter().filter(|row| row.fix.is_some()).count();
        // A GUID has no fix: the program creates one.
        let is_about_guid = problem.at.to_string().ends_with("instance_guid");
        assert_eq!(fixes, usize::from(is_about_guid || !problem.fixes.is_empty()), "{whence}: {pane:?}");
    });
}

#[test]
fn a_name_that_place_and_sentence_share_is_shown_once() {
    let mut script = Script::on(r#"{"job_run":{"stages":[{"id":null,"durationInMillis":1}]},"color":1}"#);
    script.sized(120, 50).keys("alt-2");
    let messages: Vec<_> = script.model.checks.problems.iter().map(|problem| message_of(problem)).collect();
    let is_reported = |place: &str, start: &str| {
        assert!(
            messages.iter().any(|(at, words)| at == place && words.starts_with(start)),
            "{place}: {messages:?}"
        );
    };
    is_reported("pipeline", "is missing");
    is_reported("color", "is not a documented field");
    is_reported("build_number", "Without a build number");
    script.shows("✗ pipeline       run    is missing: SEI refuses the run.");
}

#[test]
fn a_fix_shows_the_value_before_and_after() {
    let mut script = Script::on(r#"{"result":"succes","branch_name":"main ","start_time":1679467494}"#);
    script.sized(120, 36).go("/result").shows(r#"F8 "succes" → "SUCCESS""#);
    script.go("/branch_name").shows(r#"F8 "main " → "main""#);
    script.go("/start_time").shows("F8 ×1000 → 2023-03-22 06:44:54");
    script.shows(r#"fix: "succes" → "SUCCESS""#);
}

#[test]
fn a_fix_is_shown_in_full_on_a_narrow_screen_too() {
    let mut script = Script::on(r#"{"start_time":1679467494}"#);
    script.sized(50, 20).go("/start_time").shows("F8 ×1000 → 2023-03-22 06:44:54 UTC");
}

#[test]
fn a_fix_never_shows_a_possible_secret() {
    let mut script = Script::on(r#"{"repo_url":"https://ci:hunter2hunter2@git.example/shop/web"}"#);
    script.go("/repo_url").shows("F8 remove the credentials");
    let words = format!("{:?}", pane(&script));
    assert!(!words.contains("hunter2"), "{words}");
}

#[test]
fn the_list_shows_that_a_key_offers_several_fixes() {
    Script::on(r#"{"ci":true,"cd":true}"#).go("/ci").shows("F8 lists 2 fixes");
}

#[test]
fn unused_problem_rows_belong_to_the_form() {
    let mut good = Script::on(GOOD);
    good.sized(80, 24).keys("alt-2");
    let mut one = Script::on(&GOOD.replacen("\"result\"", "\"team\":1,\"result\"", 1));
    one.sized(80, 24).keys("alt-2");
    assert_eq!(one.model.checks.problems.len(), 1, "{:?}", one.model.checks.problems);
    let mut many = Script::new();
    many.sized(80, 24).keys("alt-2");
    let height = |script: &Script| script.model.layout().unwrap().form.unwrap().height;
    assert!(height(&good) > height(&many));
    assert!(height(&one) > height(&many));
}

#[test]
fn at_a_field_without_problems_the_list_stays_at_the_last_stop() {
    let mut script = Script::on(r#"{"branch_name":"main"}"#);
    script.sized(80, 24).keys("alt-2");
    script.keys("f7 f7 f7 f7");
    let stop = script.model.problems_here()[0];
    script.go("/branch_name");
    assert!(script.model.problems_here().is_empty());
    assert!(pane(&script).rows.iter().any(|row| row.index == stop), "{:?}", pane(&script));
}
