//! The page that compares two states of a document.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::app::comparison::{Comparison, ComparisonRow, DescribedChange};
use crate::text;
use crate::ui::{DrawContext, Theme, block};

use super::sending::paragraph;

/// Draws the changes; a change that fits uses one row.
pub(in crate::ui) fn compare(
    comparison: &Comparison,
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    scroll: usize,
) {
    let theme = *context.theme;
    let width = 100.min(frame.area().width.saturating_sub(2));
    let columns = usize::from(width.saturating_sub(4)).max(10);
    let lines: Vec<Line<'_>> = comparison
        .clone()
        .redacted(context.redactor)
        .rows(columns)
        .into_iter()
        .map(|row| on_screen(row, theme))
        .collect();
    let title = match comparison.count() {
        0 => comparison.title.clone(),
        count => format!("{} · {}", comparison.title, text::count(count, "change", "changes")),
    };
    let inner = block::dialog(frame, &title, (width, lines.len()), context);
    paragraph(frame, inner, &lines, scroll);
}

/// A row of a comparison with its colors.
pub(in crate::ui) fn on_screen(row: ComparisonRow, theme: Theme) -> Line<'static> {
    match row {
        ComparisonRow::Whole(place, change) => {
            let mut spans = vec![Span::styled(format!(" {place}  "), theme.accent())];
            spans.extend(change_spans(change, theme));
            Line::from(spans)
        }
        ComparisonRow::Place(place) => Line::styled(format!(" {place}"), theme.accent()),
        ComparisonRow::Gone(words) => Line::styled(format!("   {words}"), theme.bad()),
        ComparisonRow::Come(words) => Line::styled(format!("   {words}"), theme.good()),
        ComparisonRow::Note(words) => Line::styled(format!(" {words}"), theme.dim()),
    }
}

fn change_spans(change: DescribedChange, theme: Theme) -> Vec<Span<'static>> {
    match (change.gone, change.come) {
        (Some(gone), Some(come)) => {
            vec![
                Span::styled(gone, theme.bad()),
                Span::styled(" → ", theme.dim()),
                Span::styled(come, theme.good()),
            ]
        }
        (None, Some(come)) => vec![Span::styled(format!("+ {come}"), theme.good())],
        (Some(gone), None) => vec![Span::styled(format!("- {gone}"), theme.bad())],
        (None, None) => Vec::new(),
    }
}
