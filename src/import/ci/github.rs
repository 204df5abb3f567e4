//! GitHub Actions: a workflow run and its jobs, from the API or as `gh run view --json` prints
//! them.

use super::gather::Parts;
use super::lookup::JsonLookup;
use super::run::{ImportedStage, Run};
use super::word::ResultWord;
use super::{CiTool, ToolReader};
use crate::import::remote;

pub(super) const READER: ToolReader = ToolReader {
    tool: CiTool::GitHub,
    is_run,
    is_job,
    is_context: is_workflow,
    list: "jobs",
    identity: |run| [run_id(run), None],
    owner: |job| [run_id(job), None],
    attempt: |job| job.whole("run_attempt").unwrap_or_default(),
    read,
};

/// All fields that `gh run view --json` can print.
const OF_GH: &str = "attempt conclusion createdAt databaseId displayTitle event headBranch headSha jobs name \
                     number startedAt status updatedAt url workflowDatabaseId workflowName";

/// Whether a value is a run of the API or of `gh`, which prints only the requested fields.
fn is_run(json: JsonLookup<'_>) -> bool {
    if json.has_any("run_id steps completedAt completed_at") {
        return false;
    }
    let is_named = json.has_any("headSha headBranch workflowName workflowDatabaseId displayTitle");
    let is_timed =
        json.has("status conclusion") && json.has_any("attempt event createdAt updatedAt startedAt");
    let of_gh = json.has("databaseId")
        && json.has_any(
            "workflowName headSha headBranch displayTitle workflowDatabaseId createdAt attempt jobs",
        );
    let has_page = json.segment_after("html_url url", "actions").as_deref() == Some("runs")
        && json.segment_after("html_url url", "runs").is_some();
    let has_state = json.has_any("status conclusion");
    json.has("head_sha conclusion run_number")
        || (has_state && (of_gh || has_page))
        || (json.has_only(OF_GH) && (is_named || is_timed || has_page))
}

fn is_job(json: JsonLookup<'_>) -> bool {
    json.has("run_id conclusion") || json.has("databaseId conclusion startedAt completedAt")
}

/// The workflow, which an event has next to its run.
fn is_workflow(json: JsonLookup<'_>) -> bool {
    json.has("name path state badge_url")
}

/// The id of a run, from the run or one of its jobs.
fn run_id(json: JsonLookup<'_>) -> Option<String> {
    let own = || json.text("id databaseId").filter(|_| is_run(json));
    json.text("run_id").or_else(own).or_else(|| json.segment_after("html_url url", "runs"))
}

fn read(parts: &Parts<'_>) -> Run {
    let (run, job) = (parts.run, parts.job());
    let page = run.text("html_url url").or_else(|| Some(before(&job.text("html_url url")?, "/job/")));
    let (host, path) = page.as_deref().and_then(remote::segments).unwrap_or_default();
    let name = || Some(format!("{}/{}", path.first()?, path.get(1)?));
    let owner = run.text("repository.full_name").or_else(name);
    let workflow = parts.context.first().copied().unwrap_or_default();
    let pipeline = run.text("workflowName name").or_else(|| workflow.text("name"));
    let pipeline = pipeline.or_else(|| job.text("workflow_name"));
    let repository = run
        .text("repository.html_url")
        .or_else(|| owner.as_ref().filter(|_| !host.is_empty()).map(|owner| format!("{host}/{owner}")));
    let mut notes = Vec::new();
    if run.whole("run_attempt attempt").is_some_and(|attempt| attempt > 1) {
        let note = "This run was restarted: SEI keeps the first run that it gets for this number.";
        notes.push(note.to_owned());
    }
    notes.extend(number_note(run));
    Run {
        full_name: owner.as_ref().zip(pipeline.as_ref()).map(|(owner, name)| format!("{owner}/{name}")),
        pipeline,
        number: run_id(run).or_else(|| run_id(job)).and_then(|id| id.parse().ok()),
        verdict: verdict(run),
        start: run.instant("run_started_at startedAt created_at createdAt"),
        end: run.instant("updated_at updatedAt"),
        branch: run.text("head_branch headBranch").or_else(|| job.text("head_branch")),
        commits: run.text("head_sha headSha").or_else(|| job.text("head_sha")).into_iter().collect(),
        repository,
        user: run.text("triggering_actor.login actor.login"),
        page,
        stages: parts.jobs.iter().map(|job| stage(*job)).collect(),
        notes,
        ..Run::default()
    }
}

/// A note that the run number does not identify the run.
fn number_note(run: JsonLookup<'_>) -> Option<String> {
    let count = run.whole("run_number number")?;
    Some(if run_id(run).is_some() {
        format!(
            "build_number is the id of the run, not its number {count}: GitHub counts numbers per workflow."
        )
    } else {
        format!(
            "The number {count} of the run is not imported, because GitHub counts per workflow: build_number is \
             the id of the run (--json databaseId)."
        )
    })
}

/// The conclusion, or the state.
fn verdict(json: JsonLookup<'_>) -> Option<ResultWord> {
    ResultWord::of_both(json.text("status"), json.text("conclusion"))
}

fn stage(job: JsonLookup<'_>) -> ImportedStage {
    ImportedStage {
        id: job.text("id databaseId"),
        steps: job
            .items("steps")
            .iter()
            .map(|step| ImportedStage { id: step.text("number"), ..timed(*step) })
            .collect(),
        ..timed(job)
    }
}

fn timed(json: JsonLookup<'_>) -> ImportedStage {
    ImportedStage {
        name: json.text("name"),
        verdict: verdict(json),
        start: json.instant("started_at startedAt"),
        end: json.instant("completed_at completedAt"),
        ..ImportedStage::default()
    }
}

fn before(text: &str, mark: &str) -> String {
    text.split(mark).next().unwrap_or_default().to_owned()
}
