//! What may be asked of the instance book.

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum InstanceCommand {
    /// List the instances that were made or added here
    List,
    /// Add an instance, or bring its entry up to date
    Add(InstanceArguments),
    /// Take an instance out of the book; SEI keeps it
    Remove {
        /// Its GUID or name
        #[arg(value_name = "GUID|NAME")]
        instance: String,
        /// Only the one in this environment
        #[arg(long, value_name = "NAME")]
        env: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(in crate::cli) struct InstanceArguments {
    /// The GUID that SEI has for it
    pub(in crate::cli) guid: String,
    /// Name of the instance
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) name: String,
    /// Its address, as SEI shows it
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) url: Option<String>,
    /// Environment in which it exists
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) env: Option<String>,
    /// The number of its Custom integration
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) integration_id: Option<String>,
    /// A remark of your own
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) note: Option<String>,
}
