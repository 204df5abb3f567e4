//! Saving a draft, under its name or a new one.

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

/// Saves under the draft's name, or asks for one.
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
    // A suggestion gives way to the first key; a name that is known is changed in place.
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

/// Writes the draft under a name, in the place of this content only; as a new draft where there is none.
pub(in crate::app::update) fn write(model: &mut Model, name: String, base: Option<Fingerprint>) {
    if model.settings.read_only {
        complain(model, "The program was started read-only: nothing is saved.");
        return;
    }
    if model.draft.saving.is_some() {
        // What is on disk then is not known before that save has ended.
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

/// Writes the draft in the place of content that is not its own, which goes to the trash.
pub(in crate::app::update) fn write_over(model: &mut Model, name: String, base: Option<Fingerprint>) {
    write(model, name, base);
    // Without the effect, another save is in progress, and this one waits.
    if let Some(Effect::Draft(DraftEffect::SaveDraft { keeps_replaced, .. })) =
        model.outcome.effects.last_mut()
    {
        *keeps_replaced = base.is_some();
        if let Some(saving) = model.draft.saving.as_mut() {
            saving.replaces = base.is_some();
        }
    }
}

/// A save ended.
pub(in crate::app::update) fn saved(model: &mut Model, revision: u64, outcome: SaveOutcome) {
    let Some(saving) = model.draft.saving.take() else { return };
    let next = model.draft.saves_next.take();
    let name = saving.name.clone();
    match outcome {
        SaveOutcome::Saved { at, base } => {
            model.draft.file.saved = Some(at);
            model.draft.file.base = base;
            is_on_disk(model, saving, revision);
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

/// Takes in that this is on disk.
fn is_on_disk(model: &mut Model, saving: Saving, revision: u64) {
    let Saving { name, settings: beside, content, replaces } = saving;
    model.draft.file.access = Access::Own;
    if model.document.revision() == revision {
        model.document.mark_saved();
    }
    model.draft.file.unparsed = beside.unparsed;
    model.draft.file.is_changed = model.draft_settings() != beside;
    model.draft.baseline = content;
    model.payload.layout = None;
    let rest = if beside.unparsed.is_some() { ", with text that is not JSON yet" } else { "" };
    let replaced = if replaces { " The replaced version is in the trash." } else { "" };
    done(model, format!("Saved as “{}”{rest}.{replaced}", text::visible(&name)));
    model.draft.file.name = Some(name);
}

/// Goes on with what waits for the save, if all is saved.
fn continue_save(model: &mut Model) {
    let then = model.draft.when_saved.take();
    match then.filter(|_| !model.is_unsaved()) {
        Some(OverlayAnswer::Quit) => model.emit(Effect::Terminal(TerminalEffect::Quit)),
        Some(answer) => model.follow_up(FollowUp::Answer(answer)),
        None => {}
    }
}

/// Says why nothing was saved, and offers the ways out there are without a disk.
fn not_saved(why: String) -> Question {
    Question {
        title: "Not saved".to_owned(),
        lines: vec![why, "The work is still here, in memory.".to_owned()],
        answers: vec![
            ("Go on".to_owned(), OverlayAnswer::Stay),
            ("Try again".to_owned(), OverlayAnswer::Do(Action::Save)),
            ("Save under another name".to_owned(), OverlayAnswer::Do(Action::SaveAs)),
            ("Copy the JSON".to_owned(), OverlayAnswer::Do(Action::CopyJson)),
        ],
        chosen: 0,
    }
}

/// Saves, then goes on.
pub(in crate::app::update) fn save_then(model: &mut Model, answer: OverlayAnswer) {
    model.draft.when_saved = Some(answer);
    save(model);
}
