//! Runs the answer that was chosen in a question or a picker.

use crate::app::model::Access;
use crate::app::model::FollowUp;
use crate::app::overlay::OverlayAnswer;
use crate::app::update::draft::{conflict, list, new, open, recovery, save, saved};
use crate::app::update::form::{problem, silence};
use crate::app::update::payload::{copy, export};
use crate::app::update::send::{guid, instance, journal, received_run, request, review};
use crate::app::update::{edit, import, navigate, notify};
use crate::app::{
    Action, DiskEffect, DraftEffect, Effect, Model, RecoveryEffect, ReplacedMapping, TerminalEffect,
};
use crate::document::Value;
use crate::journal::Repeat;

#[expect(clippy::too_many_lines, reason = "a table: one line for each answer")]
pub(in crate::app::update) fn give(model: &mut Model, answer: OverlayAnswer) {
    match answer {
        OverlayAnswer::Stay => model.draft.when_saved = None,
        OverlayAnswer::CloseMapper => import::mapper::close(model),
        OverlayAnswer::ReplaceMapping { id, imports } => {
            import::mapper::save(model, id, (ReplacedMapping::Any, imports));
        }
        OverlayAnswer::SaveMapping => import::mapper::save_then_import(model),
        OverlayAnswer::ImportMapped => import::mapper::import(model, None),
        OverlayAnswer::SetResult { word, result } => import::mapper::set_word(model, &word, &result),
        OverlayAnswer::EditMapping(id) => import::mapper::start_with(model, id),
        OverlayAnswer::Quit => recovery::quit(model),
        OverlayAnswer::EnterDemo => model.emit(Effect::Terminal(TerminalEffect::EnterDemo)),
        OverlayAnswer::Do(action) => model.follow_up(FollowUp::Form(action)),
        OverlayAnswer::Screen(action) => model.follow_up(FollowUp::Screen(action)),
        OverlayAnswer::ChooseEnvironment(position) => {
            request::choose(model, position);
            review::compare(model);
        }
        OverlayAnswer::TakeInstance(entry) => instance::take(model, &entry),
        OverlayAnswer::StartFrom(origin) => new::choose_origin(model, &origin),
        OverlayAnswer::Export(target) => export::show(model, target),
        OverlayAnswer::ChooseDraft { kind, draft } => list::choose(model, kind, &draft),
        OverlayAnswer::AskLeftover(leftover) => recovery::ask(model, *leftover, 0),
        OverlayAnswer::ChooseSent { entries, index } => journal::choose(model, &entries, index),
        OverlayAnswer::CompareSent { one, other } => journal::compare(model, &one, &other),
        OverlayAnswer::PlanAnswer(planned) => received_run::plan(model, planned),
        OverlayAnswer::SetWord { at, word } => {
            edit::set_value(model, &at, word.map(Value::Text));
            navigate::step(model, Action::Next);
        }
        OverlayAnswer::SaveThen(answer) => save::save_then(model, *answer),
        OverlayAnswer::ShowChanges => saved::show_changes(model),
        OverlayAnswer::StartDraft(new_draft) => new::start(model, *new_draft),
        OverlayAnswer::Open(name) => model.emit(Effect::Draft(DraftEffect::OpenDraft { name })),
        OverlayAnswer::SaveOver { name, base } => save::write_over(model, name, base),
        OverlayAnswer::SaveCopy => save::save_copy(model),
        OverlayAnswer::Reload => conflict::reload(model),
        OverlayAnswer::CompareOnDisk { found, question: asked } => {
            conflict::compare_on_disk(model, &found, *asked);
        }
        OverlayAnswer::Run(effect) => conflict::run(model, *effect),
        OverlayAnswer::Delete { name, base } => {
            model.emit(Effect::Draft(DraftEffect::DeleteDraft { name, base }));
        }
        OverlayAnswer::Take { label, value } => replace_document(model, &label, *value),
        OverlayAnswer::AskElsewhere => guid::ask_elsewhere(model),
        OverlayAnswer::CreateInstance(instance) => {
            request::post(model, instance.environment, (instance.request, Repeat::Never));
        }
        OverlayAnswer::RandomGuid => model.emit(Effect::NewGuid),
        OverlayAnswer::SendAnyway(run) => {
            request::post(model, run.environment, (run.request, Repeat::Always));
        }
        OverlayAnswer::Fix(fix) => problem::apply(model, &fix),
        OverlayAnswer::SilenceHere(code) => silence::here(model, &code),
        OverlayAnswer::SilenceEverywhere(code) => silence::everywhere(model, code),
        OverlayAnswer::Restore { leftover, drops } => recovery::restore(model, leftover, drops),
        OverlayAnswer::CompareLeftover(leftover) => recovery::compare(model, *leftover),
        OverlayAnswer::ThrowAway(id) => model.emit(Effect::Recovery(RecoveryEffect::DropLeftover { id })),
        OverlayAnswer::OpenCopy(draft) => open::open_next_to(model, *draft, Access::Copy),
        OverlayAnswer::OpenReadOnly(draft) => open::open_next_to(model, *draft, Access::ReadOnly),
        OverlayAnswer::Reopen(run) => journal::reopen(model, *run),
        OverlayAnswer::ShowSent(entry) => journal::show(model, &entry),
        OverlayAnswer::SendAgain(again) => review::open(model, Some(again)),
        OverlayAnswer::CompareHere(entry) => journal::compare_here(model, &entry),
        OverlayAnswer::CompareWith { entry, others } => journal::choose_other(model, entry, others),
        OverlayAnswer::ReadFiles { names, command } => {
            model.emit(Effect::Disk(DiskEffect::ReadFiles { names, command: Some(command) }));
        }
        OverlayAnswer::ImportRun { run, source } => import::offer(model, *run, (*source).clone()),
        OverlayAnswer::RenameExport { target, path } => export::rename(model, target, &path),
        OverlayAnswer::ReplaceFile { target, path } => export::write(model, target, path, true),
        OverlayAnswer::PasteText(pasted) => model.follow_up(FollowUp::Paste(pasted.0)),
        OverlayAnswer::Copy { what, text } => copy::send(model, what, text.0),
    }
}

/// Replaces the whole document in one step that can be undone.
fn replace_document(model: &mut Model, label: &str, value: Value) {
    model.document.replace_all(label, value);
    model.refresh();
    navigate::open_field(model);
    let what = if label.starts_with("1 ") { "it" } else { "them" };
    notify::done(model, format!("Applied {label}. {{undo}} undoes {what}."));
}
