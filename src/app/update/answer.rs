//! What the answers of questions do.

use crate::app::model::Access;
use crate::app::model::FollowUp;
use crate::app::overlay::Answer;
use crate::app::update::draft::{begin, conflict, list, open, recovery, save, saved};
use crate::app::update::form::{problem, silence};
use crate::app::update::payload::{copy, export};
use crate::app::update::send::{arrival, guid, instance, journal, request, review};
use crate::app::update::{edit, import, navigate, notify};
use crate::app::{Action, DiskEffect, DraftEffect, Effect, Model, RecoveryEffect, TerminalEffect};
use crate::document::Value;
use crate::journal::Repeat;

/// An answer does its work.
pub(in crate::app::update) fn give(model: &mut Model, answer: Answer) {
    match answer {
        Answer::Stay => model.draft.when_saved = None,
        Answer::Quit => recovery::quit(model),
        Answer::EnterDemo => model.emit(Effect::Terminal(TerminalEffect::EnterDemo)),
        Answer::Do(action) => model.follow_up(FollowUp::Form(action)),
        Answer::Screen(action) => model.follow_up(FollowUp::Screen(action)),
        Answer::ChooseEnvironment(position) => {
            request::choose(model, position);
            review::compare(model);
        }
        Answer::TakeInstance(entry) => instance::take(model, &entry),
        Answer::BeginFrom(origin) => begin::choose_origin(model, &origin),
        Answer::Export(target) => export::show(model, target),
        Answer::ChooseDraft { shelf, draft } => list::choose(model, shelf, &draft),
        Answer::AskLeftover(leftover) => recovery::ask(model, *leftover, 0),
        Answer::ChooseSent { entries, index } => journal::choose(model, &entries, index),
        Answer::CompareSent { one, other } => journal::compare(model, &one, &other),
        Answer::PlanAnswer(planned) => arrival::plan(model, planned),
        Answer::SetWord { at, word } => {
            edit::set_value(model, &at, word.map(Value::Text));
            navigate::step(model, Action::Next);
        }
        Answer::SaveThen(answer) => save::save_then(model, *answer),
        Answer::ShowChanges => saved::show_changes(model),
        Answer::Begin(beginning) => begin::begin(model, *beginning),
        Answer::Open(name) => model.emit(Effect::Draft(DraftEffect::OpenDraft { name })),
        Answer::SaveOver { name, base } => save::write_over(model, name, base),
        Answer::SaveCopy => save::save_copy(model),
        Answer::Reload => conflict::reload(model),
        Answer::CompareOnDisk { found, question } => conflict::compare_on_disk(model, &found, *question),
        Answer::Run(effect) => conflict::run(model, *effect),
        Answer::Delete { name, base } => model.emit(Effect::Draft(DraftEffect::DeleteDraft { name, base })),
        Answer::Take { label, value } => {
            model.document.replace_all(&label, *value);
            model.refresh();
            navigate::arrive(model);
            notify::done(model, format!("{label}: done. {{undo}} takes it back."));
        }
        Answer::AskElsewhere => guid::ask_elsewhere(model),
        Answer::CreateInstance(instance) => {
            request::post(model, instance.environment, (instance.request, Repeat::Never));
        }
        Answer::RandomGuid => model.emit(Effect::NewGuid),
        Answer::SendAnyway(run) => request::post(model, run.environment, (run.request, Repeat::Always)),
        Answer::Fix(fix) => problem::apply(model, &fix),
        Answer::SilenceHere(code) => silence::here(model, &code),
        Answer::SilenceEverywhere(code) => silence::everywhere(model, code),
        Answer::Restore { leftover, drops } => recovery::restore(model, leftover, drops),
        Answer::CompareLeftover(leftover) => recovery::compare(model, *leftover),
        Answer::ThrowAway(id) => model.emit(Effect::Recovery(RecoveryEffect::DropLeftover { id })),
        Answer::OpenCopy(draft) => open::open_beside(model, *draft, Access::Copy),
        Answer::OpenReadOnly(draft) => open::open_beside(model, *draft, Access::ReadOnly),
        Answer::Reopen(run) => journal::reopen(model, *run),
        Answer::ShowSent(entry) => journal::show(model, &entry),
        Answer::SendAgain(again) => review::open(model, Some(again)),
        Answer::CompareHere(entry) => journal::compare_here(model, &entry),
        Answer::CompareWith { entry, others } => journal::choose_other(model, entry, others),
        Answer::ReadFiles { names, command } => {
            model.emit(Effect::Disk(DiskEffect::ReadFiles { names, command: Some(command) }));
        }
        Answer::ImportRun { run, source } => import::offer(model, *run, (*source).clone()),
        Answer::RenameExport { target, path } => export::rename(model, target, &path),
        Answer::ReplaceFile { target, path } => export::write(model, target, path, true),
        Answer::PasteText(pasted) => model.follow_up(FollowUp::Paste(pasted.0)),
        Answer::Copy { what, text } => copy::send(model, what, text.0),
    }
}
