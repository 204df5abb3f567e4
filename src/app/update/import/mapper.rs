//! The mapper: reads JSON that no reader knows, and maps its values to fields.

use std::sync::Arc;

use crate::app::incoming::INSTANCE;
use crate::app::mapper::{Evaluation, ImportAfter, Learned, Mapper, UNSAVED};
use crate::app::message::MappedText;
use crate::app::overlay::{Content, Overlay, OverlayAnswer, Question};
use crate::app::pasted::Pasted;
use crate::app::update::notify::{complain, say};
use crate::app::{Action, Effect, MappingEffect, MappingReply, Model};
use crate::check::{CheckSession, Problem, Silenced};
use crate::document::{self, Pointer, Value};
use crate::import::Imported;
use crate::import::mapping::{
    self, Definition, EACH, MappedRun, MappedValues, MappingFault, MappingSet, MappingTable, RUNS,
};
use crate::wire::Redactor;

use super::{close_prompt, offer, runs};

mod entry;
mod example;
mod save;

pub(in crate::app::update) use entry::{set_word, typed};
pub(in crate::app::update) use example::{choose, read_example, start_with};
pub use save::restore_mapping;
pub(in crate::app::update) use save::{save, save_then_import};

/// Shorter JSON is text for a field rather than a run.
const SHORTEST: usize = 40;

/// Whether pasted text is JSON that can be a run: an object, or a list of objects.
pub fn is_worth_mapping(text: &str) -> bool {
    if text.len() < SHORTEST || !text.trim_start().starts_with(['{', '[']) {
        return false;
    }
    match document::read(text) {
        Ok(Value::Object(object)) => object.len() > 1 || object.iter().any(|(_, value)| holds_values(value)),
        Ok(Value::Array(items)) => items.iter().any(holds_values),
        Ok(_) | Err(_) => false,
    }
}

fn holds_values(value: &Value) -> bool {
    value.as_object().is_some_and(|object| !object.is_empty())
        || value.as_array().is_some_and(|items| items.iter().any(|item| item.as_object().is_some()))
}

/// The effect that reads JSON with the mappings.
pub fn map_unknown(model: &Model, source: Pasted, edits: bool) -> Effect {
    Effect::Mapping(MappingEffect::Read { source, mappings: model.mappings.clone(), edits })
}

/// Reads JSON with the mappings on another thread; unknown JSON opens the mapper, and with `edits`
/// also known JSON.
pub(super) fn learn(model: &mut Model, source: Pasted, edits: bool) {
    let effect = map_unknown(model, source, edits);
    model.emit(effect);
    say(model, "Reading the JSON with the mappings…");
}

pub(in crate::app::update) fn replied(model: &mut Model, reply: MappingReply) {
    match reply {
        MappingReply::Read { source, result: Ok(read) } => {
            model.notice = None;
            match *read {
                MappedText::Known(imported, list) => {
                    if !runs::choose(model, list, &source) {
                        offer(model, *imported, source);
                    }
                }
                MappedText::Unknown(learned) => {
                    close_prompt(model);
                    let learned = redacted(model, learned);
                    if let Some(mapper) = open(model).filter(|mapper| mapper.finds_runs.is_some()) {
                        mapper.found_runs(learned);
                    } else {
                        let mapper = Mapper::new(learned, source);
                        model.overlays.push(Overlay::Mapper(Box::new(mapper)));
                    }
                    show_run(model, 0);
                }
            }
        }
        MappingReply::Read { result: Err(why), .. } => {
            if let Some(mapper) = open(model) {
                mapper.finds_runs = None;
            }
            complain(model, why);
        }
        MappingReply::Evaluated { ticket, result } => evaluated(model, ticket, result),
        MappingReply::Saved { id, definition, outcome } => save::saved(model, id, *definition, outcome),
    }
}

