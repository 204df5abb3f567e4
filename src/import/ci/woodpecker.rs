//! Woodpecker: a pipeline with its workflows and their steps. Its times are seconds.

use super::gather::Parts;
use super::lookup::JsonLookup;
use super::run::{ImportedStage, Run, not_imported};
use super::word::ResultWord;
use super::{CiTool, ToolReader, drone};
use crate::time::EpochUnit;

pub(super) const READER: ToolReader = ToolReader {
    tool: CiTool::Woodpecker,
    is_run,
    is_job,
    is_context: is_repository,
    list: "workflows",
    identity: |run| [run.text("id"), None],
    owner: |workflow| [workflow.text("pipeline_id"), None],
    attempt: |_| 0,
    read,
};

fn is_run(json: JsonLookup<'_>) -> bool {
    json.has("number status event commit") && json.has_any("started finished created") && !json.has("after")
}

/// A workflow; older versions call it a process.
fn is_job(json: JsonLookup<'_>) -> bool {
    json.has("pid state name children") && json.has_any("pipeline_id started start_time")
}

/// The repository, which may be next to its pipeline.
fn is_repository(json: JsonLookup<'_>) -> bool {
    json.has("full_name forge_url")
}

fn read(parts: &Parts<'_>) -> Run {
    let run = parts.run;
    let context = parts.context.first().copied().unwrap_or_default();
    let link = run.text("forge_url link_url link");
    let (of_link, address) = link.as_deref().and_then(drone::repository).unzip();
    let full_name = context.text("full_name").or(of_link);
    let name = full_name.as_deref().and_then(|name| name.rsplit('/').next()).map(str::to_owned);
    let mut notes = Vec::new();
    if full_name.is_none() {
        notes.push("The pipeline does not name its repository.".to_owned());
    }
    let variables = run.members("variables").map(|(name, _)| name.to_owned());
    notes.extend(not_imported("variables of the pipeline", variables));
    if let Some(target) = run.text("deploy_to") {
        notes.push(format!("The pipeline deploys to {}: set Kind to CD.", crate::text::visible(&target)));
    }
    Run {
        pipeline: name,
        full_name,
        number: run.whole("number"),
        verdict: run.text("status").map(|word| ResultWord::of(&word)),
        start: run.epoch("started", EpochUnit::Seconds),
        end: run.epoch("finished", EpochUnit::Seconds),
        branch: run.text("branch"),
        commits: run.text("commit.sha commit").into_iter().collect(),
        repository: context.text("forge_url").or(address),
        user: run.text("author sender"),
        stages: parts.jobs.iter().chain(&run.items("procs")).map(|workflow| with_steps(*workflow)).collect(),
        notes,
        ..Run::default()
    }
}

fn with_steps(workflow: JsonLookup<'_>) -> ImportedStage {
    let steps = workflow.items("children");
    ImportedStage { steps: steps.iter().map(|step| timed(*step)).collect(), ..timed(workflow) }
}

fn timed(json: JsonLookup<'_>) -> ImportedStage {
    let time = |names: [&str; 2]| names.into_iter().find_map(|name| json.epoch(name, EpochUnit::Seconds));
    ImportedStage {
        id: json.text("pid"),
        name: json.text("name"),
        verdict: json.text("state").map(|word| ResultWord::of(&word)),
        start: time(["started", "start_time"]),
        end: time(["finished", "end_time"]),
        ..ImportedStage::default()
    }
}
