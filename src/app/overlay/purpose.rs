//! The purposes of prompts.

use crate::app::consent::NewInstance;
use crate::draft::Fingerprint;
use crate::export::ExportTarget;

/// The purpose of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromptPurpose {
    /// The id of a protected environment, to create an instance in it.
    CreateInstance(Box<NewInstance>),
    /// A name to save under.
    SaveAs,
    /// A new name for the draft of this name.
    Rename(String, Option<Fingerprint>),
    /// A file to import.
    Import,
    /// A name for a copy of the draft of this name.
    Duplicate(String, Option<Fingerprint>),
    /// Another name for the draft of this name in the trash.
    Restore(String, Option<Fingerprint>),
    /// A file for an export.
    Export(ExportTarget),
    /// A name for a mapping.
    SaveMapping {
        /// Whether the run is imported afterwards.
        imports: bool,
    },
    /// An example for the mapping of this name, which is edited.
    MappingExample(String),
}

impl PromptPurpose {
    /// The message for an empty prompt.
    pub(crate) const fn lack(&self) -> &'static str {
        match self {
            Self::CreateInstance(_) => "Type the id of the environment.",
            Self::Import => "Paste the text to import, or type a file name.",
            Self::Export(_) => "Type a file name.",
            Self::MappingExample(_) => "Paste the JSON of one run, or type a file name.",
            Self::SaveMapping { .. } => "Type a name for the mapping, such as my-tool.",
            Self::SaveAs | Self::Rename(..) | Self::Duplicate(..) | Self::Restore(..) => "Type a draft name.",
        }
    }

    /// The heading of the prompt.
    pub const fn title(&self) -> &'static str {
        match self {
            Self::CreateInstance(_) => "Create an instance",
            Self::SaveAs => "Save draft as",
            Self::Rename(..) => "Rename draft to",
            Self::Import => "Import: paste here, or type a file name",
            Self::Duplicate(..) => "Duplicate draft as",
            Self::Restore(..) => "That name is taken: restore as",
            Self::Export(_) => "Save export as file",
            Self::SaveMapping { .. } => "Save mapping as",
            Self::MappingExample(_) => "Example: paste its JSON, or type a file name",
        }
    }

    /// The text above the input.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::CreateInstance(instance) => instance.lines(),
            Self::MappingExample(id) => vec![format!("The mapper shows “{id}” with one run of the tool.")],
            Self::SaveAs
            | Self::Rename(..)
            | Self::Import
            | Self::Duplicate(..)
            | Self::Restore(..)
            | Self::Export(_)
            | Self::SaveMapping { .. } => Vec::new(),
        }
    }
}
