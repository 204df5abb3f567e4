//! Keys for what stands above the form.

use crate::app::model::Access;
use crate::app::model::FollowUp;
use crate::app::overlay::{Answer, Choice, Overlay, Purpose, Question};
use crate::app::update::draft::{begin, conflict, list, recovery, save};
use crate::app::update::form::problem;
use crate::app::update::payload::{export, search};
use crate::app::update::send::{arrival, instance, journal, key, request, review};
use crate::app::update::{answer, edit, import, navigate};
use crate::app::{Action, DraftEffect, Effect, Model, way};
use crate::document::Value;
use crate::journal::Repeat;
use crate::text;

/// Carries out an action on the topmost overlay.
pub(in crate::app::update) fn act(model: &mut Model, action: Action) {
    let steps = (usize::from(model.size.rows / 2).max(1), model.furthest_scroll());
    let Some(top) = model.overlays.last_mut() else { return };
    match (top, action) {
        // Enter is pressed twice by those in a hurry, who would not know then whether the run was taken.
        (Overlay::Waiting, Action::Cancel) => request::cancel(model),
        (Overlay::Waiting, Action::Help) => model.overlays.push(Overlay::Help { scroll: 0 }),
        (Overlay::Waiting, _) => {}
        (_, Action::Cancel) => close(model),
        (Overlay::Pick(..), _) => pick(model, action),
        (Overlay::Find(_), _) => search::act(model, action),
        (Overlay::Prompt(_), Action::Enter) => prompted(model),
        (Overlay::Prompt(prompt), _) => {
            prompt.fault = None;
            prompt.fresh = false;
            prompt.editor.act(action);
        }
        (Overlay::Key { .. }, Action::Enter) => key::typed(model),
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
        (Overlay::Ask(_), Action::Enter) => answered(model),
        (Overlay::Ask(question), _) => turn(question, action),
        (Overlay::Review { typed, .. }, Action::Enter | Action::Send) => {
            let typed = typed.text();
            review::confirm(model, &typed);
        }
        (Overlay::Review { .. }, Action::ChooseEnvironment) => review::choose_environment(model),
        (Overlay::Review { .. }, Action::ShowChanges) => review::show_changes(model),
        (Overlay::Review { .. }, Action::EnterKey) => request::ask_key(model, None),
        (Overlay::Review { scroll, typed, fault, .. }, _) => {
            if !scrolled(scroll, action, steps) && typed.act(action) {
                *fault = None;
            }
        }
        (Overlay::Import(_), _) => import::act(model, action, steps.0),
        (Overlay::Exported { .. }, Action::Enter) => export::copy(model),
        (Overlay::Exported { .. }, Action::Save) => export::ask_path(model),
        (Overlay::Reply { .. }, Action::Enter) => reply_read(model),
        (Overlay::Reply { explanation, .. }, _) if way::leads(explanation, action) => {
            model.overlays.pop();
            model.follow_up(FollowUp::Screen(action));
        }
        (Overlay::Arrivals { .. }, Action::Enter) => arrival::ask(model),
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
                close(model);
            }
        }
    }
}

