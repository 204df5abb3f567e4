//! A field row: label, value or editor, note and mark.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::app::entry::{self, FieldEntry};
use crate::app::model::FieldEditor;
use crate::app::row::part::{LABEL, MARK, arrows, kind_options};
use crate::app::row::{Role, kind_places, value_of};
use crate::app::{Action, Model, Scene};
use crate::document::Pointer;
use crate::text;

use super::slot::{RowSlot, gutter, mark};
use super::{DrawContext, Theme, block};
use crate::catalog::FieldRole;
use crate::check::Counts;

/// The columns of the line that an empty input shows.
const INPUT: u16 = 24;

pub(super) fn field(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, slot: RowSlot<'_>) {
    let theme = *context.theme;
    let mut spans = gutter(context, slot);
    let (label, is_required) = label(context, slot);
    let star = if is_required { " *" } else { "" };
    let label = format!("{}{star}", text::cut(&label, LABEL - star.len()));
    let style = if slot.is_focused { theme.strong() } else { Style::new() };
    spans.push(Span::styled(label, style));
    let used = u16::try_from(slot.row.value_column()).unwrap_or(u16::MAX).min(slot.place.width);
    block::line(frame.buffer_mut(), slot.place, Line::from(spans), None);

    let mark = mark(model, context, counts(model, slot), slot);
    let mark_width = u16::try_from(MARK).unwrap_or_default();
    let value_place = Rect {
        x: slot.place.x + used,
        width: slot.place.width.saturating_sub(used + mark_width),
        ..slot.place
    };
    frame.buffer_mut().set_span(
        slot.place.right().saturating_sub(mark_width),
        slot.place.y,
        &mark,
        mark_width,
    );
    value(model, context, frame, slot, value_place);
}

fn label(context: DrawContext<'_>, slot: RowSlot<'_>) -> (String, bool) {
    match slot.row.role {
        Role::Integration => ("Integration id".to_owned(), false),
        Role::Kind => ("Kind".to_owned(), false),
        Role::Other => (last_word(context, &slot.row.at), false),
        Role::Field
        | Role::Item(_)
        | Role::Add(_)
        | Role::Heading(_)
        | Role::Button(_)
        | Role::Problem(_) => slot.row.field().map_or_else(
            || (last_word(context, &slot.row.at), false),
            |field| (field.label.clone(), field.required),
        ),
    }
}

fn last_word(context: DrawContext<'_>, at: &Pointer) -> String {
    at.words().last().map_or_else(String::new, |word| context.shown(&word).into_owned())
}

fn counts(model: &Model, slot: RowSlot<'_>) -> crate::check::Counts {
    match slot.row.role {
        Role::Kind => {}
        Role::Integration => return crate::check::Counts::default(),
        Role::Field
        | Role::Other
        | Role::Item(_)
        | Role::Add(_)
        | Role::Heading(_)
        | Role::Button(_)
        | Role::Problem(_) => {
            return model.marks_at(&slot.row.at);
        }
    }
    kind_places().iter().map(|at| model.marks_at(at)).fold(Counts::default(), |sum, counts| Counts {
        errors: sum.errors + counts.errors,
        warnings: sum.warnings + counts.warnings,
        ..sum
    })
}

