//! The mapper: fields with their values, the example as a tree, the payload and its problems.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use crate::app::Model;
use crate::app::mapper::{Mapper, MapperRow, RowValue, TreeLine};
use crate::text;
use crate::ui::{DrawContext, block, footer, hint};

mod help;
mod result;

pub(super) use help::help;

/// Below this width only the pane with the focus is shown.
const TWO_PANES: u16 = 72;
/// The columns of the labels.
const LABELS: usize = 18;

/// Draws the mapper over the form, with the notice below.
pub(super) fn mapper(model: &Model, mapper: &Mapper, context: DrawContext<'_>, frame: &mut Frame<'_>) {
    let stage = block::stage(frame, context);
    let area = Rect { y: stage.y + 1, height: stage.height.saturating_sub(2), ..stage };
    Clear.render(area, frame.buffer_mut());
    let notice = notice(model, context, area);
    let area = Rect { height: area.height - notice.height, ..area };
    if notice.height > 0 {
        let (words, style) = footer::message(model, context);
        footer::sentences(frame, notice, &words, style, None);
    }
    let below = (area.height * 2 / 5).clamp(4, 14);
    let upper = Rect { height: area.height.saturating_sub(below), ..area };
    let (fields, tree) = if area.width < TWO_PANES {
        if mapper.is_in_tree { (None, Some(upper)) } else { (Some(upper), None) }
    } else {
        let left = upper.width * 11 / 20;
        let tree = Rect { x: upper.x + left, width: upper.width - left, ..upper };
        (Some(Rect { width: left, ..upper }), Some(tree))
    };
    if let Some(area) = fields {
        draw_fields(mapper, context, frame, area);
    }
    if let Some(area) = tree {
        draw_tree(mapper, context, frame, area);
    }
    let lower = Rect { y: upper.bottom(), height: area.height - upper.height, ..area };
    result::draw(mapper, context, frame, lower);
    hint::draw(context, frame, lower, true);
}

/// The rows of the notice, at the bottom of an area; empty without a notice.
fn notice(model: &Model, context: DrawContext<'_>, area: Rect) -> Rect {
    const MOST_ROWS: u16 = 2;
    let rows = model.notice.as_ref().map_or(0, |_| {
        let (words, _) = footer::message(model, context);
        let columns = usize::from(area.width.saturating_sub(2)).max(10);
        u16::try_from(text::wrap(&words, columns).len()).unwrap_or(MOST_ROWS).min(MOST_ROWS)
    });
    Rect { y: area.bottom().saturating_sub(rows), height: rows, ..area }
}

fn style_of(context: DrawContext<'_>, has_focus: bool) -> Style {
    if has_focus { context.theme.accent() } else { context.theme.dim() }
}

