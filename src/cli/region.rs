//! Places in a text as editors and servers count them: lines and columns, from 1.

use std::ops::Range;

/// A range of a text; the end column is the one after the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) line: usize,
    pub(super) end_line: usize,
    /// Start and end column, in characters.
    pub(super) columns: (usize, usize),
    /// Start and end column, in UTF-16 code units.
    pub(super) utf16: (usize, usize),
}

/// The line starts of a text, computed once for many lookups.
pub(super) struct LineIndex<'t> {
    text: &'t str,
    is_ascii: bool,
    first: usize,
    starts: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    /// The index of a text whose first line has the number `first`.
    pub(super) fn of(text: &'t str, first: usize) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(breaks).collect();
        Self { text, is_ascii: text.is_ascii(), first, starts }
    }

    /// The region of a byte range.
    pub(super) fn region(&self, span: &Range<usize>) -> Region {
        let (line, start) = self.place(span.start);
        let (end_line, end) = self.place(span.end.max(span.start));
        Region { line, end_line, columns: (start.0, end.0), utf16: (start.1, end.1) }
    }

    /// The line of an offset, and its column in characters and in UTF-16 code units.
    fn place(&self, offset: usize) -> (usize, (usize, usize)) {
        let index = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(index).copied().unwrap_or_default();
        let line = self.first + index;
        if self.is_ascii {
            let column = offset.min(self.text.len()).saturating_sub(start) + 1;
            return (line, (column, column));
        }
        // A byte order mark takes no column.
        let before = self.text.get(start..offset).unwrap_or_default().chars().filter(|c| *c != '\u{feff}');
        let (characters, units) = before.fold((1, 1), |(n, units), c| (n + 1, units + c.len_utf16()));
        (line, (characters, units))
    }
}
