//! What a part of the simulation finds: losses, and values that SEI stores in another form.

use crate::check::Loss;
use crate::document::{Pointer, Value};

/// Whether SEI already has a run with the same identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunStatus {
    /// SEI has none, as far as known.
    New,
    /// SEI has one: its result and duration stay.
    Repeat,
    /// Unknown.
    Unknown,
}

impl RunStatus {
    /// The word in lists and JSON output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Repeat => "repeat",
            Self::Unknown => "unknown",
        }
    }
}

/// A value that SEI stores in another form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredChange {
    /// The place of the value.
    pub at: Pointer,
    /// The value that is sent; `None` for an absent field.
    pub sent: Option<Value>,
    /// The value that SEI stores.
    pub stored: Value,
    /// The reason in a few words.
    pub why: &'static str,
}

/// A part of the run that SEI does not store or use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedLoss {
    /// The part that is lost.
    pub loss: Loss,
    /// The place of the cause.
    pub at: Pointer,
    /// The code of the rule that reports the cause.
    pub code: &'static str,
    /// The cause and the loss, in a sentence.
    pub message: String,
}

/// Collects the changes and losses of a run.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) changes: Vec<StoredChange>,
    pub(super) losses: Vec<SimulatedLoss>,
    /// Why no report of today includes the run, and the place of the cause.
    pub(super) outside: Option<(Pointer, String)>,
}

impl Findings {
    pub(super) fn lose(&mut self, loss: Loss, at: Pointer, code: &'static str, message: impl Into<String>) {
        self.losses.push(SimulatedLoss { loss, at, code, message: message.into() });
    }

    pub(super) fn change(
        &mut self,
        at: Pointer,
        sent: Option<&Value>,
        stored: impl Into<Value>,
        why: &'static str,
    ) {
        self.changes.push(StoredChange { at, sent: sent.cloned(), stored: stored.into(), why });
    }

    /// Whether the whole run is lost.
    pub(super) fn has_lost_run(&self) -> bool {
        self.losses.iter().any(|lost| lost.loss == Loss::Run)
    }
}
