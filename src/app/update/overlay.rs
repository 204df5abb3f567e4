//! Actions and text for the topmost overlay.

use crate::app::model::Access;
use crate::app::model::FollowUp;
use crate::app::overlay::{Content, List, Overlay, OverlayAnswer, Page, PromptPurpose, Question};
use crate::app::update::draft::{conflict, list, save};
use crate::app::update::payload::{export, search};
use crate::app::update::send::{key, received_run, request, review, verify};
use crate::app::update::{answer, import, navigate};
use crate::app::{Action, DraftEffect, Effect, Model, ReplacedMapping, suggestion};
use crate::journal::Repeat;
use crate::text;

pub(in crate::app::update) fn act(model: &mut Model, action: Action) {
    let steps = (usize::from(model.size.rows / 2).max(1), model.furthest_scroll());
    let Some(top) = model.overlays.last_mut() else { return };
    match (top, action) {
        // A second Enter must not close this overlay before the outcome is known.
        (Overlay::Waiting, Action::Cancel) => request::cancel(model),
        (Overlay::Waiting, Action::Help) => model.overlays.push(Content::Help.page()),
        (Overlay::Waiting, _) => {}
        (Overlay::Mapper(_), _) => import::mapper::act(model, action, steps.0),
        (_, Action::Cancel) => close(model),
        (Overlay::Pick(..), _) => pick(model, action),
        (Overlay::Find(_), _) => search::act(model, action),
        (Overlay::Prompt(_), Action::Enter) => submit_prompt(model),
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
        (Overlay::Key { .. }, Action::Next) => key::toggle_keeping(model),
        (Overlay::Key { .. }, _) => {}
        (Overlay::Ask(_), Action::Enter) => submit_answer(model),
        (Overlay::Ask(question), _) => toggle(question, action),
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
        (Overlay::Page(_), _) => act_on_page(model, action, steps),
    }
}

/// Scrolls a page, or runs the action that the page offers.
fn act_on_page(model: &mut Model, action: Action, steps: (usize, usize)) {
    let Some(Overlay::Page(Page { content, scroll })) = model.overlays.last_mut() else { return };
    match (content, action) {
        (Content::Exported { .. }, Action::Enter) => export::copy(model),
        (Content::Exported { .. }, Action::Save) => export::ask_path(model),
        (Content::Reply(_), Action::Enter) => close_reply(model),
        (Content::Reply(explanation), _) if suggestion::leads(explanation, action) => {
            model.overlays.pop();
            model.follow_up(FollowUp::Screen(action));
        }
        (Content::ReceivedRuns(_), Action::Enter) => received_run::ask(model),
        (_, Action::Help | Action::Enter) => close(model),
        _ => {
            scrolled(scroll, action, steps);
        }
    }
}

/// Moves in a picker, edits its filter, or runs the chosen line.
fn pick(model: &mut Model, action: Action) {
    if action == Action::Enter {
        return submit_choice(model);
    }
    let Some(Overlay::Pick(picker, choice)) = model.overlays.last_mut() else { return };
    if matches!(choice, List::Drafts(_)) {
        return list::act(model, action);
    }
    // In a picker without removal, the key deletes a character of the filter.
    if matches!(choice, List::Instances) && action == Action::VerifyInstance {
        return verify::chosen(model);
    }
    picker.act(if action == Action::Remove { Action::Delete } else { action });
}

/// Moves among the answers of a question.
fn toggle(question: &mut Question, action: Action) {
    let count = question.answers.len().max(1);
    if matches!(action, Action::Down | Action::Next | Action::Right) {
        question.chosen = (question.chosen + 1) % count;
    } else if matches!(action, Action::Up | Action::Previous | Action::Left) {
        question.chosen = (question.chosen + count - 1) % count;
    }
}

/// Whether the topmost overlay has a text input.
pub(in crate::app::update) fn takes_text(model: &Model) -> bool {
    match model.overlays.last() {
        // Typing in the mapper starts an expression.
        Some(
            Overlay::Pick(..)
            | Overlay::Prompt(_)
            | Overlay::Find(_)
            | Overlay::Key { .. }
            | Overlay::Mapper(_),
        ) => true,
        Some(Overlay::Review { .. }) => model.needs_name(),
        Some(Overlay::Page(_) | Overlay::Ask(_) | Overlay::Waiting | Overlay::Import(_)) | None => false,
    }
}

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
            search::run_search(model);
        }
        Overlay::Key { entry, fault, .. } => {
            *fault = None;
            entry.push(text);
        }
        Overlay::Review { typed, fault, .. } if needs_name => {
            *fault = None;
            typed.insert_text(&text.replace('\n', " "));
        }
        Overlay::Page(_) if text == "q" || text == " " => close(model),
        Overlay::Import(_) => import::typed(model, text),
        Overlay::Mapper(_) => import::mapper::typed(model, text),
        Overlay::Page(_) | Overlay::Review { .. } | Overlay::Ask(_) | Overlay::Waiting => {}
    }
}

