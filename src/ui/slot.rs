//! A row of the form and its place on screen: the parts that all rows share.

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::app::Model;
use crate::app::row::FormRow;
use crate::check::{Counts, Severity};

use super::DrawContext;

/// A row and its place on screen.
#[derive(Clone, Copy)]
pub(super) struct RowSlot<'a> {
    pub(super) row: &'a FormRow,
    pub(super) place: Rect,
    pub(super) is_focused: bool,
}

/// The focus mark and the indent of a row.
pub(super) fn gutter(context: DrawContext<'_>, slot: RowSlot<'_>) -> Vec<Span<'static>> {
    let theme = *context.theme;
    let mark = if slot.is_focused { theme.symbols().focus } else { " " };
    vec![Span::styled(mark, theme.accent()), Span::raw(" ".repeat(slot.row.label_column() - 1))]
}

/// The mark of the worst severity of a row, or blanks.
pub(super) fn mark(
    model: &Model,
    context: DrawContext<'_>,
    counts: Counts,
    slot: RowSlot<'_>,
) -> Span<'static> {
    let theme = *context.theme;
    let severity = match (counts.errors, counts.warnings) {
        (0, 0) => None,
        (0, _) => Some(Severity::Warning),
        _ => Some(Severity::Error),
    };
    match severity.filter(|_| model.is_marked(slot.row, slot.is_focused)) {
        Some(severity) => Span::styled(format!(" {}", theme.mark(severity)), theme.severity(severity)),
        None => Span::raw("  "),
    }
}
