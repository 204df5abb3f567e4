//! Stages and steps: the members that SEI's database requires.

use crate::catalog::{Evidence, FieldRole, RecordKind};
use crate::check::family::identity;
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::{quote, show};
use crate::check::place::ValuePlace;
use crate::check::plan::RecordPlan;
use crate::check::problem::{Fix, Severity};
use crate::check::repeat::Sorted;
use crate::check::report::Report;
use crate::check::rule::{BACKEND, PAGES, Rule};
use crate::document::{self, Edit, Value};
use crate::time::Duration;

pub(in crate::check) const STAGE_ID_MISSING: Rule = Rule {
    code: "stage-id-missing",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    loss: Some(Loss::Stages),
    other_losses: &[Some(Loss::Step)],
    meaning: "A stage or step has no `id`, or a blank one.",
    why: "SEI's database requires the id. Without it, SEI drops this stage and all later stages, or this one step, but \
          keeps the run. No example in the documentation has an id.",
    source: BACKEND,
    example: r#""stages": [{"displayName": "Build", "durationInMillis": 5000}]"#,
    good: r#""stages": [{"id": "1", "displayName": "Build", "durationInMillis": 5000}]"#,
    fix: "Assigns a number that no other stage or step of the list has.",
};

pub(in crate::check) const ID_DUPLICATE: Rule = Rule {
    code: "id-duplicate",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    loss: Some(Loss::Stages),
    other_losses: &[Some(Loss::Step)],
    meaning: "Two steps of a stage have the same `id`, or two stages of a run have ids with the same first 50 characters.",
    why: "SEI stores a stage under the first 50 characters of its id, and a step under its id, so the later one \
          overwrites the first one.",
    source: BACKEND,
    example: r#""stages": [{"id": "1"}, {"id": "1"}]"#,
    good: r#""stages": [{"id": "1", "durationInMillis": 5000}, {"id": "2", "durationInMillis": 5000}]"#,
    fix: "Assigns a free number to the later one.",
};

pub(in crate::check) const STAGE_LOG_FORM: Rule = Rule {
    code: "stage-log-form",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    loss: Some(Loss::Run),
    other_losses: &[],
    meaning: "A stage has a `log` that is not a UUID.",
    why: "The documentation does not have this key, but SEI reads it as a UUID. SEI refuses a body with another value.",
    source: BACKEND,
    example: r#""stages": [{"id": "1", "durationInMillis": 5000, "log": "https://ci.example/log/7"}]"#,
    good: r#""stages": [{"id": "1", "durationInMillis": 5000}]"#,
    fix: "Removes the key.",
};

pub(in crate::check) const STAGE_DURATION_MISSING: Rule = Rule {
    code: "stage-duration-missing",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    loss: Some(Loss::Stages),
    other_losses: &[],
    meaning: "The `durationInMillis` of a stage or step is absent or null.",
    why: "SEI cannot store a stage without a duration, or with a step without one, and drops this stage and all later \
          stages. The run is kept.",
    source: BACKEND,
    example: r#""stages": [{"id": "1", "displayName": "Build"}]"#,
    good: r#""stages": [{"id": "1", "displayName": "Build", "durationInMillis": 5000}]"#,
    fix: "Writes the sum of the steps of the stage, or 0.",
};

pub(in crate::check) const JOB_RUN_EMPTY: Rule = Rule {
    code: "job-run-empty",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    loss: None,
    other_losses: &[],
    meaning: "`job_run` is present, but has no stages.",
    why: "An empty `job_run` equals an absent one. Omit `job_run` if you do not know the stages.",
    source: PAGES,
    example: r#""job_run": {"stages": []}"#,
    good: r#""job_run": null"#,
    fix: "Removes it, if it contains nothing else.",
};

/// Checks `job_run`, after the walk.
pub(in crate::check) fn job_run_empty(report: &mut Report<'_>, fields: &Fields<'_>, record: &ValuePlace<'_>) {
    let is_empty = match fields.object.get(FieldRole::Stages.name()) {
        None | Some(Value::Null) => true,
        Some(Value::Array(stages)) => stages.is_empty(),
        Some(Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Object(_)) => false,
    };
    if !is_empty {
        return;
    }
    let name = record.name();
    let has_nothing_else = fields.object.keys().all(|key| key == FieldRole::Stages.name());
    let remove = || Fix::safe(format!("remove {name}"), vec![Edit::Remove { at: record.pointer() }]);
    let fixes = has_nothing_else.then(remove).into_iter().collect();
    let message = format!("{name} has no stages, so it adds nothing to the run.");
    report.add(&JOB_RUN_EMPTY, record, message, fixes);
}

/// The ids of the stages or steps of one list.
pub(in crate::check) struct Ids<'a> {
    kind: RecordKind,
    count: usize,
    sorted: Sorted<&'a str>,
}

impl<'a> Ids<'a> {
    pub(in crate::check) fn of(values: &'a [Value], plan: &RecordPlan) -> Self {
        let name = FieldRole::StageId.name();
        let id = |value: &'a Value| Some(stored(plan.kind, value.as_object()?.get(name)?.as_text()?));
        let ids = (values.iter().enumerate()).filter_map(|(index, value)| Some((id(value)?, index)));
        Self { kind: plan.kind, count: values.len(), sorted: Sorted::of(ids) }
    }

    /// A rule about stages, for a step if the list has steps.
    const fn adapted(&self, rule: &Rule) -> Rule {
        if matches!(self.kind, RecordKind::Step) {
            rule.losing(Some(Loss::Step))
        } else {
            rule.losing(rule.loss)
        }
    }

