//! Azure Pipelines: a build, and its timeline, whose records are flat and name their parents.

use std::collections::HashMap;

use super::look::{Look, lists};
use super::run::{Run, Stage};
use super::word::Verdict;
use super::{Reader, Tool};

pub(super) const READER: Reader = Reader { tool: Tool::Azure, is_run, is_jobs, read };

/// A record has no more ancestors than this: task, job, phase, stage, and checkpoints between them.
const DEEPEST: usize = 8;

fn is_run(look: Look<'_>) -> bool {
    look.has("id definition status") && (look.has("buildNumber") || look.has("sourceVersion"))
}

fn is_jobs(look: Look<'_>) -> bool {
    look.items("records").iter().any(|record| record.has("type state"))
}

fn read(run: Look<'_>, beside: &[Look<'_>]) -> Run {
    let records = lists(Look::default(), beside, "records");
    let (pipeline, project) = (run.text("definition.name"), run.text("project.name"));
    Run {
        full_name: project.as_ref().zip(pipeline.as_ref()).map(|(project, name)| format!("{project}/{name}")),
        pipeline,
        number: run.whole("id"),
        verdict: verdict(run, "status"),
        start: run.instant("startTime queueTime"),
        end: run.instant("finishTime"),
        branch: run
            .text("sourceBranch")
            .map(|name| name.strip_prefix("refs/heads/").unwrap_or(&name).to_owned()),
        commits: run.text("sourceVersion").into_iter().collect(),
        repository: run.text("repository.url"),
        user: run.text("requestedFor.uniqueName requestedFor.displayName"),
        page: run.text("_links.web.href"),
        project,
        stages: stages(&records),
        ..Run::default()
    }
}

/// The result, or how far it is.
fn verdict(look: Look<'_>, state: &str) -> Option<Verdict> {
    let is_over = look.text(state).is_none_or(|state| state == "completed");
    let result = look.text("result").filter(|_| is_over);
    result.or_else(|| look.text(state)).map(|word| Verdict::of(&word))
}

/// The stages with their tasks; of a pipeline without stages, the jobs.
fn stages(records: &[Look<'_>]) -> Vec<Stage> {
    let mut records = records.to_vec();
    records.sort_by_key(|record| record.whole("order"));
    let is = |record: &Look<'_>, kind: &str| record.text("type").as_deref() == Some(kind);
    let named =
        |record: &Look<'_>| is(record, "Stage") && record.text("name").as_deref() != Some("__default");
    let kind = if records.iter().any(named) { "Stage" } else { "Job" };
    let by_id: HashMap<_, _> =
        records.iter().filter_map(|record| Some((record.text("id")?, *record))).collect();
    let mut tasks: HashMap<String, Vec<Stage>> = HashMap::new();
    for record in records.iter().filter(|record| is(record, "Task")) {
        let mut above = *record;
        for _ in 0..DEEPEST {
            let Some((id, parent)) = above.text("parentId").and_then(|id| by_id.get_key_value(&id)) else {
                break;
            };
            if is(parent, kind) {
                tasks.entry(id.clone()).or_default().push(timed(*record));
                break;
            }
            above = *parent;
        }
    }
    let stages = records.iter().filter(|record| is(record, kind)).map(|record| {
        let steps = record.text("id").and_then(|id| tasks.remove(&id)).unwrap_or_default();
        Stage { steps, ..timed(*record) }
    });
    stages.collect()
}

fn timed(record: Look<'_>) -> Stage {
    Stage {
        id: record.text("id"),
        name: record.text("name"),
        verdict: verdict(record, "state"),
        start: record.instant("startTime"),
        end: record.instant("finishTime"),
        ..Stage::default()
    }
}
