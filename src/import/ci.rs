//! The run of a CI tool, as its API describes it: jobs become stages, steps stay steps, and result
//! words become those of SEI.
//!
//! One file for each tool has its names and knows nothing of the document; [`run`] makes the
//! document, [`gather`] sorts the values of one run, [`word`] maps result words, [`lookup`] finds
//! values in JSON of unknown shape, and [`variable`] reads the variables of CI jobs. A text may
//! hold the run alone, or the run and its jobs: one after the other, in a list, or as two members
//! of an object.

use super::{CiTool, ImportError, ImportKind, Imported};
use crate::catalog::FieldRole;
use crate::document::{self, Object, Value};

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
pub(super) mod lookup;
mod notification;
mod release;
pub(super) mod run;
mod several;
mod teamcity;
pub(super) mod variable;
mod woodpecker;
pub(super) mod word;

use gather::{Parts, RunIds};
use lookup::JsonLookup;
use run::Run;
pub use several::{ListedRun, RunList};
use several::{RunChoice, Several};
pub(super) use several::{listed, newest_note};

/// Fields that only a job run has: an object with any of them is a job run.
const OF_PAYLOAD: [FieldRole; 7] = [
    FieldRole::FullName,
    FieldRole::QualifiedName,
    FieldRole::InstanceGuid,
    FieldRole::InstanceName,
    FieldRole::StartTime,
    FieldRole::Commits,
    FieldRole::StageTree,
];

