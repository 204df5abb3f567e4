//! Whether the run was a build or a deployment, and whether its artifacts agree.

use super::fields::Fields;
use super::place::Place;
use super::plan::{Noun, Part};
use super::rule::{CLIENTS, PAGES};
use super::walk::Walk;
use super::{Evidence, Fix, Rule, Severity};
use crate::document::{self, Edit, Object, Pointer, Value};

pub(super) const CI_CD_BOTH: Rule = Rule {
    code: "ci-cd-both",
    severity: Severity::Warning,
    evidence: Evidence::Doc,
    meaning: "Of `ci` and `cd` both are true, or both are false.",
    why: "One says build, the other deployment, and a run is documented as one of the two.",
    source: PAGES,
    example: r#""ci": true, "cd": true"#,
    good: r#""ci": true, "cd": false"#,
    fix: "Makes the run one or the other.",
};

pub(super) const CI_CD_MISSING: Rule = Rule {
    code: "ci-cd-missing",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    meaning: "Neither `ci` nor `cd` is set.",
    why: "SEI cannot tell whether the run built something or deployed it, and reports of either kind may miss it.",
    source: PAGES,
    example: r#""ci": null, "cd": null"#,
    good: r#""ci": true, "cd": false"#,
    fix: "Sets both; the directions of the artifacts tell which is likelier.",
};

pub(super) const CI_CD_ARTIFACTS: Rule = Rule {
    code: "ci-cd-artifacts",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    meaning: "A build has only artifacts that it consumed, or a deployment only such that it produced.",
    why: "SEI pairs what a build put out with what a deployment took in; the other way round nothing is paired.",
    source: CLIENTS,
    example: r#""artifacts": [{"input": true, "type": "container", "location": "registry.example/shop", "name": "web", "qualifier": "1.2"}]"#,
    good: r#""artifacts": [{"output": true, "type": "container", "location": "registry.example/shop", "name": "web", "qualifier": "1.2"}]"#,
    fix: "Turns round the kind of the run, or the directions of the artifacts.",
};

/// Looks at both switches, from the place of the first; `ci` is a boolean.
pub(super) fn both(walk: &mut Walk<'_>, fields: &Fields<'_>, ci: bool, place: &Place<'_>) {
    if fields.part(Part::Cd).and_then(Value::as_bool) != Some(ci) {
        return;
    }
    let message = if ci {
        "ci and cd are both true: SEI documents one true and the other false.".to_owned()
    } else {
        "ci and cd are both false: SEI documents one true and the other false.".to_owned()
    };
    let problem = CI_CD_BOTH.at(place, message, choices(walk, fields));
    walk.add(place, problem);
}

/// `ci` is absent or null.
pub(super) fn missing(walk: &mut Walk<'_>, fields: &Fields<'_>, place: &Place<'_>) {
    let is_unset = fields.part(Part::Cd).is_none_or(|cd| *cd == Value::Null);
    if fields.plan.noun != Noun::Run || fields.object.is_empty() || !is_unset {
        return;
    }
    let message = "Neither ci nor cd is set: SEI cannot tell a build from a deployment.".to_owned();
    let problem = CI_CD_MISSING.at(place, message, choices(walk, fields));
    walk.add(place, problem);
}

/// Looks whether the artifacts go the way that the run goes.
pub(super) fn artifacts(walk: &mut Walk<'_>, fields: &Fields<'_>, record: &Place<'_>) {
    let flag = |part| fields.part(part).and_then(Value::as_bool).unwrap_or(false);
    let is_ci = match (flag(Part::Ci), flag(Part::Cd)) {
        (true, false) => true,
        (false, true) => false,
        (true, true) | (false, false) => return,
    };
    let (right, wrong) = if is_ci { ("output", "input") } else { ("input", "output") };
    let Some(artifacts) = fields.part(Part::Artifacts).and_then(Value::as_array) else { return };
    let (Some(place), Some(list)) =
        (fields.at(if is_ci { "ci" } else { "cd" }, record), fields.at("artifacts", record))
    else {
        return;
    };
    if any(artifacts, right) || !any(artifacts, wrong) {
        return;
    }
    let (kind, done) = if is_ci { ("build", "consumed") } else { ("deployment", "produced") };
    let message =
        format!("The run is a {kind}, but its artifacts are all marked as {done}: SEI pairs none of them.");
    let turned =
        Fix::offer(format!("mark them as {right}"), turn(artifacts, (right, wrong), &list.pointer()));
    let other = choices(walk, fields).into_iter().find(|fix| fix.label.starts_with("CI") != is_ci);
    let fixes = std::iter::once(turned).chain(other).collect();
    walk.add(&place, CI_CD_ARTIFACTS.at(&place, message, fixes));
}

/// The edits that turn the direction of each artifact that has one.
fn turn(artifacts: &[Value], (right, wrong): (&str, &str), at: &Pointer) -> Vec<Edit> {
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

/// Build or deployment, the likelier by the artifacts first.
fn choices(walk: &Walk<'_>, fields: &Fields<'_>) -> Vec<Fix> {
    let key = |part| fields.plan.part(part).and_then(|position| fields.plan.fields.get(position));
    let (Some(ci), Some(cd)) = (key(Part::Ci), key(Part::Cd)) else { return Vec::new() };
    let fix = |label: &str, is_ci: bool| {
        let at = |name: &str| document::Pointer::root().key(name);
        let mut edits = document::set(walk.root, &at(&ci.field.name), Value::Bool(is_ci));
        edits.extend(document::set(walk.root, &at(&cd.field.name), Value::Bool(!is_ci)));
        Fix::offer(label, edits)
    };
    let (build, deployment) = (fix("CI: it built something", true), fix("CD: it deployed something", false));
    if is_deployment(fields) { vec![deployment, build] } else { vec![build, deployment] }
}

/// Whether all artifacts that tell a direction are inputs.
fn is_deployment(fields: &Fields<'_>) -> bool {
    let artifacts = fields.part(Part::Artifacts).and_then(Value::as_array).unwrap_or_default();
    any(artifacts, "input") && !any(artifacts, "output")
}

fn any(artifacts: &[Value], key: &str) -> bool {
    artifacts.iter().filter_map(Value::as_object).any(|artifact| is_set(artifact, key))
}

fn is_set(artifact: &Object, key: &str) -> bool {
    artifact.get(key).and_then(Value::as_bool) == Some(true)
}
