//! Pages: scrollable text above the form.

use crate::app::comparison::Comparison;
use crate::app::tour::TourPlace;
use crate::app::{Action, mapper, reading, received_run, reply};
use crate::export::ExportTarget;
use crate::sandbox::Overview;
use crate::wire::Explanation;

use super::Overlay;

/// A page and its scroll position.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The content.
    pub content: Content,
    /// The number of rows scrolled out at the top.
    pub scroll: usize,
}

/// The content of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// All keys, and the help on the focused field.
    Help,
    /// The keys and functions of the mapper.
    MapperHelp,
    /// Plain text.
    Text {
        /// The heading.
        title: String,
        /// Its lines; wrapped rows keep the indent.
        lines: Vec<String>,
    },
    /// The run in another format.
    Exported {
        /// The format.
        target: ExportTarget,
        /// The text.
        lines: Vec<String>,
    },
    /// The comparison of two documents.
    Compare(Comparison),
    /// The received runs of the sandbox, and its planned faults.
    ReceivedRuns(Box<Overview>),
    /// The explained reply to a request.
    Reply(Explanation),
}

impl Content {
    /// The page as an overlay, scrolled to the top.
    pub const fn page(self) -> Overlay {
        Overlay::Page(Page { content: self, scroll: 0 })
    }

    /// The place in the guided tour while the page is open.
    pub const fn place(&self) -> TourPlace {
        match self {
            Self::Exported { .. } => TourPlace::Exported,
            Self::ReceivedRuns(_) => TourPlace::ReceivedRuns,
            Self::Reply(_) => TourPlace::Reply,
            Self::Help | Self::MapperHelp | Self::Text { .. } | Self::Compare(_) => TourPlace::Other,
        }
    }

    /// The keys of this page, each with its label. All pages scroll and close as well.
    pub const fn keys(&self) -> &'static [(Action, &'static str)] {
        match self {
            Self::Exported { .. } => &[(Action::Enter, "copy"), (Action::Save, "save as file")],
            Self::ReceivedRuns(_) => &[(Action::Enter, "set next reply")],
            Self::Reply(explanation) if explanation.field.is_some() => &[(Action::Enter, "go to the field")],
            Self::Help | Self::MapperHelp | Self::Text { .. } | Self::Compare(_) | Self::Reply(_) => &[],
        }
    }

    /// The number of rows at a width; `None` if it depends on more than the page.
    pub(crate) fn row_count(&self, columns: usize) -> Option<usize> {
        Some(match self {
            Self::Help => return None,
            Self::MapperHelp => mapper::help_rows(columns),
            Self::Reply(explanation) => reply::rows(explanation, columns).len(),
            Self::Text { lines, .. } => reading::rows(lines, columns).len(),
            Self::Exported { lines, .. } => reading::rows(&reading::cut(lines), columns).len(),
            Self::Compare(comparison) => comparison.rows(columns).len(),
            Self::ReceivedRuns(overview) => received_run::rows(overview, columns).len(),
        })
    }

    /// The most columns of the page, and the columns of its frame.
    pub(crate) const fn width(&self) -> (u16, u16) {
        if matches!(self, Self::Reply(_)) { (90, 6) } else { (100, 4) }
    }
}
