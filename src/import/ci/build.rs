//! `CircleCI`: a build of the API v1.1, which is one job with its steps.

use super::gather::Parts;
use super::lookup::JsonLookup;
use super::run::{ImportedStage, Run, not_imported};
use super::word::ResultWord;
use super::{CiTool, ToolReader};

pub(super) const READER: ToolReader = ToolReader {
    tool: CiTool::CircleCi,
    is_run,
    is_job: |_| false,
    is_context: |_| false,
    list: "",
    identity: |build| [build.text("build_num"), build.text("vcs_url")],
    owner: |_| [None, None],
    attempt: |_| 0,
    read,
};

fn is_run(json: JsonLookup<'_>) -> bool {
    json.has("build_num") && json.has_any("lifecycle outcome status") && json.has_any("vcs_url reponame")
}

fn read(parts: &Parts<'_>) -> Run {
    let build = parts.run;
    let (owner, name) = (build.text("username"), build.text("reponame"));
    let job = build.text("workflows.job_name build_parameters.CIRCLE_JOB");
    let names: Vec<_> = [owner, name.clone(), job.clone()].into_iter().flatten().collect();
    let parameters = build.members("build_parameters").map(|(name, _)| name.to_owned());
    let mut notes: Vec<_> =
        not_imported("parameters of the build", parameters.filter(|name| name != "CIRCLE_JOB"))
            .into_iter()
            .collect();
    if let Some(workflow) = build.text("workflows.workflow_name") {
        notes.push(format!(
            "This is one job of the workflow {}; the API v2 describes the whole workflow.",
            crate::text::visible(&workflow)
        ));
    }
    let commits = build.items("all_commit_details").into_iter().filter_map(|detail| detail.text("commit"));
    Run {
        pipeline: job.or(name),
        full_name: Some(names.join("/")).filter(|name| !name.is_empty()),
        number: build.whole("build_num"),
        verdict: ResultWord::of_both(build.text("lifecycle"), build.text("outcome status")),
        start: build.instant("start_time queued_at"),
        end: build.instant("stop_time"),
        millis: build.whole("build_time_millis"),
        branch: build.text("branch"),
        commits: build.text("vcs_revision").into_iter().chain(commits).collect(),
        repository: build.text("vcs_url"),
        user: build.text("user.login author_email committer_email"),
        page: build.text("build_url"),
        stages: build.items("steps").iter().map(|step| stage(*step)).collect(),
        notes,
        ..Run::default()
    }
}

/// A step; its actions are the same command in several containers.
fn stage(step: JsonLookup<'_>) -> ImportedStage {
    let actions: Vec<_> = step.items("actions").iter().map(|action| timed(*action)).collect();
    let verdicts = actions.iter().filter_map(|action| action.verdict.clone());
    ImportedStage {
        name: step.text("name"),
        verdict: ResultWord::gravest(verdicts),
        start: actions.iter().filter_map(|action| action.start).min(),
        end: actions.iter().filter_map(|action| action.end).max(),
        millis: actions.iter().filter_map(|action| action.millis).max(),
        steps: if actions.len() > 1 { actions } else { Vec::new() },
        ..ImportedStage::default()
    }
}

fn timed(action: JsonLookup<'_>) -> ImportedStage {
    let container = action.whole("index").and_then(|index| index.checked_add(1));
    let name = action.text("name").zip(container).map(|(name, count)| format!("{name} {count}"));
    ImportedStage {
        name,
        verdict: action.text("status").map(|word| ResultWord::of(&word)),
        start: action.instant("start_time"),
        end: action.instant("end_time"),
        millis: action.whole("run_time_millis"),
        ..ImportedStage::default()
    }
}
