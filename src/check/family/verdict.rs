//! Whether the results of the stages agree with that of the run, and the words they are given in.

use crate::catalog::{Evidence, FieldRole, RecordKind};
use crate::check::family::outcome;
use crate::check::fields::Fields;
use crate::check::phrase::{brief, quote};
use crate::check::place::ValuePlace;
use crate::check::plan::Expect;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype::replace;
use crate::check::rule::{OURS, PAGES, Rule};
use crate::document::{Object, Value};
use crate::text::closest;

pub(in crate::check) const STAGE_CONTRADICTS_RUN: Rule = Rule {
    code: "stage-contradicts-run",
    severity: Severity::Warning,
    evidence: Evidence::Advice,
    meaning: "A stage failed in a successful run, or every stage succeeded in a failed one.",
    why: "SEI reports both, and they tell different stories. A stage that may fail is a good reason for the first; \
          for the second, the stage that failed is missing.",
    source: OURS,
    example: r#""stages": [{"id": "1", "durationInMillis": 5000, "result": "failed"}]"#,
    good: r#""stages": [{"id": "1", "durationInMillis": 5000, "result": "succeeded"}]"#,
    fix: "",
};

pub(in crate::check) const STAGE_WORD: Rule = Rule {
    code: "stage-word",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    meaning: "The result or state of a stage or step is outside the vocabularies of Azure Pipelines and Jenkins.",
    why: "The documentation's samples use the words of Azure Pipelines, SEI's plugin those of Jenkins; SEI keeps any \
          other word, but its reports do not know what it means. Case does not matter here.",
    source: PAGES,
    example: r#""stages": [{"id": "1", "durationInMillis": 5000, "result": "great"}]"#,
    good: r#""stages": [{"id": "1", "durationInMillis": 5000, "result": "succeeded"}]"#,
    fix: "Writes the known word that is nearest in spelling.",
};

/// What Jenkins says where the catalog has the words of Azure Pipelines.
const RESULTS: [&str; 6] = ["SUCCESS", "FAILURE", "UNSTABLE", "ABORTED", "NOT_BUILT", "UNKNOWN"];
const STATES: [&str; 1] = ["FINISHED"];

/// Results of stages that a failed run does not get its failure from.
const HARMLESS: [&str; 7] =
    ["succeeded", "succeededwithissues", "success", "skipped", "passed", "not_built", "ok"];

pub(in crate::check) fn stage_word(
    report: &mut Report<'_>,
    expect: Expect,
    word: &str,
    place: &ValuePlace<'_>,
) {
    let is_result = expect.role == Some(FieldRole::StageResult);
    let others: &[&str] = if is_result { &RESULTS } else { &STATES };
    let known = || expect.field.words.iter().map(String::as_str).chain(others.iter().copied());
    if word.is_empty() || known().any(|known| known.eq_ignore_ascii_case(word)) {
        return;
    }
    let near = closest(word, known());
    let message = match near {
        Some(near) => format!("{} is no {} that SEI knows; {near} is.", quote(word), expect.field.name),
        None => format!(
            "{} is no {} that SEI knows: it is kept, but not counted.",
            quote(word),
            expect.field.name
        ),
    };
    let fix = near.map(|near| Fix::offer(near, replace(place, Value::from(near))));
    report.add(&STAGE_WORD, place, message, fix.into_iter().collect());
}

/// Checks a run or a stage, after the walk has been through it.
pub(in crate::check) fn stage_contradicts_run(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let (message, role) = match (fields.plan.kind, report.is_success) {
        (RecordKind::JobRun, Some(false)) => (contradiction_of_run(fields), FieldRole::Result),
        (RecordKind::Stage, Some(true)) => (contradiction_of_stage(fields), FieldRole::StageResult),
        _ => return,
    };
    if let (Some(message), Some(place)) = (message, fields.at(role, record)) {
        report.add(&STAGE_CONTRADICTS_RUN, &place, message, Vec::new());
    }
}

/// A stage failed in a successful run.
fn contradiction_of_stage(fields: &Fields<'_>) -> Option<String> {
    let word = fields.text(FieldRole::StageResult).filter(|word| outcome::is_success(word) == Some(false))?;
    let name = fields.text(FieldRole::StageName).map_or_else(|| "this stage".to_owned(), brief);
    Some(format!("{} is the result of {name}, but the run was a success.", brief(word)))
}

/// No stage failed in a failed run.
fn contradiction_of_run(fields: &Fields<'_>) -> Option<String> {
    let tree = fields.role(FieldRole::StageTree).and_then(Value::as_object);
    let stages = tree.and_then(|tree| tree.get(FieldRole::Stages.name()));
    let stages = stages.and_then(Value::as_array).unwrap_or_default();
    let is_harmless = |stage: &Object| {
        let word = stage.get(FieldRole::StageResult.name()).and_then(Value::as_text).map(str::trim);
        word.is_some_and(|word| HARMLESS.iter().any(|known| known.eq_ignore_ascii_case(word)))
    };
    let is_contrary =
        !stages.is_empty() && stages.iter().all(|stage| stage.as_object().is_some_and(is_harmless));
    is_contrary
        .then(|| "The run failed, but none of its stages did: the one that failed is missing.".to_owned())
}
