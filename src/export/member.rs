//! The members of a run as lines of a script: what the CI tool knows, what stays, and what is left out.

use crate::catalog::{FieldRole, catalog};
use crate::document::{Object, Value};
use crate::wire::FieldNames;

use super::literal;

/// What each tool's script knows: the field, the way it is written, and the shell variable that holds it.
const KNOWN: [(FieldRole, &str, &str); 12] = [
    (FieldRole::Pipeline, "text", "name"),
    (FieldRole::FullName, "text", "full_name"),
    (FieldRole::QualifiedName, "text", "name"),
    (FieldRole::Result, "text", "result"),
    (FieldRole::StartTime, "whole", "start"),
    (FieldRole::Duration, "whole", "duration"),
    (FieldRole::BuildNumber, "whole", "number"),
    (FieldRole::Branch, "text", "branch"),
    (FieldRole::Commits, "list", "commit"),
    (FieldRole::RepositoryUrl, "text", "repository"),
    (FieldRole::User, "text", "user"),
    (FieldRole::RunUrl, "text", "page"),
];

/// How many of `KNOWN` a run cannot do without.
const NEEDED: usize = 7;

/// What belongs to one run, and no CI tool has in its variables.
const OF_ONE_RUN: [FieldRole; 6] = [
    FieldRole::StageTree,
    FieldRole::Artifacts,
    FieldRole::Parameters,
    FieldRole::Triggers,
    FieldRole::ExecutionId,
    FieldRole::ScmUser,
];

/// A longer member is not shown in a comment.
const LONGEST_COMMENT: usize = 1_000;

/// The lines, in the order of the run; what it lacks and needs stands at the end.
pub(super) fn lines(run: &Value, names: FieldNames) -> String {
    let none = Object::default();
    let run = run.as_object().unwrap_or(&none);
    let mut lines = Vec::new();
    let mut left_out = Vec::new();
    for (key, value) in run.iter() {
        match role_of(key) {
            Some(FieldRole::InstanceGuid) => lines.extend(guid(key, Some(value))),
            Some(role) if known(role).is_some() => lines.extend(from_variable(key, role, run)),
            Some(role) if OF_ONE_RUN.contains(&role) && *value != Value::Null => left_out.push((key, value)),
            _ => lines.push(format!("json {} {}", word(key), literal::word(&literal::json(value)))),
        }
    }
    let is_there = |role: FieldRole| run.keys().any(|key| role_of(key) == Some(role));
    if !is_there(FieldRole::InstanceGuid) {
        lines.extend(guid(spelled(FieldRole::InstanceGuid, names), None));
    }
    let (needed, offered) = KNOWN.split_at(NEEDED);
    for (role, ..) in needed.iter().filter(|(role, ..)| !is_there(*role)) {
        lines.extend(from_variable(spelled(*role, names), *role, run));
    }
    let offered: Vec<FieldRole> =
        offered.iter().map(|(role, ..)| *role).filter(|role| !is_there(*role)).collect();
    if !offered.is_empty() {
        lines.push("# Known as well, if you want it:".to_owned());
        lines.extend(
            offered
                .iter()
                .filter_map(|role| Some(format!("# {}", from_variable(spelled(*role, names), *role, run)?))),
        );
    }
    lines.extend(omitted(&left_out));
    lines.join("\n")
}

/// The line that takes a field from its variable.
fn from_variable(key: &str, role: FieldRole, run: &Object) -> Option<String> {
    let (_, way, variable) = known(role)?;
    let text_of = |role: FieldRole| {
        run.iter().find(|(key, _)| role_of(key) == Some(role)).and_then(|(_, value)| value.as_text())
    };
    let is_full = role == FieldRole::QualifiedName
        && text_of(role).is_some_and(|name| Some(name) == text_of(FieldRole::FullName))
        && text_of(role) != text_of(FieldRole::Pipeline);
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

fn known(role: FieldRole) -> Option<(FieldRole, &'static str, &'static str)> {
    KNOWN.into_iter().find(|(known, ..)| *known == role)
}

/// The role of a member of the run; none of an unknown key.
fn role_of(key: &str) -> Option<FieldRole> {
    catalog().run().field(key).and_then(|(field, _)| field.role)
}

/// The name of a field in the spelling of the environment.
fn spelled(role: FieldRole, names: FieldNames) -> &'static str {
    match names {
        FieldNames::Legacy => role.legacy().unwrap_or_else(|| role.name()),
        FieldNames::Unchanged | FieldNames::Current => role.name(),
    }
}
