//! The list of kept drafts: open, rename, delete.

use crate::app::editor::Editor;
use crate::app::message::Kept;
use crate::app::overlay::{Answer, Choice, Overlay, Prompt, Purpose, Question};
use crate::app::picker::{Line, Picker};
use crate::app::{Effect, Model};
use crate::text;
use crate::time::Timestamp;

use super::ask_drop;
use crate::app::update::{complain, done, say};

/// The list of drafts came.
pub(in crate::app::update) fn listed(model: &mut Model, list: Result<Vec<Kept>, String>) -> Vec<Effect> {
    match list {
        Ok(drafts) if drafts.is_empty() => say(model, "No drafts yet; {save} saves the first."),
        Ok(drafts) => {
            let lines = drafts
                .iter()
                .map(|draft| {
                    let minute =
                        |at: Timestamp| at.human().chars().take("2026-01-05 09:00".len()).collect::<String>();
                    let when =
                        draft.saved.map_or_else(String::new, |at| format!("saved {} UTC · ", minute(at)));
                    let size = text::bytes(usize::try_from(draft.bytes).unwrap_or(usize::MAX));
                    let fault = draft.fault.as_ref().map_or_else(String::new, |why| format!(" · {why}"));
                    Line::new(text::visible(&draft.name), format!("{when}{size}{fault}"))
                })
                .collect();
            let current = drafts.iter().position(|draft| Some(&draft.name) == model.draft.name.as_ref());
            model.overlays.retain(|overlay| !matches!(overlay, Overlay::Pick(_, Choice::Draft(_))));
            model
                .overlays
                .push(Overlay::Pick(Picker::new(lines, current.unwrap_or_default()), Choice::Draft(drafts)));
        }
        Err(why) => complain(model, why),
    }
    Vec::new()
}

/// Opens a draft from the list, asking first when something is not saved.
pub(in crate::app::update) fn choose(model: &mut Model, draft: &Kept) -> Vec<Effect> {
    if let Some(fault) = &draft.fault {
        let why =
            format!("“{}” cannot be read: {fault}. Its file is left as it is.", text::visible(&draft.name));
        complain(model, why);
        return Vec::new();
    }
    if model.is_unsaved() {
        ask_drop(model, "Open another draft", Answer::Open(draft.name.clone()));
        return Vec::new();
    }
    vec![Effect::OpenDraft { name: draft.name.clone() }]
}

/// Asks for a new name of this draft.
pub(in crate::app::update) fn ask_rename(model: &mut Model) -> Vec<Effect> {
    let Some(name) = model.draft.name.clone() else {
        say(model, "It has no name yet; {save} saves it under one.");
        return Vec::new();
    };
    prompt_rename(model, name);
    Vec::new()
}

/// Asks for a new name of a draft.
pub(in crate::app::update) fn prompt_rename(model: &mut Model, name: String) {
    let editor = Editor::new(&name);
    model.overlays.push(Overlay::Prompt(Prompt {
        purpose: Purpose::Rename(name),
        editor,
        fresh: false,
        fault: None,
    }));
}

/// A draft has a new name.
pub(in crate::app::update) fn renamed(model: &mut Model, result: Result<String, String>) -> Vec<Effect> {
    let from = model.renaming.take();
    match result {
        Ok(name) => {
            if model.draft.name == from {
                model.draft.name = Some(name.clone());
            }
            done(model, format!("Renamed to “{}”.", text::visible(&name)));
            return refresh_list(model);
        }
        Err(why) => complain(model, why),
    }
    Vec::new()
}

/// Asks whether this draft shall go to the trash.
pub(in crate::app::update) fn ask_delete_current(model: &mut Model) -> Vec<Effect> {
    match model.draft.name.clone() {
        Some(name) => ask_delete(model, name),
        None => say(model, "It was never saved: there is no file to delete."),
    }
    Vec::new()
}

/// Asks whether a draft shall go to the trash.
pub(in crate::app::update) fn ask_delete(model: &mut Model, name: String) {
    model.overlays.push(Overlay::Ask(Question {
        title: "Delete draft".to_owned(),
        lines: vec![format!("“{}” goes to the trash folder; its file is kept there.", text::visible(&name))],
        answers: vec![
            ("Keep it".to_owned(), Answer::Stay),
            ("Move it to the trash".to_owned(), Answer::Delete(name)),
        ],
        chosen: 0,
    }));
}

/// A draft went to the trash.
pub(in crate::app::update) fn deleted(model: &mut Model, result: Result<String, String>) -> Vec<Effect> {
    match result {
        Ok(name) => {
            done(model, format!("“{}” is in the trash.", text::visible(&name)));
            if model.draft.name.as_ref() == Some(&name) {
                // What is on the screen is now the only copy in use.
                model.draft.name = None;
                model.draft.is_changed = true;
            }
            return refresh_list(model);
        }
        Err(why) => complain(model, why),
    }
    Vec::new()
}

/// Lists the drafts again where the list is on the screen.
fn refresh_list(model: &mut Model) -> Vec<Effect> {
    let is_listed =
        model.overlays.iter().any(|overlay| matches!(overlay, Overlay::Pick(_, Choice::Draft(_))));
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Pick(_, Choice::Draft(_))));
    if is_listed { vec![Effect::ListDrafts] } else { Vec::new() }
}