/// The content of a text without the keys of the session.
fn redacted(model: &mut Model, mut learned: Learned) -> Learned {
    let redactor = Redactor::new(&model.keys.known);
    let runs = learned.runs.iter().map(|run| redactor.redact_document(run.clone()));
    let (runs, had_key): (Vec<_>, Vec<_>) = runs.unzip();
    learned.runs = runs.into();
    if had_key.contains(&true) {
        say(model, "The JSON contained a key: •••••• replaces the key.");
    }
    learned
}

fn open(model: &mut Model) -> Option<&mut Mapper> {
    model.overlays.iter_mut().rev().find_map(|overlay| {
        let Overlay::Mapper(mapper) = overlay else { return None };
        Some(&mut **mapper)
    })
}

/// Makes a run of the text the example.
fn show_run(model: &mut Model, place: usize) {
    let Some(run) = open(model).and_then(|mapper| mapper.runs.get(place).cloned()) else { return };
    if let Some(mapper) = open(model) {
        mapper.show(place, run);
    }
    evaluate(model);
}

/// Starts an evaluation; with a typed expression in place of the one of its row.
fn evaluate(model: &mut Model) {
    let Some(mapper) = open(model) else { return };
    mapper.ticket += 1;
    mapper.is_pending = true;
    let definition = mapper.typed_definition();
    let effect = MappingEffect::Evaluate {
        ticket: mapper.ticket,
        definition: Box::new(definition),
        run: mapper.run.clone(),
    };
    model.emit(Effect::Mapping(effect));
}

fn evaluated(
    model: &mut Model,
    ticket: u64,
    result: Result<Box<(Definition, MappedValues, MappedRun)>, Vec<MappingFault>>,
) {
    let evaluation = result.map(|result| {
        let (definition, values, mapped) = *result;
        let problems = problems(model, &mapped.document);
        Box::new(Evaluation::new(definition, values, mapped, problems))
    });
    let Some(mapper) = open(model).filter(|mapper| mapper.ticket == ticket) else { return };
    mapper.is_pending = false;
    match evaluation {
        Ok(evaluation) => {
            mapper.faults.clear();
            let is_first = mapper.evaluation.replace(evaluation).is_none();
            if is_first && mapper.editor.is_none() && !mapper.is_in_tree {
                // Only values show that a result has a word that SEI does not know.
                mapper.focus_next_open(0);
            }
        }
        Err(faults) => mapper.faults = faults,
    }
    let imports = mapper.imports_after == Some(ImportAfter::Evaluation);
    save::keep(model);
    if imports {
        ask_import(model);
    }
}

/// The problems of the mapped payload with the instance of the draft; those of the instance itself
/// are not about the mapping.
fn problems(model: &Model, mapped: &Value) -> Vec<Problem> {
    let mut whole = mapped.clone();
    if let (Value::Object(object), Some(draft)) = (&mut whole, model.document.value().as_object()) {
        for role in INSTANCE {
            if let Some(value) = draft.get(role.name()) {
                object.put(role.name(), value.clone());
            }
        }
    }
    let (context, in_draft) = (model.context(), model.draft.file.silenced());
    let silenced = Silenced { everywhere: &model.checks.silenced, in_draft: &in_draft };
    let mut problems = CheckSession::new(&whole, &context, silenced).problems();
    let is_of_instance = |problem: &Problem| {
        let key = problem.at.tokens().first().map(|token| token.word().into_owned());
        key.is_some_and(|key| INSTANCE.iter().any(|role| role.names().any(|name| name == key)))
    };
    problems.retain(|problem| !is_of_instance(problem));
    problems
}

