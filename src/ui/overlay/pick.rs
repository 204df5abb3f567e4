//! A list to choose from, with the line that narrows it.

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

/// Draws a list in a box of its own.
pub(super) fn pick(picker: &Picker, kind: &List, look: DrawContext<'_>, frame: &mut Frame<'_>) {
    let count = picker.fitting().len().max(1);
    let columns = usize::from(frame.area().width.min(98).saturating_sub(6));
    let about = about(kind, look, columns);
    let inner = block::dialog(frame, kind.title(), (96, count + 1 + about.len()), look);
    // On a low screen what is said of the list gives way to it.
    let below = usize::from(inner.height) > count + about.len();
    let listed = if below { count + 1 } else { usize::from(inner.height) };
    let beside = |index| key_of(picker, index, look);
    let height = u16::try_from(listed).unwrap_or(inner.height);
    list(picker, beside, look, frame, Rect { height, ..inner });
    for (index, words) in about.into_iter().enumerate() {
        if let Some(place) = block::row(inner, listed + index) {
            let line = Line::styled(format!(" {words}"), look.theme.dim());
            block::line(frame.buffer_mut(), place, line, None);
        }
    }
}

/// What is to be known of a list.
fn about(kind: &List, look: DrawContext<'_>, columns: usize) -> Vec<String> {
    if !matches!(kind, List::Environments) {
        return Vec::new();
    }
    let protected = look.theme.symbols().protected;
    text::wrap(&format!("{protected} protected: its name is asked for before a send. {OWN}"), columns)
}

/// Draws the filter and the lines that fit, each with its note and with what stands beside that.
pub(super) fn list(
    picker: &Picker,
    beside: impl Fn(usize) -> String,
    look: DrawContext<'_>,
    frame: &mut Frame<'_>,
    inner: Rect,
) {
    let theme = *look.theme;
    let Some(first) = block::row(inner, 0) else { return };
    let filter = Rect { x: first.x + 1, width: first.width.saturating_sub(2), ..first };
    let written = picker.filter.text();
    if written.is_empty() {
        frame.buffer_mut().set_stringn(
            filter.x,
            filter.y,
            "type to find",
            usize::from(filter.width),
            theme.dim(),
        );
    }
    let x = field::line_with_cursor(look, frame, filter, &written, (picker.filter.cursor(), theme.edited()));
    frame.set_cursor_position((x, filter.y));
    let room = usize::from(inner.height.saturating_sub(1));
    let top = (picker.position() + 1).saturating_sub(room);
    let hidden = (top, picker.fitting().len().saturating_sub(top + room));
    block::more(look, frame, (inner, inner.y.saturating_sub(1)), hidden);
    if picker.fitting().len() == 0
        && let Some(place) = block::row(inner, 1)
    {
        let none = Line::styled(
            look.with_keys(" nothing fits; {backspace} widens the search", Scene::Picker),
            theme.dim(),
        );
        block::line(frame.buffer_mut(), place, none, None);
    }
    for (position, (index, line)) in picker.fitting().enumerate().skip(top).take(room) {
        let Some(place) = block::row(inner, position - top + 1) else { break };
        let is_chosen = position == picker.position();
        let style = if is_chosen { theme.chosen() } else { Style::new() };
        let key = beside(index);
        let name = look.shown(&line.text);
        let name = text::cut(&name, usize::from(place.width).saturating_sub(text::width(key.trim()) + 3))
            .into_owned();
        let left = Line::from(vec![
            Span::styled(if is_chosen { theme.symbols().focus } else { " " }, theme.accent()),
            Span::styled(format!("{name} "), style),
        ]);
        let room = usize::from(place.width).saturating_sub(left.width() + 2);
        let note = noted(&look.shown(&line.note), &key, room);
        block::line(frame.buffer_mut(), place, left, Some(Span::styled(format!("{note} "), theme.dim())));
    }
}

/// The note beside a line, as far as there is room; a key is the last thing to go.
fn noted(note: &str, key: &str, room: usize) -> String {
    if key.is_empty() {
        return text::cut(note, room).into_owned();
    }
    let left = room.saturating_sub(text::width(key));
    if text::width(note) > left { key.trim_start().to_owned() } else { format!("{note}{key}") }
}

/// The key of the action that a line carries out.
fn key_of(picker: &Picker, index: usize, look: DrawContext<'_>) -> String {
    let Some(OverlayAnswer::Screen(action)) = picker.answer(index) else { return String::new() };
    format!("{:>8}", look.keymap.label(Scene::Form, *action).unwrap_or_default())
}
