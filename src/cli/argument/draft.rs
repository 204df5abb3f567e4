//! What may be asked of the drafts.

use clap::Subcommand;

use super::Format;

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
