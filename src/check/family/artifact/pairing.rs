//! The direction of an artifact, and artifacts that are listed twice.

use crate::catalog::{Evidence, FieldRole};
use crate::check::fields::Fields;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::rule::{PAGES, Rule};
use crate::document::{Edit, Object, Value};

pub(in crate::check) const ARTIFACT_DIRECTION: Rule = Rule {
    code: "artifact-direction",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    loss: None,
    other_losses: &[],
    meaning: "Neither `input` nor `output` of an artifact is true.",
    why: "The documentation marks what a build produces as output, and what a deployment uses as input. SEI's backend of \
          2023 stores the direction, but does not look at it when it pairs artifacts.",
    source: PAGES,
    example: r#""artifacts": [{"input": false, "output": false}]"#,
    good: r#""artifacts": [{"input": false, "output": true}]"#,
    fix: "",
};

pub(in crate::check) const ARTIFACT_DUPLICATE: Rule = Rule {
    code: "artifact-duplicate",
    severity: Severity::Warning,
    evidence: Evidence::Doc,
    loss: None,
    other_losses: &[],
    meaning: "Two artifacts have the same type, location, name, qualifier and direction.",
    why: "SEI sees only one of them. Artifacts with different hashes, such as images for several platforms, are not \
          duplicates.",
    source: PAGES,
    example: r#""artifacts": [{"type": "container", "name": "web", "qualifier": "1.2"}, {"type": "container", "name": "web", "qualifier": "1.2"}]"#,
    good: r#""artifacts": [{"type": "container", "name": "web", "qualifier": "1.2"}, {"type": "container", "name": "api", "qualifier": "1.2"}]"#,
    fix: "Removes the later one.",
};

/// The values that SEI identifies an artifact by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) struct ArtifactIdentity<'a> {
    texts: [&'a str; 5],
    flags: [bool; 2],
}

impl<'a> ArtifactIdentity<'a> {
    /// The identity of an artifact; `None` without name or qualifier.
    pub(in crate::check) fn of(artifact: &'a Object) -> Option<Self> {
        let text = |role: FieldRole| artifact.get(role.name()).and_then(Value::as_text).map_or("", str::trim);
        let flag = |role: FieldRole| artifact.get(role.name()).and_then(Value::as_bool).unwrap_or(false);
        let texts = [
            FieldRole::ArtifactName,
            FieldRole::ArtifactQualifier,
            FieldRole::ArtifactType,
            FieldRole::ArtifactLocation,
            FieldRole::ArtifactHash,
        ]
        .map(text);
        let [name, qualifier, ..] = texts;
        let has_name = !name.is_empty() && !qualifier.is_empty();
        has_name
            .then(|| Self { texts, flags: [flag(FieldRole::ArtifactInput), flag(FieldRole::ArtifactOutput)] })
    }
}

/// Checks the direction of an artifact, after the walk.
pub(in crate::check) fn artifact_direction(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let is_unset = |role| matches!(fields.role(role), None | Some(Value::Null | Value::Bool(false)));
    let is_open = is_unset(FieldRole::ArtifactInput) && is_unset(FieldRole::ArtifactOutput);
    let Some(place) = fields.at(FieldRole::ArtifactOutput, record).filter(|_| is_open) else {
        return;
    };
    let artifact = fields.text(FieldRole::ArtifactName).map_or_else(|| "This artifact".to_owned(), quote);
    let message = format!("{artifact} is neither output nor input: the documentation expects one.");
    report.add(&ARTIFACT_DIRECTION, &place, message, Vec::new());
}

/// Reports an artifact that equals the artifact at index `first`.
pub(in crate::check) fn artifact_duplicate(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    first: usize,
    record: &ValuePlace<'_>,
) {
    let name = fields.text(FieldRole::ArtifactName).map_or_else(|| "This artifact".to_owned(), quote);
    let message = format!("{name} repeats artifact {}: SEI sees only one.", first + 1);
    let fix = Fix::offer("remove this artifact", vec![Edit::Remove { at: record.pointer() }]);
    report.add(&ARTIFACT_DUPLICATE, record, message, vec![fix]);
}
