//! The catalogue, prepared for the walk: each field with its role in the rules.
//!
//! It adds no field of its own: a role of a field that the catalogue lacks is never used.

use std::cmp::Ordering;
use std::sync::OnceLock;

use crate::catalogue::{Field, Record, RecordId, Shape, Spelling, Widget, catalogue};

/// What a field is to the rules beyond its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldRole {
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

impl FieldRole {
    /// The role of the entries of a list that has this one.
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
pub(super) enum RecordKind {
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
    pub(super) kind: RecordKind,
    pub(super) fields: Vec<FieldPlan>,
    names: Vec<(&'static str, usize, Spelling)>,
}

pub(super) struct FieldPlan {
    pub(super) field: &'static Field,
    pub(super) role: FieldRole,
    /// How many characters SEI keeps; 0 for all.
    pub(super) most: usize,
}

impl RecordPlan {
    /// The position of a field and the spelling that the key is.
    pub(super) fn find(&self, key: &str) -> Option<(usize, Spelling)> {
        let found = self.names.binary_search_by(|(name, _, _)| by_length(name, key)).ok()?;
        self.names.get(found).map(|(_, position, spelling)| (*position, *spelling))
    }

    /// The position of the field that has a role.
    pub(super) fn role(&self, role: FieldRole) -> Option<usize> {
        self.fields.iter().position(|field| field.role == role)
    }
}

/// The plan of a record; `None` would mean that the catalogue names a record that it does not hold.
pub(super) fn plan(id: RecordId) -> Option<&'static RecordPlan> {
    plans().iter().find(|plan| plan.id == id)
}

/// The plan of the whole document.
pub(super) fn run() -> Option<&'static RecordPlan> {
    plans().iter().find(|plan| plan.kind == RecordKind::Run)
}

fn plans() -> &'static [RecordPlan] {
    static PLANS: OnceLock<Vec<RecordPlan>> = OnceLock::new();
    PLANS.get_or_init(|| catalogue().records().map(|(id, record)| prepare(id, record)).collect())
}

fn prepare(id: RecordId, record: &'static Record) -> RecordPlan {
    let kind = match record.noun.as_str() {
        _ if std::ptr::eq(record, catalogue().run()) => RecordKind::Run,
        "stage" => RecordKind::Stage,
        "step" => RecordKind::Step,
        "artifact" => RecordKind::Artifact,
        "parameter" => RecordKind::Parameter,
        "trigger" => RecordKind::Trigger,
        _ => RecordKind::Stages,
    };
    let fields: Vec<_> = record
        .fields
        .iter()
        .map(|field| FieldPlan { field, role: role(kind, field), most: most(kind, field) })
        .collect();
    let mut names: Vec<_> = (record.fields.iter().enumerate())
        .flat_map(|(position, field)| {
            let legacy = field.legacy.as_deref().map(|name| (name, position, Spelling::Legacy));
            std::iter::once((field.name.as_str(), position, Spelling::Current)).chain(legacy)
        })
        .collect();
    names.sort_by(|(one, _, _), (other, _, _)| by_length(one, other));
    RecordPlan { id, kind, fields, names }
}

/// Lengths differ sooner than letters do, and cost less to compare.
fn by_length(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

fn role(kind: RecordKind, field: &Field) -> FieldRole {
    match (kind, field.name.as_str()) {
        (RecordKind::Run, name) => run_role(name),
        (RecordKind::Stage | RecordKind::Step, STAGE_ID) => FieldRole::StageId,
        (RecordKind::Stage | RecordKind::Step, "durationInMillis") => FieldRole::StageDuration,
        (RecordKind::Stage | RecordKind::Step, "displayName") => FieldRole::Title,
        (RecordKind::Stage | RecordKind::Step, "displayDescription") => FieldRole::Prose,
        (RecordKind::Stage | RecordKind::Step, "result") => FieldRole::StageResult,
        (RecordKind::Stage | RecordKind::Step, "state") => FieldRole::StageState,
        (RecordKind::Artifact, "type") => FieldRole::ArtifactType,
        (RecordKind::Artifact, "name" | "location" | "qualifier") => FieldRole::ArtifactName,
        (RecordKind::Artifact, "hash") => FieldRole::Hash,
        (RecordKind::Artifact, "metadata") => FieldRole::Metadata,
        (RecordKind::Parameter, "value") => FieldRole::ParameterValue,
        (RecordKind::Trigger, "type") => FieldRole::TriggerType,
        _ => FieldRole::Plain,
    }
}

fn run_role(name: &str) -> FieldRole {
    match name {
        "instance_guid" => FieldRole::InstanceGuid,
        "instance_url" | "web_url" => FieldRole::Url,
        "repo_url" => FieldRole::RepoUrl,
        "build_number" => FieldRole::BuildNumber,
        "start_time" => FieldRole::StartTime,
        "duration" => FieldRole::Duration,
        "result" => FieldRole::Result,
        "ci" => FieldRole::Ci,
        "cd" => FieldRole::Cd,
        "artifacts" => FieldRole::Artifacts,
        "scm_commit_ids" => FieldRole::Commits,
        "themes" => FieldRole::Themes,
        "module_name" => FieldRole::ModuleName,
        _ => FieldRole::Plain,
    }
}

/// What the columns of SEI's store hold.
fn most(kind: RecordKind, field: &Field) -> usize {
    match (kind, field.name.as_str()) {
        (RecordKind::Stage | RecordKind::Step, "id" | "displayName")
        | (RecordKind::Step, "displayDescription") => 50,
        (RecordKind::Stage, "displayDescription") => 200,
        (RecordKind::Stage | RecordKind::Step, "result" | "state") => 30,
        _ => 0,
    }
}

/// What the catalogue expects at a place: a field, or an entry of a list that is a field.
#[derive(Clone, Copy)]
pub(super) struct Expect {
    pub(super) field: &'static Field,
    pub(super) shape: &'static Shape,
    pub(super) role: FieldRole,
    pub(super) entry: bool,
    /// How many characters SEI keeps; 0 for all.
    pub(super) most: usize,
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
