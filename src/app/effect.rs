//! Effects: requests from the model to the runtime, which runs them and answers with a message.

use std::path::PathBuf;

use crate::app::draft_list::DraftListKind;
use crate::app::pasted::Pasted;
use crate::book::BookEntry;
use crate::document::Value;
use crate::draft::{Draft, Fingerprint, Leftover};
use crate::export::ExportTarget;
use crate::import::mapping::{Definition, MappingSet};
use crate::journal::Repeat;
use crate::sandbox::Planned;
use crate::wire::{Environment, Request, RunIdentity, Secret};

/// A request to act outside the model.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Generate a random GUID; answered by `Msg::Guid`.
    NewGuid,
    /// Write an export of the run to a file; answered by `DiskReply::Exported`.
    SaveExport {
        /// The export format.
        target: ExportTarget,
        /// The environment that the export sends to.
        environment: Box<Environment>,
        /// The run.
        run: Box<Value>,
        /// The file, as typed.
        path: String,
        /// Whether an existing file may be replaced.
        replace: bool,
    },
    /// Use the terminal or end the program.
    Terminal(TerminalEffect),
    /// Send or cancel a request.
    Network(NetworkEffect),
    /// Find or keep an API key.
    Key(KeyEffect),
    /// Start, read or change the sandbox of this program.
    Sandbox(SandboxEffect),
    /// Read or write drafts.
    Draft(DraftEffect),
    /// Save, find or drop unsaved work.
    Recovery(RecoveryEffect),
    /// Read or write other files.
    Disk(DiskEffect),
    /// Read runs with mappings, on a thread of its own.
    Mapping(MappingEffect),
}

/// Effects on mappings.
#[derive(Debug, Clone, PartialEq)]
pub enum MappingEffect {
    /// Read JSON with all mappings, or guess a mapping for it; answered by `MappingReply::Read`.
    Read {
        /// The JSON.
        source: Pasted,
        /// The mappings.
        mappings: MappingSet,
        /// Whether a run that a mapping knows opens the mapper too, to change the mapping.
        edits: bool,
    },
    /// Evaluate a mapping on a run; answered by `MappingReply::Evaluated`.
    Evaluate {
        /// The number that the reply repeats.
        ticket: u64,
        /// The mapping.
        definition: Box<Definition>,
        /// The run.
        run: Value,
    },
    /// Save a mapping of the user; answered by `MappingReply::Saved`.
    Save {
        /// Its name.
        id: String,
        /// Its content.
        definition: Box<Definition>,
        /// The content of the file that is replaced.
        replaces: ReplacedMapping,
    },
    /// Write the unsaved mapping to disk, or remove it.
    Keep {
        /// Its content.
        definition: Option<Box<Definition>>,
    },
}

/// The file that a saved mapping may replace.
#[derive(Debug, Clone, PartialEq)]
pub enum ReplacedMapping {
    /// No file.
    Nothing,
    /// A file with this content.
    Known(Box<Definition>),
    /// Any file.
    Any,
}

/// Effects on the terminal and the program.
#[derive(Debug, Clone, PartialEq)]
pub enum TerminalEffect {
    /// Quit the program.
    Quit,
    /// Switch to the demo. Unsaved work is on disk.
    EnterDemo,
    /// Restore the terminal and stop until the shell resumes the program.
    Suspend,
    /// Copy text to the clipboard; answered by `TerminalReply::Copied`.
    Copy {
        /// The description of the text, for the notice.
        what: String,
        /// The text.
        text: String,
    },
    /// Turn mouse reports on or off.
    Mouse(bool),
}

/// Effects on requests to an environment.
#[derive(Debug, Clone, PartialEq)]
pub enum NetworkEffect {
    /// Write a request to the journal, then post it with the key of its environment; answered by
    /// `NetworkMsg::Replied`, or, if it was not sent, by `NetworkMsg::Blocked`,
    /// `NetworkMsg::SentBefore` or `NetworkMsg::NotRecorded`.
    Post {
        /// The number that the answer repeats.
        ticket: u64,
        /// The id of the environment whose key is sent.
        environment: String,
        /// The request.
        request: Request,
        /// Whether a run that was sent before may be sent again.
        repeat: Repeat,
    },
    /// Send a request that only reads, with the key of its environment; answered by
    /// `NetworkMsg::Replied`.
    Read {
        /// The number that the answer repeats.
        ticket: u64,
        /// The id of the environment whose key is sent.
        environment: String,
        /// The request.
        request: Request,
    },
    /// Close the connection of a request; answered by `NetworkMsg::Replied`.
    Cancel {
        /// The ticket of the request.
        ticket: u64,
    },
}

/// Effects on API keys.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyEffect {
    /// Keep a typed key in memory for this session.
    KeepKey {
        /// The id of its environment.
        environment: String,
        /// The key.
        key: Secret,
    },
    /// Store the key of this session in the system keyring; answered by `KeyReply::KeyStored`.
    StoreKey {
        /// Whose key.
        environment: Box<Environment>,
    },
    /// Search the slow key sources (keyring, commands); answered by `KeyReply::KeyFound`.
    FindKey {
        /// Whose key.
        environment: Box<Environment>,
    },
}

