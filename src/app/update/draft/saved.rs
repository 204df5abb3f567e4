//! What changed since the draft was saved, and the way back.

use crate::app::Model;
use crate::app::overlay::Content;
use crate::app::update::navigate;
use crate::app::update::notify::{done, say};

/// Shows what changed since the document was saved or opened.
pub(in crate::app::update) fn show_changes(model: &mut Model) {
    let since = model.since_saved();
    let comparison = model.changes_since_saved();
    if comparison.count() > 0 {
        model.overlays.push(Content::Compare(comparison).page());
    } else if model.text_fault().is_some() {
        say(model, unparsed_note(since));
    } else if model.draft.file.is_changed {
        let words =
            "The payload is as it was {since}; environment, integration id or silenced rules are not.";
        say(model, words.replace("{since}", since));
    } else if model.document.is_changed() && *model.document.value() != model.draft.baseline {
        say(model, format!("Only the order of fields changed since it was {since}."));
    } else {
        say(model, format!("Nothing changed since it was {since}."));
    }
}

/// Goes back to what was saved or opened, as one step that can be undone.
pub(in crate::app::update) fn revert(model: &mut Model) {
    let since = model.since_saved();
    if *model.document.value() == model.draft.baseline {
        let is_torn = model.text_fault().is_some();
        say(model, if is_torn { unparsed_note(since) } else { format!("The payload is as it was {since}.") });
        return;
    }
    model.document.revert("Reverted", model.draft.baseline.clone());
    model.refresh();
    navigate::open_field(model);
    let rest = if model.text_fault().is_some() { KEEPS } else { "" };
    done(model, format!("Back to what was {since}. {{undo}} takes that back.{rest}"));
}

/// What is said where only the text differs.
fn unparsed_note(since: &str) -> String {
    format!("The form is as it was {since}.{KEEPS}")
}

/// What becomes of text that does not parse.
const KEEPS: &str = " The text that is not JSON stays: {edit-json} mends it, {palette} drop-text drops it.";
