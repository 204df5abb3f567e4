//! The dialogs of a send: review, wait, and the explained reply.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::app::comparison::DescribedChange;
use crate::app::editor::Editor;
use crate::app::reading;
use crate::app::reply::{KEY, ReplyRow, rows};
use crate::app::review::{Readiness, ReviewLine};
use crate::app::suggestion::action_of;
use crate::app::{Action, Model, Scene};
use crate::check::Severity;
use crate::text;
use crate::time::Duration;
use crate::ui::{DrawContext, block, field};
use crate::wire::{Explanation, Outcome, RequestPurpose, Suggestion};

/// Draws the review: the request, its target and its problems.
pub(super) fn review(
    model: &Model,
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    (scroll, typed, fault): (usize, &Editor, Option<&str>),
) {
    let theme = *context.theme;
    let readiness = model.readiness(&typed.text());
    let width = 100.min(frame.area().width.saturating_sub(2));
    let columns = usize::from(width.saturating_sub(4)).max(10);
    let lines = review_lines(model, context, columns);
    let rows = lines.len() + 3;
    let inner = block::dialog(frame, "Review", (width, rows), context);
    let is_tight = fault.is_none() && rows > usize::from(inner.height);
    let body = Rect { height: inner.height.saturating_sub(if is_tight { 1 } else { 2 }), ..inner };
    paragraph(frame, body, &lines, scroll);
    let Some(last) = block::row(inner, usize::from(inner.height.saturating_sub(1))) else { return };
    if let Some(fault) = fault {
        let words = text::cut(fault, columns).into_owned();
        if let Some(above) = block::row(inner, usize::from(inner.height.saturating_sub(2))) {
            frame.buffer_mut().set_string(above.x + 1, above.y, words, theme.bad());
        }
    }
    if model.needs_name() {
        let id = model.target().map_or_else(String::new, |target| target.environment.id.clone());
        let ask = format!("Protected. Type {} to send: ", context.shown(&id));
        let used = u16::try_from(text::width(&ask)).unwrap_or(0);
        frame.buffer_mut().set_string(last.x + 1, last.y, ask, theme.careful());
        let place = Rect { x: last.x + 1 + used, width: last.width.saturating_sub(used + 2), ..last };
        let x = field::input(context, frame, place, &typed.text(), (typed.cursor(), theme.edited()));
        frame.set_cursor_position((x, place.y));
        return;
    }
    let with_keys = |words: &str| context.with_keys(words, Scene::Dialog);
    let words = match readiness {
        Readiness::Blocked => Span::styled("Errors block the send.", theme.bad()),
        Readiness::NeedsKey => Span::styled("A key is needed first.", theme.careful()),
        Readiness::ReadOnly => Span::styled("Read-only: nothing can be sent.", theme.careful()),
        Readiness::NeedsName | Readiness::Ready if model.is_sent_before() => {
            Span::styled(with_keys("Already sent: {enter} sends again."), theme.careful())
        }
        Readiness::NeedsName | Readiness::Ready => match model.outgoing_counts().warnings {
            0 => Span::styled(with_keys("Ready: {enter} sends the run."), theme.good()),
            warnings => {
                let warnings = text::count(warnings, "warning", "warnings");
                Span::styled(
                    with_keys(&format!("{warnings}. {{enter}} sends the run anyway.")),
                    theme.careful(),
                )
            }
        },
    };
    frame.buffer_mut().set_span(last.x + 1, last.y, &words, last.width);
}

