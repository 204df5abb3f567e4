//! What happened, as data: keys already resolved, replies, files, signals.

use crate::app::pasted::Pasted;
use std::path::PathBuf;

use crate::app::action::Action;
use crate::app::draft_list::{Digest, DraftListKind, ListedDraft};
use crate::app::effect::Effect;
use crate::app::geometry::Size;
use crate::app::model::Access;
use crate::book::Book;
use crate::check::KnownInstance;
use crate::document::Pointer;
use crate::draft::{Draft, Fingerprint, Leftover, Leftovers};
use crate::export::ExportTarget;
use crate::journal::{JournalEntry, PreviousAttempt, SentRun};
use crate::sandbox::Overview;
use crate::time::Timestamp;
use crate::wire::{AttemptProgress, Environment, Failure, KeyLeak, Reply, Secret};

/// Something that happened outside the model.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A key, or a line of the palette, asked for an action.
    Act(Action),
    /// A character was typed.
    Type(char),
    /// Text was pasted.
    Paste(Pasted),
    /// The focused field is to hold this text, whatever it held before.
    Fill(Pasted),
    /// A place of the document is to have the focus.
    ScrollTo(Pointer),
    /// The terminal has a new size.
    Resize(Size),
    /// The left button went down at a cell.
    Click {
        /// Column, from 0.
        column: u16,
        /// Row, from 0.
        row: u16,
    },
    /// The wheel turned over a cell.
    Wheel {
        /// Column, from 0.
        column: u16,
        /// Row, from 0.
        row: u16,
        /// Whether it turned towards the person.
        down: bool,
    },
    /// The moment that `Model::deadline` named has come.
    Wake,
    /// A fresh random GUID.
    Guid(String),
    /// The program is asked to end: a signal, or the terminal is gone.
    Exit,
    /// News of a request.
    Network(NetworkMsg),
    /// The reply to a key effect.
    Key(KeyReply),
    /// News of the sandbox of this program.
    Sandbox(SandboxMsg),
    /// The reply to a terminal effect.
    Terminal(TerminalReply),
    /// The reply to a draft effect.
    Draft(DraftReply),
    /// The reply to a recovery effect.
    Recovery(RecoveryReply),
    /// The reply to a disk effect.
    Disk(DiskReply),
}

/// News of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum NetworkMsg {
    /// A request under way came to another stage.
    Progress {
        /// Its ticket.
        ticket: u64,
        /// Where it is.
        progress: AttemptProgress,
    },
    /// A request ended.
    Replied {
        /// The ticket the request was sent with.
        ticket: u64,
        /// What came back, or why nothing did.
        result: Result<Reply, Failure>,
    },
    /// A request was not made, since it could not be written into the journal first.
    NotRecorded {
        /// Its ticket.
        ticket: u64,
        /// Why, and what to do about it.
        why: String,
    },
    /// A request was not made, since a key stands in it.
    Blocked {
        /// Its ticket.
        ticket: u64,
        /// Where the key stands.
        exposure: KeyLeak,
    },
    /// A run was not sent, since it is being sent or was sent before.
    SentBefore {
        /// The ticket of the request.
        ticket: u64,
        /// What is known of the other attempt.
        earlier: PreviousAttempt,
    },
    /// The end of a request could not be written into the journal, and why.
    EndNotRecorded(String),
}

/// The reply to a key effect.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyReply {
    /// The search for a key ended.
    KeyFound {
        /// The id of the environment it belongs to.
        environment: String,
        /// Where it was, in words, and the key; or why there is none.
        result: Result<(String, Secret), String>,
    },
    /// A key is in the keyring of the system, or why not.
    KeyStored {
        /// The id of the environment it belongs to.
        environment: String,
        /// Why not.
        result: Result<(), String>,
    },
}

/// News of the sandbox of this program.
#[derive(Debug, Clone, PartialEq)]
pub enum SandboxMsg {
    /// The sandbox is up as this environment, or why not.
    Sandbox(Result<Box<Environment>, String>),
    /// What arrived at the sandbox of this program, or why that is not known.
    Received(Result<Box<Overview>, String>),
    /// Something else arrived since that was told.
    Stirred,
    /// What arrived by now, for a view that may be open still.
    Renewed(Box<Overview>),
    /// The sandbox of this program made an instance, for this program or for another one.
    InstanceMade(KnownInstance),
}

/// The reply to a terminal effect.
#[derive(Debug, Clone, PartialEq)]
pub enum TerminalReply {
    /// Text went to the clipboard.
    Copied {
        /// What it is.
        what: String,
        /// How it went.
        outcome: CopyOutcome,
    },
}

