//! The draft list and the trash: preview, open, rename, duplicate, delete and restore.

use crate::app::draft_list::ListedDraft;
use crate::app::draft_list::{Digest, DraftList, DraftListKind};
use crate::app::editor::Editor;
use crate::app::message::RestoreOutcome;
use crate::app::model::Access;
use crate::app::overlay::{List, Overlay, OverlayAnswer, Prompt, PromptPurpose, Question};
use crate::app::picker::{Picker, PickerLine};
use crate::app::update::draft::open;
use crate::app::update::notify::{complain, done, say};
use crate::app::{Action, DraftEffect, Effect, Model};
use crate::draft::Fingerprint;
use crate::text;
use crate::time::Timestamp;
use std::path::Path;

/// Shows the list of drafts, or why the list cannot be read.
pub(in crate::app::update) fn listed(
    model: &mut Model,
    kind: DraftListKind,
    list: Result<Vec<ListedDraft>, String>,
) {
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Pick(_, List::Drafts(_))));
    match (list, kind) {
        (Ok(drafts), DraftListKind::Drafts | DraftListKind::Builds) if drafts.is_empty() => {
            let empty = if model.settings.demo { "No drafts in the demo yet" } else { "No drafts yet" };
            say(model, format!("{empty}; {{save}} saves the first."));
        }
        (Ok(drafts), DraftListKind::Trash) if drafts.is_empty() => say(model, "The trash is empty."),
        (Ok(drafts), _) => {
            let answer =
                |draft: &ListedDraft| OverlayAnswer::ChooseDraft { kind, draft: Box::new(draft.clone()) };
            let items: Vec<_> = drafts.iter().map(|draft| (line(draft), answer(draft))).collect();
            let chosen = model.draft.to_choose.take().or_else(|| model.draft.file.name.clone());
            let current = drafts.iter().position(|draft| Some(&draft.name) == chosen.as_ref());
            let current = current.filter(|_| kind != DraftListKind::Trash).unwrap_or_default();
            let list = List::Drafts(DraftList::new(kind, drafts));
            model.overlays.push(Overlay::Pick(Picker::new(items, current), list));
            peek(model);
        }
        (Err(why), _) => complain(model, why),
    }
}

/// The picker line of a draft: its name, and when it was saved or why it cannot be read.
fn line(draft: &ListedDraft) -> PickerLine {
    let minute = |at: Timestamp| at.human().chars().take("2026-01-05 09:00".len()).collect::<String>();
    let note = draft.fault.clone().unwrap_or_else(|| {
        let size = text::bytes(usize::try_from(draft.bytes).unwrap_or(usize::MAX));
        draft.saved.map_or_else(|| size.clone(), |at| format!("{} · {size}", minute(at)))
    });
    PickerLine::new(text::visible(&draft.name), note)
}

/// Requests the preview of the chosen draft, unless the preview is known.
pub(in crate::app::update) fn peek(model: &mut Model) {
    let silenced = model.checks.silenced.clone();
    let Some(Overlay::Pick(picker, List::Drafts(drafts))) = model.overlays.last_mut() else {
        return;
    };
    let wanted = picker.chosen().and_then(|index| drafts.wanted(index));
    model.emit(wanted.map(|path| Effect::Draft(DraftEffect::PeekDraft { path, silenced })));
}

/// Stores the preview of a draft.
pub(in crate::app::update) fn peeked(model: &mut Model, path: &Path, digest: &Result<Box<Digest>, String>) {
    for overlay in &mut model.overlays {
        if let Overlay::Pick(_, List::Drafts(drafts)) = overlay {
            drafts.learn(path, digest);
        }
    }
}

