//! Jenkins: a build from `api/json`, and the stages from `wfapi/describe`.

use super::gather::Parts;
use super::lookup::JsonLookup;
use super::run::{ImportedStage, Run};
use super::word::ResultWord;
use super::{CiTool, ToolReader};
use crate::catalog::FieldRole;
use crate::document::{Object, Value};
use crate::text;
use crate::time::EpochUnit;

pub(super) const READER: ToolReader = ToolReader {
    tool: CiTool::Jenkins,
    is_run,
    is_job,
    is_context: |_| false,
    list: "",
    identity: |run| [run.text("number"), address(run).as_deref().and_then(job_name)],
    owner: |flow| [flow.text("id"), address(flow).as_deref().and_then(job_name)],
    attempt: |_| 0,
    read,
};

fn is_run(json: JsonLookup<'_>) -> bool {
    json.has("number result")
        && json.has_any("timestamp duration building")
        && json.has_any("url fullDisplayName displayName _class")
}

/// The stages of a build, from `wfapi/describe` or an item of `wfapi/runs`.
fn is_job(json: JsonLookup<'_>) -> bool {
    json.has("status stages startTimeMillis")
}

fn address(json: JsonLookup<'_>) -> Option<String> {
    json.text("url _links.self.href")
}

fn read(parts: &Parts<'_>) -> Run {
    let (run, flow) = (parts.run, parts.job());
    let page = run.text("url");
    let full_name = address(run)
        .or_else(|| address(flow))
        .as_deref()
        .and_then(job_name)
        .or_else(|| displayed(&run.text("fullDisplayName")?));
    let actions = run.items("actions");
    let revision =
        actions.iter().copied().map(|action| action.at("lastBuiltRevision")).find(|at| at.has("SHA1"));
    let revision = revision.unwrap_or_default();
    let branch = revision.items("branch").first().and_then(|branch| branch.text("name"));
    let branch = branch.map(|name| short(&name).to_owned());
    let names = full_name.as_deref().map(|name| names(name, is_multibranch(&actions)));
    let (pipeline, of_name) = names.unwrap_or_default();
    let start = run.epoch("timestamp", EpochUnit::Millis);
    let triggers: Vec<_> = actions.iter().flat_map(|action| action.items("causes")).collect();
    let mut notes = Vec::new();
    let parameters = parameters(&actions, &mut notes);
    Run {
        pipeline,
        full_name,
        number: run.whole("number").or_else(|| flow.whole("id")),
        verdict: verdict(run).or_else(|| flow.text("status").map(|word| ResultWord::of(&word))),
        start: start.or_else(|| flow.epoch("startTimeMillis", EpochUnit::Millis)),
        end: flow.epoch("endTimeMillis", EpochUnit::Millis),
        // A running build has a duration of 0.
        millis: run.whole("duration").filter(|millis| *millis > 0).or_else(|| flow.whole("durationMillis")),
        branch: branch.filter(|name| name != "detached").or(of_name),
        commits: commits(run, revision),
        repository: actions.iter().find_map(|action| action.items("remoteUrls").first()?.text("")),
        user: triggers.iter().find_map(|cause| cause.text("userId")),
        page,
        stages: flow.items("stages").iter().map(|stage| of_stage(*stage)).collect(),
        parameters,
        triggers: triggers.iter().filter_map(|cause| trigger(*cause)).collect(),
        notes,
        ..Run::default()
    }
}

/// The result; a pipeline may have one before it is over.
fn verdict(run: JsonLookup<'_>) -> Option<ResultWord> {
    let is_building = ["building", "inProgress"].iter().any(|name| run.truth(name) == Some(true));
    let result = run.text("result").filter(|_| !is_building);
    let word = result.or_else(|| run.has("number").then(|| "building".to_owned()));
    word.map(|word| ResultWord::of(&word))
}

