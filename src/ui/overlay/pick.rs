//! A list to choose from, with a filter line.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Scene;
use crate::app::overlay::{List, OverlayAnswer};
use crate::app::picker::Picker;
use crate::app::reading::OWN;
use crate::text;
use crate::ui::{DrawContext, block, field};

/// Draws a list as a dialog.
pub(super) fn pick(picker: &Picker, kind: &List, context: DrawContext<'_>, frame: &mut Frame<'_>) {
    let count = picker.fitting().len().max(1);
    let columns = usize::from(frame.area().width.min(98).saturating_sub(6));
    let about = about(kind, context, columns);
    let inner = block::dialog(frame, kind.title(), (96, count + 1 + about.len()), context);
    // On a low screen the list gets the rows of the note.
    let below = usize::from(inner.height) > count + about.len();
    let listed = if below { count + 1 } else { usize::from(inner.height) };
    let key = |index| key_of(picker, index, context);
    let height = u16::try_from(listed).unwrap_or(inner.height);
    list(picker, key, context, frame, Rect { height, ..inner });
    for (index, words) in about.into_iter().enumerate() {
        if let Some(place) = block::row(inner, listed + index) {
            let line = Line::styled(format!(" {words}"), context.theme.dim());
            block::line(frame.buffer_mut(), place, line, None);
        }
    }
}

/// The note below a list.
fn about(kind: &List, context: DrawContext<'_>, columns: usize) -> Vec<String> {
    if !matches!(kind, List::Environments) {
        return Vec::new();
    }
    let protected = context.theme.symbols().protected;
    text::wrap(&format!("{protected} protected: type its id before a send. {OWN}"), columns)
}

/// Draws the filter and the lines that fit, each with its note and its key.
pub(super) fn list(
    picker: &Picker,
    key_of: impl Fn(usize) -> String,
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    inner: Rect,
) {
    let theme = *context.theme;
    let Some(first) = block::row(inner, 0) else { return };
    let filter = Rect { x: first.x + 1, width: first.width.saturating_sub(2), ..first };
    let written = picker.filter.text();
    if written.is_empty() {
        frame.buffer_mut().set_stringn(
            filter.x,
            filter.y,
            "type to search",
            usize::from(filter.width),
            theme.dim(),
        );
    }
    let x =
        field::line_with_cursor(context, frame, filter, &written, (picker.filter.cursor(), theme.edited()));
    frame.set_cursor_position((x, filter.y));
    let room = usize::from(inner.height.saturating_sub(1));
    let top = (picker.position() + 1).saturating_sub(room);
    let hidden = (top, picker.fitting().len().saturating_sub(top + room));
    block::more(context, frame, (inner, inner.y.saturating_sub(1)), hidden);
    if picker.fitting().len() == 0
        && let Some(place) = block::row(inner, 1)
    {
        let none = Line::styled(
            context.with_keys(" no match; {backspace} widens the search", Scene::Picker),
            theme.dim(),
        );
        block::line(frame.buffer_mut(), place, none, None);
    }
    for (position, (index, line)) in picker.fitting().enumerate().skip(top).take(room) {
        let Some(place) = block::row(inner, position - top + 1) else { break };
        let is_chosen = position == picker.position();
        let style = if is_chosen { theme.chosen() } else { Style::new() };
        let key = key_of(index);
        let name = context.shown(&line.text);
        let name = text::cut(&name, usize::from(place.width).saturating_sub(text::width(key.trim()) + 3))
            .into_owned();
        let left = Line::from(vec![
            Span::styled(if is_chosen { theme.symbols().focus } else { " " }, theme.accent()),
            Span::styled(format!("{name} "), style),
        ]);
        let room = usize::from(place.width).saturating_sub(left.width() + 2);
        let note = noted(&context.shown(&line.note), &key, room);
        block::line(frame.buffer_mut(), place, left, Some(Span::styled(format!("{note} "), theme.dim())));
    }
}

/// The note and the key of a line; if both do not fit, only the key.
fn noted(note: &str, key: &str, room: usize) -> String {
    if key.is_empty() {
        return text::cut(note, room).into_owned();
    }
    let left = room.saturating_sub(text::width(key));
    if text::width(note) > left { key.trim_start().to_owned() } else { format!("{note}{key}") }
}

/// The padded key of the action that a line runs; empty for other lines.
fn key_of(picker: &Picker, index: usize, context: DrawContext<'_>) -> String {
    let Some(OverlayAnswer::Screen(action)) = picker.answer(index) else { return String::new() };
    format!("{:>8}", context.keymap.label(Scene::Form, *action).unwrap_or_default())
}
