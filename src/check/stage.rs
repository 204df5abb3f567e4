//! Stages and steps: what SEI's store insists on.

use super::fields::Fields;
use super::phrase::quote;
use super::place::Place;
use super::plan::{Noun, Part, RecordPlan};
use super::walk::Walk;
use super::{Evidence, Fix, Rule, Severity};
use crate::document::{self, Value};
use crate::time::Duration;

pub(super) const STAGE_ID_MISSING: Rule = Rule {
    code: "stage-id-missing",
    severity: Severity::Warning,
    evidence: Evidence::Seen,
    meaning: "A stage or step has no `id`, or a blank one.",
    why: "SEI's store insists on it: this stage and all that follow it are lost, though the run itself is kept. None of \
          the documentation's examples has it.",
    example: r#""stages": [{"displayName": "Build", "durationInMillis": 5000}]"#,
    fix: "Assigns a number that no stage or step beside it has.",
};

pub(super) const ID_DUPLICATE: Rule = Rule {
    code: "id-duplicate",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    meaning: "Two stages of a run, or two steps of a stage, have the same `id`.",
    why: "The id is what SEI stores a stage or step under, so the later one overwrites the earlier one.",
    example: r#""stages": [{"id": "1"}, {"id": "1"}]"#,
    fix: "Gives the later one a number that is free.",
};

pub(super) const STAGE_DURATION_MISSING: Rule = Rule {
    code: "stage-duration-missing",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    meaning: "A stage or step has no `durationInMillis`, or a null one.",
    why: "SEI cannot store a stage without its duration, and loses it.",
    example: r#""stages": [{"id": "1", "displayName": "Build"}]"#,
    fix: "Adds up the steps of the stage, or writes 0.",
};

/// The ids of the stages or steps of one list.
pub(super) struct Ids<'a> {
    noun: Noun,
    count: usize,
    sorted: Vec<(&'a str, usize)>,
}

impl<'a> Ids<'a> {
    pub(super) fn of(values: &'a [Value], plan: &RecordPlan) -> Self {
        let name = plan.part(Part::StageId).and_then(|position| plan.fields.get(position));
        let mut sorted = Vec::with_capacity(values.len());
        if let Some(name) = name.map(|field| field.field.name.as_str()) {
            let id = |value: &'a Value| value.as_object()?.get(name)?.as_text();
            sorted.extend((values.iter().enumerate()).filter_map(|(index, value)| Some((id(value)?, index))));
        }
        sorted.sort_unstable();
        Self { noun: plan.noun, count: values.len(), sorted }
    }

    /// The first that has this id.
    fn first(&self, id: &str) -> Option<usize> {
        let start = self.sorted.partition_point(|(other, _)| *other < id);
        self.sorted.get(start).filter(|(other, _)| *other == id).map(|(_, index)| *index)
    }

    /// An id for the one at an index: its number, or else one so far beyond that no other index can come to it.
    fn free(&self, index: usize) -> String {
        let numbers = (1..).map(|round: usize| index + 1 + (round - 1) * self.count.max(1));
        numbers.map(|n| n.to_string()).find(|id| self.first(id).is_none()).unwrap_or_default()
    }

    const fn word(&self) -> &'static str {
        match self.noun {
            Noun::Step => "step",
            Noun::Run | Noun::Stage | Noun::Artifact | Noun::Other => "stage",
        }
    }
}

/// The fix that gives the stage or step at an index an id of its own.
fn assign(walk: &Walk<'_>, ids: &Ids<'_>, index: usize, place: &Place<'_>) -> Fix {
    let id = ids.free(index);
    let label = format!("assign id {id}");
    Fix::safe(label, document::set(walk.root, &place.pointer(), Value::Text(id)))
}

/// `id` is absent, null or blank.
pub(super) fn id_missing<'a>(
    walk: &mut Walk<'a>,
    fields: &Fields<'a>,
    among: Option<(&Ids<'a>, usize)>,
    place: &Place<'_>,
) {
    let Some((ids, index)) = among else { return };
    let word = ids.word();
    let name = fields.text("displayName").map_or_else(|| format!("{word} {}", index + 1), quote);
    let message = format!("{name} has no id: SEI loses this {word} and the stages that follow.");
    let problem = STAGE_ID_MISSING.at(place, message, vec![assign(walk, ids, index, place)]);
    walk.add(place, problem);
}

pub(super) fn id<'a>(walk: &mut Walk<'a>, id: &str, among: Option<(&Ids<'a>, usize)>, place: &Place<'_>) {
    let Some((ids, index)) = among else { return };
    let Some(first) = ids.first(id).filter(|first| *first != index) else { return };
    let word = ids.word();
    let message =
        format!("{} is the id of {word} {} already: SEI would keep one of the two.", quote(id), first + 1);
    let problem = ID_DUPLICATE.at(place, message, vec![assign(walk, ids, index, place)]);
    walk.add(place, problem);
}

/// `durationInMillis` is absent or null.
pub(super) fn duration_missing(walk: &mut Walk<'_>, fields: &Fields<'_>, place: &Place<'_>) {
    let at = place.pointer();
    let word = if fields.plan.noun == Noun::Step { "step" } else { "stage" };
    let name = fields.text("displayName").map_or_else(|| format!("This {word}"), quote);
    let message = format!("{name} has no {}: SEI cannot store a {word} without it.", place.name());
    let fix =
        |label: String, millis: i64| Fix::offer(label, document::set(walk.root, &at, Value::from(millis)));
    let sum = of_steps(fields, place.name())
        .map(|millis| fix(format!("sum of its steps → {}", Duration::from_millis(millis).human()), millis));
    let fixes = sum.into_iter().chain(std::iter::once(fix("set 0".to_owned(), 0))).collect();
    let problem = STAGE_DURATION_MISSING.at(place, message, fixes);
    walk.add(place, problem);
}

/// What the steps of a stage took together, when each of them says so.
fn of_steps(fields: &Fields<'_>, duration: &str) -> Option<i64> {
    let steps = fields.object.get("steps")?.as_array().filter(|steps| !steps.is_empty())?;
    steps.iter().try_fold(0_i64, |sum, step| {
        let millis = step.as_object()?.get(duration)?.as_i64().filter(|millis| *millis >= 0)?;
        sum.checked_add(millis)
    })
}
