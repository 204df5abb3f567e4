//! Buildkite: a build, which holds its jobs.

use super::look::{Look, lists};
use super::run::{Run, Stage};
use super::word::Verdict;
use super::{Reader, Tool};
use crate::import::remote;

pub(super) const READER: Reader = Reader { tool: Tool::Buildkite, is_run, is_jobs, read };

fn is_run(look: Look<'_>) -> bool {
    look.has("number state commit branch pipeline.slug")
}

fn is_jobs(look: Look<'_>) -> bool {
    look.list("jobs").iter().any(|job| job.has("type state exit_status"))
}

fn read(run: Look<'_>, beside: &[Look<'_>]) -> Run {
    let mut notes = Vec::new();
    let page = run.text("web_url");
    let pipeline = run.text("pipeline.slug");
    let owner = page.as_deref().and_then(remote::segments);
    let owner = owner.and_then(|(_, path)| path.first().map(|owner| (*owner).to_owned()));
    // A build of whatever stood at the top names no commit.
    let commit = run.text("commit").filter(|commit| commit != "HEAD");
    if commit.is_none() && run.has("commit") {
        notes.push("The commit is told as HEAD only; put its full id there.".to_owned());
    }
    let jobs = lists(run, beside, "jobs");
    let is_job =
        |job: &&Look<'_>| job.text("type").is_none_or(|kind| ["script", "trigger"].contains(&kind.as_str()));
    Run {
        full_name: owner.zip(pipeline.as_ref()).map(|(owner, name)| format!("{owner}/{name}")),
        pipeline,
        number: run.whole("number"),
        verdict: run.text("state").map(|word| Verdict::of(&word)),
        start: run.instant("started_at created_at"),
        end: run.instant("finished_at"),
        branch: run.text("branch"),
        commits: commit.into_iter().collect(),
        repository: run.text("pipeline.repository"),
        user: run.text("creator.email creator.name author.email"),
        page,
        stages: jobs.iter().filter(is_job).map(|job| stage(*job)).collect(),
        notes,
        ..Run::default()
    }
}

fn stage(job: Look<'_>) -> Stage {
    Stage {
        id: job.text("id"),
        name: job.text("name command step_key"),
        verdict: job.text("state").map(|word| Verdict::of(&word)),
        start: job.instant("started_at"),
        end: job.instant("finished_at"),
        ..Stage::default()
    }
}
