//! Saving a mapping under a name.

use std::sync::Arc;

use crate::app::editor::Editor;
use crate::app::mapper::{ImportAfter, UNSAVED};
use crate::app::message::ExportOutcome;
use crate::app::overlay::{Overlay, OverlayAnswer, Prompt, PromptPurpose, Question};
use crate::app::update::notify::{complain, done, say};
use crate::app::{Effect, MappingEffect, Model, ReplacedMapping};
use crate::import::mapping::{Definition, Mapping};
use crate::text;

use super::{import, open};

/// Saves the mapping, and asks for a name unless it has one; `imports` imports the run afterwards.
pub(super) fn ask_name(model: &mut Model, imports: bool) {
    let Some(mapper) = open(model) else { return };
    if let Some((id, saved)) = mapper.saved.clone() {
        return save(model, id, (ReplacedMapping::Known(Box::new(saved)), imports));
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
pub(in crate::app::update) fn save(
    model: &mut Model,
    id: String,
    (replaces, imports): (ReplacedMapping, bool),
) {
    let is_valid = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    if !id.chars().all(is_valid) || id.starts_with('.') {
        let shown = text::visible(&id).into_owned();
        let fault = format!("“{shown}” is not a name for a mapping: use letters, digits, - and _.");
        return ask_for(model, &id, (imports, Some(fault)));
    }
    if model.settings.read_only {
        return complain(model, "Read-only: nothing is saved.");
    }
    let is_builtin = model.mappings.get(&id).is_some_and(|known| known.is_builtin);
    if is_builtin && replaces == ReplacedMapping::Nothing {
        let shown = text::visible(&id).into_owned();
        let line = format!("“{shown}” is a built-in mapping. Imports would use yours in its place.");
        return ask_to_replace(model, (id, imports), line);
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
            model.mappings.remove(UNSAVED);
            if let Some(mapper) = open(model) {
                mapper.definition = definition.clone();
                mapper.saved = Some((id, definition));
                mapper.refresh();
            }
            keep(model);
            let words = format!("Mapping saved as “{shown}”. Later runs of the tool are imported with it.");
            if imports {
                // The list of the import covers the notice on a small screen.
                import(model, Some(words.clone()));
            }
            if !imports || matches!(model.overlays.last(), Some(Overlay::Import(_))) {
                done(model, words);
            }
        }
        ExportOutcome::Exists(_) => {
            let is_own =
                open(model).and_then(|mapper| mapper.saved.as_ref()).is_some_and(|(own, _)| *own == id);
            let line = if is_own {
                format!(
                    "The file of “{shown}” was changed by another program. Replacing it loses those changes."
                )
            } else {
                format!("A mapping “{shown}” exists already.")
            };
            ask_to_replace(model, (id, imports), line);
        }
        ExportOutcome::Failed(why) => complain(model, why),
    }
}

fn ask_to_replace(model: &mut Model, (id, imports): (String, bool), line: String) {
    let shown = text::visible(&id).into_owned();
    model.overlays.push(Overlay::Ask(Question {
        title: "Replace the mapping?".to_owned(),
        lines: vec![line],
        answers: vec![
            ("Back".to_owned(), OverlayAnswer::Stay),
            (format!("Replace “{shown}”"), OverlayAnswer::ReplaceMapping { id, imports }),
        ],
        chosen: 0,
    }));
}

/// Writes the changed mapping to disk, so that a kill of the program does not lose it; without
/// changes, the mapping of this session that has no file. One with a key is not written.
pub(super) fn keep(model: &mut Model) {
    if model.settings.read_only || !model.settings.keeps_work {
        return;
    }
    let typed =
        open(model).map(|mapper| (mapper.is_changed(), mapper.typed_definition(), mapper.definition.clone()));
    let changed = typed.and_then(|(is_changed, typed, own)| (is_changed || typed != own).then_some(typed));
    let of_session = || {
        // Not by `get`, which would parse the built-in mappings.
        let unsaved = model.mappings.own().find(|mapping| mapping.id == UNSAVED)?;
        Some(unsaved.definition.clone())
    };
    let named = |definition: Definition| {
        let label = if definition.label.is_empty() { UNSAVED.to_owned() } else { definition.label.clone() };
        Box::new(Definition { label, ..definition })
    };
    let has_key = |definition: &Definition| {
        let text = definition.write();
        model.keys.redacted(&text) != text
    };
    let definition = changed.or_else(of_session).map(named).filter(|definition| !has_key(definition));
    if model.draft.recovery.mapping != definition {
        model.draft.recovery.mapping.clone_from(&definition);
        model.emit(Effect::Mapping(MappingEffect::Keep { definition }));
    }
}

/// Brings back the mapping that an earlier session did not save.
pub fn restore_mapping(model: &mut Model, definition: Definition) {
    model.draft.recovery.mapping = Some(Box::new(definition.clone()));
    model.mappings.put(Arc::new(Mapping::of(UNSAVED, definition)));
    let words = "The mapping that was not saved is back: it reads the runs of its tool. To save it, import a run and \
                 press m.";
    model.notice = None;
    say(model, words);
}
