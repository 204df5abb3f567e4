//! The text under the cursor: a thin coat around the text area, which is the editing engine.
//!
//! The screen paints the text itself; nothing here knows how.

use tui_textarea::{CursorMove, TextArea};

/// Editable text with a cursor. A value with line breaks keeps them.
#[derive(Debug, Clone)]
pub struct Editor {
    area: TextArea<'static>,
}

impl PartialEq for Editor {
    fn eq(&self, other: &Self) -> bool {
        self.area.lines() == other.area.lines() && self.area.cursor() == other.area.cursor()
    }
}

impl Editor {
    /// An editor holding `text`, with the cursor at its end.
    pub fn new(text: &str) -> Self {
        let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let mut area = TextArea::new(lines);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// How many characters stand before the cursor.
    pub fn cursor(&self) -> usize {
        let tui_textarea::DataCursor(row, column) = self.area.cursor();
        let above: usize = self.area.lines().iter().take(row).map(|line| line.chars().count() + 1).sum();
        above + column
    }

    /// Types one character.
    pub fn insert(&mut self, character: char) {
        if character == '\n' {
            self.area.insert_newline();
        } else {
            self.area.insert_char(character);
        }
    }

    /// Types many characters at once.
    pub fn insert_text(&mut self, text: &str) {
        self.area.insert_str(text);
    }

    /// Replaces everything.
    pub fn replace(&mut self, text: &str) {
        *self = Self::new(text);
    }

    /// Moves or deletes; whether the action was one of editing.
    pub fn act(&mut self, action: crate::app::Action) -> bool {
        use crate::app::Action;
        #[expect(clippy::wildcard_enum_match_arm, reason = "an editor knows only the actions of typing")]
        match action {
            Action::Left => self.area.move_cursor(CursorMove::Back),
            Action::Right => self.area.move_cursor(CursorMove::Forward),
            Action::WordLeft => self.area.move_cursor(CursorMove::WordBack),
            Action::WordRight => self.area.move_cursor(CursorMove::WordForward),
            Action::Home => {
                self.area.move_cursor(CursorMove::Top);
                self.area.move_cursor(CursorMove::Head);
            }
            Action::End => {
                self.area.move_cursor(CursorMove::Bottom);
                self.area.move_cursor(CursorMove::End);
            }
            Action::Backspace => {
                self.area.delete_char();
            }
            Action::Delete => {
                self.area.delete_next_char();
            }
            Action::DeleteWord => {
                self.area.delete_word();
            }
            Action::DeleteLine => self.replace(""),
            _ => return false,
        }
        true
    }
}

/// A key being typed: shown as dots, wiped when dropped, and never in `Debug`.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct HiddenEntry(secrecy::zeroize::Zeroizing<String>);

impl std::fmt::Debug for HiddenEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HiddenEntry({} characters)", self.len())
    }
}

impl HiddenEntry {
    /// How many characters were typed.
    pub fn len(&self) -> usize {
        self.0.chars().count()
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds text at the end; line breaks around a pasted key are no part of it.
    pub fn push(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// Takes the last character back.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// Takes everything back.
    pub fn clear(&mut self) {
        self.0 = secrecy::zeroize::Zeroizing::default();
    }

    /// What was typed, on its way into a `Secret`.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}