pub(in crate::app::update) fn act(model: &mut Model, action: Action, page: usize) {
    let Some(mapper) = open(model) else { return };
    if mapper.editor.is_some() {
        return entry::edit(model, action);
    }
    let page = isize::try_from(page).unwrap_or(1);
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only moving, mapping, saving and importing apply here"
    )]
    match action {
        Action::Up => mapper.move_by(-1),
        Action::Down => mapper.move_by(1),
        Action::PageUp => mapper.move_by(-page),
        Action::PageDown => mapper.move_by(page),
        Action::First => mapper.move_by(isize::MIN / 2),
        Action::Last => mapper.move_by(isize::MAX / 2),
        Action::Left | Action::Right if mapper.is_in_tree => {
            mapper.tree.fold(&mapper.run, action == Action::Left);
        }
        Action::Next | Action::Previous | Action::Left | Action::Right => {
            mapper.is_in_tree = !mapper.is_in_tree;
        }
        Action::NextTab | Action::PreviousTab if mapper.runs.len() > 1 => {
            let place = mapper.neighbor(action == Action::NextTab);
            show_run(model, place);
        }
        Action::Enter if mapper.is_in_tree => map_chosen(model),
        Action::Enter => {
            mapper.is_in_tree = true;
            show_source(mapper);
        }
        Action::DeleteLine => entry::clear(model),
        Action::Send => ask_import(model),
        Action::Save => save::ask_name(model, false),
        Action::Cancel if mapper.is_in_tree => mapper.is_in_tree = false,
        Action::Cancel => ask_close(model),
        Action::Help => model.overlays.push(Content::MapperHelp.page()),
        _ => {}
    }
}

/// Focuses the value that the row is mapped to, where its expression is a plain path; for a field
/// of items, a place in the items.
fn show_source(mapper: &mut Mapper) {
    let Some(row) = mapper.focused() else { return };
    if row.table.has_items() && row.key != EACH {
        let first = mapping::first_item(&mapper.definition, &mapper.run, row.table);
        let is_in_items = |items: Pointer| mapper.chosen().is_some_and(|chosen| chosen.is_within(&items));
        let is_far = |first: &Pointer| !first.parent().is_some_and(is_in_items);
        if let Some(first) = first.filter(is_far) {
            mapper.tree.scroll_to(&mapper.run, &first);
        }
        return;
    }
    let guess = || mapper.guess(row).map(|guess| guess.expression.as_str());
    let Some(expression) = mapper.expression(row).or_else(guess) else { return };
    let path = expression.split(" | ").next().unwrap_or_default().trim_end_matches("[]").to_owned();
    let line = mapper
        .tree
        .lines
        .iter()
        .find(|line| mapping::path_expression(line.at.tokens()) == path)
        .map(|line| line.at.clone());
    if let Some(at) = line {
        mapper.tree.scroll_to(&mapper.run, &at);
    }
}

/// Maps the chosen value to the focused field, and goes to the next field without a value.
fn map_chosen(model: &mut Model) {
    let Some(mapper) = open(model) else { return };
    let (Some(row), Some(at)) = (mapper.focused().cloned(), mapper.chosen()) else { return };
    let key = (row.table, row.key.as_str());
    let expression = match mapping::pick(&mapper.definition, &mapper.run, key, &at) {
        Ok(expression) => expression,
        Err(why) => return complain(model, format!("{} {why}", row.label)),
    };
    // A word that only the user knows is set next, on the same row.
    let is_unknown = |value: &Value| mapping::unknown_result(MappingTable::Stage, value).is_some();
    let stays = mapping::is_result(row.table, &row.key) && mapper.run.get(&at).is_some_and(is_unknown);
    mapper.is_in_tree = false;
    model.notice = None;
    set(model, row.table, &row.key, Some(&expression));
    if stays { evaluate(model) } else { go_on(model) }
}

/// Sets an expression; a new list of items gets guesses for its fields.
fn set(model: &mut Model, table: MappingTable, key: &str, expression: Option<&str>) {
    let Some(mapper) = open(model) else { return };
    mapper.definition.set(table, key, expression);
    if key == EACH && expression.is_some() {
        mapper.fill_items(table);
    }
    mapper.refresh();
    if key == RUNS {
        find_runs(model);
    }
}

