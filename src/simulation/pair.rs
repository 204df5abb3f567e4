//! Whether two runs pair, by which identity, and if not, where their identities differ.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::catalog::FieldRole;
use crate::check::{is_mutable, quote};
use crate::document::{Object, Pointer, Value};

use super::pairing::{PAIRING, PairMark};
use super::reading::{place, present};
use super::simulator::stored_artifacts;
use super::stored::StoredArtifact;

/// The fields of an identity, in the order of comparison.
const COMPARED: [FieldRole; 4] = [
    FieldRole::ArtifactType,
    FieldRole::ArtifactLocation,
    FieldRole::ArtifactName,
    FieldRole::ArtifactQualifier,
];

/// Whether two runs pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairAnswer {
    /// The identity by which they pair; `None` if they do not.
    pub by: Option<PairMark>,
    /// The reason, as a sentence.
    pub because: String,
    /// The value that keeps them from pairing, if one does.
    pub difference: Option<PairDifference>,
}

/// Two values that differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairDifference {
    /// The name of the field.
    pub name: &'static str,
    /// The place in the first run.
    pub at: Pointer,
    /// The value in the first run; empty when absent.
    pub own: String,
    /// The value in the other run; empty when absent.
    pub other: String,
    /// The position of the first character that differs.
    pub position: usize,
    /// The values that give the artifact of the first run the identity of the other run's.
    pub fix: Vec<CopiedValue>,
}

/// A value to set in the first run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopiedValue {
    /// The place in the first run.
    pub at: Pointer,
    /// The value.
    pub value: String,
}

/// A stored artifact with its fields.
#[derive(Clone, Copy)]
struct PlacedArtifact<'a> {
    at: &'a Pointer,
    fields: &'a Object,
}

impl PlacedArtifact<'_> {
    fn value(&self, role: FieldRole) -> Cow<'_, str> {
        present(self.fields, role).unwrap_or_default()
    }
}

/// Compares the stored artifacts of two runs.
pub fn pair(run: &Value, other: &Value) -> PairAnswer {
    let (own, theirs) = match (stored(run, "This"), stored(other, "The other")) {
        (Ok(own), Ok(theirs)) => (own, theirs),
        (Err(because), _) | (_, Err(because)) => return PairAnswer { by: None, because, difference: None },
    };
    let marks: HashSet<&PairMark> = theirs.iter().flat_map(|artifact| &artifact.marks).collect();
    let shared = own.iter().find_map(|artifact| {
        artifact.marks.iter().find(|mark| marks.contains(mark)).map(|mark| (artifact, mark))
    });
    if let Some((artifact, mark)) = shared {
        return paired(artifact, mark.clone());
    }
    let (own, theirs) = (placed(run, &own), placed(other, &theirs));
    let both = own.iter().flat_map(|one| theirs.iter().map(move |two| (one, two)));
    // Of equal pairs, the first is the nearest.
    let nearest = both.collect::<Vec<_>>().into_iter().rev().max_by_key(|(one, two)| likeness(one, two));
    nearest.map_or_else(
        || PairAnswer { by: None, because: String::new(), difference: None },
        |(one, two)| unpaired(one, two),
    )
}

/// The stored artifacts of a run, or why it has none. Whether SEI stores the run itself does not
/// matter: identities are compared before the other problems are fixed.
fn stored(run: &Value, which: &str) -> Result<Vec<StoredArtifact>, String> {
    let artifacts = stored_artifacts(run);
    if artifacts.is_empty() {
        Err(format!("{which} run has no artifact that SEI stores."))
    } else {
        Ok(artifacts)
    }
}

/// The first artifacts with their fields; more are not compared field by field.
fn placed<'a>(run: &'a Value, artifacts: &'a [StoredArtifact]) -> Vec<PlacedArtifact<'a>> {
    const COMPARED_ARTIFACTS: usize = 50;
    let fields = |artifact: &'a StoredArtifact| run.get(&artifact.at).and_then(Value::as_object);
    let found = artifacts.iter().take(COMPARED_ARTIFACTS);
    found
        .filter_map(|artifact| Some(PlacedArtifact { at: &artifact.at, fields: fields(artifact)? }))
        .collect()
}

