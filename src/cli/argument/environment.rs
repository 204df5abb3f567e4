//! What may be asked about environments and about this machine.

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
    /// Ask an environment whether it takes the key; nothing is changed there
    Test(ProbeArguments),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ProbeArguments {
    /// Id or label of the environment; without it the configured default
    pub(in crate::cli) name: Option<String>,
    /// Talk to this host instead of the environment's; http only on this machine
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) base_url: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct DoctorArguments {
    /// Environment whose key to look at
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) env: Option<String>,
    /// Talk to this host instead of the environment's; http only on this machine
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) base_url: Option<String>,
    /// Ask the environment as well: connection, key and clock
    #[arg(long)]
    pub(in crate::cli) check_network: bool,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum KeyCommand {
    /// Name the source that has the key
    Where {
        /// Environment whose key to look for; without it the configured default
        #[arg(long, value_name = "NAME")]
        env: Option<String>,
    },
    /// Keep a key in the keyring of the system: typed without being shown, or one line of standard input
    Set {
        /// Environment whose key it is; without it the configured default
        #[arg(long, value_name = "NAME")]
        env: Option<String>,
    },
    /// Remove a key from the keyring of the system
    Remove {
        /// Environment whose key it is; without it the configured default
        #[arg(long, value_name = "NAME")]
        env: Option<String>,
    },
}
