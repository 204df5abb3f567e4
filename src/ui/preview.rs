//! The payload pane: colored JSON that follows the focus, with marks on lines that have problems.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::geometry::Area;
use crate::app::model::PreviewForm;
use crate::app::pane_layout::PaneRow;
use crate::document::{self, TokenKind};
use crate::text;
use crate::wire::{BodyFormat, FieldNames};

use super::overlay::comparison;
use super::{DrawContext, block, raw, rect, search, simulation, welcome};

pub(super) fn preview(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Area) {
    let theme = *context.theme;
    let words = fitting(&heading(model), usize::from(area.width).saturating_sub(12));
    let style =
        if model.shown_text().is_some() && model.text_fault().is_some() { theme.bad() } else { Style::new() };
    let title = Line::from(vec![Span::styled(" Payload", theme.strong()), Span::styled(words, style)]);
    let has_keys = model.edits_text() && model.overlays.is_empty();
    let border = if has_keys { theme.accent() } else { theme.dim() };
    let inner = block::pane(frame, rect(area), title, theme, border);
    more(model, context, frame, inner);
    if let Some(text) = model.shown_text() {
        return raw::raw(model, text, context, frame, inner);
    }
    match model.payload.preview.form {
        PreviewForm::Json if model.offers_start_options() => welcome::welcome(model, context, frame, inner),
        PreviewForm::Json => json(model, context, frame, inner),
        PreviewForm::Request
        | PreviewForm::Curl
        | PreviewForm::Simulation
        | PreviewForm::Saved
        | PreviewForm::Accepted => {
            plain(model, context, frame, inner);
        }
    }
}

/// Writes the number of hidden rows on the lower border, unless a search or a dialog is open.
fn more(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, inner: Rect) {
    if !model.overlays.is_empty() {
        return;
    }
    let top = model.preview_top();
    let below = model.preview_lines().saturating_sub(top + usize::from(inner.height));
    block::more(context, frame, (inner, inner.bottom()), (top, below));
}

/// The parts of a heading that fit, from the left.
fn fitting(heading: &str, columns: usize) -> String {
    let mut rest = heading;
    while text::width(rest) > columns
        && let Some((head, _)) = rest.rsplit_once(" · ")
    {
        rest = head;
    }
    format!(" {} ", text::cut(rest, columns))
}

/// The heading: size, form, body format and field names of the chosen environment, or the state of
/// the edited text.
fn heading(model: &Model) -> String {
    if let Some(raw) = model.shown_text() {
        let place = match (&raw.fault, raw.has_focus) {
            (Some(fault), _) => format!("not JSON at {}:{}", fault.line, fault.column),
            (None, _) => "editing".to_owned(),
        };
        return format!("· {place} · {} of text", text::bytes(raw.editor.len()));
    }
    let Some(chosen) = model.chosen() else { return String::new() };
    let format = match chosen.environment.format {
        BodyFormat::Flat => "flat",
        BodyFormat::Wrapped => "wrapped",
    };
    let names = match chosen.environment.names {
        FieldNames::Unchanged => "unchanged names",
        FieldNames::Current => "current names",
        FieldNames::Legacy => "legacy names",
    };
    let changes = || match model.pane_changes() {
        0 => "no changes".to_owned(),
        count => text::count(count, "change", "changes"),
    };
    let form = match (model.payload.preview.form, &model.payload.accepted) {
        (PreviewForm::Request, _) => "request",
        (PreviewForm::Curl, _) => "curl",
        (PreviewForm::Simulation, _) => {
            let losses = match model.pane_changes() {
                0 => "nothing lost".to_owned(),
                count => text::count(count, "loss", "losses"),
            };
            return format!("· SEI · {losses} · {format}");
        }
        (PreviewForm::Saved, _) => return format!("· {} since {}", changes(), model.since_saved()),
        (PreviewForm::Accepted, Some(run)) => return format!("· {} since accepted {}", changes(), run.name),
        (PreviewForm::Json | PreviewForm::Accepted, _) => "JSON",
    };
    let size = text::bytes(model.checks.size.bytes);
    format!("· {size} · {form} · {format} · {names}")
}

