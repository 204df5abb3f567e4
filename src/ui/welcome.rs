//! The start screen: the ways to start, in the payload pane or, if that pane is hidden, in the
//! problem pane.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::geometry::Area;
use crate::app::model::PreviewForm;
use crate::app::pane::{START_OPTIONS, START_OPTIONS_TOP};
use crate::app::{Model, Scene};
use crate::text;

use super::{DrawContext, block, rect};

/// A way to start: its key and its description.
type OptionLine = (String, &'static str);

/// The ways to start, most useful for new users first.
fn option_lines(context: DrawContext<'_>) -> [OptionLine; 6] {
    let key = |action| context.keymap.label(Scene::Form, action).unwrap_or_default();
    START_OPTIONS.map(|option| (option.action.map_or_else(|| option.word.to_owned(), key), option.words))
}

/// A way to start as spans; `widest` is the width of the key column.
fn spans((key, words): &OptionLine, widest: usize, context: DrawContext<'_>) -> Vec<Span<'static>> {
    let gap = " ".repeat(widest.saturating_sub(text::width(key)) + 2);
    vec![
        Span::styled(key.clone(), context.theme.accent()),
        Span::styled(format!("{gap}{words}"), Style::new()),
    ]
}

/// The width of the widest text.
fn widest<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(text::width).max().unwrap_or_default()
}

/// Draws the ways to start into the payload pane, without the tour if the tour is running.
pub(super) fn welcome(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let options = option_lines(context);
    let options = options.get(usize::from(model.tour.current.is_some())..).unwrap_or_default();
    let columns = widest(options.iter().map(|(key, _)| key.as_str()));
    let head = Line::styled(" {}   No payload yet. Ways to start:", context.theme.dim());
    let options = options.iter().map(|option| {
        let mut line = vec![Span::raw("   ")];
        line.extend(spans(option, columns, context));
        Line::from(line)
    });
    for (index, line) in std::iter::once((0, head)).chain((START_OPTIONS_TOP..).zip(options)) {
        if let Some(place) = block::row(area, index) {
            frame.buffer_mut().set_line(place.x, place.y, &line, place.width);
        }
    }
}

/// Draws the problem pane of the start screen.
pub(super) fn below(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Area) {
    let theme = *context.theme;
    let shows_options = model.payload.preview.form == PreviewForm::Json
        && model.layout().is_some_and(|layout| layout.preview.is_some());
    let words = if model.tour.current.is_some() {
        " No payload yet. The card below shows the first step."
    } else if shows_options {
        " No payload yet. Problems will be listed here as you type."
    } else {
        return options_below(context, frame, area);
    };
    let inner =
        block::pane(frame, rect(area), Line::styled(" Problems ", theme.strong()), theme, theme.dim());
    block::line(frame.buffer_mut(), inner, Line::raw(words), None);
}

/// Draws the ways to start in two columns, or only the first half if two columns do not fit.
fn options_below(context: DrawContext<'_>, frame: &mut Frame<'_>, area: Area) {
    let theme = *context.theme;
    let title = Line::styled(" No payload yet. Ways to start ", theme.strong());
    let inner = block::pane(frame, rect(area), title, theme, theme.dim());
    let options = option_lines(context);
    let keys = widest(options.iter().map(|(key, _)| key.as_str()));
    let (left, right) = options.split_at(options.len() / 2);
    let words = |side: &[OptionLine]| widest(side.iter().map(|(_, words)| *words));
    let (first, second) = (words(left), words(right));
    let fits = 1 + keys + 2 + first + 3 + keys + 2 + second <= usize::from(inner.width);
    for (index, (one, other)) in left.iter().zip(right).enumerate() {
        let Some(place) = block::row(inner, index) else { break };
        let mut line = vec![Span::raw(" ")];
        line.extend(spans(one, keys, context));
        if fits {
            line.push(Span::raw(" ".repeat(first.saturating_sub(text::width(one.1)) + 3)));
            line.extend(spans(other, keys, context));
        }
        frame.buffer_mut().set_line(place.x, place.y, &Line::from(line), place.width);
    }
}
