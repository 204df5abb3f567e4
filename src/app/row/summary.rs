//! An item folded to one line, and its bar in the waterfall.

use crate::app::row::{field_at, value_of};
use crate::catalog::{FieldRole, RecordId, RecordKind, catalog};
use crate::document::{Object, Pointer, Value};
use crate::time::{Duration, Timestamp};

/// The summary of a folded item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Its name, or its noun and number.
    pub name: String,
    /// Other short facts, such as the duration.
    pub facts: Vec<String>,
    /// Its result, if it has one.
    pub ended: ItemResult,
}

/// The result of a stage or step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ItemResult {
    /// Unknown, or not applicable.
    #[default]
    Unsaid,
    /// A word of success.
    Well,
    /// A word of failure.
    Badly,
}

/// The summary of the item at a place.
pub fn summary(id: RecordId, item: &Value, index: usize) -> Summary {
    let record = catalog().record(id);
    let Value::Object(object) = item else { return Summary::default() };
    let unnamed = || format!("{} {}", record.noun, index + 1);
    match record.kind {
        RecordKind::Artifact => artifact(object, unnamed),
        RecordKind::Parameter => Summary {
            name: text(object, FieldRole::ParameterName).unwrap_or_else(unnamed),
            facts: object
                .get(FieldRole::ParameterValue.name())
                .map(|value| format!("= {}", plain(value)))
                .into_iter()
                .collect(),
            ended: ItemResult::Unsaid,
        },
        RecordKind::Trigger => Summary {
            name: text(object, FieldRole::TriggerType).unwrap_or_else(unnamed),
            facts: text(object, FieldRole::TriggerId).into_iter().collect(),
            ended: ItemResult::Unsaid,
        },
        RecordKind::PhaseEvent => Summary {
            name: text(object, FieldRole::Phase).unwrap_or_else(unnamed),
            facts: [FieldRole::PhaseEnvironment, FieldRole::PhaseStage, FieldRole::Result]
                .into_iter()
                .filter_map(|role| text(object, role))
                .collect(),
            ended: ended(text(object, FieldRole::Result).as_deref()),
        },
        RecordKind::Stage | RecordKind::Step | RecordKind::Stages | RecordKind::JobRun => {
            stage(object, unnamed)
        }
    }
}

fn stage(object: &Object, unnamed: impl Fn() -> String) -> Summary {
    let result = text(object, FieldRole::StageResult);
    let mut facts: Vec<String> = result.clone().into_iter().collect();
    facts.extend(duration(object).map(Duration::human));
    if let Some(Value::Array(steps)) = object.get(FieldRole::Steps.name()) {
        facts.push(crate::text::count(steps.len(), "step", "steps"));
    }
    Summary {
        name: text(object, FieldRole::StageName).unwrap_or_else(unnamed),
        facts,
        ended: ended(result.as_deref()),
    }
}

fn artifact(object: &Object, unnamed: impl Fn() -> String) -> Summary {
    let name = match (text(object, FieldRole::ArtifactName), text(object, FieldRole::ArtifactQualifier)) {
        (Some(name), Some(qualifier)) => format!("{name}:{qualifier}"),
        (Some(name), None) => name,
        (None, _) => unnamed(),
    };
    let flag = |role: FieldRole| object.get(role.name()).and_then(Value::as_bool).unwrap_or(false);
    let direction = match (flag(FieldRole::ArtifactInput), flag(FieldRole::ArtifactOutput)) {
        (true, false) => "input",
        (false, true) => "output",
        (true, true) => "input and output",
        (false, false) => "neither input nor output",
    };
    let mut facts = vec![direction.to_owned()];
    facts.extend(text(object, FieldRole::ArtifactType));
    facts.extend(text(object, FieldRole::ArtifactLocation));
    Summary { name, facts, ended: ItemResult::Unsaid }
}

fn ended(result: Option<&str>) -> ItemResult {
    match result.map(str::to_lowercase).as_deref() {
        Some("success" | "succeeded" | "passed") => ItemResult::Well,
        Some("failure" | "failed" | "error" | "aborted" | "canceled" | "cancelled") => ItemResult::Badly,
        _ => ItemResult::Unsaid,
    }
}

fn text(object: &Object, role: FieldRole) -> Option<String> {
    object.get(role.name()).and_then(Value::as_text).filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

fn plain(value: &Value) -> String {
    value.as_text().map_or_else(|| crate::document::write_compact(value), str::to_owned)
}

fn duration(object: &Object) -> Option<Duration> {
    object.get(FieldRole::StageDuration.name()).and_then(Value::as_i64).map(Duration::from_millis)
}

/// A bar of the waterfall; the whole is 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// The start.
    pub from: f64,
    /// The end.
    pub to: f64,
    /// Whether the start is assumed to be the end of the previous bar.
    pub is_assumed: bool,
}

/// The bar of a stage in the run, or of a step in its stage; `None` if its duration is missing.
///
/// A stage with a start time is placed there; a stage without one follows the previous stage.
pub fn bar(root: &Value, at: &Pointer) -> Option<Bar> {
    let list = at.parent()?;
    let index = at.last()?.as_index()?;
    let siblings = root.get(&list)?.as_array()?;
    let of = |item: &Value| item.as_object().and_then(duration).map(|span| span.max(Duration::ZERO));
    let length = of(siblings.get(index)?)?;
    let holder = whole(root, &list)?;
    let sum = |count| siblings.iter().take(count).filter_map(of).sum::<Duration>();
    let whole = holder.length.unwrap_or_else(|| sum(siblings.len())).max(Duration::from_millis(1));
    let start = siblings.get(index)?.as_object().and_then(start_time);
    let known = start.zip(holder.start).map(|(start, whole)| start - whole);
    let offset = known.unwrap_or_else(|| sum(index));
    let (from, to) = (part(offset, whole), part(offset + length, whole));
    Some(Bar { from, to, is_assumed: known.is_none() })
}

struct ParentTimes {
    length: Option<Duration>,
    start: Option<Timestamp>,
}

/// The times of the run for stages, of the stage for steps; `None` for other lists.
fn whole(root: &Value, list: &Pointer) -> Option<ParentTimes> {
    let role = field_at(list)?.role?;
    if role == FieldRole::Stages {
        let of_run = |role: FieldRole| value_of(root, role).and_then(Value::as_i64);
        return Some(ParentTimes {
            length: of_run(FieldRole::Duration)
                .map(Duration::from_millis)
                .filter(|length| *length > Duration::ZERO),
            start: of_run(FieldRole::StartTime).map(Timestamp::from_millis),
        });
    }
    if role == FieldRole::Steps {
        let stage = root.get(&list.parent()?)?.as_object()?;
        return Some(ParentTimes {
            length: duration(stage).filter(|length| *length > Duration::ZERO),
            start: start_time(stage),
        });
    }
    None
}

fn start_time(object: &Object) -> Option<Timestamp> {
    object.get(FieldRole::StageStart.name()).and_then(Value::as_text).and_then(Timestamp::parse_rfc3339)
}

#[expect(clippy::cast_precision_loss, reason = "a bar is a few cells wide")]
fn part(of: Duration, whole: Duration) -> f64 {
    (of.millis() as f64 / whole.millis() as f64).clamp(0.0, 1.0)
}
