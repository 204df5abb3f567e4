//! What may be asked of the drafts.

use clap::Subcommand;
use clap::builder::PossibleValuesParser;

use super::Format;
use crate::draft::template::{DEPLOYMENT, TEMPLATES};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum DraftCommand {
    /// List the drafts, the one saved last first
    List {
        /// How to print them
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Print the payload of a draft
    Show {
        /// Name of the draft
        name: String,
    },
    /// Start a draft from a template, or the deployment of a build in another draft
    New {
        /// Name of the new draft
        name: String,
        /// What it begins with; `drafts templates` lists them
        #[arg(long, value_name = "ID", value_parser = template_ids())]
        template: Option<String>,
        /// Begin the deployment of the build in this draft
        #[arg(long, value_name = "DRAFT")]
        from: Option<String>,
    },
    /// List what a draft can begin with
    Templates,
    /// Give a draft another name
    Rename {
        /// Name of the draft
        name: String,
        /// Its new name
        new_name: String,
    },
    /// Copy a draft under another name
    Duplicate {
        /// Name of the draft
        name: String,
        /// Name of the copy
        new_name: String,
    },
    /// Move drafts to the trash folder
    Delete {
        /// Names of the drafts
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
    /// List what is in the trash, as `list` does
    Trash {
        /// How to print them
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Take a draft out of the trash again
    Restore {
        /// Name of the draft
        name: String,
        /// Another name for it, where its own is taken
        #[arg(long = "as", value_name = "NEW")]
        new_name: Option<String>,
    },
    /// Print the file of a draft, or the folder of all
    Path {
        /// Name of the draft
        name: Option<String>,
    },
}

/// The names of the templates, that of a deployment among them, so that shells can complete them.
fn template_ids() -> PossibleValuesParser {
    PossibleValuesParser::new(TEMPLATES.iter().map(|template| template.id).chain([DEPLOYMENT]))
}
