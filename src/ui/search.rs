//! The search in the payload pane: the input line in the border of the pane, and the marked
//! matches.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::app::Model;
use crate::app::pane_layout::PaneRow;
use crate::app::search::Search;
use crate::text;

use super::{DrawContext, field, rect};

/// Marks the matches in the visible rows; `columns` are the width of the gutter and the first
/// visible column of the text.
pub(super) fn marks(
    model: &Model,
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    columns: (usize, usize),
) {
    let Some(search) = model.search() else { return };
    let (gutter, left) = columns;
    let top = model.preview_top();
    for (row, y) in (area.y..area.bottom()).enumerate() {
        let indent = model.pane_rows().get(top + row).map_or(0, PaneRow::indent);
        for mark in search.marks(top + row) {
            let style = if mark.is_chosen {
                Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD)
            } else {
                context.theme.accent().add_modifier(Modifier::UNDERLINED | Modifier::BOLD)
            };
            let from = mark.column.max(left);
            let width = (mark.column + mark.width).saturating_sub(from);
            band(frame, Rect { y, height: 1, ..area }, (gutter + indent + from - left, width), style);
        }
    }
}

/// Sets the style of `width` columns of a row.
pub(super) fn band(frame: &mut Frame<'_>, row: Rect, (from, width): (usize, usize), style: Style) {
    let x = row.x.saturating_add(u16::try_from(from).unwrap_or(u16::MAX));
    let width = u16::try_from(width).unwrap_or(u16::MAX).min(row.right().saturating_sub(x));
    frame.buffer_mut().set_style(Rect { x: x.min(row.right()), width, ..row }, style);
}

/// Draws the input line in the lower border of the pane.
pub(super) fn line(search: &Search, model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>) {
    const LABEL: &str = " search ";
    let Some(place) = model.layout().and_then(|layout| layout.search()).map(rect) else { return };
    let theme = *context.theme;
    let words = search.words.text();
    let (message, style) = match search.position() {
        Some((at, count)) => (format!(" {at} of {count} "), theme.strong()),
        None if words.is_empty() => (String::new(), Style::new()),
        None => (" no match ".to_owned(), theme.bad()),
    };
    let buffer = frame.buffer_mut();
    buffer.set_string(place.x, place.y, " ".repeat(usize::from(place.width)), Style::reset());
    buffer.set_stringn(place.x, place.y, LABEL, usize::from(place.width), theme.chosen());
    let message_width = u16::try_from(text::width(&message)).unwrap_or_default();
    buffer.set_string(place.right().saturating_sub(message_width), place.y, message, style);
    let taken = u16::try_from(LABEL.len()).unwrap_or_default() + 1;
    let place =
        Rect { x: place.x + taken, width: place.width.saturating_sub(taken + message_width).max(1), ..place };
    let style = if search.fresh { theme.chosen() } else { theme.edited() };
    let x = field::line_with_cursor(context, frame, place, &words, (search.words.cursor(), style));
    frame.set_cursor_position((x, place.y));
}
