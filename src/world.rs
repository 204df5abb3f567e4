//! Access to clock, random numbers, environment variables and files; no other module touches them.
//!
//! Higher modules use a [`World`]: in the program the [`Machine`], in tests any other
//! implementation. On top of it are the [`store`] of drafts, the [`recovery`] of unsaved work, the
//! [`journal`] of sent requests, the instance [`mod@book`] and the user's [`config`]. This module
//! must not depend on the screen, the network or the command line.

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
pub mod mapping;
pub mod profile;
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

/// The services of the machine that the program runs on.
pub trait World: Send + Sync {
    /// The current time; tests and `SEI_COMPOSE_NOW` fix it.
    fn now(&self) -> Timestamp;

    /// A random UUID of version 4.
    fn new_uuid(&self) -> Uuid;

    /// An environment variable; `None` when it is unset, empty or not text.
    fn variable(&self, name: &str) -> Option<String>;

    /// Whether an environment variable is set, even if empty or not text.
    fn has_variable(&self, name: &str) -> bool;

    /// The folders for the files of the program.
    fn folders(&self) -> &Folders;

    /// Reads the whole text of a file.
    fn read(&self, path: &Path) -> Result<String, FileError>;

    /// Reads the whole text of a regular file; fails for a pipe or a device, which could block.
    fn read_file(&self, path: &Path) -> Result<String, FileError>;

    /// Opens a file to read it in portions, for files that may not fit into memory.
    fn open(&self, path: &Path) -> Result<OpenFile, FileError>;

    /// Replaces a file in one step that survives a crash; a symbolic link at `path` is neither
    /// followed nor replaced.
    fn write_atomic(&self, path: &Path, text: &str) -> Result<(), FileError>;

    /// As [`World::write_atomic`], but fails with [`FileError::Exists`] if the path exists.
    fn write_new(&self, path: &Path, text: &str) -> Result<(), FileError>;

    /// As [`World::write_atomic`], but fails with [`FileError::Changed`] if the file does not have
    /// the content `old`, even when another program writes it at the same moment.
    fn replace(&self, path: &Path, old: Fingerprint, text: &str) -> Result<(), FileError>;

    /// Writes a new file for other users too: the umask of the account decides who may read it.
    fn write_shared(&self, path: &Path, text: &str) -> Result<(), FileError>;

    /// Makes a file executable for its owner, on systems with such a permission.
    fn make_runnable(&self, path: &Path);

    /// Appends to a file, created if needed; the text is on disk when the call returns.
    fn append(&self, path: &Path, text: &str) -> Result<(), FileError>;

    /// As [`World::append`], but the system decides when the text is on disk.
    fn append_soon(&self, path: &Path, text: &str) -> Result<(), FileError>;

    /// Reads the end of a file, at most `bytes` long and from the start of a line; invalid UTF-8 is
    /// replaced.
    fn read_end(&self, path: &Path, bytes: u64) -> Result<String, FileError>;

    /// The regular files directly in a folder, sorted by path; none if the folder does not exist.
    ///
    /// Fails with [`FileError::Misplaced`] if a folder inside the data folder is a symbolic link,
    /// as writing, moving and removing do.
    fn list(&self, folder: &Path) -> Result<Vec<FileEntry>, FileError>;

    /// Moves a file to a folder, created if needed; never replaces another file.
    fn move_file(&self, from: &Path, to: &Path) -> Result<(), FileError>;

    /// Removes a file and syncs its folder.
    fn remove(&self, path: &Path) -> Result<(), FileError>;

    /// The Unix permission bits of a file; `None` on other systems.
    fn mode(&self, path: &Path) -> Result<Option<u32>, FileError>;

    /// The output of a command line of the platform's shell; the command is stopped after `limit`.
    fn run_command(&self, line: &str, limit: std::time::Duration) -> Result<String, CommandError>;

    /// The output of a program, started without a shell; the program is stopped after `limit`.
    fn run_program(
        &self,
        program: &str,
        arguments: &[&str],
        limit: std::time::Duration,
    ) -> Result<String, CommandError>;

    /// Acquires the lock with this file until the value is dropped; `None` if another program has
    /// it.
    ///
    /// Fails with [`FileError::Misplaced`] if the file, or its folder inside the data folder, is a
    /// link or of another type.
    fn lock(&self, path: &Path) -> Result<Option<Lock>, FileError>;

    /// As [`World::lock`], but waits for the other program up to `limit`.
    fn wait_for_lock(&self, path: &Path, limit: std::time::Duration) -> Result<Lock, FileError>;

    /// The system keyring, which may be unavailable.
    fn keyring(&self) -> &SystemKeyring;

    /// Whether a path exists, even as a broken link.
    fn exists(&self, path: &Path) -> bool;
}

/// The folders for the files of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// The folder with `config.toml` and `keys.toml`.
    pub config: PathBuf,
    /// The folder with the drafts, the trash, unsaved work, the instance book and the journal.
    pub data: PathBuf,
}

/// A file opened for reading.
pub struct OpenFile {
    /// The bytes of the file.
    pub reader: Box<dyn io::Read>,
    /// The size in bytes; `None` for a pipe.
    pub bytes: Option<u64>,
}

/// A regular file in a listed folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// The full path.
    pub path: PathBuf,
    /// The size in bytes.
    pub bytes: u64,
    /// Whether the entry is a symbolic link to the file.
    pub is_link: bool,
    /// The time of the last write, if the system reports one.
    pub modified: Option<Timestamp>,
}
