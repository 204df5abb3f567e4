//! Guesses the format of an input that import does not read, for the error message.

use crate::document::{Object, Value};

/// What import reads, as a sentence without its full stop.
pub(super) const READS: &str =
    "Import reads payloads, drafts, curl and other requests, satellite.yml, and CI runs from a tool's API";

/// Text without a known format.
pub(super) const TEXT: &str = "text without a payload";

/// Markers of a language, anywhere in a line.
const INSIDE: [(&str, &[&str]); 6] = [
    ("a Go template", &["{{-", "{{ if ", "{{if ", "{{ range ", "{{range ", "{{ end", "{{end", "{{ with "]),
    (
        "JavaScript",
        &["JSON.stringify(", "=> {", "require(", "console.log(", "await fetch(", "module.exports"],
    ),
    ("Python", &["requests.post(", "requests.put(", "json.dumps(", "os.environ", "httpx.post("]),
    ("Groovy", &["JsonOutput.", "readJSON", "writeJSON", "httpRequest ", "httpRequest(", "currentBuild."]),
    ("Go", &[" := ", "json.Marshal("]),
    ("PHP", &["<?php", "json_encode("]),
];

/// Markers of a language at the start of a line; the second part must follow in the line.
const FIRST: [(&str, &str, &str); 19] = [
    ("JavaScript", "const ", "="),
    ("JavaScript", "let ", "="),
    ("JavaScript", "var ", "="),
    ("JavaScript", "function ", "("),
    ("JavaScript", "async function", "("),
    ("JavaScript", "export default", ""),
    ("JavaScript", "fetch(", ""),
    ("Python", "from ", " import "),
    ("Python", "def ", "):"),
    ("Python", "print(", ""),
    ("Groovy", "def ", "="),
    ("Groovy", "pipeline {", ""),
    ("Groovy", "node {", ""),
    ("Groovy", "stage(", "{"),
    ("Groovy", "steps {", ""),
    ("Go", "func ", "("),
    ("Ruby", "require '", ""),
    ("Rust", "#![", "]"),
    ("Rust", "fn main()", "{"),
];

/// How many lines are checked: the start of a text shows its format.
const LINES: usize = 400;

/// The probable kind of an object, with an article.
pub(super) fn object(object: &Object) -> &'static str {
    let class = object.get("_class").and_then(Value::as_text).unwrap_or_default();
    if class.contains("blueocean") {
        "a run of Jenkins Blue Ocean"
    } else if class.contains("jenkins") || class.contains("hudson") {
        "an object of Jenkins"
    } else if object.contains("apiVersion") && object.contains("kind") {
        "a Kubernetes object"
    } else if object.contains("jsonrpc") {
        "a JSON-RPC message"
    } else {
        EVENTS
            .iter()
            .find(|(_, names)| names.iter().all(|name| object.contains(name)))
            .map_or("an object", |(event, _)| event)
    }
}

/// Events and objects of CI tools and git hosts that are not runs, with the members that show it.
const EVENTS: [(&str, &[&str]); 15] = [
    ("a commit status event of Bitbucket, which is not a run", &["commit_status", "repository"]),
    ("a pull request event of Bitbucket", &["pullrequest", "repository"]),
    ("a push event of Bitbucket", &["push", "actor", "repository"]),
    ("a commit status of Bitbucket, which is not a run", &["key", "state", "url", "refname"]),
    ("a check run event of GitHub, which is not a workflow run", &["check_run", "repository"]),
    ("a check suite event of GitHub, which is not a workflow run", &["check_suite", "repository"]),
    ("a deployment event of GitHub, which is not a workflow run", &["deployment", "repository"]),
    ("a commit status event of GitHub, which is not a run", &["sha", "state", "context", "branches"]),
    ("a pull request event of GitHub", &["pull_request", "number", "repository"]),
    ("a push event of GitHub", &["ref", "pusher", "repository"]),
    ("an event of GitLab that is not about a pipeline or a job", &["object_kind", "project"]),
    ("a merge request of GitLab", &["iid", "source_branch", "target_branch"]),
    ("a release definition of Azure Pipelines, not a release", &["environments", "revision", "triggers"]),
    ("a build configuration of TeamCity, not a build", &["projectId", "projectName", "steps"]),
    ("a job of Jenkins, not a build", &["lastBuild", "builds"]),
];

/// The probable format of a text that does not start like JSON; `None` for prose.
pub(super) fn text(text: &str) -> Option<&'static str> {
    let start = text.trim_start();
    if start.starts_with(['{', '[', '"', '\'', '“', '`', '\\']) {
        return language(text).filter(|language| *language == "a Go template");
    }
    if start.is_empty() {
        return Some("an empty text");
    }
    if start.starts_with("#!/") || start.starts_with("#! /") {
        return Some("a shell script");
    }
    if start.starts_with('<') && start.contains('>') && !start.contains("<?php") {
        let is_page = start.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype"));
        return Some(if is_page || start.starts_with("<html") { "an HTML page" } else { "XML" });
    }
    language(text).or_else(|| lines(text))
}

/// Whether a text is source code, where values may be expressions.
pub(super) fn is_program(text: &str) -> bool {
    language(text).is_some() || text.lines().take(LINES).any(is_assignment)
}

fn language(text: &str) -> Option<&'static str> {
    text.lines().take(LINES).find_map(|line| {
        let line = line.trim_start();
        let inside = INSIDE.iter().find(|(_, signs)| signs.iter().any(|sign| line.contains(sign)));
        let first = || {
            FIRST
                .iter()
                .find(|(_, start, more)| line.strip_prefix(start).is_some_and(|rest| rest.contains(more)))
        };
        inside.map(|(language, _)| *language).or_else(|| first().map(|(language, ..)| *language))
    })
}

/// `name = {`, as many languages write it.
fn is_assignment(line: &str) -> bool {
    let Some((name, value)) = line.split_once('=') else { return false };
    let name = name.trim();
    let is_name =
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '$'));
    is_name && value.trim_start().starts_with(['{', '[', '('])
}

/// A format that most lines show.
fn lines(text: &str) -> Option<&'static str> {
    let lines =
        text.lines().take(LINES).map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (mut all, mut keys, mut items, mut settings) = (0, 0, 0, 0);
    for line in lines {
        all += 1;
        let item = line.strip_prefix("- ").unwrap_or(line);
        let is_name =
            |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_.-/".contains(c));
        let key = item.split_once(':').filter(|(_, rest)| rest.is_empty() || rest.starts_with(' '));
        keys += usize::from(line == "---" || key.is_some_and(|(key, _)| is_name(key)));
        items += usize::from(line.starts_with("- ") && key.is_none());
        let setting = line.split_once('=').is_some_and(|(name, _)| is_name(name.trim()));
        settings += usize::from(setting || (line.starts_with('[') && line.ends_with(']')));
    }
    // Lists with a dash are in prose too.
    if all > 1 && (keys + items) * 2 > all && keys * 4 >= all {
        Some("YAML")
    } else if all > 1 && settings * 2 > all {
        Some("a list of settings")
    } else {
        None
    }
}
