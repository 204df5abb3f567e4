//! Import: reads pasted text or files, lists the parts, and applies the selected parts.

use crate::app::editor::Editor;
use crate::app::incoming::{Incoming, IncomingPart, What};
use crate::app::model::FollowUp;
use crate::app::overlay::{Overlay, OverlayAnswer, Prompt, PromptPurpose, Question};
use crate::app::pasted::Pasted;
use crate::app::update::notify::{complain, done, say};
use crate::app::update::send::request;
use crate::app::update::{edit, navigate};
use crate::app::{Action, DiskEffect, Effect, KeyEffect, Model};
use crate::document::Pointer;
use crate::import::mapping::MappingSet;
use crate::import::{ImportError, ImportKind, Imported};
use crate::wire::{Redactor, Secret};
use crate::{document, import, text};

pub(in crate::app::update) mod mapper;
mod runs;

/// Text without any of these words is text for a field, not an import.
const SIGNS: [&str; 5] = ["{", "curl", "http", "satellite", "integrations"];

/// Opens the prompt for a file name or a paste.
pub(in crate::app::update) fn ask(model: &mut Model) {
    let prompt =
        Prompt { purpose: PromptPurpose::Import, editor: Editor::new(""), fresh: false, fault: None };
    model.overlays.push(Overlay::Prompt(prompt));
}

pub(in crate::app::update) fn read(model: &mut Model, name: String) {
    model.emit(Effect::Disk(DiskEffect::ReadFiles { names: vec![name], command: None }));
}

/// Imports the files that were read: an input, or the files that a pasted command refers to.
pub(in crate::app::update) fn files_read(
    model: &mut Model,
    command: Option<&Pasted>,
    result: Result<Vec<(String, Pasted)>, String>,
) {
    let example = result.as_ref().map_err(Clone::clone).and_then(|files| {
        files.first().map(|(_, text)| text.clone()).ok_or_else(|| "The file is empty.".to_owned())
    });
    if command.is_none() && mapper::read_example(model, &example) {
        return;
    }
    let files = match result {
        Ok(files) => files,
        Err(why) => {
            complain(model, why);
            return;
        }
    };
    let contents: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.0.as_str())).collect();
    let (source, imported) = match (command, contents.first()) {
        (Some(command), _) => {
            (command.clone(), import::import_with(&command.0, &contents, &MappingSet::none()))
        }
        (None, Some((_, text))) => (Pasted((*text).to_owned()), read_here(model, text)),
        (None, None) => return,
    };
    match imported {
        Ok(imported) => offer_one(model, imported, source),
        Err(fault) if fault.is_unknown_json() => mapper::learn(model, source, false),
        Err(fault) => {
            let name = files.first().map(|(name, _)| name.as_str()).unwrap_or_default();
            complain(model, format!("{} cannot be imported: {fault}.", text::visible(name)));
        }
    }
}

/// The description of a text that may contain a key, such as a curl command.
pub(in crate::app::update) fn command(text: &str) -> Option<&'static str> {
    if !SIGNS.iter().skip(1).any(|sign| text.contains(sign)) {
        return None;
    }
    match import::import(text).ok()?.kind {
        kind @ (ImportKind::Curl | ImportKind::Request | ImportKind::Instance | ImportKind::Satellite) => {
            Some(kind.described())
        }
        ImportKind::Payload
        | ImportKind::Wrapped
        | ImportKind::Draft
        | ImportKind::Run(_)
        | ImportKind::Mapped
        | ImportKind::Variables(_)
        | ImportKind::Checkout
        | ImportKind::Manifest => None,
    }
}

/// Offers pasted text for import if it has a known format; returns whether it has.
pub(in crate::app::update) fn recognized(model: &mut Model, text: &str) -> bool {
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return false;
    }
    let source = Pasted(text.to_owned());
    match read_here(model, text) {
        Ok(imported) => offer_one(model, imported, source),
        Err(fault) if fault.is_unknown_json() && mapper::is_worth_mapping(text) => {
            mapper::learn(model, source, false);
        }
        Err(_) => return false,
    }
    true
}

/// Imports a text without mappings. JSON that may need one is read on another thread: an expression
/// may take long.
fn read_here(model: &Model, text: &str) -> Result<Imported, ImportError> {
    let imported = import::import_with(text, &[], &MappingSet::none())?;
    if model.mappings.has_own() && !imported.kind.is_whole() && mapper::is_worth_mapping(text) {
        return Err(ImportError::Unlike(String::new()));
    }
    Ok(imported)
}

