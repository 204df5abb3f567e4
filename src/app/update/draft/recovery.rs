//! Recovery: copies unsaved work to disk, and offers the copy after a program ended without saving.

use crate::app::comparison::Comparison;
use crate::app::model::Access;
use crate::app::overlay::{Content, List, Overlay, OverlayAnswer, Question};
use crate::app::picker::{Picker, PickerLine};
use crate::app::update::draft::open;
use crate::app::update::navigate;
use crate::app::update::notify::{complain, done, say};
use crate::app::update::payload::json;
use crate::app::update::send::request;
use crate::app::{DraftEffect, Effect, Model, RecoveryEffect, TerminalEffect};
use crate::document::Value;
use crate::draft::{Draft, Leftover, Leftovers};
use crate::wire::Secret;
use crate::{text, wire};

/// Runs after each message: schedules the copy of unsaved work, and deletes the copy of saved work.
pub(in crate::app::update) fn watch(model: &mut Model, is_woken: bool) {
    let quit = Effect::Terminal(TerminalEffect::Quit);
    if model.outcome.effects.contains(&quit) {
        if model.unsaved_state().is_none() {
            // Nothing after Quit is done.
            model.outcome.effects.retain(|effect| *effect != quit);
            forget(model);
            model.emit(quit);
        }
        return;
    }
    hold(model);
    match model.unsaved_state() {
        None => forget(model),
        Some(state) => {
            let now = model.now;
            if model.draft.recovery.is_due(state, now, is_woken) {
                keep(model, state);
            }
        }
    }
}

/// Writes the copy on disk again if it may contain a key that became known after it was written.
pub(in crate::app::update) fn renew(model: &mut Model) {
    let Some(state) = model.unsaved_state().filter(|_| model.draft.recovery.kept.is_some()) else { return };
    let draft = model.draft_now();
    let settings = Value::Object(draft.rest);
    let texts = [Some(&draft.name), draft.unparsed.as_ref()];
    let has_key = |key: &Secret| {
        let is_in = |text: &String| !key.places(text).is_empty();
        texts.into_iter().flatten().any(is_in) || wire::place_of_leak(&settings, key).is_some()
    };
    if model.keys.holds_key || model.keys.known.iter().any(has_key) {
        keep(model, state);
    }
}

/// Moves the lock to the current name of the draft.
fn hold(model: &mut Model) {
    if model.settings.read_only {
        return;
    }
    let name = model.draft.file.name.as_ref().filter(|_| model.draft.file.access == Access::Own);
    if model.draft.lock.as_ref() != name {
        model.draft.lock = name.cloned();
        model.emit(Effect::Draft(DraftEffect::HoldDraft { name: model.draft.lock.clone() }));
    }
}

fn keep(model: &mut Model, state: u64) {
    let effect = kept_work(model, state);
    model.emit(effect);
}

fn kept_work(model: &mut Model, state: u64) -> Effect {
    model.draft.recovery.kept = Some(state);
    model.draft.recovery.waiting = None;
    model.draft.recovery.is_writing = true;
    Effect::Recovery(RecoveryEffect::KeepWork { draft: Box::new(model.draft_now()) })
}

fn forget(model: &mut Model) {
    model.draft.recovery.waiting = None;
    if model.draft.recovery.kept.take().is_some() {
        model.emit(Effect::Recovery(RecoveryEffect::ForgetWork));
    }
}

/// Ends the program without a question, after it writes unsaved work to disk.
pub(in crate::app::update) fn discard(model: &mut Model) {
    let last = rescue(model);
    model.emit(last);
    model.emit(Effect::Terminal(TerminalEffect::Quit));
}

/// The effect that writes unsaved work before the program ends, also after a panic.
pub fn rescue(model: &mut Model) -> Option<Effect> {
    let state = model.unsaved_state()?;
    (!model.is_kept()).then(|| kept_work(model, state))
}

/// Quits and discards unsaved work.
pub(in crate::app::update) fn quit(model: &mut Model) {
    forget(model);
    model.emit(Effect::Terminal(TerminalEffect::Quit));
}

/// Reports a write that failed, once for each reason.
pub(in crate::app::update) fn written(model: &mut Model, result: Result<(), String>) {
    model.draft.recovery.is_writing = false;
    let fault = result.err();
    if let Some(why) = fault.as_ref().filter(|_| model.draft.recovery.fault != fault) {
        complain(model, format!("Unsaved work is in memory only: {why} {{copy-json}} copies it."));
    }
    model.draft.recovery.fault = fault;
}

/// Offers the unsaved work of previous sessions.
pub(in crate::app::update) fn found(model: &mut Model, result: Result<Leftovers, String>, is_asked: bool) {
    let Leftovers { mut found, unreadable: set_aside, faults } = match result {
        Ok(leftovers) => leftovers,
        Err(why) => {
            complain(model, why);
            return;
        }
    };
    for why in set_aside {
        model.overlays.push(Overlay::Ask(Question {
            title: "Unsaved work cannot be read".to_owned(),
            lines: vec![why],
            answers: vec![("Close".to_owned(), OverlayAnswer::Stay)],
            chosen: 0,
        }));
    }
    if !faults.is_empty() {
        complain(model, faults.join(" "));
    }
    match found.len() {
        0 if !faults.is_empty() => {}
        0 if is_asked => say(model, "No unsaved work to recover."),
        0 => {}
        1 => found.pop().into_iter().for_each(|only| ask(model, only, 0)),
        _ => list(model, &found),
    }
}

