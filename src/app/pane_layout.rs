//! The wrapped rows of the payload pane, for the views other than the JSON.

use std::borrow::Cow;

use crate::app::comparison::ComparisonRow;
use crate::app::model::PreviewForm;
use crate::document::Value;
use crate::time::Timestamp;

/// A row of the payload pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaneRow {
    /// Text, and what the break behind it took the place of.
    Text(String, &'static str),
    /// A place that differs from another state of the document, or a part of it.
    Change(ComparisonRow),
}

/// What the rows were made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LayoutStamp {
    pub(crate) form: PreviewForm,
    pub(crate) revision: u64,
    pub(crate) place: String,
    pub(crate) columns: usize,
    /// How many keys were hidden.
    pub(crate) keys: usize,
}

/// The rows, and since when they are behind the document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PaneLayout {
    pub(crate) stamp: LayoutStamp,
    pub(crate) rows: Vec<PaneRow>,
    /// How many places differ, where two states are compared.
    pub(crate) count: usize,
    pub(crate) suffix: Option<(u64, Timestamp)>,
}

/// The run of the job that the environment accepted last.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// What it is called.
    pub name: String,
    /// What was sent.
    pub run: Value,
}

impl PaneRow {
    /// The row as it stands on the screen.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text, _) => Cow::Borrowed(text),
            Self::Change(row) => Cow::Owned(row.text()),
        }
    }

    /// What stands between it and the next row where both are one text.
    pub(super) const fn gap(&self) -> &'static str {
        match self {
            Self::Text(_, gap) => gap,
            Self::Change(_) => "\n",
        }
    }
}
