//! What a review is of: the document, or an entry of the journal that goes once more; and what it is compared with.

use crate::app::comparison::Comparison;
use crate::app::pane_layout::Accepted;
use crate::check::Problem;
use crate::document::Value;
use crate::journal::JournalEntry;
use crate::wire::Request;

/// What was sent before, about to go once more: the exact body to the same address.
#[derive(Debug, Clone, PartialEq)]
pub struct Again {
    /// The environment's position in the list.
    pub environment: usize,
    /// What was sent.
    pub request: Request,
    /// The run in it.
    pub run: Value,
    /// What is wrong with the run.
    pub problems: Vec<Problem>,
}

/// The run that was accepted last, of the job that is reviewed.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Since {
    /// The journal is being read.
    #[default]
    Looking,
    /// The journal knows of none.
    First,
    /// It is known.
    Run(Box<PreviousSent>),
}

/// An accepted run and how the reviewed one differs.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviousSent {
    /// What it is called, with its time.
    pub name: String,
    /// What differs.
    pub comparison: Comparison,
}

impl PreviousSent {
    /// Compares an entry of the journal with what would be sent.
    pub(crate) fn of(entry: &JournalEntry, run: &Value) -> Option<Self> {
        let Accepted { name, run: old, .. } = Accepted::of(entry)?;
        let comparison = Comparison::new(format!("Changes since {name}"), &old, run);
        Some(Self { name: format!("{name}, accepted {}", entry.started.human()), comparison })
    }
}

impl Accepted {
    /// The run of an entry of the journal.
    pub(crate) fn of(entry: &JournalEntry) -> Option<Self> {
        let number = entry.identity.build_number;
        let name = number.map_or_else(|| "the run without a number".to_owned(), |n| format!("run {n}"));
        Some(Self { name, run: entry.document()? })
    }
}
