//! The composer without its terminal: what happened goes in, the new state and the effects to run come out.
//!
//! `update` is pure: it knows no clock, no file, no socket and no screen. The runtime gives it the moment with each
//! message and carries out the effects it returns.

pub mod action;
pub mod change;
pub mod comparison;
pub mod consent;
pub mod draft_list;
pub mod editor;
pub mod effect;
pub mod entry;
pub mod geometry;
pub mod incoming;
pub mod mention;
pub mod message;
pub mod model;
mod origin;
pub mod overlay;
pub mod pane;
pub mod pane_layout;
mod pasted;
pub mod picker;
pub mod preview;
pub mod raw;
pub mod reading;
pub mod received_run;
pub mod reply;
pub mod review;
pub mod row;
mod scroll_range;
pub mod search;
pub mod suggestion;
pub mod tour;
mod update;

pub use action::{Action, ActionGroup};
pub use effect::{
    DiskEffect, DraftEffect, Effect, KeyEffect, NetworkEffect, RecoveryEffect, SandboxEffect, TerminalEffect,
};
pub use message::{
    CopyOutcome, DiskReply, DraftReply, ExportOutcome, KeyReply, Msg, NetworkMsg, RecoveryReply,
    RestoreOutcome, SandboxMsg, SaveOutcome, TerminalReply,
};
pub use model::{Access, EnvironmentChoice, Model, Start};
pub use pasted::Pasted;
pub use update::{
    in_use, kind, open_document, open_draft, rescue, start_tour, update, wanted_sandbox, welcome,
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

impl Scene {
    /// The scene of a name in `keys.toml`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "form" => Some(Self::Form),
            "json" => Some(Self::Json),
            "picker" => Some(Self::Picker),
            "prompt" => Some(Self::Prompt),
            "find" => Some(Self::Find),
            "dialog" => Some(Self::Dialog),
            _ => None,
        }
    }
}

impl Model {
    /// The situation keys are resolved in now.
    pub fn scene(&self) -> Scene {
        self.overlays.last().map_or_else(|| self.base_scene(), |overlay| self.scene_of(overlay))
    }

    /// The scene that notices and help describe: the help dialog describes the scene below it.
    pub fn described_scene(&self) -> Scene {
        let is_help = |overlay: &&overlay::Overlay| {
            matches!(overlay, overlay::Overlay::Page(overlay::Page { content: overlay::Content::Help, .. }))
        };
        let topmost = self.overlays.iter().rev().find(|overlay| !is_help(overlay));
        topmost.map_or_else(|| self.base_scene(), |overlay| self.scene_of(overlay))
    }

    /// The scene without overlays.
    fn base_scene(&self) -> Scene {
        if self.edits_text() { Scene::Json } else { Scene::Form }
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
