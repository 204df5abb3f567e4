//! The wrapped rows of the payload pane, for the views other than the JSON.

use std::borrow::Cow;

use crate::app::comparison::ComparisonRow;
use crate::app::model::PreviewForm;
use crate::document::Value;
use crate::simulation::SimulationRow;
use crate::time::Timestamp;

/// A row of the payload pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaneRow {
    /// Text, what its line break replaces in the whole text, and the columns before a row that
    /// continues the line above.
    Text(String, &'static str, usize),
    /// A row of a comparison.
    Change(ComparisonRow),
    /// A row of the simulation.
    Simulated(SimulationRow),
}

/// Identifies the input of wrapped rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LayoutStamp {
    pub(crate) form: PreviewForm,
    pub(crate) revision: u64,
    pub(crate) place: String,
    pub(crate) columns: usize,
    /// The number of redacted keys.
    pub(crate) keys: usize,
}

/// The wrapped rows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PaneLayout {
    pub(crate) stamp: LayoutStamp,
    pub(crate) rows: Vec<PaneRow>,
    /// The number of places that differ, in a comparison; of losses, in a simulation.
    pub(crate) count: usize,
    /// The newer revision of the document, and since when the rows are out of date.
    pub(crate) stale: Option<(u64, Timestamp)>,
}

/// The run of the job that the environment accepted last.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// The name on screen, such as “run 12”.
    pub name: String,
    /// The payload that was sent.
    pub run: Value,
}

impl PaneRow {
    /// The row as text.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text, ..) => Cow::Borrowed(text),
            Self::Change(row) => Cow::Owned(row.text()),
            Self::Simulated(row) => Cow::Owned(row.with_mark("")),
        }
    }

    /// The separator before the next row in the text to search.
    pub(super) const fn gap(&self) -> &'static str {
        match self {
            Self::Text(_, gap, _) => gap,
            Self::Change(_) | Self::Simulated(_) => "\n",
        }
    }

    /// The columns before the text on screen; the last two are the mark of a continued line.
    pub const fn indent(&self) -> usize {
        match self {
            Self::Text(_, _, indent) => *indent,
            Self::Change(_) | Self::Simulated(_) => 0,
        }
    }
}
