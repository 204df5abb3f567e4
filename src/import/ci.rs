//! The run of a CI tool, as its API tells it: jobs become stages, steps steps, and words the words of SEI.
//!
//! A file for each tool knows what that tool calls things, and nothing of the document that comes of it; [`run`] makes
//! the document, [`word`] knows the words, [`look`] how to find a value whose kind nobody promised, and [`variable`] what
//! the tools tell their own jobs. A text may hold the
//! run alone, or the run and its jobs: one after the other, in a list, or as two members of an object.

use super::{ImportError, ImportKind, Imported};
use crate::catalogue::FieldRole;
use crate::document::{self, Object, Value};

mod azure;
mod bitbucket;
mod buildkite;
mod circle;
mod drone;
mod github;
mod gitlab;
mod jenkins;
mod look;
mod run;
pub(super) mod variable;
mod word;

use look::Look;
use run::Run;

/// More than the pages of the longest list of jobs.
const MOST_VALUES: usize = 256;

/// Fields that only a job run has: an object with any of them is nobody else's.
const OF_PAYLOAD: [FieldRole; 7] = [
    FieldRole::FullName,
    FieldRole::QualifiedName,
    FieldRole::InstanceGuid,
    FieldRole::InstanceName,
    FieldRole::StartTime,
    FieldRole::Commits,
    FieldRole::StageTree,
];

/// A CI tool that job runs are taken over from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// GitHub Actions.
    GitHub,
    /// GitLab CI.
    GitLab,
    /// Jenkins.
    Jenkins,
    /// Azure Pipelines.
    Azure,
    /// `CircleCI`.
    CircleCi,
    /// Buildkite.
    Buildkite,
    /// Bitbucket Pipelines.
    Bitbucket,
    /// Drone.
    Drone,
    /// `TeamCity`, of which only the variables of its jobs are known.
    TeamCity,
}

/// How the JSON of a tool is told and read.
struct Reader {
    tool: Tool,
    /// Whether a value is a run of it.
    is_run: fn(Look<'_>) -> bool,
    /// Whether a value is the jobs of a run of it.
    is_jobs: fn(Look<'_>) -> bool,
    /// Reads a run, which may be missing, and what came beside it.
    read: fn(Look<'_>, &[Look<'_>]) -> Run,
}

const READERS: [Reader; 8] = [
    github::READER,
    gitlab::READER,
    azure::READER,
    circle::READER,
    buildkite::READER,
    bitbucket::READER,
    drone::READER,
    jenkins::READER,
];

impl Tool {
    /// How the tool calls itself.
    pub const fn label(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub Actions",
            Self::GitLab => "GitLab CI",
            Self::Jenkins => "Jenkins",
            Self::Azure => "Azure Pipelines",
            Self::CircleCi => "CircleCI",
            Self::Buildkite => "Buildkite",
            Self::Bitbucket => "Bitbucket Pipelines",
            Self::Drone => "Drone",
            Self::TeamCity => "TeamCity",
        }
    }

    /// A run of the tool, with its article.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::GitHub => "a run of GitHub Actions",
            Self::GitLab => "a run of GitLab CI",
            Self::Jenkins => "a run of Jenkins",
            Self::Azure => "a run of Azure Pipelines",
            Self::CircleCi => "a run of CircleCI",
            Self::Buildkite => "a run of Buildkite",
            Self::Bitbucket => "a run of Bitbucket Pipelines",
            Self::Drone => "a run of Drone",
            Self::TeamCity => "a run of TeamCity",
        }
    }

    /// The variables of a job of the tool.
    pub const fn variables(self) -> &'static str {
        match self {
            Self::GitHub => "the variables of a GitHub Actions job",
            Self::GitLab => "the variables of a GitLab CI job",
            Self::Jenkins => "the variables of a Jenkins job",
            Self::Azure => "the variables of an Azure Pipelines job",
            Self::CircleCi => "the variables of a CircleCI job",
            Self::Buildkite => "the variables of a Buildkite job",
            Self::Bitbucket => "the variables of a Bitbucket Pipelines job",
            Self::Drone => "the variables of a Drone job",
            Self::TeamCity => "the variables of a TeamCity job",
        }
    }
}

/// Whether a value is the run of a CI tool, or something that holds one.
pub(super) fn is_known(value: &Value) -> bool {
    reader(&parts(value)).is_some()
}

/// Takes a value for the run of a CI tool, if it is one.
pub(super) fn import(value: &Value) -> Option<Imported> {
    taken(&parts(value))
}

