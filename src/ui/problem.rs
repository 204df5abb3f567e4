//! The list of problems: the focused field's in sight, each with its place, its sentence and its fix.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::geometry::Area;
use crate::text;

use super::{Look, block, rect};

/// Draws the problem pane.
pub(super) fn problems(model: &Model, look: Look<'_>, frame: &mut Frame<'_>, area: Area) {
    let theme = *look.theme;
    let counts = model.counts;
    let mut words = String::from(" ");
    if counts.hints > 0 {
        words = format!(" {} ", text::count(counts.hints, "hint", "hints"));
    }
    let title = Line::from(vec![Span::styled(" Problems", theme.strong()), Span::styled(words, theme.dim())]);
    let inner = block::pane(frame, rect(area), title, theme, theme.dim());
    if model.problems.is_empty() {
        let line = Line::styled(" Nothing known that SEI would drop, alter or misread.", theme.good());
        block::line(frame.buffer_mut(), inner, line, None);
        return;
    }
    let here = model.problems_here();
    let top = model.problems_top();
    for index in top..model.problems.len().min(top + usize::from(inner.height)) {
        if let Some(place) = block::row(inner, index - top) {
            line(model, look, frame, place, (index, here.contains(&index)));
        }
    }
}

/// Draws one problem on one line.
pub(super) fn line(
    model: &Model,
    look: Look<'_>,
    frame: &mut Frame<'_>,
    place: Rect,
    (index, is_here): (usize, bool),
) {
    let theme = *look.theme;
    let Some(problem) = model.problems.get(index) else { return };
    let focus = if is_here { theme.symbols().focus } else { " " };
    let at = problem.at.to_string();
    let at = text::visible(at.trim_start_matches('/')).into_owned();
    let at = if at.is_empty() { "document".to_owned() } else { at };
    let columns = usize::from(place.width / 4).clamp(12, 30);
    let mut spans = vec![
        Span::styled(focus, theme.accent()),
        Span::styled(format!("{} ", theme.mark(problem.severity)), theme.severity(problem.severity)),
    ];
    let short = short_place(&at, columns);
    let padding = columns.saturating_sub(text::width(&short)) + 1;
    spans.push(Span::styled(short, if is_here { theme.strong() } else { ratatui::style::Style::new() }));
    spans.push(Span::raw(" ".repeat(padding)));
    let fix = problem.fixes.first().map(|fix| format!(" fix: {}", text::visible(&fix.label)));
    let width = usize::from(place.width);
    let used = Line::from(spans.clone()).width();
    let message = text::visible(&problem.message);
    // The sentence comes first; the fix stands beside it where both fit.
    let beside = fix.filter(|fix| used + text::width(&message) + text::width(fix) < width);
    let room = width.saturating_sub(used);
    spans.push(Span::raw(text::cut(&message, room).into_owned()));
    let right = beside.map(|fix| Span::styled(fix, theme.good()));
    block::line(frame.buffer_mut(), place, Line::from(spans), right);
}

/// A place cut at its front, since its end says most.
fn short_place(at: &str, columns: usize) -> String {
    if text::width(at) <= columns {
        return at.to_owned();
    }
    let mut tail = String::new();
    for part in at.rsplit('/') {
        if text::width(&tail) + text::width(part) + 2 > columns {
            break;
        }
        tail = if tail.is_empty() { part.to_owned() } else { format!("{part}/{tail}") };
    }
    if tail.is_empty() { text::cut(at, columns).into_owned() } else { format!("…{tail}") }
}
