//! Saving a draft, under its name or a new one.

use crate::app::editor::Editor;
use crate::app::message::SaveOutcome;
use crate::app::model::{Access, Saving};
use crate::app::overlay::{Answer, Overlay, Prompt, Purpose, Question};
use crate::app::{Action, Effect, Model};
use crate::document::Value;
use crate::text;

use super::copy_of;
use crate::app::update::{complain, done, overlay};

/// Saves under the draft's name, or asks for one.
pub(in crate::app::update) fn save(model: &mut Model) -> Vec<Effect> {
    match (model.draft.name.clone(), model.draft.access) {
        (Some(name), Access::Own) => write(model, name, true),
        (Some(name), Access::Copy) => write(model, name, false),
        (Some(name), Access::ReadOnly) => {
            let why =
                format!("Another program has “{}” open: save under another name.", text::visible(&name));
            save_as(model);
            complain(model, why);
            Vec::new()
        }
        (None, _) => save_as(model),
    }
}

/// Asks for a name to save under.
pub(in crate::app::update) fn save_as(model: &mut Model) -> Vec<Effect> {
    let name = match (&model.draft.name, model.draft.access) {
        (Some(name), Access::ReadOnly) => copy_of(name),
        (Some(name), Access::Own | Access::Copy) => name.clone(),
        (None, _) => suggestion(model),
    };
    model.overlays.push(Overlay::Prompt(Prompt {
        purpose: Purpose::SaveAs,
        editor: Editor::new(&name),
        // A suggestion gives way to the first key; a name that is known is changed in place.
        fresh: model.draft.name.is_none(),
        fault: None,
    }));
    Vec::new()
}

fn suggestion(model: &Model) -> String {
    let object = model.document.value().as_object();
    let named = object.and_then(|object| object.get("pipeline").or_else(|| object.get("job_name")));
    named.and_then(Value::as_text).map(str::trim).filter(|name| !name.is_empty()).unwrap_or("run").to_owned()
}

/// Writes the draft under a name.
pub(in crate::app::update) fn write(model: &mut Model, name: String, replace: bool) -> Vec<Effect> {
    if model.read_only {
        complain(model, "The program was started read-only: nothing is saved.");
        return Vec::new();
    }
    // What an earlier save of ours is about to write is no surprise.
    let follows = model.draft.name.as_ref() == Some(&name) && model.saving.is_none();
    let mut draft = model.draft_now();
    draft.name = name;
    draft.saved = draft.saved.filter(|_| follows);
    model.saving =
        Some(Saving { name: draft.name.clone(), beside: model.beside(), content: draft.document.clone() });
    vec![Effect::SaveDraft { draft: Box::new(draft), revision: model.document.revision(), replace }]
}

/// Writes the draft under a name, whatever stands there.
pub(in crate::app::update) fn replace(model: &mut Model, name: String) -> Vec<Effect> {
    model.draft.saved = None;
    write(model, name, true)
}

/// A save ended.
pub(in crate::app::update) fn saved(model: &mut Model, revision: u64, outcome: SaveOutcome) -> Vec<Effect> {
    let Some(saving) = model.saving.take() else { return Vec::new() };
    let name = saving.name.clone();
    let then = model.when_saved.take();
    match outcome {
        SaveOutcome::Saved(at) => {
            model.draft.saved = Some(at);
            model.draft.access = Access::Own;
            if model.document.revision() == revision {
                model.document.mark_saved();
            }
            model.draft.unparsed = saving.beside.unparsed;
            model.draft.is_changed = model.beside() != saving.beside;
            model.baseline = saving.content;
            model.laid = None;
            let rest = if saving.beside.unparsed.is_some() { ", with text that is not JSON yet" } else { "" };
            done(model, format!("Saved as “{}”{rest}.", text::visible(&name)));
            model.draft.name = Some(name);
            match then.filter(|_| !model.is_unsaved()) {
                Some(Answer::Quit) => return vec![Effect::Quit],
                Some(answer) => return overlay::give(model, answer),
                None => {}
            }
        }
        SaveOutcome::Exists | SaveOutcome::Overtaken => {
            let is_other = outcome == SaveOutcome::Exists;
            model.when_saved = then;
            model.saving = Some(saving);
            model.overlays.push(Overlay::Ask(Question::instead_of(&name, is_other)));
        }
        SaveOutcome::Failed(why) => model.overlays.push(Overlay::Ask(not_saved(why))),
    }
    Vec::new()
}

/// Says why nothing was saved, and offers the ways out there are without a disk.
fn not_saved(why: String) -> Question {
    Question {
        title: "Not saved".to_owned(),
        lines: vec![why, "The work is still here, in memory.".to_owned()],
        answers: vec![
            ("Go on".to_owned(), Answer::Stay),
            ("Try again".to_owned(), Answer::Do(Action::Save)),
            ("Save under another name".to_owned(), Answer::Do(Action::SaveAs)),
            ("Copy the JSON".to_owned(), Answer::Do(Action::CopyJson)),
        ],
        chosen: 0,
    }
}

/// Saves, then goes on.
pub(in crate::app::update) fn save_then(model: &mut Model, answer: Answer) -> Vec<Effect> {
    model.when_saved = Some(answer);
    save(model)
}
