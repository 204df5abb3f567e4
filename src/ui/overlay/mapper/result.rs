//! The lower pane of the mapper: the expression of the focused field, its value or what is wrong
//! with it, and the problems of the payload.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::mapper::{self, Mapper, RowValue};
use crate::import::mapping::{FUNCTIONS, MappingFault};
use crate::text;
use crate::ui::{DrawContext, block, field};

use super::title;

/// From this width on the payload is next to the problems.
const WITH_PAYLOAD: u16 = 110;
/// The most lines about the focused field below its expression.
const MOST_LINES: usize = 4;

/// Draws the pane.
pub(super) fn draw(mapper: &Mapper, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let theme = *context.theme;
    let heading = mapper.focused().map_or_else(String::new, |row| match row.table.name() {
        "" => row.label.clone(),
        "fields" => format!("{} =", row.key),
        table => format!("{table}.{} =", row.key),
    });
    let inner = block::pane(frame, area, title(context, heading), theme, theme.dim());
    if let Some(place) = block::row(inner, 0) {
        draw_expression(
            mapper,
            context,
            frame,
            Rect { x: place.x + 1, width: place.width.saturating_sub(2), ..place },
        );
    }
    let columns = usize::from(inner.width.saturating_sub(2));
    let mut lines = about_row(mapper, context, columns);
    lines.truncate(MOST_LINES);
    lines.extend(functions(mapper, context, columns));
    let mut used = 1;
    for (line, style) in &lines {
        let Some(place) = block::row(inner, used) else { return };
        frame.buffer_mut().set_stringn(place.x + 1, place.y, line, columns, *style);
        used += 1;
    }
    let used = u16::try_from(used).unwrap_or(inner.height).min(inner.height);
    let rest = Rect { y: inner.y + used, height: inner.height - used, ..inner };
    if rest.height > 0 {
        draw_payload(mapper, context, frame, rest);
    }
}

/// The value of the focused field, what is wrong with it, or what the row is for.
fn about_row(mapper: &Mapper, context: DrawContext<'_>, columns: usize) -> Vec<(String, Style)> {
    let theme = *context.theme;
    let Some(row) = mapper.focused() else { return Vec::new() };
    let wrapped = |words: &str, style: Style| -> Vec<(String, Style)> {
        text::wrap(&context.shown(words), columns).into_iter().map(|line| (line, style)).collect()
    };
    if let Some(about) = mapper::about(row) {
        let mut lines = wrapped(about, theme.dim());
        if let RowValue::Fault(why) = mapper.value(row) {
            lines.splice(0..0, wrapped(&sentence("The expression", &why), theme.bad()));
        }
        return lines;
    }
    match mapper.value(row) {
        RowValue::Fault(why) => wrapped(&sentence("The expression", &why), theme.bad()),
        RowValue::Value(value) => {
            let words = text::cut(&format!("= {}", context.shown(&value)), columns).into_owned();
            vec![(words, theme.good())]
        }
        RowValue::UnknownWord(value) => match mapper.unknown_word() {
            Some(word) => wrapped(
                &format!("“{word}” is not a result that SEI knows. Space sets the result that it means."),
                theme.careful(),
            ),
            None => wrapped(&format!("= {value}"), theme.careful()),
        },
        RowValue::Unmapped => match mapper.possible_runs() {
            Some(list) => wrapped(
                &format!("If each item of “{list}” is a run, first choose that list for Runs, the last row."),
                Style::new(),
            ),
            None => Vec::new(),
        },
        RowValue::Guess(_) | RowValue::Pending | RowValue::Nothing => Vec::new(),
    }
}

/// A clause of a fault after its subject, as a sentence.
fn sentence(subject: &str, why: &str) -> String {
    let end = if why.ends_with(['?', '.']) { "" } else { "." };
    format!("{subject} {why}{end}")
}

/// The functions that a typed expression can use.
fn functions(mapper: &Mapper, context: DrawContext<'_>, columns: usize) -> Vec<(String, Style)> {
    if mapper.editor.is_none() {
        return Vec::new();
    }
    let mut lines: Vec<String> = Vec::new();
    for function in FUNCTIONS {
        match lines.last_mut() {
            Some(line) if text::width(line) + text::width(function.usage) + 2 <= columns => {
                line.push_str("  ");
                line.push_str(function.usage);
            }
            Some(_) | None => lines.push(function.usage.to_owned()),
        }
    }
    lines.into_iter().map(|line| (line, context.theme.dim())).collect()
}