/// Moves in the list, or runs an action on the chosen draft.
pub(in crate::app::update) fn act(model: &mut Model, action: Action) {
    let Some(Overlay::Pick(picker, List::Drafts(drafts))) = model.overlays.last_mut() else {
        return;
    };
    let kind = drafts.kind;
    let chosen = picker.chosen().and_then(|index| drafts.drafts.get(index));
    let (name, base) = chosen.map(|draft| (draft.name.clone(), draft.base)).unzip();
    let base = base.flatten();
    match (action, name, kind) {
        (Action::Trash, _, DraftListKind::Drafts) => {
            model.emit(Effect::Draft(DraftEffect::ListDrafts { kind: DraftListKind::Trash }));
        }
        (Action::Trash, _, DraftListKind::Trash | DraftListKind::Builds) => {
            model.emit(Effect::Draft(DraftEffect::ListDrafts { kind: DraftListKind::Drafts }));
        }
        (Action::Remove, Some(name), DraftListKind::Drafts) => ask_delete(model, name, base),
        (Action::RenameDraft, Some(name), DraftListKind::Drafts) => prompt_rename(model, name, base),
        (Action::Duplicate, Some(name), DraftListKind::Drafts) => {
            let free = free_name(&drafts.drafts, &name);
            let base = known(model, &name, base);
            prompt(model, PromptPurpose::Duplicate(name, base), &free);
        }
        (Action::Remove | Action::RenameDraft | Action::Duplicate, Some(_), DraftListKind::Trash) => {
            say(model, "A draft in the trash can only be restored; its file stays until you remove it.");
        }
        (action, _, _) => {
            picker.act(action);
            peek(model);
        }
    }
}

/// The name with a number that no draft of the list has.
fn free_name(drafts: &[ListedDraft], name: &str) -> String {
    let mut names = (2_u64..).map(|number| format!("{name} {number}"));
    let is_free = |name: &String| !drafts.iter().any(|draft| draft.name.eq_ignore_ascii_case(name));
    names.find(is_free).unwrap_or_else(|| name.to_owned())
}

fn prompt(model: &mut Model, purpose: PromptPurpose, suggestion: &str) {
    let editor = Editor::new(suggestion);
    model.overlays.push(Overlay::Prompt(Prompt { purpose, editor, fresh: false, fault: None }));
}

/// Opens the name prompt again, with the rejected name and the reason.
fn ask_name_again(model: &mut Model, why: String) {
    match model.draft.naming.take() {
        Some(prompt) => model.overlays.push(Overlay::Prompt(Prompt { fault: Some(why), ..prompt })),
        None => complain(model, why),
    }
}

/// Opens or restores a draft of the list; asks first if changes are unsaved.
pub(in crate::app::update) fn choose(model: &mut Model, kind: DraftListKind, draft: &ListedDraft) {
    if kind == DraftListKind::Trash {
        model.draft.naming = None;
        model.emit(Effect::Draft(DraftEffect::RestoreDraft {
            name: draft.name.clone(),
            to: None,
            base: draft.base,
        }));
        return;
    }
    if let Some(fault) = &draft.fault {
        let (name, fault) = (text::visible(&draft.name), fault.trim_end_matches('.'));
        let why = format!("“{name}” cannot be read: {fault}. The file is unchanged.");
        complain(model, why);
        return;
    }
    if kind == DraftListKind::Builds {
        model.emit(Effect::Draft(DraftEffect::ReadBuild { name: draft.name.clone() }));
        return;
    }
    if model.is_unsaved() {
        open::ask_drop(model, "Open another draft", OverlayAnswer::Open(draft.name.clone()));
        return;
    }
    model.emit(Effect::Draft(DraftEffect::OpenDraft { name: draft.name.clone() }));
}

/// Reports the copy of a draft, and selects it in the list.
pub(in crate::app::update) fn duplicated(model: &mut Model, result: Result<String, String>) {
    match result {
        Ok(name) => {
            done(model, format!("Duplicated as “{}”.", text::visible(&name)));
            model.draft.to_choose = Some(name);
            refresh_list(model);
        }
        Err(why) => ask_name_again(model, why),
    }
}

