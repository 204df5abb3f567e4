//! Drone and tools made from it, such as Harness Open Source: a build with its stages and their
//! steps. The times of Drone are seconds.

use super::gather::Parts;
use super::lookup::JsonLookup;
use super::run::{ImportedStage, Run};
use super::word::ResultWord;
use super::{CiTool, ToolReader};
use crate::import::remote;
use crate::time::EpochUnit;

pub(super) const READER: ToolReader = ToolReader {
    tool: CiTool::Drone,
    is_run,
    is_job,
    is_context: is_repository,
    list: "stages",
    identity: |run| [run.text("id"), None],
    owner: |stage| [stage.text("build_id"), None],
    attempt: |_| 0,
    read,
};

/// What follows the repository in an address of a commit, a comparison or a pull request at a git
/// host.
const AFTER_REPOSITORY: [&str; 14] = [
    "-",
    "compare",
    "commit",
    "commits",
    "pull",
    "pulls",
    "pull-requests",
    "merge_requests",
    "branches",
    "branch",
    "tree",
    "src",
    "releases",
    "tags",
];

fn is_run(json: JsonLookup<'_>) -> bool {
    json.has("number status event after") && json.has("started finished")
}

fn is_job(json: JsonLookup<'_>) -> bool {
    json.has("number status started stopped")
}

/// The repository, which an event has next to its build.
fn is_repository(json: JsonLookup<'_>) -> bool {
    json.has("slug namespace name")
}

/// The full name of the repository and its address, from an address inside it.
pub(super) fn repository(link: &str) -> Option<(String, String)> {
    let (host, path) = remote::segments(link)?;
    let end = path.iter().skip(2).position(|segment| AFTER_REPOSITORY.contains(segment))?.checked_add(2)?;
    let names = path.get(..end)?;
    let full_name = match names {
        // Self-hosted Bitbucket.
        ["projects" | "users", owner, "repos", name] => format!("{owner}/{name}"),
        names => names.join("/"),
    };
    Some((full_name, format!("{host}/{}", names.join("/"))))
}

fn read(parts: &Parts<'_>) -> Run {
    let run = parts.run;
    let context = parts.context.first().copied().unwrap_or_default();
    let link = run.text("link");
    let of_link = link.as_deref().and_then(repository);
    let mut notes = Vec::new();
    if !context.has("slug") {
        let note = if of_link.is_some() {
            "The names are those of the repository in its link."
        } else {
            "Neither the build nor its link names the repository."
        };
        notes.push(note.to_owned());
    }
    let (of_link, address) = of_link.unzip();
    let full_name = context.text("slug").or(of_link);
    let name = full_name.as_deref().and_then(|name| name.rsplit('/').next()).map(str::to_owned);
    Run {
        pipeline: name,
        number: run.whole("number"),
        verdict: run.text("status").map(|word| ResultWord::of(&word)),
        start: run.epoch("started", EpochUnit::Seconds),
        end: run.epoch("finished", EpochUnit::Seconds),
        branch: run.text("source target"),
        commits: run.text("after").into_iter().collect(),
        repository: context.text("link").or(address),
        full_name,
        user: run.text("author_login sender"),
        stages: parts.jobs.iter().map(|stage| with_steps(*stage)).collect(),
        notes,
        ..Run::default()
    }
}

fn with_steps(stage: JsonLookup<'_>) -> ImportedStage {
    ImportedStage { steps: stage.items("steps").iter().map(|step| timed(*step)).collect(), ..timed(stage) }
}

/// The result; a failure may be ignored.
fn verdict(json: JsonLookup<'_>) -> Option<ResultWord> {
    let verdict = json.text("status").map(|word| ResultWord::of(&word))?;
    Some(if json.truth("errignore") == Some(true) { verdict.tolerated() } else { verdict })
}

fn timed(json: JsonLookup<'_>) -> ImportedStage {
    ImportedStage {
        id: json.text("number"),
        name: json.text("name"),
        verdict: verdict(json),
        start: json.epoch("started", EpochUnit::Seconds),
        end: json.epoch("stopped", EpochUnit::Seconds),
        ..ImportedStage::default()
    }
}
