//! The options of the app, and the reason of its end.

use crate::app::Pasted;
use crate::document::Value;
use crate::draft::Draft;
use crate::sandbox::Watch;
use crate::simulation::Profiles;
use crate::ui::Theme;
use crate::wire::Environment;

/// The options of the app and of plain mode.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "the options are independent")]
pub struct Options {
    /// The environments to choose from.
    pub environments: Vec<Environment>,
    /// The index of the chosen environment.
    pub environment: usize,
    /// The document to open.
    pub opening: Opening,
    /// Colors and symbols.
    pub theme: Theme,
    /// Whether the program uses the mouse.
    pub mouse: bool,
    /// Whether nothing may be sent or saved.
    pub read_only: bool,
    /// Whether this is a demo, which does not use the API keys of the user.
    pub demo: bool,
    /// Whether unsaved work is kept on disk, and that of previous sessions is offered.
    pub recovery: bool,
    /// Watches a sandbox that this program serves already.
    pub sandbox: Option<Watch>,
    /// The codes of silenced rules.
    pub silenced: Vec<String>,
    /// The filters that decide where a run counts.
    pub profiles: Profiles,
    /// The step at which the guided tour starts; without a step the tour is off.
    pub tour: Option<usize>,
    /// The speed of a tour that plays itself, as a multiple of the reading speed.
    pub play: Option<f64>,
}

/// The document of the form at the start.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// An empty document.
    Blank,
    /// A saved draft.
    Draft(Box<Draft>),
    /// A payload that is not a draft yet.
    Document(Box<Value>),
    /// JSON that no reader knows, for the mapper.
    Unknown(Pasted),
}

/// The reason why the app ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitReason {
    /// The user quit, or a signal ended the program.
    Quit,
    /// The user asked for the demo.
    ForDemo,
}
