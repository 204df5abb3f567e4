//! The locks of this session: the lock of the open draft, and the recovery slot of its unsaved
//! work.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::draft::Draft;
use crate::world::recovery::{self, RecoverySlot};
use crate::world::store;
use crate::world::{FileError, Lock, World};

/// The locks, shared by the start of the program and its disk thread.
#[derive(Debug, Clone, Default)]
pub(super) struct SessionLock(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    draft: Option<(PathBuf, Lock)>,
    slot: Option<RecoverySlot>,
}

/// The result of locking a draft.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// The draft is locked here, if the file system supports locks.
    Own,
    /// The draft cannot be locked, for this reason.
    Unlocked(String),
    /// Another program has the draft open.
    Elsewhere,
}

impl SessionLock {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Locks a draft, and releases the previous draft.
    pub(super) fn open(&self, world: &dyn World, name: &str) -> Hold {
        let path = match store::find(world, name) {
            Ok(entry) => entry.path,
            // A draft without a file needs no lock.
            Err(_) => return Hold::Own,
        };
        let mut inner = self.inner();
        if inner.draft.as_ref().is_some_and(|(locked, _)| *locked == path) {
            return Hold::Own;
        }
        match store::lock(world, &path) {
            Ok(Some(lock)) => inner.draft = Some((path, lock)),
            Ok(None) => return Hold::Elsewhere,
            // Without a lock, a save still compares the content that it replaces.
            Err(fault) => {
                inner.draft = None;
                if matches!(fault, FileError::Misplaced { .. }) {
                    return Hold::Unlocked(fault.to_string());
                }
            }
        }
        Hold::Own
    }

    /// Releases the lock of the open draft.
    pub(super) fn close(&self) {
        self.inner().draft = None;
    }

    /// Writes unsaved work to the recovery slot.
    pub(super) fn keep(&self, world: &dyn World, work: Draft) -> Result<(), FileError> {
        let mut inner = self.inner();
        let slot = match inner.slot.take() {
            Some(slot) => slot,
            None => RecoverySlot::take(world)?,
        };
        inner.slot.insert(slot).write(world, work)
    }

    /// Removes the unsaved work from the recovery slot.
    pub(super) fn forget(&self, world: &dyn World) -> Result<(), FileError> {
        self.inner().slot.as_ref().map_or(Ok(()), |slot| slot.clear(world))
    }

    /// Makes the recovery slot of a leftover the slot of this session; `false` if another program
    /// was first.
    pub(super) fn adopt(&self, world: &dyn World, id: &str) -> Result<bool, FileError> {
        let Some(adopted) = recovery::adopt(world, id)? else { return Ok(false) };
        let before = self.inner().slot.replace(adopted);
        // The previous slot holds work that the user gave up for the leftover.
        before.map_or(Ok(()), |slot| slot.clear(world))?;
        Ok(true)
    }
}
