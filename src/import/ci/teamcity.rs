//! `TeamCity`: a build as its REST API describes it.

use super::gather::Parts;
use super::lookup::JsonLookup;
use super::run::{Run, not_imported};
use super::word::{ResultWord, RunEnd};
use super::{CiTool, ToolReader};

pub(super) const READER: ToolReader = ToolReader {
    tool: CiTool::TeamCity,
    is_run,
    is_job: |_| false,
    is_context: |_| false,
    list: "",
    identity: |build| [build.text("id"), None],
    owner: |_| [None, None],
    attempt: |_| 0,
    read,
};

fn is_run(json: JsonLookup<'_>) -> bool {
    json.has_any("buildTypeId buildType.id buildType.name")
        && json.has_any("state running startDate finishDate queuedDate")
        && json.has_any("id number")
        && json.has_any("status state")
}

fn read(parts: &Parts<'_>) -> Run {
    let build = parts.run;
    let pipeline = build.text("buildType.name buildTypeId buildType.id");
    let project = build.text("buildType.projectName");
    let full_name = project.as_ref().zip(build.text("buildType.name"));
    let full_name = full_name.map(|(project, name)| format!("{project}/{name}"));
    let revisions = build.items("revisions.revision");
    let revision = revisions.first().copied().unwrap_or_default();
    // The default branch may have a name of its own only in the revision.
    let branch = build.text("branchName").filter(|name| name != "<default>");
    let branch = branch.or_else(|| revision.text("vcsBranchName"));
    let mut notes = Vec::new();
    let number = number(build, &mut notes);
    let properties = build.items("properties.property");
    let names = properties.iter().filter_map(|property| property.text("name"));
    notes.extend(not_imported("parameters of the build", names));
    let builds = build.items("snapshot-dependencies.build");
    let builds = builds.iter().filter_map(|build| build.text("buildTypeId id"));
    notes.extend(not_imported("builds that it depends on", builds));
    Run {
        full_name: full_name.or_else(|| build.text("buildTypeId buildType.id")),
        pipeline,
        number,
        verdict: verdict(build),
        start: build.instant("startDate queuedDate"),
        end: build.instant("finishDate finishOnAgentDate"),
        branch: branch.map(|name| name.strip_prefix("refs/heads/").unwrap_or(&name).to_owned()),
        commits: revisions.iter().filter_map(|revision| revision.text("version")).collect(),
        repository: revision.text("vcs-root-instance.name").as_deref().and_then(address),
        user: build.text("triggered.user.username triggered.user.name"),
        page: build.text("webUrl"),
        project,
        notes,
        ..Run::default()
    }
}

/// The number of the build, which may be any text; then its id.
fn number(build: JsonLookup<'_>, notes: &mut Vec<String>) -> Option<i64> {
    let own = build.whole("number");
    let id = build.whole("id").filter(|_| own.is_none());
    if let Some(text) = build.text("number").filter(|_| id.is_some()) {
        notes.push(format!(
            "build_number is the id of the build: its number {} is not a whole number.",
            crate::text::visible(&text)
        ));
    }
    own.or(id)
}

/// The status of a build that has ended; before, `TeamCity` gives the one that it would have now.
fn verdict(build: JsonLookup<'_>) -> Option<ResultWord> {
    let state = build.text("state");
    let is_running = build.truth("running") == Some(true);
    let has_ended = state.as_deref() == Some("finished") || (state.is_none() && build.has("finishDate"));
    if is_running || !(has_ended || state.as_deref() == Some("deleted")) {
        let word = state.filter(|word| ResultWord::of(word).is_open());
        return Some(ResultWord::of(word.as_deref().unwrap_or("running")));
    }
    if build.at("canceledInfo").is_object() {
        return Some(ResultWord { word: "canceled".to_owned(), ending: RunEnd::Aborted });
    }
    build.text("status").map(|word| ResultWord::of(&word))
}

/// The address in the name of a VCS root, as `https://git.example/a/b#refs/heads/main`.
fn address(name: &str) -> Option<String> {
    let is_address = name.contains("://") || name.starts_with("git@");
    name.split('#').next().filter(|_| is_address).map(str::to_owned)
}
