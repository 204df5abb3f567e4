//! The arguments of `simulate` and `profile`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Format;

#[derive(Debug, Args)]
pub(in crate::cli) struct SimulateArguments {
    /// Payload or draft file, or any input of `import`; - for standard input
    pub(in crate::cli) file: PathBuf,
    /// Target environment; default: that of the draft, if any, then the configured default
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) env: Option<String>,
    /// Profile with the filters of SEI's metrics; default: that of the environment, then profile.toml
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) profile: Option<PathBuf>,
    /// Say whether the run pairs with this one, and why
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) pair: Option<PathBuf>,
    /// How to print the simulation
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(in crate::cli) format: Format,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ProfileCommand {
    /// Read the team filters of SEI 2.0 (the JSON of `integration_filters`) into profile.toml
    Import {
        /// JSON file; - for standard input
        file: PathBuf,
        /// Replace an existing profile.toml
        #[arg(long)]
        yes: bool,
    },
    /// Print the filters in use
    Show {
        /// Environment with its own profile; default: the configured one
        #[arg(long, value_name = "NAME")]
        env: Option<String>,
    },
}
