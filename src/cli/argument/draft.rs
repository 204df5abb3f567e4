//! The arguments of `drafts`.

use clap::Subcommand;
use clap::builder::PossibleValuesParser;

use super::Format;
use crate::draft::template::{DEPLOYMENT, TEMPLATES};

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum DraftCommand {
    /// List the drafts, last saved first
    List {
        /// How to print the list
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Print the payload of a draft
    Show {
        /// Name of the draft
        name: String,
    },
    /// Create a draft from a template, or as the deployment of another draft's build
    New {
        /// Name of the new draft
        name: String,
        /// Template to start from; `drafts templates` lists them
        #[arg(long, value_name = "ID", value_parser = template_ids())]
        template: Option<String>,
        /// Create the deployment of the build in this draft
        #[arg(long, value_name = "DRAFT")]
        from: Option<String>,
    },
    /// List the templates
    Templates,
    /// Rename a draft
    Rename {
        /// Name of the draft
        name: String,
        /// New name of the draft
        new_name: String,
    },
    /// Copy a draft under another name
    Duplicate {
        /// Name of the draft
        name: String,
        /// Name of the copy
        new_name: String,
    },
    /// Move drafts to the trash
    Delete {
        /// Names of the drafts
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
    /// List the drafts in the trash
    Trash {
        /// How to print the list
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Restore a draft from the trash
    Restore {
        /// Name of the draft
        name: String,
        /// New name, if the old name is in use
        #[arg(long = "as", value_name = "NEW")]
        new_name: Option<String>,
    },
    /// Print the file of a draft, or the folder of all drafts
    Path {
        /// Name of the draft
        name: Option<String>,
    },
}

/// The template ids including the deployment, for shell completion.
fn template_ids() -> PossibleValuesParser {
    PossibleValuesParser::new(TEMPLATES.iter().map(|template| template.id).chain([DEPLOYMENT]))
}
