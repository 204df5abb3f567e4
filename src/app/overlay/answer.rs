//! What the answers of questions and the items of pickers do.

use std::sync::Arc;

use crate::app::consent::{NewInstance, Repeated};
use crate::app::draft_list::{DraftListKind, ListedDraft};
use crate::app::pasted::Pasted;
use crate::app::review::Again;
use crate::app::{Action, Effect};
use crate::book;
use crate::check::Fix;
use crate::document::{Pointer, Value};
use crate::draft::{Draft, Fingerprint, Leftover};
use crate::export::ExportTarget;
use crate::import::Imported;
use crate::journal;
use crate::sandbox::Planned;

use super::{Beginning, DraftOrigin, Question};

/// What an answer does.
#[derive(Debug, Clone, PartialEq)]
pub enum OverlayAnswer {
    /// Nothing.
    Stay,
    /// What an action does on the form.
    Do(Action),
    /// What an action does on whatever has the keys below the overlays.
    Screen(Action),
    /// Choose the environment at this position.
    ChooseEnvironment(usize),
    /// Fill in an instance from the instance book.
    TakeInstance(Box<book::BookEntry>),
    /// Begin a new draft from this origin.
    StartFrom(DraftOrigin),
    /// Show the run in another format.
    Export(ExportTarget),
    /// Do what a list of drafts is for with one of them.
    ChooseDraft {
        /// The list.
        shelf: DraftListKind,
        /// The draft.
        draft: Box<ListedDraft>,
    },
    /// Ask what to do with unsaved work of an earlier session.
    AskLeftover(Box<Leftover>),
    /// Ask what to do with one of these entries of the journal.
    ChooseSent {
        /// The entries.
        entries: Arc<[journal::JournalEntry]>,
        /// The position of the entry among them.
        index: usize,
    },
    /// Compare two entries of the journal.
    CompareSent {
        /// The first.
        one: Arc<journal::JournalEntry>,
        /// The second.
        other: Box<journal::JournalEntry>,
    },
    /// Plan the next answer of the sandbox; `None` plans no fault.
    PlanAnswer(Option<Planned>),
    /// Set a field to a word, or clear it.
    SetWord {
        /// The field.
        at: Pointer,
        /// The word.
        word: Option<String>,
    },
    /// Leave without saving.
    Quit,
    /// Leave for the demo and its tour.
    EnterDemo,
    /// Save, then go on with this.
    SaveThen(Box<Self>),
    /// Show what changed since the last save.
    ShowChanges,
    /// Start a new draft, dropping unsaved changes.
    StartDraft(Box<Beginning>),
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
    ShowSent(Box<journal::JournalEntry>),
    /// Review what was sent, to send it once more.
    SendAgain(Box<Again>),
    /// Compare what was sent with the document.
    CompareHere(Box<journal::JournalEntry>),
    /// Choose what to compare it with.
    CompareWith {
        /// What was sent.
        entry: Box<journal::JournalEntry>,
        /// What else was sent.
        others: Vec<journal::JournalEntry>,
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
    /// Import one of the runs of an input.
    ImportRun {
        /// The run.
        run: Box<Imported>,
        /// The input.
        source: Arc<Pasted>,
    },
    /// Keep an export under another name than this one.
    RenameExport {
        /// What it is.
        target: ExportTarget,
        /// The file that is there.
        path: String,
    },
    /// Keep an export in place of the file that is there.
    ReplaceFile {
        /// What it is.
        target: ExportTarget,
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
