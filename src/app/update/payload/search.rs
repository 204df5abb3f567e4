//! Keys for the search in the payload pane.

use crate::app::model::FollowUp;
use crate::app::model::PreviewForm;
use crate::app::overlay::Overlay;
use crate::app::raw::TextPosition;
use crate::app::search::Search;
use crate::app::update::navigate;
use crate::app::{Action, Model};
use crate::document;

/// Opens the search line with the words of the previous search.
pub(in crate::app::update) fn open(model: &mut Model) {
    search_payload(model);
    // A pane that became visible just now has no layout yet.
    model.settle();
    let (top, height) = (model.preview_top(), model.preview_height());
    let from = match &model.payload.raw {
        Some(raw) if raw.has_focus => (raw.editor.spot().line, raw.editor.spot().byte),
        None if model.payload.preview.form == PreviewForm::Json => {
            let followed = model.followed_line();
            (if (top..top + height).contains(&followed) { followed } else { top }, 0)
        }
        Some(_) | None => (top, 0),
    };
    let search = Search::new(model, &model.payload.sought, from);
    model.overlays.push(Overlay::Find(Box::new(search)));
    if !model.edits_text() {
        show(model);
    }
}

/// Shows the payload where form and payload do not fit side by side.
fn search_payload(model: &mut Model) {
    model.payload.preview.is_preferred |= model.layout().is_some_and(|layout| layout.preview.is_none());
}

/// Runs an action while the search has the keys.
pub(in crate::app::update) fn act(model: &mut Model, action: Action) {
    #[expect(clippy::wildcard_enum_match_arm, reason = "all others edit the search line")]
    match action {
        Action::Next | Action::Previous => move_to_match(model, action == Action::Next),
        Action::Enter => enter(model),
        Action::PreviewForm | Action::PreviewUp | Action::PreviewDown => {
            model.follow_up(FollowUp::Form(action));
        }
        _ => {
            let Some(Overlay::Find(search)) = model.overlays.last_mut() else { return };
            search.fresh = false;
            let before = search.words.text();
            if search.words.act(action) && search.words.text() != before {
                run_search(model);
            }
        }
    }
}

/// Searches for the changed words.
pub(in crate::app::update) fn run_search(model: &mut Model) {
    let Some(Overlay::Find(search)) = model.overlays.last_mut() else { return };
    search.text_of_pane();
    model.payload.sought = search.words.text();
    show(model);
}

/// Closes the search line; the scroll position stays.
pub(in crate::app::update) fn close(model: &mut Model) {
    if model.search().is_some() {
        model.overlays.pop();
    }
}

/// Updates the search after a change of the pane, such as by a reply or a resize.
pub(in crate::app::update) fn follow(model: &mut Model) {
    if model.search().is_none() {
        return;
    }
    search_payload(model);
    model.settle();
    if let Some(Overlay::Find(mut search)) = model.overlays.pop_if(|top| matches!(top, Overlay::Find(_))) {
        search.follow(model);
        model.overlays.push(Overlay::Find(search));
    }
}

/// Goes to the field of the matched line; in text without fields, goes to the next match.
fn enter(model: &mut Model) {
    let place = model.search().filter(|_| model.finds_fields()).and_then(Search::place);
    let line = place.and_then(|(row, _)| document::lines(model.document.value(), row, 1).pop());
    match line.filter(|line| !line.at.is_root()) {
        Some(line) => {
            close(model);
            navigate::scroll_to(model, &line.at);
        }
        None => move_to_match(model, true),
    }
}

fn move_to_match(model: &mut Model, forward: bool) {
    if let Some(Overlay::Find(search)) = model.overlays.last_mut() {
        search.fresh = false;
        search.step(forward);
    }
    show(model);
}

/// Scrolls to the chosen match, and selects it while the text has the keys.
fn show(model: &mut Model) {
    let Some((row, bytes)) = model.search().and_then(Search::place) else { return };
    let (top, height) = (model.preview_top(), model.preview_height());
    let is_visible = (top..top + height).contains(&row);
    match model.payload.raw.as_mut().filter(|_| model.payload.preview.form == PreviewForm::Json) {
        Some(raw) if raw.has_focus => {
            let position = |byte| TextPosition { line: row, byte };
            raw.editor.select(position(bytes.start), position(bytes.end));
            model.follow_cursor();
        }
        Some(raw) if !is_visible => raw.top = row.saturating_sub(height / 3),
        Some(_) => {}
        None => {
            model.payload.preview.scrolled =
                Some(if is_visible { top } else { row.saturating_sub(height / 3) });
            model.payload.preview.scrolled = Some(model.preview_top());
        }
    }
}
