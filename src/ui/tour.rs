//! The card of the guided tour: what to do next, below everything else, never with the focus.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::tour::{Tour, steps};
use crate::app::{Action, Scene};
use crate::text;

use super::{Look, block, footer};

/// Draws the card: a line with the heading, and what to do as far as it fits.
pub(super) fn card(tour: &Tour, look: Look<'_>, frame: &mut Frame<'_>, area: Rect) {
    let Some(step) = tour.step() else { return };
    let theme = *look.theme;
    let columns = usize::from(area.width).saturating_sub(2).max(10);
    let Some(first) = block::row(area, 0) else { return };
    let praise =
        if tour.is_praising() { format!("{} done, next: ", theme.symbols().ok) } else { String::new() };
    let heading = Line::from(vec![
        Span::styled(format!(" Tour {}/{} ", tour.position() + 1, steps().len()), theme.chosen()),
        Span::styled(format!(" {praise}"), theme.good()),
        Span::styled(step.title.clone(), theme.strong()),
    ]);
    let keys = format!("{} ", keys(tour, look));
    block::line(frame.buffer_mut(), first, heading, Some(Span::styled(keys, theme.dim())));
    let room = usize::from(area.height).saturating_sub(1);
    let mut lines = text::wrap(&footer::with_keys(&step.text, look), columns);
    if tour.is_held() {
        let on = look.keymap.label(Scene::Form, Action::TourSkip).unwrap_or_default();
        lines.truncate(room.saturating_sub(1));
        lines.push(format!("Hint: you came back to this card; {on} goes on."));
    } else if tour.is_hinting() {
        let hint = text::wrap(&format!("Hint: {}", footer::with_keys(&step.hint, look)), columns);
        // Where both do not fit, the hint says more to somebody who is stuck.
        lines.truncate(room.saturating_sub(hint.len()));
        lines.extend(hint);
    }
    for (index, line) in lines.into_iter().take(room).enumerate() {
        let Some(place) = block::row(area, index + 1) else { break };
        let style = if line.starts_with("Hint: ") { theme.careful() } else { Style::new() };
        block::line(frame.buffer_mut(), place, Line::styled(format!(" {line}"), style), None);
    }
}

/// The keys that move through the tour.
fn keys(tour: &Tour, look: Look<'_>) -> String {
    let key = |action, word: &str| look.keymap.label(Scene::Form, action).map(|key| format!("{key} {word}"));
    let known = [
        key(Action::TourSkip, "skip"),
        key(Action::TourBack, "back"),
        key(Action::Tour, if tour.is_at_end() { "again" } else { "leave" }),
    ];
    known.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
