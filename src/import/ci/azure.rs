//! Azure Pipelines: a build, and its timeline, whose records are flat and name their parents.

use std::collections::{HashMap, HashSet};

use super::gather::{Parts, attempts_note};
use super::lookup::JsonLookup;
use super::run::{ImportedStage, Run};
use super::word::ResultWord;
use super::{CiTool, ToolReader};

pub(super) const READER: ToolReader = ToolReader {
    tool: CiTool::Azure,
    is_run,
    is_job,
    is_context: |_| false,
    list: "records",
    identity: |run| [run.text("id"), None],
    owner: |timeline| [build_of(timeline), None],
    attempt: |_| 0,
    read,
};

/// A record has no more ancestors than this: task, job, phase, stage, and checkpoints between them.
const DEEPEST: usize = 8;

fn is_run(json: JsonLookup<'_>) -> bool {
    let is_build = json.has("id definition status") && json.has_any("buildNumber sourceVersion");
    // The run in the newer API of runs, and in the event about one.
    is_build || json.has("id state pipeline.name createdDate")
}

/// The timeline of a build, which holds all its records.
fn is_job(json: JsonLookup<'_>) -> bool {
    json.items("records").iter().any(|record| record.has("type state"))
}

/// The build that a timeline belongs to, which only its addresses name.
fn build_of(timeline: JsonLookup<'_>) -> Option<String> {
    let of_logs = || {
        let records = timeline.items("records");
        records.iter().find_map(|record| record.segment_after("log.url", "builds"))
    };
    timeline.segment_after("url", "builds").or_else(of_logs)
}

fn read(parts: &Parts<'_>) -> Run {
    let run = parts.run;
    let records: Vec<_> = parts.jobs.iter().flat_map(|timeline| timeline.items("records")).collect();
    let mut notes = Vec::new();
    let records = last_attempts(records, &mut notes);
    let (branch, commit) = source(run, &mut notes);
    let (pipeline, project) = (run.text("definition.name pipeline.name"), run.text("project.name"));
    Run {
        full_name: project.as_ref().zip(pipeline.as_ref()).map(|(project, name)| format!("{project}/{name}")),
        pipeline,
        number: run.whole("id"),
        verdict: verdict(run, "status state"),
        start: run.instant("startTime queueTime createdDate"),
        end: run.instant("finishTime finishedDate"),
        branch,
        commits: commit.into_iter().collect(),
        repository: run.text("repository.url"),
        user: run.text("requestedFor.uniqueName requestedFor.displayName"),
        page: run.text("_links.web.href"),
        project,
        stages: stages(&records),
        notes,
        ..Run::default()
    }
}

/// Branch and commit; of a pull request those of its source, not those of the merge.
fn source(run: JsonLookup<'_>, notes: &mut Vec<String>) -> (Option<String>, Option<String>) {
    let (branch, commit) = (
        run.text("sourceBranch resources.repositories.self.refName"),
        run.text("sourceVersion resources.repositories.self.version"),
    );
    let trigger = run.at("triggerInfo");
    let is_pull = branch.as_deref().is_some_and(|name| name.starts_with("refs/pull/"));
    let of_pull = |name: &str| trigger.dotted(name).text("").filter(|_| is_pull);
    let (head, sha) = (of_pull("pr.sourceBranch"), of_pull("pr.sourceSha"));
    if is_pull && (head.is_none() || sha.is_none()) {
        notes.push(
            "The branch or the commit is that of the merge of a pull request; enter those of its source."
                .to_owned(),
        );
    }
    let short = |name: String| name.strip_prefix("refs/heads/").unwrap_or(&name).to_owned();
    (head.or(branch).map(short), sha.or(commit))
}

fn verdict(json: JsonLookup<'_>, state: &str) -> Option<ResultWord> {
    ResultWord::of_both(json.text(state), json.text("result"))
}