fn value(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, slot: RowSlot<'_>, place: Rect) {
    if slot.row.role == Role::Kind {
        kind(model, context, frame, place);
        return;
    }
    let Some(entry) = model.entry_of(slot.row) else { return };
    let value = model.value_of(slot.row);
    let value = if slot.row.role == Role::Integration { None } else { value };
    let note = note(model, context, slot, entry);
    // If both do not fit, the value is shown without its note.
    let between_arrows = model.choice_text(slot.row, slot.is_focused);
    let shown = match &between_arrows {
        Some(shown) => text::width(shown) + 4,
        None => value.map_or(0, |value| text::width(&entry::shown(entry, value))),
    };
    let may_drop = between_arrows.is_some() || (!slot.is_focused && entry != FieldEntry::List);
    let fits = |note: &String| !may_drop || shown + text::width(note) < usize::from(place.width);
    let place = unit_note(context, frame, place, note.filter(fits));
    if slot.is_focused
        && let Some(editor) = &model.form.editor
        && !editor.fresh
    {
        edited(model, context, frame, place, (slot, editor));
        return;
    }
    let shown = match (slot.row.role, value) {
        (Role::Integration, _) if !model.draft.integration.is_empty() => {
            Span::raw(context.shown(&model.draft.integration).into_owned())
        }
        _ if let Some(shown) = &between_arrows => choice(context, slot, shown, value.is_none()),
        (_, Some(value)) => Span::raw(context.shown(&entry::shown(entry, value)).into_owned()),
        (_, None) => hint(slot, entry, *context.theme),
    };
    let shown = Span::styled(text::cut(&shown.content, usize::from(place.width)).into_owned(), shown.style);
    frame.buffer_mut().set_span(place.x, place.y, &shown, place.width);
    if slot.is_focused && model.overlays.is_empty() {
        frame.set_cursor_position(Position { x: place.x, y: place.y });
    }
}

/// A choice between its arrows; the arrows are at the same columns for all values.
fn choice(context: DrawContext<'_>, slot: RowSlot<'_>, shown: &str, is_unset: bool) -> Span<'static> {
    let (before, after) = context.theme.symbols().choice;
    let [first, last] = arrows(shown);
    let style = match (is_unset, slot.is_focused) {
        (true, _) => context.theme.dim(),
        (false, true) => context.theme.strong(),
        (false, false) => Style::new(),
    };
    let text = format!("{:first$}{before} {}", "", context.shown(shown));
    let gap = last.saturating_sub(text::width(&text));
    Span::styled(format!("{text}{:gap$}{after}", ""), style)
}

