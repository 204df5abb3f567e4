//! Azure Pipelines: a classic release, which deploys to environments, and the event about one
//! deployment.

use super::gather::Parts;
use super::lookup::JsonLookup;
use super::run::{ImportedStage, Run, not_imported};
use super::word::{ResultWord, RunEnd};
use super::{CiTool, ToolReader};

pub(super) const READER: ToolReader = ToolReader {
    tool: CiTool::Azure,
    is_run,
    is_job: |_| false,
    is_context: |_| false,
    list: "",
    identity: |run| [run.text("id environment.releaseId"), None],
    owner: |_| [None, None],
    attempt: |_| 0,
    read,
};

fn is_run(json: JsonLookup<'_>) -> bool {
    let is_release = json.has("id releaseDefinition") && json.has_any("environments createdOn");
    // An environment of a release names its release.
    is_event(json) || (is_release && !json.has("releaseId"))
}

/// The resource of the event that a deployment has started or ended.
fn is_event(json: JsonLookup<'_>) -> bool {
    json.has("environment.status") && json.has_any("environment.deploySteps environment.releaseId")
}

fn read(parts: &Parts<'_>) -> Run {
    let run = parts.run;
    let is_event = is_event(run);
    let environments = if is_event { vec![run.at("environment")] } else { run.items("environments") };
    let definition =
        run.text("releaseDefinition.name environment.releaseDefinition.name release.releaseDefinition.name");
    let project = run.text("projectReference.name project.name");
    let mut notes = Vec::new();
    if is_event {
        notes.push("This is one environment; the release has all of them.".to_owned());
    }
    let stages: Vec<_> = environments.iter().map(|environment| stage(*environment, &mut notes)).collect();
    let artifacts = run.items(if run.has("artifacts") { "artifacts" } else { "release.artifacts" });
    let version = |artifact: &JsonLookup<'_>| {
        let alias = artifact.text("alias")?;
        let version = artifact.text("definitionReference.version.name").unwrap_or_default();
        Some(format!("{alias} {version}").trim_end().to_owned())
    };
    notes.extend(not_imported("artifacts of the release", artifacts.iter().filter_map(version)));
    let variables = run.members("variables").map(|(name, _)| name.to_owned());
    notes.extend(not_imported("variables of the release", variables));
    let of_source = |name: &str| artifacts.iter().find_map(|artifact| artifact.text(name));
    let branch = of_source("definitionReference.branch.id")
        .or_else(|| of_source("definitionReference.branch.name"))
        .map(|name| name.strip_prefix("refs/heads/").unwrap_or(&name).to_owned());
    Run {
        full_name: project
            .as_ref()
            .zip(definition.as_ref())
            .map(|(project, name)| format!("{project}/{name}")),
        pipeline: definition,
        number: run.whole("id release.id environment.releaseId"),
        verdict: verdict(run, &environments),
        start: stages.iter().filter_map(|stage| stage.start).min().or_else(|| run.instant("createdOn")),
        end: stages.iter().filter_map(|stage| stage.end).max(),
        branch,
        commits: of_source("definitionReference.sourceVersion.id").into_iter().collect(),
        repository: of_source("definitionReference.repository.id").filter(|name| name.contains("://")),
        user: run.text("createdFor.uniqueName createdBy.uniqueName createdBy.displayName"),
        page: run.text("_links.web.href release._links.web.href"),
        project,
        stages,
        is_deployment: true,
        notes,
        ..Run::default()
    }
}

/// The result of a release: an environment that has not started is still to come, unless the
/// release is abandoned or a previous one has failed.
fn verdict(run: JsonLookup<'_>, environments: &[JsonLookup<'_>]) -> Option<ResultWord> {
    let all: Vec<_> = environments.iter().filter_map(|one| own_verdict(*one)).collect();
    let is_stopped = all.iter().any(|one| matches!(one.ending, RunEnd::Failure | RunEnd::Aborted));
    let is_abandoned = run.text("status").as_deref() == Some("abandoned");
    let has_not_started = |one: &ResultWord| one.word.eq_ignore_ascii_case("notStarted");
    let end = |one: ResultWord| {
        let is_never = has_not_started(&one) && (is_stopped || is_abandoned);
        if is_never { ResultWord { ending: RunEnd::Skipped, ..one } } else { one }
    };
    ResultWord::gravest(all.into_iter().map(end))
}

/// The status; one that is not set means that the deployment has not started.
fn own_verdict(json: JsonLookup<'_>) -> Option<ResultWord> {
    let word = json.text("status")?;
    let word = if word.eq_ignore_ascii_case("undefined") { "notStarted".to_owned() } else { word };
    Some(ResultWord::of(&word))
}

/// An environment with the tasks of its last deployment.
fn stage(environment: JsonLookup<'_>, notes: &mut Vec<String>) -> ImportedStage {
    let attempts = environment.items("deploySteps");
    let last = attempts.iter().copied().max_by_key(|attempt| attempt.whole("attempt"));
    let last = last.unwrap_or_default();
    let name = environment.text("name");
    if attempts.len() > 1 {
        notes.push(format!(
            "{} was deployed {} times; the last deployment counts.",
            crate::text::visible(name.as_deref().unwrap_or("An environment")),
            attempts.len()
        ));
    }
    let steps = steps(last);
    let started = steps.iter().filter_map(|step| step.start).min();
    let ended = steps.iter().filter_map(|step| step.end).max();
    ImportedStage {
        id: environment.text("id"),
        name,
        verdict: own_verdict(environment),
        start: started.or_else(|| last.instant("queuedOn")),
        end: ended.or_else(|| last.instant("lastModifiedOn")),
        steps,
        ..ImportedStage::default()
    }
}

/// The tasks of a deployment, with the names of their jobs where it has several.
fn steps(attempt: JsonLookup<'_>) -> Vec<ImportedStage> {
    let phases = attempt.items("releaseDeployPhases");
    let jobs: Vec<_> = phases.iter().flat_map(|phase| phase.items("deploymentJobs")).collect();
    let is_named = jobs.len() > 1;
    let tasks = jobs.iter().flat_map(|job| {
        let owner = job.text("job.name").filter(|_| is_named);
        job.items("tasks").into_iter().map(move |task| {
            let step = task_step(task);
            let name = owner.as_ref().zip(step.name.as_ref()).map(|(job, name)| format!("{job}: {name}"));
            ImportedStage { name: name.or_else(|| step.name.clone()), ..step }
        })
    });
    // Older versions have the tasks in the deployment itself.
    tasks.chain(attempt.items("tasks").into_iter().map(task_step)).collect()
}

fn task_step(task: JsonLookup<'_>) -> ImportedStage {
    ImportedStage {
        id: task.text("timelineRecordId id"),
        name: task.text("name"),
        verdict: own_verdict(task),
        start: task.instant("startTime dateStarted"),
        end: task.instant("finishTime dateEnded"),
        ..ImportedStage::default()
    }
}
