//! What may be asked of the journal.

use clap::{Args, Subcommand, ValueEnum};

use crate::wire;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum JournalCommand {
    /// List what was sent, the newest first
    List(Filter),
    /// Print an entry and the exact body that was sent
    Show {
        /// Id of the entry, or the beginning of it; without one, the newest
        id: Option<String>,
        /// Print the body alone, as it was sent
        #[arg(long)]
        body: bool,
    },
    /// Print the entries as NDJSON, an object a line, the oldest first
    Export(Filter),
}

/// Which entries are meant.
#[derive(Debug, Args)]
pub(in crate::cli) struct Filter {
    /// Only what went to this environment, by its id
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) env: Option<String>,
    /// Only runs of jobs with this in their full name
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) job: Option<String>,
    /// Only what ended like this
    #[arg(long, value_enum)]
    pub(in crate::cli) outcome: Option<OutcomeFilter>,
    /// Only the newest of them
    #[arg(long, value_name = "N")]
    pub(in crate::cli) last: Option<usize>,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OutcomeFilter {
    /// The server took it
    Accepted,
    /// The server said no
    Refused,
    /// It did not reach the server
    NoAnswer,
    /// It may or may not have been taken
    Unknown,
}

impl From<OutcomeFilter> for wire::Outcome {
    fn from(outcome: OutcomeFilter) -> Self {
        match outcome {
            OutcomeFilter::Accepted => Self::Accepted,
            OutcomeFilter::Refused => Self::Refused,
            OutcomeFilter::NoAnswer => Self::NoAnswer,
            OutcomeFilter::Unknown => Self::Unknown,
        }
    }
}
