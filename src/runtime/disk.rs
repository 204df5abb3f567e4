//! Draft files, read and written on a thread of their own, started with the first of them.

use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use crate::app::message::Kept;
use crate::app::{Effect, Msg, SaveOutcome};
use crate::draft::Draft;
use crate::world::store::{self, DraftEntry, StoreError};
use crate::world::{World, book, config};

use super::{Event, tell};

/// The disk for a program that must not wait.
pub(super) struct Disk {
    world: Arc<dyn World>,
    answers: Sender<Event>,
    orders: Option<Sender<Effect>>,
}

impl Disk {
    /// A disk that has not started anything yet.
    pub(super) fn new(world: Arc<dyn World>, answers: Sender<Event>) -> Self {
        Self { world, answers, orders: None }
    }

    /// Carries out one effect on the disk thread, in the order they came.
    pub(super) fn run(&mut self, effect: Effect) {
        let orders = self.orders.get_or_insert_with(|| start(Arc::clone(&self.world), self.answers.clone()));
        if let Err(unsent) = orders.send(effect) {
            // The thread could not be started or is gone: do it here, late rather than never.
            carry_out(&*self.world, &self.answers, unsent.0);
        }
    }
}

fn start(world: Arc<dyn World>, answers: Sender<Event>) -> Sender<Effect> {
    let (orders, received) = channel();
    let worker = move || {
        for effect in received {
            carry_out(&*world, &answers, effect);
        }
    };
    // Without a thread the receiver is dropped, and `run` does the work itself.
    std::thread::Builder::new().name("disk".to_owned()).spawn(worker).ok();
    orders
}

fn carry_out(world: &dyn World, answers: &Sender<Event>, effect: Effect) {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only effects on files come here")]
    let msg = match effect {
        Effect::ListDrafts => {
            let list = store::list_drafts(world).map_err(|error| error.to_string());
            Msg::Drafts(list.map(|drafts| drafts.into_iter().map(kept).collect()))
        }
        Effect::OpenDraft { name } => {
            Msg::Opened(store::load_draft(world, &name).map(Box::new).map_err(|error| error.to_string()))
        }
        Effect::SaveDraft { draft, revision, replace } => {
            Msg::Saved { revision, outcome: save(world, &draft, replace) }
        }
        Effect::LoadBook => match book::load(world) {
            // Nothing to tell.
            Ok(book) if book.entries.is_empty() => return,
            loaded => Msg::Book(loaded.map_err(|error| error.to_string())),
        },
        Effect::KeepInstance { environment, entry } => {
            Msg::Book(book::keep(world, &environment, *entry).map_err(|error| error.to_string()))
        }
        Effect::Silence { code } => {
            let written = config::silence(world, &code).map_err(|error| error.to_string());
            Msg::Silenced(written.map(|()| code))
        }
        Effect::RenameDraft { from, to } => Msg::Renamed(
            store::rename_draft(world, &from, &to).map(|entry| entry.name).map_err(|error| error.to_string()),
        ),
        Effect::DeleteDraft { name } => Msg::Deleted(
            store::delete_draft(world, &name).map(|_trashed| name).map_err(|error| error.to_string()),
        ),
        _ => return,
    };
    tell(answers, msg);
}

fn save(world: &dyn World, draft: &Draft, replace: bool) -> SaveOutcome {
    // Two programs may have the same draft open; the second to save it is asked before the first's work goes.
    if replace
        && draft.saved.is_some()
        && store::load_draft(world, &draft.name).is_ok_and(|kept| kept.saved != draft.saved)
    {
        return SaveOutcome::Overtaken;
    }
    match if replace { store::save_draft(world, draft) } else { store::save_new_draft(world, draft) } {
        Ok(entry) => SaveOutcome::Saved(entry.saved.unwrap_or_else(|| world.now())),
        Err(StoreError::Taken(_)) => SaveOutcome::Exists,
        Err(error) => SaveOutcome::Failed(error.to_string()),
    }
}

fn kept(entry: DraftEntry) -> Kept {
    Kept { name: entry.name, saved: entry.saved, bytes: entry.bytes, fault: entry.fault }
}
