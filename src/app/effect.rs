//! What to do, as data: the runtime carries it out and answers with a message.

use std::path::PathBuf;

use crate::app::draft_list::DraftListKind;
use crate::app::pasted::Pasted;
use crate::book::BookEntry;
use crate::document::Value;
use crate::draft::{Draft, Fingerprint, Leftover};
use crate::export::ExportTarget;
use crate::journal::Repeat;
use crate::sandbox::Planned;
use crate::wire::{Environment, Request, RunIdentity, Secret};

/// Something to do outside the model.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Make a random GUID; answered by `Msg::Guid`.
    NewGuid,
    /// Write a run into a file as something else; answered by `DiskReply::Exported`.
    SaveExport {
        /// As what.
        target: ExportTarget,
        /// Where it sends to.
        environment: Box<Environment>,
        /// The run.
        run: Box<Value>,
        /// The file, as it was typed.
        path: String,
        /// Whether a file that is there may be replaced.
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
    /// Keep, find or drop unsaved work.
    Recovery(RecoveryEffect),
    /// Read or write other files.
    Disk(DiskEffect),
}

/// What is asked for to use the terminal or end the program.
#[derive(Debug, Clone, PartialEq)]
pub enum TerminalEffect {
    /// Leave the program.
    Quit,
    /// Leave for the demo, with unsaved work on disk.
    EnterDemo,
    /// Give the terminal back and stop until the shell continues the program.
    Suspend,
    /// Put text on the clipboard; answered by `TerminalReply::Copied`.
    Copy {
        /// What it is, for the notice.
        what: String,
        /// The text.
        text: String,
    },
    /// Turn mouse reports on or off.
    Mouse(bool),
}

/// What is asked for to send or cancel a request.
#[derive(Debug, Clone, PartialEq)]
pub enum NetworkEffect {
    /// Write a request into the journal, then post it with the key of its environment; answered by `NetworkMsg::Replied`, or, when
    /// it was not sent, by `NetworkMsg::Withheld`, `NetworkMsg::SentBefore` or `NetworkMsg::NotRecorded`.
    Post {
        /// Returned with the answer.
        ticket: u64,
        /// The id of the environment whose key goes with it.
        environment: String,
        /// What to send.
        request: Request,
        /// Whether a run may go out again.
        repeat: Repeat,
    },
    /// Close the socket of a request; answered by `NetworkMsg::Replied`.
    Cancel {
        /// The request's ticket.
        ticket: u64,
    },
}

/// What is asked for to find or keep an API key.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyEffect {
    /// Keep a typed key for this session.
    KeepKey {
        /// The id of the environment it belongs to.
        environment: String,
        /// The key.
        key: Secret,
    },
    /// Put the key of this session into the keyring of the system; answered by `KeyReply::KeyStored`.
    StoreKey {
        /// Whose key.
        environment: Box<Environment>,
    },
    /// Look for a key where that takes time; answered by `KeyReply::KeyFound`.
    FindKey {
        /// Whose key.
        environment: Box<Environment>,
    },
}

/// What is asked for to start, read or change the sandbox of this program.
#[derive(Debug, Clone, PartialEq)]
pub enum SandboxEffect {
    /// Look at what arrived at the sandbox of this program; answered by `SandboxMsg::Arrivals`, and by `SandboxMsg::Stirred` once
    /// more has arrived.
    ReadReceived,
    /// Look again, for a view that is open; answered by `SandboxMsg::Renewed`, and by `SandboxMsg::Stirred` in the same way.
    ReadReceivedLater,
    /// Let the sandbox of this program go wrong at the next requests, or no longer.
    PlanFaults(Vec<Planned>),
    /// Start the sandbox; answered by `Msg::Sandbox`.
    StartSandbox,
}

