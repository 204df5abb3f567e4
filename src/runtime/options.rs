//! What the app is started with, and how it ends.

use crate::document::Value;
use crate::draft::Draft;
use crate::sandbox::Watch;
use crate::ui::Theme;
use crate::wire::Environment;

/// What the app is opened with.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is wanted or not, whatever the others are")]
pub struct Options {
    /// The environments to choose from.
    pub environments: Vec<Environment>,
    /// Which one is chosen.
    pub environment: usize,
    /// What is in the form.
    pub opening: Opening,
    /// Colors and symbols.
    pub theme: Theme,
    /// Whether the mouse is the program's.
    pub mouse: bool,
    /// Whether nothing may be sent or saved.
    pub read_only: bool,
    /// Whether this is a demo: keys of the person are left alone.
    pub demo: bool,
    /// Whether unsaved work is kept on disk, and that of earlier programs is offered.
    pub recovery: bool,
    /// The sandbox that this program serves already.
    pub sandbox: Option<Watch>,
    /// The codes of rules that are not to be reported.
    pub silenced: Vec<String>,
    /// The step of the guided tour to begin with, where it is to be on.
    pub tour: Option<usize>,
    /// Whether the tour plays itself, and at how many times the speed of reading.
    pub play: Option<f64>,
}

/// What is in the form at the start.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// A blank document.
    Blank,
    /// A draft.
    Draft(Box<Draft>),
    /// A payload that is no draft yet.
    Document(Box<Value>),
}

/// Why the app ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitReason {
    /// The person left, or a signal asked for it.
    Quit,
    /// The person wants the demo now.
    ForDemo,
}