/// Scrolls by a line or a page, never past the end; returns whether the action scrolls.
fn scrolled(scroll: &mut usize, action: Action, (page, furthest): (usize, usize)) -> bool {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only moving scrolls")]
    match action {
        Action::Up => *scroll = scroll.saturating_sub(1),
        Action::Down => *scroll = (*scroll + 1).min(furthest),
        Action::PageUp => *scroll = scroll.saturating_sub(page),
        Action::PageDown => *scroll = (*scroll + page).min(furthest),
        Action::First => *scroll = 0,
        Action::Last => *scroll = furthest,
        _ => return false,
    }
    true
}

/// Closes the topmost overlay; closing a question or prompt also cancels the action that waits for
/// a save.
fn close(model: &mut Model) {
    if let Some(Overlay::Ask(_) | Overlay::Prompt(_)) = model.overlays.pop() {
        model.draft.when_saved = None;
    }
}

/// Runs the answer of the chosen picker line.
fn submit_choice(model: &mut Model) {
    let Some(Overlay::Pick(picker, _)) = model.overlays.last() else { return };
    let Some(answer) = picker.chosen().and_then(|index| picker.answer(index)).cloned() else { return };
    model.overlays.pop();
    answer::give(model, answer);
}

/// Runs a prompt with its text, or shows why the text is not valid.
fn submit_prompt(model: &mut Model) {
    let Some(Overlay::Prompt(prompt)) = model.overlays.last_mut() else { return };
    let name = prompt.editor.text().trim().to_owned();
    if name.is_empty() {
        prompt.fault = Some(prompt.purpose.lack().to_owned());
        return;
    }
    if let PromptPurpose::CreateInstance(instance) = &prompt.purpose
        && name != instance.id
    {
        let typed = text::visible(&name);
        prompt.fault = Some(format!("“{typed}” is not “{}”: nothing was created.", instance.id));
        return;
    }
    let purpose = prompt.purpose.clone();
    if matches!(purpose, PromptPurpose::MappingExample(_)) {
        // The prompt stays open until the file is read.
        return import::read(model, name);
    }
    if matches!(
        purpose,
        PromptPurpose::Rename(..) | PromptPurpose::Duplicate(..) | PromptPurpose::Restore(..)
    ) {
        model.draft.naming = Some(prompt.clone());
    }
    model.overlays.pop();
    match purpose {
        PromptPurpose::CreateInstance(instance) => {
            request::post(model, instance.environment, (instance.request, Repeat::Never));
        }
        PromptPurpose::SaveAs => {
            let is_own = model.draft.file.access == Access::Own;
            let is_same = is_own && model.draft.file.name.as_ref() == Some(&name);
            save::write(model, name, model.draft.file.base.filter(|_| is_same));
        }
        PromptPurpose::Import | PromptPurpose::MappingExample(_) => import::read(model, name),
        PromptPurpose::Rename(from, _) if from == name => {}
        PromptPurpose::Rename(from, base) => {
            conflict::run(model, Effect::Draft(DraftEffect::RenameDraft { from, to: name, base }));
        }
        PromptPurpose::Duplicate(from, base) => {
            model.emit(Effect::Draft(DraftEffect::DuplicateDraft { from, to: name, base }));
        }
        PromptPurpose::SaveMapping { imports } => {
            import::mapper::save(model, name, (ReplacedMapping::Nothing, imports));
        }
        PromptPurpose::Export(target) => export::write(model, target, name, false),
        PromptPurpose::Restore(from, base) => {
            model.emit(Effect::Draft(DraftEffect::RestoreDraft { name: from, to: Some(name), base }));
        }
    }
}

/// Runs the chosen answer of a question.
fn submit_answer(model: &mut Model) {
    let Some(Overlay::Ask(mut question)) = model.overlays.pop() else { return };
    let Some((_, answer)) = question.answers.get(question.chosen) else { return };
    if matches!(answer, OverlayAnswer::ShowSent(_)) {
        // Closing the entry returns to the question.
        model.overlays.push(Overlay::Ask(question.clone()));
    }
    let answer = question.answers.swap_remove(question.chosen).1;
    answer::give(model, answer);
}

/// Closes the reply, and scrolls to the field that the reply names, if any.
fn close_reply(model: &mut Model) {
    if let Some(Overlay::Page(Page { content: Content::Reply(explanation), .. })) = model.overlays.pop()
        && let Some(at) = explanation.field
    {
        navigate::scroll_to(model, &at);
    }
}
