//! Reads and writes files on the disk thread, which starts with the first task.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crate::app::draft_list::ListedDraft;
use crate::app::draft_list::{Digest, DraftListKind};
use crate::app::{
    Access, DiskEffect, DiskReply, DraftEffect, DraftReply, Effect, MappingEffect, Msg, Pasted,
    RecoveryEffect, RecoveryReply,
};
use crate::book::BookEntry;
use crate::check::Context;
use crate::draft::{Draft, Leftover};
use crate::journal::Journal;
use crate::wire::Secret;
use crate::world::store::{self, DraftEntry};
use crate::world::{FileError, World, book, config, journal, recovery, sweep, tour};

mod draft;

use super::session_lock::{Hold, SessionLock};
use super::{Event, disk_redaction, mapping, notify};

/// The disk for callers that must not wait: its own thread, started with the first task.
pub(super) struct Disk {
    world: Arc<dyn World>,
    answers: Sender<Event>,
    lock: SessionLock,
    running: Option<DiskThread>,
}

/// The longest time that the exit of the program waits for pending writes.
const LAST_WRITES: Duration = Duration::from_secs(2);

/// A task of the disk thread.
type Work = Box<dyn FnOnce(&dyn World) + Send>;

struct DiskThread {
    tasks: Sender<Work>,
    /// Disconnects when the thread ends.
    ended: Receiver<()>,
}

/// A sender of one task to the disk thread, for callbacks that cannot borrow the disk.
pub(super) struct Later(Sender<Work>);

impl Later {
    /// Runs a task on the disk thread, after all previous tasks.
    pub(super) fn work(self, work: impl FnOnce(&dyn World) + Send + 'static) {
        // Without a thread, the program is ending or the thread did not start.
        self.0.send(Box::new(work)).ok();
    }
}

impl Disk {
    /// A disk whose thread starts with the first task.
    pub(super) fn new(world: Arc<dyn World>, answers: Sender<Event>, lock: SessionLock) -> Self {
        Self { world, answers, lock, running: None }
    }

    /// Runs an effect on the disk thread, in order; an effect that would write one of `keys` is
    /// refused or redacted.
    pub(super) fn run(&mut self, effect: Effect, keys: Vec<Secret>) {
        let (answers, lock) = (self.answers.clone(), self.lock.clone());
        self.work(move |world| {
            let answer = match disk_redaction::redact(effect, &keys) {
                Ok(effect) => carry_out(world, &lock, effect),
                Err(refusal) => vec![refusal],
            };
            for msg in answer {
                notify(&answers, msg);
            }
        });
    }

    /// Runs a task on the disk thread, in order.
    pub(super) fn work(&mut self, work: impl FnOnce(&dyn World) + Send + 'static) {
        let unsent = self.running().tasks.send(Box::new(work));
        if let Err(unsent) = unsent {
            // The thread did not start or has ended: run the task here.
            (unsent.0)(&*self.world);
        }
    }

    /// Waits until all previous tasks are done, at most `LAST_WRITES`.
    pub(super) fn finish(&mut self) {
        let (done, all_done) = channel();
        self.work(move |_| {
            done.send(()).ok();
        });
        all_done.recv_timeout(LAST_WRITES).ok();
    }

    /// A sender of one later task.
    pub(super) fn later(&mut self) -> Later {
        Later(self.running().tasks.clone())
    }

    fn running(&mut self) -> &DiskThread {
        self.running.get_or_insert_with(|| start(Arc::clone(&self.world)))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if let Some(DiskThread { tasks, ended }) = self.running.take() {
            drop(tasks);
            // The thread ends after its last task; the program does not wait longer for a slow
            // disk.
            ended.recv_timeout(LAST_WRITES).ok();
        }
    }
}

fn start(world: Arc<dyn World>) -> DiskThread {
    let (tasks, received) = channel::<Work>();
    let (end, ended) = channel();
    let worker = move || {
        for work in received {
            work(&*world);
        }
        drop(end);
    };
    // If the thread does not start, the receiver is dropped and `work` runs each task itself.
    std::thread::Builder::new().name("disk".to_owned()).spawn(worker).ok();
    DiskThread { tasks, ended }
}

