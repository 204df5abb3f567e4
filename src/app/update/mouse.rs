//! The mouse: clicks focus rows, open tabs and go to problems; the wheel scrolls the pane below it.

use crate::app::geometry::{Area, Layout};
use crate::app::model::PreviewForm;
use crate::app::overlay::Overlay;
use crate::app::row::part::RowPart;
use crate::app::row::{Role, Tab};
use crate::app::update::form::{problem, value};
use crate::app::update::payload::{json, pane, search};
use crate::app::update::{action, navigate, overlay, press};
use crate::app::{Action, Model};

/// The target of a click.
enum ClickTarget {
    /// A line and a column of the payload.
    Payload(usize, usize),
    /// A row of a view other than the JSON.
    PaneRow(usize),
    /// A line of the start screen, with its action if it has one.
    StartOption(Option<Action>),
    Tab(Tab),
    /// A row of the form, and the clicked part of the row.
    Row(usize, Option<RowPart>),
    /// The line about unparsed text.
    Unparsed,
    Problem(usize),
}

/// Handles a click on the form, a tab, the payload or a problem.
pub(in crate::app::update) fn click(model: &mut Model, column: u16, row: u16) {
    model.notice = None;
    let Some(layout) = model.layout() else { return };
    if model.search().is_some() && layout.search().is_some_and(|line| line.contains(column, row)) {
        return;
    }
    search::close(model);
    if !model.overlays.is_empty() {
        return;
    }
    // Closing the text can change the rows: the click refers to the rows on screen.
    let target = target(model, &layout, (column, row));
    if let Some(ClickTarget::Payload(line, column)) = target {
        return json::click(model, line, column);
    }
    if model.edits_text() {
        json::close(model);
    }
    match target {
        Some(ClickTarget::Tab(tab)) => navigate::open_tab(model, tab),
        Some(ClickTarget::Row(index, part)) => press(model, index, part),
        Some(ClickTarget::Unparsed) => json::repair(model),
        Some(ClickTarget::PaneRow(index)) => pane::open_row(model, index),
        Some(ClickTarget::Problem(index)) => problem::jump(model, index),
        Some(ClickTarget::StartOption(Some(action))) => action::on_form(model, action),
        Some(ClickTarget::StartOption(None) | ClickTarget::Payload(..)) | None => {}
    }
}

/// The click target at a screen cell.
fn target(model: &Model, layout: &Layout, (column, row): (u16, u16)) -> Option<ClickTarget> {
    let inside = |area: Option<Area>| {
        let area = area?.inside();
        let place = || (usize::from(row - area.y), usize::from(column - area.x));
        area.contains(column, row).then(place)
    };
    if let Some((line, column)) = inside(layout.preview) {
        if let Some(option) = model.start_option_at(line) {
            return Some(ClickTarget::StartOption(option.action));
        }
        let column = column.saturating_sub(model.text_gutter()) + model.text_left();
        return Some(if model.payload.preview.form == PreviewForm::Json {
            ClickTarget::Payload(line, column)
        } else {
            ClickTarget::PaneRow(model.preview_top() + line)
        });
    }
    if layout.tabs.contains(column, row) {
        return model.tab_at(column).map(ClickTarget::Tab);
    }
    if let Some((line, column)) = inside(layout.form) {
        let columns = layout.form.map_or(0, |form| usize::from(form.inside().width));
        let index = model.form.scroll + line;
        return Some(ClickTarget::Row(index, model.part_at(index, column, columns)));
    }
    let problems = layout.problems.filter(|_| !model.is_pristine());
    let (line, _) = inside(problems)?;
    let pane = model.problem_pane(problems?.inside());
    if pane.unparsed.is_some() && line == 0 {
        return Some(ClickTarget::Unparsed);
    }
    let row = pane.rows.get(line - usize::from(pane.unparsed.is_some()))?;
    Some(ClickTarget::Problem(row.index))
}

/// Focuses a row and activates the clicked part; on a focused item, the click presses Enter.
fn press(model: &mut Model, index: usize, part: Option<RowPart>) {
    let Some(target) = model.form.rows.get(index).filter(|row| row.takes_focus()).cloned() else {
        return;
    };
    let again = model.focus_index() == index;
    // Focusing the row again would let the next key replace the text that is being typed.
    if !again || model.form.editor.is_none() {
        navigate::focus_row(model, index);
    }
    match (part, target.role) {
        (Some(RowPart::Kind(kind)), _) => value::choose_kind(model, kind),
        (Some(RowPart::Before), _) => value::edit(model, Action::Left),
        (Some(RowPart::After), _) => value::edit(model, Action::Right),
        (Some(RowPart::Button), _) | (None, Role::Problem(_)) => press::enter(model),
        (None, Role::Item(_)) if again => press::enter(model),
        (
            None,
            Role::Item(_)
            | Role::Add(_)
            | Role::Button(_)
            | Role::Kind
            | Role::Field
            | Role::Other
            | Role::Integration
            | Role::Heading(_),
        ) => {}
    }
}

/// Scrolls the payload, moves through the form, or scrolls the topmost overlay.
pub(in crate::app::update) fn wheel(model: &mut Model, column: u16, row: u16, down: bool) {
    let step = if down { Action::Down } else { Action::Up };
    if model.search().is_some() {
        pane::scroll_preview(model, down, 3);
        return;
    }
    if let Some(top) = model.overlays.last() {
        return if matches!(top, Overlay::Waiting) {
        } else {
            overlay::act(model, step);
        };
    }
    let Some(layout) = model.layout() else { return };
    if model.is_form_hidden() || layout.preview.is_some_and(|preview| preview.contains(column, row)) {
        pane::scroll_preview(model, down, 3);
        return;
    }
    navigate::step(model, step);
}
