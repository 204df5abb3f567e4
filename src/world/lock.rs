//! Locks between programs that run at the same time. The system lets go of them when a program ends, however it ends:
//! a file that lies there says nothing, only its lock does.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::FileError;
#[cfg(unix)]
use super::file::unfollowed;
use super::file::{folder_of, make_folder};
use super::inside::{require, require_folders};

/// How often a lock that another program has is tried again.
const PAUSE: Duration = Duration::from_millis(5);
/// How often the file of a lock may vanish between opening and locking before the lock counts as busy.
const TRIES: usize = 1_000;

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// None where the file system knows no locks: then everybody has them.
    file: Option<File>,
}

impl Drop for Lock {
    #[expect(clippy::disallowed_methods, reason = "a lock leaves no file behind")]
    fn drop(&mut self) {
        // Before the lock goes: whoever opened this very file meanwhile sees that it is gone, and makes another.
        if self.file.as_ref().is_some_and(|file| is_at(file, &self.path)) {
            std::fs::remove_file(&self.path).ok();
        }
    }
}

/// Takes the lock whose file this is, or none when another program has it.
///
/// Neither the file nor a folder between `data` and the file may be a symbolic link: the lock would be
/// somewhere else than the other programs look for it.
pub(super) fn take(path: &Path, data: &Path) -> Result<Option<Lock>, FileError> {
    let folder = folder_of(path);
    require_folders(folder, data)?;
    make_folder(folder)?;
    let fault = |cause| FileError::system("lock", path, cause);
    for _ in 0..TRIES {
        require(path, "a lock file", std::fs::Metadata::is_file)?;
        let file = match open(path) {
            Ok(file) => file,
            // Something else may have come between: the next round says what.
            Err(_) if require(path, "a lock file", std::fs::Metadata::is_file).is_err() => continue,
            Err(cause) => return Err(fault(cause)),
        };
        match file.try_lock() {
            Ok(()) if is_at(&file, path) => {
                return Ok(Some(Lock { path: path.to_path_buf(), file: Some(file) }));
            }
            // Its last holder removed it between the two steps.
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

/// Opens the file of a lock without following a link and without waiting for the other end of a pipe.
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

/// Takes a lock as soon as the program that has it lets go of it, if that is soon enough.
#[expect(clippy::disallowed_methods, reason = "nothing tells when another program lets go of a lock")]
pub(super) fn wait(path: &Path, data: &Path, limit: Duration) -> Result<Lock, FileError> {
    let mut waited = Duration::ZERO;
    loop {
        if let Some(lock) = take(path, data)? {
            return Ok(lock);
        }
        if waited >= limit {
            return Err(FileError::Busy { path: path.to_path_buf() });
        }
        std::thread::sleep(PAUSE);
        waited += PAUSE;
    }
}

/// Whether a path still leads to an open file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let place = |found: std::fs::Metadata| (found.dev(), found.ino());
    let (open, there) = (file.metadata().map(place), path.symlink_metadata().map(place));
    matches!((open, there), (Ok(open), Ok(there)) if open == there)
}

/// Elsewhere an open file cannot be removed.
#[cfg(not(unix))]
fn stands_at(_file: &File, _path: &Path) -> bool {
    true
}
