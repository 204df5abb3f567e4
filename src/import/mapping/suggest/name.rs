//! Names of fields and lists in other tools: patterns of words, with points for how sure they are.

pub(super) const PIPELINE: &[(&str, i32)] = &[
    ("JOB name", 100),
    ("JOB ref|template|config|spec|definition name", 99),
    ("build type|config|definition name", 98),
    ("JOB display name", 96),
    ("JOB full name", 94),
    ("JOB title|label", 92),
    ("build config|configuration|type", 86),
    ("JOB slug|key", 88),
    ("pipeline|job|workflow|definition|plan|dag|flow|recipe|jobset", 86),
    ("application|app", 72),
    ("trigger name", 70),
    ("JOB id|identifier", 68),
    ("JOB|action|script ref", 80),
    ("action", 55),
    ("name", 76),
    ("display name", 68),
    ("full name", 66),
    ("project name", 67),
    ("THING name", 66),
    ("slug", 60),
    ("title", 58),
    ("project", 60),
    ("project slug|key", 57),
    ("project id", 50),
    ("THING", 55),
    ("THING id|slug|key", 52),
    ("repository|repo|git name|slug", 58),
    ("repository|repo full name", 57),
    ("repository|repo", 52),
    ("identifier|id", 40),
];

pub(super) const RESULT: &[(&str, i32)] = &[
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

pub(super) const START: &[(&str, i32)] = &[
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

pub(super) const ENDS: &[(&str, i32)] = &[
    ("END WHEN", 100),
    ("WHEN END", 98),
    ("END", 94),
    ("END WHEN UNIT", 99),
    ("updated|modified|changed|update|deployed|published|ready WHEN", 52),
];

pub(super) const NUMBER: &[(&str, i32)] = &[
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

pub(super) const BRANCH: &[(&str, i32)] = &[
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

pub(super) const COMMIT: &[(&str, i32)] = &[
    ("commit|revision|rev|changeset sha|id|hash|oid|sha1", 100),
    ("commit", 92),
    ("sha|sha1", 90),
    ("git|head|source|vcs|scm sha|hash|commit|revision|rev|ref", 95),
    ("revision|rev", 90),
    ("changeset|hash|oid", 68),
    ("ref", 46),
    ("source version", 62),
    ("version|id", 36),
];

pub(super) const REPOSITORY: &[(&str, i32)] = &[
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

pub(super) const USER: &[(&str, i32)] = &[
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

pub(super) const PAGE: &[(&str, i32)] = &[
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
    ("logs|log url|link|href", 55),
    ("logs|log deep|web|html url|link", 60),
    ("deep link|url", 84),
    ("admin url", 74),
];

pub(super) const PROJECT: &[(&str, i32)] = &[
    ("project name|title", 100),
    ("project display|full name", 97),
    ("project slug|key|path", 90),
    ("project", 92),
    ("project id|identifier", 74),
    ("application|app", 56),
    ("namespace", 66),
    ("workspace name", 58),
    ("workspace", 56),
    ("organization|org|account|team|group|space name|slug|login", 48),
    ("organization|org|account|team|group|space", 47),
    ("repository|repo name|slug", 46),
    ("repository|repo full name", 46),
];

pub(super) const IDENTITY: &[(&str, i32)] = &[
    ("RUN id|uuid|guid|uid", 90),
    ("uuid|guid|uid", 88),
    ("id", 84),
    ("RUN identifier|key", 72),
    ("identifier", 70),
];

pub(super) const NAME: &[(&str, i32)] = &[
    ("display name", 98),
    ("name", 96),
    ("STAGE name", 97),
    ("label|title", 88),
    ("STAGE", 78),
    ("STAGE type|kind", 66),
    ("key|slug", 62),
    ("id|identifier", 52),
    ("command|type|kind|plugin|description|message", 46),
];

pub(super) const ITEM_ID: &[(&str, i32)] =
    &[("id", 95), ("STAGE id", 90), ("uuid|uid|identifier", 85), ("key|slug|code", 60)];

/// Names of lists and objects with stages or steps.
pub(super) const STAGES: &[(&str, i32)] = &[
    ("stage", 60),
    ("job", 52),
    ("phase", 50),
    ("task", 46),
    ("step", 44),
    ("node", 42),
    ("block", 44),
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
    ("variable|var|input|substitution", 66),
    ("build|env|environment|extra|input|run parameter|param|variable|var|arg", 70),
    ("arg|argument", 54),
    ("env", 50),
    ("environment", 44),
    ("conf|property|setting", 42),
];

/// Names of what started a run.
pub(super) const TRIGGERS: &[(&str, i32)] = &[
    ("trigger|cause", 70),
    ("trigger type|reason|kind|source|event|name|info|method", 68),
    ("RUN reason|cause|event", 60),
    ("launch|run|event type", 54),
    ("triggered|started by", 60),
    ("event|reason|triggered", 52),
    ("event name", 56),
    ("upstream", 50),
];
