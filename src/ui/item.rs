//! A stage, step, artifact, parameter or trigger as one line, with its bar in the waterfall.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::app::row::part::add_words;
use crate::app::row::summary::{Bar, ItemResult, bar, summary};
use crate::app::{Model, Scene};
use crate::catalog::RecordId;
use crate::document::{Token, Value};
use crate::text;

use super::slot::{RowSlot, gutter, mark};
use super::{DrawContext, block};

/// The width of the bar in columns.
const BAR: u16 = 16;

/// Draws the row of an item, folded or unfolded.
pub(super) fn item(
    model: &Model,
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    slot: RowSlot<'_>,
    id: RecordId,
) {
    let theme = *context.theme;
    let symbols = theme.symbols();
    let Some(value) = model.value_of(slot.row) else { return };
    let Some(Token::Index(index)) = slot.row.at.last() else { return };
    let is_open = model.form.open.contains(&slot.row.at);
    let item = summary(id, value, *index);
    let mut spans = gutter(context, slot);
    let fold = if is_open { symbols.unfolded } else { symbols.folded };
    spans.push(Span::styled(format!("{fold} "), theme.accent()));
    match item.ended {
        ItemResult::Well => spans.push(Span::styled(format!("{} ", symbols.ok), theme.good())),
        ItemResult::Badly => spans.push(Span::styled(format!("{} ", symbols.error), theme.bad())),
        ItemResult::Unsaid => {}
    }
    let width = slot.place.width;
    let has_bar = width >= 60 || (width >= 44 && slot.row.depth == 0);
    let waterfall = has_bar.then(|| bar(model.document.value(), &slot.row.at)).flatten();
    let taken = 3 + if waterfall.is_some() { BAR + 1 } else { 0 };
    let left = ratatui::layout::Rect { width: width.saturating_sub(taken), ..slot.place };
    let room = usize::from(left.width).saturating_sub(Line::from(spans.clone()).width());
    let name = text::cut(&context.shown(&item.name), room).into_owned();
    let room = room.saturating_sub(text::width(&name) + 2);
    spans.push(Span::styled(name, if slot.is_focused { theme.chosen() } else { theme.strong() }));
    let facts = text::cut(&context.shown(&item.facts.join(" · ")), room).into_owned();
    spans.push(Span::styled(format!("  {facts}"), theme.dim()));
    block::line(frame.buffer_mut(), left, Line::from(spans), None);
    if let Some(bar) = waterfall {
        draw_bar(context, frame, (slot.place.right().saturating_sub(BAR + 3), slot.place.y), bar);
    }
    let counts = if is_open { crate::check::Counts::default() } else { model.marks_at(&slot.row.at) };
    let mark = mark(model, context, counts, slot);
    frame.buffer_mut().set_span(slot.place.right().saturating_sub(3), slot.place.y, &mark, 3);
}

fn draw_bar(context: DrawContext<'_>, frame: &mut Frame<'_>, (x, y): (u16, u16), bar: Bar) {
    let (full, assumed, empty) = context.theme.symbols().bar;
    let full = if bar.is_assumed { assumed } else { full };
    let from = cells(bar.from).min(BAR - 1);
    let to = cells(bar.to).clamp(from + 1, BAR);
    for cell in 0..BAR {
        let is_full = (from..to).contains(&cell);
        let style = if is_full { context.theme.accent() } else { context.theme.dim() };
        frame.buffer_mut().set_string(x + cell, y, if is_full { full } else { empty }, style);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a fraction of sixteen cells, from 0 to 1"
)]
fn cells(part: f64) -> u16 {
    (part * f64::from(BAR)).round() as u16
}

/// Draws the row that adds an item.
pub(super) fn add(
    model: &Model,
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    slot: RowSlot<'_>,
    id: RecordId,
) {
    let theme = *context.theme;
    let mut spans = gutter(context, slot);
    let style = if slot.is_focused { theme.chosen() } else { theme.dim() };
    spans.push(Span::styled(add_words(id), style));
    let list = slot.row.at.parent().and_then(|list| model.document.value().get(&list));
    let is_empty = list.and_then(Value::as_array).is_none_or(<[Value]>::is_empty);
    if slot.is_focused && is_empty {
        spans.push(Span::styled(context.with_keys("  {enter}", Scene::Form), theme.dim()));
    }
    block::line(frame.buffer_mut(), slot.place, Line::from(spans), None);
}
