//! Wraps text for dialogs: no text is lost, each row has the indent of its line, and continuation
//! rows are marked.

use crate::text;

/// How to find your environment.
pub const OWN: &str = "To find yours, compare these addresses with the Harness URL in your browser.";

/// The legend of the signs for keys, counts and environments; the signs themselves are in braces.
pub const SIGNS: [&str; 8] = [
    "^ is Ctrl, ⇧ is Shift.",
    "… after a key: press the key, then type the name of the action.",
    "{x} error: blocks the send.",
    "{w} warning: does not block the send, but SEI may lose data.",
    "{h} hint: for information.",
    "run, stages, field …: the loss, what SEI drops or stores wrongly.",
    "{o} no problems.",
    "{u} not saved. {p} protected: type its id before a send.",
];

/// A row of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRow {
    /// The indent in columns.
    pub indent: usize,
    /// Whether it continues the line of the previous row.
    pub continues: bool,
    /// Its text.
    pub text: String,
}

/// The columns of the mark before a continuation row.
pub const MARK: usize = 2;

/// The longest line of an export on screen, in columns; copies and files have the full line.
const LONGEST_LINE: usize = 1_000;

/// The lines of an export, with long lines cut.
pub fn cut(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| text::cut(line, LONGEST_LINE).into_owned()).collect()
}

/// Wraps lines to a width.
pub fn rows(lines: &[String], columns: usize) -> Vec<TextRow> {
    lines.iter().flat_map(|line| of_line(&text::visible(line), columns)).collect()
}

fn of_line(line: &str, columns: usize) -> Vec<TextRow> {
    let words = line.trim_start();
    let indent = (line.len() - words.len()).min(columns / 2);
    let width = columns.saturating_sub(indent);
    let parts = text::fold(words, (width, width.saturating_sub(MARK)));
    let row = |(at, part): (usize, &str)| TextRow { indent, continues: at > 0, text: part.to_owned() };
    parts.into_iter().enumerate().map(row).collect()
}
