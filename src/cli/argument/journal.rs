//! The arguments of `journal`.

use clap::{Args, Subcommand, ValueEnum};

use crate::wire;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum JournalCommand {
    /// List the entries, newest first
    List(Filter),
    /// Print an entry and the exact body that was sent
    Show {
        /// Id of the entry or its first characters; default: the newest
        id: Option<String>,
        /// Print only the body, exactly as it was sent
        #[arg(long)]
        body: bool,
    },
    /// Print the entries as NDJSON, one object per line, oldest first
    Export(Filter),
}

/// Options that select entries.
#[derive(Debug, Args)]
pub(in crate::cli) struct Filter {
    /// Only entries of this environment (id)
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) env: Option<String>,
    /// Only runs whose full job name contains this text
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) job: Option<String>,
    /// Only entries with this outcome
    #[arg(long, value_enum)]
    pub(in crate::cli) outcome: Option<OutcomeFilter>,
    /// Only the N newest entries
    #[arg(long, value_name = "N")]
    pub(in crate::cli) last: Option<usize>,
}

/// The outcomes that `--outcome` accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OutcomeFilter {
    /// The server accepted it
    Accepted,
    /// The server refused it
    Refused,
    /// SEI did not get the request (no connection, TLS, proxy page)
    #[value(alias = "no-answer")]
    NotDelivered,
    /// The server may have accepted it
    Unknown,
}

impl From<OutcomeFilter> for wire::Outcome {
    fn from(outcome: OutcomeFilter) -> Self {
        match outcome {
            OutcomeFilter::Accepted => Self::Accepted,
            OutcomeFilter::Refused => Self::Refused,
            OutcomeFilter::NotDelivered => Self::NotDelivered,
            OutcomeFilter::Unknown => Self::Unknown,
        }
    }
}
