//! Problem details: the evidence, the effect of each fix, and silenced rules.

use crate::app::overlay::{Overlay, OverlayAnswer, Question};
use crate::app::pane::place_of;
use crate::app::update::notify::{complain, done, say};
use crate::app::{DiskEffect, Effect, Model, change};
use crate::check::{Problem, Severity};
use crate::document::Value;
use crate::draft::SILENCED;
use crate::{check, draft, text};

/// Shows the problem of the focused field in detail.
pub(in crate::app::update) fn explain(model: &mut Model) {
    let here = model.problems_here();
    let found = here.first().and_then(|index| model.checks.problems.get(*index)).cloned();
    match found {
        Some(problem) => model.overlays.push(Overlay::Ask(detail(model, &problem))),
        None if model.checks.problems.is_empty() => say(model, "No problems found."),
        None => say(model, "No problem at this field; {next-problem} goes to the next problem."),
    }
}

/// The explanation of a problem, with its fixes and silence options as answers.
fn detail(model: &Model, problem: &Problem) -> Question {
    let mut lines = vec![place_of(problem), problem.message.clone(), String::new()];
    if let Some(rule) = check::rule(problem.code) {
        lines.push(rule.meaning.to_owned());
        lines.push(rule.why.to_owned());
    }
    lines.push(format!("Evidence: {}.", problem.evidence.long()));
    let mut answers = Vec::new();
    // Values at a place that may contain a secret are hidden, whichever rule is explained.
    let may_show_secret =
        model.checks.problems.iter().any(|other| other.at == problem.at && check::has_secret(other.code));
    for fix in &problem.fixes {
        let changes = change::of_fix(model.document.value(), fix).join("; ");
        let changes = if may_show_secret { String::new() } else { format!("  ({changes})") };
        let label = format!("Fix: {}{changes}", text::visible(&fix.label));
        answers.push((label, OverlayAnswer::Fix(fix.clone())));
    }
    answers.push(("Close".to_owned(), OverlayAnswer::Stay));
    if problem.severity == Severity::Error {
        lines.push("A silenced error does not block the send.".to_owned());
    }
    answers.push((
        format!("Silence {} in this draft", problem.code),
        OverlayAnswer::SilenceHere(problem.code.to_owned()),
    ));
    answers.push((
        format!("Silence {} everywhere, in config.toml", problem.code),
        OverlayAnswer::SilenceEverywhere(problem.code.to_owned()),
    ));
    Question { title: format!("{}: {}", problem.severity, problem.code), lines, answers, chosen: 0 }
}

/// Silences a rule in this draft.
pub(in crate::app::update) fn here(model: &mut Model, code: &str) {
    let mut codes = model.draft.file.silenced();
    if !codes.iter().any(|silenced| silenced == code) {
        codes.push(code.to_owned());
    }
    keep(model, codes);
    done(model, format!("{code} is silenced in this draft; {{palette}} restore-rules undoes it."));
}

/// Silences a rule in config.toml.
pub(in crate::app::update) fn everywhere(model: &mut Model, code: String) {
    model.emit(Effect::Disk(DiskEffect::Silence { code }));
}

/// Silences the rule in this session after config.toml was written, or reports the failure.
pub(in crate::app::update) fn silenced(model: &mut Model, result: Result<String, String>) {
    match result {
        Ok(code) => {
            done(model, format!("{code} is silenced; config.toml lists it under “silenced”."));
            model.checks.silenced.push(code);
            model.refresh();
            model.open_editor();
        }
        Err(why) => complain(model, why),
    }
}

/// Removes the list of silenced rules from this draft.
pub(in crate::app::update) fn restore(model: &mut Model) {
    let count = model.draft.file.silenced().len();
    if count == 0 {
        say(model, "This draft has no silenced rules.");
    } else {
        keep(model, Vec::new());
        done(model, format!("Re-enabled {}.", text::count(count, "rule", "rules")));
    }
}

fn keep(model: &mut Model, codes: Vec<String>) {
    if codes.is_empty() {
        model.draft.file.rest =
            model.draft.file.rest.iter().filter(|(key, _)| *key != SILENCED).map(owned).collect();
    } else {
        model.draft.file.rest.put(SILENCED, codes.into_iter().map(Value::Text).collect::<Vec<_>>());
    }
    model.draft.file.is_changed = true;
    model.refresh();
    model.open_editor();
}

fn owned((key, value): (&str, &Value)) -> (String, Value) {
    (key.to_owned(), value.clone())
}

impl crate::app::model::DraftFile {
    /// The codes of the rules that this draft silences.
    pub fn silenced(&self) -> Vec<String> {
        draft::silenced(&self.rest)
    }
}
