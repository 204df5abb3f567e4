//! The text buffer of the payload: lines, a cursor, and one way to change them.
//!
//! The text area of `app::editor` does not fit, because it lays out all lines at each change: among
//! 40,000 lines (0.9 MB) a letter, a deletion or a line break takes 11 ms, among 80,000 lines 26 to
//! 29 ms, before anything is drawn. It also cannot jump past line 65,535, and does not return the
//! removed text, which the common undo of text and form needs. Here a change costs as much as its
//! line. The text area decides where a word ends within a line.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::app::Action;
use crate::app::editor::Editor;
use crate::text;

/// A position between two characters of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct TextPosition {
    /// The line, from 0.
    pub line: usize,
    /// The byte offset in the line.
    pub byte: usize,
}

/// Many lines of text with a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextBuffer {
    lines: Vec<String>,
    bytes: usize,
    cursor: TextPosition,
    /// The end of the selection opposite the cursor.
    anchor: Option<TextPosition>,
    /// The column that moving up and down keeps.
    wanted: Option<usize>,
}

impl TextBuffer {
    /// A buffer with a text, the cursor at its start.
    pub fn new(text: &str) -> Self {
        let lines = text.split('\n').map(str::to_owned).collect();
        Self { lines, bytes: text.len(), cursor: TextPosition::default(), anchor: None, wanted: None }
    }

    /// The text, with `\n` between lines.
    pub fn text(&self) -> String {
        self.lines.join("\n")
    }

    /// The lines of the text, at least one.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The length of the text in bytes.
    pub const fn len(&self) -> usize {
        self.bytes
    }

    /// Whether the text is empty.
    pub const fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// The position of the cursor.
    pub const fn spot(&self) -> TextPosition {
        self.cursor
    }

    /// The byte offset of the cursor in the text.
    pub fn offset(&self) -> usize {
        let above: usize = self.lines.iter().take(self.cursor.line).map(|line| line.len() + 1).sum();
        above + self.cursor.byte
    }

    /// The start and end of the selection.
    pub fn selection(&self) -> Option<(TextPosition, TextPosition)> {
        let anchor = self.anchor.filter(|anchor| *anchor != self.cursor)?;
        Some((anchor.min(self.cursor), anchor.max(self.cursor)))
    }

    /// The selected text.
    pub fn selected(&self) -> Option<String> {
        let (from, to) = self.selection()?;
        let part = |number: usize| {
            let line = self.line(number);
            let start = if number == from.line { from.byte } else { 0 };
            line.get(start..if number == to.line { to.byte } else { line.len() }).unwrap_or_default()
        };
        Some((from.line..=to.line).map(part).collect::<Vec<_>>().join("\n"))
    }

    /// Selects the text between two positions, the cursor at the second.
    pub fn select(&mut self, from: TextPosition, to: TextPosition) {
        self.move_to(from);
        let anchor = self.cursor;
        self.move_to(to);
        self.anchor = Some(anchor);
    }

    /// Selects everything.
    pub fn select_all(&mut self) {
        self.select(TextPosition::default(), self.end());
    }

    /// Moves the cursor to a position, or to the nearest valid position.
    pub fn move_to(&mut self, position: TextPosition) {
        let line = position.line.min(self.lines.len().saturating_sub(1));
        let text = self.line(line);
        let mut byte = position.byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        self.cursor = TextPosition { line, byte };
        self.anchor = None;
        self.wanted = None;
    }

    /// Moves the cursor to a column of a line, or to the end of a shorter line.
    pub fn move_to_column(&mut self, line: usize, column: usize) {
        let line = line.min(self.lines.len().saturating_sub(1));
        let mut used = 0;
        let text = self.line(line);
        let until = text.grapheme_indices(true).find(|(_, grapheme)| {
            used += text::width(&text::visible(grapheme));
            used > column
        });
        self.cursor = TextPosition { line, byte: until.map_or(text.len(), |(at, _)| at) };
        self.anchor = None;
        self.wanted = None;
    }

    /// The columns before the cursor.
    pub fn column(&self) -> usize {
        text::width(&text::visible(self.before()))
    }

