//! Stages and steps: which of them SEI stores, and with which values.

use std::collections::HashMap;

use crate::catalog::{FieldRole, RecordKind};
use crate::check::{Loss, quote, stored_length};
use crate::document::{Object, Pointer, Value};
use crate::text;

use super::finding::Findings;
use super::reading::{items, member, place, present, value};
use super::stored::StoredRun;

/// The fields of a stage or step that SEI cuts.
const CUT: [FieldRole; 3] = [FieldRole::StageId, FieldRole::StageName, FieldRole::StageDescription];

/// Simulates the stages, and returns those before the first lost one; `is_kept` is false if another
/// part of the run makes SEI lose all of them.
pub(super) fn stages<'a>(
    found: &mut Findings,
    run: &'a Object,
    stored: &mut StoredRun,
    is_kept: bool,
) -> &'a [Value] {
    let tree = member(run, FieldRole::StageTree).and_then(|(key, tree)| Some((key, tree.as_object()?)));
    let Some((key, tree)) = tree else { return &[] };
    let list = place(&Pointer::root().key(key), tree, FieldRole::Stages);
    let sent = items(tree, FieldRole::Stages);
    stored.stages_sent = sent.len();
    stored.steps_sent = sent.iter().map(|stage| steps_of(stage).len()).sum();
    if !is_kept {
        return &[];
    }
    let mut ids = HashMap::new();
    for (index, stage) in sent.iter().enumerate() {
        let at = || list.index(index);
        if let Some((place, code, fault)) = fault(stage, &at) {
            found.lose(Loss::Stages, place, code, format!("{fault}: {}.", rest_is_lost(sent.len() - index)));
            return sent.get(..index).unwrap_or_default();
        }
        let Some(fields) = stage.as_object() else { continue };
        if let Some(first) = replaced(&mut ids, fields, index) {
            let message = format!(
                "Stages {} and {} have the same stored id: SEI keeps one of them.",
                first + 1,
                index + 1
            );
            found.lose(Loss::Stages, at().key(FieldRole::StageId.name()), "id-duplicate", message);
        } else {
            stored.stages += 1;
        }
        changes(found, RecordKind::Stage, fields, &at);
        steps(found, fields, &at, stored);
    }
    sent
}

fn steps_of(stage: &Value) -> &[Value] {
    stage.as_object().map(|stage| items(stage, FieldRole::Steps)).unwrap_or_default()
}

fn rest_is_lost(count: usize) -> String {
    match count {
        1 => "this stage is lost".to_owned(),
        more => format!("this stage and {} are lost", text::count(more - 1, "later stage", "later stages")),
    }
}

/// Why SEI cannot store a stage; a step without a duration makes it fail too.
fn fault(stage: &Value, at: &impl Fn() -> Pointer) -> Option<(Pointer, &'static str, String)> {
    let Some(fields) = stage.as_object() else {
        return Some((at(), "stage-id-missing", "A stage is null".to_owned()));
    };
    let name = |fields: &Object, word: &str| {
        present(fields, FieldRole::StageName).map_or_else(|| word.to_owned(), |name| quote(&name))
    };
    if present(fields, FieldRole::StageId).is_none() {
        let fault = format!("{} has no id", name(fields, "The stage"));
        return Some((at().key(FieldRole::StageId.name()), "stage-id-missing", fault));
    }
    let without_duration = |fields: &Object, at: Pointer, word: &str| {
        let field = FieldRole::StageDuration.name();
        (at.key(field), "stage-duration-missing", format!("{} has no {field}", name(fields, word)))
    };
    if value(fields, FieldRole::StageDuration).is_none() {
        return Some(without_duration(fields, at(), "The stage"));
    }
    steps_of(stage).iter().enumerate().find_map(|(index, step)| {
        let step = step.as_object()?;
        let at = || at().key(FieldRole::Steps.name()).index(index);
        if value(step, FieldRole::StageDuration).is_none() {
            return Some(without_duration(step, at(), "A step"));
        }
        None
    })
}

