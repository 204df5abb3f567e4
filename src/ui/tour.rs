//! The card of the guided tour: what to press next, then what for; below everything else, never with the focus.

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

/// What a card has room for.
struct Card {
    /// What to press.
    instruction: Vec<String>,
    /// What for, as far as it fits.
    text: Vec<String>,
    /// Whether all of that fits.
    is_whole: bool,
    /// The hint, where it fits too.
    hint: Vec<String>,
    /// The hint, where it does not.
    hint_elsewhere: Option<String>,
}

/// Words with the names of keys spelled out: a newcomer knows no signs for them.
fn message(words: &str, look: DrawContext<'_>, scene: Scene) -> String {
    look.keymap.with_keys(words, scene, KeySpelling::Long)
}

/// Lays the card out.
fn lay_out(model: &Model, tour: &Tour, look: DrawContext<'_>, area: Rect) -> Card {
    let columns = usize::from(area.width).saturating_sub(2).max(10);
    let room = usize::from(area.height).saturating_sub(1);
    let mut instruction = text::wrap(&message(&tour.instruction(model), look, model.scene()), columns - 2);
    instruction.truncate(room);
    let left = room.saturating_sub(instruction.len());
    let mut text = text::wrap(&message(&tour.text(model), look, Scene::Form), columns);
    let is_whole = text.len() <= left;
    text.truncate(left);
    if !is_whole && let Some(last) = text.last_mut() {
        *last = text::cut(&format!("{last} …"), columns).into_owned();
    }
    let hint = tour.hint(model).map(|hint| format!("Hint: {}", message(hint, look, model.scene())));
    let lines = hint.as_ref().map(|hint| text::wrap(hint, columns)).unwrap_or_default();
    if lines.len() <= left.saturating_sub(text.len()) {
        return Card { instruction, text, is_whole, hint: lines, hint_elsewhere: None };
    }
    Card { instruction, text, is_whole, hint: Vec::new(), hint_elsewhere: hint }
}

/// The hint, where the card has no room for it and the line above nothing that just happened.
pub(super) fn hint_above(model: &Model, look: DrawContext<'_>, layout: Layout) -> Option<String> {
    let tour = model.tour.current.as_ref().filter(|_| model.notice.is_none())?;
    lay_out(model, tour, look, rect(layout.card?)).hint_elsewhere
}

/// Draws the card: a line with the heading, what to press, and what for as far as it fits.
pub(super) fn card(model: &Model, tour: &Tour, look: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let theme = *look.theme;
    let card = lay_out(model, tour, look, area);
    let Some(first) = block::row(area, 0) else { return };
    heading(model, tour, look, frame, (first, card.is_whole));
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

/// Which card it is, and the keys that turn it: the fewer, the narrower the screen is.
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
    // Of the step before: never a tick alone in front of one that is still to do.
    let praise = tour.is_praising().then(|| format!(" {ok} {} done; now: ", tour.position()));
    let praises = [praise.unwrap_or_else(|| " ".to_owned()), " ".to_owned()];
    let key =
        |action, word: &str| context.keymap.label(Scene::Form, action).map(|key| format!("{key} {word}"));
    let more = key(Action::Help, "more").filter(|_| !is_whole && model.scene() == Scene::Form);
    let skip = key(Action::TourSkip, if tour.is_already() { "next" } else { "skip" });
    let (back, leave) = (key(Action::TourBack, "back"), key(Action::Tour, "leave"));
    let [play, pause, end] = ["playing", "Space pauses", "q leaves"].map(|words| Some(words.to_owned()));
    let [most, less, few, least] = if model.settings.plays {
        [
            [play, pause.clone(), end.clone(), None],
            [pause.clone(), end.clone(), None, None],
            [pause, end.clone(), None, None],
            [end, None, None, None],
        ]
    } else {
        [
            [more.clone(), skip.clone(), back, leave.clone()],
            [more.clone(), skip.clone(), leave, None],
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

/// All that the card says, for help: the screen may have no room for it.
pub(super) fn whole(model: &Model, look: DrawContext<'_>, columns: usize) -> Vec<Line<'static>> {
    let theme = *look.theme;
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
        let words = text::wrap(&message(&words, look, Scene::Form), columns);
        lines.extend(words.into_iter().map(|line| Line::styled(format!(" {line}"), style)));
    }
    lines.push(Line::default());
    lines
}
