//! One message in: the model changed, and the effects to run.
//!
//! ```text
//!  message ──> topmost overlay ──(not taken)──> form ──> areas: focus, typing, item, problem, draft, send, mouse
//! ```

mod action;
mod answer;
mod draft;
mod edit;
mod form;
mod import;
mod mouse;
mod navigate;
mod notify;
mod overlay;
mod payload;
mod press;
mod secret;
mod send;
mod tour;
mod typing;

pub use draft::open::{in_use, open_document, open_draft, welcome};
pub use draft::recovery::rescue;
pub use edit::kind;
pub use send::request::wanted_sandbox;
pub use tour::begin_tour;

use crate::app::model::FollowUp;
use crate::app::{
    DiskReply, DraftReply, Effect, KeyReply, Model, Msg, NetworkMsg, RecoveryReply, SandboxMsg, TerminalReply,
};
use crate::time::Timestamp;

/// Changes the model by what happened at a moment, and says what to do about it.
pub fn update(model: &mut Model, now: Timestamp, msg: Msg) -> Vec<Effect> {
    model.now = now;
    if !matches!(msg, Msg::Type(_)) {
        model.settle();
    }
    let is_woken = msg == Msg::Wake;
    let known = model.keys.known.len();
    tour::observed(model, msg, take);
    secret::learn(model);
    if model.keys.known.len() > known {
        draft::recovery::renew(model);
    }
    draft::recovery::watch(model, is_woken);
    std::mem::take(&mut model.outcome.effects)
}

/// Changes the model by what happened, and the text of the payload by what became of the document.
fn take(model: &mut Model, msg: Msg) {
    happen(model, msg);
    while let Some(next) = model.outcome.next.pop_front() {
        go_on(model, next);
    }
    payload::json::follow(model);
    payload::search::follow(model);
}

/// Does what an area asked for when it was done.
fn go_on(model: &mut Model, next: FollowUp) {
    match next {
        FollowUp::Form(action) => action::on_form(model, action),
        FollowUp::Screen(action) => action::on_screen(model, action),
        FollowUp::Answer(answer) => answer::give(model, answer),
        FollowUp::LeaveText { forward } => form::problem::go_from_text(model, forward),
        FollowUp::Paste(text) => typing::paste_text(model, &text),
    }
}

fn happen(model: &mut Model, msg: Msg) {
    match msg {
        Msg::Act(action) => action::act(model, action),
        Msg::Type(character) => {
            model.notice = None;
            typing::type_text(model, character.encode_utf8(&mut [0; 4]));
            secret::typed(model);
        }
        Msg::Paste(pasted) => {
            model.notice = None;
            secret::paste(model, &pasted)
        }
        Msg::Fill(text) => secret::fill(model, &text),
        Msg::Reveal(at) => navigate::visit(model, at),
        Msg::Resize(size) => {
            model.size = size;
            model.follow_focus();
            model.follow_cursor();
        }
        Msg::Click { column, row } => mouse::click(model, column, row),
        Msg::Wheel { column, row, down } => mouse::wheel(model, column, row, down),
        Msg::Wake => {}
        Msg::Network(NetworkMsg::Progress { ticket, progress }) => {
            send::request::progressed(model, ticket, progress)
        }
        Msg::Network(NetworkMsg::Replied { ticket, result }) => send::reply::replied(model, ticket, &result),
        Msg::Draft(DraftReply::Drafts { shelf, list }) => draft::list::listed(model, shelf, list),
        Msg::Draft(DraftReply::Peeked { path, digest }) => draft::list::peeked(model, &path, &digest),
        Msg::Draft(DraftReply::Opened(result)) => draft::open::opened(model, result),
        Msg::Draft(DraftReply::Built(result)) => draft::begin::built(model, result),
        Msg::Draft(DraftReply::InUse(draft)) => {
            draft::open::in_use(model, draft);
        }
        Msg::Draft(DraftReply::NotHeld(why)) => {
            notify::complain(model, format!("Other programs cannot see that this draft is open: {why}"));
        }
        Msg::Recovery(RecoveryReply::WorkKept(result)) => draft::recovery::kept(model, result),
        Msg::Recovery(RecoveryReply::Leftovers { result, is_asked }) => {
            draft::recovery::found(model, result, is_asked)
        }
        Msg::Recovery(RecoveryReply::LeftoverTaken(result)) => draft::recovery::taken(model, result),
        Msg::Recovery(RecoveryReply::LeftoverDropped(result)) => draft::recovery::thrown_away(model, result),
        Msg::Draft(DraftReply::Saved { revision, outcome }) => draft::save::saved(model, revision, outcome),
        Msg::Draft(DraftReply::Reloaded(result)) => draft::conflict::reloaded(model, result),
        Msg::Draft(DraftReply::ChangedOnDisk { refused, found }) => {
            draft::conflict::refused(model, *refused, found)
        }
        Msg::Draft(DraftReply::Renamed(result)) => draft::list::renamed(model, result),
        Msg::Draft(DraftReply::Duplicated(result)) => draft::list::duplicated(model, result),
        Msg::Draft(DraftReply::Restored { name, outcome }) => draft::list::restored(model, name, outcome),
        Msg::Draft(DraftReply::Deleted(result)) => draft::list::deleted(model, result),
        Msg::Disk(DiskReply::Exported { target, path, outcome }) => {
            payload::export::written(model, target, path, outcome)
        }
        Msg::Terminal(TerminalReply::Copied { what, outcome }) => {
            payload::copy::copied(model, &what, outcome)
        }
        Msg::Sandbox(SandboxMsg::Sandbox(result)) => send::reply::sandbox_started(model, result),
        Msg::Disk(DiskReply::Silenced(result)) => form::silence::silenced(model, result),
        Msg::Disk(DiskReply::Book(result)) => send::instance::booked(model, result),
        Msg::Key(KeyReply::KeyFound { environment, result }) => send::key::found(model, environment, result),
        Msg::Key(KeyReply::KeyStored { environment, result }) => {
            send::key::stored(model, &environment, result)
        }
        Msg::Disk(DiskReply::Recalled(result)) => send::journal::recalled(model, result),
        Msg::Disk(DiskReply::Journal(result)) => send::journal::listed(model, result),
        Msg::Sandbox(SandboxMsg::Arrivals(result)) => send::arrival::listed(model, result),
        Msg::Sandbox(SandboxMsg::Stirred) => send::arrival::stirred(model),
        Msg::Sandbox(SandboxMsg::Renewed(overview)) => send::arrival::renewed(model, overview),
        Msg::Sandbox(SandboxMsg::InstanceMade(instance)) => send::instance::made_here(model, instance),
        Msg::Disk(DiskReply::AcceptedFound { environment, result }) => {
            send::review::compared(model, &environment, result)
        }
        Msg::Network(NetworkMsg::NotRecorded { ticket, why }) => send::journal::refused(model, ticket, why),
        Msg::Network(NetworkMsg::Withheld { ticket, exposure }) => {
            send::reply::withheld(model, ticket, &exposure)
        }
        Msg::Network(NetworkMsg::SentBefore { ticket, earlier }) => {
            send::reply::sent_before(model, ticket, &earlier)
        }
        Msg::Network(NetworkMsg::EndNotRecorded(why)) => send::journal::unfinished(model, &why),
        Msg::Disk(DiskReply::FilesRead { command, result }) => {
            import::files_read(model, command.as_ref(), result)
        }
        Msg::Guid(guid) => send::guid::random(model, &guid),
        Msg::Leave => draft::recovery::leave(model),
    }
}
