//! The arguments of `mappings`, and what `schema` prints.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum MappingCommand {
    /// List the mappings, those of files first, and the faults of files
    List,
    /// Print the file of a mapping
    Show {
        /// Name of the mapping
        name: String,
    },
    /// Guess a mapping from the JSON of one run, and print it
    Suggest {
        /// File with the JSON of a run, or of a page of runs; - for standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Name of the tool
        #[arg(long, value_name = "LABEL", default_value = "My tool")]
        name: String,
    },
    /// Read a run with a mapping, and print each field with its expression, value and problem
    Test {
        /// Name of a mapping, or its file
        #[arg(value_name = "NAME|FILE")]
        mapping: String,
        /// File with the JSON of the run; - for standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// What `schema` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SchemaOf {
    /// The payload
    Payload,
    /// The file of a mapping
    Mapping,
    /// The file of a profile
    Profile,
}