    /// The index of the first stage or step that SEI stores under this id.
    fn first(&self, id: &str) -> Option<usize> {
        self.sorted.first(&stored(self.kind, id))
    }

    /// A free id for an index: its number from 1, or a higher number that no other index can get.
    fn free(&self, index: usize) -> String {
        let numbers = (1..).map(|round: usize| index + 1 + (round - 1) * self.count.max(1));
        numbers.map(|n| n.to_string()).find(|id| self.first(id).is_none()).unwrap_or_default()
    }

    const fn word(&self) -> &'static str {
        if matches!(self.kind, RecordKind::Step) { "step" } else { "stage" }
    }

    const fn title(&self) -> &'static str {
        if matches!(self.kind, RecordKind::Step) { "Step" } else { "Stage" }
    }
}

/// The number of characters of an id of a stage that SEI stores.
const STORED: usize = 50;

/// The part of an id that SEI stores.
fn stored(kind: RecordKind, id: &str) -> &str {
    // A text has no more characters than bytes.
    if kind == RecordKind::Step || id.len() <= STORED {
        return id;
    }
    id.char_indices().nth(STORED).and_then(|(end, _)| id.get(..end)).unwrap_or(id)
}

/// The fix that assigns a free id to the stage or step at an index.
fn assign(report: &Report<'_>, ids: &Ids<'_>, index: usize, place: &ValuePlace<'_>) -> Fix {
    let id = ids.free(index);
    let label = format!("assign id {id}");
    Fix::safe(label, document::set(report.document, &place.pointer(), Value::Text(id)))
}

/// `id` is absent, null or blank.
pub(in crate::check) fn stage_id_missing<'a>(
    report: &mut Report<'a>,
    fields: &Fields<'a>,
    peers: Option<(&Ids<'a>, usize)>,
    place: &ValuePlace<'_>,
) {
    let Some((ids, index)) = peers else { return };
    let lost =
        if matches!(ids.kind, RecordKind::Step) { "this step" } else { "this stage and all later stages" };
    let number = || format!("{} {}", ids.title(), index + 1);
    let name = fields.text(FieldRole::StageName).map_or_else(number, quote);
    let message = format!("{name} has no id: SEI drops {lost}.");
    let fix = assign(report, ids, index, place);
    report.add(&ids.adapted(&STAGE_ID_MISSING), place, message, vec![fix]);
}

pub(in crate::check) fn id_duplicate<'a>(
    report: &mut Report<'a>,
    id: &str,
    peers: Option<(&Ids<'a>, usize)>,
    place: &ValuePlace<'_>,
) {
    let Some((ids, index)) = peers else { return };
    let Some(first) = ids.first(id).filter(|first| *first != index) else { return };
    let (shown, word, number) = (quote(id), ids.word(), first + 1);
    let message = if id.len() <= STORED || ids.kind == RecordKind::Step {
        format!("{shown} is already the id of {word} {number}: SEI would keep one of the two.")
    } else {
        format!("{shown} starts like the id of {word} {number}: SEI would keep one of the two.")
    };
    let fix = assign(report, ids, index, place);
    report.add(&ids.adapted(&ID_DUPLICATE), place, message, vec![fix]);
}

/// The key of the log of a stage, which the documentation does not have.
pub(in crate::check) const LOG: &str = "log";

pub(in crate::check) fn stage_log_form(report: &mut Report<'_>, value: &Value, place: &ValuePlace<'_>) {
    if *value == Value::Null || value.as_text().is_some_and(identity::is_uuid) {
        return;
    }
    let message = format!("{} is not a UUID, as {LOG} of a stage must be: SEI refuses the run.", show(value));
    let fix = Fix::offer(format!("remove {LOG}"), vec![Edit::Remove { at: place.pointer() }]);
    report.add(&STAGE_LOG_FORM, place, message, vec![fix]);
}

/// `durationInMillis` is absent or null.
pub(in crate::check) fn stage_duration_missing(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    place: &ValuePlace<'_>,
) {
    let at = place.pointer();
    let word = if fields.plan.kind == RecordKind::Step { "step" } else { "stage" };
    let name = fields.text(FieldRole::StageName).map_or_else(|| format!("This {word}"), quote);
    let stage = if fields.plan.kind == RecordKind::Step { "its stage" } else { "this stage" };
    let message = format!("{name} has no {}: SEI drops {stage} and all later stages.", place.name());
    let fix = |label: String, millis: i64| {
        Fix::offer(label, document::set(report.document, &at, Value::from(millis)))
    };
    let sum = of_steps(fields, place.name())
        .map(|millis| fix(format!("add up its steps → {}", Duration::from_millis(millis).human()), millis));
    let fixes = sum.into_iter().chain(std::iter::once(fix("set 0".to_owned(), 0))).collect();
    report.add(&STAGE_DURATION_MISSING, place, message, fixes);
}

/// The sum of the durations of the steps in ms; `None` unless each step has one.
fn of_steps(fields: &Fields<'_>, duration: &str) -> Option<i64> {
    let steps = fields.object.get(FieldRole::Steps.name())?.as_array().filter(|steps| !steps.is_empty())?;
    steps.iter().try_fold(0_i64, |sum, step| {
        let millis = step.as_object()?.get(duration)?.as_i64().filter(|millis| *millis >= 0)?;
        sum.checked_add(millis)
    })
}
