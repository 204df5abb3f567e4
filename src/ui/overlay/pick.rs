//! A list to choose from, with the line that narrows it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Scene;
use crate::app::overlay::Choice;
use crate::app::picker::Picker;
use crate::text;
use crate::ui::{Look, block, field};

/// Draws a list in a box of its own.
pub(super) fn pick(picker: &Picker, choice: &Choice, look: Look<'_>, frame: &mut Frame<'_>) {
    let count = picker.fitting().len().max(1);
    let inner = block::dialog(frame, choice.title(), (96, count + 1), look);
    let beside = |index| key_of(choice, index, look);
    list(picker, beside, look, frame, inner);
}

/// Draws the filter and the lines that fit, each with its note and with what stands beside that.
pub(super) fn list(
    picker: &Picker,
    beside: impl Fn(usize) -> String,
    look: Look<'_>,
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
    let x = field::line_with_cursor(frame, filter, &written, (picker.filter.cursor(), theme.edited()));
    frame.set_cursor_position((x, filter.y));
    let room = usize::from(inner.height.saturating_sub(1));
    let top = (picker.position() + 1).saturating_sub(room);
    let hidden = (top, picker.fitting().len().saturating_sub(top + room));
    block::more(look, frame, (inner, inner.y.saturating_sub(1)), hidden);
    if picker.fitting().len() == 0
        && let Some(place) = block::row(inner, 1)
    {
        let none = Line::styled(" nothing fits; Backspace widens the search", theme.dim());
        block::line(frame.buffer_mut(), place, none, None);
    }
    for (position, (index, line)) in picker.fitting().enumerate().skip(top).take(room) {
        let Some(place) = block::row(inner, position - top + 1) else { break };
        let is_chosen = position == picker.position();
        let style = if is_chosen { theme.chosen() } else { Style::new() };
        let key = beside(index);
        let name = text::visible(&line.text);
        let name = text::cut(&name, usize::from(place.width).saturating_sub(text::width(key.trim()) + 3))
            .into_owned();
        let left = Line::from(vec![
            Span::styled(if is_chosen { theme.symbols().focus } else { " " }, theme.accent()),
            Span::styled(format!("{name} "), style),
        ]);
        let room = usize::from(place.width).saturating_sub(left.width() + 2);
        let note = noted(&line.note, &key, room);
        block::line(frame.buffer_mut(), place, left, Some(Span::styled(format!("{note} "), theme.dim())));
    }
}

/// The note beside a line, as far as there is room; a key is the last thing to go.
fn noted(note: &str, key: &str, room: usize) -> String {
    let note = text::visible(note);
    if key.is_empty() {
        return text::cut(&note, room).into_owned();
    }
    let left = room.saturating_sub(text::width(key));
    if text::width(&note) > left { key.trim_start().to_owned() } else { format!("{note}{key}") }
}

/// The key of an action in the palette.
fn key_of(choice: &Choice, index: usize, look: Look<'_>) -> String {
    let (Choice::Action(actions) | Choice::Field { actions, .. }) = choice else { return String::new() };
    let key = actions.get(index).and_then(|action| look.keymap.label(Scene::Form, *action));
    format!("{:>8}", key.unwrap_or_default())
}
