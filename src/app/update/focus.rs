//! Moving the focus: rows, pages, tabs, and what Enter does on a row.

use crate::app::entry::Entry;
use crate::app::overlay::{Choice, Overlay};
use crate::app::picker::{Line, Picker};
use crate::app::row::{Role, Tab};
use crate::app::{Action, Model};
use crate::document::{Pointer, Value};
use crate::draft::INTEGRATION;

use super::{guid, item, on_form, problem, raw, typing};

/// One row on or back; over the end of a tab into the next one with Tab, not with the arrows.
pub(super) fn step(model: &mut Model, action: Action) {
    let forward = matches!(action, Action::Next | Action::Down);
    let across = matches!(action, Action::Next | Action::Previous);
    match neighbour(model, forward) {
        Some(index) => land(model, index),
        None if across => {
            let by = if forward { 1 } else { Tab::ALL.len() - 1 };
            turn(model, by);
            let end = if forward { 0 } else { model.form.rows.len().saturating_sub(1) };
            land(model, end);
        }
        None => {}
    }
}

/// A page, or to the first or last row; past the last row, the next tab.
pub(super) fn leap(model: &mut Model, action: Action) {
    let (focus, last) = (model.focus_index(), model.form.rows.len().saturating_sub(1));
    let page = model.form_height().saturating_sub(1).max(1);
    #[expect(clippy::wildcard_enum_match_arm, reason = "only leaps come here")]
    let target = match action {
        Action::PageUp if neighbour(model, false).is_none() => return turn(model, Tab::ALL.len() - 1),
        Action::PageDown if neighbour(model, true).is_none() => return turn(model, 1),
        Action::PageUp => focus.saturating_sub(page),
        Action::PageDown => (focus + page).min(last),
        Action::First => 0,
        _ => last,
    };
    land(model, target);
}

fn neighbour(model: &Model, forward: bool) -> Option<usize> {
    let focus = model.focus_index();
    let takes = |index: &usize| model.form.rows.get(*index).is_some_and(crate::app::row::Row::takes_focus);
    if forward { (focus + 1..model.form.rows.len()).find(takes) } else { (0..focus).rev().find(takes) }
}

/// Leaves the focused row for another one.
pub(super) fn land(model: &mut Model, index: usize) {
    leave(model);
    model.set_focus(index);
    arrive(model);
}

/// Leaves the focused row: from now on its problems are marked.
pub(super) fn leave(model: &mut Model) {
    if let Some(row) = model.focused()
        && matches!(row.role, Role::Field | Role::Kind | Role::Other)
    {
        let at = row.at.clone();
        model.form.visited.insert(at);
    }
}

/// Makes the newly focused row ready for typing.
pub(super) fn arrive(model: &mut Model) {
    model.payload.preview.scrolled = None;
    typing::new_group(model);
    model.open_editor();
}

/// The tab a number of places to the right.
pub(super) fn turn(model: &mut Model, by: usize) {
    let position = (model.form.tab.position() + by) % Tab::ALL.len();
    let tab = Tab::ALL.get(position).copied().unwrap_or(Tab::Instance);
    go(model, tab)
}

/// Shows a tab with the row that had the focus there.
pub(super) fn go(model: &mut Model, tab: Tab) {
    leave(model);
    model.form.tab = tab;
    model.form.scroll = 0;
    model.payload.preview.is_preferred = false;
    model.form.rows = Vec::new();
    model.rebuild();
    arrive(model);
}

/// Shows the place in the document: its tab, its items unfolded, the focus on its row.
pub(super) fn reveal(model: &mut Model, at: &Pointer) {
    if *at == Pointer::root().key(INTEGRATION) && model.document.value().get(at).is_none() {
        return guid::go_to_integration(model);
    }
    leave(model);
    model.form.tab = Tab::of(at);
    let mut above = at.parent();
    while let Some(place) = above {
        above = place.parent();
        model.form.open.insert(place);
    }
    model.form.rows = Vec::new();
    model.rebuild();
    let best = model
        .form
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| {
            row.takes_focus() && !row.at.is_root() && (covers(&row.role, &row.at, at) || row.adds_to(at))
        })
        .max_by_key(|(index, row)| (row.at.tokens().len(), std::cmp::Reverse(*index)))
        .map(|(index, _)| index);
    model.form.scroll = 0;
    // How many rows are in sight depends on it.
    model.payload.preview.is_preferred = false;
    model.set_focus(best.unwrap_or_default());
    arrive(model);
}

/// Shows a place that was asked for by name: its problems are marked from now on.
pub(super) fn visit(model: &mut Model, at: Pointer) {
    model.notice = None;
    reveal(model, &at);
    model.form.visited.insert(at);
}

fn covers(role: &Role, row: &Pointer, at: &Pointer) -> bool {
    match role {
        Role::Kind => [Pointer::root().key("ci"), Pointer::root().key("cd")].contains(at),
        Role::Field | Role::Other | Role::Item(_) | Role::Add(_) => at.is_within(row),
        Role::Heading(_) | Role::Integration | Role::Button(_) | Role::Problem(_) => false,
    }
}

/// Enter: unfold, choose, add, press, or move on.
pub(super) fn enter(model: &mut Model) {
    let Some(row) = model.focused().cloned() else { return };
    match row.role {
        Role::Item(_) => item::fold(model),
        Role::Add(_) => item::add(model),
        Role::Button(Action::EditJson) => raw::mend(model),
        Role::Button(action) => on_form(model, action),
        Role::Problem(index) => problem::jump(model, index),
        Role::Kind => typing::edit(model, Action::Right),
        Role::Field if model.entry_of(&row) == Some(Entry::Toggle) => typing::edit(model, Action::Right),
        Role::Field if model.entry_of(&row) == Some(Entry::Choice) => choose_word(model),
        Role::Field | Role::Other | Role::Integration | Role::Heading(_) => step(model, Action::Next),
    }
}

fn choose_word(model: &mut Model) {
    let Some(row) = model.focused().cloned() else { return };
    let Some(field) = row.field() else { return };
    let current = model.value_of(&row).and_then(Value::as_text);
    let chosen = field.words.iter().position(|word| Some(word.as_str()) == current).unwrap_or_default();
    let mut lines: Vec<Line> = field.words.iter().map(|word| Line::new(word, "")).collect();
    lines.push(Line::new("unset", "takes the field out"));
    model.overlays.push(Overlay::Pick(
        Picker::new(lines, chosen),
        Choice::Word { at: row.at, label: field.label.clone(), words: field.words.clone() },
    ));
}
