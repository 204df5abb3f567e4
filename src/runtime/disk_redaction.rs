//! Keys of the session on their way to the disk: what would hold one is refused, and unsaved work gets dots in its place.
//!
//! The journal, exports and the clipboard have their own guards, where requests, exports and copies go out.

use crate::app::{
    DiskEffect, DiskReply, DraftEffect, DraftReply, Effect, Msg, RecoveryEffect, RestoreOutcome, SaveOutcome,
};
use crate::document::{self, Value};
use crate::draft::Draft;
use crate::text;
use crate::wire::{Redactor, Secret};

/// The effect as it may be carried out, or the answer to one that may not.
pub(super) fn guarded(effect: Effect, keys: &[Secret]) -> Result<Effect, Msg> {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only what writes something of the person's is looked at"
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
                unsaved: Some(Box::new(without(*draft, keys))),
            }))
        }
        // Better with dots than not at all.
        Effect::Recovery(RecoveryEffect::KeepWork { draft }) => {
            Ok(Effect::Recovery(RecoveryEffect::KeepWork { draft: Box::new(without(*draft, keys)) }))
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

/// Where a draft holds a key, in words.
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
    let beside = [
        (is_in(&draft.name, keys), "the name"),
        (draft.unparsed.as_ref().is_some_and(|text| is_in(text, keys)), "the text of the payload"),
        (is_in(&document::write_compact(&rest), keys), "what is kept beside the payload"),
    ];
    beside.into_iter().find_map(|(is_there, place)| is_there.then(|| place.to_owned()))
}

fn without(draft: Draft, keys: &[Secret]) -> Draft {
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
        "Nothing was saved: the API key stands in {place}. Take it out: it is sent in a header of its own, and a file \
         would keep it for others to find."
    )
}