/// Reports a restored draft, or asks for another name if the name is taken.
pub(in crate::app::update) fn restored(model: &mut Model, name: String, outcome: RestoreOutcome) {
    match outcome {
        RestoreOutcome::Restored(name) => {
            done(model, format!("Restored “{}”; {{open}} lists the drafts.", text::visible(&name)));
            refresh_list(model);
        }
        RestoreOutcome::Taken(base) => {
            let suggestion = format!("{name} restored");
            prompt(model, PromptPurpose::Restore(name, base), &suggestion);
        }
        RestoreOutcome::Failed(why) => ask_name_again(model, why),
    }
}

/// Asks for a new name for the open draft.
pub(in crate::app::update) fn ask_rename(model: &mut Model) {
    let Some(name) = model.draft.file.name.clone() else {
        say(model, "This draft has no name yet; {save} asks for one.");
        return;
    };
    prompt_rename(model, name, None);
}

fn prompt_rename(model: &mut Model, name: String, base: Option<Fingerprint>) {
    let (suggestion, base) = (name.clone(), known(model, &name, base));
    prompt(model, PromptPurpose::Rename(name, base), &suggestion);
}

/// Applies the new name to the open draft, or asks for another name.
pub(in crate::app::update) fn renamed(
    model: &mut Model,
    result: Result<(String, Option<Fingerprint>), String>,
) {
    let from = model.draft.renaming.take();
    match result {
        Ok((name, base)) => {
            if let Some((_, old)) = from.filter(|(from, _)| model.draft.file.name.as_ref() == Some(from)) {
                model.draft.file.name = Some(name.clone());
                // Content that was never read here still needs a question at the next save.
                if model.draft.file.base == old {
                    model.draft.file.base = base;
                }
            }
            done(model, format!("Renamed to “{}”.", text::visible(&name)));
            refresh_list(model);
        }
        Err(why) => ask_name_again(model, why),
    }
}

/// Asks whether to move the open draft to the trash.
pub(in crate::app::update) fn ask_delete_current(model: &mut Model) {
    match model.draft.file.name.clone() {
        Some(name) => ask_delete(model, name, None),
        None => say(model, "This draft was never saved and has no file to delete."),
    }
}

/// Asks whether to move a draft to the trash.
fn ask_delete(model: &mut Model, name: String, base: Option<Fingerprint>) {
    let base = known(model, &name, base);
    model.overlays.push(Overlay::Ask(Question {
        title: "Delete draft".to_owned(),
        lines: vec![format!("“{}” moves to the trash folder, which keeps the file.", text::visible(&name))],
        answers: vec![
            ("Cancel".to_owned(), OverlayAnswer::Stay),
            ("Move to trash".to_owned(), OverlayAnswer::Delete { name, base }),
        ],
        chosen: 0,
    }));
}

/// Reports a draft that moved to the trash.
pub(in crate::app::update) fn deleted(model: &mut Model, result: Result<String, String>) {
    match result {
        Ok(name) => {
            done(model, format!("“{}” is in the trash.", text::visible(&name)));
            if model.draft.file.name.as_ref() == Some(&name) {
                // The draft on screen no longer has a file.
                model.draft.file.name = None;
                model.draft.file.base = None;
                model.draft.file.is_changed = true;
            }
            refresh_list(model);
        }
        Err(why) => complain(model, why),
    }
}

/// The expected content of a draft: as opened or saved here, or else as shown in the list.
fn known(model: &Model, name: &str, listed: Option<Fingerprint>) -> Option<Fingerprint> {
    let is_own = model.draft.file.access == Access::Own && model.draft.file.name.as_deref() == Some(name);
    model.draft.file.base.filter(|_| is_own).or(listed)
}

/// Reads the draft list again if the list is open.
pub(in crate::app::update) fn refresh_list(model: &mut Model) {
    let kind = model.overlays.iter().find_map(|overlay| {
        if let Overlay::Pick(_, List::Drafts(drafts)) = overlay { Some(drafts.kind) } else { None }
    });
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Pick(_, List::Drafts(_))));
    model.emit(kind.map(|kind| Effect::Draft(DraftEffect::ListDrafts { kind })));
}