/// The text of an empty field: “unset” for a choice, an example if the field has the focus.
fn hint(slot: RowSlot<'_>, entry: FieldEntry, theme: Theme) -> Span<'static> {
    let words = match (entry, slot.is_focused, slot.row.field()) {
        (FieldEntry::Choice | FieldEntry::Toggle, ..) => "unset".to_owned(),
        (_, true, Some(field)) => example(field, entry),
        (_, true, None) if slot.row.role == Role::Integration => "such as 4620".to_owned(),
        _ => String::new(),
    };
    Span::styled(words, theme.dim())
}

fn example(field: &crate::catalog::Field, entry: FieldEntry) -> String {
    let sample = crate::document::read(&field.sample).ok();
    let shown = sample.map_or_else(String::new, |value| entry::shown(entry, &value).into_owned());
    if shown.is_empty() { shown } else { format!("such as {shown}") }
}

/// Draws CI, CD and unset as radio buttons.
fn kind(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, place: Rect) {
    let (on, off) = context.theme.symbols().radio;
    let current = crate::app::kind(model.document.value());
    let mut words = String::new();
    for (kind, columns) in kind_options() {
        let gap = columns.start.saturating_sub(text::width(&words));
        let mark = if current == Some(kind) { on } else { off };
        words = format!("{words}{:gap$}{mark} {kind}", "");
    }
    if current.is_none() {
        words.push_str("  (neither: see the payload)");
    }
    let line = text::cut(&words, usize::from(place.width)).into_owned();
    frame.buffer_mut().set_string(place.x, place.y, line, Style::new());
}

/// The note at the right of a field.
fn note(model: &Model, context: DrawContext<'_>, slot: RowSlot<'_>, entry: FieldEntry) -> Option<String> {
    if slot.row.role == Role::Integration {
        let key = context.keymap.label(Scene::Form, Action::GenerateGuid);
        return key.map(|key| format!("for {key}, not sent"));
    }
    let value = model.value_of(slot.row)?;
    if let Some(editor) = model.form.editor.as_ref().filter(|editor| slot.is_focused && !editor.fresh) {
        // The value that was read from the typed text.
        let understood = match (entry, value) {
            (FieldEntry::Choice, _) => value.as_text().map(str::to_owned),
            (FieldEntry::Instant | FieldEntry::IsoInstant | FieldEntry::Duration, _) => {
                Some(entry::shown(entry, value).into_owned())
            }
            _ => None,
        };
        if let Some(words) = understood.filter(|words| *words != editor.editor.text()) {
            return Some(format!("= {}", context.shown(&words)));
        }
    }
    let mut note = entry::reading(entry, Some(value)).map(|words| context.shown(&words).into_owned());
    if note.is_none() && slot.row.field().is_some_and(|field| field.role == Some(FieldRole::QualifiedName)) {
        let pipeline = value_of(model.document.value(), FieldRole::Pipeline);
        note = (pipeline == Some(value)).then(|| "= pipeline".to_owned());
    }
    let is_legacy = slot
        .row
        .field()
        .is_some_and(|field| field.legacy.as_deref() == slot.row.at.words().last().as_deref());
    note.or_else(|| is_legacy.then(|| "legacy name".to_owned()))
}

/// Writes the note at the right, and returns the area that is left for the value.
fn unit_note(context: DrawContext<'_>, frame: &mut Frame<'_>, place: Rect, note: Option<String>) -> Rect {
    let Some(note) = note else { return place };
    let width = u16::try_from(text::width(&note)).unwrap_or(u16::MAX);
    if width.saturating_add(8) > place.width {
        return place;
    }
    frame.buffer_mut().set_string(place.right() - width, place.y, note, context.theme.dim());
    Rect { width: place.width - width - 1, ..place }
}

/// Draws the text that is edited, scrolled to the cursor.
fn edited(
    model: &Model,
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    place: Rect,
    (slot, field): (RowSlot<'_>, &FieldEditor),
) {
    let written = field.editor.text();
    if written.is_empty() {
        let hint = hint(slot, field.entry, *context.theme);
        let hint = Span::styled(text::cut(&hint.content, usize::from(place.width)).into_owned(), hint.style);
        frame.buffer_mut().set_span(place.x, place.y, &hint, place.width);
    }
    let column =
        line_with_cursor(context, frame, place, &written, (field.editor.cursor(), context.theme.edited()));
    if model.overlays.is_empty() {
        frame.set_cursor_position(Position { x: column, y: place.y });
    }
}

/// Writes one line of text, scrolled to its cursor, and returns the column of the cursor on screen.
///
/// A sign marks each side where the line continues.
pub(super) fn line_with_cursor(
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    place: Rect,
    written: &str,
    (cursor, style): (usize, Style),
) -> u16 {
    let written = context.redactor.redact(written);
    let before: String = written.chars().take(cursor).collect();
    let after: String = written.chars().skip(cursor).collect();
    let (before, after) = (text::visible(&before), text::visible(&after));
    // The character under the cursor stays visible, and so does the sign after it.
    let reserved = text::width(&after).clamp(1, 2);
    let before = tail(&before, usize::from(place.width).saturating_sub(reserved).max(1));
    let column = u16::try_from(text::width(&before)).unwrap_or(0);
    let x = place.x.saturating_add(column).min(place.right().saturating_sub(1));
    let room = usize::from(place.right().saturating_sub(x));
    frame.buffer_mut().set_stringn(place.x, place.y, before, usize::from(place.width), style);
    frame.buffer_mut().set_stringn(x, place.y, text::cut(&after, room), room, style);
    x
}

/// Does the same as [`line_with_cursor`], over a dim line that marks the input.
pub(super) fn input(
    context: DrawContext<'_>,
    frame: &mut Frame<'_>,
    place: Rect,
    written: &str,
    cursor: (usize, Style),
) -> u16 {
    let line = "_".repeat(usize::from(place.width.min(INPUT)));
    frame.buffer_mut().set_string(place.x, place.y, line, context.theme.dim());
    line_with_cursor(context, frame, place, written, cursor)
}

/// The end of a text in at most `columns` columns; a cut text starts with a sign.
fn tail(text: &str, columns: usize) -> Cow<'_, str> {
    if text::width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mut end: Vec<&str> = Vec::new();
    let mut width = 1;
    for grapheme in text.graphemes(true).rev() {
        width += text::width(grapheme);
        if width > columns {
            break;
        }
        end.push(grapheme);
    }
    end.push("…");
    end.reverse();
    Cow::Owned(end.concat())
}
