//! A reply explained, in the rows of its dialog: what came back, what it means, what to do next.

use crate::text;
use crate::wire::{Explanation, Suggestion};

use super::suggestion::action_of;

/// The columns that the key of a way on has at most.
pub const KEY: usize = 12;

/// A row of the explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyRow {
    /// A part of the headline.
    Headline(String),
    /// A part of what it means.
    Meaning(String),
    /// The heading of what to do next.
    Next,
    /// A part of something to do, and whether it is the first.
    Step(bool, String),
    /// The first part of what a way on does, behind its key.
    Suggestion(Suggestion, String),
    /// A further part of that.
    NextStep(String),
    /// Nothing.
    Gap,
}

/// The rows of an explanation in so many columns.
pub fn rows(explanation: &Explanation, columns: usize) -> Vec<ReplyRow> {
    let parts = |words: &str, columns: usize| text::wrap(&text::visible(words), columns).into_iter();
    let mut rows: Vec<ReplyRow> = parts(&explanation.headline, columns).map(ReplyRow::Headline).collect();
    rows.push(ReplyRow::Gap);
    for meaning in &explanation.meaning {
        rows.extend(parts(meaning, columns).map(ReplyRow::Meaning));
    }
    if explanation.next.is_empty() && explanation.suggestions.is_empty() {
        return rows;
    }
    rows.extend([ReplyRow::Gap, ReplyRow::Next]);
    for step in &explanation.next {
        let parts = parts(step, columns.saturating_sub(2)).enumerate();
        rows.extend(parts.map(|(index, part)| ReplyRow::Step(index == 0, part)));
    }
    for way in &explanation.suggestions {
        // How many rows there are must not hang on how a keymap calls the key.
        let parts = parts(action_of(*way).1, columns.saturating_sub(KEY + 1)).enumerate();
        let row = |(index, part)| {
            if index == 0 { ReplyRow::Suggestion(*way, part) } else { ReplyRow::NextStep(part) }
        };
        rows.extend(parts.map(row));
    }
    rows
}