/// The reply to a draft effect.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftReply {
    /// The drafts there are, newest first, or why they cannot be listed.
    Drafts {
        /// Which drafts.
        shelf: DraftListKind,
        /// The drafts.
        list: Result<Vec<ListedDraft>, String>,
    },
    /// What a draft holds in short, or why that is not known.
    Peeked {
        /// Its file.
        path: PathBuf,
        /// What it holds.
        digest: Result<Box<Digest>, String>,
    },
    /// A draft was read, or why not.
    Opened(Result<Box<Draft>, String>),
    /// A draft to be deployed was read, or why not.
    Built(Result<Box<Draft>, String>),
    /// A draft was read that another program has open.
    InUse(Box<Draft>),
    /// The draft at hand is open, but other programs cannot see that, and why.
    NotLocked(String),
    /// A save ended.
    Saved {
        /// The revision of the document that was saved.
        revision: u64,
        /// How it ended.
        outcome: SaveOutcome,
    },
    /// The draft at hand was read again, or why not.
    Reloaded(Result<Box<Draft>, String>),
    /// A draft was not renamed, copied, restored or deleted, since its file has another content than it should have.
    ChangedOnDisk {
        /// What was to be done.
        refused: Box<Effect>,
        /// The draft as it is on disk, or why it cannot be read.
        found: Result<Box<Draft>, String>,
    },
    /// A draft was renamed to this name and has this content now, or why not.
    Renamed(Result<(String, Option<Fingerprint>), String>),
    /// A draft was copied under this name, or why not.
    Duplicated(Result<String, String>),
    /// A draft was taken out of the trash, or not.
    Restored {
        /// What it was called in the trash.
        name: String,
        /// How it went.
        outcome: RestoreOutcome,
    },
    /// A draft of this name went to the trash, or why not.
    Deleted(Result<String, String>),
}

/// The reply to a recovery effect.
#[derive(Debug, Clone, PartialEq)]
pub enum RecoveryReply {
    /// Unsaved work was written down, or why not.
    WorkKept(Result<(), String>),
    /// What earlier programs left behind.
    Leftovers {
        /// The unsaved work, or why it cannot be looked for.
        result: Result<Leftovers, String>,
        /// Whether a person asked for it.
        is_asked: bool,
    },
    /// Unsaved work that was left behind is this program's own, with what it may do with the draft; or why not.
    LeftoverTaken(Result<(Box<Leftover>, Access), String>),
    /// Unsaved work that was left behind is in the trash, or why not.
    LeftoverDropped(Result<(), String>),
}

/// The reply to a disk effect.
#[derive(Debug, Clone, PartialEq)]
pub enum DiskReply {
    /// The rule of this code is silenced in the configuration, or why not.
    Silenced(Result<String, String>),
    /// The instance book as it is on the disk, or why it cannot be read or written.
    Book(Result<Book, String>),
    /// The runs of earlier sessions, or why they are not known.
    Recalled(Result<Vec<SentRun>, String>),
    /// The last accepted run of a job, if the journal has one.
    AcceptedFound {
        /// The id of the environment that it went to.
        environment: String,
        /// The run, or why it is not known.
        result: Result<Option<Box<JournalEntry>>, String>,
    },
    /// The newest entries of the journal, the oldest first, or why they cannot be read.
    Journal(Result<Vec<JournalEntry>, String>),
    /// The way of an export into a file ended.
    Exported {
        /// What it is.
        target: ExportTarget,
        /// The file, as it was typed.
        path: String,
        /// How it went.
        outcome: ExportOutcome,
    },
    /// Files that are to be taken in were read, or why not.
    FilesRead {
        /// The command that asked for them, where they are not what is taken in themselves.
        command: Option<Pasted>,
        /// Each name with its content.
        result: Result<Vec<(String, Pasted)>, String>,
    },
}

/// How the way out of the trash ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreOutcome {
    /// It is among the drafts under this name.
    Restored(String),
    /// Another draft has its name; this content is still in the trash.
    Taken(Option<Fingerprint>),
    /// It is still in the trash, for this reason.
    Failed(String),
}

/// How the way of an export into a file ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportOutcome {
    /// It is in this file.
    Saved(PathBuf),
    /// There is such a file already.
    Exists(PathBuf),
    /// It is in no file, for this reason.
    Failed(String),
}

/// How a copy ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyOutcome {
    /// The terminal was asked to put the text on the clipboard.
    Whole,
    /// The same, with dots where a key of this session stood.
    Redacted,
}

/// How a save ended.
#[derive(Debug, Clone, PartialEq)]
pub enum SaveOutcome {
    /// It is on disk.
    Saved {
        /// Since this moment.
        at: Timestamp,
        /// As this content.
        base: Option<Fingerprint>,
    },
    /// Another draft has this name already, with this content.
    Exists(Option<Fingerprint>),
    /// The draft was changed by another program since it was opened or saved here: as it is on disk now.
    Changed(Box<Draft>),
    /// The draft was deleted or renamed by another program since, in a sentence.
    Gone(String),
    /// It is not on disk, for this reason.
    Failed(String),
}
