//! The arguments of `simulate`.

use std::path::PathBuf;

use clap::Args;

use super::Format;

#[derive(Debug, Args)]
pub(in crate::cli) struct SimulateArguments {
    /// Payload or draft file, or any input of `import`; - for standard input
    pub(in crate::cli) file: PathBuf,
    /// Target environment; default: that of the draft, if any, then the configured default
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) env: Option<String>,
    /// How to print the simulation
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(in crate::cli) format: Format,
}
