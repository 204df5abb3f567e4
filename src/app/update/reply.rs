//! Dispatches the replies of effects to their areas.

use crate::app::update::{draft, form, import, notify, payload, send};
use crate::app::{
    DiskReply, DraftReply, KeyReply, Model, NetworkMsg, RecoveryReply, SandboxMsg, TerminalReply,
};

pub(super) fn network(model: &mut Model, reply: NetworkMsg) {
    match reply {
        NetworkMsg::Progress { ticket, progress } => {
            send::request::progressed(model, ticket, progress);
        }
        NetworkMsg::Replied { ticket, result } => send::reply::replied(model, ticket, &result),
        NetworkMsg::NotRecorded { ticket, why } => send::journal::refused(model, ticket, why),
        NetworkMsg::Blocked { ticket, exposure } => {
            send::reply::blocked(model, ticket, &exposure);
        }
        NetworkMsg::SentBefore { ticket, previous } => {
            send::reply::sent_before(model, ticket, &previous);
        }
        NetworkMsg::EndNotRecorded(why) => send::journal::unfinished(model, &why),
    }
}

pub(super) fn draft(model: &mut Model, reply: DraftReply) {
    match reply {
        DraftReply::Drafts { kind, list } => draft::list::listed(model, kind, list),
        DraftReply::Peeked { path, digest } => draft::list::peeked(model, &path, &digest),
        DraftReply::Opened(result) => draft::open::opened(model, result),
        DraftReply::Built(result) => draft::new::built(model, result),
        DraftReply::InUse(draft) => {
            draft::open::in_use(model, draft);
        }
        DraftReply::NotLocked(why) => {
            notify::complain(model, format!("Other programs cannot see that this draft is open: {why}"));
        }
        DraftReply::Saved { revision, outcome } => draft::save::saved(model, revision, outcome),
        DraftReply::Reloaded(result) => draft::conflict::reloaded(model, result),
        DraftReply::ChangedOnDisk { refused, found } => {
            draft::conflict::refused(model, *refused, found);
        }
        DraftReply::Renamed(result) => draft::list::renamed(model, result),
        DraftReply::Duplicated(result) => draft::list::duplicated(model, result),
        DraftReply::Restored { name, outcome } => draft::list::restored(model, name, outcome),
        DraftReply::Deleted(result) => draft::list::deleted(model, result),
    }
}

pub(super) fn recovery(model: &mut Model, reply: RecoveryReply) {
    match reply {
        RecoveryReply::WorkKept(result) => draft::recovery::written(model, result),
        RecoveryReply::Leftovers { result, is_asked } => {
            draft::recovery::found(model, result, is_asked);
        }
        RecoveryReply::LeftoverTaken(result) => draft::recovery::restored(model, result),
        RecoveryReply::LeftoverDropped(result) => draft::recovery::discarded(model, result),
    }
}

pub(super) fn disk(model: &mut Model, reply: DiskReply) {
    match reply {
        DiskReply::Exported { target, path, outcome } => {
            payload::export::written(model, target, path, outcome);
        }
        DiskReply::Silenced(result) => form::silence::silenced(model, result),
        DiskReply::Book(result) => send::instance::booked(model, result),
        DiskReply::Recalled(result) => send::journal::recalled(model, result),
        DiskReply::Journal(result) => send::journal::listed(model, result),
        DiskReply::AcceptedFound { environment, result } => {
            send::review::compared(model, &environment, result);
        }
        DiskReply::FilesRead { command, result } => {
            import::files_read(model, command.as_ref(), result);
        }
    }
}

pub(super) fn terminal(model: &mut Model, reply: TerminalReply) {
    match reply {
        TerminalReply::Copied { what, outcome } => {
            payload::copy::copied(model, &what, outcome);
        }
    }
}

pub(super) fn sandbox(model: &mut Model, reply: SandboxMsg) {
    match reply {
        SandboxMsg::Sandbox(result) => send::reply::sandbox_started(model, result),
        SandboxMsg::Received(result) => send::received_run::listed(model, result),
        SandboxMsg::Stirred => send::received_run::refresh(model),
        SandboxMsg::Renewed(overview) => send::received_run::renewed(model, overview),
        SandboxMsg::InstanceMade(instance) => send::instance::made_here(model, instance),
    }
}

pub(super) fn key(model: &mut Model, reply: KeyReply) {
    match reply {
        KeyReply::KeyFound { environment, result } => send::key::found(model, environment, result),
        KeyReply::KeyStored { environment, result } => {
            send::key::stored(model, &environment, result);
        }
    }
}
