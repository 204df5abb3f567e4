//! A text with a cursor: what a key moves over and what it deletes.

use sei_compose::app::Action;
use sei_compose::app::editor::Editor;
use sei_compose::app::raw::TextBuffer;

fn after(text: &str, actions: &[Action]) -> Editor {
    let mut editor = Editor::new(text);
    for action in actions {
        assert!(editor.act(*action), "{action:?}");
    }
    editor
}

#[test]
fn a_delete_key_removes_one_visible_character() {
    for seen in ["x", "漢", "e\u{301}", "👩‍👩‍👧", "🇩🇪", "\u{200b}", "\n"] {
        let text = format!("a{seen}b");
        assert_eq!(after(&text, &[Action::Left, Action::Backspace]).text(), "ab", "{seen:?}");
        assert_eq!(after(&text, &[Action::Home, Action::Right, Action::Delete]).text(), "ab", "{seen:?}");
        assert_eq!(after(seen, &[Action::Backspace]).text(), "", "{seen:?}");
        assert_eq!(after(seen, &[Action::Home, Action::Delete]).text(), "", "{seen:?}");
    }
}

#[test]
fn an_arrow_key_moves_over_one_visible_character_and_stops_at_the_ends() {
    for seen in ["x", "漢", "e\u{301}", "👩‍👩‍👧", "\u{200b}", "\n"] {
        let length = seen.chars().count();
        let mut editor = after(seen, &[Action::Left]);
        assert_eq!(editor.cursor(), 0, "{seen:?}");
        for action in [Action::Left, Action::Backspace, Action::WordLeft, Action::DeleteWord] {
            editor.act(action);
            assert_eq!((editor.text().as_str(), editor.cursor()), (seen, 0), "{action:?}");
        }
        editor.act(Action::Right);
        assert_eq!(editor.cursor(), length, "{seen:?}");
        for action in [Action::Right, Action::Delete, Action::WordRight] {
            editor.act(action);
            assert_eq!((editor.text().as_str(), editor.cursor()), (seen, length), "{action:?}");
        }
    }
}

#[test]
fn the_far_end_of_a_long_value_is_edited_where_the_cursor_is() {
    for long in ["x".repeat(70_000), "\n".repeat(70_000), "e\u{301}\n".repeat(30_000)] {
        let mut editor = after(&format!("{long}abc"), &[Action::Left, Action::Left]);
        assert_eq!(editor.cursor(), long.chars().count() + 1);
        editor.insert_text("-");
        editor.act(Action::Right);
        editor.act(Action::Backspace);
        assert!(editor.text() == format!("{long}a-c"));
    }
}

#[test]
fn a_value_keeps_its_line_breaks() {
    let mut editor = after("a\r\nb", &[Action::Home, Action::End]);
    editor.insert_text("c");
    assert_eq!(editor.text(), "a\r\nbc");
    for left in ["\r\nbc", "\nbc", "bc"] {
        editor.act(Action::Home);
        editor.act(Action::Delete);
        assert_eq!(editor.text(), left);
    }
}

#[test]
fn deleted_text_is_not_printed() {
    for deletes in [Action::Backspace, Action::DeleteWord, Action::DeleteLine] {
        let printed = format!("{:?}", after("§", &[deletes]));
        assert!(!printed.contains('§'), "{printed}");
    }
}

#[test]
fn a_word_is_the_same_in_a_field_and_in_the_payload_as_text() {
    let text = r#"  "scm_url": ["https://x.y/z", "größe 漢字"],  "#;
    for action in [Action::WordLeft, Action::WordRight] {
        let (mut field, mut sheet) = (Editor::new(text), TextBuffer::new(text));
        let start = if action == Action::WordLeft { Action::End } else { Action::Home };
        field.act(start);
        sheet.move_by(if action == Action::WordLeft { Action::Last } else { Action::First }, 1);
        for _ in 0..20 {
            field.act(action);
            sheet.move_by(action, 1);
            let before = text.get(..sheet.spot().byte).unwrap_or_default();
            assert_eq!(before.chars().count(), field.cursor(), "{action:?}");
        }
    }
}