/// The records of the last attempts.
fn last_attempts<'v>(records: Vec<JsonLookup<'v>>, notes: &mut Vec<String>) -> Vec<JsonLookup<'v>> {
    let key = |record: JsonLookup<'_>| {
        let place = record.text("identifier").or_else(|| {
            Some(format!("{} {}", record.text("parentId").unwrap_or_default(), record.text("name")?))
        })?;
        Some((record.text("type")?, place))
    };
    let attempt = |record: JsonLookup<'_>| record.whole("attempt").unwrap_or_default();
    let mut last = HashMap::new();
    for record in &records {
        let Some(key) = key(*record) else { continue };
        let attempt = attempt(*record);
        last.entry(key).and_modify(|last: &mut i64| *last = attempt.max(*last)).or_insert(attempt);
    }
    let is_last = |record: &JsonLookup<'_>| {
        key(*record).and_then(|key| last.get(&key)).is_none_or(|last| attempt(*record) >= *last)
    };
    let (last_records, previous): (Vec<_>, Vec<_>) = records.into_iter().partition(is_last);
    notes.extend(attempts_note(previous.iter().filter_map(|record| record.text("name"))));
    last_records
}

/// A record with all that it is part of.
struct TimelineRecord<'v> {
    record: JsonLookup<'v>,
    /// The parents of the record, the nearest one first.
    above: Vec<JsonLookup<'v>>,
}

impl<'v> TimelineRecord<'v> {
    fn of(record: JsonLookup<'v>, by_id: &HashMap<String, JsonLookup<'v>>) -> Self {
        let mut above = Vec::new();
        let mut at = record;
        while let Some(parent) = at.text("parentId").and_then(|id| by_id.get(&id)) {
            if above.len() == DEEPEST {
                break;
            }
            above.push(*parent);
            at = *parent;
        }
        Self { record, above }
    }

    /// An order counts only among the records with the same parent.
    fn place(&self) -> Vec<(Option<i64>, Option<String>)> {
        let path = self.above.iter().rev().chain([&self.record]);
        path.map(|record| (record.whole("order"), record.text("id"))).collect()
    }

    fn is(&self, kind: &str) -> bool {
        is(self.record, kind)
    }

    /// The nearest record above it of a kind.
    fn parent(&self, kind: &str) -> Option<JsonLookup<'v>> {
        self.above.iter().copied().find(|record| is(*record, kind))
    }
}

fn is(record: JsonLookup<'_>, kind: &str) -> bool {
    record.text("type").as_deref() == Some(kind)
}

/// The stages with their tasks, job by job; of a pipeline without stages, the jobs.
fn stages(records: &[JsonLookup<'_>]) -> Vec<ImportedStage> {
    let by_id: HashMap<_, _> =
        records.iter().filter_map(|record| Some((record.text("id")?, *record))).collect();
    let mut lines: Vec<_> = records.iter().map(|record| TimelineRecord::of(*record, &by_id)).collect();
    lines.sort_by_cached_key(TimelineRecord::place);
    let is_named = |line: &TimelineRecord<'_>| {
        line.is("Stage") && line.record.text("name").as_deref() != Some("__default")
    };
    let kind = if lines.iter().any(is_named) { "Stage" } else { "Job" };
    let mut tasks: HashMap<String, Vec<(JsonLookup<'_>, JsonLookup<'_>)>> = HashMap::new();
    for line in lines.iter().filter(|line| line.is("Task")) {
        let Some(id) = line.parent(kind).and_then(|parent| parent.text("id")) else { continue };
        let job = line.parent("Job").unwrap_or_default();
        tasks.entry(id).or_default().push((job, line.record));
    }
    let stages = lines.iter().filter(|line| line.is(kind)).map(|line| {
        let tasks = line.record.text("id").and_then(|id| tasks.remove(&id)).unwrap_or_default();
        ImportedStage { steps: steps(&tasks), ..timed(line.record) }
    });
    stages.collect()
}

/// The tasks of a stage, with the names of their jobs where it has several.
fn steps(tasks: &[(JsonLookup<'_>, JsonLookup<'_>)]) -> Vec<ImportedStage> {
    let jobs: HashSet<_> = tasks.iter().map(|(job, _)| job.text("id")).collect();
    let step = |(job, task): &(JsonLookup<'_>, JsonLookup<'_>)| {
        let step = timed(*task);
        let job = job.text("name").filter(|_| jobs.len() > 1);
        let name = job.zip(step.name.as_ref()).map(|(job, name)| format!("{job}: {name}"));
        ImportedStage { name: name.or_else(|| step.name.clone()), ..step }
    };
    tasks.iter().map(step).collect()
}

fn timed(record: JsonLookup<'_>) -> ImportedStage {
    ImportedStage {
        id: record.text("id"),
        name: record.text("name"),
        verdict: verdict(record, "state"),
        start: record.instant("startTime"),
        end: record.instant("finishTime"),
        ..ImportedStage::default()
    }
}
