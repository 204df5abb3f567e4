//! What a prompt is for.

use crate::app::consent::NewInstance;
use crate::draft::Fingerprint;
use crate::export::ExportTarget;

/// What a prompt is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromptPurpose {
    /// The id of a protected environment, to create an instance in it.
    CreateInstance(Box<NewInstance>),
    /// A name to save under.
    SaveAs,
    /// A new name for the draft of this name.
    Rename(String, Option<Fingerprint>),
    /// A file to take in.
    Import,
    /// A name for a copy of the draft of this name.
    Duplicate(String, Option<Fingerprint>),
    /// Another name for the draft of this name in the trash.
    Restore(String, Option<Fingerprint>),
    /// A file to keep an export in.
    Export(ExportTarget),
}

impl PromptPurpose {
    /// What is said where nothing was typed.
    pub(crate) const fn lack(&self) -> &'static str {
        match self {
            Self::CreateInstance(_) => "Type the id of the environment.",
            Self::Import => "Paste what is to be taken in, or type the name of a file.",
            Self::Export(_) => "A file needs a name.",
            Self::SaveAs | Self::Rename(..) | Self::Duplicate(..) | Self::Restore(..) => {
                "A draft needs a name."
            }
        }
    }

    /// The heading of the prompt.
    pub const fn title(&self) -> &'static str {
        match self {
            Self::CreateInstance(_) => "Create an instance",
            Self::SaveAs => "Save draft as",
            Self::Rename(..) => "Rename draft to",
            Self::Import => "Take in: paste here, or name a file",
            Self::Duplicate(..) => "Duplicate draft as",
            Self::Restore(..) => "That name is taken: restore as",
            Self::Export(_) => "Save export as file",
        }
    }

    /// What to know before anything is typed.
    pub fn lines(&self) -> Vec<String> {
        if let Self::CreateInstance(instance) = self { instance.lines() } else { Vec::new() }
    }
}
