//! Rules about previous runs of the same job: runs that were sent before, and the case of results.

use crate::catalog::{Evidence, FieldRole};
use crate::check::context::{Context, PreviousRun, ResultCase};
use crate::check::family::outcome;
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::quote;
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype::replace;
use crate::check::rule::{BACKEND, Rule};
use crate::document::{self, Value};

pub(in crate::check) const RUN_ALREADY_SENT: Rule = Rule {
    code: "run-already-sent",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: Some(Loss::Run),
    other_losses: &[],
    meaning: "A run of the same instance GUID, full name and build number was accepted before.",
    why: "Instance GUID, full name and build number identify a run, and SEI keeps the first run: its result and duration \
          do not change, while artifacts are replaced and stages are added or updated.",
    source: BACKEND,
    example: r#""build_number": 318"#,
    good: r#""build_number": 319"#,
    fix: "Uses the number after the highest number that was sent for this job.",
};

pub(in crate::check) const RESULT_CASE: Rule = Rule {
    code: "result-case",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: Some(Loss::Count),
    other_losses: &[],
    meaning: "The result is not in the case of previous runs of the job, or not in the preferred case.",
    why: "SEI stores the result unchanged, and its filters are case-sensitive: one job must keep one spelling.",
    source: BACKEND,
    example: r#""result": "success""#,
    good: r#""result": "SUCCESS""#,
    fix: "Writes the same word in the case of the previous runs.",
};

/// The previous runs of the job of the document, the oldest first.
pub(in crate::check) fn runs<'c>(
    context: &'c Context,
    fields: &Fields<'_>,
) -> impl DoubleEndedIterator<Item = &'c PreviousRun> {
    let identity = fields.text(FieldRole::InstanceGuid).zip(fields.text(FieldRole::FullName));
    context.previous_runs.iter().filter(move |run| {
        identity
            .is_some_and(|(guid, name)| run.full_name.trim() == name && run.guid.eq_ignore_ascii_case(guid))
    })
}

/// The case of the latest result of the job that SEI accepted.
pub(in crate::check) fn case_of_job(context: &Context, fields: &Fields<'_>) -> Option<ResultCase> {
    runs(context, fields).rev().filter(|run| run.accepted).find_map(|run| ResultCase::of(&run.result))
}

pub(in crate::check) fn run_already_sent(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let number = match fields.role(FieldRole::BuildNumber) {
        None | Some(Value::Null) => Some(0),
        Some(value) => value.as_i64(),
    };
    let (Some(number), Some(place)) = (number, fields.at(FieldRole::BuildNumber, record)) else { return };
    let numbers = || runs(report.context, fields).map(|run| (run.build_number.unwrap_or(0), run.accepted));
    if !numbers().any(|(other, accepted)| accepted && other == number) {
        return;
    }
    let next = numbers().map(|(other, _)| other).max().and_then(|highest| highest.checked_add(1));
    let fix = next.map(|next| {
        let edits = document::set(report.document, &place.pointer(), Value::from(next));
        Fix::offer(format!("use the next number: {next}"), edits)
    });
    let message =
        format!("Run {number} of this job was accepted before: SEI keeps the first result and duration.");
    report.add(&RUN_ALREADY_SENT, &place, message, fix.into_iter().collect());
}

pub(in crate::check) fn result_case(report: &mut Report<'_>, fields: &Fields<'_>, record: &ValuePlace<'_>) {
    let word = fields.text(FieldRole::Result).filter(|word| outcome::is_documented(word));
    let (Some(word), Some(place)) = (word, fields.at(FieldRole::Result, record)) else { return };
    let own = ResultCase::of(word);
    let (wanted, name) = match (report.result_case, report.context.result_case) {
        (Some(wanted), _) => (wanted, "the case of previous runs"),
        (None, Some(wanted)) => (wanted, "the preferred case"),
        (None, None) => return,
    };
    if own == Some(wanted) {
        return;
    }
    let right = wanted.spell(word);
    let message =
        format!("{} is not in {name} ({}): SEI's filters are case-sensitive.", quote(word), wanted.word());
    let fix = Fix::safe(right.clone(), replace(&place, Value::from(right)));
    report.add(&RESULT_CASE, &place, message, vec![fix]);
}
