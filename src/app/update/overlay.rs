//! Keys for what stands above the form.

use crate::app::model::Access;
use crate::app::overlay::{Answer, Choice, Overlay, Purpose, Question};
use crate::app::{Action, Effect, Model, way};
use crate::document::Value;
use crate::journal::Repeat;
use crate::text;

use super::{
    arrival, copy, draft, export, focus, guid, incoming, instance, journal, key, on_form, on_screen,
};
use super::{problem, recovery, review, search, send, silence, typing};

/// Carries out an action on the topmost overlay.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let steps = (usize::from(model.size.rows / 2).max(1), model.furthest_scroll());
    let Some(top) = model.overlays.last_mut() else { return Vec::new() };
    match (top, action) {
        // Enter is pressed twice by those in a hurry, who would not know then whether the run was taken.
        (Overlay::Waiting, Action::Cancel) => return send::cancel(model),
        (Overlay::Waiting, Action::Help) => model.overlays.push(Overlay::Help { scroll: 0 }),
        (Overlay::Waiting, _) => {}
        (_, Action::Cancel) => return close(model),
        (Overlay::Pick(..), _) => return pick(model, action),
        (Overlay::Find(_), _) => return search::act(model, action),
        (Overlay::Prompt(_), Action::Enter) => return prompted(model),
        (Overlay::Prompt(prompt), _) => {
            prompt.fault = None;
            prompt.fresh = false;
            prompt.editor.act(action);
        }
        (Overlay::Key { .. }, Action::Enter) => return key::typed(model),
        (Overlay::Key { entry, fault, .. }, Action::Backspace) => {
            *fault = None;
            entry.pop();
        }
        (Overlay::Key { entry, fault, .. }, Action::DeleteWord | Action::DeleteLine) => {
            *fault = None;
            entry.clear();
        }
        (Overlay::Key { .. }, Action::Next) => key::turn(model),
        (Overlay::Key { .. }, _) => {}
        (Overlay::Ask(_), Action::Enter) => return answered(model),
        (Overlay::Ask(question), _) => turn(question, action),
        (Overlay::Review { typed, .. }, Action::Enter | Action::Send) => {
            let typed = typed.text();
            return review::confirm(model, &typed);
        }
        (Overlay::Review { .. }, Action::ChooseEnvironment) => return review::choose_environment(model),
        (Overlay::Review { .. }, Action::ShowChanges) => return review::show_changes(model),
        (Overlay::Review { .. }, Action::EnterKey) => return send::ask_key(model, None),
        (Overlay::Review { scroll, typed, fault, .. }, _) => {
            if !scrolled(scroll, action, steps) && typed.act(action) {
                *fault = None;
            }
        }
        (Overlay::Import(_), _) => return incoming::act(model, action, steps.0),
        (Overlay::Exported { .. }, Action::Enter) => return export::copy(model),
        (Overlay::Exported { .. }, Action::Save) => return export::ask_path(model),
        (Overlay::Reply { .. }, Action::Enter) => return reply_read(model),
        (Overlay::Reply { explanation, .. }, _) if way::leads(explanation, action) => {
            model.overlays.pop();
            return on_screen(model, action);
        }
        (Overlay::Arrivals { .. }, Action::Enter) => return arrival::ask(model),
        (
            Overlay::Help { scroll }
            | Overlay::Reply { scroll, .. }
            | Overlay::Sent { scroll, .. }
            | Overlay::Exported { scroll, .. }
            | Overlay::Compare { scroll, .. }
            | Overlay::Arrivals { scroll, .. },
            _,
        ) => {
            if !scrolled(scroll, action, steps) && matches!(action, Action::Help | Action::Enter) {
                return close(model);
            }
        }
    }
    Vec::new()
}

