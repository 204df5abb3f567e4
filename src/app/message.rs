//! Messages: everything that happens outside the model. Keys are already resolved to actions.

use crate::app::pasted::Pasted;
use std::path::PathBuf;

use crate::app::action::Action;
use crate::app::draft_list::{Digest, DraftListKind, ListedDraft};
use crate::app::effect::Effect;
use crate::app::geometry::Size;
use crate::app::mapper::Learned;
use crate::app::model::Access;
use crate::book::Book;
use crate::check::KnownInstance;
use crate::document::Pointer;
use crate::draft::{Draft, Fingerprint, Leftover, Leftovers};
use crate::export::ExportTarget;
use crate::import::mapping::{Definition, MappedRun, MappedValues, MappingFault};
use crate::import::{Imported, RunList};
use crate::journal::{JournalEntry, PreviousAttempt, SentRun};
use crate::sandbox::Overview;
use crate::time::Timestamp;
use crate::wire::{AttemptProgress, Environment, Failure, KeyLeak, Reply, Secret};

/// An event outside the model.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// An action was requested by a key or in the palette.
    Act(Action),
    /// A character was typed.
    Type(char),
    /// Text was pasted.
    Paste(Pasted),
    /// This text replaces the text of the focused field.
    Fill(Pasted),
    /// A place of the document gets the focus.
    ScrollTo(Pointer),
    /// The size of the terminal changed.
    Resize(Size),
    /// The left mouse button was pressed on a cell.
    Click {
        /// Column, from 0.
        column: u16,
        /// Row, from 0.
        row: u16,
    },
    /// The mouse wheel was turned over a cell.
    Wheel {
        /// Column, from 0.
        column: u16,
        /// Row, from 0.
        row: u16,
        /// Whether it scrolls down.
        down: bool,
    },
    /// The time that `Model::deadline` returned has come.
    Wake,
    /// A new random GUID.
    Guid(String),
    /// The program must end: a signal came, or the terminal was closed.
    Exit,
    /// An event of a request.
    Network(NetworkMsg),
    /// The reply to a key effect.
    Key(KeyReply),
    /// An event of the embedded sandbox.
    Sandbox(SandboxMsg),
    /// The reply to a terminal effect.
    Terminal(TerminalReply),
    /// The reply to a draft effect.
    Draft(DraftReply),
    /// The reply to a recovery effect.
    Recovery(RecoveryReply),
    /// The reply to a disk effect.
    Disk(DiskReply),
    /// The reply to a mapping effect.
    Mapping(MappingReply),
}

/// The reply to a mapping effect.
#[derive(Debug, Clone, PartialEq)]
pub enum MappingReply {
    /// What a text with JSON is.
    Read {
        /// The text.
        source: Pasted,
        /// The content, or why it cannot be read.
        result: Result<Box<MappedText>, String>,
    },
    /// A mapping was evaluated on a run, or could not be.
    Evaluated {
        /// The number of the evaluation.
        ticket: u64,
        /// The evaluated mapping, its outputs and the payload; or what is wrong.
        result: Result<Box<(Definition, MappedValues, MappedRun)>, Vec<MappingFault>>,
    },
    /// A mapping was saved, or could not be.
    Saved {
        /// Its name.
        id: String,
        /// Its content.
        definition: Box<Definition>,
        /// How it ended.
        outcome: ExportOutcome,
    },
}

/// What a text with JSON is.
#[derive(Debug, Clone, PartialEq)]
pub enum MappedText {
    /// A run that a mapping reads, and all runs of the text.
    Known(Box<Imported>, Option<RunList>),
    /// A run to map.
    Unknown(Learned),
}

/// Events of requests.
#[derive(Debug, Clone, PartialEq)]
pub enum NetworkMsg {
    /// A request in flight reached another stage.
    Progress {
        /// Its ticket.
        ticket: u64,
        /// The stage, and the number of the attempt.
        progress: AttemptProgress,
    },
    /// A request ended.
    Replied {
        /// The ticket the request was sent with.
        ticket: u64,
        /// The reply, or why none came.
        result: Result<Reply, Failure>,
    },
    /// A request was not sent, because the journal could not be written.
    NotRecorded {
        /// Its ticket.
        ticket: u64,
        /// The cause and the next step.
        why: String,
    },
    /// A request was not sent, because its body contains a key.
    Blocked {
        /// Its ticket.
        ticket: u64,
        /// The place of the key.
        exposure: KeyLeak,
    },
    /// A run was not sent, because the journal has another attempt.
    SentBefore {
        /// The ticket of the request.
        ticket: u64,
        /// The other attempt.
        previous: PreviousAttempt,
    },
    /// The journal does not have the end of a request, for this reason.
    EndNotRecorded(String),
}

/// The reply to a key effect.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyReply {
    /// The search for a key ended.
    KeyFound {
        /// The id of its environment.
        environment: String,
        /// The described source and the key, or why no key was found.
        result: Result<(String, Secret), String>,
    },
    /// A key was stored in the system keyring, or could not be.
    KeyStored {
        /// The id of its environment.
        environment: String,
        /// Why it could not be stored.
        result: Result<(), String>,
    },
}

/// Events of the embedded sandbox.
#[derive(Debug, Clone, PartialEq)]
pub enum SandboxMsg {
    /// The sandbox runs as this environment, or why it does not run.
    Sandbox(Result<Box<Environment>, String>),
    /// The received runs, or why they cannot be read.
    Received(Result<Box<Overview>, String>),
    /// More runs arrived since the last report.
    Stirred,
    /// The current received runs, for a view that may be open.
    Renewed(Box<Overview>),
    /// The sandbox created an instance, for this program or another one.
    InstanceMade(KnownInstance),
}

