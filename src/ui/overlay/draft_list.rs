//! The list of drafts, with a preview of the chosen draft next to it, or below it on a narrow
//! screen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::draft_list::{Digest, DraftList};
use crate::app::picker::Picker;
use crate::text;
use crate::ui::{DrawContext, block};

use super::pick;

/// The least screen width for a preview next to the list.
const WIDE: u16 = 100;
/// The least screen height for a preview below the list.
const HIGH: u16 = 20;
/// The rows of a preview below the list, without the line above it.
const BELOW: u16 = 7;

pub(super) fn draft_list(
    picker: &Picker,
    drafts: &DraftList,
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
) {
    let screen = frame.area();
    let is_wide = screen.width >= WIDE;
    let is_high = screen.height >= HIGH;
    let count = picker.fitting().len().max(1) + 1;
    let rows = if is_wide {
        count.max(usize::from(screen.height.saturating_sub(10)))
    } else if is_high {
        count + usize::from(BELOW) + 1
    } else {
        count
    };
    let width = if is_wide { screen.width.saturating_sub(4).min(140) } else { 96 };
    let inner = block::dialog(frame, drafts.kind.title(), (width, rows), context);
    let (list, preview) = if is_wide {
        let left = inner.width * 9 / 20;
        let right = Rect { x: inner.x + left, width: inner.width - left, ..inner };
        (Rect { width: left, ..inner }, Some(right))
    } else if is_high && inner.height >= BELOW + 3 {
        let top = inner.height - BELOW - 1;
        let below = Rect { y: inner.y + top, height: inner.height - top, ..inner };
        (Rect { height: top, ..inner }, Some(below))
    } else {
        (inner, None)
    };
    pick::list(picker, |_| String::new(), context, frame, list);
    let Some(area) = preview.map(|area| apart(area, is_wide, context, frame)) else { return };
    let Some(index) = picker.chosen() else { return };
    let lines = match drafts.digest(index) {
        Some(Ok(digest)) => describe(digest, context, area),
        Some(Err(why)) => faulty(why, context, area),
        None => Vec::new(),
    };
    for (index, line) in lines.into_iter().enumerate() {
        let Some(place) = block::row(area, index) else { break };
        block::line(frame.buffer_mut(), place, line, None);
    }
}

/// Draws a line between the list and the preview, and returns the area of the preview.
fn apart(area: Rect, is_wide: bool, context: DrawContext<'_>, frame: &mut Frame<'_>) -> Rect {
    let style = context.theme.dim();
    if is_wide {
        for y in area.y..area.bottom() {
            frame.buffer_mut().set_string(area.x, y, "│", style);
        }
        Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area }
    } else {
        frame.buffer_mut().set_string(area.x, area.y, "─".repeat(usize::from(area.width)), style);
        let (x, y) = (area.x + 1, area.y + 1);
        Rect { x, y, width: area.width.saturating_sub(2), height: area.height.saturating_sub(1) }
    }
}

/// The preview of a draft: name and number of the run, environment, problem counts, first lines.
fn describe(digest: &Digest, context: DrawContext<'_>, area: Rect) -> Vec<Line<'static>> {
    let theme = *context.theme;
    let shown = |text: &str| context.shown(text).into_owned();
    let name = digest.full_name.as_deref().map_or_else(|| "no full name yet".to_owned(), shown);
    let number = digest.build_number.as_deref();
    let number =
        number.map_or_else(|| ", no build number".to_owned(), |number| format!(" #{}", shown(number)));
    let mut problems = vec![Span::styled(
        digest.environment.as_deref().map_or_else(|| "no environment".to_owned(), shown),
        theme.strong(),
    )];
    let counts = digest.counts;
    if digest.is_unparsed {
        let words = format!("  {} unparsed text", theme.symbols().error);
        problems.push(Span::styled(words, theme.bad()));
    } else if counts.errors == 0 {
        problems.push(Span::styled(format!("  {} no errors", theme.symbols().ok), theme.good()));
    }
    if counts.errors > 0 {
        problems
            .push(Span::styled(format!("  {}", text::count(counts.errors, "error", "errors")), theme.bad()));
    }
    if counts.warnings > 0 {
        let words = text::count(counts.warnings, "warning", "warnings");
        problems.push(Span::styled(format!("  {words}"), theme.careful()));
    }
    let mut lines = vec![Line::styled(format!("{name}{number}"), theme.accent()), Line::from(problems)];
    if area.height > BELOW {
        lines.push(Line::default());
    }
    let room = usize::from(area.height).saturating_sub(lines.len());
    let columns = usize::from(area.width);
    let is_cut = digest.length > room && room > 1;
    let count = if is_cut { room - 1 } else { room };
    lines.extend(
        digest
            .lines
            .iter()
            .take(count)
            .map(|line| Line::styled(text::cut(&context.shown(line), columns).into_owned(), Style::new())),
    );
    if is_cut {
        let left = digest.length.saturating_sub(count.min(digest.lines.len()));
        lines.push(Line::styled(format!("… {left} more lines"), theme.dim()));
    }
    lines
}

fn faulty(why: &str, context: DrawContext<'_>, area: Rect) -> Vec<Line<'static>> {
    let theme = *context.theme;
    let words = format!("{} {}", theme.symbols().error, context.shown(why));
    let mut lines: Vec<_> = text::wrap(&words, usize::from(area.width).max(10))
        .into_iter()
        .map(|line| Line::styled(line, theme.bad()))
        .collect();
    lines.push(Line::styled("The file is unchanged.", theme.dim()));
    lines
}
