//! Keeps API keys out of files: a save with a key is refused, and unsaved work is redacted.
//!
//! The journal, exports and the clipboard have their own checks, next to the code that writes them.

use crate::app::{
    DiskEffect, DiskReply, DraftEffect, DraftReply, Effect, Msg, RecoveryEffect, RestoreOutcome, SaveOutcome,
};
use crate::document::{self, Value};
use crate::draft::Draft;
use crate::text;
use crate::wire::{Redactor, Secret};

/// The effect without keys, or the reply that refuses the effect.
pub(super) fn redact(effect: Effect, keys: &[Secret]) -> Result<Effect, Msg> {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only effects that write text of the user are checked"
    )]
    match effect {
        Effect::Draft(DraftEffect::SaveDraft { ref draft, revision, .. }) => match place_in(draft, keys) {
            Some(place) => {
                Err(Msg::Draft(DraftReply::Saved { revision, outcome: SaveOutcome::Failed(refused(&place)) }))
            }
            None => Ok(effect),
        },
        Effect::Draft(DraftEffect::ReloadDraft { name, unsaved: Some(draft) }) => {
            Ok(Effect::Draft(DraftEffect::ReloadDraft {
                name,
                unsaved: Some(Box::new(redacted(*draft, keys))),
            }))
        }
        // Redacted work is better than no recovery.
        Effect::Recovery(RecoveryEffect::KeepWork { draft }) => {
            Ok(Effect::Recovery(RecoveryEffect::KeepWork { draft: Box::new(redacted(*draft, keys)) }))
        }
        Effect::Draft(DraftEffect::RenameDraft { ref to, .. }) if is_in(to, keys) => {
            Err(Msg::Draft(DraftReply::Renamed(Err(refused("the name")))))
        }
        Effect::Draft(DraftEffect::DuplicateDraft { ref to, .. }) if is_in(to, keys) => {
            Err(Msg::Draft(DraftReply::Duplicated(Err(refused("the name")))))
        }
        Effect::Draft(DraftEffect::RestoreDraft { name, to: Some(to), .. }) if is_in(&to, keys) => {
            Err(Msg::Draft(DraftReply::Restored {
                name,
                outcome: RestoreOutcome::Failed(refused("the name")),
            }))
        }
        Effect::Disk(DiskEffect::KeepInstance { ref entry, .. }) if is_in(&entry.name, keys) => {
            Err(Msg::Disk(DiskReply::Book(Err(refused("the name of the instance")))))
        }
        other => Ok(other),
    }
}

fn is_in(text: &str, keys: &[Secret]) -> bool {
    Redactor::new(keys).is_in(text)
}

/// The place of a key in a draft, in words.
fn place_in(draft: &Draft, keys: &[Secret]) -> Option<String> {
    if let Some(at) = Redactor::new(keys).place_in(&draft.document) {
        let place = at.to_string();
        let is_name = at.is_root();
        return Some(if is_name {
            "a name of the payload".to_owned()
        } else {
            text::cut(&text::visible(place.trim_start_matches('/')), 60).into_owned()
        });
    }
    let rest = Value::Object(draft.rest.clone());
    let other_places = [
        (is_in(&draft.name, keys), "the name"),
        (draft.unparsed.as_ref().is_some_and(|text| is_in(text, keys)), "the payload text"),
        (is_in(&document::write_compact(&rest), keys), "data of the draft file outside of the payload"),
    ];
    other_places.into_iter().find_map(|(is_there, place)| is_there.then(|| place.to_owned()))
}

fn redacted(draft: Draft, keys: &[Secret]) -> Draft {
    let redactor = Redactor::new(keys);
    let clean = |text: String| redactor.redact(text).into_owned();
    let rest = match redactor.redact_document(Value::Object(draft.rest)).0 {
        Value::Object(rest) => rest,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Array(_) => {
            document::Object::default()
        }
    };
    Draft {
        name: clean(draft.name),
        document: redactor.redact_document(draft.document).0,
        unparsed: draft.unparsed.map(clean),
        rest,
        ..draft
    }
}

fn refused(place: &str) -> String {
    format!(
        "Nothing was saved: the API key is in {place}. Remove the key there: it is sent in a header, and \
         others could read the file."
    )
}
