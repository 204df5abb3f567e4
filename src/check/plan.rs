//! The catalogue, prepared for the walk: each field with the part it plays in the rules.
//!
//! It adds no field of its own: a part that names a field which the catalogue lacks is simply never played.

use std::cmp::Ordering;
use std::sync::OnceLock;

use crate::catalogue::{Field, Record, RecordId, Shape, Spelling, Widget, catalogue};

/// The part that a field plays in rules beyond its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// None.
    Plain,
    /// A title, in which brackets may be meant.
    Title,
    /// Text of people's own making, in which brackets and spaces may be meant.
    Prose,
    InstanceGuid,
    BuildNumber,
    StartTime,
    Duration,
    Result,
    Ci,
    Cd,
    Artifacts,
    ModuleName,
    StageId,
    StageDuration,
    ArtifactType,
    /// Another part of the identity of an artifact.
    ArtifactName,
    Metadata,
    ParameterValue,
}

/// What the list that a record stands in is checked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noun {
    Run,
    Stage,
    Step,
    Artifact,
    Other,
}

pub(super) struct RecordPlan {
    pub(super) id: RecordId,
    pub(super) noun: Noun,
    pub(super) fields: Vec<FieldPlan>,
    names: Vec<(&'static str, usize, Spelling)>,
}

pub(super) struct FieldPlan {
    pub(super) field: &'static Field,
    pub(super) part: Part,
}

impl RecordPlan {
    /// The position of a field and the spelling that the key is.
    pub(super) fn find(&self, key: &str) -> Option<(usize, Spelling)> {
        let found = self.names.binary_search_by(|(name, _, _)| by_length(name, key)).ok()?;
        self.names.get(found).map(|(_, position, spelling)| (*position, *spelling))
    }

    /// The position of the field that plays a part.
    pub(super) fn part(&self, part: Part) -> Option<usize> {
        self.fields.iter().position(|field| field.part == part)
    }
}

/// The plan of a record; `None` would mean that the catalogue names a record that it does not hold.
pub(super) fn plan(id: RecordId) -> Option<&'static RecordPlan> {
    plans().iter().find(|plan| plan.id == id)
}

/// The plan of the whole document.
pub(super) fn run() -> Option<&'static RecordPlan> {
    plans().iter().find(|plan| plan.noun == Noun::Run)
}

fn plans() -> &'static [RecordPlan] {
    static PLANS: OnceLock<Vec<RecordPlan>> = OnceLock::new();
    PLANS.get_or_init(|| catalogue().records().map(|(id, record)| prepare(id, record)).collect())
}

fn prepare(id: RecordId, record: &'static Record) -> RecordPlan {
    let noun = match record.noun.as_str() {
        _ if std::ptr::eq(record, catalogue().run()) => Noun::Run,
        "stage" => Noun::Stage,
        "step" => Noun::Step,
        "artifact" => Noun::Artifact,
        _ => Noun::Other,
    };
    let fields: Vec<_> = record
        .fields
        .iter()
        .map(|field| FieldPlan { field, part: part(noun, &record.noun, field) })
        .collect();
    let mut names: Vec<_> = (record.fields.iter().enumerate())
        .flat_map(|(position, field)| {
            let legacy = field.legacy.as_deref().map(|name| (name, position, Spelling::Legacy));
            std::iter::once((field.name.as_str(), position, Spelling::Current)).chain(legacy)
        })
        .collect();
    names.sort_by(|(one, _, _), (other, _, _)| by_length(one, other));
    RecordPlan { id, noun, fields, names }
}

/// Lengths differ sooner than letters do, and cost less to compare.
fn by_length(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

fn part(noun: Noun, word: &str, field: &Field) -> Part {
    match (noun, word, field.name.as_str()) {
        (Noun::Run, _, "instance_guid") => Part::InstanceGuid,
        (Noun::Run, _, "build_number") => Part::BuildNumber,
        (Noun::Run, _, "start_time") => Part::StartTime,
        (Noun::Run, _, "duration") => Part::Duration,
        (Noun::Run, _, "result") => Part::Result,
        (Noun::Run, _, "ci") => Part::Ci,
        (Noun::Run, _, "cd") => Part::Cd,
        (Noun::Run, _, "artifacts") => Part::Artifacts,
        (Noun::Run, _, "module_name") => Part::ModuleName,
        (Noun::Stage | Noun::Step, _, "id") => Part::StageId,
        (Noun::Stage | Noun::Step, _, "durationInMillis") => Part::StageDuration,
        (Noun::Stage | Noun::Step, _, "displayName") => Part::Title,
        (Noun::Stage | Noun::Step, _, "displayDescription") => Part::Prose,
        (Noun::Artifact, _, "type") => Part::ArtifactType,
        (Noun::Artifact, _, "name" | "location" | "qualifier") => Part::ArtifactName,
        (Noun::Artifact, _, "metadata") => Part::Metadata,
        (_, "parameter", "value") => Part::ParameterValue,
        _ => Part::Plain,
    }
}

/// What a field takes, as the noun of a sentence.
pub(super) const fn expected(shape: &Shape, widget: Widget) -> &'static str {
    match (shape, widget) {
        (Shape::Text, _) => "text",
        (Shape::Integer, Widget::Time) => "a whole number of milliseconds since 1970",
        (Shape::Integer, Widget::Duration) => "a whole number of milliseconds",
        (Shape::Integer, _) => "a whole number",
        (Shape::Boolean, _) => "true or false",
        (Shape::List(_), _) => "a list",
        (Shape::Record(_) | Shape::Map, _) => "an object",
    }
}
