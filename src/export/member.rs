//! The members of a run as lines of a script: values of the CI tool, fixed values, and skipped
//! members.

use crate::catalog::{FieldRole, catalog};
use crate::document::{Object, Value};
use crate::wire::FieldNames;

use super::literal;

/// The fields that the script of each tool sets: field, shell function, shell variable.
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

/// How many of `KNOWN` are required.
const NEEDED: usize = 7;

/// Fields that belong to one run and are in no variable of a CI tool.
const OF_ONE_RUN: [FieldRole; 6] = [
    FieldRole::StageTree,
    FieldRole::Artifacts,
    FieldRole::Parameters,
    FieldRole::Triggers,
    FieldRole::ExecutionId,
    FieldRole::ScmUser,
];

/// Longer members are cut in a comment.
const LONGEST_COMMENT: usize = 1_000;

/// The lines in the order of the run; missing required fields come last.
pub(super) fn lines(run: &Value, names: FieldNames) -> String {
    let none = Object::default();
    let run = run.as_object().unwrap_or(&none);
    let mut lines = Vec::new();
    let mut skipped = Vec::new();
    for (key, value) in run.iter() {
        match role_of(key) {
            Some(FieldRole::InstanceGuid) => lines.extend(guid(key, Some(value))),
            Some(role) if known(role).is_some() => lines.extend(from_variable(key, role, run)),
            Some(role) if OF_ONE_RUN.contains(&role) && *value != Value::Null => skipped.push((key, value)),
            _ => lines.push(format!("json {} {}", word(key), literal::word(&literal::json(value)))),
        }
    }
    let is_there = |role: FieldRole| run.keys().any(|key| role_of(key) == Some(role));
    if !is_there(FieldRole::InstanceGuid) {
        lines.extend(guid(field_name(FieldRole::InstanceGuid, names), None));
    }
    let (needed, offered) = KNOWN.split_at(NEEDED);
    for (role, ..) in needed.iter().filter(|(role, ..)| !is_there(*role)) {
        lines.extend(from_variable(field_name(*role, names), *role, run));
    }
    let offered: Vec<FieldRole> =
        offered.iter().map(|(role, ..)| *role).filter(|role| !is_there(*role)).collect();
    if !offered.is_empty() {
        lines.push("# Optional; remove the # to send a field:".to_owned());
        lines.extend(
            offered.iter().filter_map(|role| {
                Some(format!("# {}", from_variable(field_name(*role, names), *role, run)?))
            }),
        );
    }
    lines.extend(omitted(&skipped));
    lines.join("\n")
}

/// The line that sets a field from its variable.
fn from_variable(key: &str, role: FieldRole, run: &Object) -> Option<String> {
    let (_, function, variable) = known(role)?;
    let text_of = |role: FieldRole| {
        run.iter().find(|(key, _)| role_of(key) == Some(role)).and_then(|(_, value)| value.as_text())
    };
    let is_full = role == FieldRole::QualifiedName
        && text_of(role).is_some_and(|name| Some(name) == text_of(FieldRole::FullName))
        && text_of(role) != text_of(FieldRole::Pipeline);
    let variable = if is_full { "full_name" } else { variable };
    Some(format!("{function} {} \"${variable}\"", word(key)))
}

/// The GUID, or lines that fail until the user enters one.
fn guid(key: &str, value: Option<&Value>) -> Vec<String> {
    let is_missing = value.is_none_or(|value| match value {
        Value::Text(text) => text.trim().is_empty(),
        Value::Null => true,
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
    });
    match value {
        Some(value) if !is_missing => vec![
            "# The GUID of the instance, from `sei-compose guid`.".to_owned(),
            format!("json {} {}", word(key), literal::word(&literal::json(value))),
        ],
        Some(_) | None => vec![
            "# Fill in the GUID of the instance between the quotes; `sei-compose guid` creates one."
                .to_owned(),
            "guid=''".to_owned(),
            "[ -n \"$guid\" ] || fail 'The GUID of the instance is missing in this script.'".to_owned(),
            format!("text {} \"$guid\"", word(key)),
        ],
    }
}

/// The skipped members, as comments to fill in.
fn omitted(members: &[(&str, &Value)]) -> Vec<String> {
    if members.is_empty() {
        return Vec::new();
    }
    let mut lines = vec!["# Skipped: values of one run. Fill in those that your pipeline knows:".to_owned()];
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

/// The role of a member of the run; `None` for an unknown key.
fn role_of(key: &str) -> Option<FieldRole> {
    catalog().run().field(key).and_then(|(field, _)| field.role)
}

/// The field name in the field-name style of the environment.
fn field_name(role: FieldRole, names: FieldNames) -> &'static str {
    match names {
        FieldNames::Legacy => role.legacy().unwrap_or_else(|| role.name()),
        FieldNames::Unchanged | FieldNames::Current => role.name(),
    }
}