/// Finds the runs of the text again, on another thread.
fn find_runs(model: &mut Model) {
    let Some(mapper) = open(model) else { return };
    let (source, definition) = (mapper.source.clone(), mapper.definition.clone());
    mapper.finds_runs = Some(definition.clone());
    let id = mapper.saved.as_ref().map_or(UNSAVED, |(id, _)| id);
    let mappings = MappingSet::only(Arc::new(mapping::Mapping::of(id, definition)));
    model.emit(Effect::Mapping(MappingEffect::Read { source, mappings, edits: true }));
}

/// Goes to the next field without a value, after a field was mapped.
fn go_on(model: &mut Model) {
    if let Some(mapper) = open(model) {
        mapper.is_in_tree = false;
        let next = mapper.focus + 1;
        mapper.focus_next_open(next);
    }
    evaluate(model);
}

/// The run as the mapping reads it, or why it cannot be imported yet.
fn imported(mapper: &Mapper) -> Result<Imported, &'static str> {
    let Some(evaluation) = mapper.evaluation.as_ref().filter(|_| mapper.faults.is_empty()) else {
        return Err("The mapping has faults. Correct the fields marked ✗, then import.");
    };
    let imported = mapper.mapping().imported(evaluation.mapped.clone());
    if imported.document.as_object().is_none_or(document::Object::is_empty) {
        return Err("No field has a value yet. Choose a field, press {enter}, then choose a value.");
    }
    Ok(imported)
}

/// Imports the run once its evaluation is over; asks first whether to save a mapping with changes.
fn ask_import(model: &mut Model) {
    let is_read_only = model.settings.read_only;
    let Some(mapper) = open(model) else { return };
    mapper.imports_after = mapper.is_pending.then_some(ImportAfter::Evaluation);
    if mapper.is_pending {
        return;
    }
    if let Err(why) = imported(mapper) {
        return complain(model, why);
    }
    if mapper.is_saved() || is_read_only {
        return import(model, None);
    }
    model.overlays.push(Overlay::Ask(Question {
        title: "Save the mapping?".to_owned(),
        lines: vec![
            "With a saved mapping, later runs of the tool are imported without the mapper.".to_owned(),
        ],
        answers: vec![
            ("Save and import".to_owned(), OverlayAnswer::SaveMapping),
            ("Import without saving".to_owned(), OverlayAnswer::ImportMapped),
            ("Back".to_owned(), OverlayAnswer::Stay),
        ],
        chosen: 0,
    }));
}

/// Offers the run for import, with a note.
pub(in crate::app::update) fn import(model: &mut Model, note: Option<String>) {
    let Some(mapper) = open(model) else { return };
    let source = mapper.source.clone();
    match imported(mapper) {
        Ok(mut imported) => {
            imported.notes.splice(0..0, note);
            offer(model, imported, source);
        }
        Err(why) => complain(model, why),
    }
}

/// Closes the mapper; asks first where changes would be lost.
fn ask_close(model: &mut Model) {
    let Some(mapper) = open(model) else { return };
    if !mapper.is_changed() {
        return close(model);
    }
    model.overlays.push(Overlay::Ask(Question {
        title: "Close the mapper?".to_owned(),
        lines: vec!["The changes of this mapping are not saved.".to_owned()],
        answers: vec![
            ("Back to the mapper".to_owned(), OverlayAnswer::Stay),
            ("Close without saving".to_owned(), OverlayAnswer::CloseMapper),
        ],
        chosen: 0,
    }));
}

/// Closes the mapper after its run was imported. A mapping that is not saved reads further runs of
/// this session.
pub(super) fn finish(model: &mut Model) {
    let Some(mapper) = open(model) else { return };
    if !mapper.is_saved() {
        let mapping = mapping::Mapping::of(UNSAVED, mapper.definition.clone());
        model.mappings.put(Arc::new(mapping));
    }
    close(model);
}

pub(in crate::app::update) fn close(model: &mut Model) {
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Mapper(_)));
    save::keep(model);
}