fn title(context: DrawContext<'_>, words: String) -> Line<'static> {
    Line::from(vec![Span::raw(" "), Span::styled(words, context.theme.strong()), Span::raw(" ")])
}

fn draw_fields(mapper: &Mapper, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let (filled, all) = mapper.required();
    let name = mapper.saved.as_ref().map_or_else(|| "new mapping".to_owned(), |(id, _)| id.clone());
    let heading = title(context, format!("Fields · {} · {filled} of {all} required", context.shown(&name)));
    let inner = block::pane(frame, area, heading, *context.theme, style_of(context, !mapper.is_in_tree));
    let room = usize::from(inner.height);
    let top = first_row(mapper.focus, mapper.rows.len(), room);
    for (index, row) in mapper.rows.iter().enumerate().skip(top).take(room) {
        if let Some(place) = block::row(inner, index - top) {
            let line = field_line(mapper, row, (index == mapper.focus, usize::from(place.width)), context);
            frame.buffer_mut().set_line(place.x, place.y, &line, place.width);
        }
    }
    let hidden = (top, mapper.rows.len().saturating_sub(top + room));
    block::more(context, frame, (inner, area.bottom().saturating_sub(1)), hidden);
}

/// The first row on screen, with the focused row in view.
fn first_row(focus: usize, rows: usize, room: usize) -> usize {
    let middle = focus.saturating_sub(room / 2);
    middle.min(rows.saturating_sub(room))
}

fn field_line(
    mapper: &Mapper,
    row: &MapperRow,
    (is_focused, columns): (bool, usize),
    context: DrawContext<'_>,
) -> Line<'static> {
    let theme = *context.theme;
    let symbols = theme.symbols();
    let value = mapper.value(row);
    let (mark, style, words) = match &value {
        RowValue::Unmapped if row.is_required => (symbols.error, theme.bad(), "not mapped".to_owned()),
        RowValue::Unmapped => (" ", theme.dim(), String::new()),
        RowValue::Guess(value) if row.is_required => (symbols.error, theme.bad(), format!("maybe {value}")),
        RowValue::Guess(value) => (" ", theme.dim(), format!("maybe {value}")),
        RowValue::Pending => (" ", theme.dim(), "…".to_owned()),
        RowValue::Nothing if row.is_required => (symbols.error, theme.bad(), "no value".to_owned()),
        RowValue::Nothing => (symbols.hint, theme.dim(), "no value".to_owned()),
        RowValue::Value(value) => (symbols.ok, theme.good(), value.clone()),
        RowValue::UnknownWord(value) => (symbols.warning, theme.careful(), value.clone()),
        RowValue::Fault(why) => (symbols.error, theme.bad(), why.clone()),
    };
    let focus = if is_focused { symbols.focus } else { " " };
    let indent = "  ".repeat(row.depth);
    let star = if row.is_required { " *" } else { "" };
    let label = text::cut(&format!("{indent}{}{star}", row.label), LABELS).into_owned();
    let filled = " ".repeat(LABELS.saturating_sub(text::width(&label)));
    let words = text::cut(&context.shown(&words), columns.saturating_sub(LABELS + 6)).into_owned();
    let label_style = if is_focused { theme.chosen() } else { Style::new() };
    let value_style = if matches!(value, RowValue::Value(_)) { Style::new() } else { style };
    Line::from(vec![
        Span::styled(focus.to_owned(), theme.accent()),
        Span::styled(format!("{mark} "), style),
        Span::styled(format!("{label}{filled}"), label_style),
        Span::raw(" "),
        Span::styled(words, value_style),
    ])
}

fn draw_tree(mapper: &Mapper, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let run = match mapper.runs.len() {
        0 | 1 => String::new(),
        count => format!(" · run {} of {count}", mapper.place + 1),
    };
    let heading = match mapper.focused().filter(|_| mapper.is_in_tree) {
        Some(row) => format!("Value for {}{run}", row.label),
        None => format!("Source{run}"),
    };
    let style = style_of(context, mapper.is_in_tree);
    let inner = block::pane(frame, area, title(context, heading), *context.theme, style);
    let room = usize::from(inner.height);
    let lines = &mapper.tree.lines;
    let top = first_row(mapper.tree.focus, lines.len(), room);
    for (index, line) in lines.iter().enumerate().skip(top).take(room) {
        if let Some(place) = block::row(inner, index - top) {
            let is_focused = index == mapper.tree.focus && mapper.is_in_tree;
            let line = tree_line(line, (is_focused, usize::from(place.width)), context);
            frame.buffer_mut().set_line(place.x, place.y, &line, place.width);
        }
    }
    block::more(
        context,
        frame,
        (inner, area.bottom().saturating_sub(1)),
        (top, lines.len().saturating_sub(top + room)),
    );
}

fn tree_line(
    line: &TreeLine,
    (is_focused, columns): (bool, usize),
    context: DrawContext<'_>,
) -> Line<'static> {
    let theme = *context.theme;
    let symbols = theme.symbols();
    let sign = match line.is_closed {
        Some(true) => symbols.folded,
        Some(false) => symbols.unfolded,
        None => " ",
    };
    let focus = if is_focused { symbols.focus } else { " " };
    let indent = "  ".repeat(line.depth.min(columns / 6));
    let name = context.shown(&line.name).into_owned();
    let used = text::width(&indent) + text::width(&name) + 5;
    let words = text::cut(&context.shown(&line.value), columns.saturating_sub(used)).into_owned();
    let style = if line.is_closed.is_some() { theme.dim() } else { theme.json_text() };
    Line::from(vec![
        Span::styled(focus.to_owned(), theme.accent()),
        Span::raw(format!("{indent}{sign} ")),
        Span::styled(name, if is_focused { theme.chosen() } else { theme.json_key() }),
        Span::raw("  "),
        Span::styled(words, style),
    ])
}
