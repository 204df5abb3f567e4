//! A run without the words of its tool, and the document made from it.

use std::collections::HashSet;

use super::CiTool;
use super::word::{ResultWord, RunEnd};
use crate::catalog::FieldRole;
use crate::document::{Object, Value};
use crate::import::remote;
use crate::text;
use crate::time::Timestamp;

/// The longest id of a stage or step that SEI accepts.
const LONGEST_ID: usize = 50;

/// How many unknown words a note lists.
const MOST_UNKNOWN: usize = 8;

/// The values of a run in a tool.
#[derive(Default)]
pub(super) struct Run {
    /// The name of the job.
    pub(super) pipeline: Option<String>,
    /// The name that identifies the job.
    pub(super) full_name: Option<String>,
    /// The number that identifies the run of its job.
    pub(super) number: Option<i64>,
    pub(super) verdict: Option<ResultWord>,
    pub(super) start: Option<Timestamp>,
    pub(super) end: Option<Timestamp>,
    /// The duration, where the tool gives one.
    pub(super) millis: Option<i64>,
    pub(super) branch: Option<String>,
    pub(super) commits: Vec<String>,
    pub(super) repository: Option<String>,
    pub(super) user: Option<String>,
    pub(super) page: Option<String>,
    pub(super) project: Option<String>,
    pub(super) stages: Vec<ImportedStage>,
    pub(super) parameters: Vec<Value>,
    pub(super) triggers: Vec<Value>,
    /// Whether the run deploys the build of another run.
    pub(super) is_deployment: bool,
    /// Further notes.
    pub(super) notes: Vec<String>,
}

/// A stage, or a step of one.
#[derive(Default, Clone)]
pub(in crate::import) struct ImportedStage {
    pub(in crate::import) id: Option<String>,
    pub(in crate::import) name: Option<String>,
    pub(in crate::import) verdict: Option<ResultWord>,
    pub(in crate::import) start: Option<Timestamp>,
    pub(in crate::import) end: Option<Timestamp>,
    pub(in crate::import) millis: Option<i64>,
    pub(in crate::import) description: Option<String>,
    /// The state, where it does not follow from the result.
    pub(in crate::import) state: Option<String>,
    pub(in crate::import) steps: Vec<Self>,
}

/// The duration: as given, or from start to end.
fn length(millis: Option<i64>, start: Option<Timestamp>, end: Option<Timestamp>) -> Option<i64> {
    let between = || Some((end? - start?).millis());
    millis.or_else(between).map(|millis| millis.max(0))
}

impl Run {
    /// The document, and notes about it.
    pub(super) fn document(mut self, tool: CiTool) -> (Value, Vec<String>) {
        let is_over = self.verdict.as_ref().is_some_and(|verdict| !verdict.is_open());
        let mut notes: Vec<_> = self.outcome_note(tool).into_iter().collect();
        let mut unknown = Vec::new();
        let stages = with_order(&self.stages, is_over, &mut unknown);
        if !unknown.is_empty() {
            let words = text::visible(&unknown.join(", ")).into_owned();
            notes.push(format!("Stage results kept in the words of {}: {words}.", tool.label()));
        }
        let result = self.verdict.as_ref().filter(|_| is_over).map(|verdict| verdict.of_run().to_owned());
        let duration = length(self.millis, self.start, self.end).filter(|_| is_over);
        let text = |text: &Option<String>| text.clone().map(Value::Text);
        let list = |items: Vec<Value>| (!items.is_empty()).then_some(Value::Array(items));
        let mut seen = HashSet::new();
        self.commits.retain(|commit| seen.insert(commit.clone()));
        let commits = self.commits.iter().cloned().map(Value::Text).collect();
        let job_run = (!stages.is_empty()).then(|| {
            let mut object = Object::default();
            object.push(FieldRole::Stages.name(), stages);
            Value::Object(object)
        });
        let fields = [
            (FieldRole::Pipeline, text(&self.pipeline)),
            (FieldRole::FullName, text(&self.full_name)),
            (FieldRole::QualifiedName, text(&self.pipeline)),
            (FieldRole::Result, result.map(Value::Text)),
            (FieldRole::StartTime, self.start.map(|start| Value::from(start.millis()))),
            (FieldRole::Duration, duration.map(Value::from)),
            (FieldRole::BuildNumber, self.number.map(Value::from)),
            (FieldRole::Ci, Some(Value::Bool(!self.is_deployment))),
            (FieldRole::Cd, Some(Value::Bool(self.is_deployment))),
            (FieldRole::Branch, text(&self.branch)),
            (FieldRole::Commits, list(commits)),
            (FieldRole::RepositoryUrl, self.repository.as_deref().and_then(remote::clean).map(Value::Text)),
            (FieldRole::User, text(&self.user)),
            (FieldRole::RunUrl, self.page.as_deref().and_then(remote::clean).map(Value::Text)),
            (FieldRole::Project, text(&self.project)),
            (FieldRole::StageTree, job_run),
            (FieldRole::Parameters, list(self.parameters)),
            (FieldRole::Triggers, list(self.triggers)),
        ];
        notes.push(missing(&fields));
        let kind = if self.is_deployment {
            "Imported as a CD deployment. If the run is a build, set ci to true and cd to false."
        } else {
            "Imported as a CI build. If the run is a deployment, set ci to false and cd to true."
        };
        notes.push(kind.to_owned());
        notes.extend(self.notes);
        let known = fields.into_iter().filter_map(|(role, value)| Some((role.name().to_owned(), value?)));
        (Value::Object(known.collect()), notes)
    }

