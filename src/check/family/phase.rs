//! Phases of a run that builds and deploys: the entries of `phase_events`, and whether the run
//! agrees with them.

use crate::catalog::{Evidence, FieldRole};
use crate::check::family::outcome;
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::rule::{PLUGIN, Rule};
use crate::document::{self, Edit, Number, Object, Pointer, Value};

pub(in crate::check) const PHASE_EVENT: Rule = Rule {
    code: "phase-event",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: Some(Loss::Field),
    other_losses: &[Some(Loss::Count)],
    meaning: "An entry of `phase_events` lacks its phase, its times or the environment of a deployment, or its members \
              contradict each other.",
    why: "The phase decides how SEI counts the entry: CI is a build, CD is a deployment to an environment. SEI's Jenkins \
          plugin sends only these two words, and commits only with CI.",
    source: PLUGIN,
    example: r#""ci": false, "cd": true, "phase_events": [{"phase": "CD", "environment": "live", "start_time": 1751358600000, "end_time": 1751358660000, "scm_commit_ids": ["64be72b2c1f7d2a33082f98a40a848880fcdcd5e"]}]"#,
    good: r#""ci": false, "cd": true, "phase_events": [{"phase": "CD", "environment": "live", "start_time": 1751358600000, "end_time": 1751358660000}]"#,
    fix: "Writes the phase in capitals, or removes the commits of a deployment.",
};

pub(in crate::check) const PHASE_KIND: Rule = Rule {
    code: "phase-kind",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: None,
    other_losses: &[],
    meaning: "`ci` and `cd` disagree with the phases in `phase_events`.",
    why: "SEI's Jenkins plugin sets `ci` for a run with a CI phase and `cd` for one with a CD phase.",
    source: PLUGIN,
    example: r#""ci": false, "cd": true, "phase_events": [{"phase": "CI", "start_time": 1751358600000, "end_time": 1751358660000}]"#,
    good: r#""ci": true, "cd": false, "phase_events": [{"phase": "CI", "start_time": 1751358600000, "end_time": 1751358660000}]"#,
    fix: "Sets both to match the phases.",
};

pub(in crate::check) const PHASE_SPLIT: Rule = Rule {
    code: "phase-split",
    severity: Severity::Hint,
    evidence: Evidence::Seen,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "`phase_events` has CI and CD phases in one run.",
    why: "Only newer servers read this field, and only in the wrapped format. An older server sees one run with one \
          result. Send two runs instead: every server supports that.",
    source: PLUGIN,
    example: r#""ci": true, "cd": true, "phase_events": [{"phase": "CI", "start_time": 1751358600000, "end_time": 1751358620000}, {"phase": "CD", "environment": "live", "start_time": 1751358620000, "end_time": 1751358660000}]"#,
    good: r#""ci": true, "cd": false, "phase_events": [{"phase": "CI", "start_time": 1751358600000, "end_time": 1751358620000}]"#,
    fix: "Two fixes: keep the CI phases, or keep the CD phases under another name. Apply each to its own copy of the run.",
};

/// The loss of a phase that SEI cannot count; other faults of a phase lose a field.
const COUNT: Option<Loss> = Some(Loss::Count);

const CI: &str = "CI";
const CD: &str = "CD";

/// The suffix of the full name of a deployment: SEI drops a second run with the same name and
/// number.
const DEPLOYMENT: &str = "/cd";

fn events<'a>(fields: &Fields<'a>) -> impl Iterator<Item = &'a Object> {
    let events = fields.role(FieldRole::PhaseEvents).and_then(Value::as_array).unwrap_or_default();
    events.iter().filter_map(Value::as_object)
}

fn is_of(event: &Object, phase: &str) -> bool {
    event.get(FieldRole::Phase.name()).and_then(Value::as_text).is_some_and(|own| own.trim() == phase)
}

fn has(fields: &Fields<'_>, phase: &str) -> bool {
    events(fields).any(|event| is_of(event, phase))
}