/// Runs an effect on files and returns its replies; does nothing for other effects.
pub(super) fn carry_out(world: &dyn World, lock: &SessionLock, effect: Effect) -> Vec<Msg> {
    match effect {
        Effect::Draft(effect) => drafts(world, lock, effect),
        Effect::Recovery(effect) => recover(world, lock, effect),
        Effect::Disk(effect) => others(world, effect).into_iter().collect(),
        Effect::Mapping(MappingEffect::Save { id, definition, replaces }) => {
            vec![mapping::save(world, (id, *definition), &replaces)]
        }
        Effect::Mapping(MappingEffect::Keep { definition }) => {
            // Without the copy, only a kill of the program loses the mapping.
            crate::world::mapping::keep(world, definition.as_deref()).ok();
            Vec::new()
        }
        Effect::NewGuid
        | Effect::Mapping(_)
        | Effect::SaveExport { .. }
        | Effect::Terminal(_)
        | Effect::Network(_)
        | Effect::Key(_)
        | Effect::Sandbox(_) => Vec::new(),
    }
}

/// Runs an effect on the journal, the instance book, the configuration or files to import.
fn others(world: &dyn World, effect: DiskEffect) -> Option<Msg> {
    Some(match effect {
        DiskEffect::RecallRuns => {
            Msg::Disk(DiskReply::Recalled(recent(world).map(|journal| journal.sent_runs().collect())))
        }
        DiskEffect::FindAccepted { environment, job } => {
            let found = recent(world).map(|journal| {
                journal.last_accepted(&environment, &job).map(|entry| Box::new(entry.clone()))
            });
            Msg::Disk(DiskReply::AcceptedFound { environment: environment.id, result: found })
        }
        DiskEffect::ListJournal => {
            Msg::Disk(DiskReply::Journal(recent(world).map(|journal| journal.entries)))
        }
        DiskEffect::LoadBook => match book::load(world) {
            // An empty book needs no reply.
            Ok(book) if book.entries.is_empty() => return None,
            loaded => Msg::Disk(DiskReply::Book(loaded.map_err(|error| error.to_string()))),
        },
        DiskEffect::KeepInstance { environment, entry } => Msg::Disk(DiskReply::Book(
            book::keep(world, &environment, *entry).map_err(|error| error.to_string()),
        )),
        DiskEffect::Silence { code } => {
            let written = config::silence(world, &code).map_err(|error| error.to_string());
            Msg::Disk(DiskReply::Silenced(written.map(|()| code)))
        }
        DiskEffect::ReadFiles { names, command } => {
            Msg::Disk(DiskReply::FilesRead { command, result: files(world, names) })
        }
        DiskEffect::KeepTour { step } => {
            // If this fails, the next tour starts at its first step: a notice would only disturb.
            tour::keep(world, step.as_deref()).ok();
            return None;
        }
    })
}

fn drafts(world: &dyn World, lock: &SessionLock, effect: DraftEffect) -> Vec<Msg> {
    let answer = match effect {
        DraftEffect::ListDrafts { kind } => {
            let list = match kind {
                DraftListKind::Drafts | DraftListKind::Builds => store::list_drafts(world),
                DraftListKind::Trash => store::list_trash(world),
            };
            let list = list.map_err(|error| error.to_string());
            Msg::Draft(DraftReply::Drafts {
                kind,
                list: list.map(|drafts| drafts.into_iter().map(listed).collect()),
            })
        }
        DraftEffect::ReadBuild { name } => Msg::Draft(DraftReply::Built(
            store::load_draft(world, &name).map(Box::new).map_err(|error| error.to_string()),
        )),
        DraftEffect::PeekDraft { path, silenced } => {
            let digest = peek(world, &path, &silenced).map(Box::new);
            Msg::Draft(DraftReply::Peeked { path, digest })
        }
        DraftEffect::OpenDraft { name } => match store::load_draft(world, &name).map(Box::new) {
            Ok(draft) => match lock.open(world, &draft.name) {
                Hold::Own => Msg::Draft(DraftReply::Opened(Ok(draft))),
                Hold::Unlocked(why) => {
                    return vec![
                        Msg::Draft(DraftReply::Opened(Ok(draft))),
                        Msg::Draft(DraftReply::NotLocked(why)),
                    ];
                }
                Hold::Elsewhere => Msg::Draft(DraftReply::InUse(draft)),
            },
            Err(error) => Msg::Draft(DraftReply::Opened(Err(error.to_string()))),
        },
        DraftEffect::SaveDraft { draft, revision, keeps_replaced } => {
            Msg::Draft(DraftReply::Saved { revision, outcome: draft::save(world, &draft, keeps_replaced) })
        }
        DraftEffect::ReloadDraft { name, unsaved } => Msg::Draft(DraftReply::Reloaded(
            draft::reload(world, &name, unsaved.as_deref()).map_err(|error| error.to_string()),
        )),
        DraftEffect::RenameDraft { from, to, base } => draft::rename(world, from, to, base),
        DraftEffect::DuplicateDraft { from, to, base } => draft::duplicate(world, from, to, base),
        DraftEffect::DeleteDraft { name, base } => draft::delete(world, name, base),
        DraftEffect::RestoreDraft { name, to, base } => draft::restore(world, name, to, base),
        DraftEffect::HoldDraft { name } => {
            lock.close();
            return match name.map(|name| lock.open(world, &name)) {
                Some(Hold::Unlocked(why)) => vec![Msg::Draft(DraftReply::NotLocked(why))],
                Some(Hold::Own | Hold::Elsewhere) | None => Vec::new(),
            };
        }
    };
    vec![answer]
}

