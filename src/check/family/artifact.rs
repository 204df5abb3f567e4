//! Artifacts: the fields that SEI needs to pair a build with its deployment.

use crate::catalog::{Evidence, FieldRole};
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::{kind_noun, quote, series, show};
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype::{as_text, replace};
use crate::check::rule::{BACKEND, CLIENTS, Rule};
use crate::document::Value;

mod hash;
mod location;
mod pairing;
mod qualifier;
mod reference;

pub(in crate::check) use hash::{HASH_FORM, hash_form};
pub(in crate::check) use location::{ARTIFACT_LOCATION, artifact_location};
pub(in crate::check) use pairing::{
    ARTIFACT_DIRECTION, ARTIFACT_DUPLICATE, ArtifactIdentity, artifact_direction, artifact_duplicate,
};
pub use qualifier::is_mutable;
pub(in crate::check) use qualifier::{QUALIFIER_MUTABLE, qualifier_mutable};
pub(in crate::check) use reference::{IMAGE_REFERENCE, image_reference};

pub(in crate::check) const ARTIFACT_NAME_MISSING: Rule = Rule {
    code: "artifact-name-missing",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    loss: Some(Loss::Artifacts),
    other_losses: &[],
    meaning: "The name of an artifact is absent or null.",
    why: "SEI's database requires the name. Without it, SEI drops this artifact and all later artifacts, but keeps the run.",
    source: BACKEND,
    example: r#""artifacts": [{"output": true, "type": "container", "location": "registry.example/shop", "qualifier": "1.2"}]"#,
    good: r#""artifacts": [{"output": true, "type": "container", "location": "registry.example/shop", "name": "web", "qualifier": "1.2"}]"#,
    fix: "",
};

pub(in crate::check) const ARTIFACT_INCOMPLETE: Rule = Rule {
    code: "artifact-incomplete",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: Some(Loss::Pairing),
    other_losses: &[],
    meaning: "The type, location or qualifier of an artifact is missing or blank, or its name is blank.",
    why: "SEI pairs builds with deployments by name, qualifier and location, or by hash. Blank fields never match, and \
          pairing by name and qualifier alone is off by default. SEI's Jenkins plugin refuses such an artifact.",
    source: CLIENTS,
    example: r#""artifacts": [{"type": "container", "location": "registry.example/shop", "name": "web"}]"#,
    good: r#""artifacts": [{"output": true, "type": "container", "location": "registry.example/shop", "name": "web", "qualifier": "1.2"}]"#,
    fix: "",
};

pub(in crate::check) const ARTIFACT_TYPE: Rule = Rule {
    code: "artifact-type",
    severity: Severity::Hint,
    evidence: Evidence::Seen,
    loss: Some(Loss::Pairing),
    other_losses: &[],
    meaning: "The type of an artifact is not `container`.",
    why: "SEI stores other types, but skipped them in 2023 when it paired builds with deployments. A test of SEI's Jenkins \
          plugin of 2026 pairs a jar.",
    source: CLIENTS,
    example: r#""artifacts": [{"type": "jar", "location": "repo.example", "name": "web", "qualifier": "1"}]"#,
    good: r#""artifacts": [{"output": true, "type": "container", "location": "registry.example/shop", "name": "web", "qualifier": "1.2"}]"#,
    fix: "Writes `container`. Apply it only to a container image.",
};

pub(in crate::check) const METADATA_TEXT: Rule = Rule {
    code: "metadata-text",
    severity: Severity::Hint,
    evidence: Evidence::Seen,
    loss: Some(Loss::Field),
    other_losses: &[None],
    meaning: "A value in the metadata of an artifact is not text.",
    why: "SEI stores metadata as names with texts. It converts other values to text, but drops lists and objects.",
    source: BACKEND,
    example: r#""artifacts": [{"metadata": {"labels": ["slim", "signed"]}}]"#,
    good: r#""artifacts": [{"metadata": {"labels": "slim, signed"}}]"#,
    fix: "Writes the value as text.",
};

