//! The text of a field or prompt: a coat around the text area of the ratatui family, which is the editing engine.
//!
//! The coat adds that moving and deleting go by what a person sees as one character. The screen paints the text itself;
//! nothing here knows how.

use tui_textarea::{CursorMove, DataCursor, TextArea};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::app::Action;

mod hidden;

pub use hidden::HiddenEntry;

/// Editable text with a cursor. A value with line breaks keeps them.
#[derive(Clone)]
pub struct Editor {
    area: TextArea<'static>,
}

impl std::fmt::Debug for Editor {
    /// The text and the cursor alone: the engine still holds what was deleted last.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Editor").field("text", &self.text()).field("cursor", &self.cursor()).finish()
    }
}

impl PartialEq for Editor {
    fn eq(&self, other: &Self) -> bool {
        self.area.lines() == other.area.lines() && self.area.cursor() == other.area.cursor()
    }
}

impl Eq for Editor {}

impl Editor {
    /// An editor holding `text`, with the cursor at its end.
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        // Undo is that of the document. One step is kept for `go`.
        area.set_max_histories(1);
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
        let DataCursor(row, column) = self.area.cursor();
        let above: usize = self.area.lines().iter().take(row).map(|line| line.chars().count() + 1).sum();
        above + column
    }

    /// Types text at the cursor.
    pub fn insert_text(&mut self, text: &str) {
        self.area.insert_str(text);
    }

    /// Replaces everything.
    pub fn replace(&mut self, text: &str) {
        *self = Self::new(text);
    }

    /// Moves or deletes; whether the action was one of editing.
    pub fn act(&mut self, action: Action) -> bool {
        #[expect(clippy::wildcard_enum_match_arm, reason = "an editor knows only the actions of typing")]
        match action {
            Action::Left => self.move_to(self.cursor() - self.before()),
            Action::Right => self.move_to(self.cursor() + self.after()),
            Action::WordLeft => self.area.move_cursor(CursorMove::WordBack),
            Action::WordRight => self.area.move_cursor(CursorMove::WordForward),
            Action::Home => self.move_to(0),
            Action::End => {
                self.area.move_cursor(CursorMove::Bottom);
                self.area.move_cursor(CursorMove::End);
            }
            Action::Backspace => {
                let characters = self.before();
                self.move_to(self.cursor() - characters);
                self.area.delete_str(characters);
            }
            Action::Delete => {
                self.area.delete_str(self.after());
            }
            Action::DeleteWord => {
                self.area.delete_word();
            }
            Action::DeleteLine => self.replace(""),
            _ => return false,
        }
        true
    }

    /// Puts the cursor behind so many characters.
    fn move_to(&mut self, characters: usize) {
        self.area.move_cursor(CursorMove::Jump(0, 0));
        // A jump ends at column 65,535, and a step stops before a character without width. What was deleted and comes
        // back has the cursor behind it, wherever that is.
        if self.area.delete_str(characters) {
            self.area.undo();
        }
    }

    /// The characters of what is seen as one character before the cursor; a line break is one.
    fn before(&self) -> usize {
        let DataCursor(row, column) = self.area.cursor();
        let line = self.line(row);
        let byte = line.char_indices().nth(column).map_or(line.len(), |(byte, _)| byte);
        let seen = line.get(..byte).and_then(|before| before.graphemes(true).next_back());
        seen.map_or(usize::from(row > 0), |seen| seen.chars().count())
    }

    /// The characters of what is seen as one character behind the cursor; a line break is one.
    fn after(&self) -> usize {
        let DataCursor(row, column) = self.area.cursor();
        let line = self.line(row);
        let after = line.char_indices().nth(column).and_then(|(byte, _)| line.get(byte..));
        let seen = after.and_then(|after| after.graphemes(true).next());
        seen.map_or(usize::from(row + 1 < self.area.lines().len()), |seen| seen.chars().count())
    }

    fn line(&self, row: usize) -> &str {
        self.area.lines().get(row).map_or("", String::as_str)
    }
}
