//! Jenkins: a run as the REST API of Blue Ocean describes it, and its nodes.

use std::collections::HashMap;

use super::gather::Parts;
use super::lookup::JsonLookup;
use super::run::{ImportedStage, Run};
use super::word::ResultWord;
use super::{CiTool, ToolReader};
use crate::text;

pub(super) const READER: ToolReader = ToolReader {
    tool: CiTool::Jenkins,
    is_run,
    is_job,
    is_context: |_| false,
    list: "nodes",
    identity: |run| [run.text("id"), full_name(run)],
    owner: |node| [node.segment_after("_links.self.href", "runs"), full_name(node)],
    attempt: |node| node.whole("id").unwrap_or_default(),
    read,
};

fn is_run(json: JsonLookup<'_>) -> bool {
    json.has("id pipeline state result") && json.has_any("organization enQueueTime durationInMillis")
}

/// A node of the graph: a stage, a branch of a parallel stage, or a step.
fn is_job(json: JsonLookup<'_>) -> bool {
    json.has("displayName durationInMillis state result") && json.has_any("edges type firstParent _links")
}

/// The names in an address, in which each follows `pipelines` or `branches`; and whether the last
/// one is that of a branch.
fn path(json: JsonLookup<'_>) -> Option<(Vec<String>, bool)> {
    let address = json.text("_links.self.href")?;
    let mut segments = address.split('/').skip_while(|segment| *segment != "pipelines");
    let (mut names, mut is_branch) = (Vec::new(), false);
    while let Some(word @ ("pipelines" | "branches")) = segments.next() {
        names.push(text::percent_decoded(segments.next().filter(|name| !name.is_empty())?));
        is_branch = word == "branches";
    }
    Some((names, is_branch))
}

fn full_name(json: JsonLookup<'_>) -> Option<String> {
    path(json).map(|(names, _)| names.join("/")).filter(|name| !name.is_empty())
}

fn read(parts: &Parts<'_>) -> Run {
    let run = parts.run;
    let node = parts.job();
    let (names, is_branch) = path(run).or_else(|| path(node)).unwrap_or_default();
    let mut last = names.iter().rev();
    let branch = if is_branch { last.next() } else { None };
    let pipeline = last.next().cloned().or_else(|| run.text("pipeline"));
    let changes = run.items("changeSet").into_iter().filter_map(|change| change.text("commitId"));
    let mut notes = Vec::new();
    if parts.jobs.is_empty() {
        notes.push("The stages are in the nodes of the run; add them with --jobs FILE.".to_owned());
    }
    Run {
        full_name: Some(names.join("/")).filter(|name| !name.is_empty()).or_else(|| run.text("pipeline")),
        pipeline,
        number: run.whole("id").or_else(|| node.segment_after("_links.self.href", "runs")?.parse().ok()),
        verdict: verdict(run),
        start: run.instant("startTime enQueueTime"),
        end: run.instant("endTime"),
        millis: run.whole("durationInMillis").filter(|millis| *millis > 0),
        branch: branch.map(|name| text::percent_decoded(name)),
        commits: run.text("commitId").into_iter().chain(changes).collect(),
        user: run.items("causes").iter().find_map(|cause| cause.text("userId")),
        stages: stages(&parts.jobs),
        notes,
        ..Run::default()
    }
}

/// The result; it may exist before the run ends.
fn verdict(json: JsonLookup<'_>) -> Option<ResultWord> {
    let is_known = |word: &String| !word.eq_ignore_ascii_case("unknown");
    ResultWord::of_both(json.text("state"), json.text("result").filter(is_known))
}

/// The stages with their branches as steps; of a graph without stages, all nodes.
fn stages(nodes: &[JsonLookup<'_>]) -> Vec<ImportedStage> {
    let mut stages: Vec<ImportedStage> = Vec::new();
    let mut places = HashMap::new();
    for node in nodes {
        let is_part = node.text("type").is_some_and(|kind| kind == "PARALLEL");
        let parent = node.text("firstParent").filter(|_| is_part);
        if let Some(stage) =
            parent.and_then(|id| places.get(&id)).and_then(|place: &usize| stages.get_mut(*place))
        {
            stage.steps.push(timed(*node));
            continue;
        }
        if let Some(id) = node.text("id") {
            places.insert(id, stages.len());
        }
        stages.push(timed(*node));
    }
    stages
}

fn timed(node: JsonLookup<'_>) -> ImportedStage {
    ImportedStage {
        id: node.text("id"),
        name: node.text("displayName"),
        verdict: verdict(node),
        start: node.instant("startTime"),
        millis: node.whole("durationInMillis"),
        ..ImportedStage::default()
    }
}
