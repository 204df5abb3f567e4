//! The run of a CI tool, as its API tells it: jobs become stages, steps steps, and words the words of SEI.
//!
//! A file for each tool knows what that tool calls things, and nothing of the document that comes of it; [`run`] makes
//! the document, [`gather`] sorts what belongs to one run, [`word`] knows the words, [`look`] how to find a value whose kind nobody promised, and [`variable`] what
//! the tools tell their own jobs. A text may hold the
//! run alone, or the run and its jobs: one after the other, in a list, or as two members of an object.

use super::{ImportError, ImportKind, Imported};
use crate::catalogue::FieldRole;
use crate::document::{self, Object, Value};
use crate::text;

mod azure;
mod bitbucket;
mod blue;
mod build;
mod buildkite;
mod circle;
mod drone;
mod gather;
mod github;
mod gitlab;
mod hook;
mod jenkins;
mod look;
mod notification;
mod release;
mod run;
mod teamcity;
pub(super) mod variable;
mod woodpecker;
mod word;

use gather::{Identity, Parts};
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
    /// `TeamCity`.
    TeamCity,
    /// Woodpecker.
    Woodpecker,
}

/// How the JSON of a tool is recognized and read.
struct Reader {
    tool: Tool,
    /// Whether a value is a run of it.
    is_run: fn(Look<'_>) -> bool,
    /// Whether a value is a job of a run, or the one object that holds all its jobs.
    is_job: fn(Look<'_>) -> bool,
    /// Whether a value describes a run, though it is neither the run nor a job.
    is_context: fn(Look<'_>) -> bool,
    /// The name of the list of jobs, in a page of the API or in the run itself.
    list: &'static str,
    /// What identifies a run.
    identity: fn(Look<'_>) -> Identity,
    /// The same, of the run that a job or a context belongs to.
    owner: fn(Look<'_>) -> Identity,
    /// A number that is greater in a later attempt at the same job.
    attempt: fn(Look<'_>) -> i64,
    /// Reads a run, of which there may be only the jobs.
    read: fn(&Parts<'_>) -> Run,
}

const READERS: [Reader; 15] = [
    github::READER,
    gitlab::READER,
    hook::READER,
    azure::READER,
    circle::READER,
    buildkite::READER,
    bitbucket::READER,
    drone::READER,
    jenkins::READER,
    notification::READER,
    blue::READER,
    build::READER,
    release::READER,
    teamcity::READER,
    woodpecker::READER,
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
            Self::Woodpecker => "Woodpecker",
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
            Self::Woodpecker => "a run of Woodpecker",
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
            Self::Woodpecker => "the variables of a Woodpecker job",
        }
    }
}

/// Whether a value is the run of a CI tool, or something that holds one.
pub(super) fn is_known(value: &Value) -> bool {
    reader(&parts(value)).is_some()
}

/// Takes a value for the run of a CI tool, if it is one.
pub(super) fn import(value: &Value) -> Option<Result<Imported, ImportError>> {
    let parts = parts(value);
    Some(taken(reader(&parts)?, &parts))
}

/// Takes several values that stand one after the other, if one of them is the run of a CI tool.
pub(super) fn import_several(text: &str) -> Option<Result<Imported, ImportError>> {
    let values = several(text).ok().filter(|values| values.len() > 1)?;
    let all: Vec<_> = values.iter().flat_map(parts).collect();
    let reader = reader(&all)?;
    let is_other = |value: &&Value| {
        let mut looks = parts(value).into_iter().map(Look::of);
        !looks.any(|look| reader.knows(look) || reader.is_empty_list(look))
    };
    let others = values.iter().filter(is_other).count();
    Some(taken(reader, &all).map(|mut imported| {
        if others > 0 {
            let others = text::count(others, "other value", "other values");
            imported
                .notes
                .insert(0, format!("{others} in the text left out: not of {}.", reader.tool.label()));
        }
        imported
    }))
}

/// Takes a run whose jobs stand in a text of their own.
pub(super) fn import_with_jobs(text: &str, jobs: &str) -> Result<Imported, ImportError> {
    let run = several(text).map_err(ImportError::Syntax)?;
    let jobs = several(jobs).map_err(ImportError::Jobs)?;
    let mut all: Vec<_> = run.iter().flat_map(parts).collect();
    let Some(own) = reader(&all) else {
        let jobs: Vec<_> = jobs.iter().flat_map(parts).collect();
        return Err(ImportError::NoTool(reader(&jobs).map(|reader| reader.tool)));
    };
    let run = all.iter().map(|value| Look::of(value)).find(|look| (own.is_run)(*look));
    for value in &jobs {
        let found = parts(value);
        let looks: Vec<_> = found.iter().map(|value| Look::of(value)).collect();
        if !looks.iter().any(|look| own.knows(*look) || own.is_empty_list(*look)) {
            return Err(reader(&found).map_or(ImportError::NoJobs(own.tool), |other| {
                ImportError::OtherTool { run: own.tool, jobs: other.tool }
            }));
        }
        for (value, look) in found.iter().zip(looks) {
            let Some(run) = run.filter(|_| (own.is_run)(look)) else {
                all.push(value);
                continue;
            };
            // The run once more, which may hold its jobs.
            if let Some((run, jobs)) = gather::difference(&(own.identity)(run), &(own.identity)(look)) {
                return Err(ImportError::OtherRun { tool: own.tool, run, jobs });
            }
            let list = value.as_object().and_then(|object| object.get(own.list));
            all.push(list.ok_or(ImportError::NoJobs(own.tool))?);
        }
    }
    taken(own, &all)
}

fn taken(reader: &Reader, values: &[&Value]) -> Result<Imported, ImportError> {
    let looks: Vec<_> = values.iter().map(|value| Look::of(value)).collect();
    let (parts, mut notes) = gather::gather(reader, &looks)?;
    let (document, others) = (reader.read)(&parts).document(reader.tool);
    notes.extend(others);
    Ok(Imported { notes, ..Imported::bare(document, ImportKind::Run(reader.tool)) })
}

/// The tool whose run is among the values; else the one whose jobs are.
fn reader(parts: &[&Value]) -> Option<&'static Reader> {
    let of_run = READERS.iter().find(|reader| parts.iter().any(|value| (reader.is_run)(Look::of(value))));
    of_run
        .or_else(|| READERS.iter().find(|reader| parts.iter().any(|value| reader.has_jobs(Look::of(value)))))
}

/// The values that may be a run or its jobs: the value itself, or its members where it is an event, a page of a list,
/// or an object around both.
fn parts(value: &Value) -> Vec<&Value> {
    let is_run = |value: &Value| READERS.iter().any(|reader| (reader.is_run)(Look::of(value)));
    let is_job = |value: &Value| READERS.iter().any(|reader| (reader.is_job)(Look::of(value)));
    let has_jobs = |value: &Value| READERS.iter().any(|reader| reader.has_jobs(Look::of(value)));
    let inside: Vec<&Value> = match value {
        Value::Object(object) if is_payload(object) && !has_shared_names(value) => return Vec::new(),
        Value::Object(object) => object.iter().map(|(_, member)| member).collect(),
        Value::Array(items) => items.iter().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => return Vec::new(),
    };
    // A job may have its run as a member, in short.
    if is_run(value) || is_job(value) {
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
    if has_jobs(value) {
        return vec![value];
    }
    if inside.iter().any(|value| has_jobs(value)) {
        return inside;
    }
    // An event may have its run one level deeper.
    let deeper = inside.into_iter().map(members).find(|members| members.iter().any(|value| is_run(value)));
    deeper.unwrap_or_else(|| vec![value])
}

fn members(value: &Value) -> Vec<&Value> {
    value.as_object().into_iter().flat_map(Object::iter).map(|(_, member)| member).collect()
}

/// Whether it has a field that is nobody else's: what tools call a pipeline is no text.
fn is_payload(object: &Object) -> bool {
    let is_named = object.get(FieldRole::Pipeline.name()).is_some_and(|name| name.as_text().is_some());
    is_named || OF_PAYLOAD.iter().flat_map(|role| role.names()).any(|name| object.contains(name))
}

/// Whether an object with names of a job run is the run of a tool that uses `pipeline` or `start_time`
/// too, and nothing else shows that it is a job run.
fn has_shared_names(value: &Value) -> bool {
    let is_own = |role: &&FieldRole| !matches!(role, FieldRole::StartTime);
    let names = || OF_PAYLOAD.iter().filter(is_own).flat_map(|role| role.names());
    let has_own = |object: &Object| names().any(|name| object.contains(name));
    let is_run = [blue::READER, build::READER].iter().any(|reader| (reader.is_run)(Look::of(value)));
    is_run && !value.as_object().is_some_and(has_own)
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
