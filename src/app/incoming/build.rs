//! What an import would change in the model.

use super::{INSTANCE, Incoming, IncomingPart, What};
use crate::app::comparison::DescribedChange;
use crate::app::model::{EnvironmentChoice, Model};
use crate::app::pasted::Pasted;
use crate::document::{Change, Pointer, Value};
use crate::import::{FoundKey, Imported, describe_all, unknown_base};
use crate::text;
use crate::wire::Secret;

impl Incoming {
    /// What an import would change in the model.
    pub fn new(model: &Model, imported: Imported, source: Pasted) -> Self {
        let known = position_of(model, &imported);
        let mut notes: Vec<String> =
            describe_all(&imported.repairs).into_iter().map(|line| format!("Repaired: {line}.")).collect();
        // An environment of the person's own may have the address.
        let is_news = |note: &&String| {
            known.is_none() || imported.base.as_ref().is_none_or(|base| unknown_base(base) != **note)
        };
        notes.extend(imported.notes.iter().filter(is_news).cloned());
        notes.extend(
            (imported.key == FoundKey::Placeholder)
                .then(|| "No key comes with it: a placeholder stands in its place.".to_owned()),
        );
        notes.extend(imported.dropped.iter().map(|what| format!("Left out: {what}.")));
        notes.extend(useless_key(model, &imported).map(|key| {
            format!(
                "Left out: a key for {}, which no environment here would send it to.",
                text::visible(&key.origin().to_string())
            )
        }));
        let mut parts = beside(model, &imported, known);
        let leaves_key = |part: &IncomingPart| matches!(part.what, What::Key(_)) && !part.is_wanted;
        if !model.settings.demo && parts.iter().any(leaves_key) {
            notes.push("The key is left: it came for another environment than the chosen one.".to_owned());
        }
        parts.extend(fields(model, &imported));
        Self {
            noun: imported.kind.described().to_owned(),
            notes,
            parts,
            focus: 0,
            raised: 0,
            document: imported.document,
            source,
        }
    }
}

/// The environment here that an import names, by its id or by its address.
fn position_of(model: &Model, imported: &Imported) -> Option<usize> {
    model.sending.environments.iter().position(|choosable| {
        let environment = &choosable.environment;
        Some(&environment.id) == imported.environment.as_ref()
            || imported.base.as_ref().is_some_and(|base| base.trim_end_matches('/') == environment.base)
    })
}

/// The key of an import, where no environment here is at the place that it belongs to.
fn useless_key(model: &Model, imported: &Imported) -> Option<Secret> {
    let FoundKey::Given(key) = &imported.key else { return None };
    let is_of_use = |known: &EnvironmentChoice| key.belongs_to(&known.environment.run_url());
    (!model.sending.environments.iter().any(is_of_use)).then(|| key.clone())
}

/// What an import brings beside the payload.
fn beside(model: &Model, imported: &Imported, known: Option<usize>) -> Vec<IncomingPart> {
    let mut parts = Vec::new();
    let word = |what: &str, gone: Option<String>, come: String| DescribedChange {
        place: what.to_owned(),
        gone,
        come: Some(come),
    };
    let label = |position: usize| {
        model.sending.environments.get(position).map(|known| known.environment.label.clone())
    };
    // A host may have several environments: a key for one of them is not for the others.
    let mut is_there = known.is_some() || imported.base.is_none();
    match known {
        Some(position) if position != model.sending.environment => parts.push(IncomingPart {
            what: What::Environment(position),
            change: word(
                "environment",
                label(model.sending.environment),
                label(position).unwrap_or_default(),
            ),
            // A demo stays on its sandbox and a draft where it was, and nobody gets into a protected one unawares.
            is_wanted: !model.settings.demo
                && model.draft.file.name.is_none()
                && !is_protected(model, position),
        }),
        Some(_) | None => {}
    }
    is_there &= parts.iter().all(|part| part.is_wanted);
    if let Some(id) = imported.integration.as_ref().filter(|id| **id != model.draft.integration) {
        let gone = Some(model.draft.integration.clone()).filter(|old| !old.is_empty());
        let change = word("integration id", gone, id.clone());
        parts.push(IncomingPart { what: What::Integration(id.clone()), change, is_wanted: true });
    }
    if let (FoundKey::Given(key), None) = (&imported.key, useless_key(model, imported)) {
        let change =
            word("key", None, format!("for this session, for {}", text::visible(&key.origin().to_string())));
        parts.push(IncomingPart {
            what: What::Key(key.clone()),
            change,
            is_wanted: is_there && !model.settings.demo,
        });
    }
    parts
}

fn is_protected(model: &Model, position: usize) -> bool {
    model.sending.environments.get(position).is_some_and(|known| known.environment.protected)
}

/// The fields that would change.
fn fields(model: &Model, imported: &Imported) -> Vec<IncomingPart> {
    let old = model.document.value();
    let (Some(before), Some(after)) = (old.as_object(), imported.document.as_object()) else {
        return Vec::new();
    };
    let part = |key: &str, new: Option<&Value>, is_wanted: bool| {
        let at = Pointer::root().key(key);
        let change = Change { at: at.clone(), old: before.get(key).cloned(), new: new.cloned() };
        IncomingPart { what: What::Field(at, new.cloned()), change: DescribedChange::of(&change), is_wanted }
    };
    let is_again = !model.draft.file.origins().is_empty();
    let comes = after.keys().filter(|key| before.get(key) != after.get(key)).map(|key| {
        // What a person has typed since the last import is theirs.
        let is_theirs = is_again && before.contains(key) && model.origin(key).is_none();
        part(key, after.get(key), !is_theirs)
    });
    let mut parts: Vec<IncomingPart> = comes.collect();
    if imported.kind.holds_run() {
        let goes = before.keys().filter(|key| !after.contains(key));
        let is_whole = imported.kind.is_whole() && !is_again;
        let is_of_instance = |key: &str| INSTANCE.iter().any(|role| role.names().any(|name| name == key));
        parts.extend(goes.map(|key| part(key, None, is_whole && !is_of_instance(key))));
    }
    parts
}