/// A result or state that is longer than the column of SEI's database.
fn long_words(found: &mut Findings, kind: RecordKind, fields: &Object, at: &impl Fn() -> Pointer) {
    for role in [FieldRole::StageResult, FieldRole::StageState] {
        let limit = stored_length(kind, Some(role));
        let word = value(fields, role).and_then(Value::as_text).filter(|word| word.len() > limit);
        if let Some(length) = word.map(|word| word.chars().count()).filter(|length| *length > limit) {
            let name = role.name();
            let message =
                format!("A {name} of {length} characters does not fit into {limit}: SEI may drop the stage.");
            found.lose(Loss::Field, at().key(name), "word-long", message);
        }
    }
}

/// The index of the first stage or step with the same stored id.
fn replaced<'a>(ids: &mut HashMap<&'a str, usize>, fields: &'a Object, index: usize) -> Option<usize> {
    let limit = stored_length(RecordKind::Stage, Some(FieldRole::StageId));
    let id = cut(value(fields, FieldRole::StageId)?.as_text()?, limit);
    let first = *ids.entry(id).or_insert(index);
    (first != index).then_some(first)
}

/// The first characters of a text.
pub(super) fn cut(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    text.char_indices().nth(limit).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// The values of a stage or step that SEI stores in another form.
fn changes(found: &mut Findings, kind: RecordKind, fields: &Object, at: &impl Fn() -> Pointer) {
    for role in CUT {
        let Some(sent) = value(fields, role) else { continue };
        let limit = stored_length(kind, Some(role));
        let Some(stored) = sent.as_text().map(|text| (text, cut(text, limit))) else { continue };
        if stored.0.len() > stored.1.len() {
            let place = at().key(role.name());
            let code = if role == FieldRole::StageId { "id-long" } else { "name-cut" };
            let message = format!("SEI stores only the first {limit} characters of {}.", quote(stored.0));
            found.lose(Loss::Field, place.clone(), code, message);
            found.change(place, Some(sent), stored.1, "cut");
        }
    }
    long_words(found, kind, fields, at);
    let result = if kind == RecordKind::Stage { value(fields, FieldRole::StageResult) } else { None };
    let Some((sent, word)) = result.and_then(|sent| Some((sent, sent.as_text()?))) else { return };
    if word.chars().any(char::is_lowercase) {
        found.change(
            at().key(FieldRole::StageResult.name()),
            Some(sent),
            word.to_uppercase(),
            "stored in upper case",
        );
    }
}

/// Simulates the steps of a stored stage: a step without an id is lost alone.
fn steps(found: &mut Findings, stage: &Object, at: &impl Fn() -> Pointer, stored: &mut StoredRun) {
    let mut ids = HashMap::new();
    for (index, step) in items(stage, FieldRole::Steps).iter().enumerate() {
        let place = || at().key(FieldRole::Steps.name()).index(index);
        let id_place = || place().key(FieldRole::StageId.name());
        let Some(fields) = step.as_object().filter(|step| present(step, FieldRole::StageId).is_some()) else {
            let name = step.as_object().and_then(|step| present(step, FieldRole::StageName));
            let name = name.map_or_else(|| "A step".to_owned(), |name| quote(&name));
            let message = format!("{name} has no id: this step is lost.");
            found.lose(Loss::Step, id_place(), "stage-id-missing", message);
            continue;
        };
        if let Some(first) = replaced(&mut ids, fields, index) {
            let message = format!(
                "Steps {} and {} have the same stored id: SEI keeps one of them.",
                first + 1,
                index + 1
            );
            found.lose(Loss::Step, id_place(), "id-duplicate", message);
        } else {
            stored.steps += 1;
        }
        changes(found, RecordKind::Step, fields, &place);
    }
}
