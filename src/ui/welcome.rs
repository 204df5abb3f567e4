//! What stands in the panes while nothing is composed: the ways to begin, in the payload pane or, where that is out of
//! sight, in that of the problems.

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

/// A way to begin: its key, and what it begins with.
type OptionLine = (String, &'static str);

/// The ways, most wanted by a newcomer first.
fn option_lines(look: DrawContext<'_>) -> [OptionLine; 6] {
    let key = |action| look.keymap.label(Scene::Form, action).unwrap_or_default();
    START_OPTIONS.map(|way| (way.action.map_or_else(|| way.word.to_owned(), key), way.words))
}

/// One way as spans, its key in a column of this width.
fn spans((key, words): &OptionLine, widest: usize, look: DrawContext<'_>) -> Vec<Span<'static>> {
    let gap = " ".repeat(widest.saturating_sub(text::width(key)) + 2);
    vec![Span::styled(key.clone(), look.theme.accent()), Span::styled(format!("{gap}{words}"), Style::new())]
}

/// The columns of the widest of these texts.
fn widest<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(text::width).max().unwrap_or_default()
}

/// Draws the ways to begin into the payload pane; who is on the tour already is not shown to it.
pub(super) fn welcome(model: &Model, look: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let ways = option_lines(look);
    let ways = ways.get(usize::from(model.tour.current.is_some())..).unwrap_or_default();
    let columns = widest(ways.iter().map(|(key, _)| key.as_str()));
    let head = Line::styled(" {}   Nothing is composed yet. Ways to begin:", look.theme.dim());
    let ways = ways.iter().map(|way| {
        let mut line = vec![Span::raw("   ")];
        line.extend(spans(way, columns, look));
        Line::from(line)
    });
    for (index, line) in std::iter::once((0, head)).chain((START_OPTIONS_TOP..).zip(ways)) {
        if let Some(place) = block::row(area, index) {
            frame.buffer_mut().set_line(place.x, place.y, &line, place.width);
        }
    }
}

/// Draws what stands in the pane of the problems: where to look first.
pub(super) fn below(model: &Model, look: DrawContext<'_>, frame: &mut Frame<'_>, area: Area) {
    let theme = *look.theme;
    let shows_ways = model.payload.preview.form == PreviewForm::Json
        && model.layout().is_some_and(|layout| layout.preview.is_some());
    let words = if model.tour.current.is_some() {
        " Nothing is composed yet. The card below says what to do first."
    } else if shows_ways {
        " Nothing is composed yet. Once something is, what SEI would refuse, drop or misread stands here."
    } else {
        return options_below(look, frame, area);
    };
    let inner =
        block::pane(frame, rect(area), Line::styled(" Problems ", theme.strong()), theme, theme.dim());
    block::line(frame.buffer_mut(), inner, Line::raw(words), None);
}

/// Draws the ways to begin side by side where there is room, else the first ones.
fn options_below(look: DrawContext<'_>, frame: &mut Frame<'_>, area: Area) {
    let theme = *look.theme;
    let title = Line::styled(" Nothing is composed yet. Ways to begin ", theme.strong());
    let inner = block::pane(frame, rect(area), title, theme, theme.dim());
    let ways = option_lines(look);
    let keys = widest(ways.iter().map(|(key, _)| key.as_str()));
    let (left, right) = ways.split_at(ways.len() / 2);
    let words = |side: &[OptionLine]| widest(side.iter().map(|(_, words)| *words));
    let (first, second) = (words(left), words(right));
    let fits = 1 + keys + 2 + first + 3 + keys + 2 + second <= usize::from(inner.width);
    for (index, (one, other)) in left.iter().zip(right).enumerate() {
        let Some(place) = block::row(inner, index) else { break };
        let mut line = vec![Span::raw(" ")];
        line.extend(spans(one, keys, look));
        if fits {
            line.push(Span::raw(" ".repeat(first.saturating_sub(text::width(one.1)) + 3)));
            line.extend(spans(other, keys, look));
        }
        frame.buffer_mut().set_line(place.x, place.y, &Line::from(line), place.width);
    }
}