/// Moves, filters or does the work of a picker.
fn pick(model: &mut Model, action: Action) {
    if action == Action::Enter {
        return chosen(model);
    }
    let Some(Overlay::Pick(picker, choice)) = model.overlays.last_mut() else { return };
    if matches!(choice, Choice::Draft(_)) {
        return list::act(model, action);
    }
    // Where nothing can be removed, the key deletes in the filter.
    picker.act(if action == Action::Remove { Action::Delete } else { action });
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
pub(in crate::app::update) fn takes_text(model: &Model) -> bool {
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
pub(in crate::app::update) fn type_text(model: &mut Model, text: &str) {
    let needs_name = model.needs_name();
    let Some(top) = model.overlays.last_mut() else { return };
    match top {
        Overlay::Pick(picker, _) => {
            picker.type_text(&text.replace('\n', " "));
            list::peek(model);
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
            search::look(model);
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
            close(model);
        }
        Overlay::Import(_) => import::typed(model, text),
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
fn close(model: &mut Model) {
    if let Some(Overlay::Ask(_) | Overlay::Prompt(_)) = model.overlays.pop() {
        model.draft.when_saved = None;
    }
}

/// The chosen line of a picker does its work.
fn chosen(model: &mut Model) {
    let Some(Overlay::Pick(picker, choice)) = model.overlays.pop() else { return };
    let Some(index) = picker.chosen() else {
        model.overlays.push(Overlay::Pick(picker, choice));
        return;
    };
    match choice {
        Choice::Action(actions) | Choice::Field { actions, .. } => {
            if let Some(action) = actions.get(index) {
                model.follow_up(FollowUp::Screen(*action));
            }
        }
        Choice::Environment => {
            request::choose(model, index);
            review::compare(model);
        }
        Choice::Export => export::show(model, index),
        Choice::Instance(entries) => {
            if let Some(entry) = entries.get(index) {
                instance::take(model, entry);
            }
        }
        Choice::Origin(origins) => {
            if let Some(origin) = origins.get(index) {
                begin::choose_origin(model, origin);
            }
        }
        Choice::Draft(drafts) => list::choose(model, &drafts, index),
        Choice::Leftover(found) => {
            if let Some(leftover) = found.into_iter().nth(index) {
                recovery::ask(model, leftover, 0);
            }
        }
        Choice::Sent(entries) => journal::choose(model, entries, index),
        Choice::Other { entry, others } => {
            if let Some(other) = others.get(index) {
                journal::compare(model, &entry, other);
            }
        }
        Choice::Answer(answers) => {
            if let Some(answer) = answers.get(index) {
                arrival::plan(model, *answer);
            }
        }
        Choice::Word { at, words, .. } => {
            edit::set_value(model, &at, words.get(index).cloned().map(Value::Text));
            navigate::step(model, Action::Next);
        }
        Choice::Fix(fixes) => {
            if let Some(fix) = fixes.get(index) {
                problem::apply(model, fix);
            }
        }
    }
}

/// A prompt's text does its work, or says why it cannot.
fn prompted(model: &mut Model) {
    let Some(Overlay::Prompt(prompt)) = model.overlays.last_mut() else { return };
    let name = prompt.editor.text().trim().to_owned();
    if name.is_empty() {
        prompt.fault = Some(prompt.purpose.lack().to_owned());
        return;
    }
    if let Purpose::CreateInstance(instance) = &prompt.purpose
        && name != instance.id
    {
        let typed = text::visible(&name);
        prompt.fault = Some(format!("“{typed}” is not “{}”: nothing was created.", instance.id));
        return;
    }
    let purpose = prompt.purpose.clone();
    if matches!(purpose, Purpose::Rename(..) | Purpose::Duplicate(..) | Purpose::Restore(..)) {
        model.draft.naming = Some(prompt.clone());
    }
    model.overlays.pop();
    match purpose {
        Purpose::CreateInstance(instance) => {
            request::post(model, instance.environment, (instance.request, Repeat::Never));
        }
        Purpose::SaveAs => {
            let is_own = model.draft.file.access == Access::Own;
            let is_same = is_own && model.draft.file.name.as_ref() == Some(&name);
            save::write(model, name, model.draft.file.base.filter(|_| is_same));
        }
        Purpose::Import => import::read(model, name),
        Purpose::Rename(from, _) if from == name => {}
        Purpose::Rename(from, base) => {
            conflict::run(model, Effect::Draft(DraftEffect::RenameDraft { from, to: name, base }));
        }
        Purpose::Duplicate(from, base) => {
            model.emit(Effect::Draft(DraftEffect::DuplicateDraft { from, to: name, base }));
        }
        Purpose::Export(target) => export::write(model, target, name, false),
        Purpose::Restore(from, base) => {
            model.emit(Effect::Draft(DraftEffect::RestoreDraft { name: from, to: Some(name), base }));
        }
    }
}

/// The chosen answer does its work.
fn answered(model: &mut Model) {
    let Some(Overlay::Ask(mut question)) = model.overlays.pop() else { return };
    let Some((_, answer)) = question.answers.get(question.chosen) else { return };
    if matches!(answer, Answer::ShowSent(_)) {
        // Closing what is only looked at comes back to the question.
        model.overlays.push(Overlay::Ask(question.clone()));
    }
    let answer = question.answers.swap_remove(question.chosen).1;
    answer::give(model, answer);
}

/// Closes the reply; where it names a field, goes there.
fn reply_read(model: &mut Model) {
    if let Some(Overlay::Reply { explanation, .. }) = model.overlays.pop()
        && let Some(at) = explanation.field
    {
        navigate::reveal(model, &at);
    }
}
