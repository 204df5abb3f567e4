//! Bitbucket Pipelines: a pipeline and its steps.

use super::gather::Parts;
use super::lookup::JsonLookup;
use super::run::{ImportedStage, Run};
use super::word::ResultWord;
use super::{CiTool, ToolReader};

pub(super) const READER: ToolReader = ToolReader {
    tool: CiTool::Bitbucket,
    is_run,
    is_job,
    is_context: |_| false,
    list: "values",
    identity: |run| [run.text("uuid"), None],
    owner: |step| [step.text("pipeline.uuid"), None],
    attempt: |step| step.whole("run_number").unwrap_or_default(),
    read,
};

fn is_run(json: JsonLookup<'_>) -> bool {
    json.has("build_number state.name") && (json.has("target") || json.has("repository"))
}

fn is_job(json: JsonLookup<'_>) -> bool {
    json.has("state.name started_on")
}

fn read(parts: &Parts<'_>) -> Run {
    let run = parts.run;
    let full_name = run.text("repository.full_name");
    let origin = run
        .text("repository.links.html.href")
        .or_else(|| full_name.as_ref().map(|name| format!("https://bitbucket.org/{name}")));
    let number = run.whole("build_number");
    let page =
        origin.as_ref().zip(number).map(|(origin, n)| format!("{origin}/addon/pipelines/home#!/results/{n}"));
    Run {
        pipeline: full_name.as_deref().and_then(|name| name.rsplit('/').next()).map(str::to_owned),
        full_name,
        number,
        verdict: verdict(run),
        start: run.instant("created_on"),
        end: run.instant("completed_on"),
        branch: run.text("target.ref_name target.source"),
        commits: run.text("target.commit.hash").into_iter().collect(),
        repository: origin,
        user: run.text("creator.nickname creator.display_name"),
        page,
        stages: parts.jobs.iter().map(|step| stage(*step)).collect(),
        ..Run::default()
    }
}

/// The result; before the end, the stage that the run waits at, or the state.
fn verdict(json: JsonLookup<'_>) -> Option<ResultWord> {
    let state = json.text("state.name");
    let is_open = state.as_deref().is_some_and(|word| ResultWord::of(word).is_open());
    let phase = json.text("state.stage.name").filter(|_| is_open);
    ResultWord::of_both(phase.or(state), json.text("state.result.name"))
}

fn stage(step: JsonLookup<'_>) -> ImportedStage {
    ImportedStage {
        id: step.text("uuid"),
        name: step.text("name"),
        verdict: verdict(step),
        start: step.instant("started_on"),
        end: step.instant("completed_on"),
        millis: step.seconds("duration_in_seconds"),
        ..ImportedStage::default()
    }
}
