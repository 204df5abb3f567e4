//! Saving a mapping under a name.

use std::sync::Arc;

use crate::app::editor::Editor;
use crate::app::mapper::ImportAfter;
use crate::app::message::ExportOutcome;
use crate::app::overlay::{Overlay, OverlayAnswer, Prompt, PromptPurpose, Question};
use crate::app::update::notify::{complain, done};
use crate::app::{Effect, MappingEffect, Model};
use crate::import::mapping::{Definition, Mapping};
use crate::text;

use super::{import, open};

/// Saves the mapping, and asks for a name unless it has one; `imports` imports the run afterwards.
pub(super) fn ask_name(model: &mut Model, imports: bool) {
    let Some(mapper) = open(model) else { return };
    if let Some((id, _)) = mapper.saved.clone() {
        return save(model, id, (true, imports));
    }
    let name = mapper.suggested_name();
    let is_free = |name: &String| model.mappings.get(name).is_none();
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let name = std::iter::once(name.clone()).chain(numbered).find(is_free).unwrap_or(name);
    ask_for(model, &name, (imports, None));
}

fn ask_for(model: &mut Model, name: &str, (imports, fault): (bool, Option<String>)) {
    let prompt = Prompt {
        purpose: PromptPurpose::SaveMapping { imports },
        editor: Editor::new(name),
        fresh: fault.is_none(),
        fault,
    };
    model.overlays.push(Overlay::Prompt(prompt));
}

/// Saves the mapping, then imports the run.
pub(in crate::app::update) fn save_then_import(model: &mut Model) {
    ask_name(model, true);
}

/// Saves the mapping under a name.
pub(in crate::app::update) fn save(model: &mut Model, id: String, (replaces, imports): (bool, bool)) {
    let is_valid = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    if !id.chars().all(is_valid) || id.starts_with('.') {
        let shown = text::visible(&id).into_owned();
        let fault = format!("“{shown}” is not a name for a mapping: use letters, digits, - and _.");
        return ask_for(model, &id, (imports, Some(fault)));
    }
    if model.settings.read_only {
        return complain(model, "Read-only: nothing is saved.");
    }
    let Some(mapper) = open(model) else { return };
    let mut definition = mapper.definition.clone();
    if definition.label.is_empty() {
        definition.label.clone_from(&id);
    }
    let text = definition.write();
    if model.keys.redacted(&text) != text {
        return complain(
            model,
            "The mapping contains an API key and was not saved. Remove the key from its expressions.",
        );
    }
    if let Some(mapper) = open(model) {
        mapper.imports_after = imports.then_some(ImportAfter::Save);
    }
    let definition = Box::new(definition);
    model.emit(Effect::Mapping(MappingEffect::Save { id, definition, replaces }));
}

pub(super) fn saved(model: &mut Model, id: String, definition: Definition, outcome: ExportOutcome) {
    let shown = text::visible(&id).into_owned();
    let imports = open(model).is_some_and(|mapper| mapper.imports_after.take() == Some(ImportAfter::Save));
    match outcome {
        ExportOutcome::Saved(_) => {
            model.mappings.put(Arc::new(Mapping::of(&id, definition.clone())));
            if let Some(mapper) = open(model) {
                mapper.definition = definition.clone();
                mapper.saved = Some((id, definition));
                mapper.refresh();
            }
            let words = format!("Mapping saved as “{shown}”. Later runs of the tool are imported with it.");
            if imports {
                // The list of the import covers the notice on a small screen.
                import(model, Some(words.clone()));
            }
            if !imports || matches!(model.overlays.last(), Some(Overlay::Import(_))) {
                done(model, words);
            }
        }
        ExportOutcome::Exists(_) => model.overlays.push(Overlay::Ask(Question {
            title: "Replace the mapping?".to_owned(),
            lines: vec![format!("A mapping “{shown}” exists already.")],
            answers: vec![
                ("Back".to_owned(), OverlayAnswer::Stay),
                (format!("Replace “{shown}”"), OverlayAnswer::ReplaceMapping { id, imports }),
            ],
            chosen: 0,
        })),
        ExportOutcome::Failed(why) => complain(model, why),
    }
}