/// How the JSON of a tool is recognized and read.
struct ToolReader {
    tool: CiTool,
    /// Whether a value is a run of the tool.
    is_run: fn(JsonLookup<'_>) -> bool,
    /// Whether a value is a job of a run, or the one object that holds all its jobs.
    is_job: fn(JsonLookup<'_>) -> bool,
    /// Whether a value describes a run, though it is neither the run nor a job.
    is_context: fn(JsonLookup<'_>) -> bool,
    /// The name of the list of jobs, in a page of the API or in the run itself.
    list: &'static str,
    /// What identifies a run.
    identity: fn(JsonLookup<'_>) -> RunIds,
    /// The same for the run that a job or a context belongs to.
    owner: fn(JsonLookup<'_>) -> RunIds,
    /// A number that is greater in a later attempt at the same job.
    attempt: fn(JsonLookup<'_>) -> i64,
    /// Reads a run, or its jobs alone.
    read: fn(&Parts<'_>) -> Run,
}

const READERS: [ToolReader; 15] = [
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

/// Whether a value is the run of a CI tool, or something that holds one.
pub(super) fn is_known(value: &Value) -> bool {
    reader(&parts(value)).is_some()
}

/// Imports a value, if it is the run of a CI tool.
pub(super) fn import(value: &Value) -> Option<Result<Imported, ImportError>> {
    let reader = reader(&parts(value))?;
    Some(read(reader, std::slice::from_ref(value), RunChoice::Newest))
}

/// Imports several values, one after the other, if one of them is the run of a CI tool.
pub(super) fn import_several(text: &str) -> Option<Result<Imported, ImportError>> {
    let values = several(text).ok().filter(|values| values.len() > 1)?;
    let reader = reader(&values.iter().flat_map(parts).collect::<Vec<_>>())?;
    Some(read(reader, &values, RunChoice::Newest))
}

/// The objects of a text that holds several, one after the other.
pub(super) fn values(text: &str) -> Option<Vec<Value>> {
    let values = several(text).ok().filter(|values| values.len() > 1)?;
    values.iter().all(|value| value.as_object().is_some()).then_some(values)
}

/// All runs of a text; `None` where no value is the run of a CI tool.
pub(super) fn list(text: &str) -> Option<RunList> {
    let (values, mut unread) = lenient(text);
    let all: Vec<_> = values.iter().flat_map(parts).collect();
    let several = Several::of(&all);
    unread.extend(several::unread(&values));
    (several.len() > 0).then(|| RunList { runs: several.list(), newest: several.newest(), unread })
}

/// Imports the run with a number from a text; `jobs` is a separate text with its jobs.
pub(super) fn import_run(text: &str, jobs: Option<&str>, number: &str) -> Result<Imported, ImportError> {
    let choice = RunChoice::Number(number);
    if let Some(jobs) = jobs {
        return with_jobs(text, jobs, choice);
    }
    let values = several(text).map_err(ImportError::Syntax)?;
    match reader(&values.iter().flat_map(parts).collect::<Vec<_>>()) {
        Some(reader) => read(reader, &values, choice),
        None => Err(ImportError::NoSuchRun { wanted: number.to_owned(), known: String::new() }),
    }
}

/// The values of a text; with one value a line, the readable values and sentences on the other
/// lines.
fn lenient(text: &str) -> (Vec<Value>, Vec<String>) {
    if let Ok(values) = several(text) {
        return (values, Vec::new());
    }
    let (mut values, mut unread) = (Vec::new(), Vec::new());
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match document::read(line) {
            Ok(value) => values.push(value),
            Err(fault) => {
                unread.push(format!(
                    "line {} is not JSON: column {}: {}",
                    index + 1,
                    fault.column,
                    fault.message
                ));
            }
        }
    }
    (values, unread)
}

fn read(
    reader: &'static ToolReader,
    values: &[Value],
    choice: RunChoice<'_>,
) -> Result<Imported, ImportError> {
    let unread = several::unread(values);
    if let Some(first) = unread.first() {
        let (count, first) = (unread.len(), first.clone());
        return Err(ImportError::Unread { tool: reader.tool, count, first });
    }
    let all: Vec<_> = values.iter().flat_map(parts).collect();
    chosen(reader, &all, choice)
}

fn chosen(
    reader: &'static ToolReader,
    values: &[&Value],
    choice: RunChoice<'_>,
) -> Result<Imported, ImportError> {
    let (tool, document, notes) = Several::of(values).read(reader, choice)?;
    Ok(imported(tool, document, notes))
}

/// The import of the document of a run.
fn imported(tool: CiTool, document: Value, notes: Vec<String>) -> Imported {
    Imported { notes, ..Imported::bare(document, ImportKind::Run(tool)) }
}

/// Imports a run whose jobs are in a separate text.
pub(super) fn import_with_jobs(text: &str, jobs: &str) -> Result<Imported, ImportError> {
    with_jobs(text, jobs, RunChoice::Newest)
}

fn with_jobs(text: &str, jobs: &str, choice: RunChoice<'_>) -> Result<Imported, ImportError> {
    let run = several(text).map_err(ImportError::Syntax)?;
    let jobs = several(jobs).map_err(ImportError::Jobs)?;
    let mut all: Vec<_> = run.iter().flat_map(parts).collect();
    let Some(own) = reader(&all) else {
        let jobs: Vec<_> = jobs.iter().flat_map(parts).collect();
        return Err(ImportError::NoTool(reader(&jobs).map(|reader| reader.tool)));
    };
    let runs: Vec<_> = all
        .iter()
        .map(|value| JsonLookup::of(value))
        .filter(|json| (own.is_run)(*json))
        .map(own.identity)
        .collect();
    for value in &jobs {
        let found = parts(value);
        let lookups: Vec<_> = found.iter().map(|value| JsonLookup::of(value)).collect();
        if !lookups.iter().any(|json| own.knows(*json) || own.is_empty_list(*json)) {
            return Err(reader(&found).map_or(ImportError::NoJobs(own.tool), |other| {
                ImportError::OtherTool { run: own.tool, jobs: other.tool }
            }));
        }
        for (value, json) in found.iter().zip(lookups) {
            if runs.is_empty() || !(own.is_run)(json) {
                all.push(value);
                continue;
            }
            // The same run again, possibly with its jobs.
            let again = (own.identity)(json);
            let differences: Option<Vec<_>> =
                runs.iter().map(|run| gather::difference(run, &again)).collect();
            if let Some((run, jobs)) = differences.and_then(|all| all.into_iter().next()) {
                return Err(ImportError::OtherRun { tool: own.tool, run, jobs });
            }
            let list = value.as_object().and_then(|object| object.get(own.list));
            all.push(list.ok_or(ImportError::NoJobs(own.tool))?);
        }
    }
    chosen(own, &all, choice)
}

/// The tool whose run is among the values; else the one whose jobs are.
fn reader(parts: &[&Value]) -> Option<&'static ToolReader> {
    let of_run =
        READERS.iter().find(|reader| parts.iter().any(|value| (reader.is_run)(JsonLookup::of(value))));
    of_run.or_else(|| {
        READERS.iter().find(|reader| parts.iter().any(|value| reader.has_jobs(JsonLookup::of(value))))
    })
}

/// The values that may be a run or its jobs: the value itself, or its members where it is an event,
/// a page of a list, a list of those, or an object around them.
fn parts(value: &Value) -> Vec<&Value> {
    /// Pages in a list, such as `--slurp` of `gh api` writes them.
    const DEEPEST: usize = 2;
    parts_within(value, DEEPEST)
}

fn parts_within(value: &Value, depth: usize) -> Vec<&Value> {
    let has_jobs = |value: &Value| READERS.iter().any(|reader| reader.has_jobs(JsonLookup::of(value)));
    let is_job = |value: &Value| READERS.iter().any(|reader| (reader.is_job)(JsonLookup::of(value)));
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
    if value.as_array().is_some() {
        let is_part = |value: &&Value| is_run(value) || has_jobs(value);
        if inside.iter().any(is_part) || has_jobs(value) || depth == 0 {
            return if inside.iter().any(|item| is_run(item)) || !has_jobs(value) {
                inside
            } else {
                vec![value]
            };
        }
        let items: Vec<_> = inside.iter().flat_map(|item| parts_within(item, depth - 1)).collect();
        return if items.iter().any(is_part) { items } else { vec![value] };
    }
    // A page of a list of runs; the list of a job of Jenkins is next to its last builds.
    let lists = inside.iter().filter_map(|value| value.as_array()).filter(|items| items.iter().any(is_run));
    let listed: Vec<&Value> = lists.flatten().collect();
    if inside.iter().any(|value| is_run(value)) {
        return inside.into_iter().chain(listed).collect();
    }
    if !listed.is_empty() {
        return listed;
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

fn is_run(value: &Value) -> bool {
    READERS.iter().any(|reader| (reader.is_run)(JsonLookup::of(value)))
}

fn members(value: &Value) -> Vec<&Value> {
    value.as_object().into_iter().flat_map(Object::iter).map(|(_, member)| member).collect()
}

/// Whether an object has a field that only job runs have: the pipeline of other tools is not a
/// text.
fn is_payload(object: &Object) -> bool {
    let is_named = object.get(FieldRole::Pipeline.name()).is_some_and(|name| name.as_text().is_some());
    is_named || OF_PAYLOAD.iter().flat_map(|role| role.names()).any(|name| object.contains(name))
}

/// Whether an object with names of a job run is the run of a tool that uses `pipeline` or
/// `start_time` too, and nothing else shows that it is a job run.
fn has_shared_names(value: &Value) -> bool {
    let is_own = |role: &&FieldRole| !matches!(role, FieldRole::StartTime);
    let names = || OF_PAYLOAD.iter().filter(is_own).flat_map(|role| role.names());
    let has_own = |object: &Object| names().any(|name| object.contains(name));
    let is_run = [blue::READER, build::READER].iter().any(|reader| (reader.is_run)(JsonLookup::of(value)));
    is_run && !value.as_object().is_some_and(has_own)
}

/// The values of a text with one after the other, as programs print pages of a list.
pub(super) fn several(text: &str) -> Result<Vec<Value>, document::SyntaxError> {
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
        if head.trim().is_empty() || !tail.starts_with(['{', '[']) {
            return Err(fault);
        }
        let Ok(value) = document::read(head) else { return Err(fault) };
        values.push(value);
        rest = tail;
    }
}