/// Whether the project has a job for each branch.
fn is_multibranch(actions: &[JsonLookup<'_>]) -> bool {
    let causes = actions.iter().flat_map(|action| action.items("causes"));
    let mut classes = actions.iter().copied().chain(causes).filter_map(|json| json.text("_class"));
    classes.any(|class| {
        ["jenkins.branch.", "jenkins.scm.api.", "org.jenkinsci.plugins.workflow.multibranch."]
            .iter()
            .any(|package| class.starts_with(package))
    })
}

/// The pipeline of a job, and its branch where that is a part of the name.
pub(super) fn names(full_name: &str, is_multibranch: bool) -> (Option<String>, Option<String>) {
    let mut names = full_name.rsplit('/');
    let last = names.next().map(str::to_owned);
    let project = names.next().filter(|_| is_multibranch).map(str::to_owned);
    if project.is_none() {
        return (last, None);
    }
    // The name of the job is the branch with `/` as `%2F`.
    (project, last.as_deref().map(text::percent_decoded))
}

fn of_stage(stage: JsonLookup<'_>) -> ImportedStage {
    let steps = stage.items("stageFlowNodes");
    let timed = |json: JsonLookup<'_>| ImportedStage {
        id: json.text("id"),
        name: json.text("name"),
        verdict: json.text("status").map(|word| ResultWord::of(&word)),
        start: json.epoch("startTimeMillis", EpochUnit::Millis),
        millis: json.whole("durationMillis"),
        ..ImportedStage::default()
    };
    ImportedStage { steps: steps.into_iter().map(timed).collect(), ..timed(stage) }
}

/// `folder/job` from an address of a build, in which each name follows `job`.
pub(super) fn job_name(address: &str) -> Option<String> {
    let mut names = Vec::new();
    let mut segments = address.split('/').skip_while(|segment| *segment != "job");
    while segments.next() == Some("job") {
        names.push(text::percent_decoded(segments.next().filter(|name| !name.is_empty())?));
    }
    (!names.is_empty()).then(|| names.join("/"))
}

/// `folder/job` from `folder » job #12`.
fn displayed(name: &str) -> Option<String> {
    let (name, _) = name.rsplit_once(" #")?;
    Some(name.split(" » ").collect::<Vec<_>>().join("/"))
}

/// A branch without the remote that it was fetched from.
pub(super) fn short(name: &str) -> &str {
    let name = name.strip_prefix("refs/remotes/").unwrap_or(name);
    let name = name.strip_prefix("refs/heads/").unwrap_or(name);
    name.strip_prefix("origin/").unwrap_or(name)
}

/// The built commit, and the commits since the last build.
fn commits(run: JsonLookup<'_>, revision: JsonLookup<'_>) -> Vec<String> {
    let sets = run.items("changeSets").into_iter().chain([run.at("changeSet")]);
    let changed = sets.flat_map(|set| set.items("items")).filter_map(|item| item.text("commitId"));
    revision.text("SHA1").into_iter().chain(changed).collect()
}

/// The last part of the name of a class: `UserIdCause` of `hudson.model.Cause$UserIdCause`.
fn class(json: JsonLookup<'_>) -> Option<String> {
    let class = json.text("_class")?;
    class.rsplit(['.', '$']).next().map(str::to_owned)
}

fn parameters(actions: &[JsonLookup<'_>], notes: &mut Vec<String>) -> Vec<Value> {
    let mut values = Vec::new();
    for parameter in actions.iter().flat_map(|action| action.items("parameters")) {
        let Some(name) = parameter.text("name") else { continue };
        let class = class(parameter).unwrap_or_else(|| "StringParameterValue".to_owned());
        if class.contains("Password") || class.contains("Credential") {
            notes.push(format!(
                "The parameter {} is not imported: it is a secret.",
                crate::text::visible(&name)
            ));
            continue;
        }
        let truth = parameter.truth("value").map(|truth| truth.to_string());
        let mut object = Object::default();
        object.push(FieldRole::ParameterType.name(), class);
        object.push(FieldRole::ParameterName.name(), name);
        object.push(FieldRole::ParameterValue.name(), parameter.text("value").or(truth).unwrap_or_default());
        values.push(Value::Object(object));
    }
    values
}

fn trigger(cause: JsonLookup<'_>) -> Option<Value> {
    let kind = class(cause)?;
    let id = cause.text("userId upstreamProject addr").unwrap_or_else(|| match kind.as_str() {
        "SCMTriggerCause" | "GitHubPushCause" => "SCMTrigger".to_owned(),
        other => other.to_owned(),
    });
    let mut object = Object::default();
    object.push(FieldRole::TriggerId.name(), id);
    object.push(FieldRole::TriggerType.name(), kind);
    if let Some(number) = cause.text("upstreamBuild") {
        object.push(FieldRole::TriggerRun.name(), number);
    }
    Some(Value::Object(object))
}
