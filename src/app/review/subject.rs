//! The subject of a review: the document or a journal entry; and the run to compare with.

use crate::app::comparison::Comparison;
use crate::app::pane_layout::Accepted;
use crate::check::Problem;
use crate::document::Value;
use crate::journal::JournalEntry;
use crate::wire::Request;

/// A journal entry to resend: the exact body to the same address.
#[derive(Debug, Clone, PartialEq)]
pub struct Again {
    /// The position of its environment in the list.
    pub environment: usize,
    /// The request to resend.
    pub request: Request,
    /// The run in its body.
    pub run: Value,
    /// The problems of the run.
    pub problems: Vec<Problem>,
}

/// The last accepted run of the reviewed job.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Since {
    /// The journal is being read.
    #[default]
    Looking,
    /// The journal has none.
    First,
    /// The run was found.
    Run(Box<PreviousSent>),
}

/// An accepted run and how the reviewed one differs.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviousSent {
    /// The name on screen, with the time of acceptance.
    pub name: String,
    /// The changes since that run.
    pub comparison: Comparison,
}

impl PreviousSent {
    /// Compares a journal entry with the run to send.
    pub(crate) fn of(entry: &JournalEntry, run: &Value) -> Option<Self> {
        let Accepted { name, run: old, .. } = Accepted::of(entry)?;
        let comparison = Comparison::new(format!("Changes since {name}"), &old, run);
        Some(Self { name: format!("{name}, accepted {}", entry.started.human()), comparison })
    }
}

impl Accepted {
    /// The run of a journal entry.
    pub(crate) fn of(entry: &JournalEntry) -> Option<Self> {
        let number = entry.identity.build_number;
        let name = number.map_or_else(|| "run without a number".to_owned(), |n| format!("#{n}"));
        Some(Self { name, run: entry.document()? })
    }
}
