//! What of the unsaved work is on disk, and when the rest has to follow.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::{DraftFile, Model};
use crate::time::{Duration, Timestamp};

/// A pause in the changes this long, and they are written.
const PAUSE: Duration = Duration::from_millis(200);
/// No change waits longer than this for such a pause, so that with the writing itself it takes less than a second.
const LONGEST: Duration = Duration::from_millis(600);

/// The unsaved work on disk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Recovery {
    /// The state of the work that was written last, or is on its way; none where there is no file.
    pub(crate) kept: Option<u64>,
    /// The changes that wait to be written.
    pub(crate) waiting: Option<Waiting>,
    /// Whether a write is under way: the next one waits for its end, so that a slow disk piles nothing up.
    pub(crate) is_writing: bool,
    /// Why the last write failed.
    pub(crate) fault: Option<String>,
}

/// Changes that wait to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Waiting {
    /// The state of the work with them.
    pub(crate) state: u64,
    /// When the first of them came.
    pub(crate) first: Timestamp,
    /// When the newest of them came.
    pub(crate) newest: Timestamp,
}

impl Waiting {
    /// When they are to be written.
    fn due(self) -> Timestamp {
        (self.newest + PAUSE).min(self.first + LONGEST)
    }
}

impl Recovery {
    /// Notes the state of the unsaved work; whether it is to be written now.
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
        // A clock may stand still, or be set back: to be woken is enough.
        !self.is_writing && (is_woken || now >= waiting.due())
    }

    /// When to be woken to write.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.waiting.filter(|_| !self.is_writing).map(Waiting::due)
    }
}

impl Model {
    /// A number for the state of the unsaved work; none where everything is saved.
    pub(crate) fn unsaved_state(&self) -> Option<u64> {
        if !self.is_unsaved() || self.settings.read_only || !self.settings.keeps_work {
            return None;
        }
        let mut hasher = DefaultHasher::new();
        let DraftFile { name, saved, base, .. } = &self.draft.file;
        (self.document.revision(), self.draft_settings(), name, saved, base).hash(&mut hasher);
        Some(hasher.finish())
    }

    /// Whether there is unsaved work, and all of it is on disk.
    pub(crate) fn is_kept(&self) -> bool {
        let state = self.unsaved_state();
        state.is_some() && self.draft.recovery.kept == state && self.draft.recovery.fault.is_none()
    }
}
