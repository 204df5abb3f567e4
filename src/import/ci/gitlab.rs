//! GitLab CI: a pipeline and its jobs, or a job alone, which describes its pipeline.

use super::gather::Parts;
use super::lookup::JsonLookup;
use super::run::{ImportedStage, Run};
use super::word::{ResultWord, RunEnd};
use super::{CiTool, ToolReader};
use crate::import::remote;

pub(super) const READER: ToolReader = ToolReader {
    tool: CiTool::GitLab,
    is_run,
    is_job,
    is_context: |_| false,
    list: "jobs",
    identity: |run| [run.text("id"), None],
    owner: |job| [job.text("pipeline.id"), None],
    // A retried job is a new job with the same name.
    attempt: |job| job.whole("id").unwrap_or_default(),
    read,
};

fn is_run(json: JsonLookup<'_>) -> bool {
    json.has("id sha ref status") && json.text("web_url").is_some_and(|page| page.contains("/pipelines/"))
}

fn is_job(json: JsonLookup<'_>) -> bool {
    json.has("id stage name status ref") && (json.has("pipeline.id") || json.has("web_url"))
}

fn read(parts: &Parts<'_>) -> Run {
    let run = parts.run;
    let mut jobs = parts.jobs.clone();
    // The API lists the newest first.
    jobs.sort_by_key(|job| job.whole("id"));
    let job = jobs.first().copied().unwrap_or_default();
    let either = |of_run: &str, of_job: &str| run.text(of_run).or_else(|| job.text(of_job));
    let page = either("web_url", "pipeline.web_url");
    let address = page.clone().or_else(|| job.text("web_url"));
    let host = address.as_deref().and_then(remote::segments).map(|(host, _)| host).unwrap_or_default();
    let project = address.as_deref().and_then(project);
    let name = project.as_deref().and_then(|project| project.rsplit('/').next()).map(str::to_owned);
    let verdict = either("status", "pipeline.status").map(|word| ResultWord::of(&word));
    Run {
        pipeline: run.text("name").or(name),
        number: run.whole("iid").or_else(|| job.whole("pipeline.iid")),
        stages: stages(&jobs, verdict.as_ref()),
        verdict,
        start: run.instant("started_at created_at"),
        end: run.instant("finished_at"),
        millis: run.seconds("duration"),
        branch: either("ref", "ref"),
        commits: either("sha", "pipeline.sha commit.id").into_iter().collect(),
        repository: project.as_ref().map(|project| format!("{host}/{project}")),
        full_name: project,
        user: either("user.username", "user.username"),
        page,
        notes: notes(run),
        ..Run::default()
    }
}

fn notes(run: JsonLookup<'_>) -> Vec<String> {
    let is_merge = run.text("ref").is_some_and(|name| name.starts_with("refs/merge-requests/"));
    let note = "The branch is the ref of a merge request; enter the source branch.";
    is_merge.then(|| note.to_owned()).into_iter().collect()
}

/// `group/project` from an address of a project or of something inside it.
pub(super) fn project(address: &str) -> Option<String> {
    let (_, path) = remote::segments(address)?;
    let path: Vec<_> = path.into_iter().take_while(|segment| !["-", "pipelines"].contains(segment)).collect();
    (!path.is_empty()).then(|| path.join("/"))
}

/// The stages in the order of their first jobs, each with its jobs as steps.
pub(super) fn stages(jobs: &[JsonLookup<'_>], run: Option<&ResultWord>) -> Vec<ImportedStage> {
    let is_over = run.is_some_and(|verdict| !verdict.is_open());
    let mut stages: Vec<ImportedStage> = Vec::new();
    let mut verdicts: Vec<Vec<ResultWord>> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for job in jobs {
        let name = job.text("stage");
        let place = *places.entry(name.clone()).or_insert(stages.len());
        if place == stages.len() {
            stages.push(ImportedStage { name, ..ImportedStage::default() });
            verdicts.push(Vec::new());
        }
        let step = step(*job);
        let (Some(stage), Some(all)) = (stages.get_mut(place), verdicts.get_mut(place)) else { continue };
        all.extend(step.verdict.clone().map(|verdict| lenient(verdict, *job, is_over)));
        stage.start = stage.start.into_iter().chain(step.start).min();
        stage.end = stage.end.into_iter().chain(step.end).max();
        stage.steps.push(step);
    }
    for (stage, verdicts) in stages.iter_mut().zip(verdicts) {
        stage.verdict = ResultWord::gravest(verdicts.into_iter());
    }
    stages
}

/// The result of a job for its stage: an allowed failure is a warning, a manual job does not block
/// the stage, and a job that still waits when the pipeline is over never ran.
fn lenient(verdict: ResultWord, job: JsonLookup<'_>, is_over: bool) -> ResultWord {
    if job.truth("allow_failure") == Some(true) && verdict.ending == RunEnd::Failure {
        verdict.tolerated()
    } else if verdict.word == "manual" || (is_over && verdict.is_open()) {
        ResultWord { ending: RunEnd::Skipped, ..verdict }
    } else {
        verdict
    }
}

fn step(job: JsonLookup<'_>) -> ImportedStage {
    ImportedStage {
        id: job.text("id"),
        name: job.text("name"),
        verdict: job.text("status").map(|word| ResultWord::of(&word)),
        start: job.instant("started_at"),
        end: job.instant("finished_at"),
        millis: job.seconds("duration"),
        ..ImportedStage::default()
    }
}
