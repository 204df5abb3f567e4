//! A reply explained, in the rows of its dialog: what came back, what it means, what to do next.

use crate::text;
use crate::wire::{Explanation, Way};

use super::way::action_of;

/// The columns that the key of a way on has at most.
pub const KEY: usize = 12;

/// A row of the explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A part of the headline.
    Headline(String),
    /// A part of what it means.
    Meaning(String),
    /// The heading of what to do next.
    Next,
    /// A part of something to do, and whether it is the first.
    Step(bool, String),
    /// The first part of what a way on does, behind its key.
    Way(Way, String),
    /// A further part of that.
    WayOn(String),
    /// Nothing.
    Gap,
}

/// The rows of an explanation in so many columns.
pub fn rows(explanation: &Explanation, columns: usize) -> Vec<Row> {
    let parts = |words: &str, columns: usize| text::wrap(&text::visible(words), columns).into_iter();
    let mut rows: Vec<Row> = parts(&explanation.headline, columns).map(Row::Headline).collect();
    rows.push(Row::Gap);
    for meaning in &explanation.meaning {
        rows.extend(parts(meaning, columns).map(Row::Meaning));
    }
    if explanation.next.is_empty() && explanation.ways.is_empty() {
        return rows;
    }
    rows.extend([Row::Gap, Row::Next]);
    for step in &explanation.next {
        let parts = parts(step, columns.saturating_sub(2)).enumerate();
        rows.extend(parts.map(|(index, part)| Row::Step(index == 0, part)));
    }
    for way in &explanation.ways {
        // How many rows there are must not hang on how a keymap calls the key.
        let parts = parts(action_of(*way).1, columns.saturating_sub(KEY + 1)).enumerate();
        let row = |(index, part)| if index == 0 { Row::Way(*way, part) } else { Row::WayOn(part) };
        rows.extend(parts.map(row));
    }
    rows
}