/// Effects on the embedded sandbox.
#[derive(Debug, Clone, PartialEq)]
pub enum SandboxEffect {
    /// Read the received runs; answered by `SandboxMsg::Received`, and by `SandboxMsg::Stirred`
    /// once more runs arrive.
    ReadReceived,
    /// Read the received runs again, for an open view; answered by `SandboxMsg::Renewed`, and by
    /// `SandboxMsg::Stirred` as above.
    ReadReceivedLater,
    /// Plan faults of the sandbox for the next requests; an empty list plans none.
    PlanFaults(Vec<Planned>),
    /// Start the sandbox; answered by `SandboxMsg::Sandbox`.
    StartSandbox,
}

/// Effects on drafts.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftEffect {
    /// List drafts; answered by `DraftReply::Drafts`.
    ListDrafts {
        /// Which drafts.
        kind: DraftListKind,
    },
    /// Read the short description of a draft; answered by `DraftReply::Peeked`.
    PeekDraft {
        /// Its file.
        path: PathBuf,
        /// The codes of the rules whose problems are not counted.
        silenced: Vec<String>,
    },
    /// Read a draft; answered by `DraftReply::Opened`, or by `DraftReply::InUse` if another program
    /// has it open.
    OpenDraft {
        /// Its name.
        name: String,
    },
    /// Read a draft to start its deployment; answered by `DraftReply::Built`.
    ReadBuild {
        /// Its name.
        name: String,
    },
    /// Write a draft; answered by `DraftReply::Saved`.
    SaveDraft {
        /// The draft. Its `base` is the content that may be replaced; without `base`, the name must
        /// be free.
        draft: Box<Draft>,
        /// The revision of its document.
        revision: u64,
        /// Whether the replaced content, written by another program, goes to the trash first.
        keeps_replaced: bool,
    },
    /// Read the open draft again; answered by `DraftReply::Reloaded`.
    ReloadDraft {
        /// Its name.
        name: String,
        /// Unsaved work on the draft, which goes to the trash first.
        unsaved: Option<Box<Draft>>,
    },
    /// Rename a draft; answered by `DraftReply::Renamed`, or by `DraftReply::ChangedOnDisk`.
    RenameDraft {
        /// Its name.
        from: String,
        /// Its new name.
        to: String,
        /// The content that it should have.
        base: Option<Fingerprint>,
    },
    /// Copy a draft; answered by `DraftReply::Duplicated`, or by `DraftReply::ChangedOnDisk`.
    DuplicateDraft {
        /// Its name.
        from: String,
        /// The name of the copy.
        to: String,
        /// The content that it should have.
        base: Option<Fingerprint>,
    },
    /// Restore a draft from the trash; answered by `DraftReply::Restored`, or by
    /// `DraftReply::ChangedOnDisk`.
    RestoreDraft {
        /// Its name in the trash.
        name: String,
        /// A new name, if its own is taken.
        to: Option<String>,
        /// The content that it should have.
        base: Option<Fingerprint>,
    },
    /// Move a draft to the trash; answered by `DraftReply::Deleted`, or by
    /// `DraftReply::ChangedOnDisk`.
    DeleteDraft {
        /// Its name.
        name: String,
        /// The content that it should have.
        base: Option<Fingerprint>,
    },
    /// Lock this draft for this session, and unlock any other.
    HoldDraft {
        /// Its name.
        name: Option<String>,
    },
}

/// Effects on unsaved work.
#[derive(Debug, Clone, PartialEq)]
pub enum RecoveryEffect {
    /// Write unsaved work to disk, replacing what was written before; answered by
    /// `RecoveryReply::WorkKept`.
    KeepWork {
        /// The work.
        draft: Box<Draft>,
    },
    /// Remove the written unsaved work: it is saved or discarded.
    ForgetWork,
    /// Look for unsaved work of previous sessions; answered by `RecoveryReply::Leftovers`.
    FindLeftovers {
        /// Whether the user requested it.
        is_asked: bool,
    },
    /// Restore unsaved work into this session; answered by `RecoveryReply::LeftoverTaken`.
    TakeLeftover {
        /// The work.
        leftover: Box<Leftover>,
    },
    /// Move unsaved work of a previous session to the trash; answered by
    /// `RecoveryReply::LeftoverDropped`.
    DropLeftover {
        /// Its id.
        id: String,
    },
}

/// Effects on other files.
#[derive(Debug, Clone, PartialEq)]
pub enum DiskEffect {
    /// Read the instance book; answered by `DiskReply::Book`.
    LoadBook,
    /// Add an instance to the book; answered by `DiskReply::Book`.
    KeepInstance {
        /// The environment that created it.
        environment: Box<Environment>,
        /// The entry to write.
        entry: Box<BookEntry>,
    },
    /// Read the runs sent in previous sessions; answered by `DiskReply::Recalled`.
    RecallRuns,
    /// Find the last accepted run of a job; answered by `DiskReply::AcceptedFound`.
    FindAccepted {
        /// The environment that accepted it.
        environment: Box<Environment>,
        /// The job.
        job: RunIdentity,
    },
    /// Read the newest entries of the journal; answered by `DiskReply::Journal`.
    ListJournal,
    /// Silence a rule in the configuration; answered by `DiskReply::Silenced`.
    Silence {
        /// The code of the rule.
        code: String,
    },
    /// Read files to import; answered by `DiskReply::FilesRead`.
    ReadFiles {
        /// Their names.
        names: Vec<String>,
        /// The imported command that refers to the files; `None` if the files themselves are
        /// imported.
        command: Option<Pasted>,
    },
    /// Save the progress of the tour.
    KeepTour {
        /// The id of the current step; `None` once the tour is over.
        step: Option<String>,
    },
}
