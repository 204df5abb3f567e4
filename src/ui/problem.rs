//! The problem pane: place, message and fix of each problem; the problems of the focused field are
//! in view.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::geometry::Area;
use crate::app::pane::{ProblemRow, loss_word, message_of, short_place};
use crate::app::{Action, Model, Scene};
use crate::check::Severity;
use crate::text;

use super::slot::RowSlot;
use super::{DrawContext, block, rect};

/// The width of the longest loss, which is a column of the check list.
const LOSS_COLUMNS: usize = 9;

/// The first word of the heading of the pane.
const TITLE: &str = " Problems";

pub(super) fn problems(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Area) {
    let theme = *context.theme;
    let here = model.problems_here();
    let pane = model.problem_pane(area.inside());
    let room = usize::from(area.width).saturating_sub(2);
    let title = Line::from(vec![
        Span::styled(TITLE, theme.strong()),
        Span::styled(heading(model, context, &here, (pane.loss_columns > 0, room)), theme.dim()),
    ]);
    let inner = block::pane(frame, rect(area), title, theme, theme.dim());
    if let Some(words) = &pane.unparsed {
        let words = context.with_keys(words, model.described_scene());
        let spans = vec![
            Span::styled(format!(" {} ", theme.mark(Severity::Error)), theme.severity(Severity::Error)),
            Span::raw(words),
        ];
        block::line(frame.buffer_mut(), Rect { height: 1, ..inner }, Line::from(spans), None);
    } else if model.checks.problems.is_empty() {
        let line = Line::styled(" No problems found.", theme.good());
        block::line(frame.buffer_mut(), inner, line, None);
        return;
    }
    block::more(context, frame, (inner, inner.bottom()), pane.hidden);
    let columns = (pane.columns, pane.loss_columns);
    for (index, row) in pane.rows.iter().enumerate() {
        if let Some(place) = block::row(inner, index + usize::from(pane.unparsed.is_some())) {
            let is_here = here.contains(&row.index);
            draw(model, context, frame, &ProblemLine { place, row, columns, is_here });
        }
    }
}

/// The heading after “Problems”: the columns, counts of hints and silenced rules, and the key that
/// explains. Without room for all of them, the counts are dropped first.
fn heading(
    model: &Model,
    context: DrawContext<'_>,
    here: &[usize],
    (has_losses, room): (bool, usize),
) -> String {
    let silenced = model.draft.file.silenced().len() + model.checks.silenced.len();
    let why = context.keymap.label(Scene::Form, Action::Explain).filter(|_| !here.is_empty());
    let columns = if has_losses { ": field · loss · message" } else { "" };
    let hints = (model.counts().hints > 0).then(|| text::count(model.counts().hints, "hint", "hints"));
    let silenced = (silenced > 0).then(|| format!("{} silenced", text::count(silenced, "rule", "rules")));
    let why = why.map(|key| format!("{key} why"));
    let joined = |parts: &[&Option<String>]| {
        let parts: Vec<String> =
            parts.iter().filter_map(|part| part.as_ref()).map(|part| format!(" · {part}")).collect();
        format!("{columns}{} ", parts.concat())
    };
    let most = [joined(&[&hints, &silenced, &why]), joined(&[&silenced, &why]), joined(&[&why])];
    let fits = |words: &String| text::width(TITLE) + text::width(words) <= room;
    most.into_iter().find(fits).unwrap_or_else(|| format!("{columns} "))
}

/// A row of the pane and its place on screen.
struct ProblemLine<'a> {
    place: Rect,
    row: &'a ProblemRow,
    /// The widths of the columns of places and losses, the same for all rows.
    columns: (usize, usize),
    is_here: bool,
}

