//! Shows and reverts the changes since the last save.

use crate::app::Model;
use crate::app::overlay::Content;
use crate::app::update::navigate;
use crate::app::update::notify::{done, say};

/// Shows what changed since the draft was saved or opened.
pub(in crate::app::update) fn show_changes(model: &mut Model) {
    let since = model.since_saved();
    let comparison = model.changes_since_saved();
    if comparison.count() > 0 {
        model.overlays.push(Content::Compare(comparison).page());
    } else if model.text_fault().is_some() {
        say(model, unparsed_note(since));
    } else if model.draft.file.is_changed {
        let words =
            "The payload is as it was {since}; environment, integration id or silenced rules changed.";
        say(model, words.replace("{since}", since));
    } else if model.document.is_changed() && *model.document.value() != model.draft.baseline {
        say(model, format!("Only the order of fields changed since the draft was {since}."));
    } else {
        say(model, format!("No changes since the draft was {since}."));
    }
}

/// Reverts to the saved or opened payload, as one undo step.
pub(in crate::app::update) fn revert(model: &mut Model) {
    let since = model.since_saved();
    if *model.document.value() == model.draft.baseline {
        let is_unparsed = model.text_fault().is_some();
        say(model, if is_unparsed { unparsed_note(since) } else { "Nothing to revert.".to_owned() });
        return;
    }
    model.document.revert("Reverted", model.draft.baseline.clone());
    model.refresh();
    navigate::open_field(model);
    let rest = if model.text_fault().is_some() { KEEPS } else { "" };
    done(model, format!("Reverted to the payload as {since}. {{undo}} undoes it.{rest}"));
}

/// The notice when only the unparsed text differs.
fn unparsed_note(since: &str) -> String {
    format!("The form is as it was {since}.{KEEPS}")
}

/// The note that unparsed text stays, and how to edit or discard it.
const KEEPS: &str = " The unparsed text stays: {edit-json} edits it, {palette} drop-text discards it.";