/// Runs an effect on unsaved work.
fn recover(world: &dyn World, lock: &SessionLock, effect: RecoveryEffect) -> Vec<Msg> {
    match effect {
        RecoveryEffect::KeepWork { draft } => {
            vec![Msg::Recovery(RecoveryReply::WorkKept(
                lock.keep(world, *draft).map_err(|error| error.to_string()),
            ))]
        }
        RecoveryEffect::ForgetWork => removal_fault(lock.forget(world)).into_iter().collect(),
        RecoveryEffect::FindLeftovers { is_asked } => {
            sweep::sweep(world);
            let result = recovery::leftovers(world).map_err(|error| error.to_string());
            vec![Msg::Recovery(RecoveryReply::Leftovers { result, is_asked })]
        }
        RecoveryEffect::TakeLeftover { leftover } => take(world, lock, leftover),
        RecoveryEffect::DropLeftover { id } => {
            vec![Msg::Recovery(RecoveryReply::LeftoverDropped(
                recovery::throw_away(world, &id).map_err(|error| error.to_string()),
            ))]
        }
    }
}

/// The reply for a file that could not be removed, although its work is saved: the next start
/// offers that work.
fn removal_fault(result: Result<(), FileError>) -> Option<Msg> {
    result.err().map(|fault| Msg::Recovery(RecoveryReply::WorkKept(Err(fault.to_string()))))
}

fn take(world: &dyn World, lock: &SessionLock, leftover: Box<Leftover>) -> Vec<Msg> {
    let refused = |why: String| vec![Msg::Recovery(RecoveryReply::LeftoverTaken(Err(why)))];
    match lock.adopt(world, &leftover.id) {
        Ok(true) => {}
        Ok(false) => return refused("Another program has already opened this work.".to_owned()),
        Err(fault) => return refused(fault.to_string()),
    }
    let name = &leftover.draft.name;
    let access = if name.is_empty() { Hold::Own } else { lock.open(world, name) };
    let taken = |access| Msg::Recovery(RecoveryReply::LeftoverTaken(Ok((leftover, access))));
    match access {
        Hold::Own => vec![taken(Access::Own)],
        Hold::Unlocked(why) => vec![taken(Access::Own), Msg::Draft(DraftReply::NotLocked(why))],
        Hold::Elsewhere => vec![taken(Access::ReadOnly)],
    }
}

fn peek(world: &dyn World, path: &Path, silenced: &[String]) -> Result<Digest, String> {
    let text = world.read(path).map_err(|error| error.to_string())?;
    let draft = Draft::read(&text).map_err(|fault| fault.to_string())?;
    // Rules about previous runs need the chosen environment: they report once the draft is open.
    let context = Context {
        now: Some(world.now()),
        environment: draft.environment.clone(),
        instances: book::load(world).unwrap_or_default().entries.iter().map(BookEntry::known).collect(),
        ..Context::default()
    };
    Ok(Digest::of(&draft, &context, silenced))
}

/// The contents of files, relative to the working directory, each with its name.
fn files(world: &dyn World, names: Vec<String>) -> Result<Vec<(String, Pasted)>, String> {
    let read = |name: String| match world.read_file(Path::new(&name)) {
        Ok(text) => Ok((name, Pasted(text))),
        Err(fault) => Err(fault.to_string()),
    };
    names.into_iter().map(read).collect()
}

fn recent(world: &dyn World) -> Result<Journal, String> {
    journal::recent(world).map_err(|error| error.to_string())
}

fn listed(entry: DraftEntry) -> ListedDraft {
    ListedDraft {
        name: entry.name,
        path: entry.path,
        saved: entry.saved,
        bytes: entry.bytes,
        fault: entry.fault,
        base: entry.base,
    }
}
