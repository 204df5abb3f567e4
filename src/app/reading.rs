//! Text that is there to be read, in the rows of a dialog: wrapped, each row indented like the line that it is of.

use crate::text;

/// The rows that lines take in so many columns.
pub fn rows(lines: &[String], columns: usize) -> Vec<String> {
    lines.iter().flat_map(|line| of_line(&text::visible(line), columns)).collect()
}

fn of_line(line: &str, columns: usize) -> Vec<String> {
    let words = line.trim_start();
    let indent = " ".repeat((line.len() - words.len()).min(columns / 2));
    let parts = text::wrap(words, columns.saturating_sub(indent.len()));
    parts.into_iter().map(|part| format!("{indent}{part}")).collect()
}
