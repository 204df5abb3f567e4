//! Sentences about the whole: the greeting, problems, fields.

use crate::app::entry::FieldEntry;
use crate::app::model::Model;
use crate::app::pane::place_of;
use crate::app::row::{FormRow, Role, field_at};
use crate::catalog::FieldRole;
use crate::check::{Problem, Severity};
use crate::document::Value;
use crate::text;

/// What somebody should know before the first question.
pub(super) fn greeting(model: &Model) -> Vec<String> {
    let mut lines = vec![
        "sei-compose on plain lines: questions compose a job run, which is checked and sent to Harness SEI."
            .to_owned(),
    ];
    lines.extend(destination(model));
    lines.extend(unparsed(model));
    let what = match &model.draft.file.name {
        Some(name) => format!("The draft “{name}”"),
        None if *model.document.value() == Value::empty_object() => "A blank run".to_owned(),
        None => "An unsaved run".to_owned(),
    };
    lines.push(format!("{what}: {}.", counts(model)));
    lines.push(
        "Enter keeps what stands in brackets and goes on. - clears it, < goes back, ? explains. :help lists the \
         commands, :quit leaves."
            .to_owned(),
    );
    lines
}

/// Where it goes, and with which key.
pub(super) fn destination(model: &Model) -> Option<String> {
    let chosen = model.chosen()?;
    let environment = &chosen.environment;
    let key = match (&chosen.key, &chosen.fault) {
        (Some(source), _) => format!("key from {source}"),
        (None, Some(fault)) => format!("key unusable, {fault}"),
        (None, None) => "no key yet, :key asks for it".to_owned(),
    };
    let guard = if environment.protected { ", protected" } else { "" };
    Some(format!(
        "It goes to {} ({}), {}{guard}; {key}. Nothing is sent before a review.",
        environment.label,
        environment.id,
        environment.host()
    ))
}

/// How many problems there are, in words.
pub(super) fn counts(model: &Model) -> String {
    let counts = model.counts_in_all();
    let errors = text::count(counts.errors, "error", "errors");
    format!("{errors}, {}", text::count(counts.warnings, "warning", "warnings"))
}

/// What to know of a text in the place of the payload that is not JSON.
pub(super) fn unparsed(model: &Model) -> Option<String> {
    let fault = model.text_fault()?;
    Some(format!(
        "Error: this draft holds text that is not JSON, {fault}. :drop-text drops it, the app's edit-json mends it. \
         What is asked and checked here is the payload as it last parsed."
    ))
}

/// A problem of the list, with its place.
pub(super) fn listed(index: usize, problem: &Problem) -> String {
    let fix = problem.fixes.first().map_or_else(String::new, |fix| format!(" Fix: {}.", fix.label));
    format!("{}. {}, {}: {}{fix}", index + 1, problem.severity, place_of(problem), problem.message)
}

/// A problem of the field at hand, with the way to mend it.
pub(super) fn here(problem: &Problem) -> String {
    let word = match problem.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Hint => "Hint",
    };
    let fix = match problem.fixes.as_slice() {
        [] if field_at(&problem.at).is_some_and(|field| field.role == Some(FieldRole::InstanceGuid)) => {
            " :guid asks the environment for one.".to_owned()
        }
        [] => String::new(),
        [only] => format!(" f applies the fix: {}.", only.label),
        several => format!(" f chooses among {} fixes.", several.len()),
    };
    format!("{word}: {}{fix}", problem.message)
}

/// What a row is for, and how it is answered.
pub(super) fn about(model: &Model, row: &FormRow) -> Vec<String> {
    let field = row.field();
    let mut lines = Vec::new();
    if let (Some(field), false) = (field, matches!(row.role, Role::Item(_) | Role::Add(_))) {
        let required = if field.required { "required" } else { "optional" };
        lines.push(format!("{}, {required}. {}", field.name, field.help));
        lines.push(format!("Known from: {}. Such as {}", field.source, field.sample));
    }
    lines.extend(how(model, row).map(str::to_owned));
    for index in model.problems_here() {
        if let Some(problem) = model.checks.problems.get(index) {
            lines.push(format!("{} The rule is {}; :explain tells more.", here(problem), problem.code));
        }
    }
    lines
}

fn how(model: &Model, row: &FormRow) -> Option<&'static str> {
    Some(match (row.role, model.entry_of(row)) {
        (Role::Kind, _) => {
            "CI builds and outputs artifacts; CD takes them in. Answer 1, 2, or - for neither."
        }
        (Role::Item(_), _) => "y goes through its fields, x removes it, d duplicates it, Enter passes it.",
        (Role::Add(_), _) => "y adds one and goes through its fields, Enter goes on.",
        (Role::Integration, _) => {
            "The number SEI gave the Custom integration: in satellite.yml, or on its page in SEI. It is not sent with \
             the run; a GUID is asked for with it."
        }
        (_, Some(FieldEntry::Choice)) => "Answer with a number, a word, or the beginning of one.",
        (_, Some(FieldEntry::Toggle)) => "Answer y or n, or - for neither.",
        (_, Some(FieldEntry::List)) => "Several in one line, by commas.",
        (_, Some(entry)) if !entry.how().is_empty() => entry.how(),
        (Role::Field | Role::Other | Role::Heading(_) | Role::Button(_) | Role::Problem(_), _) => {
            return None;
        }
    })
}
