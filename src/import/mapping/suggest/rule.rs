//! The names of fields in other tools, with points for how sure they are.

use super::fit::{self, FitRule};
use super::name::{
    BRANCH, COMMIT, ENDS, IDENTITY, ITEM_ID, NAME, NUMBER, PAGE, PIPELINE, PROJECT, REPOSITORY, RESULT,
    START, USER,
};
use crate::import::mapping::MappingTable;

/// How a field is called in other tools.
pub(super) struct NameRule {
    pub(super) table: MappingTable,
    pub(super) key: &'static str,
    /// Patterns of the last words of a path, with points.
    pub(super) names: &'static [(&'static str, i32)],
    /// Words in front of a name that belong to the field.
    pub(super) own: &'static [&'static str],
    pub(super) fit: FitRule,
}

/// Names of an end, which no field holds but a duration needs.
pub(super) const END: &str = "end";

const WORK: &[&str] = &["stage", "step", "node", "child", "test", "input", "last", "latest", "agent"];

macro_rules! rule {
    ($table:ident, $key:literal, $names:expr, $own:expr, $fit:ident) => {
        NameRule { table: MappingTable::$table, key: $key, names: $names, own: $own, fit: fit::$fit }
    };
}

/// The rules of all fields that are guessed by name.
pub(super) const RULES: &[NameRule] = &[
    rule!(Fields, "pipeline", PIPELINE, &["project", "template", "upstream", "repo", "repository"], name),
    rule!(Fields, "result", RESULT, &[], result),
    rule!(Fields, "start_time", START, &[], start),
    rule!(Fields, "build_number", NUMBER, &[], number),
    rule!(
        Fields,
        "branch_name",
        BRANCH,
        &["commit", "repository", "repo", "project", "input", "target"],
        branch
    ),
    rule!(
        Fields,
        "scm_commit_ids",
        COMMIT,
        &[
            "commit",
            "repository",
            "repo",
            "project",
            "input",
            "last",
            "latest",
            "target",
            "artifact",
            "artifacts"
        ],
        commit
    ),
    rule!(
        Fields,
        "repo_url",
        REPOSITORY,
        &["commit", "repository", "repo", "project", "input", "actor", "template", "artifact", "artifacts"],
        repository
    ),
    rule!(Fields, "user_id", USER, &["commit", "author", "user", "actor", "original", "committer"], user),
    rule!(Fields, "web_url", PAGE, &[], page),
    rule!(Fields, "project_name", PROJECT, &["template", "repository"], name),
    rule!(Fields, "execution_id", IDENTITY, &[], id),
    rule!(
        Fields,
        "scm_user_id",
        &[("author login|username|name|email", 48), ("author", 48), ("committer name|login|username", 46)],
        &["commit", "user"],
        user
    ),
    rule!(
        Fields,
        "module_name",
        &[("module name", 48), ("module|component", 47), ("component name", 47)],
        &[],
        name
    ),
    rule!(Stage, "displayName", NAME, WORK, text),
    rule!(Stage, "id", ITEM_ID, WORK, id),
    rule!(Stage, "result", RESULT, WORK, stage_result),
    rule!(Stage, "startTime", START, WORK, time),
    rule!(Step, "displayName", NAME, WORK, text),
    rule!(Step, "id", ITEM_ID, WORK, id),
    rule!(Step, "result", RESULT, WORK, stage_result),
    rule!(Step, "startTime", START, WORK, time),
    rule!(
        Artifact,
        "name",
        &[
            ("image name", 98),
            ("name", 94),
            ("image|repository", 84),
            ("file name", 84),
            ("filename|file", 80),
            ("path|key|label|title|id", 66)
        ],
        &["image", "artifact", "repository"],
        text
    ),
    rule!(
        Artifact,
        "qualifier",
        &[("tag", 98), ("version", 92), ("qualifier", 98), ("tag name", 96), ("revision", 60)],
        &["image", "artifact", "repository"],
        any
    ),
    rule!(
        Artifact,
        "hash",
        &[("digest", 98), ("hash|checksum|sha256|sha|md5|sha1|fingerprint", 84)],
        &["image", "artifact", "repository"],
        text
    ),
    rule!(
        Artifact,
        "location",
        &[("registry|location|bucket", 92), ("repository|repo", 72), ("url|uri|href|path", 70)],
        &["image", "artifact", "download"],
        text
    ),
    rule!(
        Artifact,
        "type",
        &[("type|kind|format", 88), ("media|content|mime type", 86)],
        &["image", "artifact"],
        text
    ),
    rule!(
        Parameter,
        "name",
        &[("name", 96), ("key|variable", 90), ("parameter|param|variable name", 97), ("id|label", 60)],
        &["parameter", "param", "input", "variable"],
        text
    ),
    rule!(
        Parameter,
        "value",
        &[("value", 96), ("val|content|data", 70), ("parameter|param|variable|current value", 96)],
        &["parameter", "param", "input", "variable"],
        scalar
    ),
    rule!(
        Trigger,
        "type",
        &[("type|kind|event", 95), ("reason|source|cause|category", 74), ("name|description|message", 60)],
        &["upstream", "parent", "project"],
        text
    ),
    rule!(
        Trigger,
        "id",
        &[
            ("id|ref|uuid", 88),
            ("user name|login|id", 86),
            ("user|username|by|actor", 84),
            ("job|pipeline|project name", 88),
            ("name|url|key|description|message", 64)
        ],
        &["upstream", "parent", "project", "user"],
        any
    ),
    rule!(
        Trigger,
        "job_run_number",
        &[("RUN number|num", 90), ("number", 84), ("upstream RUN", 70)],
        &["upstream", "parent"],
        any
    ),
];

/// The rule of an end.
pub(super) const END_RULE: NameRule =
    NameRule { table: MappingTable::Top, key: END, names: ENDS, own: &[], fit: fit::end };

/// The rule of a field.
pub(super) fn rule(table: MappingTable, key: &str) -> Option<&'static NameRule> {
    RULES.iter().find(|rule| rule.table == table && rule.key == key)
}