/// Moves, filters or does the work of a picker.
fn pick(model: &mut Model, action: Action) -> Vec<Effect> {
    if action == Action::Enter {
        return chosen(model);
    }
    let Some(Overlay::Pick(picker, choice)) = model.overlays.last_mut() else { return Vec::new() };
    if matches!(choice, Choice::Draft(_)) {
        return draft::act(model, action);
    }
    // Where nothing can be removed, the key deletes in the filter.
    picker.act(if action == Action::Remove { Action::Delete } else { action });
    Vec::new()
}

/// Moves among the answers of a question.
fn turn(question: &mut Question, action: Action) {
    let count = question.answers.len().max(1);
    if matches!(action, Action::Down | Action::Next | Action::Right) {
        question.chosen = (question.chosen + 1) % count;
    } else if matches!(action, Action::Up | Action::Previous | Action::Left) {
        question.chosen = (question.chosen + count - 1) % count;
    }
}

/// Whether the topmost overlay has a line for text.
pub(super) fn takes_text(model: &Model) -> bool {
    match model.overlays.last() {
        Some(Overlay::Pick(..) | Overlay::Prompt(_) | Overlay::Find(_) | Overlay::Key { .. }) => true,
        Some(Overlay::Review { .. }) => model.needs_name(),
        Some(
            Overlay::Help { .. }
            | Overlay::Ask(_)
            | Overlay::Waiting
            | Overlay::Import(_)
            | Overlay::Exported { .. }
            | Overlay::Compare { .. }
            | Overlay::Arrivals { .. }
            | Overlay::Sent { .. }
            | Overlay::Reply { .. },
        )
        | None => false,
    }
}

/// Types text into the topmost overlay.
pub(super) fn type_text(model: &mut Model, text: &str) -> Vec<Effect> {
    let needs_name = model.needs_name();
    let Some(top) = model.overlays.last_mut() else { return Vec::new() };
    match top {
        Overlay::Pick(picker, _) => {
            picker.type_text(&text.replace('\n', " "));
            return draft::peek(model);
        }
        Overlay::Prompt(prompt) => {
            prompt.fault = None;
            if std::mem::take(&mut prompt.fresh) {
                prompt.editor.replace("");
            }
            prompt.editor.insert_text(&text.replace('\n', " "));
        }
        Overlay::Find(search) => {
            if std::mem::take(&mut search.fresh) {
                search.words.replace("");
            }
            search.words.insert_text(&text.replace('\n', " "));
            return search::look(model);
        }
        Overlay::Key { entry, fault, .. } => {
            *fault = None;
            entry.push(text);
        }
        Overlay::Review { typed, fault, .. } if needs_name => {
            *fault = None;
            typed.insert_text(&text.replace('\n', " "));
        }
        Overlay::Help { .. }
        | Overlay::Reply { .. }
        | Overlay::Sent { .. }
        | Overlay::Exported { .. }
        | Overlay::Compare { .. }
        | Overlay::Arrivals { .. }
            if text == "q" || text == " " =>
        {
            return close(model);
        }
        Overlay::Import(_) => return incoming::typed(model, text),
        Overlay::Review { .. }
        | Overlay::Help { .. }
        | Overlay::Ask(_)
        | Overlay::Waiting
        | Overlay::Sent { .. }
        | Overlay::Exported { .. }
        | Overlay::Compare { .. }
        | Overlay::Arrivals { .. }
        | Overlay::Reply { .. } => {}
    }
    Vec::new()
}

/// Scrolls by a line or a page, never past the end; whether the action was one of scrolling.
fn scrolled(scroll: &mut usize, action: Action, (page, furthest): (usize, usize)) -> bool {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only moving scrolls")]
    match action {
        Action::Up => *scroll = scroll.saturating_sub(1),
        Action::Down => *scroll = (*scroll + 1).min(furthest),
        Action::PageUp => *scroll = scroll.saturating_sub(page),
        Action::PageDown => *scroll = (*scroll + page).min(furthest),
        Action::First => *scroll = 0,
        _ => return false,
    }
    true
}

