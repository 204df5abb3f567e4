//! Search in the payload pane: its text, the matches, the chosen match.
//!
//! The text is prepared when the search starts and when the pane changes; a key only moves between
//! matches.

use std::ops::Range;

use crate::app::editor::Editor;
use crate::app::pane_layout;
use crate::text;

mod pane;

/// A search in the payload pane.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// The search text.
    pub words: Editor,
    /// Whether the next character replaces the text, as with that of the previous search.
    pub fresh: bool,
    text: SearchText,
    /// The byte offsets of the matches in the text.
    found: Vec<usize>,
    /// The length of each match in bytes.
    length: usize,
    chosen: Option<usize>,
    /// The byte offset of the search: the first match from there is chosen.
    from: usize,
}

/// The content of the pane as one text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SearchText {
    text: String,
    /// The text in lower case, with the same length in bytes.
    folded: String,
    /// The byte offset of each row.
    rows: Vec<usize>,
    stamp: SearchStamp,
}

/// Identifies the input of the text: the wrapped rows, or the JSON (typed or not) in a version.
type SearchStamp = (Option<pane_layout::LayoutStamp>, bool, u64);

/// A match, or a part of a match, in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchMark {
    /// The column in the row.
    pub column: usize,
    /// The width in columns.
    pub width: usize,
    /// Whether the match is the chosen one.
    pub is_chosen: bool,
}

impl Search {
    /// Searches again, for changed words or text, from the same offset.
    pub(crate) fn text_of_pane(&mut self) {
        let words = self.words.text();
        let is_exact = words.chars().any(char::is_uppercase);
        let hay = if is_exact { &self.text.text } else { &self.text.folded };
        self.length = words.len();
        self.found.clear();
        if !words.is_empty() {
            self.found.extend(hay.match_indices(&words).map(|(at, _)| at));
        }
        let next = self.found.partition_point(|at| *at < self.from);
        self.chosen = (!self.found.is_empty()).then(|| next % self.found.len());
    }

    /// Chooses the next or previous match, cyclically.
    pub(crate) fn step(&mut self, forward: bool) {
        let count = self.found.len().max(1);
        self.chosen = self.chosen.map(|at| (at + if forward { 1 } else { count - 1 }) % count);
        self.from = self.here().map_or(self.from, |here| here.start);
    }

    /// The number of the chosen match, from 1, and of all matches; `None` without a match.
    pub fn position(&self) -> Option<(usize, usize)> {
        self.chosen.map(|at| (at + 1, self.found.len()))
    }

    fn here(&self) -> Option<Range<usize>> {
        let start = self.chosen.and_then(|at| self.found.get(at).copied())?;
        Some(start..start + self.length)
    }

    /// The row of the chosen match, from 0, and its byte range in that row.
    pub fn place(&self) -> Option<(usize, Range<usize>)> {
        let here = self.here()?;
        let row = self.text.row_of(here.start);
        let start = self.text.rows.get(row).copied().unwrap_or_default();
        Some((row, here.start - start..here.end - start))
    }

    /// The column at the end of the chosen match.
    pub(crate) fn columns(&self) -> usize {
        self.here().map_or(0, |here| {
            let row = self.text.rows.get(self.text.row_of(here.start)).copied().unwrap_or_default();
            self.text.columns(row..here.end)
        })
    }

    /// The matches in a row.
    pub fn marks(&self, row: usize) -> Vec<SearchMark> {
        let Some(start) = self.text.rows.get(row).copied() else { return Vec::new() };
        let end = self.text.rows.get(row + 1).copied().unwrap_or(self.text.text.len());
        let first = self.found.partition_point(|at| at + self.length <= start);
        let within = self.found.iter().enumerate().skip(first).take_while(|(_, at)| **at < end);
        within
            .map(|(index, at)| {
                // In wrapped rows, a match may start on the previous row and end on a later one.
                let part = (*at).max(start)..(at + self.length).min(end);
                SearchMark {
                    column: self.text.columns(start..part.start),
                    width: self.text.columns(part),
                    is_chosen: self.chosen == Some(index),
                }
            })
            .collect()
    }
}

impl SearchText {
    fn row_of(&self, at: usize) -> usize {
        self.rows.partition_point(|start| *start <= at).saturating_sub(1)
    }

    fn columns(&self, range: Range<usize>) -> usize {
        text::width(&text::visible(self.text.get(range).unwrap_or_default().trim_end_matches('\n')))
    }
}

/// The lower case of a character, if it has the same length in bytes.
fn small(character: char) -> char {
    let mut small = character.to_lowercase();
    match (small.next(), small.next()) {
        (Some(small), None) if small.len_utf8() == character.len_utf8() => small,
        _ => character,
    }
}
