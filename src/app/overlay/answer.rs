//! The effects of answers to questions and of picker items.

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

/// The effect of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum OverlayAnswer {
    /// Close the question, do nothing.
    Stay,
    /// Close the mapper and lose its changes.
    CloseMapper,
    /// Save a mapping over an existing one.
    ReplaceMapping {
        /// The name of both.
        id: String,
        /// Whether the run is imported afterwards.
        imports: bool,
    },
    /// Save the mapping, then import the run.
    SaveMapping,
    /// Import the run with the mapping as it is.
    ImportMapped,
    /// Translate a word of the tool in the expression of the focused result.
    SetResult {
        /// The word of the tool.
        word: String,
        /// The word of SEI.
        result: String,
    },
    /// Ask for an example, then edit the mapping of this name.
    EditMapping(String),
    /// Run an action on the form.
    Do(Action),
    /// Run an action on the form or the text, whichever has the focus below the overlays.
    Screen(Action),
    /// Choose the environment at this position.
    ChooseEnvironment(usize),
    /// Fill in an instance from the instance book.
    TakeInstance(Box<book::BookEntry>),
    /// Start a new draft from this origin.
    StartFrom(DraftOrigin),
    /// Show the run in another format.
    Export(ExportTarget),
    /// Open, restore or deploy a draft, depending on the list.
    ChooseDraft {
        /// The list.
        kind: DraftListKind,
        /// The draft.
        draft: Box<ListedDraft>,
    },
    /// Ask what to do with unsaved work of a previous session.
    AskLeftover(Box<Leftover>),
    /// Ask what to do with one of these journal entries.
    ChooseSent {
        /// The entries.
        entries: Arc<[journal::JournalEntry]>,
        /// The position of the chosen entry.
        index: usize,
    },
    /// Compare two journal entries.
    CompareSent {
        /// The first entry.
        one: Arc<journal::JournalEntry>,
        /// The second entry.
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
    /// Quit without saving.
    Quit,
    /// Switch to the demo and its tour.
    EnterDemo,
    /// Save, then give this answer.
    SaveThen(Box<Self>),
    /// Show the changes since the last save.
    ShowChanges,
    /// Start a new draft and discard unsaved changes.
    StartDraft(Box<Beginning>),
    /// Open a draft and discard unsaved changes.
    Open(String),
    /// Save under this name, replacing this content only; without `base`, as a new draft.
    SaveOver {
        /// The name.
        name: String,
        /// The content that may be replaced.
        base: Option<Fingerprint>,
    },
    /// Ask for another name for the save.
    SaveCopy,
    /// Read the draft from disk again; unsaved work goes to the trash.
    Reload,
    /// Compare the draft on disk with the open draft, then return to the question.
    CompareOnDisk {
        /// The draft on disk.
        found: Box<Draft>,
        /// The question.
        question: Box<Question>,
    },
    /// Run this draft effect after the confirmation.
    Run(Box<Effect>),
    /// Move a draft to the trash.
    Delete {
        /// Its name.
        name: String,
        /// The content that it should have.
        base: Option<Fingerprint>,
    },
    /// Apply all safe fixes.
    Take {
        /// The name of the undo step.
        label: String,
        /// The document after the fixes.
        value: Box<Value>,
    },
    /// Apply a fix.
    Fix(Fix),
    /// Silence the rule of this code in this draft.
    SilenceHere(String),
    /// Silence the rule of this code in the configuration.
    SilenceEverywhere(String),
    /// Restore unsaved work of a previous session.
    Restore {
        /// The work.
        leftover: Box<Leftover>,
        /// Whether unsaved changes of this session may be discarded.
        drops: bool,
    },
    /// Compare unsaved work with its draft.
    CompareLeftover(Box<Leftover>),
    /// Move the unsaved work of this id to the trash.
    ThrowAway(String),
    /// Open a draft that another program has open, as a new draft.
    OpenCopy(Box<Draft>),
    /// Open a draft that another program has open, without changing its file.
    OpenReadOnly(Box<Draft>),
    /// Open a sent run as a new draft and discard unsaved changes.
    Reopen(Box<Value>),
    /// Show a sent request.
    ShowSent(Box<journal::JournalEntry>),
    /// Review a sent run, to resend it.
    SendAgain(Box<Again>),
    /// Compare a sent run with the document.
    CompareHere(Box<journal::JournalEntry>),
    /// Choose a journal entry to compare with.
    CompareWith {
        /// The entry to compare.
        entry: Box<journal::JournalEntry>,
        /// The other entries.
        others: Vec<journal::JournalEntry>,
    },
    /// Request the GUID again, at the other path.
    AskElsewhere,
    /// Create an instance; its GUID replaces the GUID in the form.
    CreateInstance(Box<NewInstance>),
    /// Replace the GUID in the form with a random one.
    RandomGuid,
    /// Send a run although the journal has another attempt.
    SendAnyway(Box<Repeated>),
    /// Read the files with the body of a pasted command.
    ReadFiles {
        /// Their names.
        names: Vec<String>,
        /// The command.
        command: Pasted,
    },
    /// Import one of the runs of an input.
    ImportRun {
        /// The chosen run.
        run: Box<Imported>,
        /// The whole input.
        source: Arc<Pasted>,
    },
    /// Save an export under another name.
    RenameExport {
        /// The export format.
        target: ExportTarget,
        /// The existing file.
        path: String,
    },
    /// Replace the existing file with an export.
    ReplaceFile {
        /// The export format.
        target: ExportTarget,
        /// The existing file, as typed.
        path: String,
    },
    /// Type the pasted text into the field.
    PasteText(Pasted),
    /// Copy a long text after confirmation.
    Copy {
        /// The description of the text, for the notice.
        what: String,
        /// The text.
        text: Pasted,
    },
}
