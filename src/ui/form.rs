//! The form: the rows of the tab, each drawn by its role.

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

/// Draws the rows of the tab that are in sight.
pub(super) fn form(model: &Model, look: DrawContext<'_>, frame: &mut Frame<'_>, area: Area) {
    let theme = *look.theme;
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
            draw(model, look, frame, RowSlot { row, place, is_focused });
        }
    }
    let below = model.form.rows.len().saturating_sub(model.form.scroll + usize::from(inner.height));
    if inner.width >= 24 {
        block::more(look, frame, (inner, inner.bottom()), (model.form.scroll, below));
    }
}

fn draw(model: &Model, look: DrawContext<'_>, frame: &mut Frame<'_>, slot: RowSlot<'_>) {
    let theme = *look.theme;
    match slot.row.role {
        Role::Field | Role::Kind | Role::Other | Role::Integration => field::field(model, look, frame, slot),
        Role::Item(id) => item::item(model, look, frame, slot, id),
        Role::Add(id) => item::add(model, look, frame, slot, id),
        Role::Heading(title) => {
            let line =
                Line::from(vec![Span::raw("  "), Span::styled(format!("── {title} ──"), theme.accent())]);
            block::line(frame.buffer_mut(), slot.place, line, None);
        }
        Role::Button(action) => button(model, look, frame, slot, action),
        Role::Problem(index) => problem::line(model, look, frame, slot, index),
    }
}

fn button(model: &Model, look: DrawContext<'_>, frame: &mut Frame<'_>, slot: RowSlot<'_>, action: Action) {
    let theme = *look.theme;
    let mut spans = gutter(look, slot);
    let style = if slot.is_focused { theme.chosen() } else { theme.strong() };
    let words = model.button_words(action);
    spans.push(Span::styled(format!("[ {} ]", look.shown(&words)), style));
    let note = note(model, look, action);
    let key = look.keymap.label(Scene::Form, action).map(|key| Span::styled(format!("{key} "), theme.dim()));
    let taken = Line::from(spans.clone()).width() + key.as_ref().map_or(0, |key| key.width() + 1) + 2;
    let room = usize::from(slot.place.width).saturating_sub(taken);
    spans.push(Span::raw(format!("  {}", text::cut(&note, room))));
    block::line(frame.buffer_mut(), slot.place, Line::from(spans), key);
}

/// What is said behind a button.
fn note(model: &Model, look: DrawContext<'_>, action: Action) -> String {
    let chosen = model.chosen();
    let label = chosen.map_or_else(String::new, |chosen| look.shown(&chosen.environment.label).into_owned());
    #[expect(clippy::wildcard_enum_match_arm, reason = "any action can be a button")]
    match action {
        Action::ChooseEnvironment => {
            let host = chosen.map_or_else(String::new, |chosen| chosen.environment.host());
            format!("{label}  {}", look.shown(&host))
        }
        Action::EnterKey => {
            let source = chosen.and_then(|chosen| chosen.key.clone());
            let none = || look.with_keys("none yet: {enter} to type it", Scene::Form);
            source.map_or_else(none, |from| format!("from {from}"))
        }
        Action::Send => match model.counts_in_all().errors {
            0 => format!("{} to {label}", model.identity()),
            errors => format!("{} in the way", text::count(errors, "error", "errors")),
        },
        Action::ShowReply => {
            let note =
                model.sending.last_reply.as_ref().map_or("nothing sent yet", |reply| reply.headline.as_str());
            look.shown(note).into_owned()
        }
        Action::EditJson => {
            let fault =
                model.unparsed_fault().map(|fault| format!("not JSON at {}:{}", fault.line, fault.column));
            fault.unwrap_or_default()
        }
        Action::GenerateGuid => "makes the instance in SEI".to_owned(),
        Action::RandomGuid => "for trying out; SEI does not know it".to_owned(),
        Action::ChooseInstance => booked(model),
        _ => String::new(),
    }
}

/// How many instances the book holds.
fn booked(model: &Model) -> String {
    let is_live = |entry: &&BookEntry| entry.environment.as_deref() == Some(SANDBOX);
    let live = model.instances.book.entries.iter().filter(is_live).count();
    match (model.instances.book.entries.len() - live, live) {
        (0, 0) => "none in it yet".to_owned(),
        (0, live) => format!("{live} of this session"),
        (kept, 0) => text::count(kept, "instance", "instances"),
        (kept, live) => format!("{}, {live} of this session", text::count(kept, "instance", "instances")),
    }
}
