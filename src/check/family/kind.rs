//! The kind of the run, build or deployment, and whether its artifacts agree.

use crate::catalog::{Evidence, FieldRole, RecordKind};
use crate::check::family::phase;
use crate::check::fields::Fields;
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::rule::{PAGES, Rule};
use crate::document::{self, Edit, Object, Pointer, Value};

pub(in crate::check) const CI_CD_BOTH: Rule = Rule {
    code: "ci-cd-both",
    severity: Severity::Warning,
    evidence: Evidence::Doc,
    loss: None,
    other_losses: &[],
    meaning: "`ci` and `cd` are both true or both false.",
    why: "`ci` means build and `cd` means deployment. The documentation describes a run as one of the two. SEI's backend \
          of 2023 stores both, but ignores them when it counts and pairs runs.",
    source: PAGES,
    example: r#""ci": true, "cd": true"#,
    good: r#""ci": true, "cd": false"#,
    fix: "Makes the run a build or a deployment.",
};

pub(in crate::check) const CI_CD_MISSING: Rule = Rule {
    code: "ci-cd-missing",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    loss: None,
    other_losses: &[],
    meaning: "Neither `ci` nor `cd` is set.",
    why: "The documentation expects one of the two to be true. SEI's backend of 2023 stores both, but ignores \
          them when it counts and pairs runs.",
    source: PAGES,
    example: r#""ci": null, "cd": null"#,
    good: r#""ci": true, "cd": false"#,
    fix: "Sets both. The directions of the artifacts decide which choice comes first.",
};

pub(in crate::check) const CI_CD_ARTIFACTS: Rule = Rule {
    code: "ci-cd-artifacts",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    loss: None,
    other_losses: &[],
    meaning: "A build has only input artifacts, or a deployment has only output artifacts.",
    why: "The documentation marks what a build produces as output, and what a deployment uses as input. SEI's backend of \
          2023 stores kind and direction, but does not look at them when it pairs artifacts.",
    source: PAGES,
    example: r#""artifacts": [{"input": true, "type": "container", "location": "registry.example/shop", "name": "web", "qualifier": "1.2"}]"#,
    good: r#""artifacts": [{"output": true, "type": "container", "location": "registry.example/shop", "name": "web", "qualifier": "1.2"}]"#,
    fix: "Reverses the kind of the run, or the directions of the artifacts.",
};

/// Checks both flags at the place of `ci`, which is a boolean.
pub(in crate::check) fn ci_cd_both(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    ci: bool,
    place: &ValuePlace<'_>,
) {
    let is_same = fields.role(FieldRole::Cd).and_then(Value::as_bool) == Some(ci);
    if !is_same || (ci && phase::has_both(fields)) {
        return;
    }
    let message = if ci {
        "ci and cd are both true: the documentation expects one true, the other false.".to_owned()
    } else {
        "ci and cd are both false: the documentation expects one true, the other false.".to_owned()
    };
    report.add(&CI_CD_BOTH, place, message, choices(report, fields));
}

/// `ci` is absent or null.
pub(in crate::check) fn ci_cd_missing(report: &mut Report<'_>, fields: &Fields<'_>, place: &ValuePlace<'_>) {
    let is_unset = fields.role(FieldRole::Cd).is_none_or(|cd| *cd == Value::Null);
    if fields.plan.kind != RecordKind::JobRun || fields.object.is_empty() || !is_unset {
        return;
    }
    let message = "Neither ci nor cd is set: the documentation expects one true, the other false.".to_owned();
    report.add(&CI_CD_MISSING, place, message, choices(report, fields));
}

/// Checks whether the directions of the artifacts match the kind of the run.
pub(in crate::check) fn ci_cd_artifacts(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let flag = |part| fields.role(part).and_then(Value::as_bool).unwrap_or(false);
    let is_ci = match (flag(FieldRole::Ci), flag(FieldRole::Cd)) {
        (true, false) => true,
        (false, true) => false,
        (true, true) | (false, false) => return,
    };
    let (output, input) = (FieldRole::ArtifactOutput.name(), FieldRole::ArtifactInput.name());
    let (right, wrong) = if is_ci { (output, input) } else { (input, output) };
    let Some(artifacts) = fields.role(FieldRole::Artifacts).and_then(Value::as_array) else { return };
    let (Some(place), Some(list)) = (
        fields.at(if is_ci { FieldRole::Ci } else { FieldRole::Cd }, record),
        fields.at(FieldRole::Artifacts, record),
    ) else {
        return;
    };
    if any(artifacts, right) || !any(artifacts, wrong) {
        return;
    }
    let (kind, direction) = if is_ci { ("build", "inputs") } else { ("deployment", "outputs") };
    let message = format!("The run is a {kind}, but all its artifacts are {direction}.");
    let reversed =
        Fix::offer(format!("mark them as {right}"), reverse(artifacts, (right, wrong), &list.pointer()));
    let own_label = if is_ci { CI_LABEL } else { CD_LABEL };
    let other = choices(report, fields).into_iter().find(|fix| fix.label != own_label);
    let fixes = std::iter::once(reversed).chain(other).collect();
    report.add(&CI_CD_ARTIFACTS, &place, message, fixes);
}

/// The edits that reverse the direction of each artifact with the wrong one.
fn reverse(artifacts: &[Value], (right, wrong): (&str, &str), at: &Pointer) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (index, artifact) in artifacts.iter().enumerate() {
        let Some(object) = artifact.as_object().filter(|object| is_set(object, wrong)) else { continue };
        let at = at.index(index);
        edits.push(Edit::Replace { at: at.key(wrong), value: Value::Bool(false) });
        edits.push(if object.contains(right) {
            Edit::Replace { at: at.key(right), value: Value::Bool(true) }
        } else {
            let key = Some(right.to_owned());
            Edit::Insert { parent: at, index: object.len(), key, value: Value::Bool(true) }
        });
    }
    edits
}

const CI_LABEL: &str = "set CI (build)";
const CD_LABEL: &str = "set CD (deployment)";

/// Fixes for build and deployment; the one that the artifacts suggest comes first.
fn choices(report: &Report<'_>, fields: &Fields<'_>) -> Vec<Fix> {
    let fix = |label: &str, is_ci: bool| {
        let at = |role: FieldRole| document::Pointer::root().key(role.name());
        let mut edits = document::set(report.document, &at(FieldRole::Ci), Value::Bool(is_ci));
        edits.extend(document::set(report.document, &at(FieldRole::Cd), Value::Bool(!is_ci)));
        Fix::offer(label, edits)
    };
    let (build, deployment) = (fix(CI_LABEL, true), fix(CD_LABEL, false));
    if is_deployment(fields) { vec![deployment, build] } else { vec![build, deployment] }
}

/// Whether all artifacts with a direction are inputs.
fn is_deployment(fields: &Fields<'_>) -> bool {
    let artifacts = fields.role(FieldRole::Artifacts).and_then(Value::as_array).unwrap_or_default();
    any(artifacts, FieldRole::ArtifactInput.name()) && !any(artifacts, FieldRole::ArtifactOutput.name())
}

fn any(artifacts: &[Value], key: &str) -> bool {
    artifacts.iter().filter_map(Value::as_object).any(|artifact| is_set(artifact, key))
}

fn is_set(artifact: &Object, key: &str) -> bool {
    artifact.get(key).and_then(Value::as_bool) == Some(true)
}
