//! The mouse: click to focus, tabs and problems clickable, the wheel scrolls what is under it.

use crate::app::geometry::Area;
use crate::app::model::PreviewForm;
use crate::app::overlay::Overlay;
use crate::app::preview::TAB_KEY;
use crate::app::row::{Role, Tab};
use crate::app::{Action, Effect, Model};
use crate::text;

use super::{focus, overlay, problem, raw, scroll_preview, search};

/// A click on the form, a tab or a problem.
pub(super) fn click(model: &mut Model, column: u16, row: u16) -> Vec<Effect> {
    model.notice = None;
    search::close(model);
    if !model.overlays.is_empty() {
        return Vec::new();
    }
    let Some(layout) = model.layout() else { return Vec::new() };
    let pane = layout.preview.filter(|_| model.preview.form == PreviewForm::Json);
    if let Some(pane) = pane.map(Area::inside).filter(|pane| pane.contains(column, row)) {
        let column = usize::from(column - pane.x).saturating_sub(model.text_gutter()) + model.text_left();
        return raw::click(model, usize::from(row - pane.y), column);
    }
    if model.edits_text() {
        raw::close(model);
    }
    if layout.tabs.contains(column, row) {
        return tab_at(model, column).map_or_else(Vec::new, |tab| focus::go(model, tab));
    }
    if let Some(form) = layout.form.filter(|form| form.inside().contains(column, row)) {
        let index = model.scroll + usize::from(row - form.inside().y);
        return press(model, index);
    }
    let problems = layout.problems.filter(|_| !model.is_calm());
    if let Some(pane) = problems.filter(|pane| pane.inside().contains(column, row)) {
        let line = usize::from(row - pane.inside().y);
        let pane = model.problem_pane(pane.inside());
        let line = match (&pane.torn, line.checked_sub(1)) {
            (Some(_), None) => return raw::mend(model),
            (Some(_), Some(below)) => below,
            (None, _) => line,
        };
        let index = pane.rows.get(line).map(|row| row.index);
        return index.map_or_else(Vec::new, |index| problem::jump(model, index));
    }
    Vec::new()
}

/// Puts the focus on a row; on one that has it already, or that is a button, presses it.
fn press(model: &mut Model, index: usize) -> Vec<Effect> {
    let Some(target) = model.rows.get(index).filter(|row| row.takes_focus()).cloned() else {
        return Vec::new();
    };
    let again = model.focus_index() == index;
    focus::land(model, index);
    match target.role {
        Role::Button(_) | Role::Problem(_) | Role::Add(_) | Role::Kind => focus::enter(model),
        Role::Item(_) if again => focus::enter(model),
        Role::Item(_) | Role::Field | Role::Other | Role::Integration | Role::Heading(_) => Vec::new(),
    }
}

fn tab_at(model: &Model, column: u16) -> Option<Tab> {
    let mut right = TAB_KEY.len();
    let mut tabs = Tab::ALL.into_iter().zip(model.tab_labels());
    let at = tabs.find(|(_, label)| {
        right += text::width(label);
        usize::from(column) < right
    });
    at.map(|(tab, _)| tab)
}

/// The wheel: scrolls the payload, moves through the form, or scrolls what stands above.
pub(super) fn wheel(model: &mut Model, column: u16, row: u16, down: bool) -> Vec<Effect> {
    let step = if down { Action::Down } else { Action::Up };
    if model.search().is_some() {
        scroll_preview(model, down, 3);
        return Vec::new();
    }
    if let Some(top) = model.overlays.last() {
        return if matches!(top, Overlay::Waiting) { Vec::new() } else { overlay::act(model, step) };
    }
    let Some(layout) = model.layout() else { return Vec::new() };
    if model.is_form_covered() || layout.preview.is_some_and(|preview| preview.contains(column, row)) {
        scroll_preview(model, down, 3);
        return Vec::new();
    }
    focus::step(model, step)
}
