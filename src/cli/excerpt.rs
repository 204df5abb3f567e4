//! The line of a problem, prepared for a terminal: no wider than the screen, without tabs and
//! control characters, with the marks moved accordingly.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::document::line_column;
use crate::text;

/// Marks that are further apart, in lines, are not shown in one excerpt.
const MAX_DISTANCE: usize = 2000;
/// The replacement of a tab.
const TAB: &str = "    ";

/// Lines to show, with marks.
pub(super) struct Excerpt {
    pub(super) text: String,
    /// The line number of the first line in the source, from 1.
    pub(super) line: usize,
    /// The column of the first mark in its source line, in characters.
    pub(super) column: usize,
    /// The number of lines above the first mark.
    pub(super) below: usize,
    pub(super) mark: Range<usize>,
    /// The second mark, when close enough to the first.
    pub(super) other: Option<Range<usize>>,
}

/// The source of excerpts.
pub(super) struct ExcerptSource<'t> {
    pub(super) source: &'t str,
    /// Spans to redact.
    pub(super) secrets: &'t [Range<usize>],
    /// The maximum width of a line.
    pub(super) columns: usize,
}

/// The excerpt around a span, and around a second one if given.
pub(super) fn excerpt(
    page: &ExcerptSource<'_>,
    span: &Range<usize>,
    other: Option<&Range<usize>>,
) -> Excerpt {
    let source = page.source;
    let (line, column) = line_column(source, span.start);
    let place = ExcerptLine::around(source, span.start);
    let drawn = place.draw(span, page);
    let alone = Excerpt { mark: drawn.mark(span), text: String::new(), line, column, below: 0, other: None };
    let Some(other) = other else { return Excerpt { text: drawn.text, ..alone } };
    let above = ExcerptLine::around(source, other.start);
    if above.start == place.start {
        let mark = drawn.mark(other);
        let other = (!mark.is_empty()).then_some(mark);
        return Excerpt { text: drawn.text, other, ..alone };
    }
    let first = line_column(source, other.start).0;
    if first > line || line - first > MAX_DISTANCE {
        return Excerpt { text: drawn.text, ..alone };
    }
    let upper = above.draw(other, page);
    let mark = upper.mark(other);
    // The renderer folds the lines between two marks, except a single line.
    let between = match line - first {
        2 => Some(ExcerptLine::around(source, above.end + 1).draw(&(above.end..above.end), page).text + "\n"),
        apart => Some("\n".repeat(apart - 1)),
    };
    let head = format!("{}\n{}", upper.text, between.unwrap_or_default());
    let shift = |range: Range<usize>| range.start + head.len()..range.end + head.len();
    let (text, below) = (head.clone() + &drawn.text, line - first);
    Excerpt { text, line: first, below, mark: shift(alone.mark), other: Some(mark), ..alone }
}

/// A line of a source, without its end.
struct ExcerptLine<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

/// A line prepared for display, with a map from source offsets.
struct Drawn {
    text: String,
    /// Source offset and offset in `text`, for each shown character and the end.
    places: Vec<(usize, usize)>,
}

impl<'t> ExcerptLine<'t> {
    fn around(source: &'t str, offset: usize) -> Self {
        let (before, after) = source.split_at_checked(offset).unwrap_or((source, ""));
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = after.find('\n').map_or(source.len(), |at| before.len() + at);
        let text = source.get(start..end).unwrap_or_default();
        Self { text: text.strip_suffix('\r').unwrap_or(text), start, end }
    }

    /// The line, or the part around a span that fits the columns.
    fn draw(&self, span: &Range<usize>, page: &ExcerptSource<'_>) -> Drawn {
        let columns = page.columns;
        let mid = span.start.saturating_sub(self.start).min(self.text.len());
        let (before, after) = self.text.split_at_checked(mid).unwrap_or((self.text, ""));
        let marked = after.get(..span.len().min(after.len())).unwrap_or(after);
        let full_width =
            self.text.get(..).filter(|line| line.len() <= columns * 4).map_or(columns + 1, width);
        if full_width <= columns {
            return self.shown(0..self.text.len(), page.secrets);
        }
        // The span takes up to two thirds; the text before and after shares the rest equally.
        let inner = clipped(marked.graphemes(true), columns * 2 / 3).1;
        let side = columns.saturating_sub(inner + 2) / 2;
        let (head, head_width) = clipped(before.graphemes(true).rev(), side);
        let (tail, _) = clipped(after.graphemes(true), columns.saturating_sub(head_width + 2));
        let range = mid - head..mid + tail;
        let mut drawn = self.shown(range.clone(), page.secrets);
        if range.start > 0 {
            drawn.text.insert(0, '…');
            drawn.places.iter_mut().for_each(|(_, here)| *here += '…'.len_utf8());
        }
        if range.end < self.text.len() {
            drawn.text.push('…');
        }
        drawn
    }

    fn shown(&self, range: Range<usize>, secrets: &[Range<usize>]) -> Drawn {
        let mut drawn = Drawn { text: String::new(), places: Vec::new() };
        let mut at = self.start + range.start;
        for grapheme in self.text.get(range).unwrap_or_default().graphemes(true) {
            drawn.places.push((at, drawn.text.len()));
            if secrets.iter().any(|secret| secret.contains(&at)) {
                drawn.text.push('•');
            } else {
                drawn.text.push_str(&picture(grapheme));
            }
            at += grapheme.len();
        }
        drawn.places.push((at, drawn.text.len()));
        drawn
    }
}

impl Drawn {
    /// The range of a source span in `text`; empty when not shown.
    fn mark(&self, span: &Range<usize>) -> Range<usize> {
        let place = |offset: usize| {
            let index = self.places.partition_point(|(source, _)| *source < offset);
            self.places.get(index).or(self.places.last()).map_or(0, |(_, here)| *here)
        };
        let start = place(span.start);
        start..place(span.end).max(start)
    }
}

/// The number of bytes of the graphemes that fit the columns, and their width.
fn clipped<'g>(graphemes: impl Iterator<Item = &'g str>, columns: usize) -> (usize, usize) {
    let (mut bytes, mut used) = (0, 0);
    for grapheme in graphemes {
        let wide = width(grapheme);
        if used + wide > columns {
            break;
        }
        used += wide;
        bytes += grapheme.len();
    }
    (bytes, used)
}

fn width(source: &str) -> usize {
    source.graphemes(true).map(|grapheme| text::width(&picture(grapheme))).sum()
}

/// The text drawn for a grapheme.
fn picture(grapheme: &str) -> std::borrow::Cow<'_, str> {
    match grapheme {
        "\t" => TAB.into(),
        "\u{feff}" => "".into(),
        other => text::visible(other).into(),
    }
}
