//! GitLab CI: what its webhooks post about a pipeline or about one job. Names differ from those of
//! the API.

use super::gather::Parts;
use super::gitlab;
use super::lookup::JsonLookup;
use super::run::{ImportedStage, Run, not_imported};
use super::word::ResultWord;
use super::{CiTool, ToolReader};

pub(super) const READER: ToolReader = ToolReader {
    tool: CiTool::GitLab,
    is_run,
    is_job: |_| false,
    is_context: |_| false,
    list: "builds",
    identity: |event| [event.text("object_attributes.id pipeline_id"), None],
    owner: |_| [None, None],
    attempt: |job| job.whole("id").unwrap_or_default(),
    read,
};

fn is_run(json: JsonLookup<'_>) -> bool {
    is_pipeline(json) || json.has("object_kind build_id build_name build_status pipeline_id")
}

fn is_pipeline(json: JsonLookup<'_>) -> bool {
    json.text("object_kind").as_deref() == Some("pipeline") && json.has("object_attributes.status")
}

fn read(parts: &Parts<'_>) -> Run {
    let event = parts.run;
    let page = event.text("project.web_url repository.homepage");
    let full_name = event.text("project.path_with_namespace").or_else(|| gitlab::project(page.as_deref()?));
    let name = full_name.as_deref().and_then(|name| name.rsplit('/').next()).map(str::to_owned);
    let common = Run {
        pipeline: event.text("object_attributes.name").or(name),
        full_name,
        branch: event.text("merge_request.source_branch object_attributes.ref ref"),
        commits: event.text("merge_request.last_commit.id object_attributes.sha sha").into_iter().collect(),
        user: event.text("user.username user.name"),
        repository: page,
        ..Run::default()
    };
    if is_pipeline(event) { of_pipeline(parts, common) } else { of_job(event, common) }
}

fn of_pipeline(parts: &Parts<'_>, common: Run) -> Run {
    let pipeline = parts.run.at("object_attributes");
    let mut jobs = parts.jobs.clone();
    jobs.sort_by_key(|job| job.whole("id"));
    let verdict = pipeline.text("status").map(|word| ResultWord::of(&word));
    let variables = pipeline.items("variables");
    let names = variables.iter().filter_map(|variable| variable.text("key"));
    let address = common.repository.clone().zip(pipeline.text("id"));
    Run {
        number: pipeline.whole("iid"),
        start: pipeline.instant("started_at created_at"),
        end: pipeline.instant("finished_at"),
        millis: pipeline.seconds("duration"),
        page: pipeline
            .text("url")
            .or_else(|| address.map(|(project, id)| format!("{project}/-/pipelines/{id}"))),
        stages: gitlab::stages(&jobs, verdict.as_ref()),
        verdict,
        notes: not_imported("variables of the pipeline", names).into_iter().collect(),
        ..common
    }
}

/// A job event has neither the result nor the number of its pipeline.
fn of_job(event: JsonLookup<'_>, common: Run) -> Run {
    let verdict = event.text("build_status").map(|word| ResultWord::of(&word));
    let tolerated = |verdict: ResultWord| {
        if event.truth("build_allow_failure") == Some(true) { verdict.tolerated() } else { verdict }
    };
    let step = ImportedStage {
        id: event.text("build_id"),
        name: event.text("build_name"),
        verdict: verdict.clone(),
        start: event.instant("build_started_at"),
        end: event.instant("build_finished_at"),
        millis: event.seconds("build_duration"),
        ..ImportedStage::default()
    };
    let stage = ImportedStage {
        id: None,
        name: event.text("build_stage"),
        verdict: verdict.map(tolerated),
        steps: vec![step.clone()],
        ..step
    };
    let id = event.text("pipeline_id");
    let page = common.repository.as_ref().zip(id.as_ref());
    Run {
        page: page.map(|(project, id)| format!("{project}/-/pipelines/{id}")),
        stages: vec![stage],
        notes: vec!["This is one job; the pipeline hook has the whole run.".to_owned()],
        ..common
    }
}
