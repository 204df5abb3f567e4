//! The arguments of `env`, `key` and `doctor`.

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum EnvironmentCommand {
    /// List the environments
    List,
    /// Show all settings of an environment
    Show {
        /// Id or label of the environment
        name: String,
    },
    /// Test whether an environment accepts the key; changes nothing
    Test(ProbeArguments),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ProbeArguments {
    /// Id or label of the environment; default: the configured one
    pub(in crate::cli) name: Option<String>,
    /// Use this base URL instead of the environment's
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) base_url: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct DoctorArguments {
    /// Environment whose key to check
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) env: Option<String>,
    /// Use this base URL instead of the environment's
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) base_url: Option<String>,
    /// Check the environment as well: connection, key and clock
    #[arg(long)]
    pub(in crate::cli) check_network: bool,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum KeyCommand {
    /// Print the source of the key
    Where {
        /// Environment of the key; default: the configured one
        #[arg(long, value_name = "NAME")]
        env: Option<String>,
    },
    /// Save a key in the system keyring, typed without echo or read from standard input
    Set {
        /// Environment of the key; default: the configured one
        #[arg(long, value_name = "NAME")]
        env: Option<String>,
    },
    /// Remove a key from the system keyring
    Remove {
        /// Environment of the key; default: the configured one
        #[arg(long, value_name = "NAME")]
        env: Option<String>,
    },
}
