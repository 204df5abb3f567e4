//! The page of the runs that the sandbox received, and what SEI would do with them.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Scene;
use crate::app::received_run::{ReceivedRow, rows};
use crate::sandbox::{Overview, Verdict};
use crate::text;
use crate::ui::{DrawContext, Theme, block};

use super::sending::paragraph;

/// Draws the runs, newest first.
pub(super) fn received_runs(
    overview: &Overview,
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    scroll: usize,
) {
    let width = 100.min(frame.area().width.saturating_sub(2));
    let columns = usize::from(width.saturating_sub(4)).max(10);
    let lines: Vec<Line<'_>> =
        rows(overview, columns).into_iter().map(|row| on_screen(row, columns, context)).collect();
    let title = match overview.count {
        0 => "Sandbox".to_owned(),
        count => format!("Sandbox · {}", text::count(count, "run", "runs")),
    };
    let inner = block::dialog(frame, &title, (width, lines.len()), context);
    paragraph(frame, inner, &lines, scroll);
}

fn on_screen(row: ReceivedRow, columns: usize, context: DrawContext<'_>) -> Line<'static> {
    let theme = *context.theme;
    match row {
        ReceivedRow::Run(verdict, name) => {
            let (mark, style) = marked(verdict, theme);
            let word = verdict.word();
            let room = columns.saturating_sub(text::width(word) + text::width(mark) + 3);
            let name = text::cut(&name, room).into_owned();
            let gap = " ".repeat(room.saturating_sub(text::width(&name)));
            Line::from(vec![
                Span::styled(format!(" {mark} "), style),
                Span::styled(name, theme.strong()),
                Span::styled(format!("{gap} {word}"), style),
            ])
        }
        ReceivedRow::Fact(words) => Line::raw(format!("   {words}")),
        ReceivedRow::Reason(words) => Line::styled(format!("   {words}"), theme.careful()),
        ReceivedRow::Note(words) => {
            Line::styled(format!(" {}", context.with_keys(&words, Scene::Dialog)), theme.dim())
        }
        ReceivedRow::Gap => Line::default(),
    }
}

fn marked(verdict: Verdict, theme: Theme) -> (&'static str, Style) {
    let symbols = theme.symbols();
    match verdict {
        Verdict::Kept => (symbols.ok, theme.good()),
        Verdict::Altered => (symbols.warning, theme.careful()),
        Verdict::Dropped => (symbols.error, theme.bad()),
    }
}
