//! Pairs of artifacts: the identities by which SEI pairs two runs.
//!
//! SEI compares letter by letter and ignores blank values. It pairs by name, qualifier and location,
//! and by hash; pairing by name and qualifier alone is off unless an account turns it on. It never
//! looks at `ci`, `cd`, `input` and `output`.

use crate::catalog::FieldRole;
use crate::check::{Loss, is_mutable, quote};
use crate::document::{Object, Pointer};

use super::finding::Findings;
use super::reading::{place, present};

/// The only type of artifact that SEI pairs.
pub(super) const PAIRING: &str = "container";

/// An identity by which SEI pairs an artifact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PairMark {
    /// Name, qualifier and location.
    Place([String; 3]),
    /// The digest.
    Hash(String),
}

impl PairMark {
    /// The identity in lists and JSON output.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Place(_) => "name+qualifier+location",
            Self::Hash(_) => "hash",
        }
    }
}

/// The identities of an artifact; none for another type than `container`.
pub(super) fn marks(artifact: &Object) -> Vec<PairMark> {
    let part = |role| present(artifact, role).map(std::borrow::Cow::into_owned);
    if part(FieldRole::ArtifactType).as_deref() != Some(PAIRING) {
        return Vec::new();
    }
    let place = || {
        Some(PairMark::Place([
            part(FieldRole::ArtifactName)?,
            part(FieldRole::ArtifactQualifier)?,
            part(FieldRole::ArtifactLocation)?,
        ]))
    };
    place().into_iter().chain(part(FieldRole::ArtifactHash).map(PairMark::Hash)).collect()
}

/// The fields by which SEI pairs, without the hash.
const IDENTITY: [FieldRole; 3] =
    [FieldRole::ArtifactName, FieldRole::ArtifactQualifier, FieldRole::ArtifactLocation];

/// Why an artifact without an identity never pairs, in a few words.
pub(super) fn obstacle(artifact: &Object) -> Option<String> {
    match present(artifact, FieldRole::ArtifactType) {
        None => Some("no type".to_owned()),
        Some(kind) if kind != PAIRING => Some(format!("not of type {PAIRING}")),
        Some(_) if present(artifact, FieldRole::ArtifactHash).is_some() => None,
        Some(_) => {
            let missing = IDENTITY.into_iter().find(|role| present(artifact, *role).is_none());
            missing.map(|role| format!("no {}", role.name()))
        }
    }
}

/// What keeps an artifact from pairing, or makes it pair with too many runs.
pub(super) fn losses(found: &mut Findings, artifact: &Object, at: &Pointer) {
    let name = present(artifact, FieldRole::ArtifactName).map_or_else(String::new, |name| quote(&name));
    let mut lose = |role, code, message: String| {
        found.lose(Loss::Pairing, place(at, artifact, role), code, message);
    };
    match present(artifact, FieldRole::ArtifactType) {
        None => {
            let message = format!("{name} has no type: SEI pairs only the type {PAIRING}.");
            return lose(FieldRole::ArtifactType, "artifact-incomplete", message);
        }
        Some(kind) if kind != PAIRING => {
            let message = format!("{name} has the type {}: SEI pairs only the type {PAIRING}.", quote(&kind));
            return lose(FieldRole::ArtifactType, "artifact-type", message);
        }
        Some(_) => {}
    }
    let missing = IDENTITY.into_iter().find(|role| present(artifact, *role).is_none());
    let has_hash = present(artifact, FieldRole::ArtifactHash).is_some();
    if let Some(role) = missing {
        let way = if has_hash { "pairs only by its hash" } else { "never pairs" };
        return lose(role, "artifact-incomplete", format!("{name} has no {}: it {way}.", role.name()));
    }
    let qualifier = present(artifact, FieldRole::ArtifactQualifier).unwrap_or_default();
    if is_mutable(&qualifier) {
        let message =
            format!("{} is a reused qualifier: the run pairs with each run that has it.", quote(&qualifier));
        lose(FieldRole::ArtifactQualifier, "qualifier-mutable", message);
    }
}
