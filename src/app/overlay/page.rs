//! Pages: text above the form that is read and scrolled.

use crate::app::comparison::Comparison;
use crate::app::tour::TourPlace;
use crate::app::{Action, reading, received_run, reply};
use crate::export::ExportTarget;
use crate::sandbox::Overview;
use crate::wire::Explanation;

use super::Overlay;

/// Text to read, as far as it is scrolled.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// What it shows.
    pub content: Content,
    /// How many rows are scrolled out of sight at the top.
    pub scroll: usize,
}

/// What a page shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// All keys, and what the focused field means.
    Help,
    /// Plain text.
    Text {
        /// The heading.
        title: String,
        /// Its lines, which are wrapped with their indents.
        lines: Vec<String>,
    },
    /// The run in another format.
    Exported {
        /// The format.
        target: ExportTarget,
        /// The text, with long lines cut.
        lines: Vec<String>,
    },
    /// The difference between two documents.
    Compare(Comparison),
    /// What arrived at the sandbox, and its planned faults.
    ReceivedRuns(Box<Overview>),
    /// The reply to a request, explained.
    Reply(Explanation),
}

impl Content {
    /// The page as an overlay, at its top.
    pub const fn page(self) -> Overlay {
        Overlay::Page(Page { content: self, scroll: 0 })
    }

    /// What the guided tour calls the place where it is open.
    pub const fn place(&self) -> TourPlace {
        match self {
            Self::Exported { .. } => TourPlace::Exported,
            Self::ReceivedRuns(_) => TourPlace::ReceivedRuns,
            Self::Reply(_) => TourPlace::Reply,
            Self::Help | Self::Text { .. } | Self::Compare(_) => TourPlace::Other,
        }
    }

    /// What its own keys do, in words behind each key; all pages scroll, and close.
    pub const fn keys(&self) -> &'static [(Action, &'static str)] {
        match self {
            Self::Exported { .. } => &[(Action::Enter, "copy"), (Action::Save, "save as file")],
            Self::ReceivedRuns(_) => &[(Action::Enter, "next answer")],
            Self::Reply(explanation) if explanation.field.is_some() => {
                &[(Action::Enter, "goes to the field")]
            }
            Self::Help | Self::Text { .. } | Self::Compare(_) | Self::Reply(_) => &[],
        }
    }

    /// How many rows it has in so many columns; `None` where that depends on more than the page.
    pub(crate) fn row_count(&self, columns: usize) -> Option<usize> {
        Some(match self {
            Self::Help => return None,
            Self::Reply(explanation) => reply::rows(explanation, columns).len(),
            Self::Text { lines, .. } | Self::Exported { lines, .. } => reading::rows(lines, columns).len(),
            Self::Compare(comparison) => comparison.rows(columns).len(),
            Self::ReceivedRuns(overview) => received_run::rows(overview, columns).len(),
        })
    }

    /// The most columns that it takes, and those of its frame.
    pub(crate) const fn width(&self) -> (u16, u16) {
        if matches!(self, Self::Reply(_)) { (90, 6) } else { (100, 4) }
    }
}