/// Offers an input for import; an input with several runs lists the runs first.
fn offer_one(model: &mut Model, imported: Imported, source: Pasted) {
    let list = matches!(imported.kind, ImportKind::Run(_))
        .then(|| import::list_runs(&source.0, &MappingSet::none()))
        .flatten();
    if !runs::choose(model, list, &source) {
        offer(model, imported, source);
    }
}

/// Lists the parts of an input for selection.
pub(in crate::app::update) fn offer(model: &mut Model, mut imported: Imported, source: Pasted) {
    model.learn(&imported.credentials);
    let (document, had_key) = Redactor::new(&model.keys.known).redact_document(imported.document);
    imported.document = document;
    if had_key {
        imported.notes.push("The run contained a key: •••••• replaces the key.".to_owned());
    }
    close_prompt(model);
    if !imported.asks.is_empty() {
        ask_for_files(model, imported.asks, source);
        return;
    }
    let incoming = Incoming::new(model, imported, source);
    if incoming.parts.is_empty() {
        let message = if incoming.notes.is_empty() {
            format!("This is {}. The draft already has all its values.", incoming.noun)
        } else {
            // Notes about skipped parts come last, and matter most where a line is short.
            let message: Vec<&str> = incoming.notes.iter().rev().map(String::as_str).collect();
            format!("This is {}. {}", incoming.noun, message.join(" "))
        };
        say(model, message);
        return;
    }
    model.overlays.push(Overlay::Import(Box::new(incoming)));
}

/// Closes the prompt that asked for the input.
fn close_prompt(model: &mut Model) {
    let is_input =
        |prompt: &Prompt| matches!(prompt.purpose, PromptPurpose::Import | PromptPurpose::MappingExample(_));
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Prompt(prompt) if is_input(prompt)));
}

/// Asks before it reads the files that a command takes its body from.
fn ask_for_files(model: &mut Model, names: Vec<String>, source: Pasted) {
    let shown = text::visible(&names.join(", ")).into_owned();
    model.overlays.push(Overlay::Ask(Question {
        title: "The body is in a file".to_owned(),
        lines: vec![format!("The command takes its body from {shown}, which was not read yet.")],
        answers: vec![
            (format!("Read {shown}"), OverlayAnswer::ReadFiles { names, command: source }),
            ("Discard the paste".to_owned(), OverlayAnswer::Stay),
        ],
        chosen: 1,
    }));
}

/// Runs an action on the list of parts.
pub(in crate::app::update) fn act(model: &mut Model, action: Action, page: usize) {
    let (columns, rows) = (model.dialog_columns(100, 4).max(10), model.dialog_rows());
    let Some(Overlay::Import(incoming)) = model.overlays.last_mut() else { return };
    let notes = incoming.notes(columns, |words| text::visible(words).into()).len();
    #[expect(clippy::wildcard_enum_match_arm, reason = "only moving, selecting and importing apply here")]
    match action {
        Action::Up | Action::Previous => incoming.up(1, notes, rows),
        Action::Down | Action::Next => incoming.down(1),
        Action::PageUp => incoming.up(page, notes, rows),
        Action::PageDown => incoming.down(page),
        Action::Left | Action::Right => incoming.toggle(),
        Action::Enter => import_selected(model),
        _ => {}
    }
}

/// Handles a character: space selects a part, `a` selects all or none, `t` types the text into the
/// field.
pub(in crate::app::update) fn typed(model: &mut Model, text: &str) {
    let Some(Overlay::Import(incoming)) = model.overlays.last_mut() else { return };
    match text {
        " " => incoming.toggle(),
        "a" | "A" => incoming.toggle_all(),
        "m" | "M" => {
            if let Some(source) = mapped_source(model) {
                model.overlays.pop();
                mapper::learn(model, source, true);
            }
        }
        "t" | "T" => {
            if let Some(Overlay::Import(incoming)) = model.overlays.pop() {
                let text = model.keys.redacted(&incoming.source.0);
                model.follow_up(FollowUp::Paste(text));
            }
        }
        _ => {}
    }
}

/// The text of an import that a mapping read.
fn mapped_source(model: &Model) -> Option<Pasted> {
    let Some(Overlay::Import(incoming)) = model.overlays.last() else { return None };
    incoming.is_mapped.then(|| incoming.source.clone())
}