const PAIRED: &str = "container";

/// Checks the name of an artifact, after the walk.
pub(in crate::check) fn artifact_name_missing(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let is_absent = fields.role(FieldRole::ArtifactName).is_none_or(|name| *name == Value::Null);
    let Some(place) = fields.at(FieldRole::ArtifactName, record).filter(|_| is_absent) else { return };
    let message = "Without a name, SEI drops this artifact and all later artifacts.".to_owned();
    report.add(&ARTIFACT_NAME_MISSING, &place, message, Vec::new());
}

/// Checks the identity fields of an artifact, after the walk.
pub(in crate::check) fn artifact_incomplete(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let mut missing = Vec::new();
    let mut first = None;
    for (position, field) in fields.plan.fields.iter().enumerate() {
        let identity = field.field.role.filter(|role| is_identity(*role));
        let value = fields.value(position);
        // Another rule reports an absent name.
        let is_reported =
            |role| role == FieldRole::ArtifactName && value.is_none_or(|name| *name == Value::Null);
        let is_lacking = |role: &FieldRole| value.is_none_or(is_blank) && !is_reported(*role);
        if let Some(role) = identity.filter(is_lacking) {
            first.get_or_insert(position);
            missing.push(role);
        }
    }
    let Some(place) = first.and_then(|position| fields.place(position, record)) else { return };
    let names: Vec<_> = missing.iter().map(|role| role.name()).collect();
    let by_hash = fields.text(FieldRole::ArtifactHash).is_some();
    let artifact = fields.text(FieldRole::ArtifactName).map_or_else(|| "this artifact".to_owned(), quote);
    let outcome = match missing.as_slice() {
        all if by_hash && !all.contains(&FieldRole::ArtifactType) => {
            format!("pairs {artifact} only by its hash")
        }
        [FieldRole::ArtifactLocation] => {
            format!("pairs {artifact} only by name and qualifier, which is off by default")
        }
        _ => format!("never pairs {artifact}"),
    };
    let message = format!("Missing {}: SEI {outcome}.", series(&names));
    report.add(&ARTIFACT_INCOMPLETE, &place, message, Vec::new());
}

/// Whether SEI pairs artifacts by a field.
pub(in crate::check) const fn is_identity(role: FieldRole) -> bool {
    matches!(
        role,
        FieldRole::ArtifactType
            | FieldRole::ArtifactName
            | FieldRole::ArtifactLocation
            | FieldRole::ArtifactQualifier
    )
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
    }
}

pub(in crate::check) fn artifact_type(report: &mut Report<'_>, kind: &str, place: &ValuePlace<'_>) {
    if kind == PAIRED {
        return;
    }
    let message = format!(
        "{} probably does not pair: in 2023, SEI paired only artifacts of type {PAIRED}.",
        quote(kind)
    );
    let fix = Fix::offer(format!("set {PAIRED}"), replace(place, Value::from(PAIRED)));
    report.add(&ARTIFACT_TYPE, place, message, vec![fix]);
}

/// Reports a metadata value that is not text; null counts as absent.
pub(in crate::check) fn metadata_text(report: &mut Report<'_>, value: &Value, place: &ValuePlace<'_>) {
    let (loss, message, fixes) = match value {
        Value::Null | Value::Text(_) => return,
        Value::Bool(_) | Value::Number(_) => (
            None,
            format!("{} is {}: SEI stores metadata as text.", show(value), kind_noun(value)),
            vec![as_text(value, place)],
        ),
        Value::Array(_) | Value::Object(_) => (
            METADATA_TEXT.loss,
            format!("{} is {}: SEI cannot store it as metadata.", place.name(), kind_noun(value)),
            Vec::new(),
        ),
    };
    report.add(&METADATA_TEXT.losing(loss), place, message, fixes);
}
