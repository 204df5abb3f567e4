//! Overlays above the form: pickers, prompts, questions, the review, the reply.

use crate::app::Action;
use crate::app::draft_list::DraftList;
use crate::app::editor::{Editor, HiddenEntry};
use crate::app::incoming::Incoming;
use crate::app::mapper::Mapper;
use crate::app::picker::Picker;
use crate::app::review::{Again, Since};
use crate::app::search::Search;
use crate::document::Value;
use crate::draft::template::Template;

mod answer;
mod page;
mod purpose;

pub use answer::OverlayAnswer;
pub use page::{Content, Page};
pub use purpose::PromptPurpose;

/// An overlay; the topmost overlay receives the keys.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// A list to choose from.
    Pick(Picker, List),
    /// One line of text to type.
    Prompt(Prompt),
    /// A search in the payload pane.
    Find(Box<Search>),
    /// The prompt for an API key, which is redacted.
    Key {
        /// The typed text.
        entry: HiddenEntry,
        /// Why the typed key was refused.
        fault: Option<String>,
        /// The action once the key is known.
        then: Option<Action>,
        /// Whether to store the key in the keyring as well.
        keep: bool,
    },
    /// A question with a few answers.
    Ask(Question),
    /// The review before a send.
    Review {
        /// The number of rows scrolled out at the top.
        scroll: usize,
        /// The name typed to confirm a protected environment.
        typed: Editor,
        /// Why the last attempt was not sent.
        fault: Option<String>,
        /// The journal entry that is resent instead of the document.
        again: Option<Box<Again>>,
        /// The last accepted run, to compare with.
        since: Since,
    },
    /// The wait for a request in flight.
    Waiting,
    /// An import that waits for confirmation.
    Import(Box<Incoming>),
    /// A mapping that is made from an example.
    Mapper(Box<Mapper>),
    /// A page to read.
    Page(Page),
}

/// The content of a picker.
#[derive(Debug, Clone, PartialEq)]
pub enum List {
    /// All actions.
    Actions,
    /// The actions for a field.
    Field {
        /// The label of the field.
        title: String,
    },
    /// The environments.
    Environments,
    /// The instance book.
    Instances,
    /// The origins of a new draft.
    Origins,
    /// The export formats.
    Exports,
    /// Drafts.
    Drafts(DraftList),
    /// Unsaved work of previous sessions.
    Leftovers,
    /// The journal.
    Journal,
    /// The journal entries to compare an entry with.
    Others,
    /// The known words for a field.
    Words {
        /// The label of the field.
        label: String,
    },
    /// Several fixes of one problem.
    Fixes,
    /// The next answer of the sandbox.
    SandboxAnswers,
    /// The runs of an imported text with several runs.
    Runs,
    /// The mappings of the user.
    Mappings,
}

impl List {
    /// The heading of the picker.
    pub fn title(&self) -> &str {
        match self {
            Self::Actions => "All actions",
            Self::Field { title } => title,
            Self::Environments => "Environment",
            Self::Instances => "Instances",
            Self::Origins => "New draft",
            Self::Exports => "Export as",
            Self::Drafts(drafts) => drafts.kind.title(),
            Self::Leftovers => "Unsaved work",
            Self::Journal => "Journal (UTC)",
            Self::Others => "Compare with",
            Self::Words { label } => label,
            Self::Fixes => "Fix",
            Self::SandboxAnswers => "Next sandbox reply",
            Self::Runs => "Import a run",
            Self::Mappings => "Edit a mapping",
        }
    }
}

/// The possible origins of a new draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftOrigin {
    /// A template.
    Template(&'static Template),
    /// A deployment of the build on the screen.
    Here,
    /// A deployment of a build in a draft, which is chosen next.
    Build,
}

/// The initial content of a new draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Beginning {
    /// The payload.
    pub document: Value,
    /// The integration id.
    pub integration: String,
    /// The notice about it.
    pub words: String,
}

/// A line of text to type.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// Its purpose.
    pub purpose: PromptPurpose,
    /// The typed text.
    pub editor: Editor,
    /// Whether the next character replaces the text, as with a suggested name.
    pub fresh: bool,
    /// Why the typed text was refused.
    pub fault: Option<String>,
}

/// A question with a few answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The heading.
    pub title: String,
    /// The text above the answers.
    pub lines: Vec<String>,
    /// The answers; Enter gives the first unless another is chosen.
    pub answers: Vec<(String, OverlayAnswer)>,
    /// The index of the chosen answer.
    pub chosen: usize,
}
