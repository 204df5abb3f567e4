//! The names of fields in other tools, with points for how sure they are.

use super::fit::{self, FitRule};
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

const PIPELINE: &[(&str, i32)] = &[
    ("JOB name", 100),
    ("JOB ref|template|config|spec|definition name", 99),
    ("build type|config|definition name", 98),
    ("JOB display name", 96),
    ("JOB full name", 94),
    ("JOB title|label", 92),
    ("build config|configuration|type", 86),
    ("JOB slug|key", 88),
    ("JOB", 86),
    ("JOB id|identifier", 68),
    ("name", 76),
    ("display name", 68),
    ("full name", 66),
    ("project name", 67),
    ("THING name", 66),
    ("slug", 60),
    ("title", 58),
    ("project", 60),
    ("project slug|key|id", 57),
    ("THING", 55),
    ("THING id|slug|key", 52),
    ("repository|repo|git name|slug", 58),
    ("repository|repo full name", 57),
    ("repository|repo", 52),
    ("identifier|id", 40),
];

const RESULT: &[(&str, i32)] = &[
    ("result|conclusion|outcome|verdict", 100),
    ("status|state", 90),
    ("phase", 88),
    ("result status|state|type|name|code", 92),
    ("status|state name|code|text|value|label|type|string", 84),
    ("success|succeeded|passed|successful|is", 60),
    ("is success|successful|passed|ok", 60),
    ("completion|final status|state|result", 94),
    ("exit|return code|status", 62),
    ("health", 40),
];

const START: &[(&str, i32)] = &[
    ("START WHEN", 100),
    ("WHEN START", 98),
    ("START", 94),
    ("START WHEN UNIT", 99),
    ("WHEN MADE", 60),
    ("MADE WHEN", 61),
    ("MADE WHEN UNIT", 60),
    ("MADE", 58),
    ("execution|run|logical|deploy|build date|time", 54),
    ("WHEN", 52),
    ("when", 52),
];

const ENDS: &[(&str, i32)] = &[
    ("END WHEN", 100),
    ("WHEN END", 98),
    ("END", 94),
    ("END WHEN UNIT", 99),
    ("updated|modified|changed|update|deployed|published|ready WHEN", 52),
];

const NUMBER: &[(&str, i32)] = &[
    ("RUN number|num|no|counter|sequence|seq|index|iid", 100),
    ("RUN sequence|seq number|id|num", 99),
    ("number|num|no|iid|sequence|counter|serial|seq", 92),
    ("sequence number|id|num", 91),
    ("RUN id", 74),
    ("id", 72),
    ("RUN", 58),
    ("index", 58),
    ("version", 46),
    ("RUN version", 48),
    ("revision|generation|iteration|attempt", 40),
];

const BRANCH: &[(&str, i32)] = &[
    ("branch", 100),
    ("branch name|label|ref|display", 100),
    ("ref name|label", 84),
    ("git|source|head|commit|vcs|target ref|reference|refname", 82),
    ("ref", 76),
    ("refname", 84),
    ("source version", 52),
    ("reference|refspec", 56),
    ("target revision", 64),
    ("git|source revision", 48),
];

const COMMIT: &[(&str, i32)] = &[
    ("commit|revision|rev|changeset sha|id|hash|oid|sha1", 100),
    ("commit", 92),
    ("sha|sha1", 90),
    ("git|head|source|vcs|scm sha|hash|commit|revision|rev|ref", 95),
    ("revision|rev", 90),
    ("changeset|hash|oid", 68),
    ("ref", 46),
    ("version|id", 36),
];

const REPOSITORY: &[(&str, i32)] = &[
    ("REPO url|uri|address", 100),
    ("REPO html|web|clone|git|http|https|remote url|uri", 101),
    ("REPO html href|url", 100),
    ("REPO link|href|location", 92),
    ("clone|git|remote|origin url|uri", 96),
    ("REPO ssh url|uri", 78),
    ("REPO", 84),
    ("origin", 58),
    ("REPO full name", 90),
    ("REPO name|slug|path", 80),
];

const USER: &[(&str, i32)] = &[
    ("BY by", 95),
    ("BY by login|username", 99),
    ("BY by user name", 99),
    ("BY by user login|username", 99),
    ("BY by user", 95),
    ("BY by name", 93),
    ("BY by display name", 84),
    ("BY by email", 88),
    ("BY by user|author email", 87),
    ("BY by slug|id", 60),
    ("WHO login|username", 98),
    ("WHO user name", 98),
    ("WHO name", 91),
    ("WHO display name", 84),
    ("WHO full name", 83),
    ("WHO email", 86),
    ("WHO email address", 85),
    ("WHO id", 64),
    ("WHO", 92),
    ("username|login", 84),
    ("author login|username", 82),
    ("author user name", 82),
    ("author name", 76),
    ("author email", 73),
    ("author", 78),
    ("committer|pusher login|username|name", 66),
    ("committer|pusher", 64),
    ("owner", 46),
    ("owner login|name|email", 46),
    ("by", 62),
    ("by name|email|login", 62),
];

