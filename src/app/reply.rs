//! The rows of the reply dialog: headline, meaning, next steps.

use crate::text;
use crate::wire::{Explanation, Suggestion};

use super::suggestion::action_of;

/// The most columns of the key of a suggestion.
pub const KEY: usize = 12;

/// A row of the explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyRow {
    /// A part of the headline.
    Headline(String),
    /// A part of the meaning.
    Meaning(String),
    /// The heading of the next steps.
    Next,
    /// A part of a next step, and whether it is the first part.
    Step(bool, String),
    /// The first part of a suggestion, after its key.
    Suggestion(Suggestion, String),
    /// A further part of a suggestion.
    NextStep(String),
    /// Nothing.
    Gap,
}

/// The rows of an explanation, wrapped to a width.
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
    for suggestion in &explanation.suggestions {
        // The number of rows must not depend on the key in the keymap.
        let parts = parts(action_of(*suggestion).1, columns.saturating_sub(KEY + 1)).enumerate();
        let row = |(index, part)| {
            if index == 0 { ReplyRow::Suggestion(*suggestion, part) } else { ReplyRow::NextStep(part) }
        };
        rows.extend(parts.map(row));
    }
    rows
}