/// The other faults of the mapping, else the problems of the payload and the payload itself.
fn draw_payload(mapper: &Mapper, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    if !mapper.faults.is_empty() {
        return draw_faults(mapper, context, frame, area);
    }
    let Some(evaluation) = &mapper.evaluation else { return };
    let columns = if area.width >= WITH_PAYLOAD { area.width / 2 } else { area.width };
    draw_problems(mapper, context, frame, Rect { width: columns, ..area });
    if area.width >= WITH_PAYLOAD {
        let right = Rect { x: area.x + columns, width: area.width - columns, ..area };
        for (index, line) in evaluation.lines.iter().enumerate() {
            let Some(place) = block::row(right, index) else { break };
            let line = text::cut(&context.shown(line), usize::from(place.width)).into_owned();
            frame.buffer_mut().set_stringn(
                place.x,
                place.y,
                line,
                usize::from(place.width),
                context.theme.dim(),
            );
        }
    }
}

fn draw_expression(mapper: &Mapper, context: DrawContext<'_>, frame: &mut Frame<'_>, place: Rect) {
    let theme = *context.theme;
    if let Some(editor) = &mapper.editor {
        let x = field::input(context, frame, place, &editor.text(), (editor.cursor(), theme.edited()));
        frame.set_cursor_position((x, place.y));
        return;
    }
    let Some(row) = mapper.focused() else { return };
    let words = match mapper.expression(row) {
        Some(expression) => context.shown(expression).into_owned(),
        None => match mapper.guess(row) {
            Some(guess) => format!("Not mapped. Guess: {} ({})", guess.expression, guess.reason),
            None => "Not mapped. Choose a value in the source, or type a jq expression.".to_owned(),
        },
    };
    let style = if mapper.expression(row).is_some() { theme.strong() } else { theme.dim() };
    let words = text::cut(&words, usize::from(place.width)).into_owned();
    frame.buffer_mut().set_stringn(place.x, place.y, words, usize::from(place.width), style);
}

/// The faults of the mapping apart from the one of the focused row, which is above.
fn draw_faults(mapper: &Mapper, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let columns = usize::from(area.width.saturating_sub(2));
    let focused = mapper.focused().map(|row| mapper.value(row));
    let is_above =
        |fault: &&MappingFault| matches!(&focused, Some(RowValue::Fault(why)) if *why == fault.message);
    let lines = mapper.faults.iter().filter(|fault| !is_above(fault)).flat_map(|fault| {
        let sentence = match fault.field.as_str() {
            "" => fault.message.clone(),
            name => sentence(&format!("{name}: the expression"), &fault.message),
        };
        text::wrap(&context.shown(&sentence), columns)
    });
    for (index, line) in lines.enumerate() {
        let Some(place) = block::row(area, index) else { break };
        frame.buffer_mut().set_stringn(place.x + 1, place.y, line, columns, context.theme.bad());
    }
}

/// The problems of the payload, each on as many lines as there is room for.
fn draw_problems(mapper: &Mapper, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let theme = *context.theme;
    let Some(evaluation) = &mapper.evaluation else { return };
    let columns = usize::from(area.width.saturating_sub(4));
    let problems = &evaluation.problems;
    if problems.is_empty() {
        let words = format!(
            "{} The payload has no problems. The instance is filled in after the import.",
            theme.symbols().ok
        );
        for (index, line) in text::wrap(&words, columns).into_iter().enumerate() {
            let Some(place) = block::row(area, index) else { break };
            frame.buffer_mut().set_stringn(place.x + 1, place.y, line, columns, theme.good());
        }
        return;
    }
    let mut room = usize::from(area.height);
    for (index, problem) in problems.iter().enumerate() {
        let left = problems.len() - index;
        let row = usize::from(area.height) - room;
        if room <= 1 && left > 1 {
            let Some(place) = block::row(area, row) else { return };
            let words = format!("  … and {left} more problems");
            frame.buffer_mut().set_stringn(place.x + 1, place.y, words, columns, theme.dim());
            return;
        }
        let words = format!("{} {}", theme.mark(problem.severity), context.shown(&problem.message));
        let wrapped = text::wrap(&words, columns);
        // Each of the other problems keeps a line.
        let most = room.saturating_sub(left - 1).max(1);
        let lines = if wrapped.len() > most {
            let rest = wrapped.iter().skip(most - 1).map(String::as_str).collect::<Vec<_>>().join(" ");
            let last = text::cut(&rest, columns).into_owned();
            wrapped.into_iter().take(most - 1).chain([last]).collect()
        } else {
            wrapped
        };
        for (index, line) in lines.iter().enumerate() {
            let Some(place) = block::row(area, row + index) else { return };
            let style = theme.severity(problem.severity);
            frame.buffer_mut().set_stringn(place.x + 1, place.y, line, columns, style);
        }
        room = room.saturating_sub(lines.len());
    }
}
