//! A row of the simulation in the payload pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::simulation::{LineKind, SimulationRow};

use super::{Theme, block};

/// Draws a row; a chosen row is reversed, and `Enter` leads to its field.
pub(super) fn draw(row: &SimulationRow, is_chosen: bool, theme: Theme, buffer: &mut Buffer, area: Rect) {
    let symbols = theme.symbols();
    let (mark, mark_style, style) = match row.kind {
        LineKind::Section => ("", Style::new(), theme.strong()),
        LineKind::Good => (symbols.ok, theme.good(), Style::new()),
        LineKind::Lost => (symbols.error, theme.bad(), Style::new()),
        LineKind::Open => ("?", theme.careful(), Style::new()),
        LineKind::Fact => ("", Style::new(), Style::new()),
        LineKind::More | LineKind::Place => ("", Style::new(), theme.dim()),
    };
    let text = row.with_mark(mark);
    let mark = if row.is_first { mark } else { "" };
    let rest = text.strip_prefix(mark).unwrap_or(&text).to_owned();
    block::line(
        buffer,
        area,
        Line::from(vec![Span::styled(mark, mark_style), Span::styled(rest, style)]),
        None,
    );
    if is_chosen {
        buffer.set_style(area, theme.chosen());
    }
}
