//! Triggers: the causes that started the run, named as in Jenkins.

use crate::catalog::{Evidence, FieldRole};
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::plan::Expect;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype::replace;
use crate::check::rule::{CLIENTS, Rule};
use crate::document::Value;
use crate::text::closest;

pub(in crate::check) const TRIGGER_TYPE: Rule = Rule {
    code: "trigger-type",
    severity: Severity::Hint,
    evidence: Evidence::Seen,
    loss: None,
    other_losses: &[],
    meaning: "The type of a trigger is not a type that SEI's own clients send.",
    why: "The type defines the meaning of the id. For an unknown type, SEI can only show the name.",
    source: CLIENTS,
    example: r#""trigger_chain": [{"id": "SCMTrigger", "type": "push"}]"#,
    good: r#""trigger_chain": [{"id": "SCMTrigger", "type": "SCMTriggerCause"}]"#,
    fix: "Writes the known type with the nearest spelling.",
};

pub(in crate::check) const TRIGGER_UPSTREAM: Rule = Rule {
    code: "trigger-upstream",
    severity: Severity::Hint,
    evidence: Evidence::Seen,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "An upstream cause has no `job_run_number`.",
    why: "The id names the upstream job. Without the number, the run that was the cause is unknown.",
    source: CLIENTS,
    example: r#""trigger_chain": [{"id": "shop/web", "type": "UpstreamCause"}]"#,
    good: r#""trigger_chain": [{"id": "shop/web", "type": "UpstreamCause", "job_run_number": "207"}]"#,
    fix: "",
};

/// The types whose id is the full name of a job.
const UPSTREAM: [&str; 2] = ["UpstreamCause", "BuildUpstreamCause"];

pub(in crate::check) fn trigger_type(
    report: &mut Report<'_>,
    expect: Expect,
    kind: &str,
    place: &ValuePlace<'_>,
) {
    let known = || expect.field.words.iter().map(String::as_str);
    if kind.is_empty() || known().any(|known| known == kind) {
        return;
    }
    let near = closest(kind, known());
    let message = format!("{} is not a trigger type that SEI's clients send.", quote(kind));
    let fix = near.map(|near| Fix::offer(near, replace(place, Value::from(near))));
    report.add(&TRIGGER_TYPE, place, message, fix.into_iter().collect());
}

/// Checks a trigger, after the walk.
pub(in crate::check) fn trigger_upstream(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let is_upstream = fields.text(FieldRole::TriggerType).is_some_and(|kind| UPSTREAM.contains(&kind));
    let number = fields.role(FieldRole::TriggerRun);
    let is_open = match number {
        None | Some(Value::Null) => true,
        Some(Value::Text(text)) => text.trim().is_empty(),
        Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => false,
    };
    let Some(place) = fields.at(FieldRole::TriggerRun, record).filter(|_| is_upstream && is_open) else {
        return;
    };
    let job = fields.text(FieldRole::TriggerId).map_or_else(|| "the upstream job".to_owned(), quote);
    let number = FieldRole::TriggerRun.name();
    let message = format!("Without {number}, SEI does not know which run of {job} was the cause.");
    report.add(&TRIGGER_UPSTREAM, &place, message, Vec::new());
}