/// Imports the selected parts; all fields of the run are one undo step.
fn import_selected(model: &mut Model) {
    let Some(Overlay::Import(incoming)) = model.overlays.pop() else { return };
    mapper::finish(model);
    let noun = incoming.noun.clone();
    let count = import_fields(model, &incoming);
    let first = first_imported(&incoming);
    let mut imported: Vec<String> =
        (count > 0).then(|| text::count(count, "field", "fields")).into_iter().collect();
    for IncomingPart { what, .. } in incoming.parts.into_iter().filter(|part| part.is_wanted) {
        match what {
            What::Environment(position) => {
                request::choose(model, position);
                let label = model.chosen().map(|chosen| chosen.environment.label.clone()).unwrap_or_default();
                imported.push(format!("the environment, now {label},"));
            }
            What::Integration(id) => {
                imported.push("the integration id".to_owned());
                model.draft.integration = id;
                model.draft.file.is_changed |= model.draft.file.name.is_some();
            }
            What::Key(key) => {
                imported.push("the key".to_owned());
                keep(model, &key);
            }
            What::Field(..) => {}
        }
    }
    model.refresh();
    match first.filter(|_| !model.edits_text()) {
        Some(at) => navigate::scroll_to(model, &at),
        None => navigate::open_field(model),
    }
    // Undo covers only the payload.
    let undo = match imported.len() {
        _ if count == 0 => "",
        1 => " {undo} undoes the import.",
        _ => " {undo} undoes the imported fields only.",
    };
    let imported = if imported.is_empty() { "nothing".to_owned() } else { imported.join(" and ") };
    done(model, format!("Imported {imported} from {noun}.{undo}"));
}

/// The first selected field with a value, which the form scrolls to.
fn first_imported(incoming: &Incoming) -> Option<Pointer> {
    incoming.parts.iter().filter(|part| part.is_wanted).find_map(|part| match &part.what {
        What::Field(at, Some(_)) => Some(at.clone()),
        What::Field(_, None) | What::Environment(_) | What::Integration(_) | What::Key(_) => None,
    })
}

/// Applies the selected fields, records their source, and returns their count.
fn import_fields(model: &mut Model, incoming: &Incoming) -> usize {
    let wanted: Vec<_> = incoming
        .parts
        .iter()
        .filter(|part| part.is_wanted)
        .filter_map(|part| match &part.what {
            What::Field(at, value) => Some((at, value)),
            What::Environment(_) | What::Integration(_) | What::Key(_) => None,
        })
        .collect();
    if wanted.is_empty() {
        return 0;
    }
    let label = "Import".to_owned();
    if incoming.is_whole() && replaces_all_keys(model, incoming) {
        // Keeps the key order of the input.
        model.document.replace_all(&label, incoming.document.clone());
    } else {
        let mut after = model.document.value().clone();
        let mut edits = Vec::new();
        for (at, value) in &wanted {
            let step = match value {
                Some(value) => document::set(&after, at, value.clone()),
                None => document::clear(&after, at),
            };
            if step.iter().all(|edit| document::apply(&mut after, edit).is_ok()) {
                edits.extend(step);
            }
        }
        edit::apply(model, &label, edits, None);
    }
    let fields = wanted.iter().filter_map(|(at, value)| {
        let key = at.last()?;
        Some((key.word().into_owned(), value.as_ref()?))
    });
    let fields: Vec<_> = fields.collect();
    model.draft.file.remember(&incoming.noun, fields.iter().map(|(key, value)| (key.as_str(), *value)));
    wanted.len()
}

/// Whether the import replaces every key of the document.
fn replaces_all_keys(model: &Model, incoming: &Incoming) -> bool {
    let is_replaced = |key: &str| {
        incoming.document.as_object().is_some_and(|object| object.contains(key))
            || incoming.parts.iter().any(|part| {
                matches!(&part.what, What::Field(at, None) if at.last().is_some_and(|last| last.word() == key))
            })
    };
    model.document.value().as_object().is_none_or(|object| object.keys().all(is_replaced))
}

/// Keeps an imported key in memory, for this session and the environments that it belongs to.
fn keep(model: &mut Model, key: &Secret) {
    for known in &mut model.sending.environments {
        if key.belongs_to(&known.environment.run_url()) {
            known.take_key("the import, this session", key);
            model.outcome.effects.push(Effect::Key(KeyEffect::KeepKey {
                environment: known.environment.id.clone(),
                key: key.clone(),
            }));
        }
    }
}
