//! Keys while the payload hides the form: they scroll or return, and never change a hidden field.

use crate::app::model::{FollowUp, PreviewForm};
use crate::app::pane_layout::PaneRow;
use crate::app::update::navigate;
use crate::app::update::notify::say;
use crate::app::{Action, ActionGroup, Model};

/// Runs an action while the form is hidden.
pub(in crate::app::update) fn act(model: &mut Model, action: Action) {
    let page = model.preview_height().saturating_sub(1).max(1);
    let all = model.preview_lines();
    #[expect(clippy::wildcard_enum_match_arm, reason = "all other actions are of the form or of the program")]
    match action {
        _ if leads(model, action) => {}
        Action::Up | Action::Down => scroll_preview(model, action == Action::Down, 1),
        Action::PageUp | Action::PageDown => scroll_preview(model, action == Action::PageDown, page),
        Action::Home | Action::First => scroll_preview(model, false, all),
        Action::End | Action::Last => scroll_preview(model, true, all),
        Action::Cancel if model.sending.in_flight.is_none() => show_form(model),
        // A fix or an explanation is about a field, so the form must be visible.
        Action::Fix | Action::Explain => {
            show_form(model);
            model.follow_up(FollowUp::Form(action));
        }
        _ if is_of_field(action) => refuse(model),
        _ => model.follow_up(FollowUp::Form(action)),
    }
}

/// Moves through the lines of the simulation, or goes to the field of the chosen one; false for other
/// actions and views.
fn leads(model: &mut Model, action: Action) -> bool {
    let Some(chosen) = model.chosen_row() else { return false };
    let rows: Vec<usize> = model.leading_rows().map(|(index, _)| index).collect();
    let (first, last) = (rows.first().copied().unwrap_or_default(), rows.last().copied().unwrap_or_default());
    let page = model.preview_height().saturating_sub(1).max(1);
    let (up, down) = (
        |from: usize| rows.iter().rev().copied().find(|row| *row <= from),
        |from: usize| rows.iter().copied().find(|row| *row >= from),
    );
    #[expect(clippy::wildcard_enum_match_arm, reason = "all other actions are not about the lines")]
    let target = match action {
        Action::Up => chosen.checked_sub(1).and_then(up).unwrap_or(first),
        Action::Down => down(chosen + 1).unwrap_or(last),
        Action::PageUp => up(chosen.saturating_sub(page)).unwrap_or(first),
        Action::PageDown => down(chosen + page).unwrap_or(last),
        Action::Home | Action::First => first,
        Action::End | Action::Last => last,
        Action::Enter => {
            open_row(model, chosen);
            return true;
        }
        _ => return false,
    };
    model.payload.preview.row = Some(target);
    let (top, height) = (model.preview_top(), model.preview_height());
    // The title above the first line, and the end below the last one, stay reachable.
    let top = if target == first {
        0
    } else if target == last {
        model.preview_lines().saturating_sub(height).min(target)
    } else {
        top.min(target).max((target + 1).saturating_sub(height))
    };
    model.payload.preview.scrolled = Some(top);
    true
}

/// Focuses the field that a row of the simulation leads to.
pub(in crate::app::update) fn open_row(model: &mut Model, row: usize) {
    let at = match model.pane_rows().get(row) {
        Some(PaneRow::Simulated(row)) => row.at.clone(),
        Some(PaneRow::Text(..) | PaneRow::Change(_)) | None => None,
    };
    if let Some(at) = at {
        navigate::focus_place(model, at);
    }
}

/// Shows the form again, scrolled to the focused row.
pub(in crate::app::update) fn show_form(model: &mut Model) {
    model.payload.preview.is_preferred = false;
    model.follow_focus();
}

/// Shows the simulation; where the simulation covers the form already, shows the form again.
pub(in crate::app::update) fn show_simulation(model: &mut Model) {
    let preview = &mut model.payload.preview;
    let is_shown = preview.form == PreviewForm::Simulation;
    if !is_shown {
        (preview.form, preview.scrolled, preview.row) = (PreviewForm::Simulation, None, None);
    }
    if is_shown && model.is_form_hidden() {
        show_form(model);
    } else {
        model.payload.preview.is_preferred |= model.layout().is_some_and(|layout| layout.preview.is_none());
    }
}

/// Says why a key does nothing, and which keys return to the form.
pub(in crate::app::update) fn refuse(model: &mut Model) {
    say(
        model,
        "The payload hides the form: {toggle-preview} or {cancel} returns, {edit-json} edits the text.",
    );
}

/// Whether an action is for the focused field or item, which is hidden.
fn is_of_field(action: Action) -> bool {
    let is_local = matches!(
        action,
        Action::Enter
            | Action::Next
            | Action::Previous
            | Action::Clear
            | Action::SetNull
            | Action::SetEmpty
            | Action::RevertField
            | Action::FieldMenu
    );
    is_local || action.group() == ActionGroup::Item || action.is_typing()
}

/// Scrolls the payload; after the next move, the payload follows the focus again.
pub(in crate::app::update) fn scroll_preview(model: &mut Model, down: bool, by: usize) {
    let top = model.preview_top();
    if model.shown_text().is_some() {
        let last = model.preview_lines().saturating_sub(model.preview_height());
        if let Some(raw) = model.payload.raw.as_mut() {
            raw.top = if down { (top + by).min(last.max(top)) } else { top.saturating_sub(by) };
        }
        return;
    }
    model.payload.preview.scrolled = Some(if down { top + by } else { top.saturating_sub(by) });
    model.payload.preview.scrolled = Some(model.preview_top());
}
