//! What may be exported, and as what.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::export::ExportTarget;

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArguments {
    /// Payload or draft file, - for standard input
    pub(in crate::cli) file: PathBuf,
    /// What to make of it
    #[arg(long, value_enum, value_name = "TARGET")]
    pub(in crate::cli) to: ExportTarget,
    /// Environment that the runs go to; without it the draft's own, then the configured default
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) env: Option<String>,
    /// Send to this host instead of the environment's
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) base_url: Option<String>,
}

impl ValueEnum for ExportTarget {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(self.text()))
    }
}
