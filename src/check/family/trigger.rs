//! Triggers: the causes that started the run, named as in Jenkins.

use crate::catalog::{Evidence, FieldRole};
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::{quote, series, show};
use crate::check::place::ValuePlace;
use crate::check::plan::Expect;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype::replace;
use crate::check::rule::{BACKEND, CLIENTS, Rule};
use crate::document::{Edit, Value};
use crate::text::closest;

pub(in crate::check) const TRIGGER_INCOMPLETE: Rule = Rule {
    code: "trigger-incomplete",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    loss: Some(Loss::Stages),
    other_losses: &[],
    meaning: "The id or type of a trigger is absent or null.",
    why: "SEI stores the triggers before stages and artifacts. SEI cannot store a trigger without id or type: it keeps \
          the run, but drops all its stages and artifacts.",
    source: BACKEND,
    example: r#""trigger_chain": [{"type": "SCMTriggerCause"}]"#,
    good: r#""trigger_chain": [{"id": "SCMTrigger", "type": "SCMTriggerCause"}]"#,
    fix: "",
};

pub(in crate::check) const TRIGGER_NUMBER: Rule = Rule {
    code: "trigger-number",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: Some(Loss::Stages),
    other_losses: &[],
    meaning: "The `job_run_number` of a trigger does not fit into 32 bits.",
    why: "SEI reads this number as a 32-bit whole number. SEI cannot store a larger number, such as a GitHub run \
          id: it keeps the run, but drops all its stages and artifacts.",
    source: BACKEND,
    example: r#""trigger_chain": [{"id": "shop/web", "type": "UpstreamCause", "job_run_number": "4487150517"}]"#,
    good: r#""trigger_chain": [{"id": "shop/web", "type": "UpstreamCause", "job_run_number": "2147483647"}]"#,
    fix: "Removes the number. The trigger still names the upstream job.",
};

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

/// Checks the members of a trigger, after the walk.
pub(in crate::check) fn trigger_incomplete(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let is_absent = |role: &FieldRole| fields.role(*role).is_none_or(|value| *value == Value::Null);
    let missing: Vec<FieldRole> =
        [FieldRole::TriggerId, FieldRole::TriggerType].into_iter().filter(is_absent).collect();
    let Some(place) = missing.first().and_then(|role| fields.at(*role, record)) else { return };
    let names: Vec<_> = missing.iter().map(|role| role.name()).collect();
    let message =
        format!("This trigger lacks {}: SEI drops all stages and artifacts of the run.", series(&names));
    report.add(&TRIGGER_INCOMPLETE, &place, message, Vec::new());
}

/// Checks the number of the upstream run, after the walk.
pub(in crate::check) fn trigger_number(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let Some(number) = fields.role(FieldRole::TriggerRun).filter(|number| is_beyond_32_bits(number)) else {
        return;
    };
    let Some(place) = fields.at(FieldRole::TriggerRun, record) else { return };
    let message = format!("{} does not fit into 32 bits: SEI drops all stages and artifacts.", show(number));
    let fix = Fix::offer(format!("remove {}", place.name()), vec![Edit::Remove { at: place.pointer() }]);
    report.add(&TRIGGER_NUMBER, &place, message, vec![fix]);
}

fn is_beyond_32_bits(value: &Value) -> bool {
    let text = match value {
        Value::Text(text) => text.trim(),
        Value::Number(number) if number.is_integer() => number.as_str(),
        Value::Number(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return false,
    };
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_whole = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_whole && text.parse::<i32>().is_err()
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