fn list(model: &mut Model, found: &[Leftover]) {
    let line = |leftover: &Leftover| {
        PickerLine::new(
            text::visible(leftover.name()),
            format!("{} · {}", age(model, leftover), keep_state(leftover)),
        )
    };
    let items: Vec<_> = found
        .iter()
        .map(|leftover| (line(leftover), OverlayAnswer::AskLeftover(Box::new(leftover.clone()))))
        .collect();
    model.overlays.push(Overlay::Pick(Picker::new(items, 0), List::Leftovers));
}

/// The age of unsaved work, in words.
fn age(model: &Model, leftover: &Leftover) -> String {
    leftover.written.map_or_else(|| "at an unknown time".to_owned(), |at| at.ago(model.now))
}

/// How unsaved work differs from the saved draft, as a part of a sentence.
fn keep_state(leftover: &Leftover) -> String {
    let Some(saved) = &leftover.saved else { return "never saved".to_owned() };
    let count = Comparison::new("", &saved.document, &leftover.draft.document).count();
    let what = match count {
        0 => "same payload as the saved draft, other settings".to_owned(),
        count => format!("{} since it was saved", text::count(count, "change", "changes")),
    };
    if saved.base == leftover.base() { what } else { format!("{what}, and changed on disk meanwhile") }
}

/// Asks what to do with unsaved work.
pub(in crate::app::update) fn ask(model: &mut Model, leftover: Leftover, chosen: usize) {
    let name = text::visible(leftover.name()).into_owned();
    let age = age(model, &leftover);
    let lines = vec![
        format!("The program ended before “{name}” was saved."),
        format!("Last change {age}; {}.", keep_state(&leftover)),
        "“Later” keeps the work on disk, where the action “recover” finds it.".to_owned(),
    ];
    let leftover = Box::new(leftover);
    let answers = vec![
        ("Restore".to_owned(), OverlayAnswer::Restore { leftover: leftover.clone(), drops: false }),
        ("Compare with the saved draft".to_owned(), OverlayAnswer::CompareLeftover(leftover.clone())),
        ("Move to trash".to_owned(), OverlayAnswer::ThrowAway(leftover.id)),
        ("Later".to_owned(), OverlayAnswer::Stay),
    ];
    model.overlays.push(Overlay::Ask(Question { title: "Unsaved work".to_owned(), lines, answers, chosen }));
}

/// Opens the comparison of unsaved work and its draft, above the question.
pub(in crate::app::update) fn compare(model: &mut Model, leftover: Leftover) {
    let blank = Value::empty_object();
    let (title, old) = match &leftover.saved {
        Some(saved) => ("Saved draft → unsaved work", &saved.document),
        None => ("Blank run → unsaved work", &blank),
    };
    let comparison = Comparison::new(title, old, &leftover.draft.document);
    ask(model, leftover, 1);
    model.overlays.push(Content::Compare(comparison).page());
}

/// Restores unsaved work of a previous session; asks first if this session has unsaved changes.
pub(in crate::app::update) fn restore(model: &mut Model, leftover: Box<Leftover>, drops: bool) {
    if model.is_unsaved() && !drops {
        open::ask_drop(model, "Restore unsaved work", OverlayAnswer::Restore { leftover, drops: true });
        return;
    }
    model.emit(Effect::Recovery(RecoveryEffect::TakeLeftover { leftover }));
}

/// Opens restored work in the form.
pub(in crate::app::update) fn restored(model: &mut Model, result: Result<(Box<Leftover>, Access), String>) {
    let (leftover, access) = match result {
        Ok(restored) => restored,
        Err(why) => {
            complain(model, why);
            return;
        }
    };
    let shown = text::visible(leftover.name()).into_owned();
    let known = leftover.base();
    let Leftover { draft: work, saved, .. } = *leftover;
    let has_base = saved.is_some();
    let base = saved.unwrap_or_else(|| Draft::new(&work.name, Value::empty_object()));
    // The saved draft is the base: undo returns to it, and the draft is then unchanged.
    let (name, document, text) = (work.name.clone(), work.document.clone(), work.unparsed.clone());
    open::open_draft(model, Draft { document: base.document.clone(), unparsed: None, ..work });
    model.draft.file.name = Some(name).filter(|name| !name.is_empty());
    model.draft.file.base = known;
    model.draft.file.access = access;
    model.draft.file.is_changed =
        !has_base || text != base.unparsed || model.draft_settings().differs_from(&base);
    model.document.replace_all("Unsaved work restored", document);
    model.refresh();
    if let Some(text) = text {
        json::restore_unparsed(model, &text);
    }
    navigate::open_field(model);
    model.draft.lock.clone_from(&model.draft.file.name);
    // The recovery file remains until the work is saved or discarded.
    model.draft.recovery.kept = model.unsaved_state().or(Some(0));
    model.draft.recovery.waiting = None;
    done(model, format!("Restored the unsaved work on “{shown}”. {{save}} saves it."));
    model.emit(request::wanted_sandbox(model));
}

/// Reports unsaved work that moved to the trash, and looks for more.
pub(in crate::app::update) fn discarded(model: &mut Model, result: Result<(), String>) {
    match result {
        Ok(()) => {
            done(model, "The unsaved work is in the trash.");
            model.emit(Effect::Recovery(RecoveryEffect::FindLeftovers { is_asked: false }));
        }
        Err(why) => {
            complain(model, why);
        }
    }
}
