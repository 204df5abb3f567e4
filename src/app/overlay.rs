//! What may stand above the form: pickers, prompts, questions, the review, the reply.

use crate::app::comparison::Comparison;
use crate::app::consent::{NewInstance, Repeated};
use crate::app::editor::{Editor, HiddenEntry};
use crate::app::incoming::Incoming;
use crate::app::pasted::Pasted;
use crate::app::picker::Picker;
use crate::app::review::{Again, Since};
use crate::app::search::Search;
use crate::app::shelf::Drafts;
use crate::app::{Action, Effect};
use crate::book::Entry;
use crate::check::Fix;
use crate::document::{Pointer, Value};
use crate::draft::template::Template;
use crate::draft::{Draft, Fingerprint, Leftover};
use crate::export::Target;
use crate::journal;
use crate::sandbox::{Overview, Planned};
use crate::wire::Explanation;

mod purpose;

pub use purpose::Purpose;

/// Something above the form; the topmost one takes the keys.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// All keys, and what the focused field means.
    Help {
        /// How far it is scrolled.
        scroll: usize,
    },
    /// A list to choose from.
    Pick(Picker, Choice),
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
    /// What was sent, out of the journal.
    Sent {
        /// The heading.
        title: String,
        /// What is known of it, and the body laid out.
        lines: Vec<String>,
        /// How far it is scrolled.
        scroll: usize,
    },
    /// What is about to come in from elsewhere.
    Import(Box<Incoming>),
    /// The run as something else.
    Exported {
        /// As what.
        target: Target,
        /// The text, long lines cut.
        lines: Vec<String>,
        /// How far it is scrolled.
        scroll: usize,
    },
    /// How two states of a document differ.
    Compare {
        /// What differs.
        comparison: Comparison,
        /// How far it is scrolled.
        scroll: usize,
    },
    /// What arrived at the sandbox.
    Arrivals {
        /// The runs and the faults to come.
        overview: Box<Overview>,
        /// How far it is scrolled.
        scroll: usize,
    },
    /// What came back, and what it means.
    Reply {
        /// The explanation.
        explanation: Explanation,
        /// How far it is scrolled.
        scroll: usize,
    },
}

/// What a picker chooses.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// An action.
    Action(Vec<Action>),
    /// Something to do with a field.
    Field {
        /// What the field is called.
        title: String,
        /// What can be done.
        actions: Vec<Action>,
    },
    /// An environment, by its position.
    Environment,
    /// An instance of the book.
    Instance(Vec<Entry>),
    /// What a new draft begins with.
    Origin(Vec<Origin>),
    /// What to export the run as.
    Export,
    /// A draft.
    Draft(Drafts),
    /// Unsaved work of earlier sessions.
    Leftover(Vec<Leftover>),
    /// An entry of the journal.
    Sent(Vec<journal::Entry>),
    /// An entry of the journal to compare one with.
    Other {
        /// The one.
        entry: Box<journal::Entry>,
        /// The others.
        others: Vec<journal::Entry>,
    },
    /// A word for a field.
    Word {
        /// The field.
        at: Pointer,
        /// What the field is called.
        label: String,
        /// The words.
        words: Vec<String>,
    },
    /// One of several fixes.
    Fix(Vec<Fix>),
    /// What the sandbox answers next: as usual, or a fault.
    Answer(Vec<Option<Planned>>),
}

impl Choice {
    /// The heading of the picker.
    pub fn title(&self) -> &str {
        match self {
            Self::Action(_) => "All actions",
            Self::Field { title, .. } => title,
            Self::Environment => "Environment",
            Self::Instance(_) => "Instances",
            Self::Origin(_) => "New draft",
            Self::Export => "Export as",
            Self::Draft(drafts) => drafts.shelf.title(),
            Self::Leftover(_) => "Unsaved work",
            Self::Sent(_) => "Journal",
            Self::Other { .. } => "Compare with",
            Self::Word { label, .. } => label,
            Self::Fix(_) => "Fix",
            Self::Answer(_) => "What the sandbox answers",
        }
    }
}