/// Closes the topmost overlay; a question that is closed gives the answer that changes nothing.
fn close(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Ask(_) | Overlay::Prompt(_)) = model.overlays.pop() {
        model.draft.when_saved = None;
    }
    Vec::new()
}

/// The chosen line of a picker does its work.
fn chosen(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Pick(picker, choice)) = model.overlays.pop() else { return Vec::new() };
    let Some(index) = picker.chosen() else {
        model.overlays.push(Overlay::Pick(picker, choice));
        return Vec::new();
    };
    match choice {
        Choice::Action(actions) | Choice::Field { actions, .. } => {
            actions.get(index).map_or_else(Vec::new, |action| on_screen(model, *action))
        }
        Choice::Environment => {
            let mut effects = send::choose(model, index);
            effects.extend(review::compare(model));
            effects
        }
        Choice::Export => export::show(model, index),
        Choice::Instance(entries) => {
            entries.get(index).map_or_else(Vec::new, |entry| instance::take(model, entry))
        }
        Choice::Origin(origins) => {
            origins.get(index).map_or_else(Vec::new, |origin| draft::choose_origin(model, origin))
        }
        Choice::Draft(drafts) => draft::choose(model, &drafts, index),
        Choice::Leftover(found) => {
            if let Some(leftover) = found.into_iter().nth(index) {
                recovery::ask(model, leftover, 0);
            }
            Vec::new()
        }
        Choice::Sent(entries) => journal::choose(model, entries, index),
        Choice::Other { entry, others } => {
            others.get(index).map_or_else(Vec::new, |other| journal::compare(model, &entry, other))
        }
        Choice::Answer(answers) => {
            answers.get(index).map_or_else(Vec::new, |answer| arrival::plan(model, *answer))
        }
        Choice::Word { at, words, .. } => {
            typing::set_value(model, &at, words.get(index).cloned().map(Value::Text));
            focus::step(model, Action::Next)
        }
        Choice::Fix(fixes) => {
            if let Some(fix) = fixes.get(index) {
                problem::apply(model, fix);
            }
            Vec::new()
        }
    }
}

/// A prompt's text does its work, or says why it cannot.
fn prompted(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Prompt(prompt)) = model.overlays.last_mut() else { return Vec::new() };
    let name = prompt.editor.text().trim().to_owned();
    if name.is_empty() {
        prompt.fault = Some(prompt.purpose.lack().to_owned());
        return Vec::new();
    }
    if let Purpose::CreateInstance(instance) = &prompt.purpose
        && name != instance.id
    {
        let typed = text::visible(&name);
        prompt.fault = Some(format!("“{typed}” is not “{}”: nothing was created.", instance.id));
        return Vec::new();
    }
    let purpose = prompt.purpose.clone();
    if matches!(purpose, Purpose::Rename(..) | Purpose::Duplicate(..) | Purpose::Restore(..)) {
        model.draft.naming = Some(prompt.clone());
    }
    model.overlays.pop();
    match purpose {
        Purpose::CreateInstance(instance) => {
            send::post(model, instance.environment, (instance.request, Repeat::Never))
        }
        Purpose::SaveAs => {
            let is_own = model.draft.file.access == Access::Own;
            let is_same = is_own && model.draft.file.name.as_ref() == Some(&name);
            draft::write(model, name, model.draft.file.base.filter(|_| is_same))
        }
        Purpose::Import => incoming::read(name),
        Purpose::Rename(from, _) if from == name => Vec::new(),
        Purpose::Rename(from, base) => draft::run(model, Effect::RenameDraft { from, to: name, base }),
        Purpose::Duplicate(from, base) => vec![Effect::DuplicateDraft { from, to: name, base }],
        Purpose::Export(target) => export::write(model, target, name, false),
        Purpose::Restore(from, base) => vec![Effect::RestoreDraft { name: from, to: Some(name), base }],
    }
}

