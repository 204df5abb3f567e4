//! The members of a run as lines of a script: what the CI tool knows, what stays, and what is left out.

use crate::catalogue::{self, Spelling};
use crate::document::{Object, Value};
use crate::wire::Names;

use super::literal;

/// What each tool's script knows: the field, the way it is written, and the shell variable that holds it.
const KNOWN: [(&str, &str, &str); 12] = [
    ("pipeline", "text", "name"),
    ("job_full_name", "text", "full_name"),
    ("qualified_name", "text", "name"),
    ("result", "text", "result"),
    ("start_time", "whole", "start"),
    ("duration", "whole", "duration"),
    ("build_number", "whole", "number"),
    ("branch_name", "text", "branch"),
    ("scm_commit_ids", "list", "commit"),
    ("repo_url", "text", "repository"),
    ("user_id", "text", "user"),
    ("web_url", "text", "page"),
];

/// How many of `KNOWN` a run cannot do without.
const NEEDED: usize = 7;

/// What belongs to one run, and no CI tool has in its variables.
const OF_ONE_RUN: [&str; 6] =
    ["job_run", "artifacts", "job_run_params", "trigger_chain", "execution_id", "scm_user_id"];

/// A longer member is not shown in a comment.
const LONGEST_COMMENT: usize = 1_000;

/// The lines, in the order of the run; what it lacks and needs stands at the end.
pub(super) fn lines(run: &Value, names: Names) -> String {
    let none = Object::default();
    let run = run.as_object().unwrap_or(&none);
    let mut lines = Vec::new();
    let mut left_out = Vec::new();
    for (key, value) in run.iter() {
        let field = field_of(key);
        match field {
            "instance_guid" => lines.extend(guid(key, Some(value))),
            _ if known(field).is_some() => lines.extend(from_variable(key, field, run)),
            _ if OF_ONE_RUN.contains(&field) && *value != Value::Null => left_out.push((key, value)),
            _ => lines.push(format!("json {} {}", word(key), literal::word(&literal::json(value)))),
        }
    }
    let is_there = |field: &str| run.keys().any(|key| field_of(key) == field);
    if !is_there("instance_guid") {
        lines.extend(guid(spelled("instance_guid", names), None));
    }
    let (needed, offered) = KNOWN.split_at(NEEDED);
    for (field, ..) in needed.iter().filter(|(field, ..)| !is_there(field)) {
        lines.extend(from_variable(spelled(field, names), field, run));
    }
    let offered: Vec<&str> =
        offered.iter().map(|(field, ..)| *field).filter(|field| !is_there(field)).collect();
    if !offered.is_empty() {
        lines.push("# Known as well, if you want it:".to_owned());
        lines.extend(
            offered
                .iter()
                .filter_map(|field| Some(format!("# {}", from_variable(spelled(field, names), field, run)?))),
        );
    }
    lines.extend(omitted(&left_out));
    lines.join("\n")
}

/// The line that takes a field from its variable.
fn from_variable(key: &str, field: &str, run: &Object) -> Option<String> {
    let (_, way, variable) = known(field)?;
    let text_of = |field: &str| {
        run.iter().find(|(key, _)| field_of(key) == field).and_then(|(_, value)| value.as_text())
    };
    let is_full = field == "qualified_name"
        && text_of(field).is_some_and(|name| Some(name) == text_of("job_full_name"))
        && text_of(field) != text_of("pipeline");
    let variable = if is_full { "full_name" } else { variable };
    Some(format!("{way} {} \"${variable}\"", word(key)))
}

/// The GUID as it is, or a place for it that cannot be overlooked.
fn guid(key: &str, value: Option<&Value>) -> Vec<String> {
    let is_missing = value.is_none_or(|value| match value {
        Value::Text(text) => text.trim().is_empty(),
        Value::Null => true,
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
    });
    match value {
        Some(value) if !is_missing => vec![
            "# The GUID of the instance, as `sei-compose guid` makes it.".to_owned(),
            format!("json {} {}", word(key), literal::word(&literal::json(value))),
        ],
        Some(_) | None => vec![
            "# Put the GUID of the instance between the quotes; `sei-compose guid` makes one.".to_owned(),
            "guid=''".to_owned(),
            "[ -n \"$guid\" ] || fail 'The GUID of the instance is missing in this script.'".to_owned(),
            format!("text {} \"$guid\"", word(key)),
        ],
    }
}

/// What is left out, as comments to be filled in.
fn omitted(members: &[(&str, &Value)]) -> Vec<String> {
    if members.is_empty() {
        return Vec::new();
    }
    let mut lines =
        vec!["# Left out, since it belongs to one run. Where your pipeline knows it, fill it in:".to_owned()];
    lines.extend(members.iter().map(|(key, value)| {
        let json = literal::json(value);
        if json.len() > LONGEST_COMMENT {
            format!("# json {} …", word(key))
        } else {
            format!("# json {} {}", word(key), literal::word(&json))
        }
    }));
    lines
}

fn word(key: &str) -> String {
    literal::word(&literal::inside(key))
}

fn known(field: &str) -> Option<(&'static str, &'static str, &'static str)> {
    KNOWN.into_iter().find(|(name, ..)| *name == field)
}

/// The current name of a field; an unknown key is its own.
fn field_of(key: &str) -> &str {
    catalogue::catalogue().run().field(key).map_or(key, |(field, _)| field.name.as_str())
}

/// The name of a field in the spelling of the environment.
fn spelled(field: &str, names: Names) -> &str {
    let legacy = catalogue::catalogue().run().field(field).and_then(|(field, spelling)| match spelling {
        Spelling::Current => field.legacy.as_deref(),
        Spelling::Legacy => None,
    });
    match names {
        Names::Legacy => legacy.unwrap_or(field),
        Names::AsWritten | Names::Current => field,
    }
}
