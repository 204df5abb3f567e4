//! Frames around panes, and lines with a left and a right part.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::border;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Widget};

use crate::text;

use super::{DrawContext, Theme, hint};

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// Draws a frame with a title and returns the area inside.
pub(super) fn pane(frame: &mut Frame<'_>, area: Rect, title: Line<'_>, theme: Theme, style: Style) -> Rect {
    let set = if theme.ascii { ASCII_BORDER } else { border::ROUNDED };
    let block = Block::bordered().border_set(set).border_style(style).title_top(title);
    let inner = block.inner(area);
    block.render(area, frame.buffer_mut());
    inner
}

/// The area that dialogs may use.
pub(super) fn stage(frame: &Frame<'_>, context: DrawContext<'_>) -> Rect {
    let screen = frame.area();
    Rect { height: screen.height.saturating_sub(context.below), ..screen }
}

/// Clears and draws a centered dialog with a title and key hints; returns the area inside.
pub(super) fn dialog(
    frame: &mut Frame<'_>,
    title: &str,
    wanted: (u16, usize),
    context: DrawContext<'_>,
) -> Rect {
    let screen = stage(frame, context);
    let (columns, rows) = wanted;
    let width = columns.min(screen.width.saturating_sub(2)).max(1);
    let height =
        u16::try_from(rows.saturating_add(2)).unwrap_or(u16::MAX).min(screen.height.saturating_sub(2)).max(3);
    let area = Rect {
        x: (screen.width.saturating_sub(width)) / 2,
        y: (screen.height.saturating_sub(height)) / 2,
        width,
        height,
    }
    .intersection(screen);
    // A column on each side is cleared too: borders of panes and dialogs never touch.
    let around = Rect { x: area.x.saturating_sub(1), width: area.width + 2, ..area }.intersection(screen);
    Clear.render(around, frame.buffer_mut());
    let theme = *context.theme;
    let heading = Line::from(vec![
        Span::raw(" "),
        Span::styled(context.shown(title).into_owned(), theme.strong()),
        Span::raw(" "),
    ]);
    let inner = pane(frame, area, heading, theme, theme.accent());
    hint::draw(context, frame, area, rows <= usize::from(inner.height));
    inner
}

/// Writes the number of hidden rows, above and below, at the right end of a border.
pub(super) fn more(
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    (inner, y): (Rect, u16),
    (above, below): (usize, usize),
) {
    let (up, down) = if context.theme.ascii { ("up", "down") } else { ("↑", "↓") };
    let words = match (above, below) {
        (0, 0) => return,
        (0, below) => format!(" {down} {below} more "),
        (above, 0) => format!(" {up} {above} more "),
        (above, below) => format!(" {up} {above}  {down} {below} "),
    };
    let width = u16::try_from(text::width(&words)).unwrap_or(0);
    frame.buffer_mut().set_string(inner.right().saturating_sub(width + 1), y, words, context.theme.dim());
}

/// Writes spans from the left and one text at the right, which is dropped if both do not fit.
pub(super) fn line(buffer: &mut Buffer, area: Rect, left: impl Into<Line<'static>>, right: Option<Span<'_>>) {
    let left = left.into();
    if area.height == 0 || area.width == 0 {
        return;
    }
    let used = u16::try_from(left.width()).unwrap_or(u16::MAX).min(area.width);
    buffer.set_line(area.x, area.y, &left, area.width);
    let Some(right) = right else { return };
    let width = u16::try_from(right.width()).unwrap_or(u16::MAX);
    if used.saturating_add(width) < area.width {
        buffer.set_span(area.right() - width, area.y, &right, width);
    }
}

/// The row of an area, counted from its top, or `None` if the area is too low.
pub(super) fn row(area: Rect, index: usize) -> Option<Rect> {
    let y = area.y.checked_add(u16::try_from(index).ok()?)?;
    (y < area.bottom()).then_some(Rect { y, height: 1, ..area })
}
