//! How much of the unsaved work is on disk, and when the next write is due.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::{DraftFile, Model};
use crate::import::mapping::Definition;
use crate::time::{Duration, Timestamp};

/// After a pause of this length in the changes, they are written.
const PAUSE: Duration = Duration::from_millis(200);
/// No change waits longer than this, so that a write ends in less than a second.
const LONGEST: Duration = Duration::from_millis(600);

/// The unsaved work on disk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Recovery {
    /// The state that was written last or is being written; `None` without a file.
    pub(crate) kept: Option<u64>,
    /// The changes that are not written yet.
    pub(crate) waiting: Option<Waiting>,
    /// Whether a write is in progress. The next write waits for its end, so that a slow disk builds
    /// up no queue.
    pub(crate) is_writing: bool,
    /// Why the last write failed.
    pub(crate) fault: Option<String>,
    /// The mapping on disk that is not saved under a name.
    pub(crate) mapping: Option<Box<Definition>>,
}

/// Changes that are not written yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Waiting {
    /// The state that includes the changes.
    pub(crate) state: u64,
    /// The time of the first change.
    pub(crate) first: Timestamp,
    /// The time of the newest change.
    pub(crate) newest: Timestamp,
}

impl Waiting {
    /// When the write is due.
    fn due(self) -> Timestamp {
        (self.newest + PAUSE).min(self.first + LONGEST)
    }
}

impl Recovery {
    /// Records the state of the unsaved work; returns whether a write is due.
    pub(crate) fn is_due(&mut self, state: u64, now: Timestamp, is_woken: bool) -> bool {
        if self.kept == Some(state) {
            self.waiting = None;
            return false;
        }
        let waiting = match self.waiting {
            Some(waiting) if waiting.state == state => waiting,
            Some(Waiting { first, .. }) => Waiting { state, first, newest: now },
            None => Waiting { state, first: now, newest: now },
        };
        self.waiting = Some(waiting);
        // The clock may stop or be set back, so that a wake-up alone is enough.
        !self.is_writing && (is_woken || now >= waiting.due())
    }

    /// When to wake the program for a write.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.waiting.filter(|_| !self.is_writing).map(Waiting::due)
    }
}

impl Model {
    /// A hash of the unsaved work; `None` if everything is saved.
    pub(crate) fn unsaved_state(&self) -> Option<u64> {
        if !self.is_unsaved() || self.settings.read_only || !self.settings.keeps_work {
            return None;
        }
        let mut hasher = DefaultHasher::new();
        let DraftFile { name, saved, base, .. } = &self.draft.file;
        (self.document.revision(), self.draft_settings(), name, saved, base).hash(&mut hasher);
        Some(hasher.finish())
    }

    /// Whether unsaved work exists and is completely on disk.
    pub(crate) fn is_kept(&self) -> bool {
        let state = self.unsaved_state();
        state.is_some() && self.draft.recovery.kept == state && self.draft.recovery.fault.is_none()
    }
}