/// The reply to a terminal effect.
#[derive(Debug, Clone, PartialEq)]
pub enum TerminalReply {
    /// Text was copied to the clipboard.
    Copied {
        /// The description of the text.
        what: String,
        /// How the copy ended.
        outcome: CopyOutcome,
    },
}

/// The reply to a draft effect.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftReply {
    /// The drafts, the newest first, or why they cannot be listed.
    Drafts {
        /// Which drafts.
        kind: DraftListKind,
        /// The drafts.
        list: Result<Vec<ListedDraft>, String>,
    },
    /// The short description of a draft.
    Peeked {
        /// Its file.
        path: PathBuf,
        /// The description, or why the file cannot be read.
        digest: Result<Box<Digest>, String>,
    },
    /// A draft to open, or why it cannot be read.
    Opened(Result<Box<Draft>, String>),
    /// A draft to deploy, or why it cannot be read.
    Built(Result<Box<Draft>, String>),
    /// A draft to open that another program has open.
    InUse(Box<Draft>),
    /// The open draft could not be locked, for this reason.
    NotLocked(String),
    /// A save ended.
    Saved {
        /// The saved revision of the document.
        revision: u64,
        /// How the save ended.
        outcome: SaveOutcome,
    },
    /// The open draft as read again, or why it cannot be read.
    Reloaded(Result<Box<Draft>, String>),
    /// A draft was not renamed, copied, restored or deleted, because its file changed.
    ChangedOnDisk {
        /// The refused effect.
        refused: Box<Effect>,
        /// The draft on disk, or why it cannot be read.
        found: Result<Box<Draft>, String>,
    },
    /// The new name of a renamed draft and its content, or why it was not renamed.
    Renamed(Result<(String, Option<Fingerprint>), String>),
    /// The name of the copy of a draft, or why it was not copied.
    Duplicated(Result<String, String>),
    /// A restore from the trash ended.
    Restored {
        /// Its name in the trash.
        name: String,
        /// How the restore ended.
        outcome: RestoreOutcome,
    },
    /// The name of a deleted draft, or why it was not deleted.
    Deleted(Result<String, String>),
}

/// The reply to a recovery effect.
#[derive(Debug, Clone, PartialEq)]
pub enum RecoveryReply {
    /// Unsaved work is on disk, or why it could not be written.
    WorkKept(Result<(), String>),
    /// Unsaved work of previous sessions.
    Leftovers {
        /// The unsaved work, or why it cannot be listed.
        result: Result<Leftovers, String>,
        /// Whether the user requested it.
        is_asked: bool,
    },
    /// Unsaved work restored into this session, with the access to its draft; or why it was not
    /// restored.
    LeftoverTaken(Result<(Box<Leftover>, Access), String>),
    /// Unsaved work was moved to the trash, or why it could not be moved.
    LeftoverDropped(Result<(), String>),
}

/// The reply to a disk effect.
#[derive(Debug, Clone, PartialEq)]
pub enum DiskReply {
    /// The code of the rule that the configuration silences now, or why it could not be written.
    Silenced(Result<String, String>),
    /// The instance book on disk, or why it cannot be read or written.
    Book(Result<Book, String>),
    /// The runs of previous sessions, or why they cannot be read.
    Recalled(Result<Vec<SentRun>, String>),
    /// The last accepted run of a job, if the journal has one.
    AcceptedFound {
        /// The id of the environment that accepted it.
        environment: String,
        /// The journal entry, or why the journal cannot be read.
        result: Result<Option<Box<JournalEntry>>, String>,
    },
    /// The newest entries of the journal, the oldest first, or why they cannot be read.
    Journal(Result<Vec<JournalEntry>, String>),
    /// The write of an export ended.
    Exported {
        /// The export format.
        target: ExportTarget,
        /// The file, as typed.
        path: String,
        /// How the write ended.
        outcome: ExportOutcome,
    },
    /// Files to import were read.
    FilesRead {
        /// The imported command that refers to the files; `None` if the files themselves are
        /// imported.
        command: Option<Pasted>,
        /// Each name with its content, or why a file cannot be read.
        result: Result<Vec<(String, Pasted)>, String>,
    },
}

/// How a restore from the trash ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreOutcome {
    /// The draft list has it under this name.
    Restored(String),
    /// Another draft has its name. This content is still in the trash.
    Taken(Option<Fingerprint>),
    /// The draft is still in the trash, for this reason.
    Failed(String),
}

/// How the write of an export ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportOutcome {
    /// The export is in this file.
    Saved(PathBuf),
    /// This file exists already.
    Exists(PathBuf),
    /// No file was written, for this reason.
    Failed(String),
}

/// How a copy ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyOutcome {
    /// The terminal received the whole text for the clipboard.
    Whole,
    /// The terminal received the text with redacted keys.
    Redacted,
}

/// How a save ended.
#[derive(Debug, Clone, PartialEq)]
pub enum SaveOutcome {
    /// The draft is on disk.
    Saved {
        /// The time of the save.
        at: Timestamp,
        /// The content of the file.
        base: Option<Fingerprint>,
    },
    /// Another draft has this name, with this content.
    Exists(Option<Fingerprint>),
    /// Another program changed the draft since it was opened or saved here. This is the draft on
    /// disk.
    Changed(Box<Draft>),
    /// Another program deleted or renamed the draft; the sentence says so.
    Gone(String),
    /// The draft was not saved, for this reason.
    Failed(String),
}