/// Takes several values that stand one after the other, if one of them is the run of a CI tool.
pub(super) fn import_several(text: &str) -> Option<Imported> {
    let values = several(text).ok().filter(|values| values.len() > 1)?;
    taken(&values.iter().flat_map(parts).collect::<Vec<_>>())
}

/// Takes a run whose jobs stand in a text of their own.
pub(super) fn import_with_jobs(text: &str, jobs: &str) -> Result<Imported, ImportError> {
    let run = several(text).map_err(ImportError::Syntax)?;
    let jobs = several(jobs).map_err(ImportError::Jobs)?;
    taken(&run.iter().chain(&jobs).flat_map(parts).collect::<Vec<_>>()).ok_or(ImportError::NoTool)
}

fn taken(parts: &[&Value]) -> Option<Imported> {
    let reader = reader(parts)?;
    let looks: Vec<_> = parts.iter().map(|value| Look::of(value)).collect();
    let place = looks.iter().position(|look| (reader.is_run)(*look));
    let run = place.and_then(|place| looks.get(place).copied()).unwrap_or_default();
    let others = looks.iter().enumerate().filter(|(at, _)| Some(*at) != place);
    let beside: Vec<_> = others.map(|(_, look)| *look).collect();
    let (document, mut notes) = (reader.read)(run, &beside).document(reader.tool);
    let more = beside.iter().filter(|look| (reader.is_run)(**look)).count();
    if more > 0 {
        notes.insert(0, format!("There are {} runs in it; the first was taken.", more + 1));
    }
    Some(Imported { notes, ..Imported::bare(document, ImportKind::Run(reader.tool)) })
}

/// The tool whose run is among the values; else the one whose jobs are.
fn reader(parts: &[&Value]) -> Option<&'static Reader> {
    let any = |is: fn(Look<'_>) -> bool| parts.iter().any(|value| is(Look::of(value)));
    let of_run = READERS.iter().find(|reader| any(reader.is_run));
    of_run.or_else(|| READERS.iter().find(|reader| any(reader.is_jobs)))
}

/// The values that may be a run or its jobs: the value itself, or what it holds where it is none.
fn parts(value: &Value) -> Vec<&Value> {
    const MEMBERS: usize = 4;
    let is_run = |value: &Value| READERS.iter().any(|reader| (reader.is_run)(Look::of(value)));
    let is_jobs = |value: &Value| READERS.iter().any(|reader| (reader.is_jobs)(Look::of(value)));
    let inside: Vec<&Value> = match value {
        Value::Object(object) if is_payload(object) => return Vec::new(),
        Value::Object(object) if object.len() <= MEMBERS => object.iter().map(|(_, member)| member).collect(),
        Value::Array(items) => items.iter().collect(),
        Value::Object(_) => Vec::new(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => return Vec::new(),
    };
    if is_run(value) {
        return vec![value];
    }
    if inside.iter().any(|value| is_run(value)) {
        return inside;
    }
    // A page of a list of runs.
    let page = inside.iter().filter_map(|value| value.as_array()).find(|items| items.iter().any(is_run));
    if let Some(items) = page {
        return items.iter().collect();
    }
    if is_jobs(value) || !inside.iter().any(|value| is_jobs(value)) { vec![value] } else { inside }
}

/// Whether it has a field that is nobody else's: what tools call a pipeline is no text.
fn is_payload(object: &Object) -> bool {
    let is_named = object.get(FieldRole::Pipeline.name()).is_some_and(|name| name.as_text().is_some());
    is_named || OF_PAYLOAD.iter().flat_map(|role| role.names()).any(|name| object.contains(name))
}

/// The values of a text that holds one after the other, as programs print pages of a list.
fn several(text: &str) -> Result<Vec<Value>, document::SyntaxError> {
    let mut values = Vec::new();
    let mut rest = text;
    loop {
        let fault = match document::read(rest) {
            Ok(value) => {
                values.push(value);
                return Ok(values);
            }
            Err(fault) => fault,
        };
        let (Some(head), Some(tail)) = (rest.get(..fault.offset), rest.get(fault.offset..)) else {
            return Err(fault);
        };
        if head.trim().is_empty() || !tail.starts_with(['{', '[']) || values.len() == MOST_VALUES {
            return Err(fault);
        }
        let Ok(value) = document::read(head) else { return Err(fault) };
        values.push(value);
        rest = tail;
    }
}
