//! Dispatches each action to its area.

use crate::app::draft_list::DraftListKind;
use crate::app::overlay::{Content, List, Overlay, OverlayAnswer};
use crate::app::picker::{Picker, PickerLine};
use crate::app::row::Tab;
use crate::app::update::draft::{list, new, quit, save, saved};
use crate::app::update::form::{field, item, problem, silence, value};
use crate::app::update::notify::say;
use crate::app::update::payload::{copy, export, json, pane, search};
use crate::app::update::send::{accepted, guid, instance, key, reply, request, review, verify};
use crate::app::update::{import, navigate, overlay, press, tour};
use crate::app::{
    Action, DiskEffect, DraftEffect, Effect, Model, RecoveryEffect, SandboxEffect, TerminalEffect,
};

/// Runs an action in the topmost overlay, or on the screen below if no overlay is open.
pub(in crate::app::update) fn act(model: &mut Model, action: Action) {
    if action != Action::Help || !model.overlays.is_empty() {
        // The help page shows the full text of the notice.
        model.notice = None;
    }
    if action.group() == crate::app::ActionGroup::Tour {
        // The tour card stays visible next to every overlay.
        return tour::act(model, action);
    }
    if model.overlays.is_empty() { on_screen(model, action) } else { overlay::act(model, action) }
}

