//! Locks between running programs. The system releases a lock when its program ends in any way:
//! only the lock counts, not the existence of the lock file.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::FileError;
#[cfg(unix)]
use super::file::unfollowed;
use super::file::{folder_of, make_folder};
use super::inside::{require, require_folders};

/// The interval between attempts to acquire a lock.
const RETRY_INTERVAL: Duration = Duration::from_millis(5);
/// How often the lock file may disappear between opening and locking before the lock counts as
/// busy.
const TRIES: usize = 1_000;

/// A lock, released on drop.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// `None` on a file system without locks: then every program gets the lock.
    file: Option<File>,
}

impl Drop for Lock {
    #[expect(clippy::disallowed_methods, reason = "a released lock removes its file")]
    fn drop(&mut self) {
        // Before the release: a program that opened this file meanwhile detects the removal and
        // creates a new one.
        if self.file.as_ref().is_some_and(|file| is_at(file, &self.path)) {
            std::fs::remove_file(&self.path).ok();
        }
    }
}

/// Acquires the lock with this file; `None` if another program has it.
///
/// Neither the file nor a folder between `data` and the file may be a symbolic link: other programs
/// would not find the lock.
pub(super) fn take(path: &Path, data: &Path) -> Result<Option<Lock>, FileError> {
    let folder = folder_of(path);
    require_folders(folder, data)?;
    make_folder(folder)?;
    let fault = |cause| FileError::system("lock", path, cause);
    for _ in 0..TRIES {
        require(path, "a lock file", std::fs::Metadata::is_file)?;
        let file = match open(path) {
            Ok(file) => file,
            // The path may have changed meanwhile: the next round reports it.
            Err(_) if require(path, "a lock file", std::fs::Metadata::is_file).is_err() => continue,
            Err(cause) => return Err(fault(cause)),
        };
        match file.try_lock() {
            Ok(()) if is_at(&file, path) => {
                return Ok(Some(Lock { path: path.to_path_buf(), file: Some(file) }));
            }
            // The previous holder removed the file between the two steps.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(cause)) if cause.kind() == io::ErrorKind::Unsupported => {
                return Ok(Some(Lock { path: path.to_path_buf(), file: None }));
            }
            Err(TryLockError::Error(cause)) => return Err(fault(cause)),
        }
    }
    Ok(None)
}

/// Opens a lock file without following a link or waiting for the other end of a pipe.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;

        options.mode(0o600).custom_flags(unfollowed());
    }
    options.open(path)
}

/// Acquires a lock as soon as the other program releases it, up to `limit`.
#[expect(
    clippy::disallowed_methods,
    reason = "the system does not report when another program releases a lock"
)]
pub(super) fn wait(path: &Path, data: &Path, limit: Duration) -> Result<Lock, FileError> {
    let mut waited = Duration::ZERO;
    loop {
        if let Some(lock) = take(path, data)? {
            return Ok(lock);
        }
        if waited >= limit {
            return Err(FileError::Busy { path: path.to_path_buf() });
        }
        std::thread::sleep(RETRY_INTERVAL);
        waited += RETRY_INTERVAL;
    }
}

/// Whether a path still leads to this open file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let place = |found: std::fs::Metadata| (found.dev(), found.ino());
    let (open, there) = (file.metadata().map(place), path.symlink_metadata().map(place));
    matches!((open, there), (Ok(open), Ok(there)) if open == there)
}

/// On other systems, an open file cannot be removed.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}