/// Whether a run has phases of both kinds, so that `ci` and `cd` may both be true.
pub(in crate::check) fn has_both(fields: &Fields<'_>) -> bool {
    has(fields, CI) && has(fields, CD)
}

/// Checks an entry, after the walk.
pub(in crate::check) fn phase_event(report: &mut Report<'_>, fields: &Fields<'_>, record: &ValuePlace<'_>) {
    if let Some(place) = fields.at(FieldRole::Phase, record)
        && let Some((message, fix)) = word_fault(fields, &place)
    {
        report.add(&PHASE_EVENT.losing(COUNT), &place, message, fix.into_iter().collect());
    }
    let is_deployment = fields.text(FieldRole::Phase) == Some(CD);
    let mut faults = Vec::new();
    if is_deployment && fields.text(FieldRole::PhaseEnvironment).is_none() {
        faults.push((FieldRole::PhaseEnvironment, "This CD phase has no environment."));
    }
    let is_absent = |role| fields.role(role).is_none_or(|value| *value == Value::Null);
    if is_absent(FieldRole::StartTime) {
        faults.push((FieldRole::StartTime, "This phase has no start_time."));
    }
    if is_absent(FieldRole::PhaseEnd) {
        faults.push((FieldRole::PhaseEnd, "This phase has no end_time."));
    }
    if let (Some(start), Some(end)) =
        (whole(fields, FieldRole::StartTime), whole(fields, FieldRole::PhaseEnd))
        && end < start
    {
        faults.push((FieldRole::PhaseEnd, "This phase ends before it starts."));
    }
    for (role, message) in faults {
        let Some(place) = fields.at(role, record) else { continue };
        report.add(&PHASE_EVENT.losing(COUNT), &place, message.to_owned(), Vec::new());
    }
    let commits = fields.role(FieldRole::Commits).and_then(Value::as_array).unwrap_or_default();
    if let Some(place) =
        fields.at(FieldRole::Commits, record).filter(|_| is_deployment && !commits.is_empty())
    {
        let edits = vec![Edit::Remove { at: place.pointer() }];
        let fix = Fix::offer("remove the commits of this phase", edits);
        let message = "SEI keeps commits only for CI phases.".to_owned();
        report.add(&PHASE_EVENT, &place, message, vec![fix]);
    }
}

fn whole(fields: &Fields<'_>, role: FieldRole) -> Option<i64> {
    fields.role(role).and_then(Value::as_number).and_then(Number::as_i64)
}

/// The fault of the phase name. Another rule reports values that are not text.
fn word_fault(fields: &Fields<'_>, place: &ValuePlace<'_>) -> Option<(String, Option<Fix>)> {
    let word = match fields.role(FieldRole::Phase) {
        None | Some(Value::Null) => "",
        Some(value) => value.as_text()?.trim(),
    };
    if word.is_empty() {
        return Some(("Without a phase (CI or CD), SEI cannot count this entry.".to_owned(), None));
    }
    if [CI, CD].contains(&word) {
        return None;
    }
    let right = [CI, CD].into_iter().find(|right| right.eq_ignore_ascii_case(word));
    let fix = right.map(|right| {
        let edits = vec![Edit::Replace { at: place.pointer(), value: Value::from(right) }];
        Fix::offer(format!("write {right}"), edits)
    });
    Some((format!("{} is not a phase: SEI knows only CI and CD.", quote(word)), fix))
}