fn draw(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, line: &ProblemLine<'_>) {
    let ProblemLine { place, row, columns: (place_columns, loss_columns), is_here } = *line;
    let columns = place_columns + if loss_columns > 0 { loss_columns + 1 } else { 0 };
    let theme = *context.theme;
    let Some(problem) = model.checks.problems.get(row.index) else { return };
    let focus = if is_here { theme.symbols().focus } else { " " };
    let mark = if row.place.is_empty() { " " } else { theme.mark(problem.severity) };
    let fix = row.fix.as_ref().map(|fix| {
        if problem.fixes.is_empty() {
            let key = context.keymap.label(Scene::Form, Action::GenerateGuid);
            return format!("{} {fix}", key.unwrap_or_else(|| Action::GenerateGuid.name().to_owned()));
        }
        let named = match fixer(model, context, is_here) {
            // The key lists all fixes of the field.
            (key, fixes) if fixes > 1 && problem.fixes.len() > 1 => format!("{key} lists {fixes} fixes"),
            (key, fixes) if fixes > 1 => format!("{key}, then choose: {fix}"),
            (key, _) => format!("{key} {fix}"),
        };
        let room = usize::from(place.width).saturating_sub(columns + 4 + text::width(&row.text));
        // If both do not fit, the key is dropped, not the fix.
        if row.text.is_empty() || text::width(&named) < room { named } else { format!("fix: {fix}") }
    });
    let (right, own_row) = if row.text.is_empty() { (None, fix) } else { (fix, None) };
    let padding = columns.saturating_sub(text::width(&row.place)) + 1;
    let room = usize::from(place.width).saturating_sub(3);
    // On a narrow screen, a fix on its own row may start below the place.
    let padding = own_row.as_ref().map_or(padding, |fix| padding.min(room.saturating_sub(text::width(fix))));
    let mut spans = vec![
        Span::styled(focus, theme.accent()),
        Span::styled(format!("{mark} "), theme.severity(problem.severity)),
        Span::styled(row.place.clone(), if is_here { theme.strong() } else { Style::new() }),
    ];
    if row.loss.is_empty() {
        spans.push(Span::raw(" ".repeat(padding)));
    } else {
        let gap = place_columns.saturating_sub(text::width(&row.place)) + 1;
        spans.push(Span::raw(" ".repeat(gap)));
        spans.push(Span::styled(format!("{:<loss_columns$} ", row.loss), theme.dim()));
    }
    spans.push(Span::raw(row.text.clone()));
    spans.extend(own_row.map(|fix| Span::styled(text::cut(&fix, room).into_owned(), theme.good())));
    block::line(
        frame.buffer_mut(),
        place,
        Line::from(spans),
        right.map(|fix| Span::styled(fix, theme.good())),
    );
}

/// The text before a fix, and the number of fixes that the key offers: the key if the row has the
/// focus, otherwise a label.
fn fixer(model: &Model, context: DrawContext<'_>, is_here: bool) -> (String, usize) {
    let Some(key) = context.keymap.label(Scene::Form, Action::Fix).filter(|_| is_here) else {
        return ("fix:".to_owned(), 1);
    };
    let here = model.problems_here().into_iter().filter_map(|index| model.checks.problems.get(index));
    (key, here.map(|problem| problem.fixes.len()).sum())
}

/// Draws a problem of the check list on one line.
pub(super) fn line(
    model: &Model,
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    slot: RowSlot<'_>,
    index: usize,
) {
    let RowSlot { place, is_focused, .. } = slot;
    let theme = *context.theme;
    let Some(problem) = model.checks.problems.get(index) else { return };
    let focus = if is_focused { theme.symbols().focus } else { " " };
    let width = usize::from(place.width);
    let mut spans = vec![
        Span::styled(focus, theme.accent()),
        Span::styled(format!(" {} ", theme.mark(problem.severity)), theme.severity(problem.severity)),
    ];
    let (at, sentence) = message_of(problem);
    let gap = if text::visible(&problem.message) == *sentence { ":" } else { "" };
    spans.push(Span::styled(format!("{:<LOSS_COLUMNS$} ", loss_word(problem)), theme.dim()));
    let words = format!("{}{gap} {sentence}", short_place(&at, width / 3));
    let room = width.saturating_sub(LOSS_COLUMNS + 6);
    let words = text::cut(&words, room).into_owned();
    spans.push(Span::styled(words, if is_focused { theme.strong() } else { Style::new() }));
    block::line(frame.buffer_mut(), place, Line::from(spans), None);
}
