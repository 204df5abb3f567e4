//! The arguments of `instances`.

use clap::{Args, Subcommand};

use super::Format;

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum InstanceCommand {
    /// List the instances that were created or added here
    List,
    /// Add an instance, or update its entry
    Add(InstanceArguments),
    /// Ask SEI what it has of an instance; changes nothing
    Verify(VerifyArguments),
    /// Remove an instance from the book; SEI keeps the instance
    Remove {
        /// GUID or name of the instance
        #[arg(value_name = "GUID|NAME")]
        instance: String,
        /// Only the instance in this environment
        #[arg(long, value_name = "NAME")]
        env: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(in crate::cli) struct VerifyArguments {
    /// GUID of the instance, or its name in the book
    #[arg(value_name = "GUID|NAME")]
    pub(in crate::cli) instance: String,
    /// Environment to ask; default: that of the instance in the book, then the configured one
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) env: Option<String>,
    /// Use this base URL instead of the environment's
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) base_url: Option<String>,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(in crate::cli) format: Format,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct InstanceArguments {
    /// GUID of the instance in SEI
    pub(in crate::cli) guid: String,
    /// Name of the instance
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) name: String,
    /// Address of the instance, as SEI shows it
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) url: Option<String>,
    /// Environment of the instance
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) env: Option<String>,
    /// Number of its Custom integration
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) integration_id: Option<String>,
    /// A note
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) note: Option<String>,
}
