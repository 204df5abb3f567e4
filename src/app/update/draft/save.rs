//! Saves a draft under its name or a new name.

use crate::app::editor::Editor;
use crate::app::message::SaveOutcome;
use crate::app::model::FollowUp;
use crate::app::model::{Access, Saving};
use crate::app::overlay::{Overlay, OverlayAnswer, Prompt, PromptPurpose, Question};
use crate::app::update::draft::conflict;
use crate::app::update::draft::open;
use crate::app::update::notify::{complain, done};
use crate::app::{Action, DraftEffect, Effect, Model, TerminalEffect};
use crate::catalog::FieldRole;
use crate::document::Value;
use crate::draft::{Draft, Fingerprint};
use crate::text;

/// Saves under the name of the draft, or asks for a name.
pub(in crate::app::update) fn save(model: &mut Model) {
    match (model.draft.file.name.clone(), model.draft.file.access) {
        (Some(name), Access::Own) => write(model, name, model.draft.file.base),
        (Some(name), Access::Copy) => write(model, name, None),
        (Some(name), Access::ReadOnly) => {
            let why =
                format!("Another program has “{}” open: save under another name.", text::visible(&name));
            save_as(model);
            complain(model, why);
        }
        (None, _) => save_as(model),
    }
}

/// Asks for a name to save under.
pub(in crate::app::update) fn save_as(model: &mut Model) {
    let name = match (&model.draft.file.name, model.draft.file.access) {
        (Some(name), Access::ReadOnly) => open::copy_of(name),
        (Some(name), Access::Own | Access::Copy) => name.clone(),
        (None, _) => suggestion(model),
    };
    // The first key replaces a suggestion, but edits an existing name.
    let fresh = model.draft.file.name.is_none();
    ask_name(model, &name, fresh);
}

/// Asks for a name to save a copy under.
pub(in crate::app::update) fn save_copy(model: &mut Model) {
    let name = model.draft.file.name.as_deref().map_or_else(|| suggestion(model), open::copy_of);
    ask_name(model, &name, false);
}

fn ask_name(model: &mut Model, name: &str, fresh: bool) {
    let editor = Editor::new(name);
    model.overlays.push(Overlay::Prompt(Prompt {
        purpose: PromptPurpose::SaveAs,
        editor,
        fresh,
        fault: None,
    }));
}

fn suggestion(model: &Model) -> String {
    let object = model.document.value().as_object();
    let named = object.and_then(|object| FieldRole::Pipeline.names().find_map(|name| object.get(name)));
    named.and_then(Value::as_text).map(str::trim).filter(|name| !name.is_empty()).unwrap_or("run").to_owned()
}

/// Saves the draft under a name: replaces only the content `base`, or creates a draft for `None`.
pub(in crate::app::update) fn write(model: &mut Model, name: String, base: Option<Fingerprint>) {
    if model.settings.read_only {
        complain(model, "The program was started read-only: nothing is saved.");
        return;
    }
    if model.draft.saving.is_some() {
        // The content on disk is unknown until the current save ends.
        model.draft.saves_next = Some(name);
        return;
    }
    let draft = Draft { name, base, ..model.draft_now() };
    model.draft.saving = Some(Saving {
        name: draft.name.clone(),
        settings: model.draft_settings(),
        content: draft.document.clone(),
        replaces: false,
    });
    model.emit(Effect::Draft(DraftEffect::SaveDraft {
        draft: Box::new(draft),
        revision: model.document.revision(),
        keeps_replaced: false,
    }));
}

/// Saves the draft over content from elsewhere, which goes to the trash.
pub(in crate::app::update) fn write_over(model: &mut Model, name: String, base: Option<Fingerprint>) {
    write(model, name, base);
    // Without the effect, another save is in progress and this save waits.
    if let Some(Effect::Draft(DraftEffect::SaveDraft { keeps_replaced, .. })) =
        model.outcome.effects.last_mut()
    {
        *keeps_replaced = base.is_some();
        if let Some(saving) = model.draft.saving.as_mut() {
            saving.replaces = base.is_some();
        }
    }
}

/// Applies the end of a save, or asks about its failure.
pub(in crate::app::update) fn saved(model: &mut Model, revision: u64, outcome: SaveOutcome) {
    let Some(saving) = model.draft.saving.take() else { return };
    let next = model.draft.saves_next.take();
    let name = saving.name.clone();
    match outcome {
        SaveOutcome::Saved { at, base } => {
            model.draft.file.saved = Some(at);
            model.draft.file.base = base;
            mark_on_disk(model, saving, revision);
            if let Some(next) = next {
                let base = base.filter(|_| next == name);
                return write(model, next, base);
            }
            continue_save(model);
        }
        SaveOutcome::Exists(base) => model.overlays.push(Overlay::Ask(conflict::taken(name, base))),
        SaveOutcome::Changed(found) => {
            let question = conflict::changed(model, name, found);
            model.overlays.push(Overlay::Ask(question));
        }
        SaveOutcome::Gone(why) => model.overlays.push(Overlay::Ask(conflict::gone(name, why))),
        SaveOutcome::Failed(why) => {
            model.draft.when_saved = None;
            model.overlays.push(Overlay::Ask(not_saved(why)));
        }
    }
}

/// Marks the saved state as the state on disk.
fn mark_on_disk(model: &mut Model, saving: Saving, revision: u64) {
    let Saving { name, settings: saved, content, replaces } = saving;
    model.draft.file.access = Access::Own;
    if model.document.revision() == revision {
        model.document.mark_saved();
    }
    model.draft.file.unparsed = saved.unparsed;
    model.draft.file.is_changed = model.draft_settings() != saved;
    model.draft.baseline = content;
    model.payload.layout = None;
    let rest = if saved.unparsed.is_some() { ", with unparsed text" } else { "" };
    let replaced = if replaces { " The replaced version is in the trash." } else { "" };
    done(model, format!("Saved as “{}”{rest}.{replaced}", text::visible(&name)));
    model.draft.file.name = Some(name);
}

/// Runs the answer that waits for the save, if nothing is unsaved.
fn continue_save(model: &mut Model) {
    let then = model.draft.when_saved.take();
    match then.filter(|_| !model.is_unsaved()) {
        Some(OverlayAnswer::Quit) => model.emit(Effect::Terminal(TerminalEffect::Quit)),
        Some(answer) => model.follow_up(FollowUp::Answer(answer)),
        None => {}
    }
}

/// Reports a failed save, and offers to retry, to rename, or to copy the payload.
fn not_saved(why: String) -> Question {
    Question {
        title: "Not saved".to_owned(),
        lines: vec![why, "Your work is still in memory.".to_owned()],
        answers: vec![
            ("Continue editing".to_owned(), OverlayAnswer::Stay),
            ("Try again".to_owned(), OverlayAnswer::Do(Action::Save)),
            ("Save under another name".to_owned(), OverlayAnswer::Do(Action::SaveAs)),
            ("Copy the JSON".to_owned(), OverlayAnswer::Do(Action::CopyJson)),
        ],
        chosen: 0,
    }
}

/// Saves the draft, then runs `answer`.
pub(in crate::app::update) fn save_then(model: &mut Model, answer: OverlayAnswer) {
    model.draft.when_saved = Some(answer);
    save(model);
}
