//! The application without the terminal: a message goes in, the new state and the effects come out.
//!
//! `update` is pure: it reads no clock, file, socket or screen. The runtime passes the time with
//! each message and runs the effects that `update` returns.

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
pub mod mapper;
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
    DiskEffect, DraftEffect, Effect, KeyEffect, MappingEffect, NetworkEffect, RecoveryEffect,
    ReplacedMapping, SandboxEffect, TerminalEffect,
};
pub use message::{
    CopyOutcome, DiskReply, DraftReply, ExportOutcome, KeyReply, MappingReply, Msg, NetworkMsg,
    RecoveryReply, RestoreOutcome, SandboxMsg, SaveOutcome, TerminalReply,
};
pub use model::{Access, EnvironmentChoice, Model, Start};
pub use pasted::Pasted;
pub use update::{
    in_use, is_worth_mapping, kind, map_unknown, open_document, open_draft, rescue, restore_mapping,
    start_tour, update, wanted_sandbox, welcome,
};

/// The scenes of the keymap: the same key may mean another action in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scene {
    /// The form.
    Form,
    /// The payload as text.
    Json,
    /// A list that typing filters.
    Picker,
    /// One line of text.
    Prompt,
    /// The search line of the payload pane.
    Find,
    /// A dialog to read or to answer.
    Dialog,
}

impl Scene {
    /// The scene with this table name in `keys.toml`.
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
    /// The scene that resolves the next key.
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

    fn base_scene(&self) -> Scene {
        if self.edits_text() { Scene::Json } else { Scene::Form }
    }

    /// The scene of an overlay while it is topmost.
    pub(crate) fn scene_of(&self, overlay: &overlay::Overlay) -> Scene {
        use overlay::Overlay;
        match overlay {
            Overlay::Pick(..) => Scene::Picker,
            Overlay::Find(_) => Scene::Find,
            Overlay::Prompt(_) | Overlay::Key { .. } => Scene::Prompt,
            Overlay::Review { .. } if self.needs_name() => Scene::Prompt,
            Overlay::Mapper(mapper) if mapper.editor.is_some() => Scene::Prompt,
            Overlay::Page(_)
            | Overlay::Mapper(_)
            | Overlay::Ask(_)
            | Overlay::Review { .. }
            | Overlay::Waiting
            | Overlay::Import(_) => Scene::Dialog,
        }
    }
}