fn paired(artifact: &StoredArtifact, mark: PairMark) -> PairAnswer {
    let name = quote(&artifact.name);
    let because = match &mark {
        PairMark::Place([_, qualifier, _]) if is_mutable(qualifier) => format!(
            "{name} has the same name, qualifier and location. {} is a reused qualifier: SEI pairs each run that has it.",
            quote(qualifier)
        ),
        PairMark::Place(_) => format!("{name} has the same name, qualifier and location in both runs."),
        PairMark::Hash(hash) => format!("{name} has the same hash in both runs: {}.", quote(hash)),
    };
    PairAnswer { by: Some(mark), because, difference: None }
}

/// How much two artifacts have in common: equal fields, then the length of a common start.
fn likeness(one: &PlacedArtifact<'_>, two: &PlacedArtifact<'_>) -> (usize, usize) {
    let values = COMPARED.map(|role| (one.value(role), two.value(role)));
    let equal = values.iter().filter(|(own, other)| own == other && !own.is_empty()).count();
    (equal, values.iter().map(|(own, other)| common(own, other)).sum())
}

/// The number of equal characters at the start.
fn common(own: &str, other: &str) -> usize {
    own.chars().zip(other.chars()).take_while(|(own, other)| own == other).count()
}

fn unpaired(one: &PlacedArtifact<'_>, two: &PlacedArtifact<'_>) -> PairAnswer {
    let found = COMPARED.into_iter().find_map(|role| {
        let (own, other) = (one.value(role), two.value(role));
        let because = obstacle(role, &own, &other)?;
        Some((role, own, other, because))
    });
    let Some((role, own, other, because)) = found else {
        // All fields are equal, so the two pair by them.
        return PairAnswer { by: None, because: String::new(), difference: None };
    };
    let difference = PairDifference {
        name: role.name(),
        at: place(one.at, one.fields, role),
        position: common(&own, &other),
        own: own.into_owned(),
        other: other.into_owned(),
        fix: copy(one, two),
    };
    PairAnswer { by: None, because, difference: Some(difference) }
}

/// Why two values of a field keep their artifacts from pairing.
fn obstacle(role: FieldRole, own: &str, other: &str) -> Option<String> {
    let name = role.name();
    match (own, other) {
        ("", "") => Some(format!("Neither artifact has a {name}: blank values never match.")),
        ("", _) => Some(format!("The artifact of this run has no {name}: blank values never match.")),
        (_, "") => Some(format!("The artifact of the other run has no {name}: blank values never match.")),
        (own, other) if role == FieldRole::ArtifactType => {
            let wrong = [own, other].into_iter().find(|kind| *kind != PAIRING)?;
            Some(format!("SEI pairs only artifacts of the type {PAIRING}, not {}.", quote(wrong)))
        }
        (own, other) if own == other => None,
        _ if role == FieldRole::ArtifactLocation => Some(
            "The location differs. SEI pairs by name and qualifier alone only if your account turned that on."
                .to_owned(),
        ),
        _ => Some(format!("The {name} differs: SEI compares letter by letter.")),
    }
}

/// The values of the other run's identity; blank values and other types are not copied.
fn copy(one: &PlacedArtifact<'_>, two: &PlacedArtifact<'_>) -> Vec<CopiedValue> {
    let values = COMPARED.into_iter().filter_map(|role| {
        let wanted = if role == FieldRole::ArtifactType { Cow::Borrowed(PAIRING) } else { two.value(role) };
        let differs = !wanted.is_empty() && wanted != one.value(role);
        differs.then(|| CopiedValue { at: place(one.at, one.fields, role), value: wanted.into_owned() })
    });
    values.collect()
}