const PAGE: &[(&str, i32)] = &[
    ("web|html|RUN|details|console|ui|browser|dashboard|results|public url|link|href|uri", 100),
    ("permalink", 96),
    ("web html|ui|url|link href|url", 100),
    ("links|link html|web|ui|self href|url", 96),
    ("links|link html|web|ui|self", 92),
    ("url|link", 86),
    ("href", 78),
    ("target url", 84),
    ("self", 62),
    ("uri", 62),
    ("logs|log url", 52),
    ("admin url", 74),
];

const PROJECT: &[(&str, i32)] = &[
    ("project name|title", 100),
    ("project display|full name", 97),
    ("project slug|key|path", 90),
    ("project", 92),
    ("project id|identifier", 74),
    ("namespace", 66),
    ("workspace name", 58),
    ("workspace", 56),
    ("organization|org|account|team|group|space name|slug|login", 48),
    ("organization|org|account|team|group|space", 47),
    ("repository|repo name|slug", 46),
    ("repository|repo full name", 46),
];

const IDENTITY: &[(&str, i32)] = &[
    ("RUN id|uuid|guid|uid", 90),
    ("uuid|guid|uid", 88),
    ("id", 84),
    ("RUN identifier|key", 72),
    ("identifier", 70),
];

const NAME: &[(&str, i32)] = &[
    ("display name", 98),
    ("name", 96),
    ("STAGE name", 97),
    ("label|title", 88),
    ("STAGE", 78),
    ("key|slug", 62),
    ("id|identifier", 52),
    ("command|type|kind|plugin|description|message", 46),
];

const ITEM_ID: &[(&str, i32)] =
    &[("id", 95), ("STAGE id", 90), ("uuid|uid|identifier", 85), ("key|slug|code", 60)];

const WORK: &[&str] = &["stage", "step", "node", "child", "test", "input", "last", "latest", "agent"];

macro_rules! rule {
    ($table:ident, $key:literal, $names:expr, $own:expr, $fit:ident) => {
        NameRule { table: MappingTable::$table, key: $key, names: $names, own: $own, fit: fit::$fit }
    };
}

/// The rules of all fields that are guessed by name.
pub(super) const RULES: &[NameRule] = &[
    rule!(Fields, "pipeline", PIPELINE, &["project", "template", "upstream"], name),
    rule!(Fields, "result", RESULT, &[], result),
    rule!(Fields, "start_time", START, &[], time),
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
        &[("type|kind|event", 95), ("reason|source|cause|category", 74), ("name|description", 60)],
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

/// Names of lists and objects with stages or steps.
pub(super) const STAGES: &[(&str, i32)] = &[
    ("stage", 60),
    ("job", 52),
    ("phase", 50),
    ("task", 46),
    ("step", 44),
    ("node", 42),
    (
        "stage|job|task|step|phase|node|deployment run|status|state|result|execution|info|history|detail|instance",
        44,
    ),
    ("build|run|execution|activity|operation|segment|child|matrix|part|unit", 30),
];

/// Names of lists with artifacts, or of one image.
pub(super) const ARTIFACTS: &[(&str, i32)] = &[
    ("artifact", 70),
    ("image", 64),
    ("asset|package|product|binary|deliverable", 56),
    ("output|container|file|bundle|attachment", 40),
    ("artifact|image|output file|list|detail|info|name|url|ref", 48),
];

/// Names of lists and objects with parameters.
pub(super) const PARAMETERS: &[(&str, i32)] = &[
    ("parameter|param", 70),
    ("variable|var|input", 66),
    ("build|env|environment|extra|input|run parameter|param|variable|var|arg", 70),
    ("arg|argument|option", 54),
    ("env", 50),
    ("environment", 44),
    ("conf|property|setting", 42),
];

/// Names of what started a run.
pub(super) const TRIGGERS: &[(&str, i32)] = &[
    ("trigger|cause", 70),
    ("trigger type|reason|kind|source|event|name|info|method", 68),
    ("RUN reason|cause|type|event", 60),
    ("launch|run|event|source type", 54),
    ("event|reason|triggered", 52),
    ("event name", 56),
    ("upstream", 50),
];
