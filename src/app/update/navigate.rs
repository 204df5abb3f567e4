//! Moves the focus: by row, by page, by tab, or to a place of the document.

use crate::app::row::{Role, Tab, kind_places};
use crate::app::update::edit;
use crate::app::{Action, Model};
use crate::document::Pointer;
use crate::draft::INTEGRATION;

/// Focuses the integration id on its tab.
pub(in crate::app::update) fn focus_integration(model: &mut Model) {
    open_tab(model, Tab::Instance);
    let index = model.form.rows.iter().position(|row| row.role == Role::Integration);
    focus_row(model, index.unwrap_or_default());
}

/// Moves by one row; at the end of a tab, `Next` and `Previous` continue in the adjacent tab.
pub(in crate::app::update) fn step(model: &mut Model, action: Action) {
    let forward = matches!(action, Action::Next | Action::Down);
    let across = matches!(action, Action::Next | Action::Previous);
    match neighbor(model, forward) {
        Some(index) => focus_row(model, index),
        None if across => {
            let by = if forward { 1 } else { Tab::ALL.len() - 1 };
            switch_tab(model, by);
            let end = if forward { 0 } else { model.form.rows.len().saturating_sub(1) };
            focus_row(model, end);
        }
        None => {}
    }
}

/// Moves by a page, or to the first or last row; a page past the end opens the adjacent tab.
pub(in crate::app::update) fn move_page(model: &mut Model, action: Action) {
    let (focus, last) = (model.focus_index(), model.form.rows.len().saturating_sub(1));
    let page = model.form_height().saturating_sub(1).max(1);
    #[expect(clippy::wildcard_enum_match_arm, reason = "only page moves come here")]
    let target = match action {
        Action::PageUp if neighbor(model, false).is_none() => return switch_tab(model, Tab::ALL.len() - 1),
        Action::PageDown if neighbor(model, true).is_none() => return switch_tab(model, 1),
        Action::PageUp => focus.saturating_sub(page),
        Action::PageDown => (focus + page).min(last),
        Action::First => 0,
        _ => last,
    };
    focus_row(model, target);
}

fn neighbor(model: &Model, forward: bool) -> Option<usize> {
    let focus = model.focus_index();
    let takes =
        |index: &usize| model.form.rows.get(*index).is_some_and(crate::app::row::FormRow::takes_focus);
    if forward { (focus + 1..model.form.rows.len()).find(takes) } else { (0..focus).rev().find(takes) }
}

/// Focuses the row at an index and opens its editor.
pub(in crate::app::update) fn focus_row(model: &mut Model, index: usize) {
    leave_field(model);
    model.set_focus(index);
    open_field(model);
}

/// Marks the focused field as visited: the form shows its problems from now on.
pub(in crate::app::update) fn leave_field(model: &mut Model) {
    if let Some(row) = model.focused()
        && matches!(row.role, Role::Field | Role::Kind | Role::Other)
    {
        let at = row.at.clone();
        model.form.left.insert(at);
    }
}

/// Opens the editor of the newly focused row.
pub(in crate::app::update) fn open_field(model: &mut Model) {
    model.payload.preview.scrolled = None;
    edit::new_group(model);
    model.open_editor();
}

/// Opens the tab that is `by` places to the right, wrapping around.
pub(in crate::app::update) fn switch_tab(model: &mut Model, by: usize) {
    let position = (model.form.tab.position() + by) % Tab::ALL.len();
    let tab = Tab::ALL.get(position).copied().unwrap_or(Tab::Instance);
    open_tab(model, tab);
}

/// Opens a tab and focuses the row that last had the focus there.
pub(in crate::app::update) fn open_tab(model: &mut Model, tab: Tab) {
    leave_field(model);
    model.form.tab = tab;
    model.form.scroll = 0;
    model.payload.preview.is_preferred = false;
    model.form.rows = Vec::new();
    model.rebuild();
    open_field(model);
}

/// Opens the tab of a place, unfolds the items around the place, and focuses its row.
pub(in crate::app::update) fn scroll_to(model: &mut Model, at: &Pointer) {
    if *at == Pointer::root().key(INTEGRATION) && model.document.value().get(at).is_none() {
        return focus_integration(model);
    }
    leave_field(model);
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
            row.takes_focus() && !row.at.is_root() && (includes(&row.role, &row.at, at) || row.adds_to(at))
        })
        .max_by_key(|(index, row)| (row.at.tokens().len(), std::cmp::Reverse(*index)))
        .map(|(index, _)| index);
    model.form.scroll = 0;
    // The number of visible rows depends on this flag.
    model.payload.preview.is_preferred = false;
    model.set_focus(best.unwrap_or_default());
    open_field(model);
}

/// Scrolls to a place that was requested by name, and marks it as visited.
pub(in crate::app::update) fn focus_place(model: &mut Model, at: Pointer) {
    model.notice = None;
    scroll_to(model, &at);
    model.form.left.insert(at);
}

fn includes(role: &Role, row: &Pointer, at: &Pointer) -> bool {
    match role {
        Role::Kind => kind_places().contains(at),
        Role::Field | Role::Other | Role::Item(_) | Role::Add(_) => at.is_within(row),
        Role::Heading(_) | Role::Integration | Role::Button(_) | Role::Problem(_) => false,
    }
}
