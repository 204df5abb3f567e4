//! Artifacts: which of them SEI stores, and what keeps them from pairing.

use crate::catalog::FieldRole;
use crate::check::{Loss, quote};
use crate::document::{Object, Pointer, Value};
use crate::text;

use super::finding::Findings;
use super::pairing;
use super::reading::{items, place, present, value};
use super::stored::{StoredArtifact, StoredRun};

/// Simulates the artifacts; `is_kept` is false if another part of the run makes SEI lose all.
pub(super) fn artifacts(found: &mut Findings, run: &Object, stored: &mut StoredRun, is_kept: bool) {
    let list = place(&Pointer::root(), run, FieldRole::Artifacts);
    let sent = items(run, FieldRole::Artifacts);
    stored.artifacts_sent = sent.len();
    if !is_kept {
        return;
    }
    for (index, artifact) in sent.iter().enumerate() {
        let at = list.index(index);
        let named =
            artifact.as_object().filter(|artifact| value(artifact, FieldRole::ArtifactName).is_some());
        let Some(fields) = named else {
            let gone = match sent.len() - index {
                1 => "it is lost".to_owned(),
                more => {
                    format!("it and {} are lost", text::count(more - 1, "later artifact", "later artifacts"))
                }
            };
            let message = format!("Artifact {} has no name: {gone}.", index + 1);
            found.lose(
                Loss::Artifacts,
                at.key(FieldRole::ArtifactName.name()),
                "artifact-name-missing",
                message,
            );
            return;
        };
        metadata(found, fields, &at);
        pairing::losses(found, fields, &at);
        stored.artifacts.push(read(fields, at));
    }
}

/// The stored form of an artifact.
fn read(artifact: &Object, at: Pointer) -> StoredArtifact {
    let name = present(artifact, FieldRole::ArtifactName).unwrap_or_default();
    let name = match present(artifact, FieldRole::ArtifactQualifier) {
        Some(qualifier) => format!("{name}:{qualifier}"),
        None => name.into_owned(),
    };
    StoredArtifact { name, at, marks: pairing::marks(artifact), obstacle: pairing::obstacle(artifact) }
}

/// Metadata: SEI stores texts, and drops lists and objects.
fn metadata(found: &mut Findings, artifact: &Object, at: &Pointer) {
    let Some(metadata) = value(artifact, FieldRole::ArtifactMetadata).and_then(Value::as_object) else {
        return;
    };
    for (key, sent) in metadata.iter() {
        let place = || at.key(FieldRole::ArtifactMetadata.name()).key(key);
        match sent {
            Value::Null | Value::Text(_) => {}
            Value::Bool(_) | Value::Number(_) => {
                let stored = super::reading::as_text(sent).unwrap_or_default();
                found.change(place(), Some(sent), &*stored, "stored as text");
            }
            Value::Array(_) | Value::Object(_) => {
                let message = format!("{} is not text: SEI drops it from the metadata.", quote(key));
                found.lose(Loss::Field, place(), "metadata-text", message);
            }
        }
    }
}
