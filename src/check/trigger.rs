//! What started the run: causes, in the words of Jenkins.

use super::fields::Fields;
use super::phrase::quote;
use super::place::Place;
use super::retype::replace;
use super::rule::CLIENTS;
use super::walk::{Expect, Walk};
use super::{Evidence, Fix, Rule, Severity};
use crate::document::Value;
use crate::text::closest;

pub(super) const TRIGGER_TYPE: Rule = Rule {
    code: "trigger-type",
    severity: Severity::Hint,
    evidence: Evidence::Seen,
    meaning: "The type of a trigger is none that SEI's own clients send.",
    why: "The type decides what the id of a trigger means; of an unknown one SEI can only show the name.",
    source: CLIENTS,
    example: r#""trigger_chain": [{"id": "SCMTrigger", "type": "push"}]"#,
    good: r#""trigger_chain": [{"id": "SCMTrigger", "type": "SCMTriggerCause"}]"#,
    fix: "Writes the known type that is nearest in spelling.",
};

pub(super) const TRIGGER_UPSTREAM: Rule = Rule {
    code: "trigger-upstream",
    severity: Severity::Hint,
    evidence: Evidence::Seen,
    meaning: "An upstream cause has no `job_run_number`.",
    why: "Its id names the upstream job; without the number nobody can tell which run of it was the cause.",
    source: CLIENTS,
    example: r#""trigger_chain": [{"id": "shop/web", "type": "UpstreamCause"}]"#,
    good: r#""trigger_chain": [{"id": "shop/web", "type": "UpstreamCause", "job_run_number": "207"}]"#,
    fix: "",
};

/// The causes whose id is a job.
const UPSTREAM: [&str; 2] = ["UpstreamCause", "BuildUpstreamCause"];

/// Looks at the type of a trigger.
pub(super) fn kind(walk: &mut Walk<'_>, expect: Expect, kind: &str, place: &Place<'_>) {
    let known = || expect.field.words.iter().map(String::as_str);
    if kind.is_empty() || known().any(|known| known == kind) {
        return;
    }
    let near = closest(kind, known());
    let message = format!("{} is no type of trigger that SEI's clients send.", quote(kind));
    let fix = near.map(|near| Fix::offer(near, replace(place, Value::from(near))));
    walk.add(place, TRIGGER_TYPE.at(place, message, fix.into_iter().collect()));
}

/// Looks at a trigger, after the walk has been through it.
pub(super) fn upstream(walk: &mut Walk<'_>, fields: &Fields<'_>, record: &Place<'_>) {
    let is_upstream = fields.text("type").is_some_and(|kind| UPSTREAM.contains(&kind));
    let number = fields.plan.find("job_run_number").and_then(|(position, _)| fields.value(position));
    let is_open = match number {
        None | Some(Value::Null) => true,
        Some(Value::Text(text)) => text.trim().is_empty(),
        Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => false,
    };
    let Some(place) = fields.at("job_run_number", record).filter(|_| is_upstream && is_open) else { return };
    let job = fields.text("id").map_or_else(|| "the upstream job".to_owned(), quote);
    let message = format!("Which run of {job} was the cause? job_run_number says it, as text.");
    walk.add(&place, TRIGGER_UPSTREAM.at(&place, message, Vec::new()));
}
