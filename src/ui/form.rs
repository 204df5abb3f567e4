//! The form: draws each row of the tab by its role.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::app::geometry::Area;
use crate::app::row::Role;
use crate::app::{Action, Model, Scene};
use crate::book::BookEntry;
use crate::text;
use crate::wire::SANDBOX;

use super::slot::{RowSlot, gutter};
use super::{DrawContext, block, field, item, problem, rect};

/// Draws the visible rows of the tab.
pub(super) fn form(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, area: Area) {
    let theme = *context.theme;
    let title = Line::from(vec![
        Span::raw(" "),
        Span::styled(model.form.tab.title(), theme.strong()),
        Span::raw(" "),
    ]);
    let style = if model.overlays.is_empty() && !model.edits_text() { theme.accent() } else { theme.dim() };
    let inner = block::pane(frame, rect(area), title, theme, style);
    let visible = model.form.rows.iter().enumerate().skip(model.form.scroll);
    for (line, (index, row)) in visible.enumerate().take(usize::from(inner.height)) {
        if let Some(place) = block::row(inner, line) {
            let is_focused = index == model.focus_index();
            draw(model, context, frame, RowSlot { row, place, is_focused });
        }
    }
    let below = model.form.rows.len().saturating_sub(model.form.scroll + usize::from(inner.height));
    if inner.width >= 24 {
        block::more(context, frame, (inner, inner.bottom()), (model.form.scroll, below));
    }
}

fn draw(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, slot: RowSlot<'_>) {
    let theme = *context.theme;
    match slot.row.role {
        Role::Field | Role::Kind | Role::Other | Role::Integration => {
            field::field(model, context, frame, slot);
        }
        Role::Item(id) => item::item(model, context, frame, slot, id),
        Role::Add(id) => item::add(model, context, frame, slot, id),
        Role::Heading(title) => {
            let line =
                Line::from(vec![Span::raw("  "), Span::styled(format!("── {title} ──"), theme.accent())]);
            block::line(frame.buffer_mut(), slot.place, line, None);
        }
        Role::Button(action) => button(model, context, frame, slot, action),
        Role::Problem(index) => problem::line(model, context, frame, slot, index),
    }
}

fn button(model: &Model, context: DrawContext<'_>, frame: &mut Frame<'_>, slot: RowSlot<'_>, action: Action) {
    let theme = *context.theme;
    let mut spans = gutter(context, slot);
    let style = if slot.is_focused { theme.chosen() } else { theme.strong() };
    let words = model.button_words(action);
    spans.push(Span::styled(format!("[ {} ]", context.shown(&words)), style));
    let note = note(model, context, action);
    let key =
        context.keymap.label(Scene::Form, action).map(|key| Span::styled(format!("{key} "), theme.dim()));
    let taken = Line::from(spans.clone()).width() + key.as_ref().map_or(0, |key| key.width() + 1) + 2;
    let room = usize::from(slot.place.width).saturating_sub(taken);
    spans.push(Span::raw(format!("  {}", text::cut(&note, room))));
    block::line(frame.buffer_mut(), slot.place, Line::from(spans), key);
}

/// The note after a button.
fn note(model: &Model, context: DrawContext<'_>, action: Action) -> String {
    let chosen = model.chosen();
    let label =
        chosen.map_or_else(String::new, |chosen| context.shown(&chosen.environment.label).into_owned());
    #[expect(clippy::wildcard_enum_match_arm, reason = "any action can be a button")]
    match action {
        Action::ChooseEnvironment => {
            let host = chosen.map_or_else(String::new, |chosen| chosen.environment.host());
            format!("{label}  {}", context.shown(&host))
        }
        Action::EnterKey => {
            let source = chosen.and_then(|chosen| chosen.key.clone());
            let none = || context.with_keys("none yet: {enter} to type it", Scene::Form);
            source.map_or_else(none, |from| format!("from {from}"))
        }
        Action::Send => match model.counts_in_all().errors {
            0 => format!("{} to {label}", model.identity()),
            errors => format!("blocked by {}", text::count(errors, "error", "errors")),
        },
        Action::ShowReply => {
            let note =
                model.sending.last_reply.as_ref().map_or("nothing sent yet", |reply| reply.headline.as_str());
            context.shown(note).into_owned()
        }
        Action::ShowSimulation => {
            let words = model.deployment_words().unwrap_or_default();
            let why = if model.is_deployment_open() {
                context.with_keys(" ({enter}: why)", Scene::Form)
            } else {
                String::new()
            };
            format!("{}{why}", context.shown(&words))
        }
        Action::EditJson => {
            let fault =
                model.unparsed_fault().map(|fault| format!("not JSON at {}:{}", fault.line, fault.column));
            fault.unwrap_or_default()
        }
        Action::GenerateGuid => "and fills in its GUID".to_owned(),
        Action::RandomGuid => "for testing only: SEI does not know it".to_owned(),
        Action::ChooseInstance => book_size(model),
        _ => String::new(),
    }
}

/// The number of instances in the book, in words.
fn book_size(model: &Model) -> String {
    let is_live = |entry: &&BookEntry| entry.environment.as_deref() == Some(SANDBOX);
    let live = model.instances.book.entries.iter().filter(is_live).count();
    match (model.instances.book.entries.len() - live, live) {
        (0, 0) => "empty".to_owned(),
        (0, live) => format!("{live} of this session"),
        (saved, 0) => text::count(saved, "instance", "instances"),
        (saved, live) => format!("{}, {live} of this session", text::count(saved, "instance", "instances")),
    }
}
