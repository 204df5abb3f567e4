//! What the payload pane says while there is no payload: the ways to begin.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::{Action, Model, Scene};
use crate::text;

use super::{Look, block};

/// Whether nothing was composed yet, so that the ways to begin are worth the room.
pub(super) fn is_due(model: &Model) -> bool {
    let is_empty = model.document.value().as_object().is_some_and(crate::document::Object::is_empty);
    is_empty && model.draft.name.is_none() && model.tour.is_none() && !model.document.can_undo()
}

/// Draws the ways to begin.
pub(super) fn welcome(look: Look<'_>, frame: &mut Frame<'_>, area: Rect) {
    let theme = *look.theme;
    let key = |action| look.keymap.label(Scene::Form, action).unwrap_or_default();
    let ways = [
        (key(Action::Tour), "the guided tour, beside your own things"),
        ("paste".to_owned(), "a run, curl, satellite.yml, a CI's JSON"),
        (key(Action::Import), "the same out of a file"),
        (key(Action::New), "a template, or a documented example"),
        (key(Action::Open), "a draft"),
        ("type".to_owned(), "the form is a blank run already"),
    ];
    let widest = ways.iter().map(|(key, _)| text::width(key)).max().unwrap_or_default();
    let mut lines =
        vec![Line::styled(" {}   Nothing is composed yet. Ways to begin:", theme.dim()), Line::default()];
    for (key, words) in ways {
        let gap = " ".repeat(widest.saturating_sub(text::width(&key)) + 2);
        lines.push(Line::from(vec![
            Span::raw("   "),
            Span::styled(key, theme.accent()),
            Span::styled(format!("{gap}{words}"), Style::new()),
        ]));
    }
    for (index, line) in lines.iter().enumerate() {
        if let Some(place) = block::row(area, index) {
            frame.buffer_mut().set_line(place.x, place.y, line, place.width);
        }
    }
}
