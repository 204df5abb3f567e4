//! Buildkite: a build, which holds its jobs.

use super::gather::Parts;
use super::lookup::JsonLookup;
use super::run::{ImportedStage, Run};
use super::word::ResultWord;
use super::{CiTool, ToolReader};
use crate::import::remote;

pub(super) const READER: ToolReader = ToolReader {
    tool: CiTool::Buildkite,
    is_run,
    is_job,
    is_context: is_pipeline,
    list: "jobs",
    identity: |run| [run.text("number"), None],
    owner: |job| [job.segment_after("web_url build_url", "builds"), None],
    attempt: |job| i64::from(job.truth("retried") != Some(true)),
    read,
};

fn is_run(json: JsonLookup<'_>) -> bool {
    json.has("number state commit branch") && json.has_any("pipeline.slug web_url")
}

fn is_job(json: JsonLookup<'_>) -> bool {
    json.has("type state exit_status")
}

/// The pipeline, which an event has next to its build.
fn is_pipeline(json: JsonLookup<'_>) -> bool {
    json.has("slug repository")
}

fn read(parts: &Parts<'_>) -> Run {
    let run = parts.run;
    let context = parts.context.first().copied().unwrap_or_default();
    let of_pipeline = |name: &str| run.at("pipeline").text(name).or_else(|| context.text(name));
    let mut notes = Vec::new();
    let page = run.text("web_url");
    let pipeline = of_pipeline("slug");
    let owner = page.as_deref().and_then(remote::segments);
    let owner = owner.and_then(|(_, path)| path.first().map(|owner| (*owner).to_owned()));
    // A build of the latest commit names no commit.
    let commit = run.text("commit").filter(|commit| commit != "HEAD");
    if commit.is_none() && run.has("commit") {
        notes.push("The commit is only HEAD; enter its full id.".to_owned());
    }
    let is_job = |job: &&JsonLookup<'_>| {
        job.text("type").is_none_or(|kind| ["script", "trigger"].contains(&kind.as_str()))
    };
    Run {
        full_name: owner.zip(pipeline.as_ref()).map(|(owner, name)| format!("{owner}/{name}")),
        pipeline,
        number: run.whole("number"),
        verdict: verdict(run),
        start: run.instant("started_at created_at"),
        end: run.instant("finished_at"),
        branch: run.text("branch"),
        commits: commit.into_iter().collect(),
        repository: of_pipeline("repository"),
        user: run.text("creator.email creator.name author.email"),
        page,
        stages: parts.jobs.iter().filter(is_job).map(|job| stage(*job)).collect(),
        notes,
        ..Run::default()
    }
}

/// The state; a build that waits at a block step may be called passed.
fn verdict(run: JsonLookup<'_>) -> Option<ResultWord> {
    let blocked = run.truth("blocked").filter(|is_blocked| *is_blocked).map(|_| "blocked".to_owned());
    ResultWord::of_both(blocked, run.text("state"))
}

/// The result of a job; its step may allow a failure.
fn job_verdict(job: JsonLookup<'_>) -> Option<ResultWord> {
    let exit = job.whole("exit_status").map(|code| if code == 0 { "passed" } else { "failed" }.to_owned());
    let verdict = ResultWord::of_both(
        job.text("state"),
        exit.filter(|_| job.text("state").as_deref() == Some("finished")),
    );
    if job.truth("soft_failed") == Some(true) { verdict.map(ResultWord::tolerated) } else { verdict }
}

fn stage(job: JsonLookup<'_>) -> ImportedStage {
    ImportedStage {
        id: job.text("id"),
        name: job.text("name command step_key"),
        verdict: job_verdict(job),
        start: job.instant("started_at"),
        end: job.instant("finished_at"),
        ..ImportedStage::default()
    }
}
