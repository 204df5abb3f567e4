//! The arguments of `export`.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::export::ExportTarget;

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArguments {
    /// Payload or draft file, or any input of `import`; - for standard input
    pub(in crate::cli) file: PathBuf,
    /// Format to export as
    #[arg(long, value_enum, value_name = "TARGET")]
    pub(in crate::cli) to: ExportTarget,
    /// Target environment; default: that of the draft, then the configured default
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) env: Option<String>,
    /// Use this base URL instead of the environment's
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) base_url: Option<String>,
}

impl ValueEnum for ExportTarget {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let mut help = self.text().to_owned();
        if let Some(first) = help.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Some(PossibleValue::new(self.word()).help(help))
    }
}
