//! Keys while the payload hides the form: they scroll or return, and never change a hidden field.

use crate::app::model::FollowUp;
use crate::app::update::notify::say;
use crate::app::{Action, ActionGroup, Model};

/// Runs an action while the form is hidden.
pub(in crate::app::update) fn act(model: &mut Model, action: Action) {
    let page = model.preview_height().saturating_sub(1).max(1);
    let all = model.preview_lines();
    #[expect(clippy::wildcard_enum_match_arm, reason = "all other actions are of the form or of the program")]
    match action {
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

/// Shows the form again, scrolled to the focused row.
pub(in crate::app::update) fn show_form(model: &mut Model) {
    model.payload.preview.is_preferred = false;
    model.follow_focus();
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