/// Runs an action in the payload text, the payload pane or the form: whichever has the keys.
pub(in crate::app::update) fn on_screen(model: &mut Model, action: Action) {
    if model.edits_text() {
        json::act(model, action);
    } else if model.is_form_hidden() {
        pane::act(model, action);
    } else {
        on_form(model, action);
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one line for each action")]
pub(in crate::app::update) fn on_form(model: &mut Model, action: Action) {
    match action {
        Action::Send => review::open(model, None),
        Action::ChooseEnvironment => request::choose_environment(model),
        Action::EnterKey => request::ask_key(model, None),
        Action::KeepKey => key::store(model),
        Action::GenerateGuid => guid::generate(model),
        Action::ChooseInstance => instance::choose(model),
        Action::VerifyInstance => verify::verify(model),
        Action::ShowReply => reply::show_reply(model),
        Action::RandomGuid => guid::ask_random(model),
        Action::Journal
        | Action::Sandbox
        | Action::Open
        | Action::Trash
        | Action::Recover
        | Action::Suspend => fetch(model, action),
        Action::Export => export::choose(model),
        Action::Cancel => request::cancel(model),
        Action::NextProblem | Action::PreviousProblem => {
            problem::focus_problem(model, action == Action::NextProblem);
        }
        Action::Fix => problem::fix(model),
        Action::FixAll => problem::fix_all(model),
        Action::Explain => silence::explain(model),
        Action::RestoreRules => silence::restore(model),
        Action::Import => import::ask(model),
        Action::EditMapping => import::mapper::choose(model),
        Action::Save => save::save(model),
        Action::SaveAs => {
            model.draft.when_saved = None;
            save::save_as(model);
        }
        Action::New => new::ask_new(model),
        Action::ShowChanges => saved::show_changes(model),
        Action::Revert => saved::revert(model),
        Action::RenameDraft => list::ask_rename(model),
        Action::DeleteDraft => list::ask_delete_current(model),
        Action::Quit => quit::quit(model),
        Action::Next | Action::Previous | Action::Up | Action::Down => navigate::step(model, action),
        Action::PageUp | Action::PageDown | Action::First | Action::Last => {
            navigate::move_page(model, action);
        }
        Action::Enter => press::enter(model),
        Action::NextTab => navigate::switch_tab(model, 1),
        Action::PreviousTab => navigate::switch_tab(model, Tab::ALL.len() - 1),
        Action::GoInstance => navigate::open_tab(model, Tab::Instance),
        Action::GoRun => navigate::open_tab(model, Tab::Run),
        Action::GoStages => navigate::open_tab(model, Tab::Stages),
        Action::GoArtifacts => navigate::open_tab(model, Tab::Artifacts),
        Action::GoSend => navigate::open_tab(model, Tab::Send),
        Action::Add | Action::Duplicate | Action::Remove => item::act(model, action),
        Action::MoveUp | Action::MoveDown => item::shift(model, action == Action::MoveUp),
        Action::FoldAll => item::fold_all(model),
        Action::Undo | Action::Redo => value::history(model, action == Action::Redo),
        Action::Clear
        | Action::SetNull
        | Action::SetEmpty
        | Action::RevertField
        | Action::FieldMenu
        | Action::CopyValue
        | Action::CopyPointer
        | Action::CopyJson
        | Action::CopyPreview => on_field(model, action),
        Action::EditJson | Action::DropText | Action::SelectAll | Action::Cut => json::open(model, action),
        Action::Tour | Action::TourAgain | Action::TourSkip | Action::TourBack | Action::TourPaste => {
            tour::act(model, action);
        }
        Action::Help => show(model, Content::Help.page()),
        Action::Palette => show(model, palette()),
        Action::Find => search::open(model),
        Action::TogglePreview
        | Action::PreviewForm
        | Action::ShowSimulation
        | Action::PreviewUp
        | Action::PreviewDown
        | Action::ToggleMouse => screen(model, action),
        Action::Left
        | Action::Right
        | Action::WordLeft
        | Action::WordRight
        | Action::Home
        | Action::End
        | Action::Backspace
        | Action::Delete
        | Action::DeleteWord
        | Action::DeleteLine
        | Action::Indent
        | Action::SelectLeft
        | Action::SelectRight
        | Action::SelectUp
        | Action::SelectDown
        | Action::SelectHome
        | Action::SelectEnd
        | Action::SelectWordLeft
        | Action::SelectWordRight
        | Action::SelectFirst
        | Action::SelectLast => value::edit(model, action),
    }
}

pub(in crate::app::update) fn on_field(model: &mut Model, action: Action) {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the actions on a field come here")]
    match action {
        Action::Clear => field::clear(model),
        Action::SetNull => field::set_null(model),
        Action::SetEmpty => field::set_empty(model),
        Action::RevertField => field::revert(model),
        Action::FieldMenu => field::menu(model),
        Action::CopyValue => copy::value(model),
        Action::CopyPointer => copy::pointer(model),
        Action::CopyJson => copy::json(model),
        Action::CopyPreview => copy::preview(model),
        _ => {}
    }
}

/// Emits the effect for an action; the reply of the effect opens the result.
pub(in crate::app::update) fn fetch(model: &mut Model, action: Action) {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the actions that fetch come here")]
    match action {
        Action::Journal => model.emit(Effect::Disk(DiskEffect::ListJournal)),
        Action::Sandbox => model.emit(Effect::Sandbox(SandboxEffect::ReadReceived)),
        Action::Open => model.emit(Effect::Draft(DraftEffect::ListDrafts { kind: DraftListKind::Drafts })),
        Action::Trash => model.emit(Effect::Draft(DraftEffect::ListDrafts { kind: DraftListKind::Trash })),
        Action::Recover => model.emit(Effect::Recovery(RecoveryEffect::FindLeftovers { is_asked: true })),
        Action::Suspend => model.emit(Effect::Terminal(TerminalEffect::Suspend)),
        _ => {}
    }
}

/// Changes the visibility, form or scroll position of the payload pane, or the mouse mode.
pub(in crate::app::update) fn screen(model: &mut Model, action: Action) {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the actions about the screen come here")]
    match action {
        Action::TogglePreview if model.payload.preview.is_preferred => pane::show_form(model),
        Action::TogglePreview => model.payload.preview.is_preferred = true,
        Action::PreviewForm => {
            let is_hidden = model.layout().is_some_and(|layout| layout.preview.is_none());
            // Where form and payload do not fit side by side, choosing a view shows the payload.
            model.payload.preview.is_preferred |= is_hidden;
            let forms = model.pane_forms();
            let here = forms.iter().position(|form| *form == model.payload.preview.form);
            let next = here.and_then(|here| forms.get(here + 1));
            model.payload.preview.form = next.copied().unwrap_or_default();
            model.payload.preview.scrolled = None;
            model.payload.preview.row = None;
            accepted::find_differences(model);
        }
        Action::ShowSimulation => pane::show_simulation(model),
        Action::PreviewUp | Action::PreviewDown => {
            pane::scroll_preview(model, action == Action::PreviewDown, 5);
        }
        Action::ToggleMouse => {
            model.settings.mouse = !model.settings.mouse;
            let text = if model.settings.mouse {
                "Mouse on: clicks go to the program."
            } else {
                "Mouse off: the terminal selects text."
            };
            say(model, text);
            model.emit(Effect::Terminal(TerminalEffect::Mouse(model.settings.mouse)));
        }
        _ => {}
    }
}

pub(in crate::app::update) fn show(model: &mut Model, overlay: Overlay) {
    model.overlays.push(overlay);
}

pub(in crate::app::update) fn palette() -> Overlay {
    let actions = Action::ALL.iter().filter(|action| !action.is_typing());
    let items =
        actions.map(|action| (PickerLine::new(action.text(), action.name()), OverlayAnswer::Screen(*action)));
    Overlay::Pick(Picker::new(items, 0), List::Actions)
}
