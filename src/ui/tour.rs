//! The card of the guided tour, below all panes: the next keys and their purpose. The card never
//! has the focus.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::geometry::Layout;
use crate::app::tour::{Tour, steps};
use crate::app::{Action, Model, Scene};
use crate::keymap::KeySpelling;
use crate::text;

use super::{DrawContext, block, rect};

/// The lines of a card that fit.
struct Card {
    instruction: Vec<String>,
    /// The purpose, cut to the room.
    text: Vec<String>,
    /// Whether `text` is not cut.
    is_whole: bool,
    /// The hint, if it fits too.
    hint: Vec<String>,
    /// The hint, if it does not fit.
    hint_elsewhere: Option<String>,
}

/// A text with long key names: new users do not know the signs.
fn message(words: &str, context: DrawContext<'_>, scene: Scene) -> String {
    context.keymap.with_keys(words, scene, KeySpelling::Long)
}

fn lay_out(model: &Model, tour: &Tour, context: DrawContext<'_>, area: Rect) -> Card {
    let columns = usize::from(area.width).saturating_sub(2).max(10);
    let room = usize::from(area.height).saturating_sub(1);
    let mut instruction = text::wrap(&message(&tour.instruction(model), context, model.scene()), columns - 2);
    instruction.truncate(room);
    let left = room.saturating_sub(instruction.len());
    let mut text = text::wrap(&message(&tour.text(model), context, Scene::Form), columns);
    let is_whole = text.len() <= left;
    text.truncate(left);
    if !is_whole && let Some(last) = text.last_mut() {
        *last = text::cut(&format!("{last} …"), columns).into_owned();
    }
    let hint = tour.hint(model).map(|hint| format!("Hint: {}", message(hint, context, model.scene())));
    let lines = hint.as_ref().map(|hint| text::wrap(hint, columns)).unwrap_or_default();
    if lines.len() <= left.saturating_sub(text.len()) {
        return Card { instruction, text, is_whole, hint: lines, hint_elsewhere: None };
    }
    Card { instruction, text, is_whole, hint: Vec::new(), hint_elsewhere: hint }
}

/// The hint for the help line, if the card has no room for it and the line has no notice.
pub(super) fn hint_above(model: &Model, context: DrawContext<'_>, layout: Layout) -> Option<String> {
    let tour = model.tour.current.as_ref().filter(|_| model.notice.is_none())?;
    lay_out(model, tour, context, rect(layout.card?)).hint_elsewhere
}

/// Draws the card: the heading, the keys to press, and as much of the purpose as fits.
pub(super) fn card(model: &Model, tour: &Tour, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let theme = *context.theme;
    let card = lay_out(model, tour, context, area);
    let Some(first) = block::row(area, 0) else { return };
    heading(model, tour, context, frame, (first, card.is_whole));
    let (mark, style) = if tour.is_already() && tour.lead(model).is_none() {
        (theme.symbols().ok, theme.good())
    } else {
        ("→", theme.strong())
    };
    let marks = std::iter::once(mark).chain(std::iter::repeat(" "));
    let instruction = card.instruction.into_iter().zip(marks);
    let instruction = instruction.map(|(line, mark)| (format!("{mark} {line}"), style));
    let text = card.text.into_iter().map(|line| (line, Style::new()));
    let hint = card.hint.into_iter().map(|line| (line, theme.careful()));
    for (index, (line, style)) in instruction.chain(text).chain(hint).enumerate() {
        let Some(place) = block::row(area, index + 1) else { break };
        block::line(frame.buffer_mut(), place, Line::styled(format!(" {line}"), style), None);
    }
}

/// Draws the number and title of the step, and as many keys of the tour as fit.
fn heading(
    model: &Model,
    tour: &Tour,
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    (area, is_whole): (Rect, bool),
) {
    let theme = *context.theme;
    let Some(step) = tour.step() else { return };
    let number = format!(" Tour {}/{} ", tour.position() + 1, steps().len());
    let ok = theme.symbols().ok;
    // The tick belongs to the step before: alone it would mark the open step as done.
    let praise = tour.is_praising().then(|| format!(" {ok} {} done · ", tour.position()));
    let praises = [praise.unwrap_or_else(|| " ".to_owned()), " ".to_owned()];
    let key =
        |action, word: &str| context.keymap.label(Scene::Form, action).map(|key| format!("{key} {word}"));
    let more = key(Action::Help, "more").filter(|_| !is_whole && model.scene() == Scene::Form);
    let skip = key(Action::TourSkip, if tour.is_already() { "next" } else { "skip" });
    let (back, quit) = (key(Action::TourBack, "back"), key(Action::Tour, "close"));
    let [play, pause, end] = ["playing", "Space pauses", "q quits"].map(|words| Some(words.to_owned()));
    let [most, less, few, least] = if model.settings.plays {
        [
            [play, pause.clone(), end.clone(), None],
            [pause.clone(), end.clone(), None, None],
            [pause, end.clone(), None, None],
            [end, None, None, None],
        ]
    } else {
        [
            [more.clone(), skip.clone(), back, quit.clone()],
            [more.clone(), skip.clone(), quit, None],
            [more.clone(), skip.clone(), None, None],
            [more.or(skip), None, None, None],
        ]
    };
    let choices = [(0, &most), (0, &less), (1, &most), (1, &less), (1, &few), (1, &least)];
    let width = |praise: &String, keys: &String| {
        text::width(&number) + text::width(praise) + text::width(&step.title) + text::width(keys) + 2
    };
    let [long, short] = &praises;
    let mut keys = String::new();
    let mut praise = short;
    for (which, known) in choices {
        praise = if which == 0 { long } else { short };
        keys = known.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ");
        if width(praise, &keys) <= usize::from(area.width) {
            break;
        }
    }
    let left = Line::from(vec![
        Span::styled(number.clone(), theme.chosen()),
        Span::styled(praise.clone(), theme.good()),
        Span::styled(step.title.clone(), theme.strong()),
    ]);
    block::line(frame.buffer_mut(), area, left, Some(Span::styled(format!("{keys} "), theme.dim())));
}

/// The full text of the card, for help: the card itself may be cut.
pub(super) fn whole(model: &Model, context: DrawContext<'_>, columns: usize) -> Vec<Line<'static>> {
    let theme = *context.theme;
    let Some((tour, step)) = model.tour.current.as_ref().and_then(|tour| Some((tour, tour.step()?))) else {
        return Vec::new();
    };
    let title = format!(" Tour {}/{}: {}", tour.position() + 1, steps().len(), step.title);
    let mut lines = vec![Line::styled(title, theme.accent())];
    let lines_of = [
        (tour.press(model), theme.strong()),
        (tour.text(model), Style::new()),
        (step.hint.clone(), theme.careful()),
    ];
    for (words, style) in lines_of {
        let words = text::wrap(&message(&words, context, Scene::Form), columns);
        lines.extend(words.into_iter().map(|line| Line::styled(format!(" {line}"), style)));
    }
    lines.push(Line::default());
    lines
}
