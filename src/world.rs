//! Clock, dice, environment variables and files: the only place where they are touched.
//!
//! Everything above asks a [`World`]; the real one is the [`Machine`], and a test may pass its own. On top of it stand
//! the [`store`] of drafts, the [`recovery`] of unsaved work, the [`journal`] of what was sent, the instance [`mod@book`] and the user's [`config`]. It must
//! not know the screen, the network or the command line.

use std::io;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::draft::Fingerprint;
use crate::time::Timestamp;

pub mod atomic;
pub mod book;
mod command;
pub mod config;
mod file;
mod inside;
pub mod journal;
pub mod key;
pub mod keyring;
mod lock;
mod machine;
pub mod recovery;
pub mod store;
pub mod sweep;
pub mod tour;
mod update;

pub use command::CommandError;
pub use file::FileError;
pub use keyring::SystemKeyring;
pub use lock::Lock;
pub use machine::{Machine, MachineError};

/// What the program may ask of the machine it runs on.
pub trait World: Send + Sync {
    /// The current instant.
    fn now(&self) -> Timestamp;

    /// A random UUID of version 4.
    fn new_uuid(&self) -> Uuid;

    /// An environment variable; `None` when it is unset, empty or not text.
    fn variable(&self, name: &str) -> Option<String>;

    /// Whether an environment variable is set, be it to nothing or to what is no text.
    fn has_variable(&self, name: &str) -> bool;

    /// Where the program keeps its own files.
    fn folders(&self) -> &Folders;

    /// The whole text of a file.
    fn read(&self, path: &Path) -> Result<String, FileError>;

    /// The whole text of a file, and of nothing else: for those who must not be held up by a pipe or a device.
    fn read_file(&self, path: &Path) -> Result<String, FileError>;

    /// A file to be read bit by bit, for what may be too long to be held at once.
    fn open(&self, path: &Path) -> Result<OpenFile, FileError>;

    /// Replaces a file as one step that survives a crash; a symbolic link at `path` is neither
    /// followed nor replaced.
    fn write_atomic(&self, path: &Path, text: &str) -> Result<(), FileError>;

    /// As [`World::write_atomic`], but fails with [`FileError::Exists`] instead of replacing anything.
    fn write_new(&self, path: &Path, text: &str) -> Result<(), FileError>;

    /// As [`World::write_atomic`], but fails with [`FileError::Changed`] where the file has another content than this one,
    /// also when another program writes it at the same moment.
    fn replace(&self, path: &Path, old: Fingerprint, text: &str) -> Result<(), FileError>;

    /// Writes a new file that is meant to be shown to others, so that the account's own rule says who may read it.
    fn write_shared(&self, path: &Path, text: &str) -> Result<(), FileError>;

    /// Lets the owner of a file run it, as far as the system knows of such a thing.
    fn make_runnable(&self, path: &Path);

    /// Appends to a file, which is made when needed, and returns once that would survive a crash.
    fn append(&self, path: &Path, text: &str) -> Result<(), FileError>;

    /// Appends to a file as [`World::append`] does, but leaves it to the system when it is on the disk for good.
    fn append_soon(&self, path: &Path, text: &str) -> Result<(), FileError>;

    /// The end of a file, at most so many bytes and from the start of a line; bytes that are no text are replaced.
    fn read_end(&self, path: &Path, bytes: u64) -> Result<String, FileError>;

    /// The regular files directly in a folder, by path; a folder that does not exist holds none. Fails with
    /// [`FileError::Misplaced`] where a folder inside the data is a symbolic link, as writing, moving and removing do.
    fn list(&self, folder: &Path) -> Result<Vec<FileEntry>, FileError>;

    /// Moves a file into a folder that is made when needed, and never onto another file.
    fn move_file(&self, from: &Path, to: &Path) -> Result<(), FileError>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> Result<(), FileError>;

    /// Who may do what with a file, as the bits of its mode; `None` where the system has no such thing.
    fn mode(&self, path: &Path) -> Result<Option<u32>, FileError>;

    /// The output of a command line of the platform's shell, which is stopped after a while.
    fn run_command(&self, line: &str, limit: std::time::Duration) -> Result<String, CommandError>;

    /// The output of a program that is given its arguments as they are, and is stopped after a while.
    fn run_program(
        &self,
        program: &str,
        arguments: &[&str],
        limit: std::time::Duration,
    ) -> Result<String, CommandError>;

    /// Takes the lock whose file this is and holds it until it is dropped; none when another program has it. Fails with
    /// [`FileError::Misplaced`] where the file, or its folder inside the data, is a link or anything else.
    fn lock(&self, path: &Path) -> Result<Option<Lock>, FileError>;

    /// As [`World::lock`], but waits for the other program, for so long and no longer.
    fn wait_for_lock(&self, path: &Path, limit: std::time::Duration) -> Result<Lock, FileError>;

    /// The keyring of the system.
    fn keyring(&self) -> &SystemKeyring;

    /// Whether anything, also a broken link, stands at a path.
    fn exists(&self, path: &Path) -> bool;
}

/// The two folders of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Holds `config.toml`.
    pub config: PathBuf,
    /// Holds the drafts, their trash, unsaved work, the instance book and the journal.
    pub data: PathBuf,
}

/// A file that is being read.
pub struct OpenFile {
    /// Gives its bytes.
    pub reader: Box<dyn io::Read>,
    /// Its size, as far as it has one: a pipe has none.
    pub bytes: Option<u64>,
}

/// A regular file met in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Where it is.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Whether it stands elsewhere, and a symbolic link here.
    pub is_link: bool,
    /// When it was last written, where the system tells.
    pub modified: Option<Timestamp>,
}
