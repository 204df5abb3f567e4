//! What this program holds while it lives: the lock of the draft that is open, and the place of its unsaved work.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::draft::Draft;
use crate::world::recovery::{self, RecoverySlot};
use crate::world::store;
use crate::world::{FileError, Lock, World};

/// Shared by the start of the program and its disk thread.
#[derive(Debug, Clone, Default)]
pub(super) struct SessionLock(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    draft: Option<(PathBuf, Lock)>,
    slot: Option<RecoverySlot>,
}

/// Whether a draft is this program's own.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// Other programs see that it is open here, as far as the file system has locks.
    Own,
    /// Other programs do not see it, and this is why.
    Unlocked(String),
    /// Another program has it open.
    Elsewhere,
}

impl SessionLock {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the lock of a draft in place of the one held before.
    pub(super) fn open(&self, world: &dyn World, name: &str) -> Hold {
        let path = match store::find(world, name) {
            Ok(entry) => entry.path,
            // Nothing to hold yet.
            Err(_) => return Hold::Own,
        };
        let mut inner = self.inner();
        if inner.draft.as_ref().is_some_and(|(held, _)| *held == path) {
            return Hold::Own;
        }
        match store::lock(world, &path) {
            Ok(Some(lock)) => inner.draft = Some((path, lock)),
            Ok(None) => return Hold::Elsewhere,
            // A save still compares what it replaces.
            Err(fault) => {
                inner.draft = None;
                if matches!(fault, FileError::Misplaced { .. }) {
                    return Hold::Unlocked(fault.to_string());
                }
            }
        }
        Hold::Own
    }

    /// Lets go of the draft that was open.
    pub(super) fn close(&self) {
        self.inner().draft = None;
    }

    /// Writes unsaved work down.
    pub(super) fn keep(&self, world: &dyn World, work: Draft) -> Result<(), FileError> {
        let mut inner = self.inner();
        let slot = match inner.slot.take() {
            Some(slot) => slot,
            None => RecoverySlot::take(world)?,
        };
        inner.slot.insert(slot).write(world, work)
    }

    /// Removes what was written down.
    pub(super) fn forget(&self, world: &dyn World) -> Result<(), FileError> {
        self.inner().slot.as_ref().map_or(Ok(()), |slot| slot.clear(world))
    }

    /// Makes the place of a leftover this program's own; false when another program was faster.
    pub(super) fn adopt(&self, world: &dyn World, id: &str) -> Result<bool, FileError> {
        let Some(adopted) = recovery::adopt(world, id)? else { return Ok(false) };
        let before = self.inner().slot.replace(adopted);
        // What stood there was given up for the leftover.
        before.map_or(Ok(()), |slot| slot.clear(world))?;
        Ok(true)
    }
}
