//! The composer without its terminal: what happened goes in, the new state and the effects to run come out.
//!
//! `update` is pure: it knows no clock, no file, no socket and no screen. The runtime gives it the moment with each
//! message and carries out the effects it returns.

pub mod action;
pub mod arrival;
pub mod change;
pub mod comparison;
pub mod consent;
pub mod editor;
pub mod effect;
pub mod entry;
mod extent;
pub mod geometry;
pub mod incoming;
pub mod laid;
pub mod message;
pub mod model;
mod origin;
pub mod overlay;
pub mod pane;
mod pasted;
pub mod picker;
pub mod preview;
pub mod raw;
pub mod reading;
pub mod reply;
pub mod review;
pub mod row;
pub mod search;
pub mod shelf;
pub mod tour;
mod update;
pub mod way;

pub use action::{Action, Area};
pub use effect::{
    DiskEffect, DraftEffect, Effect, KeyEffect, NetworkEffect, RecoveryEffect, SandboxEffect, TerminalEffect,
};
pub use message::{
    CopyOutcome, DiskReply, DraftReply, ExportOutcome, KeyReply, Msg, NetworkMsg, RecoveryReply,
    RestoreOutcome, SandboxMsg, SaveOutcome, TerminalReply,
};
pub use model::{Access, Choosable, Model, Start};
pub use pasted::Pasted;
pub use update::{
    begin_tour, in_use, kind, open_document, open_draft, rescue, update, wanted_sandbox, welcome,
};

/// The situations keys are resolved in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scene {
    /// The form has the keys.
    Form,
    /// The payload as text has the keys.
    Json,
    /// A list filtered by typing has the keys.
    Picker,
    /// A line of text has the keys.
    Prompt,
    /// The line of a search in the payload pane has the keys.
    Find,
    /// Something to read or to answer has the keys.
    Dialog,
}

impl Model {
    /// The situation keys are resolved in now.
    pub fn scene(&self) -> Scene {
        match self.overlays.last() {
            None if self.edits_text() => Scene::Json,
            None => Scene::Form,
            Some(overlay) => self.scene_of(overlay),
        }
    }

    /// How the keys are read while an overlay is the topmost.
    pub(crate) fn scene_of(&self, overlay: &overlay::Overlay) -> Scene {
        use overlay::Overlay;
        match overlay {
            Overlay::Pick(..) => Scene::Picker,
            Overlay::Find(_) => Scene::Find,
            Overlay::Prompt(_) | Overlay::Key { .. } => Scene::Prompt,
            Overlay::Review { .. } if self.needs_name() => Scene::Prompt,
            Overlay::Page(_)
            | Overlay::Ask(_)
            | Overlay::Review { .. }
            | Overlay::Waiting
            | Overlay::Import(_) => Scene::Dialog,
        }
    }
}
