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
    Commits,
    /// An entry of the commits.
    Commit,
    Themes,
    /// An entry of the themes.
    Theme,
    /// An address on the web.
    Url,
    /// An address on the web or of a git host.
    RepoUrl,
    ModuleName,
    StageId,
    StageDuration,
    StageResult,
    StageState,
    ArtifactType,
    /// Another part of the identity of an artifact.
    ArtifactName,
    Hash,
    Metadata,
    ParameterValue,
    TriggerType,
}

impl Part {
    /// The part of the entries of a list that plays this one.
    pub(super) const fn of_entries(self) -> Self {
        if matches!(self, Self::Commits) {
            Self::Commit
        } else if matches!(self, Self::Themes) {
            Self::Theme
        } else {
            Self::Plain
        }
    }
}

/// The name of the id of a stage or step.
pub(super) const STAGE_ID: &str = "id";

/// What a record is, for the rules that look at more than one of its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noun {
    Run,
    Stages,
    Stage,
    Step,
    Artifact,
    Parameter,
    Trigger,
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
    /// How many characters SEI keeps; 0 for all.
    pub(super) most: usize,
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
        "parameter" => Noun::Parameter,
        "trigger" => Noun::Trigger,
        _ => Noun::Stages,
    };
    let fields: Vec<_> = record
        .fields
        .iter()
        .map(|field| FieldPlan { field, part: part(noun, field), most: most(noun, field) })
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

fn part(noun: Noun, field: &Field) -> Part {
    match (noun, field.name.as_str()) {
        (Noun::Run, name) => run_part(name),
        (Noun::Stage | Noun::Step, STAGE_ID) => Part::StageId,
        (Noun::Stage | Noun::Step, "durationInMillis") => Part::StageDuration,
        (Noun::Stage | Noun::Step, "displayName") => Part::Title,
        (Noun::Stage | Noun::Step, "displayDescription") => Part::Prose,
        (Noun::Stage | Noun::Step, "result") => Part::StageResult,
        (Noun::Stage | Noun::Step, "state") => Part::StageState,
        (Noun::Artifact, "type") => Part::ArtifactType,
        (Noun::Artifact, "name" | "location" | "qualifier") => Part::ArtifactName,
        (Noun::Artifact, "hash") => Part::Hash,
        (Noun::Artifact, "metadata") => Part::Metadata,
        (Noun::Parameter, "value") => Part::ParameterValue,
        (Noun::Trigger, "type") => Part::TriggerType,
        _ => Part::Plain,
    }
}

fn run_part(name: &str) -> Part {
    match name {
        "instance_guid" => Part::InstanceGuid,
        "instance_url" | "web_url" => Part::Url,
        "repo_url" => Part::RepoUrl,
        "build_number" => Part::BuildNumber,
        "start_time" => Part::StartTime,
        "duration" => Part::Duration,
        "result" => Part::Result,
        "ci" => Part::Ci,
        "cd" => Part::Cd,
        "artifacts" => Part::Artifacts,
        "scm_commit_ids" => Part::Commits,
        "themes" => Part::Themes,
        "module_name" => Part::ModuleName,
        _ => Part::Plain,
    }
}

/// What the columns of SEI's store hold.
fn most(noun: Noun, field: &Field) -> usize {
    match (noun, field.name.as_str()) {
        (Noun::Stage | Noun::Step, "id" | "displayName") | (Noun::Step, "displayDescription") => 50,
        (Noun::Stage, "displayDescription") => 200,
        (Noun::Stage | Noun::Step, "result" | "state") => 30,
        _ => 0,
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