fn json(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let theme = *context.theme;
    let root = model.document.value();
    let height = usize::from(area.height);
    let top = model.preview_top();
    let followed = model.followed_line();
    let digits = digits(top + height);
    let left = model.text_left();
    for (index, line) in document::lines(root, top, height).into_iter().enumerate() {
        let Some(place) = block::row(area, index) else { break };
        let number = top + index;
        let is_followed =
            number == followed && !model.document.value().as_object().is_some_and(document::Object::is_empty);
        let is_marked = line_opens(&line) && !line.at.is_root();
        let severity = if is_marked { model.severity_at(&line.at) } else { None };
        let mark = severity.map_or(Span::raw("  "), |severity| {
            Span::styled(format!("{} ", theme.mark(severity)), theme.severity(severity))
        });
        let number_style = if is_followed { theme.accent() } else { theme.dim() };
        let mut spans = vec![mark, Span::styled(format!("{:>digits$}  ", number + 1), number_style)];
        spans.push(Span::raw(" ".repeat(line.indent.saturating_sub(left))));
        let mut hidden = left.saturating_sub(line.indent);
        for (kind, word) in line.tokens {
            let mut style = token_style(context, kind);
            if is_followed {
                style = style.add_modifier(Modifier::BOLD);
            }
            let word = context.shown(&word);
            spans.push(Span::styled(raw::cells_after(&word, hidden), style));
            hidden = hidden.saturating_sub(text::width(&word));
        }
        let line = Line::from(spans);
        let is_cut = line.width() > usize::from(place.width);
        block::line(frame.buffer_mut(), place, line, None);
        if let Some(severity) = severity {
            let style = Style::new().add_modifier(Modifier::UNDERLINED).patch(theme.severity(severity));
            underline(frame, place, (digits + 4, style));
        }
        mark_cut(context, frame, place, is_cut);
    }
    search::marks(model, context, frame, area, (digits + 4, left));
}

/// Marks the end of a row whose line continues outside of the pane.
pub(super) fn mark_cut(context: DrawContext<'_>, frame: &mut Frame<'_>, place: Rect, is_cut: bool) {
    if is_cut && let Some(x) = place.right().checked_sub(1) {
        frame.buffer_mut().set_string(x, place.y, "…", context.theme.dim());
    }
}

/// Underlines the text of a row from a column on: color alone must not mark a problem.
pub(super) fn underline(frame: &mut Frame<'_>, place: Rect, (from, style): (usize, Style)) {
    let buffer = frame.buffer_mut();
    let start = place.x.saturating_add(u16::try_from(from).unwrap_or(u16::MAX));
    let columns: Vec<u16> = (start..place.right())
        .filter(|x| buffer.cell((*x, place.y)).is_some_and(|cell| cell.symbol() != " "))
        .collect();
    if let (Some(first), Some(last)) = (columns.first(), columns.last()) {
        buffer.set_style(Rect { x: *first, width: last - first + 1, ..place }, style);
    }
}

/// Whether the line is the first line of its value, not the closing bracket.
fn line_opens(line: &document::JsonLine) -> bool {
    line.tokens
        .first()
        .is_none_or(|(kind, word)| !(*kind == TokenKind::Punct && word.starts_with(['}', ']'])))
}

pub(super) fn token_style(context: DrawContext<'_>, kind: TokenKind) -> Style {
    match kind {
        TokenKind::Key => context.theme.json_key(),
        TokenKind::Text => context.theme.json_text(),
        TokenKind::Number | TokenKind::Word => context.theme.json_scalar(),
        TokenKind::Punct => context.theme.dim(),
    }
}

pub(super) fn digits(number: usize) -> usize {
    number.max(10).to_string().len()
}

/// Draws wrapped rows: the request, the curl command, or the changes.
fn plain(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Rect) {
    let top = model.preview_top();
    let shown = model.pane_rows().iter().skip(top).take(usize::from(area.height));
    for (index, row) in shown.enumerate() {
        let Some(place) = block::row(area, index) else { break };
        let buffer = frame.buffer_mut();
        match row {
            PaneRow::Text(text, _, indent) => {
                let mark = if *indent > 0 { context.theme.symbols().continues } else { "" };
                let before = Span::styled(format!("{mark:>indent$}"), context.theme.accent());
                block::line(buffer, place, Line::from(vec![before, Span::raw(text.clone())]), None);
            }
            PaneRow::Change(row) => {
                block::line(buffer, place, comparison::on_screen(row.clone(), *context.theme), None);
            }
            PaneRow::Simulated(row) => {
                let is_chosen = model.chosen_row() == Some(top + index);
                simulation::draw(row, is_chosen, *context.theme, buffer, place);
            }
        }
    }
    search::marks(model, context, frame, area, (0, 0));
}