/// What a new draft may begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
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
    pub purpose: Purpose,
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
    pub answers: Vec<(String, Answer)>,
    /// Which one is chosen.
    pub chosen: usize,
}

/// What an answer does.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Nothing.
    Stay,
    /// What an action does.
    Do(Action),
    /// Leave without saving.
    Quit,
    /// Leave for the demo and its tour.
    EnterDemo,
    /// Save, then go on with this.
    SaveThen(Box<Self>),
    /// Show what changed since the last save.
    ShowChanges,
    /// Start a new draft, dropping unsaved changes.
    Begin(Box<Beginning>),
    /// Open a draft, dropping unsaved changes.
    Open(String),
    /// Save under this name, in the place of this content only; as a new draft where there is none.
    SaveOver {
        /// The name.
        name: String,
        /// The content that may be replaced.
        base: Option<Fingerprint>,
    },
    /// Ask for another name to save the draft under.
    SaveCopy,
    /// Read the draft from disk again; unsaved work goes to the trash.
    Reload,
    /// Show how the draft on disk differs from the one at hand, above the question about it.
    CompareOnDisk {
        /// The draft on disk.
        found: Box<Draft>,
        /// The question.
        question: Box<Question>,
    },
    /// Do this with a draft after all.
    Run(Box<Effect>),
    /// Move a draft to the trash.
    Delete {
        /// Its name.
        name: String,
        /// The content that it should have.
        base: Option<Fingerprint>,
    },
    /// Apply all safe fixes: the document they lead to.
    Take {
        /// The name of the undo step.
        label: String,
        /// The new document.
        value: Box<Value>,
    },
    /// Apply a fix.
    Fix(Fix),
    /// Silence the rule of this code in this draft.
    SilenceHere(String),
    /// Silence the rule of this code in the configuration.
    SilenceEverywhere(String),
    /// Bring unsaved work of an earlier session back.
    Restore {
        /// The work.
        leftover: Box<Leftover>,
        /// Whether unsaved changes of this session may go.
        drops: bool,
    },
    /// Show how unsaved work differs from its draft.
    CompareLeftover(Box<Leftover>),
    /// Move the unsaved work of this id to the trash.
    ThrowAway(String),
    /// Open a draft that another program has open, as a new one.
    OpenCopy(Box<Draft>),
    /// Open a draft that another program has open, and leave its file alone.
    OpenReadOnly(Box<Draft>),
    /// Open what was sent as a new draft, dropping unsaved changes.
    Reopen(Box<Value>),
    /// Show what was sent.
    ShowSent(Box<journal::Entry>),
    /// Review what was sent, to send it once more.
    SendAgain(Box<Again>),
    /// Compare what was sent with the document.
    CompareHere(Box<journal::Entry>),
    /// Choose what to compare it with.
    CompareWith {
        /// What was sent.
        entry: Box<journal::Entry>,
        /// What else was sent.
        others: Vec<journal::Entry>,
    },
    /// Ask for the GUID once more, at the other path.
    AskElsewhere,
    /// Create an instance, whose GUID replaces the one in the form.
    CreateInstance(Box<NewInstance>),
    /// Replace the GUID in the form with a random one.
    RandomGuid,
    /// Send a run again that is being sent or was sent before.
    SendAnyway(Box<Repeated>),
    /// Read the files that a pasted command takes its body from.
    ReadFiles {
        /// Their names.
        names: Vec<String>,
        /// The command.
        command: Pasted,
    },
    /// Keep an export under another name than this one.
    RenameExport {
        /// What it is.
        target: Target,
        /// The file that is there.
        path: String,
    },
    /// Keep an export in place of the file that is there.
    ReplaceFile {
        /// What it is.
        target: Target,
        /// The file.
        path: String,
    },
    /// Type pasted text into the field.
    PasteText(Pasted),
    /// Copy a text although it is long.
    Copy {
        /// What it is.
        what: String,
        /// The text.
        text: Pasted,
    },
}
