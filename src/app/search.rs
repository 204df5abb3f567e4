//! Looking for words in the payload pane: what is shown there as one text, where the words stand, which place is chosen.
//!
//! The text is laid out when the search begins and when what is shown becomes another; a key only walks over it.

use std::ops::Range;

use crate::app::editor::Editor;
use crate::app::pane_layout;
use crate::text;

mod pane;

/// A search in the payload pane.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// What is looked for.
    pub words: Editor,
    /// Whether the next character replaces it, as it does with the words of the search before.
    pub fresh: bool,
    text: SearchText,
    /// Where the words stand, in bytes from the start of the text.
    found: Vec<usize>,
    /// The length of each of these places.
    length: usize,
    chosen: Option<usize>,
    /// Where the search begins: the first place from there on is chosen.
    from: usize,
}

/// What the pane shows, as one text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SearchText {
    text: String,
    /// The same without capitals, as long in bytes.
    folded: String,
    /// Where each row begins.
    rows: Vec<usize>,
    stamp: SearchStamp,
}

/// What the text was made of: what was laid out, else the JSON, typed or not, in a version of it.
type SearchStamp = (Option<pane_layout::LayoutStamp>, bool, u64);

/// A part of a row that is one of the places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchMark {
    /// The columns of the row before it.
    pub column: usize,
    /// Its columns.
    pub width: usize,
    /// Whether it is the chosen one.
    pub is_chosen: bool,
}

impl Search {
    /// Looks anew: for other words, from where it stands.
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

    /// Goes to the next place or to the one before, round and round.
    pub(crate) fn step(&mut self, forward: bool) {
        let count = self.found.len().max(1);
        self.chosen = self.chosen.map(|at| (at + if forward { 1 } else { count - 1 }) % count);
        self.from = self.here().map_or(self.from, |here| here.start);
    }

    /// Which of how many places is chosen, from 1; none where there are none.
    pub fn position(&self) -> Option<(usize, usize)> {
        self.chosen.map(|at| (at + 1, self.found.len()))
    }

    fn here(&self) -> Option<Range<usize>> {
        let start = self.chosen.and_then(|at| self.found.get(at).copied())?;
        Some(start..start + self.length)
    }

    /// The row of the chosen place, from 0, and its bytes in that row.
    pub fn place(&self) -> Option<(usize, Range<usize>)> {
        let here = self.here()?;
        let row = self.text.row_of(here.start);
        let start = self.text.rows.get(row).copied().unwrap_or_default();
        Some((row, here.start - start..here.end - start))
    }

    /// The columns of the chosen place's row up to its end.
    pub(crate) fn columns(&self) -> usize {
        self.here().map_or(0, |here| {
            let row = self.text.rows.get(self.text.row_of(here.start)).copied().unwrap_or_default();
            self.text.columns(row..here.end)
        })
    }

    /// The places in a row.
    pub fn marks(&self, row: usize) -> Vec<SearchMark> {
        let Some(start) = self.text.rows.get(row).copied() else { return Vec::new() };
        let end = self.text.rows.get(row + 1).copied().unwrap_or(self.text.text.len());
        let first = self.found.partition_point(|at| at + self.length <= start);
        let within = self.found.iter().enumerate().skip(first).take_while(|(_, at)| **at < end);
        within
            .map(|(index, at)| {
                // A place may begin on the row before and go on below, where rows are wrapped.
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

/// A character without its capital, where that is as long.
fn small(character: char) -> char {
    let mut small = character.to_lowercase();
    match (small.next(), small.next()) {
        (Some(small), None) if small.len_utf8() == character.len_utf8() => small,
        _ => character,
    }
}
