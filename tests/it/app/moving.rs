//! Navigation: rows, pages, tabs, lists, help, the mouse, and small screens.

use sei_compose::app::{Effect, Msg, TerminalEffect};

use super::script::{GOOD, Script, corpus};

#[test]
fn tab_moves_past_the_end_of_a_tab_into_the_next() {
    let mut script = Script::new();
    script.keys("ctrl-end tab");
    assert_eq!((script.model.form.tab.title(), script.focus().as_str()), ("Job run", "/pipeline"));
    script.keys("shift-tab");
    assert_eq!(script.model.form.tab.title(), "Instance");
    script.keys("ctrl-home shift-tab");
    assert_eq!(script.model.form.tab.title(), "Send", "and round");
}

#[test]
fn arrows_stay_within_the_tab() {
    let mut script = Script::new();
    script.keys("up up");
    assert_eq!(script.focus(), "/instance_guid");
    script.keys("ctrl-end down down");
    assert_eq!(script.model.form.tab.title(), "Instance");
}

#[test]
fn enter_on_a_text_moves_on() {
    let mut script = Script::new();
    script.go("/pipeline").keys("'a' enter 'b' enter");
    assert_eq!(script.json(), r#"{"pipeline":"a","job_full_name":"b"}"#);
}

#[test]
fn each_tab_remembers_its_focus() {
    let mut script = Script::new();
    script.go("/duration").keys("alt-1 alt-2");
    assert_eq!(script.focus(), "/duration");
    script.keys("ctrl-pagedown ctrl-pageup");
    assert_eq!(script.focus(), "/duration");
}

#[test]
fn page_keys_change_the_tab_at_the_ends() {
    let mut script = Script::on(&corpus("whole/node-js-ci.json"));
    script.sized(80, 24);
    let mut seen = vec![script.model.form.tab.title()];
    for _ in 0..20 {
        script.keys("pagedown");
        if seen.last() != Some(&script.model.form.tab.title()) {
            seen.push(script.model.form.tab.title());
        }
    }
    assert!(
        seen.starts_with(&["Instance", "Job run", "Stages", "Artifacts", "Send", "Instance"]),
        "{seen:?}"
    );
    script.keys("alt-2 ctrl-home pageup");
    assert_eq!(script.model.form.tab.title(), "Instance");
}

#[test]
fn the_focused_row_is_always_on_the_screen() {
    let mut script = Script::on(&corpus("whole/node-js-ci.json"));
    for (columns, rows) in [(120, 36), (80, 24), (60, 20), (50, 12)] {
        script.sized(columns, rows);
        for tab in 1..=5 {
            script.keys(&format!("alt-{tab} ctrl-home alt-f"));
            for key in ["down", "up"] {
                for _ in 0..script.model.form.rows.len() {
                    assert!(script.screen().contains('▌'), "{columns}x{rows}\n{}", script.screen());
                    script.keys(key);
                }
            }
        }
    }
}

#[test]
fn the_payload_follows_the_focus_and_can_be_scrolled() {
    let mut script = Script::on(&corpus("whole/node-js-ci.json"));
    script.sized(120, 20).go("/pipeline").hides("trigger_chain").shows("\"pipeline\"");
    script.go("/trigger_chain/0").shows("\"trigger_chain\"");
    script.keys("ctrl-up ctrl-up ctrl-up ctrl-up ctrl-up ctrl-up ctrl-up ctrl-up ctrl-up ctrl-up ctrl-up ctrl-up ctrl-up ctrl-up");
    script.shows("\"pipeline\"").keys("up down").shows("\"trigger_chain\"");
}

#[test]
fn a_narrow_screen_shows_form_or_payload() {
    let mut script = Script::on(GOOD);
    script.sized(80, 24).shows("Instance GUID").hides("\"pipeline\"");
    script.keys("f12").shows("\"pipeline\"").hides("Instance GUID");
    script.keys("alt-2").shows("Full name").hides("\"pipeline\"");
}

#[test]
fn a_screen_that_is_too_small_is_reported_and_nothing_is_lost() {
    let mut script = Script::new();
    script.go("/pipeline").types("web");
    script.sized(49, 11).shows("minimum 50x12").types("!");
    script.sized(10, 2).sized(1, 1).sized(0, 0).sized(120, 36).shows("web!");
}

#[test]
fn the_palette_finds_actions_by_words_and_names() {
    let mut script = Script::new();
    script.keys("f9 'as curl' enter").shows("request");
    script.keys("f9 'zzzz' enter").shows("no match");
    script.keys("ctrl-u 'stages and' enter");
    assert_eq!(script.model.form.tab.title(), "Stages");
}

#[test]
fn help_shows_the_field_its_problems_and_all_keys() {
    let mut script = Script::on(r#"{"start_time":1679467494}"#);
    script.go("/start_time").keys("f1").shows("start_time (required").shows("start-time-unit").shows("fix:");
    script.keys("pagedown pagedown down down").shows("Tab 3, stages and steps").keys("esc");
    assert!(script.overlays().is_empty());
}

#[test]
fn a_click_focuses_presses_and_changes_tabs() {
    let mut script = Script::on(r#"{"artifacts":[{"name":"a"}]}"#);
    let at = |script: &Script, text: &str| {
        let screen = script.screen();
        let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains(text)).unwrap();
        let column = line.split(text).next().unwrap().chars().count();
        (u16::try_from(column).unwrap(), u16::try_from(row).unwrap())
    };
    for (text, title) in [("2 Job run", "Job run"), ("4 Artifacts", "Artifacts"), ("5 Send", "Send")] {
        let (column, row) = at(&script, text);
        script.receive(Msg::Click { column, row });
        assert_eq!(script.model.form.tab.title(), title);
    }
    script.keys("alt-2");
    let (column, row) = at(&script, "Duration *");
    script.receive(Msg::Click { column, row });
    assert_eq!(script.focus(), "/duration");
    script.keys("alt-1");
    let (column, row) = at(&script, "Random GUID");
    script.receive(Msg::Click { column, row });
    assert_eq!(script.effects(), [Effect::NewGuid]);
    script.keys("alt-4");
    let (column, row) = at(&script, "▸ a");
    script.keys("down").receive(Msg::Click { column, row }).shows("▸ a");
    assert_eq!(script.focus(), "/artifacts/0");
    script.receive(Msg::Click { column, row }).shows("▾ a");
}

#[test]
fn a_click_on_a_problem_goes_to_its_field() {
    let mut script = Script::on(r#"{"branch_name":"main"}"#);
    let row = script.screen().lines().position(|line| line.contains("╭ Problems")).unwrap() + 3;
    script.keys("alt-3").receive(Msg::Click { column: 5, row: u16::try_from(row).unwrap() });
    let here = script.model.problems_here();
    assert_eq!(here, [2], "the third line is the third problem");
}

#[test]
fn the_wheel_moves_in_the_form_and_scrolls_the_payload() {
    let mut script = Script::on(&corpus("whole/node-js-ci.json"));
    script.keys("alt-2").receive(Msg::Wheel { column: 5, row: 5, down: true });
    assert_eq!(script.focus(), "/job_full_name");
    let top = script.model.preview_top();
    script.receive(Msg::Wheel { column: 100, row: 5, down: true });
    assert!(script.model.preview_top() > top);
    assert_eq!(script.focus(), "/job_full_name");
}

#[test]
fn the_terminal_can_get_the_mouse_back() {
    let mut script = Script::new();
    script.asks("toggle-mouse");
    assert_eq!(script.effects(), [Effect::Terminal(TerminalEffect::Mouse(false))]);
    script.asks("toggle-mouse");
    assert_eq!(script.effects(), [Effect::Terminal(TerminalEffect::Mouse(true))]);
}

#[test]
fn a_signal_ends_the_program_at_once() {
    let mut script = Script::new();
    script.go("/pipeline").types("x").receive(Msg::Exit);
    assert!(script.has_quit());
}

#[test]
fn choosing_another_environment_takes_two_keys_and_is_part_of_the_draft() {
    let mut script = Script::new();
    script.keys("f2").shows("Harness PROD2 (prod2)").shows("protected").keys("esc");
    assert!(!script.model.is_unsaved());
    script.sends_to("eu");
    assert_eq!(script.model.chosen().unwrap().environment.id, "eu");
    assert!(script.notice().contains("Harness EU"));
    assert!(!script.model.is_unsaved(), "what was never saved has nothing to remember");
    script.model.draft.file.name = Some("kept".to_owned());
    script.sends_to("prod1");
    assert!(script.model.is_unsaved());
}

#[test]
fn scrolling_past_the_end_of_help_does_not_delay_scrolling_back() {
    let mut script = Script::new();
    script.sized(80, 24).keys("f1");
    for _ in 0..40 {
        script.keys("pagedown");
    }
    let end = script.screen();
    script.keys("pageup");
    assert_ne!(script.screen(), end);
}

#[test]
fn help_names_the_place_of_keys_that_differ_in_the_text_editor() {
    let mut script = Script::new();
    script.sized(120, 200).keys("f1");
    let screen = script.screen();
    let row = |words: &str| {
        let line = screen.lines().find(|line| line.contains(words));
        line.unwrap().replace('│', "").trim().to_owned()
    };
    assert_eq!(row("  Quit"), "F10 ^Q (form ^C)      Quit");
    let chapter = screen.split("In the text editor (Alt-e)").nth(1).unwrap();
    for words in ["^C ^Ins ", "Tab  ", "⇧←  ", "Insert two spaces", "Select to the right"] {
        assert!(chapter.contains(words), "{words} in {chapter}");
    }
    assert!(row("Show the last reply again").starts_with("F9 "), "an action without a key is in the actions");
    assert!(row("Delete the word before").starts_with("^W ^Backspace Alt-Backspace  Delete"));
    script.sized(50, 12).keys("end").shows("↑ the end").keys("home").shows("more");
}
