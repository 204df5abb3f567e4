//! The text of a field or prompt: a wrapper around `tui_textarea`, the editing engine.
//!
//! The wrapper moves and deletes by grapheme, not by code point. The screen paints the text itself;
//! this module does not draw.

use tui_textarea::{CursorMove, DataCursor, TextArea};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::app::Action;

mod hidden;

pub use hidden::HiddenEntry;

/// Editable text with a cursor. The text may have line breaks.
#[derive(Clone)]
pub struct Editor {
    area: TextArea<'static>,
}

impl std::fmt::Debug for Editor {
    /// The text and the cursor only: the engine still holds the last deleted text, which may be a
    /// secret.
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
    /// An editor with `text`, the cursor at its end.
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        // Undo belongs to the document. `move_to` needs one step.
        area.set_max_histories(1);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area }
    }

    /// The text, with `\n` between lines.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// The number of code points before the cursor.
    pub fn cursor(&self) -> usize {
        let DataCursor(row, column) = self.area.cursor();
        let above: usize = self.area.lines().iter().take(row).map(|line| line.chars().count() + 1).sum();
        above + column
    }

    /// Types text at the cursor.
    pub fn insert_text(&mut self, text: &str) {
        self.area.insert_str(text);
    }

    /// Replaces all text and moves the cursor to the end.
    pub fn replace(&mut self, text: &str) {
        *self = Self::new(text);
    }

    /// Moves or deletes; `false` if the action does neither.
    pub fn act(&mut self, action: Action) -> bool {
        #[expect(clippy::wildcard_enum_match_arm, reason = "an editor handles only the actions of typing")]
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

    /// Moves the cursor after this many code points.
    fn move_to(&mut self, characters: usize) {
        self.area.move_cursor(CursorMove::Jump(0, 0));
        // A jump stops at column 65,535, and a step stops before a character without width. Undoing
        // a deletion puts the cursor after the restored text, wherever that is.
        if self.area.delete_str(characters) {
            self.area.undo();
        }
    }

    /// The code points of the grapheme before the cursor; a line break counts as one.
    fn before(&self) -> usize {
        let DataCursor(row, column) = self.area.cursor();
        let line = self.line(row);
        let byte = line.char_indices().nth(column).map_or(line.len(), |(byte, _)| byte);
        let grapheme = line.get(..byte).and_then(|before| before.graphemes(true).next_back());
        grapheme.map_or(usize::from(row > 0), |grapheme| grapheme.chars().count())
    }

    /// The code points of the grapheme after the cursor; a line break counts as one.
    fn after(&self) -> usize {
        let DataCursor(row, column) = self.area.cursor();
        let line = self.line(row);
        let after = line.char_indices().nth(column).and_then(|(byte, _)| line.get(byte..));
        let grapheme = after.and_then(|after| after.graphemes(true).next());
        let is_last = row + 1 >= self.area.lines().len();
        grapheme.map_or(usize::from(!is_last), |grapheme| grapheme.chars().count())
    }

    fn line(&self, row: usize) -> &str {
        self.area.lines().get(row).map_or("", String::as_str)
    }
}