/// Compares the kind of the run with its phases.
pub(in crate::check) fn phase_kind(report: &mut Report<'_>, fields: &Fields<'_>, record: &ValuePlace<'_>) {
    let (builds, deploys) = (has(fields, CI), has(fields, CD));
    let flag = |role| fields.role(role).and_then(Value::as_bool);
    let (ci, cd) = (flag(FieldRole::Ci), flag(FieldRole::Cd));
    let is_same = (ci.unwrap_or_default(), cd.unwrap_or_default()) == (builds, deploys);
    let is_unknown = !builds && !deploys || ci.is_none() && cd.is_none();
    let place = fields.at(FieldRole::PhaseEvents, record).filter(|_| !is_same && !is_unknown);
    let Some(place) = place else { return };
    let fix =
        Fix::offer(format!("set ci to {builds}, cd to {deploys}"), flags(report.document, builds, deploys));
    let phases = match (builds, deploys) {
        (true, true) => "CI and CD",
        (true, false) => CI,
        (false, _) => CD,
    };
    let message = format!("The phases are {phases}, but ci and cd of the run disagree.");
    report.add(&PHASE_KIND, &place, message, vec![fix]);
}

/// Reports a run with phases of both kinds and offers to split it.
pub(in crate::check) fn phase_split(report: &mut Report<'_>, fields: &Fields<'_>, record: &ValuePlace<'_>) {
    let place = fields.at(FieldRole::PhaseEvents, record).filter(|_| has_both(fields));
    let Some(place) = place else { return };
    let fixes = vec![keep(report.document, fields, CI), keep(report.document, fields, CD)];
    let message = "This run builds and deploys: older servers ignore phase_events and see one run.";
    report.add(&PHASE_SPLIT, &place, message.to_owned(), fixes);
}

fn flags(root: &Value, ci: bool, cd: bool) -> Vec<Edit> {
    let set = |role: FieldRole, value: bool| {
        document::set(root, &Pointer::root().key(role.name()), Value::Bool(value))
    };
    let mut edits = set(FieldRole::Ci, ci);
    edits.extend(set(FieldRole::Cd, cd));
    edits
}

/// A fix that keeps the phases of one kind and copies their times, result and artifacts to the run.
fn keep(root: &Value, fields: &Fields<'_>, phase: &str) -> Fix {
    let matching: Vec<&Object> = events(fields).filter(|event| is_of(event, phase)).collect();
    let number = |event: &&Object, role: FieldRole| event.get(role.name())?.as_number()?.as_i64();
    let start = matching.iter().filter_map(|event| number(event, FieldRole::StartTime)).min();
    let end = matching.iter().filter_map(|event| number(event, FieldRole::PhaseEnd)).max();
    let results = || matching.iter().filter_map(|event| event.get(FieldRole::Result.name())?.as_text());
    let failed = results().find(|word| outcome::is_success(word) == Some(false));
    let artifacts: Vec<Value> = matching
        .iter()
        .filter_map(|event| event.get(FieldRole::Artifacts.name())?.as_array())
        .flatten()
        .cloned()
        .collect();
    let full_name = fields.text(FieldRole::FullName).filter(|_| phase == CD);
    let full_name = full_name.map(|name| format!("{name}{DEPLOYMENT}"));
    let duration =
        start.zip(end).and_then(|(start, end)| end.checked_sub(start)).filter(|length| *length >= 0);
    let label = match &full_name {
        Some(name) => format!("keep the CD phases as a run of {}", quote(name)),
        None => format!("keep the {phase} phases"),
    };
    let list = matching.iter().map(|event| Value::Object((*event).clone())).collect();
    let parts = [
        (FieldRole::FullName, full_name.map(Value::Text)),
        (FieldRole::Result, failed.or_else(|| results().next()).map(Value::from)),
        (FieldRole::StartTime, start.filter(|_| duration.is_some()).map(Value::from)),
        (FieldRole::Duration, duration.map(Value::from)),
        (FieldRole::Artifacts, (!artifacts.is_empty()).then_some(Value::Array(artifacts))),
        (FieldRole::PhaseEvents, Some(Value::Array(list))),
    ];
    let mut edits = flags(root, phase == CI, phase == CD);
    for (role, value) in parts {
        let Some(value) = value else { continue };
        edits.extend(document::set(root, &Pointer::root().key(role.name()), value));
    }
    Fix::offer(label, edits)
}
