//! The dialog of an import: how the input was read, and its parts to select.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::incoming::{Incoming, IncomingPart};
use crate::text;
use crate::ui::{DrawContext, block};

/// Draws the list, scrolled to the focused part.
pub(super) fn incoming(incoming: &Incoming, context: DrawContext<'_>, frame: &mut Frame<'_>) {
    let theme = *context.theme;
    let width = 100.min(frame.area().width.saturating_sub(2));
    let columns = usize::from(width.saturating_sub(4)).max(10);
    let notes = incoming.notes(columns, |words| context.shown(words)).into_iter();
    let mut lines: Vec<Line<'static>> =
        notes.map(|words| Line::styled(format!("  {words}"), theme.dim())).collect();
    let head = lines.len();
    let widest = incoming.parts.iter().map(|part| text::width(&part.change.place)).max().unwrap_or_default();
    let widest = widest.min(columns / 3);
    for (index, part) in incoming.parts.iter().enumerate() {
        lines.push(row(part, index == incoming.focus, (widest, columns), context));
    }
    let wanted = incoming.parts.iter().filter(|part| part.is_wanted).count();
    let title = format!("Import {} · {wanted} of {} selected", incoming.noun, incoming.parts.len());
    let inner = block::dialog(frame, &title, (width, lines.len()), context);
    let room = usize::from(inner.height).max(1);
    let top = incoming.top(head, room);
    let below = lines.len().saturating_sub(top + room);
    block::more(context, frame, (inner, inner.y.saturating_sub(1)), (top, below));
    for (index, line) in lines.into_iter().skip(top).take(room).enumerate() {
        if let Some(place) = block::row(inner, index) {
            frame.buffer_mut().set_line(place.x, place.y, &line, place.width);
        }
    }
}

fn row(
    part: &IncomingPart,
    is_focused: bool,
    (widest, columns): (usize, usize),
    context: DrawContext<'_>,
) -> Line<'static> {
    let theme = *context.theme;
    let mark = if part.is_wanted { "[x]" } else { "[ ]" };
    let focus = if is_focused { theme.symbols().focus } else { " " };
    let style = if is_focused { theme.chosen() } else { Style::new() };
    let place = text::cut(&context.redactor.redact(&part.change.place), widest).into_owned();
    let filled = " ".repeat(widest.saturating_sub(text::width(&place)));
    let room = columns.saturating_sub(widest + 8);
    let words = text::cut(&context.redactor.redact(part.change.words()), room).into_owned();
    Line::from(vec![
        Span::styled(focus, theme.accent()),
        Span::styled(format!("{mark} "), if part.is_wanted { theme.good() } else { theme.dim() }),
        Span::styled(format!("{place}{filled}"), style),
        Span::raw("  "),
        Span::styled(words, if part.is_wanted { Style::new() } else { theme.dim() }),
    ])
}
