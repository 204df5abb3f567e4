//! Compares an import with the model.

use super::{INSTANCE, Incoming, IncomingPart, What};
use crate::app::comparison::DescribedChange;
use crate::app::model::{EnvironmentChoice, Model};
use crate::app::pasted::Pasted;
use crate::app::row::value_of;
use crate::catalog::FieldRole;
use crate::document::{Change, Pointer, Value};
use crate::import::ImportKind;
use crate::import::{FoundKey, Imported, describe_all, retired_base, unknown_base};
use crate::text;
use crate::wire::{Environment, Secret};

/// The environment in the examples of SEI's documentation.
const DOCUMENTED: &str = "prod2";

impl Incoming {
    /// The changes that an import would make to the model.
    pub fn new(model: &Model, imported: Imported, source: Pasted) -> Self {
        let named = position_of(model, &imported);
        let retired =
            named.and_then(|position| environment_at(model, position)).filter(|named| named.retired);
        let known = if retired.is_some() { harness(model) } else { named };
        let mut notes: Vec<String> =
            describe_all(&imported.repairs).into_iter().map(|line| format!("Repaired: {line}.")).collect();
        // A configured environment may have the address.
        let is_news = |note: &&String| {
            (named.is_none() || imported.base.as_ref().is_none_or(|base| unknown_base(base) != **note))
                && retired.and_then(retired_base).as_ref() != Some(*note)
        };
        notes.extend(imported.notes.iter().filter(is_news).cloned());
        notes.extend(retired.and_then(|retired| instead_of(model, retired, known)));
        notes.extend(
            (imported.key == FoundKey::Placeholder)
                .then(|| "The command has no API key, only a placeholder.".to_owned()),
        );
        notes.extend(imported.dropped.iter().map(|what| format!("Skipped: {what}.")));
        notes.extend(useless_key(model, &imported).map(|key| {
            format!(
                "Skipped: an API key for {}. No environment here has that address.",
                text::visible(&key.origin().to_string())
            )
        }));
        let mut parts = settings(model, &imported, known, retired.is_some());
        let leaves_key = |part: &IncomingPart| matches!(part.what, What::Key(_)) && !part.is_wanted;
        if !model.settings.demo && parts.iter().any(leaves_key) {
            notes.push("The API key is not selected: it belongs to another environment.".to_owned());
        }
        parts.extend(fields(model, &imported));
        Self {
            noun: imported.described(),
            is_mapped: imported.kind == ImportKind::Mapped,
            notes,
            parts,
            focus: 0,
            raised: 0,
            document: imported.document,
            source,
        }
    }
}

fn environment_at(model: &Model, position: usize) -> Option<&Environment> {
    model.sending.environments.get(position).map(|choice| &choice.environment)
}

/// The position of the Harness environment that replaces a retired one: the chosen environment if
/// it is one, otherwise the one in the examples of SEI's documentation.
fn harness(model: &Model) -> Option<usize> {
    let chosen = model.sending.environment;
    if environment_at(model, chosen).is_some_and(Environment::is_of_harness) {
        return Some(chosen);
    }
    model.sending.environments.iter().position(|choice| choice.environment.id == DOCUMENTED)
}

/// The note about a retired environment, and the environment at a position in its place.
fn instead_of(model: &Model, retired: &Environment, position: Option<usize>) -> Option<String> {
    let words = retired.retired_note()?;
    Some(match position.and_then(|position| Some((position, environment_at(model, position)?))) {
        Some((position, own)) if position == model.sending.environment => {
            format!("{words} The environment stays {}.", own.label)
        }
        Some((_, own)) => format!("{words} Select the line “environment” to send to {}.", own.label),
        None => words,
    })
}

/// The position of the environment that an import names by id or address.
fn position_of(model: &Model, imported: &Imported) -> Option<usize> {
    model.sending.environments.iter().position(|choice| {
        let environment = &choice.environment;
        Some(&environment.id) == imported.environment.as_ref()
            || imported.base.as_ref().is_some_and(|base| base.trim_end_matches('/') == environment.base)
    })
}

/// The key of an import, if no environment has the origin that the key belongs to.
fn useless_key(model: &Model, imported: &Imported) -> Option<Secret> {
    let FoundKey::Given(key) = &imported.key else { return None };
    let is_of_use = |known: &EnvironmentChoice| key.belongs_to(&known.environment.run_url());
    (!model.sending.environments.iter().any(is_of_use)).then(|| key.clone())
}

/// The parts outside the payload: environment, integration id, key.
fn settings(
    model: &Model,
    imported: &Imported,
    known: Option<usize>,
    is_replaced: bool,
) -> Vec<IncomingPart> {
    let mut parts = Vec::new();
    let word = |what: &str, gone: Option<String>, come: String| DescribedChange {
        place: what.to_owned(),
        gone,
        come: Some(come),
    };
    let label = |position: usize| {
        model.sending.environments.get(position).map(|known| known.environment.label.clone())
    };
    // A host may have several environments: the key of one is not valid for the others.
    let mut is_there = !is_replaced && known.is_some() || imported.base.is_none();
    match known {
        Some(position) if position != model.sending.environment => parts.push(IncomingPart {
            what: What::Environment(position),
            change: word(
                "environment",
                label(model.sending.environment),
                label(position).unwrap_or_default(),
            ),
            // A demo keeps its sandbox, a draft keeps its environment, and a protected environment
            // is never selected by default.
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

/// The fields whose values belong to one run and never to another run of the job.
const OF_ONE_RUN: [FieldRole; 10] = [
    FieldRole::Result,
    FieldRole::StartTime,
    FieldRole::Duration,
    FieldRole::Commits,
    FieldRole::RunUrl,
    FieldRole::ExecutionId,
    FieldRole::StageTree,
    FieldRole::Artifacts,
    FieldRole::Parameters,
    FieldRole::Triggers,
];

/// Whether both documents identify a run, and not the same one.
fn is_other_run(old: &Value, new: &Value) -> bool {
    [FieldRole::FullName, FieldRole::BuildNumber].into_iter().any(|role| {
        let (before, after) = (value_of(old, role), value_of(new, role));
        before.is_some() && after.is_some() && before != after
    })
}

/// The parts for the fields that would change.
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
    // Two runs are never mixed: the old stages go, and typed values belong to the old run.
    let is_other_run = is_other_run(old, &imported.document);
    let is_again = !model.draft.file.origins().is_empty() && !is_other_run;
    let comes = after.keys().filter(|key| before.get(key) != after.get(key)).map(|key| {
        // A value typed since the last import is the user's own.
        let is_typed = is_again && before.contains(key) && model.origin(key).is_none();
        part(key, after.get(key), !is_typed)
    });
    let mut parts: Vec<IncomingPart> = comes.collect();
    if imported.kind.holds_run() {
        let goes = before.keys().filter(|key| !after.contains(key));
        let is_whole = imported.kind.is_whole() && !is_again;
        let is_named =
            |roles: &[FieldRole], key: &str| roles.iter().any(|role| role.names().any(|name| name == key));
        let is_of_instance = |key: &str| is_named(&INSTANCE, key);
        parts.extend(goes.map(|key| {
            part(key, None, is_whole && !is_of_instance(key) || is_other_run && is_named(&OF_ONE_RUN, key))
        }));
    }
    parts
}