    /// The range that an action would delete, which may be empty; `None` for an action that does
    /// not delete.
    pub fn deletion_range(&self, action: Action) -> Option<(TextPosition, TextPosition)> {
        let here = self.cursor;
        let deletes =
            matches!(action, Action::Backspace | Action::Delete | Action::DeleteWord | Action::DeleteLine);
        if let Some(selected) = self.selection().filter(|_| deletes) {
            return Some(selected);
        }
        #[expect(clippy::wildcard_enum_match_arm, reason = "a buffer handles only the actions of typing")]
        Some(match action {
            Action::Backspace => (self.left(), here),
            Action::Delete => (here, self.right()),
            Action::DeleteWord => (self.word_left(), here),
            Action::DeleteLine => {
                let start = TextPosition { line: here.line, byte: 0 };
                if here.line + 1 < self.lines.len() {
                    (start, TextPosition { line: here.line + 1, byte: 0 })
                } else {
                    (start, self.end())
                }
            }
            _ => return None,
        })
    }

    /// Moves the cursor, and extends the selection if the action selects; `page` is the page size
    /// in lines. `false` if the action does not move.
    pub fn move_by(&mut self, action: Action, page: usize) -> bool {
        if let Some(moves) = selecting(action) {
            let anchor = self.anchor.unwrap_or(self.cursor);
            self.anchor = None;
            self.move_by(moves, page);
            self.anchor = Some(anchor);
            return true;
        }
        match (self.selection(), action) {
            (Some((start, _)), Action::Left) => self.move_to(start),
            (Some((_, end)), Action::Right) => self.move_to(end),
            _ => return self.move_cursor(action, page),
        }
        true
    }

    fn move_cursor(&mut self, action: Action, page: usize) -> bool {
        let here = self.cursor;
        #[expect(clippy::wildcard_enum_match_arm, reason = "a buffer handles only the actions of typing")]
        match action {
            Action::Left => self.move_to(self.left()),
            Action::Right => self.move_to(self.right()),
            Action::WordLeft => self.move_to(self.word_left()),
            Action::WordRight => self.move_to(self.word_right()),
            Action::Home => {
                let indent = self.here().len() - self.here().trim_start().len();
                let byte = if here.byte == indent { 0 } else { indent };
                self.move_to(TextPosition { byte, ..here });
            }
            Action::End => self.move_to(TextPosition { byte: self.here().len(), ..here }),
            Action::First => self.move_to(TextPosition::default()),
            Action::Last => self.move_to(self.end()),
            Action::Up => self.move_to_line(here.line.checked_sub(1)),
            Action::Down => self.move_to_line(Some(here.line + 1)),
            Action::PageUp => self.move_to_line(Some(here.line.saturating_sub(page))),
            Action::PageDown => {
                self.move_to_line(Some((here.line + page).min(self.lines.len().saturating_sub(1))));
            }
            _ => return false,
        }
        true
    }

    /// Replaces a range by text, moves the cursor after the text, and returns the removed text.
    pub fn splice(&mut self, (from, to): (TextPosition, TextPosition), text: &str) -> String {
        self.anchor = None;
        let removed = self.take(from, to);
        self.put(from, text);
        self.bytes = self.bytes + text.len() - removed.len();
        self.wanted = None;
        removed
    }

    /// The end position of a text that starts at `from`.
    pub fn end_of(from: TextPosition, text: &str) -> TextPosition {
        match text.rsplit_once('\n') {
            Some((above, last)) => {
                TextPosition { line: from.line + 1 + above.matches('\n').count(), byte: last.len() }
            }
            None => TextPosition { byte: from.byte + text.len(), ..from },
        }
    }

    fn take(&mut self, from: TextPosition, to: TextPosition) -> String {
        if from.line == to.line {
            let Some(line) = self.lines.get_mut(from.line) else { return String::new() };
            return line.drain(from.byte..to.byte).collect();
        }
        let rest = self.lines.get_mut(to.line).map(|line| line.split_off(to.byte)).unwrap_or_default();
        let mut removed =
            self.lines.get_mut(from.line).map(|line| line.split_off(from.byte)).unwrap_or_default();
        for line in self.lines.drain(from.line + 1..=to.line) {
            removed.push('\n');
            removed.push_str(&line);
        }
        if let Some(line) = self.lines.get_mut(from.line) {
            line.push_str(&rest);
        }
        removed
    }

