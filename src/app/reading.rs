//! Text that is there to be read, in the rows of a dialog, nothing left out: each row indented like the line that it is
//! of, and a row that goes on with a line told from one that begins it.

use crate::text;

/// How to tell which environment is one's own.
pub const OWN: &str =
    "Which environment is yours: compare its address with that in your browser when you are in Harness.";

/// What the signs of keys, counts and environments mean; the signs themselves stand in braces.
pub const SIGNS: [&str; 4] = [
    "^ is Ctrl, ⇧ is Shift.",
    "{x} error: SEI would refuse or lose something. {w} warning: worth a look. {h} hint. {o} nothing wrong.",
    "{u} not saved. {p} protected: its name is asked for before a send.",
    OWN,
];

/// A row of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRow {
    /// The columns that it is indented by.
    pub indent: usize,
    /// Whether it goes on with the line of the row before.
    pub continues: bool,
    /// Its text.
    pub text: String,
}

/// The columns of the mark before a row that goes on with a line.
pub const MARK: usize = 2;

/// The rows that lines take in so many columns.
pub fn rows(lines: &[String], columns: usize) -> Vec<TextRow> {
    lines.iter().flat_map(|line| of_line(&text::visible(line), columns)).collect()
}

fn of_line(line: &str, columns: usize) -> Vec<TextRow> {
    let words = line.trim_start();
    let indent = (line.len() - words.len()).min(columns / 2);
    let room = columns.saturating_sub(indent);
    let parts = text::fold(words, (room, room.saturating_sub(MARK)));
    let row = |(at, part): (usize, &str)| TextRow { indent, continues: at > 0, text: part.to_owned() };
    parts.into_iter().enumerate().map(row).collect()
}