    /// A note about the result, where the field does not say everything.
    fn outcome_note(&self, tool: CiTool) -> Option<String> {
        let label = tool.label();
        // Where only the jobs of a run are known, an open job means that the run is not over.
        let open = self.stages.iter().find_map(ImportedStage::open);
        let verdict = self.verdict.as_ref().or(open)?;
        let word = text::visible(&verdict.word);
        if verdict.is_open() {
            Some(format!(
                "This run is not over: {label} says “{word}”. Result and duration are not imported; import it again \
                 after it has ended."
            ))
        } else if verdict.ending == RunEnd::Unknown {
            Some(format!("The result stays “{word}”, as {label} says: no SEI word is known for it."))
        } else if verdict.is_plain() {
            None
        } else {
            Some(format!("{label} says “{word}”; the result became {}.", verdict.of_run()))
        }
    }
}

/// A note about values of a tool without a field in a job run.
pub(super) fn not_imported(what: &str, names: impl Iterator<Item = String>) -> Option<String> {
    const MOST_NAMES: usize = 8;
    let names: Vec<_> = names.collect();
    let more = if names.len() > MOST_NAMES { ", …" } else { "" };
    let shown = names.iter().take(MOST_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    (!names.is_empty()).then(|| format!("The {what} are not imported: {}{more}.", text::visible(&shown)))
}

/// A note that names required or useful fields without a value.
fn missing(fields: &[(FieldRole, Option<Value>)]) -> String {
    missing_where(|role| fields.iter().any(|(field, value)| *field == role && value.is_none()))
}

/// A note that names required or useful fields that a document does not have.
pub(in crate::import) fn missing_in(document: &Value) -> String {
    missing_where(|role| document.as_object().is_none_or(|object| !object.contains(role.name())))
}

fn missing_where(is_missing: impl Fn(FieldRole) -> bool) -> String {
    const WANTED: [FieldRole; 10] = [
        FieldRole::Pipeline,
        FieldRole::FullName,
        FieldRole::Result,
        FieldRole::StartTime,
        FieldRole::Duration,
        FieldRole::BuildNumber,
        FieldRole::Branch,
        FieldRole::Commits,
        FieldRole::RepositoryUrl,
        FieldRole::StageTree,
    ];
    let absent = WANTED.into_iter().filter(|role| is_missing(*role));
    let names: Vec<_> = [FieldRole::InstanceName, FieldRole::InstanceGuid]
        .into_iter()
        .chain(absent)
        .map(FieldRole::name)
        .collect();
    format!("Not in the input: {}.", names.join(", "))
}

/// Stages as values of the document; words without a meaning are kept.
pub(in crate::import) fn stage_values(stages: &[ImportedStage], is_over: bool) -> Vec<Value> {
    with_order(stages, is_over, &mut Vec::new())
}

/// Stages or steps as values of the document; collects unknown words.
fn with_order(stages: &[ImportedStage], is_over: bool, unknown: &mut Vec<String>) -> Vec<Value> {
    let mut values = Vec::with_capacity(stages.len());
    let mut free = 0;
    let mut known: HashSet<String> = stages.iter().filter_map(|stage| stage.id.clone()).collect();
    let mut used = HashSet::new();
    for (index, stage) in stages.iter().enumerate() {
        let own = stage.id.clone().filter(|id| id.chars().count() <= LONGEST_ID && used.insert(id.clone()));
        let id = own.unwrap_or_else(|| {
            loop {
                free += 1;
                let id = format!("{free}");
                if known.insert(id.clone()) {
                    break id;
                }
            }
        });
        values.push(Value::Object(stage.to_object(id, index, is_over, unknown)));
    }
    values
}

impl ImportedStage {
    /// The state of this stage or of a step, where it is not over.
    fn open(&self) -> Option<&ResultWord> {
        let own = self.verdict.as_ref().filter(|verdict| verdict.is_open());
        own.or_else(|| self.steps.iter().find_map(Self::open))
    }

    fn to_object(&self, id: String, index: usize, is_over: bool, unknown: &mut Vec<String>) -> Object {
        let verdict = self.verdict.as_ref();
        // A stage that still waits when the run is over never started.
        let is_open = verdict.is_some_and(ResultWord::is_open);
        let is_left = is_over && is_open;
        if let Some(verdict) = verdict.filter(|verdict| verdict.ending == RunEnd::Unknown)
            && unknown.len() < MOST_UNKNOWN
            && !unknown.contains(&verdict.word)
        {
            unknown.push(verdict.word.clone());
        }
        let result = if is_left { Some("skipped") } else { verdict.and_then(ResultWord::of_stage) };
        let own = self.state.as_deref();
        let state = if is_left { Some("completed") } else { own.or_else(|| verdict.map(ResultWord::state)) };
        let mut object = Object::default();
        object.push(FieldRole::StageId.name(), id);
        object
            .push(FieldRole::StageName.name(), self.name.clone().unwrap_or_else(|| format!("{}", index + 1)));
        for (role, word) in [(FieldRole::StageResult, result), (FieldRole::StageState, state)] {
            if let Some(word) = word {
                object.push(role.name(), word);
            }
        }
        // SEI drops this stage and all after it where the duration is missing.
        let duration = length(self.millis, self.start, self.end).filter(|_| !is_open);
        object.push(FieldRole::StageDuration.name(), duration.unwrap_or_default());
        if let Some(start) = self.start {
            object.push(FieldRole::StageStart.name(), start.to_rfc3339());
        }
        if let Some(description) = &self.description {
            object.push(FieldRole::StageDescription.name(), description.as_str());
        }
        if !self.steps.is_empty() {
            object.push(FieldRole::Steps.name(), with_order(&self.steps, is_over, unknown));
        }
        object
    }
}
