//! The first two lines: what is being composed and where it would go; the tabs.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::app::row::Tab;
use crate::app::{Access, Model};
use crate::text;

use super::{Look, block};

/// Name of the draft, environment, key, counts.
pub(super) fn title(model: &Model, look: Look<'_>, frame: &mut Frame<'_>, area: Rect) {
    let theme = *look.theme;
    let symbols = theme.symbols();
    let name = model.draft.name.as_deref().unwrap_or("unnamed draft");
    let wide = area.width >= 100;
    let brand = if wide { " sei-compose " } else { " " };
    let mut left = vec![Span::styled(brand, theme.accent().add_modifier(Modifier::BOLD))];
    left.push(Span::styled(
        text::cut(&text::visible(name), if wide { 30 } else { 16 }).into_owned(),
        theme.strong(),
    ));
    if model.is_unsaved() {
        let word = if wide { " unsaved" } else { "" };
        left.push(Span::styled(format!(" {}{word}", symbols.unsaved), theme.careful()));
    }
    if model.read_only || model.draft.access == Access::ReadOnly {
        left.push(Span::styled(" read-only", theme.careful()));
    }
    left.push(Span::raw("  "));
    left.extend(environment(model, look, wide));
    let right = counts(model, look);
    let width = usize::from(area.width);
    let room = width.saturating_sub(Line::from(right.clone()).width() + 1);
    let left = fitted(left, room);
    block::line(frame.buffer_mut(), area, Line::from(left), None);
    let right = Line::from(right);
    let width = u16::try_from(right.width()).unwrap_or(area.width).min(area.width);
    frame.buffer_mut().set_line(area.right() - width, area.y, &right, width);
}

/// Where the run would go, in words; protected ones look protected.
fn environment(model: &Model, look: Look<'_>, wide: bool) -> Vec<Span<'static>> {
    let theme = *look.theme;
    let Some(chosen) = model.chosen() else { return Vec::new() };
    let environment = &chosen.environment;
    let mut spans = Vec::new();
    if environment.protected {
        spans.push(Span::styled(format!("{} ", theme.symbols().protected), theme.bad()));
    }
    let label = text::visible(&environment.label).into_owned();
    spans.push(Span::styled(label, theme.strong()));
    spans.push(Span::raw(format!("  {}", text::visible(&environment.host()))));
    let (key, style) = match (&chosen.key, &chosen.fault) {
        (None, Some(_)) => ("  key unusable".to_owned(), theme.bad()),
        (None, None) => ("  no key".to_owned(), theme.dim()),
        (Some(source), _) if wide => (format!("  key: {source}"), theme.dim()),
        (Some(_), _) => ("  key ok".to_owned(), theme.dim()),
    };
    spans.push(Span::styled(key, style));
    spans
}

fn counts(model: &Model, look: Look<'_>) -> Vec<Span<'static>> {
    let theme = *look.theme;
    let counts = model.counts_in_all();
    if counts.errors == 0 && counts.warnings == 0 {
        return vec![Span::styled(format!("{} no errors ", theme.symbols().ok), theme.good())];
    }
    let mut spans = Vec::new();
    let is_short = model.size.columns < 100 && counts.errors > 0 && counts.warnings > 0;
    if is_short {
        let error = format!("{}{} ", theme.symbols().error, counts.errors);
        let warning = format!("{}{} ", theme.symbols().warning, counts.warnings);
        return vec![Span::styled(error, theme.bad()), Span::styled(warning, theme.careful())];
    }
    if counts.errors > 0 {
        let style = theme.bad().add_modifier(Modifier::BOLD);
        spans.push(Span::styled(format!("{} ", text::count(counts.errors, "error", "errors")), style));
    }
    if counts.warnings > 0 {
        spans.push(Span::styled(
            format!("{} ", text::count(counts.warnings, "warning", "warnings")),
            theme.careful(),
        ));
    }
    spans
}

/// The spans that fit, the last one cut.
fn fitted(spans: Vec<Span<'static>>, room: usize) -> Vec<Span<'static>> {
    let mut left = room;
    let mut fitting = Vec::new();
    for span in spans {
        if left == 0 {
            break;
        }
        let content = text::cut(&span.content, left).into_owned();
        left = left.saturating_sub(text::width(&content));
        fitting.push(Span::styled(content, span.style));
    }
    fitting
}

/// The five tabs with their counts.
pub(super) fn tabs(model: &Model, look: Look<'_>, frame: &mut Frame<'_>, area: Rect) {
    let theme = *look.theme;
    let mut spans = Vec::new();
    spans.push(Span::raw(" "));
    for tab in Tab::ALL {
        let counts = model.tab_counts(tab);
        let label = model.tab_label(tab);
        let label = if theme.ascii { label.replace('✓', "ok").replace('✗', "x") } else { label };
        let mut style = if counts.errors == 0 && counts.warnings == 0 {
            ratatui::style::Style::new()
        } else if counts.errors > 0 {
            theme.bad()
        } else {
            theme.careful()
        };
        if tab == model.tab {
            style = style.add_modifier(Modifier::BOLD | Modifier::REVERSED);
        }
        spans.push(Span::styled(format!(" {label} "), style));
    }
    block::line(frame.buffer_mut(), area, Line::from(spans), None);
}
