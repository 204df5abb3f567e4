//! Drone: a build with its stages and their steps; its times are seconds.

use super::look::{Look, lists};
use super::run::{Run, Stage};
use super::word::Verdict;
use super::{Reader, Tool};
use crate::import::remote;
use crate::time::EpochUnit;

pub(super) const READER: Reader = Reader { tool: Tool::Drone, is_run, is_jobs, read };

fn is_run(look: Look<'_>) -> bool {
    look.has("number status event after") && look.has("started finished")
}

fn is_jobs(look: Look<'_>) -> bool {
    look.list("stages").first().is_some_and(|stage| stage.has("number status started stopped"))
}

fn read(run: Look<'_>, beside: &[Look<'_>]) -> Run {
    // It leads to the commit at the git host, and so tells the repository.
    let link = run.text("link");
    let (host, path) = link.as_deref().and_then(remote::segments).unwrap_or_default();
    let name = path.get(1).map(|name| (*name).to_owned());
    let full_name = path.first().zip(name.as_ref()).map(|(owner, name)| format!("{owner}/{name}"));
    let mut notes = Vec::new();
    if full_name.is_some() {
        notes.push("The names are those of the repository that its link leads to.".to_owned());
    }
    Run {
        pipeline: name,
        number: run.whole("number"),
        verdict: run.text("status").map(|word| Verdict::of(&word)),
        start: run.epoch("started", EpochUnit::Seconds),
        end: run.epoch("finished", EpochUnit::Seconds),
        branch: run.text("source target"),
        commits: run.text("after").into_iter().collect(),
        repository: full_name.as_ref().map(|name| format!("{host}/{name}")),
        full_name,
        user: run.text("author_login sender"),
        stages: lists(run, beside, "stages").iter().map(|stage| with_steps(*stage)).collect(),
        notes,
        ..Run::default()
    }
}

fn with_steps(stage: Look<'_>) -> Stage {
    Stage { steps: stage.items("steps").iter().map(|step| timed(*step)).collect(), ..timed(stage) }
}

fn timed(look: Look<'_>) -> Stage {
    Stage {
        id: look.text("number"),
        name: look.text("name"),
        verdict: look.text("status").map(|word| Verdict::of(&word)),
        start: look.epoch("started", EpochUnit::Seconds),
        end: look.epoch("stopped", EpochUnit::Seconds),
        ..Stage::default()
    }
}
