//! What may stand above the form: pickers, prompts, questions, the review, the reply.

use crate::app::Action;
use crate::app::draft_list::DraftList;
use crate::app::editor::{Editor, HiddenEntry};
use crate::app::incoming::Incoming;
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

/// Something above the form; the topmost one takes the keys.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// A list to choose from.
    Pick(Picker, List),
    /// One line of text to type.
    Prompt(Prompt),
    /// A search in the payload pane.
    Find(Box<Search>),
    /// A key to type, shown as dots.
    Key {
        /// What was typed.
        entry: HiddenEntry,
        /// What is wrong with it.
        fault: Option<String>,
        /// What to go on with when the key is there.
        then: Option<Action>,
        /// Whether to keep it in the keyring as well.
        keep: bool,
    },
    /// A question with a few answers.
    Ask(Question),
    /// What will be sent, and where.
    Review {
        /// How far it is scrolled.
        scroll: usize,
        /// The name typed to confirm a protected environment.
        typed: Editor,
        /// Why it was not sent at the last try.
        fault: Option<String>,
        /// What goes once more in the document's place.
        again: Option<Box<Again>>,
        /// The accepted run that it is compared with.
        since: Since,
    },
    /// A request is under way.
    Waiting,
    /// What is about to come in from elsewhere.
    Import(Box<Incoming>),
    /// Text to read.
    Page(Page),
}

/// What a picker lists.
#[derive(Debug, Clone, PartialEq)]
pub enum List {
    /// All actions.
    Actions,
    /// What can be done with a field.
    Field {
        /// The label of the field.
        title: String,
    },
    /// The environments.
    Environments,
    /// The instance book.
    Instances,
    /// What a new draft may begin with.
    Origins,
    /// The export formats.
    Exports,
    /// Drafts.
    Drafts(DraftList),
    /// Unsaved work of earlier sessions.
    Leftovers,
    /// The journal.
    Journal,
    /// The entries of the journal to compare one with.
    Others,
    /// The words for a field.
    Words {
        /// The label of the field.
        label: String,
    },
    /// Several fixes of one problem.
    Fixes,
    /// The next answer of the sandbox.
    SandboxAnswers,
    /// The runs of an input with several.
    Runs,
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
            Self::Journal => "Journal",
            Self::Others => "Compare with",
            Self::Words { label } => label,
            Self::Fixes => "Fix",
            Self::SandboxAnswers => "What the sandbox answers",
            Self::Runs => "Import a run",
        }
    }
}

/// What a new draft may begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftOrigin {
    /// A template.
    Template(&'static Template),
    /// The build on the screen, to be deployed.
    Here,
    /// A build in a draft that is still to be chosen, to be deployed.
    Build,
}

/// What a new draft begins with.
#[derive(Debug, Clone, PartialEq)]
pub struct Beginning {
    /// The payload.
    pub document: Value,
    /// The integration id.
    pub integration: String,
    /// What to say about it.
    pub words: String,
}

/// A line of text to type.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// What it is for.
    pub purpose: PromptPurpose,
    /// What was typed.
    pub editor: Editor,
    /// Whether the next character replaces the text, as it does with a suggestion.
    pub fresh: bool,
    /// What is wrong with it.
    pub fault: Option<String>,
}

/// A question with a few answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The heading.
    pub title: String,
    /// What it is about.
    pub lines: Vec<String>,
    /// The answers, the first being the one Enter gives.
    pub answers: Vec<(String, OverlayAnswer)>,
    /// Which one is chosen.
    pub chosen: usize,
}
