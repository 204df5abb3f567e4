//! The help of the mapper: its keys, and the functions of expressions.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::app::Scene;
use crate::app::mapper::{HELP_COLUMNS, INTRODUCTION, KEY_HELP};
use crate::import::mapping::FUNCTIONS;
use crate::text;
use crate::ui::overlay::sending::paragraph;
use crate::ui::{DrawContext, block};

/// Draws the page.
pub(in crate::ui::overlay) fn help(context: DrawContext<'_>, frame: &mut Frame<'_>, scroll: usize) {
    let width = 100.min(frame.area().width.saturating_sub(2));
    let columns = usize::from(width.saturating_sub(4)).max(20);
    let theme = *context.theme;
    let heading = |words: &str| Line::styled(format!(" {words}"), theme.accent());
    let mut lines: Vec<Line<'static>> =
        text::wrap(INTRODUCTION, columns).into_iter().map(|line| Line::raw(format!(" {line}"))).collect();
    lines.extend([Line::default(), heading("Keys")]);
    for (keys, words) in KEY_HELP {
        lines.extend(entry(&context.with_keys(keys, Scene::Dialog), words, context, columns));
    }
    lines.extend([Line::default(), heading("Functions, next to those of jq")]);
    for function in FUNCTIONS {
        let about = function.about.replace('`', "");
        lines.extend(entry(function.usage, &about, context, columns));
    }
    let inner = block::dialog(frame, "Help: map a tool", (width, lines.len()), context);
    paragraph(frame, inner, &lines, scroll);
}

/// A name with its explanation next to it.
fn entry(name: &str, words: &str, context: DrawContext<'_>, columns: usize) -> Vec<Line<'static>> {
    let parts = text::wrap(words, columns.saturating_sub(HELP_COLUMNS));
    let line = |(index, part): (usize, String)| {
        let name = if index == 0 { name } else { "" };
        let name = format!("   {name}{}", " ".repeat(HELP_COLUMNS.saturating_sub(text::width(name) + 3)));
        Line::from(vec![Span::styled(name, context.theme.strong()), Span::raw(part)])
    };
    parts.into_iter().enumerate().map(line).collect()
}