    fn put(&mut self, at: TextPosition, text: &str) {
        let Some(line) = self.lines.get_mut(at.line) else { return };
        self.cursor = Self::end_of(at, text);
        let Some((first, others)) = text.split_once('\n') else {
            line.insert_str(at.byte, text);
            return;
        };
        let rest = line.split_off(at.byte);
        line.push_str(first);
        let mut lines: Vec<String> = others.split('\n').map(str::to_owned).collect();
        if let Some(last) = lines.last_mut() {
            last.push_str(&rest);
        }
        let below = at.line + 1;
        self.lines.splice(below..below, lines);
    }

    fn line(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", String::as_str)
    }

    fn here(&self) -> &str {
        self.line(self.cursor.line)
    }

    fn before(&self) -> &str {
        self.here().get(..self.cursor.byte).unwrap_or_default()
    }

    fn after(&self) -> &str {
        self.here().get(self.cursor.byte..).unwrap_or_default()
    }

    /// The last position of the text.
    fn end(&self) -> TextPosition {
        let line = self.lines.len().saturating_sub(1);
        TextPosition { line, byte: self.line(line).len() }
    }

    fn left(&self) -> TextPosition {
        self.bytes_back(self.before().graphemes(true).next_back().map_or(0, str::len))
    }

    fn right(&self) -> TextPosition {
        self.bytes_ahead(self.after().graphemes(true).next().map_or(0, str::len))
    }

    fn word_left(&self) -> TextPosition {
        let before = self.before();
        self.bytes_back(before.len() - after_move(before, &[Action::WordLeft]))
    }

    fn word_right(&self) -> TextPosition {
        self.bytes_ahead(after_move(self.after(), &[Action::Home, Action::WordRight]))
    }

    /// The position some bytes back, or the end of the previous line.
    fn bytes_back(&self, bytes: usize) -> TextPosition {
        let here = self.cursor;
        match here.line.checked_sub(1) {
            Some(line) if here.byte == 0 => TextPosition { line, byte: self.line(line).len() },
            _ => TextPosition { byte: here.byte - bytes, ..here },
        }
    }

    /// The position some bytes ahead, or the start of the next line.
    fn bytes_ahead(&self, bytes: usize) -> TextPosition {
        let here = self.cursor;
        if self.after().is_empty() && here.line + 1 < self.lines.len() {
            return TextPosition { line: here.line + 1, byte: 0 };
        }
        TextPosition { byte: here.byte + bytes, ..here }
    }

    /// Moves to another line, at the same column if the line is long enough.
    fn move_to_line(&mut self, line: Option<usize>) {
        let Some(line) = line.filter(|line| *line < self.lines.len()) else { return };
        let wanted = self.wanted.unwrap_or_else(|| self.column());
        self.move_to_column(line, wanted);
        self.wanted = Some(wanted);
    }
}

/// The move of a selecting action.
const fn selecting(action: Action) -> Option<Action> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "no other action selects")]
    Some(match action {
        Action::SelectLeft => Action::Left,
        Action::SelectRight => Action::Right,
        Action::SelectUp => Action::Up,
        Action::SelectDown => Action::Down,
        Action::SelectHome => Action::Home,
        Action::SelectEnd => Action::End,
        Action::SelectWordLeft => Action::WordLeft,
        Action::SelectWordRight => Action::WordRight,
        Action::SelectFirst => Action::First,
        Action::SelectLast => Action::Last,
        _ => return None,
    })
}

/// The byte offset of the cursor in a field with this text, after these moves from its end.
fn after_move(text: &str, moves: &[Action]) -> usize {
    let mut field = Editor::new(text);
    for action in moves {
        field.act(*action);
    }
    text.chars().take(field.cursor()).map(char::len_utf8).sum()
}