fn review_lines(model: &Model, context: DrawContext<'_>, columns: usize) -> Vec<Line<'static>> {
    let theme = *context.theme;
    let mut lines = Vec::new();
    for line in model.review() {
        match line {
            ReviewLine::Fact(name, what) => {
                let wrapped = text::wrap(&context.shown(&what), columns.saturating_sub(14).max(10));
                for (index, part) in wrapped.into_iter().enumerate() {
                    let name = if index == 0 { name } else { "" };
                    lines.push(Line::from(vec![
                        Span::styled(format!(" {name:<12} "), theme.dim()),
                        Span::raw(part),
                    ]));
                }
            }
            ReviewLine::Problem(severity, place, loss, what) => {
                let mark = Span::styled(format!(" {} ", theme.mark(severity)), theme.severity(severity));
                let loss = if loss.is_empty() { String::new() } else { format!("  loss: {loss}") };
                let place = format!("{place}{loss}");
                lines.push(Line::from(vec![mark, Span::styled(place, theme.dim())]));
                for part in text::wrap(&what, columns.saturating_sub(4).max(10)) {
                    lines.push(Line::raw(format!("   {part}")));
                }
            }
            ReviewLine::Alarm(words) => {
                let style = theme.careful().add_modifier(Modifier::BOLD);
                for (index, part) in
                    text::wrap(&words, columns.saturating_sub(4).max(10)).into_iter().enumerate()
                {
                    let mark = if index == 0 { theme.mark(Severity::Warning) } else { " " };
                    lines.push(Line::styled(format!(" {mark} {part}"), style));
                }
            }
            ReviewLine::Change(described) => lines.push(change(&described, context, columns)),
            ReviewLine::Text(words) => {
                let parts = text::wrap(&words, columns.saturating_sub(1).max(10));
                lines.extend(parts.into_iter().map(|part| Line::styled(format!(" {part}"), theme.good())));
            }
            ReviewLine::Gap => lines.push(Line::default()),
        }
    }
    lines
}

/// A changed place, cut to one line.
fn change(change: &DescribedChange, context: DrawContext<'_>, columns: usize) -> Line<'static> {
    let room = columns.saturating_sub(14).max(10);
    let place = text::cut(&change.place, room / 2).into_owned();
    let words = text::cut(&change.words(), room.saturating_sub(text::width(&place) + 2)).into_owned();
    Line::from(vec![
        Span::raw(" ".repeat(14)),
        Span::styled(place, context.theme.accent()),
        Span::raw(format!("  {words}")),
    ])
}

/// Draws lines from a scroll position, which is limited to the last page.
pub(super) fn paragraph(frame: &mut Frame<'_>, area: Rect, lines: &[Line<'_>], scroll: usize) {
    // If not all lines fit, the last row shows how many follow.
    let overflows = lines.len() > usize::from(area.height);
    let room = usize::from(area.height).saturating_sub(usize::from(overflows));
    let top = scroll.min(lines.len().saturating_sub(room));
    for (index, line) in lines.iter().skip(top).take(room).enumerate() {
        if let Some(place) = block::row(area, index) {
            frame.buffer_mut().set_line(place.x, place.y, line, place.width);
        }
    }
    if overflows && let Some(place) = block::row(area, room) {
        let below = lines.len() - (top + room).min(lines.len());
        let words = if below > 0 { format!(" ↓ {below} more") } else { " ↑ the end".to_owned() };
        frame.buffer_mut().set_string(place.x, place.y, words, Style::new().add_modifier(Modifier::DIM));
    }
}

/// Draws the request in progress with its elapsed time.
pub(super) fn waiting(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>) {
    let Some(flight) = &model.sending.in_flight else { return };
    let what = match flight.request.purpose {
        RequestPurpose::JobRun => "Sending the run",
        RequestPurpose::CreateInstance => "Creating the instance",
        RequestPurpose::ReadInstance => "Verifying the instance",
    };
    let inner = block::dialog(frame, what, (76, 4), context);
    let elapsed = model.now.millis().saturating_sub(flight.started.millis()).max(0);
    let elapsed = Duration::from_millis(elapsed / 1_000 * 1_000);
    let stage = flight.progress.map_or_else(String::new, |(progress, since)| {
        progress.words(Duration::from_millis(model.now.millis().saturating_sub(since.millis())))
    });
    let words = [
        format!("{} {}", flight.request.method(), context.shown(&flight.request.url)),
        stage,
        format!("{} so far", elapsed.human()),
    ];
    for (index, words) in words.iter().enumerate() {
        if let Some(place) = block::row(inner, index) {
            let words = text::cut(words, usize::from(place.width).saturating_sub(2)).into_owned();
            frame.buffer_mut().set_string(place.x + 1, place.y, words, Style::new());
        }
    }
}

/// An explanation with API keys redacted.
fn redacted(explanation: &Explanation, context: DrawContext<'_>) -> Explanation {
    let mut shown = explanation.clone();
    for words in [&mut shown.headline].into_iter().chain(&mut shown.meaning).chain(&mut shown.next) {
        *words = context.shown(words).into_owned();
    }
    shown
}

/// Draws the reply, its meaning and the next steps.
pub(super) fn reply(
    explanation: &Explanation,
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    scroll: usize,
) {
    let theme = *context.theme;
    let width = 90.min(frame.area().width.saturating_sub(2));
    let columns = usize::from(width.saturating_sub(6)).max(10);
    let style = match explanation.outcome {
        Outcome::Accepted => theme.good(),
        Outcome::Refused | Outcome::NotDelivered => theme.bad(),
        Outcome::Unknown => theme.careful(),
    };
    let on_screen = |row: ReplyRow| match row {
        ReplyRow::Headline(part) => Line::styled(format!(" {part}"), style.add_modifier(Modifier::BOLD)),
        ReplyRow::Meaning(part) => Line::raw(format!(" {part}")),
        ReplyRow::Next => Line::styled(" Next steps", theme.accent()),
        ReplyRow::Step(is_first, part) => Line::raw(format!(" {} {part}", if is_first { "-" } else { " " })),
        ReplyRow::Suggestion(suggestion, part) => Line::from(vec![
            Span::raw(" - "),
            Span::styled(key_of(suggestion, context), theme.accent()),
            Span::raw(format!(" {}", context.with_keys(&part, Scene::Dialog))),
        ]),
        ReplyRow::NextStep(part) => Line::raw(format!("   {}", context.with_keys(&part, Scene::Dialog))),
        ReplyRow::Gap => Line::default(),
    };
    let lines: Vec<Line<'_>> =
        rows(&redacted(explanation, context), columns).into_iter().map(on_screen).collect();
    let inner = block::dialog(frame, "Reply", (width, lines.len()), context);
    paragraph(frame, inner, &lines, scroll);
}

/// The key of a suggestion, or the key of the palette if its action has none.
fn key_of(suggestion: Suggestion, context: DrawContext<'_>) -> String {
    let (action, _) = action_of(suggestion);
    let label = |action| context.keymap.label(Scene::Dialog, action);
    let palette = || label(Action::Palette).map(|key| format!("{key},"));
    let key = label(action).or_else(palette).unwrap_or_default();
    text::cut(&key, KEY).into_owned()
}

/// Draws lines of text; wrapped rows keep the indent of their line.
pub(super) fn read(
    (title, lines): (&str, &[String]),
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    scroll: usize,
) {
    let width = 100.min(frame.area().width.saturating_sub(2));
    let columns = usize::from(width.saturating_sub(4)).max(10);
    let on_screen = |row: reading::TextRow| {
        let indent = Span::raw(" ".repeat(row.indent + 1));
        let mark = if row.continues { context.theme.symbols().continues } else { "" };
        Line::from(vec![indent, Span::styled(mark, context.theme.accent()), Span::raw(row.text)])
    };
    let lines: Vec<String> = lines.iter().map(|line| context.redactor.redact(line).into_owned()).collect();
    let shown: Vec<Line<'_>> = reading::rows(&lines, columns).into_iter().map(on_screen).collect();
    let inner = block::dialog(frame, title, (width, shown.len()), context);
    paragraph(frame, inner, &shown, scroll);
}
