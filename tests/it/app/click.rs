//! A click chooses the element at its cell.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Position;
use sei_compose::app::geometry::Size;
use sei_compose::app::{Effect, Msg};
use sei_compose::keymap::Keymap;
use sei_compose::ui::{self, DrawContext, Theme};

use super::script::{GOOD, Script, corpus};

/// The symbols of each cell of the screen, row by row.
fn cells(script: &Script, ascii: bool) -> Vec<Vec<String>> {
    let Size { columns, rows } = script.model.size;
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    let (theme, keymap) = (Theme { color: true, ascii }, Keymap::built_in().unwrap());
    terminal.draw(|frame| ui::view(&script.model, DrawContext::new(&theme, &keymap), frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let symbol = |x, y| buffer.cell(Position { x, y }).unwrap().symbol().to_owned();
    (0..rows).map(|y| (0..columns).map(|x| symbol(x, y)).collect()).collect()
}

/// The cell where a text starts, on the first row that has it.
fn find(cells: &[Vec<String>], text: &str) -> Option<(u16, u16)> {
    let letters: Vec<String> = text.chars().map(String::from).collect();
    let of_row = |row: &Vec<String>| row.windows(letters.len()).position(|window| *window == letters);
    let (y, x) = cells.iter().enumerate().find_map(|(y, row)| Some((y, of_row(row)?)))?;
    Some((u16::try_from(x).unwrap(), u16::try_from(y).unwrap()))
}

/// Clicks a cell of a text that is on the screen, counted from its start.
fn click_in(script: &mut Script, text: &str, offset: u16) {
    script.draw();
    let cells = cells(script, false);
    let found = find(&cells, text);
    assert!(found.is_some(), "“{text}” is not on\n{}", script.screen());
    let (x, row) = found.unwrap();
    script.receive(Msg::Click { column: x + offset, row });
}

fn click(script: &mut Script, text: &str) {
    click_in(script, text, 0);
}

#[test]
fn each_option_of_the_kind_is_chosen_by_each_of_its_cells() {
    for (columns, rows) in [(120, 36), (80, 24)] {
        for (option, ci, cd) in [(") CI", "true", "false"), (") CD", "false", "true"), (") unset", "", "")] {
            for from in [r#"{"ci":true,"cd":false}"#, r#"{"ci":false,"cd":true}"#, "{}", r#"{"ci":"x"}"#] {
                for offset in 0..u16::try_from(option.len()).unwrap() {
                    let mut script = Script::on(from);
                    script.sized(columns, rows).keys("alt-2");
                    click_in(&mut script, option, offset);
                    assert_eq!(
                        (script.value("/ci").as_str(), script.value("/cd").as_str()),
                        (ci, cd),
                        "{option} {from}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_click_next_to_the_options_of_the_kind_changes_nothing() {
    let mut script = Script::on(r#"{"ci":true}"#);
    script.keys("alt-2");
    for (text, offset) in [("Kind", 0), ("unset", 5), ("unset", 9), ("(•) CI", 0)] {
        click_in(&mut script, text, offset);
        assert_eq!(script.json(), r#"{"ci":true}"#);
        assert!(!script.model.document.can_undo());
    }
    assert!(script.screen().contains("▌Kind") || script.screen().contains("▌ Kind"), "{}", script.screen());
}

#[test]
fn a_click_on_an_arrow_of_a_choice_steps_and_one_on_its_value_only_focuses() {
    let mut script = Script::on(r#"{"result":"SUCCESS","pipeline":"p"}"#);
    script.keys("alt-2");
    for (text, offset, value) in [
        ("‹ SUCCESS ›", 4, "\"SUCCESS\""),
        ("‹ SUCCESS ›", 9, "\"SUCCESS\""),
        ("‹ SUCCESS ›", 10, "\"FAILURE\""),
        ("‹ FAILURE ›", 0, "\"SUCCESS\""),
    ] {
        script.go("/pipeline");
        click_in(&mut script, text, offset);
        assert_eq!(script.value("/result"), value, "{text}");
        assert_eq!(script.focus(), "/result");
    }
    click_in(&mut script, "‹ SUCCESS ›", 12);
    assert_eq!(script.value("/result"), "\"SUCCESS\"", "right of the arrow");
}

#[test]
fn a_click_into_the_field_that_is_typed_into_keeps_what_was_typed() {
    let mut script = Script::new();
    script.go("/result").types("fai");
    click(&mut script, "Result *");
    script.types("l");
    assert_eq!(script.value("/result"), "\"FAILURE\"");
}

#[test]
fn a_button_is_pressed_between_its_brackets_only() {
    let mut script = Script::new();
    script.keys("alt-1");
    for (text, offset) in [("Random GUID ]", 14), ("for testing only", 3), ("[ Random", 60)] {
        click_in(&mut script, text, offset);
        assert_eq!(script.effects(), []);
    }
    for offset in [0, 5, 14] {
        click_in(&mut script, "[ Random GUID ]", offset);
        assert_eq!(script.effects(), [Effect::NewGuid]);
    }
    script.keys("alt-3");
    click_in(&mut script, "+ add a stage", 13);
    assert_eq!(script.json(), "{}");
    click_in(&mut script, "+ add a stage", 12);
    assert!(script.json().contains("stages"), "{}", script.json());
}

#[test]
fn each_cell_of_a_tab_shows_that_tab_also_in_ascii() {
    let titles = ["1 Instance", "2 Job run", "3 Stages", "4 Artifacts", "5 Send"];
    for (json, ascii) in [(GOOD, false), (GOOD, true), (r#"{"branch_name":"main"}"#, true), ("{}", true)] {
        for (position, title) in titles.iter().enumerate() {
            for offset in 0..u16::try_from(title.len()).unwrap() {
                let mut script = Script::on(json);
                let (x, row) = find(&cells(&script, ascii), title).unwrap();
                script.receive(Msg::Click { column: x + offset, row });
                assert_eq!(script.model.form.tab.position(), position, "{title} {ascii}");
            }
        }
    }
    let mut script = Script::new();
    script.keys("alt-3");
    click(&mut script, "Alt-");
    assert_eq!(script.model.form.tab.title(), "Stages", "the key before the tabs is not a tab");
}

#[test]
fn a_click_chooses_the_problem_on_the_screen_also_from_the_text() {
    let mut script = Script::on(r#"{"branch_name":"main","result":"succes","pipeline":"p"}"#);
    // Closing a text that does not parse adds a row above the problems.
    script.keys("alt-e ctrl-end").types("x");
    assert!(script.model.text_fault().is_some());
    let cells = cells(&script, false);
    let top = find(&cells, "╭ Problems").unwrap().1;
    let below: Vec<_> = cells.iter().skip(usize::from(top)).cloned().collect();
    let (column, row) = find(&below, " instance_name ").unwrap();
    script.receive(Msg::Click { column: column + 1, row: row + top });
    assert_eq!(script.focus(), "/instance_name", "{}", script.screen());
    assert!(!script.model.edits_text());
}

#[test]
fn a_click_chooses_its_way_to_start() {
    for (text, shown) in [
        ("start from a template", "New"),
        ("import a file", "Import"),
        ("into the blank form", ""),
        ("a run, curl, CI JSON", ""),
    ] {
        let mut script = Script::new();
        click(&mut script, text);
        assert!(!script.model.edits_text(), "{text}");
        assert_eq!(script.model.overlays.is_empty(), shown.is_empty(), "{text}: {:?}", script.overlays());
    }
}

#[test]
fn a_click_into_the_line_of_the_search_stays_there() {
    let mut script = Script::on(&corpus("whole/node-js-ci.json"));
    script.keys("ctrl-f").types("web");
    click(&mut script, "search");
    assert!(script.model.search().is_some());
}
