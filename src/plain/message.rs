//! Sentences about the run: the greeting, problems and fields.

use crate::app::entry::FieldEntry;
use crate::app::model::Model;
use crate::app::pane::{loss_word, place_of};
use crate::app::row::{FormRow, Role, field_at};
use crate::catalog::FieldRole;
use crate::check::{Problem, Severity};
use crate::document::Value;
use crate::text;

/// The lines before the first question.
pub(super) fn greeting(model: &Model) -> Vec<String> {
    let mut lines = vec![
        "sei-compose in plain mode: answer questions to compose a job run, then check and send it to Harness SEI."
            .to_owned(),
    ];
    lines.extend(destination(model));
    lines.extend(unparsed(model));
    let what = match &model.draft.file.name {
        Some(name) => format!("Draft “{name}”"),
        None if *model.document.value() == Value::empty_object() => "Blank run".to_owned(),
        None => "Unsaved run".to_owned(),
    };
    lines.push(format!("{what}: {}.", counts(model)));
    lines.push(
        "Enter keeps the value in brackets. `-` clears it, `<` goes back, `?` explains. :help lists the commands, \
         :quit quits."
            .to_owned(),
    );
    lines
}

/// The target environment, and the source of its key.
pub(super) fn destination(model: &Model) -> Option<String> {
    let chosen = model.chosen()?;
    let environment = &chosen.environment;
    let key = match (&chosen.key, &chosen.fault) {
        (Some(source), _) => format!("key from {source}"),
        (None, Some(fault)) => format!("key unusable, {fault}"),
        (None, None) => "no key yet, :key asks for it".to_owned(),
    };
    let protection = if environment.protected { ", protected" } else { "" };
    Some(format!(
        "Target: {} ({}), {}{protection}; {key}. Nothing is sent before a review.",
        environment.label,
        environment.id,
        environment.host()
    ))
}

/// The numbers of errors and warnings, in words.
pub(super) fn counts(model: &Model) -> String {
    let counts = model.counts_in_all();
    let errors = text::count(counts.errors, "error", "errors");
    format!("{errors}, {}", text::count(counts.warnings, "warning", "warnings"))
}

/// The error about unparsed text in the draft.
pub(super) fn unparsed(model: &Model) -> Option<String> {
    let fault = model.text_fault()?;
    Some(format!(
        "Error: this draft has text that is not JSON, {fault}. :drop-text discards it, the app's edit-json edits it. \
         Questions and checks use the last valid payload."
    ))
}

/// A problem of the list, with its place.
pub(super) fn listed(index: usize, problem: &Problem) -> String {
    let fix = problem.fixes.first().map_or_else(String::new, |fix| format!(" Fix: {}.", fix.label));
    let Problem { severity, message, .. } = problem;
    let loss = with_loss(loss_word(problem));
    format!("{}. {severity}, {}{loss} {message}{fix}", index + 1, place_of(problem))
}

/// What SEI loses, between the place of a problem and its message: `, loss: run.`, or a colon.
pub(super) fn with_loss(loss: &str) -> String {
    if loss.is_empty() { ":".to_owned() } else { format!(", loss: {loss}.") }
}

/// A problem of the focused field, with the command for its fix.
pub(super) fn here(problem: &Problem) -> String {
    let word = match problem.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Hint => "Hint",
    };
    let fix = match problem.fixes.as_slice() {
        [] if field_at(&problem.at).is_some_and(|field| field.role == Some(FieldRole::InstanceGuid)) => {
            " :guid creates an instance and fills in its GUID.".to_owned()
        }
        [] => String::new(),
        [only] => format!(" f applies the fix: {}.", only.label),
        several => format!(" f chooses among {} fixes.", several.len()),
    };
    format!("{word}{} {}{fix}", with_loss(loss_word(problem)), problem.message)
}

/// The purpose of a row, and how to answer it.
pub(super) fn about(model: &Model, row: &FormRow) -> Vec<String> {
    let field = row.field();
    let mut lines = Vec::new();
    if let (Some(field), false) = (field, matches!(row.role, Role::Item(_) | Role::Add(_))) {
        let required = if field.required { "required" } else { "optional" };
        lines.push(format!("{}, {required}. {}", field.name, field.help));
        lines.push(format!("Evidence: {}. Sample: {}", field.source, field.sample));
    }
    lines.extend(how(model, row).map(str::to_owned));
    for index in model.problems_here() {
        if let Some(problem) = model.checks.problems.get(index) {
            lines.push(format!("{} The rule is {}; :explain says more.", here(problem), problem.code));
        }
    }
    lines
}

fn how(model: &Model, row: &FormRow) -> Option<&'static str> {
    Some(match (row.role, model.entry_of(row)) {
        (Role::Kind, _) => {
            "CI builds and outputs artifacts; CD takes them as input. Answer 1, 2, or - for neither."
        }
        (Role::Item(_), _) => "y goes through its fields, x removes it, d duplicates it, Enter skips it.",
        (Role::Add(_), _) => "y adds one and goes through its fields, Enter continues.",
        (Role::Integration, _) => {
            "The number of the Custom integration: in satellite.yml, or on its page in SEI. The number is not \
             sent with the run, only with the request for a GUID."
        }
        (_, Some(FieldEntry::Choice)) => "Answer with a number, a word, or the start of a word.",
        (_, Some(FieldEntry::Toggle)) => "Answer y or n, or - for neither.",
        (_, Some(FieldEntry::List)) => "Separate several values with commas.",
        (_, Some(entry)) if !entry.how().is_empty() => entry.how(),
        (Role::Field | Role::Other | Role::Heading(_) | Role::Button(_) | Role::Problem(_), _) => {
            return None;
        }
    })
}
