//! The results of stages: whether they agree with the result of the run, and their words.

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
    loss: None,
    other_losses: &[],
    meaning: "A stage failed in a successful run, or every stage succeeded in a failed run.",
    why: "SEI shows both, so its dashboards contradict each other. A stage that is allowed to fail explains the first \
          case. In the second case, the failed stage is missing.",
    source: OURS,
    example: r#""stages": [{"id": "1", "durationInMillis": 5000, "result": "failed"}]"#,
    good: r#""stages": [{"id": "1", "durationInMillis": 5000, "result": "succeeded"}]"#,
    fix: "",
};

pub(in crate::check) const STAGE_WORD: Rule = Rule {
    code: "stage-word",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    loss: None,
    other_losses: &[],
    meaning: "The result or state of a stage or step is not a word of Azure Pipelines or Jenkins.",
    why: "The documentation's samples use words of Azure Pipelines, SEI's plugin uses words of Jenkins. SEI stores any \
          other word, but its dashboards do not know the meaning. Case does not matter here.",
    source: PAGES,
    example: r#""stages": [{"id": "1", "durationInMillis": 5000, "result": "great"}]"#,
    good: r#""stages": [{"id": "1", "durationInMillis": 5000, "result": "succeeded"}]"#,
    fix: "Writes the known word with the nearest spelling.",
};

/// The words of Jenkins; the catalog has only the words of Azure Pipelines.
const RESULTS: [&str; 6] = ["SUCCESS", "FAILURE", "UNSTABLE", "ABORTED", "NOT_BUILT", "UNKNOWN"];
const STATES: [&str; 1] = ["FINISHED"];

/// Results of stages that do not explain the failure of the run, in lower case.
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
        Some(near) => format!("{} is not a {} that SEI knows; {near} is.", quote(word), expect.field.name),
        None => format!(
            "{} is not a {} that SEI knows: it is stored, but not counted.",
            quote(word),
            expect.field.name
        ),
    };
    let fix = near.map(|near| Fix::offer(near, replace(place, Value::from(near))));
    report.add(&STAGE_WORD, place, message, fix.into_iter().collect());
}

/// Checks a run or a stage, after the walk.
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

/// The message for a failed stage in a successful run.
fn contradiction_of_stage(fields: &Fields<'_>) -> Option<String> {
    let word = fields.text(FieldRole::StageResult).filter(|word| outcome::is_success(word) == Some(false))?;
    let name = fields.text(FieldRole::StageName).map_or_else(|| "This stage".to_owned(), brief);
    Some(format!("{name} has the result {}, but the run was a success.", brief(word)))
}

/// The message for a failed run without a failed stage.
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
    is_contrary.then(|| "The run failed, but no stage did: the failed stage is missing.".to_owned())
}
