//! Jenkins: what its Notification plugin posts when a build enters a phase.

use super::gather::Parts;
use super::jenkins::{job_name, names, short};
use super::lookup::JsonLookup;
use super::run::{Run, not_imported};
use super::word::{ResultWord, RunEnd};
use super::{CiTool, ToolReader};
use crate::catalog::FieldRole;
use crate::document::{Object, Value};
use crate::text;
use crate::time::{EpochUnit, Timestamp};

pub(super) const READER: ToolReader = ToolReader {
    tool: CiTool::Jenkins,
    is_run,
    is_job: |_| false,
    is_context: |_| false,
    list: "",
    identity: |event| [event.text("build.number"), full_name(event)],
    owner: |_| [None, None],
    attempt: |_| 0,
    read,
};

/// Parts of names of secrets, whose values must not be in a run.
const SECRET: [&str; 5] = ["password", "secret", "token", "credential", "api_key"];

fn is_run(json: JsonLookup<'_>) -> bool {
    json.has("build.number build.phase") && json.has_any("build.full_url build.url")
}

fn full_name(event: JsonLookup<'_>) -> Option<String> {
    let address = event.text("build.full_url build.url url")?;
    job_name(&address).or_else(|| event.text("name"))
}

fn read(parts: &Parts<'_>) -> Run {
    let event = parts.run;
    let build = event.at("build");
    let full_name = full_name(event);
    let branch = build.text("scm.branch").map(|name| short(&name).to_owned());
    // Jobs of a multibranch project are named after their branches.
    let last = full_name.as_deref().and_then(|name| name.rsplit('/').next()).map(text::percent_decoded);
    let is_multibranch = last.is_some() && last == branch;
    let (pipeline, _) = full_name.as_deref().map(|name| names(name, is_multibranch)).unwrap_or_default();
    let phase = build.text("phase").filter(|phase| !phase.eq_ignore_ascii_case("finalized"));
    let verdict = ResultWord::of_both(phase, build.text("status"));
    let millis = build.whole("duration").filter(|millis| *millis > 0);
    let event_time = build.epoch("timestamp", EpochUnit::Millis);
    let mut notes = Vec::new();
    // The time of an event is that of its phase.
    let start = match verdict.as_ref().map(|verdict| verdict.ending) {
        Some(RunEnd::Running) => event_time,
        Some(RunEnd::Waiting) => None,
        _ => start_of_build(event_time, millis, &mut notes),
    };
    let parameters = parameters(build, &mut notes);
    let artifacts = build.members("artifacts").map(|(name, _)| name.to_owned());
    notes.extend(not_imported("files that the build archived", artifacts));
    if build.has("test_summary.total") {
        notes.push("Test results are not imported: a job run has no field for them.".to_owned());
    }
    Run {
        pipeline,
        full_name,
        number: build.whole("number"),
        verdict,
        start,
        millis,
        branch: branch.filter(|name| name != "detached"),
        commits: build.text("scm.commit").into_iter().collect(),
        repository: build.text("scm.url"),
        page: build.text("full_url"),
        parameters,
        notes,
        ..Run::default()
    }
}

/// The start of a build that has ended.
fn start_of_build(
    event_time: Option<Timestamp>,
    millis: Option<i64>,
    notes: &mut Vec<String>,
) -> Option<Timestamp> {
    let event_time = event_time?;
    let Some(millis) = millis else {
        notes.push(format!(
            "The event is from {} and has no duration: the start is unknown.",
            event_time.human()
        ));
        return None;
    };
    let start = event_time.millis().checked_sub(millis)?;
    notes.push("start_time is the time of the event minus the duration of the build.".to_owned());
    Some(Timestamp::from_millis(start))
}

fn parameters(build: JsonLookup<'_>, notes: &mut Vec<String>) -> Vec<Value> {
    let is_secret = |name: &str| SECRET.iter().any(|part| name.to_ascii_lowercase().contains(part));
    let (secret, open): (Vec<_>, Vec<_>) = build.members("parameters").partition(|(name, _)| is_secret(name));
    notes.extend(not_imported(
        "parameters with a secret",
        secret.into_iter().map(|(name, _)| name.to_owned()),
    ));
    let parameter = |(name, value): (&str, JsonLookup<'_>)| {
        let truth = value.truth("").map(|truth| truth.to_string());
        let mut object = Object::default();
        object.push(FieldRole::ParameterType.name(), "StringParameterValue");
        object.push(FieldRole::ParameterName.name(), name);
        object.push(FieldRole::ParameterValue.name(), value.text("").or(truth).unwrap_or_default());
        Value::Object(object)
    };
    open.into_iter().map(parameter).collect()
}