/// What is asked for to read or write drafts.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftEffect {
    /// List drafts; answered by `DraftReply::Drafts`.
    ListDrafts {
        /// Which drafts.
        shelf: DraftListKind,
    },
    /// Look into a draft; answered by `DraftReply::Peeked`.
    PeekDraft {
        /// Its file.
        path: PathBuf,
        /// The codes of rules that are not to be counted.
        silenced: Vec<String>,
    },
    /// Read a draft; answered by `DraftReply::Opened`, or by `DraftReply::InUse` when another program has it open.
    OpenDraft {
        /// Its name.
        name: String,
    },
    /// Read a draft for its deployment to be begun; answered by `DraftReply::Built`.
    ReadBuild {
        /// Its name.
        name: String,
    },
    /// Write a draft; answered by `DraftReply::Saved`.
    SaveDraft {
        /// What to write. Its `base` is the content that it may replace; without one, no draft may have its name.
        draft: Box<Draft>,
        /// The revision of the document in it.
        revision: u64,
        /// Whether the replaced content is another program's, and goes to the trash first.
        keeps_replaced: bool,
    },
    /// Read the draft at hand again; answered by `DraftReply::Reloaded`.
    ReloadDraft {
        /// Its name.
        name: String,
        /// Unsaved work on it, which goes to the trash first.
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
    /// Take a draft out of the trash; answered by `DraftReply::Restored`, or by `DraftReply::ChangedOnDisk`.
    RestoreDraft {
        /// What it is called there.
        name: String,
        /// The name it gets, if not its own.
        to: Option<String>,
        /// The content that it should have.
        base: Option<Fingerprint>,
    },
    /// Move a draft to the trash; answered by `DraftReply::Deleted`, or by `DraftReply::ChangedOnDisk`.
    DeleteDraft {
        /// Its name.
        name: String,
        /// The content that it should have.
        base: Option<Fingerprint>,
    },
    /// Let other programs know which draft is open here, and none other.
    HoldDraft {
        /// Its name.
        name: Option<String>,
    },
}

/// What is asked for to keep, find or drop unsaved work.
#[derive(Debug, Clone, PartialEq)]
pub enum RecoveryEffect {
    /// Write unsaved work down, in place of what was written before; answered by `RecoveryReply::WorkKept`.
    KeepWork {
        /// The work.
        draft: Box<Draft>,
    },
    /// Remove what was written down: it is saved, or not wanted any more.
    ForgetWork,
    /// Look for unsaved work that earlier programs left behind; answered by `RecoveryReply::Leftovers`.
    FindLeftovers {
        /// Whether a person asked for it.
        is_asked: bool,
    },
    /// Make unsaved work that was left behind this program's own; answered by `RecoveryReply::LeftoverTaken`.
    TakeLeftover {
        /// The work.
        leftover: Box<Leftover>,
    },
    /// Move unsaved work that was left behind to the trash; answered by `RecoveryReply::LeftoverDropped`.
    DropLeftover {
        /// Its id.
        id: String,
    },
}

/// What is asked for to read or write other files.
#[derive(Debug, Clone, PartialEq)]
pub enum DiskEffect {
    /// Read the instance book; answered by `DiskReply::Book`.
    LoadBook,
    /// Write an instance into the book; answered by `DiskReply::Book`.
    KeepInstance {
        /// The environment that made it.
        environment: Box<Environment>,
        /// What is known of it.
        entry: Box<BookEntry>,
    },
    /// Read which runs were sent in earlier sessions; answered by `DiskReply::Recalled`.
    RecallRuns,
    /// Find the last accepted run of a job; answered by `DiskReply::AcceptedFound`.
    FindAccepted {
        /// Where it went.
        environment: Box<Environment>,
        /// The job.
        job: RunIdentity,
    },
    /// Read the newest entries of the journal; answered by `DiskReply::Journal`.
    ListJournal,
    /// Silence a rule in the configuration; answered by `DiskReply::Silenced`.
    Silence {
        /// Its code.
        code: String,
    },
    /// Read files that are to be taken in; answered by `DiskReply::FilesRead`.
    ReadFiles {
        /// Their names.
        names: Vec<String>,
        /// The command that asks for them, where they are not what is taken in themselves.
        command: Option<Pasted>,
    },
    /// Keep where the tour is, by the id of its step, or that it is over.
    KeepTour {
        /// The step that is on.
        step: Option<String>,
    },
}
