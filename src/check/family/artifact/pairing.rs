//! Which way an artifact goes, and whether it stands in the list twice.

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
    severity: Severity::Warning,
    evidence: Evidence::Doc,
    meaning: "Neither `input` nor `output` of an artifact is true.",
    why: "SEI pairs what a build put out with what a deployment took in; an artifact that is neither pairs with nothing.",
    source: PAGES,
    example: r#""artifacts": [{"input": false, "output": false}]"#,
    good: r#""artifacts": [{"input": false, "output": true}]"#,
    fix: "",
};

pub(in crate::check) const ARTIFACT_DUPLICATE: Rule = Rule {
    code: "artifact-duplicate",
    severity: Severity::Warning,
    evidence: Evidence::Doc,
    meaning: "Two artifacts have the same type, location, name, qualifier and direction.",
    why: "They are one and the same to SEI. Images of one tag with different hashes, as for several platforms, are two.",
    source: PAGES,
    example: r#""artifacts": [{"type": "container", "name": "web", "qualifier": "1.2"}, {"type": "container", "name": "web", "qualifier": "1.2"}]"#,
    good: r#""artifacts": [{"type": "container", "name": "web", "qualifier": "1.2"}, {"type": "container", "name": "api", "qualifier": "1.2"}]"#,
    fix: "Drops the later one.",
};

/// What makes two artifacts one.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) struct ArtifactIdentity<'a> {
    texts: [&'a str; 5],
    flags: [bool; 2],
}

impl<'a> ArtifactIdentity<'a> {
    /// The identity of an artifact; `None` when it lacks what would tell it from others.
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

/// Looks at an artifact, after the walk has been through it.
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
    let message = format!("{artifact} was neither produced nor consumed: output or input has to be true.");
    report.add(&ARTIFACT_DIRECTION, &place, message, Vec::new());
}

/// Looks at an artifact that an earlier one equals.
pub(in crate::check) fn artifact_duplicate(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    first: usize,
    record: &ValuePlace<'_>,
) {
    let name = fields.text(FieldRole::ArtifactName).map_or_else(|| "This artifact".to_owned(), quote);
    let message = format!("{name} is the same as artifact {}.", first + 1);
    let fix = Fix::offer("drop this one", vec![Edit::Remove { at: record.pointer() }]);
    report.add(&ARTIFACT_DUPLICATE, record, message, vec![fix]);
}
