//! The artifact manifests of SEI's own Jenkins plugin: `artifact-manifest.json`, which has one
//! artifact, and `sei-artifacts.json`, which has a list. They fill the artifacts of a run and
//! nothing else.

use std::collections::BTreeSet;

use super::{ImportKind, Imported, shape};
use crate::catalog::{FieldRole, catalog};
use crate::document::{Object, Value};
use crate::text;

/// What identifies an artifact, next to its name. Other tools have artifacts with names too.
const IDENTITY: [FieldRole; 3] =
    [FieldRole::ArtifactLocation, FieldRole::ArtifactQualifier, FieldRole::ArtifactHash];

/// Reads a manifest, if it is one.
pub(super) fn import(object: &Object) -> Option<Imported> {
    let list = FieldRole::Artifacts.name();
    let (artifacts, holder) = match (object.get("artifact"), object.get(list)) {
        (Some(artifact @ Value::Object(_)), None) if !shape::is_named(object) => {
            (vec![artifact.clone()], "artifact")
        }
        (_, Some(Value::Array(items))) if !is_payload(object) => (items.clone(), list),
        (None, None) if is_flat(object) => (vec![Value::Object(object.clone())], ""),
        _ => return None,
    };
    let is_manifest = !artifacts.is_empty() && artifacts.iter().all(is_artifact);
    if !is_manifest {
        return None;
    }
    let mut notes = vec!["The manifest has artifacts only: the rest of the run stays unchanged.".to_owned()];
    let others: Vec<_> = object.keys().filter(|key| *key != holder && !holder.is_empty()).collect();
    if !others.is_empty() {
        notes.push(format!("Ignored in the manifest: {}.", text::visible(&others.join(", "))));
    }
    notes.extend(unknown_note(&artifacts));
    let document: Object = [(list.to_owned(), Value::Array(artifacts))].into_iter().collect();
    Some(Imported { notes, ..Imported::bare(Value::Object(document), ImportKind::Manifest) })
}

/// Whether an object with a list of artifacts is a job run, which has other fields too.
fn is_payload(object: &Object) -> bool {
    shape::known(object).len() > 1 && shape::expect_run(object).is_ok()
}

fn is_artifact(value: &Value) -> bool {
    let has_text = |object: &Object, role: FieldRole| {
        object.get(role.name()).and_then(Value::as_text).is_some_and(|text| !text.trim().is_empty())
    };
    value.as_object().is_some_and(|object| {
        has_text(object, FieldRole::ArtifactName) && IDENTITY.iter().any(|role| has_text(object, *role))
    })
}

fn is_field(key: &str) -> bool {
    catalog().field([FieldRole::Artifacts.name(), "0", key]).is_some()
}

/// A note about members of the artifacts that SEI does not know. They stay, as in a payload.
fn unknown_note(artifacts: &[Value]) -> Option<String> {
    let members = artifacts.iter().filter_map(Value::as_object).flat_map(Object::keys);
    let unknown: BTreeSet<_> = members.filter(|key| !is_field(key)).collect();
    let names = unknown.into_iter().collect::<Vec<_>>().join(", ");
    (!names.is_empty()).then(|| format!("Kept, but not a field of an artifact: {}.", text::visible(&names)))
}

/// Whether an object has nothing but fields of an artifact.
fn is_flat(object: &Object) -> bool {
    object.keys().all(is_field)
}
