//! Editing a mapping of the user that is chosen by name, with an example that is asked for.

use crate::app::editor::Editor;
use crate::app::overlay::{List, Overlay, OverlayAnswer, Prompt, PromptPurpose};
use crate::app::pasted::Pasted;
use crate::app::picker::{Picker, PickerLine};
use crate::app::update::notify::say;
use crate::app::{Effect, MappingEffect, Model};
use crate::import::mapping::MappingSet;
use crate::text;

/// Lists the mappings of the user.
pub(in crate::app::update) fn choose(model: &mut Model) {
    let own = model.mappings.own();
    let items: Vec<_> = own
        .map(|mapping| {
            let line = PickerLine::new(text::visible(&mapping.id).into_owned(), "");
            (line, OverlayAnswer::EditMapping(mapping.id.clone()))
        })
        .collect();
    if items.is_empty() {
        return say(
            model,
            "You have no mapping yet. Import the JSON of one run of your tool with {import}: the mapper opens.",
        );
    }
    model.overlays.push(Overlay::Pick(Picker::new(items, 0), List::Mappings));
}

/// Asks for an example for a mapping.
pub(in crate::app::update) fn start_with(model: &mut Model, id: String) {
    let prompt = Prompt {
        purpose: PromptPurpose::MappingExample(id),
        editor: Editor::new(""),
        fresh: false,
        fault: None,
    };
    model.overlays.push(Overlay::Prompt(prompt));
}

/// Opens the mapper with an example, if the prompt for one is open; returns whether it is.
pub(in crate::app::update) fn read_example(model: &mut Model, source: &Result<Pasted, String>) -> bool {
    let Some(Overlay::Prompt(prompt)) = model.overlays.last_mut() else { return false };
    let PromptPurpose::MappingExample(id) = &prompt.purpose else { return false };
    match source {
        Ok(source) => {
            let Some(mapping) = model.mappings.get(id) else { return false };
            let mappings = MappingSet::only(mapping.clone());
            let source = source.clone();
            model.emit(Effect::Mapping(MappingEffect::Read { source, mappings, edits: true }));
        }
        Err(why) => prompt.fault = Some(why.clone()),
    }
    true
}
