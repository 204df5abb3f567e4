//! `CircleCI`: a workflow and its jobs; branch and commit are in the pipeline that it belongs to.

use super::gather::{Parts, RunIds};
use super::lookup::JsonLookup;
use super::run::{ImportedStage, Run};
use super::word::ResultWord;
use super::{CiTool, ToolReader};

pub(super) const READER: ToolReader = ToolReader {
    tool: CiTool::CircleCi,
    is_run,
    is_job,
    is_context: is_pipeline,
    list: "items",
    identity: |run| [run.text("pipeline_id pipeline.id"), run.text("project_slug project.slug")],
    owner,
    attempt: |job| i64::from(job.text("status").as_deref() != Some("retried")),
    read,
};

/// A workflow of the API, or the event that is posted when one, or a job of it, has ended.
fn is_run(json: JsonLookup<'_>) -> bool {
    json.has("id status project_slug pipeline_number")
        || json.has("type workflow.name pipeline.number project.slug")
}

fn is_job(json: JsonLookup<'_>) -> bool {
    json.has("status project_slug started_at") && !is_run(json)
}

fn is_pipeline(json: JsonLookup<'_>) -> bool {
    json.has("number project_slug") && json.has_any("vcs trigger_parameters trigger")
}

/// Jobs name only their project, unless they were requested one by one.
fn owner(json: JsonLookup<'_>) -> RunIds {
    let pipeline = if is_pipeline(json) { json.text("id") } else { json.text("pipeline.id") };
    [pipeline, json.text("project_slug")]
}

/// Paths of values in a pipeline. Where the project is not bound to GitHub by OAuth, they are in
/// the parameters of the trigger.
const BRANCH: &str = "vcs.branch trigger_parameters.git.branch trigger_parameters.gitlab.branch \
                      trigger_parameters.github_app.branch";
const COMMIT: &str = "vcs.revision trigger_parameters.git.checkout_sha trigger_parameters.gitlab.commit_sha \
                      trigger_parameters.github_app.checkout_sha trigger_parameters.github_app.commit_sha";
const REPOSITORY: &str = "vcs.origin_repository_url vcs.target_repository_url trigger_parameters.git.repo_url \
                          trigger_parameters.gitlab.web_url trigger_parameters.github_app.repo_url";
const USER: &str = "trigger.actor.login trigger_parameters.gitlab.user_username \
                    trigger_parameters.github_app.user_username";

fn read(parts: &Parts<'_>) -> Run {
    let is_event = parts.run.has("workflow");
    let run = if is_event { parts.run.at("workflow") } else { parts.run };
    let job = Some(parts.run.at("job")).filter(|job| job.is_object());
    let context = parts.context.first().copied().unwrap_or_default();
    let pipeline = if is_event { parts.run.at("pipeline") } else { context };
    let slug = parts.run.text("project_slug project.slug").or_else(|| parts.job().text("project_slug"));
    let name = run.text("name");
    let path = slug.as_deref().map(|slug| slug.split_once('/').map_or(slug, |(_, path)| path));
    let number = run.whole("pipeline_number").or_else(|| pipeline.whole("number"));
    let page = |slug: &str| {
        let id = run.text("id")?;
        Some(format!("https://app.circleci.com/pipelines/{slug}/{}/workflows/{id}", number?))
    };
    let branch = pipeline.text(BRANCH);
    let mut notes = Vec::new();
    if branch.is_none() {
        let note = if pipeline.is_object() {
            "Its pipeline names no branch."
        } else {
            "Branch and commit are in the JSON of its pipeline: import both together."
        };
        notes.push(note.to_owned());
    }
    Run {
        full_name: path.zip(name.as_ref()).map(|(path, name)| format!("{path}/{name}")),
        pipeline: name,
        number,
        verdict: run.text("status").map(|word| ResultWord::of(&word)),
        start: run.instant("created_at"),
        end: run.instant("stopped_at"),
        branch,
        commits: pipeline.text(COMMIT).into_iter().collect(),
        repository: pipeline.text(REPOSITORY),
        user: pipeline.text(USER),
        page: slug.as_deref().and_then(page),
        stages: parts.jobs.iter().chain(job.as_ref()).map(|job| stage(*job)).collect(),
        notes,
        ..Run::default()
    }
}

fn stage(job: JsonLookup<'_>) -> ImportedStage {
    ImportedStage {
        id: job.text("job_number number id"),
        name: job.text("name"),
        verdict: job.text("status").map(|word| ResultWord::of(&word)),
        start: job.instant("started_at"),
        end: job.instant("stopped_at"),
        ..ImportedStage::default()
    }
}