/// The chosen answer does its work.
fn answered(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Ask(mut question)) = model.overlays.pop() else { return Vec::new() };
    let Some((_, answer)) = question.answers.get(question.chosen) else { return Vec::new() };
    if matches!(answer, Answer::ShowSent(_)) {
        // Closing what is only looked at comes back to the question.
        model.overlays.push(Overlay::Ask(question.clone()));
    }
    let answer = question.answers.swap_remove(question.chosen).1;
    give(model, answer)
}

/// An answer does its work.
pub(super) fn give(model: &mut Model, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Stay => {
            model.draft.when_saved = None;
            Vec::new()
        }
        Answer::Quit => recovery::quit(model),
        Answer::EnterDemo => vec![Effect::EnterDemo],
        Answer::Do(action) => on_form(model, action),
        Answer::SaveThen(answer) => draft::save_then(model, *answer),
        Answer::ShowChanges => draft::show_changes(model),
        Answer::Begin(beginning) => {
            draft::begin(model, *beginning);
            Vec::new()
        }
        Answer::Open(name) => vec![Effect::OpenDraft { name }],
        Answer::SaveOver { name, base } => draft::write_over(model, name, base),
        Answer::SaveCopy => draft::save_copy(model),
        Answer::Reload => draft::reload(model),
        Answer::CompareOnDisk { found, question } => draft::compare_on_disk(model, &found, *question),
        Answer::Run(effect) => draft::run(model, *effect),
        Answer::Delete { name, base } => vec![Effect::DeleteDraft { name, base }],
        Answer::Take { label, value } => {
            model.document.replace_all(&label, *value);
            model.refresh();
            focus::arrive(model);
            super::done(model, format!("{label}: done. {{undo}} takes it back."));
            Vec::new()
        }
        Answer::AskElsewhere => guid::ask_elsewhere(model),
        Answer::CreateInstance(instance) => {
            send::post(model, instance.environment, (instance.request, Repeat::Never))
        }
        Answer::RandomGuid => vec![Effect::NewGuid],
        Answer::SendAnyway(run) => send::post(model, run.environment, (run.request, Repeat::Always)),
        Answer::Fix(fix) => silence::fix(model, &fix),
        Answer::SilenceHere(code) => silence::here(model, &code),
        Answer::SilenceEverywhere(code) => silence::everywhere(code),
        Answer::Restore { leftover, drops } => recovery::restore(model, leftover, drops),
        Answer::CompareLeftover(leftover) => {
            recovery::compare(model, *leftover);
            Vec::new()
        }
        Answer::ThrowAway(id) => vec![Effect::DropLeftover { id }],
        Answer::OpenCopy(draft) => draft::open_beside(model, *draft, Access::Copy),
        Answer::OpenReadOnly(draft) => draft::open_beside(model, *draft, Access::ReadOnly),
        Answer::Reopen(run) => journal::reopen(model, *run),
        Answer::ShowSent(entry) => journal::show(model, &entry),
        Answer::SendAgain(again) => review::open(model, Some(again)),
        Answer::CompareHere(entry) => journal::compare_here(model, &entry),
        Answer::CompareWith { entry, others } => journal::choose_other(model, entry, others),
        Answer::ReadFiles { names, command } => {
            vec![Effect::ReadFiles { names, command: Some(command) }]
        }
        Answer::RenameExport { target, path } => export::rename(model, target, &path),
        Answer::ReplaceFile { target, path } => export::write(model, target, path, true),
        Answer::PasteText(pasted) => typing::paste_text(model, &pasted.0),
        Answer::Copy { what, text } => copy::send(what, text.0),
    }
}

/// Closes the reply; where it names a field, goes there.
fn reply_read(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Reply { explanation, .. }) = model.overlays.pop()
        && let Some(at) = explanation.field
    {
        focus::reveal(model, &at);
    }
    Vec::new()
}
