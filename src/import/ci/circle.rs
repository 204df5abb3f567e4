//! `CircleCI`: a workflow and its jobs; branch and commit are told by the pipeline that it belongs to.

use super::look::{Look, lists};
use super::run::{Run, Stage};
use super::word::Verdict;
use super::{Reader, Tool};

pub(super) const READER: Reader = Reader { tool: Tool::CircleCi, is_run, is_jobs, read };

fn is_run(look: Look<'_>) -> bool {
    look.has("id status project_slug pipeline_number")
}

fn is_jobs(look: Look<'_>) -> bool {
    look.list("items").first().is_some_and(|job| job.has("status project_slug started_at"))
}

fn read(run: Look<'_>, beside: &[Look<'_>]) -> Run {
    let jobs = lists(run, beside, "items");
    let pipeline = beside.iter().copied().find(|look| look.has("vcs")).unwrap_or_default();
    let job = jobs.first().copied().unwrap_or_default();
    let slug = run.text("project_slug").or_else(|| job.text("project_slug"));
    let name = run.text("name");
    let path = slug.as_deref().map(|slug| slug.split_once('/').map_or(slug, |(_, path)| path));
    let number = run.whole("pipeline_number");
    let page = |slug: &str| {
        let id = run.text("id")?;
        Some(format!("https://app.circleci.com/pipelines/{slug}/{}/workflows/{id}", number?))
    };
    let mut notes = Vec::new();
    if !pipeline.has("vcs.branch") {
        notes.push("Branch and commit stand in the JSON of its pipeline, which may come along.".to_owned());
    }
    Run {
        full_name: path.zip(name.as_ref()).map(|(path, name)| format!("{path}/{name}")),
        pipeline: name,
        number,
        verdict: run.text("status").map(|word| Verdict::of(&word)),
        start: run.instant("created_at"),
        end: run.instant("stopped_at"),
        branch: pipeline.text("vcs.branch"),
        commits: pipeline.text("vcs.revision").into_iter().collect(),
        repository: pipeline.text("vcs.origin_repository_url vcs.target_repository_url"),
        user: pipeline.text("trigger.actor.login"),
        page: slug.as_deref().and_then(page),
        stages: jobs.iter().map(|job| stage(*job)).collect(),
        notes,
        ..Run::default()
    }
}

fn stage(job: Look<'_>) -> Stage {
    Stage {
        id: job.text("job_number id"),
        name: job.text("name"),
        verdict: job.text("status").map(|word| Verdict::of(&word)),
        start: job.instant("started_at"),
        end: job.instant("stopped_at"),
        ..Stage::default()
    }
}
