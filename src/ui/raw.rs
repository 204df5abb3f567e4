//! The payload as text: each line colored, with the syntax error, the problems and the cursor.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::app::Model;
use crate::app::raw::{RawText, TextPosition};
use crate::check::Severity;
use crate::document;
use crate::text;

use super::preview::{digits, mark_cut, token_style, underline};
use super::{DrawContext, block, search};

/// Draws the visible lines of the text.
pub(super) fn raw(model: &Model, raw: &RawText, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let top = model.preview_top();
    let (left, gutter) = (model.text_left(), model.text_gutter());
    let digits = digits(top + usize::from(area.height));
    let cursor = raw.editor.spot();
    for (index, line) in raw.editor.lines().iter().skip(top).take(usize::from(area.height)).enumerate() {
        let Some(place) = block::row(area, index) else { break };
        let here = RawLine { place, text: line, left, gutter };
        let shown = context.redactor.redact(line);
        let number = top + index;
        let is_here = raw.has_focus && number == cursor.line;
        let fault = fault_on(raw, number);
        let severity = if fault.is_some() { Some(Severity::Error) } else { raw.mark(number) };
        let mark = severity.map_or(Span::raw("  "), |severity| {
            Span::styled(format!("{} ", context.theme.mark(severity)), context.theme.severity(severity))
        });
        let style = if is_here { context.theme.accent() } else { context.theme.dim() };
        let mut spans = vec![mark, Span::styled(format!("{:>digits$}  ", number + 1), style)];
        spans.extend(colored(&shown, context, left));
        let line = Line::from(spans);
        let is_cut = line.width() > usize::from(place.width);
        block::line(frame.buffer_mut(), place, line, None);
        mark_cut(context, frame, place, is_cut);
        if let Some(column) = fault {
            mark_fault(frame, context, here, column);
        } else if let Some(severity) = severity {
            let style =
                Style::new().add_modifier(Modifier::UNDERLINED).patch(context.theme.severity(severity));
            underline(frame, place, (gutter, style));
        }
        if let Some(range) = raw.editor.selection().filter(|_| raw.has_focus) {
            selected(frame, here, number, range);
        }
        if is_here && model.overlays.is_empty() {
            let column = gutter + raw.editor.column().saturating_sub(left);
            let x = place.x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX));
            frame.set_cursor_position(Position { x: x.min(place.right().saturating_sub(1)), y: place.y });
        }
    }
    search::marks(model, context, frame, area, (gutter, left));
}

/// A line of the text and its place on screen.
#[derive(Clone, Copy)]
struct RawLine<'a> {
    place: Rect,
    text: &'a str,
    /// The first visible column.
    left: usize,
    /// The columns before the text.
    gutter: usize,
}

/// Reverses the selected part of a line, and the cell after its end if the selection continues
/// below.
fn selected(
    frame: &mut Frame<'_>,
    line: RawLine<'_>,
    number: usize,
    (from, to): (TextPosition, TextPosition),
) {
    let RawLine { place, text: line, left, gutter } = line;
    if !(from.line..=to.line).contains(&number) {
        return;
    }
    let columns = |byte| text::width(&text::visible(line.get(..byte).unwrap_or(line)));
    let start = if number == from.line { columns(from.byte) } else { 0 };
    let end = if number == to.line { columns(to.byte) } else { columns(line.len()) + 1 };
    let (start, end) = (start.max(left), end.max(left));
    search::band(
        frame,
        place,
        (gutter + start - left, end - start),
        Style::new().add_modifier(Modifier::REVERSED),
    );
}

/// The column of the syntax error in characters, from 0, if the error is on this line.
fn fault_on(raw: &RawText, line: usize) -> Option<usize> {
    let fault = raw.fault.as_ref().filter(|fault| fault.line == line + 1)?;
    Some(fault.column.saturating_sub(1))
}

/// Reverses the cell of the syntax error, which may be after the end of its line.
fn mark_fault(frame: &mut Frame<'_>, context: DrawContext<'_>, line: RawLine<'_>, column: usize) {
    let RawLine { place, text: line, left, gutter } = line;
    let before: String = line.chars().take(column).collect();
    let width = line.chars().nth(column).map_or(1, |c| text::width(&text::visible(&c.to_string()))).max(1);
    let Some(column) = text::width(&text::visible(&before)).checked_sub(left) else { return };
    let x = place.x.saturating_add(u16::try_from(gutter + column).unwrap_or(u16::MAX));
    if x < place.right() {
        let width = u16::try_from(width).unwrap_or(1).min(place.right() - x);
        let style = context.theme.bad().add_modifier(Modifier::REVERSED);
        frame.buffer_mut().set_style(Rect { x, width, ..place }, style);
    }
}

/// A line from a column on, with colored tokens.
fn colored(line: &str, context: DrawContext<'_>, left: usize) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    let (mut at, mut column) = (0, 0);
    let mut put = |range: Range<usize>, style: Style| {
        let word = text::visible(line.get(range).unwrap_or_default());
        let from = column;
        column += text::width(&word);
        if from >= left {
            spans.push(Span::styled(word.into_owned(), style));
        } else if column > left {
            spans.push(Span::styled(cells_after(&word, left - from), style));
        }
    };
    for (kind, range) in document::tokens(line) {
        put(at..range.start, Style::new());
        at = range.end;
        put(range, token_style(context, kind));
    }
    put(at..line.len(), Style::new());
    spans
}

/// The part of a text after `columns` columns.
pub(super) fn cells_after(word: &str, columns: usize) -> String {
    let mut used = 0;
    let rest = word.graphemes(true).skip_while(|grapheme| {
        let is_before = used < columns;
        used += text::width(grapheme);
        is_before
    });
    rest.collect()
}
