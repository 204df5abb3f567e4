//! Jenkins: a build as `api/json` tells it, and the stages as `wfapi/describe` does.

use super::look::Look;
use super::run::{Run, Stage};
use super::word::Verdict;
use super::{Reader, Tool};
use crate::catalogue::FieldRole;
use crate::document::{Object, Value};
use crate::text;
use crate::time::EpochUnit;

pub(super) const READER: Reader = Reader { tool: Tool::Jenkins, is_run, is_jobs, read };

fn is_run(look: Look<'_>) -> bool {
    look.has("number result timestamp duration") && (look.has("url") || look.has("fullDisplayName"))
}

fn is_jobs(look: Look<'_>) -> bool {
    look.has("status stages startTimeMillis")
}

fn read(run: Look<'_>, beside: &[Look<'_>]) -> Run {
    let flow = beside.iter().copied().find(|look| look.has("stages")).unwrap_or_default();
    let page = run.text("url");
    let address = page.clone().or_else(|| flow.text("_links.self.href"));
    let full_name =
        address.as_deref().and_then(job_name).or_else(|| displayed(&run.text("fullDisplayName")?));
    let actions = run.items("actions");
    let revision =
        actions.iter().copied().map(|action| action.at("lastBuiltRevision")).find(|at| at.has("SHA1"));
    let revision = revision.unwrap_or_default();
    let branch = revision.items("branch").first().and_then(|branch| branch.text("name"));
    let start = run.epoch("timestamp", EpochUnit::Millis);
    let triggers: Vec<_> = actions.iter().flat_map(|action| action.items("causes")).collect();
    let mut notes = Vec::new();
    let parameters = parameters(&actions, &mut notes);
    Run {
        pipeline: full_name.as_deref().and_then(|name| name.rsplit('/').next()).map(str::to_owned),
        full_name,
        number: run.whole("number").or_else(|| flow.whole("id")),
        verdict: verdict(run).or_else(|| flow.text("status").map(|word| Verdict::of(&word))),
        start: start.or_else(|| flow.epoch("startTimeMillis", EpochUnit::Millis)),
        end: flow.epoch("endTimeMillis", EpochUnit::Millis),
        // Of a build that goes on, the duration is 0.
        millis: run
            .whole("duration")
            .filter(|_| run.text("result").is_some())
            .or_else(|| flow.whole("durationMillis")),
        branch: branch.map(|name| short(&name).to_owned()),
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

fn verdict(run: Look<'_>) -> Option<Verdict> {
    let running = || run.has("number").then(|| Verdict::of("building"));
    run.text("result").map(|word| Verdict::of(&word)).or_else(running)
}

fn of_stage(stage: Look<'_>) -> Stage {
    let steps = stage.items("stageFlowNodes");
    let timed = |look: Look<'_>| Stage {
        id: look.text("id"),
        name: look.text("name"),
        verdict: look.text("status").map(|word| Verdict::of(&word)),
        start: look.epoch("startTimeMillis", EpochUnit::Millis),
        millis: look.whole("durationMillis"),
        ..Stage::default()
    };
    Stage { steps: steps.into_iter().map(timed).collect(), ..timed(stage) }
}

/// `folder/job` from an address of a build, in which each name stands after `job`.
fn job_name(address: &str) -> Option<String> {
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
fn short(name: &str) -> &str {
    let name = name.strip_prefix("refs/remotes/").unwrap_or(name);
    let name = name.strip_prefix("refs/heads/").unwrap_or(name);
    name.strip_prefix("origin/").unwrap_or(name)
}

/// What changed since the last build, and what was built.
fn commits(run: Look<'_>, revision: Look<'_>) -> Vec<String> {
    let sets = run.items("changeSets").into_iter().chain([run.at("changeSet")]);
    let changed = sets.flat_map(|set| set.items("items")).filter_map(|item| item.text("commitId"));
    revision.text("SHA1").into_iter().chain(changed).collect()
}

/// The last part of the name of a class: `UserIdCause` of `hudson.model.Cause$UserIdCause`.
fn class(look: Look<'_>) -> Option<String> {
    let class = look.text("_class")?;
    class.rsplit(['.', '$']).next().map(str::to_owned)
}

fn parameters(actions: &[Look<'_>], notes: &mut Vec<String>) -> Vec<Value> {
    let mut taken = Vec::new();
    for parameter in actions.iter().flat_map(|action| action.items("parameters")) {
        let Some(name) = parameter.text("name") else { continue };
        let class = class(parameter).unwrap_or_else(|| "StringParameterValue".to_owned());
        if class.contains("Password") || class.contains("Credential") {
            notes
                .push(format!("The parameter {} was left out: it is a secret.", crate::text::visible(&name)));
            continue;
        }
        let truth = parameter.truth("value").map(|truth| truth.to_string());
        let mut object = Object::default();
        object.push(FieldRole::ParameterType.name(), class);
        object.push(FieldRole::ParameterName.name(), name);
        object.push(FieldRole::ParameterValue.name(), parameter.text("value").or(truth).unwrap_or_default());
        taken.push(Value::Object(object));
    }
    taken
}

fn trigger(cause: Look<'_>) -> Option<Value> {
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
