//! Locks between programs that run at the same time. The system lets go of them when a program ends, however it ends:
//! a file that lies there says nothing, only its lock does.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::FileError;
use super::file::{folder_of, make_folder};

/// How often a lock that another program has is tried again.
const PAUSE: Duration = Duration::from_millis(5);

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
        if self.file.is_some() {
            // Before the lock goes: whoever opened this very file meanwhile sees that it is gone, and makes another.
            std::fs::remove_file(&self.path).ok();
        }
    }
}

/// Takes the lock whose file this is, or none when another program has it.
pub(super) fn take(path: &Path) -> Result<Option<Lock>, FileError> {
    make_folder(folder_of(path))?;
    let fault = |cause| FileError::system("lock", path, cause);
    loop {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(fault)?;
        match file.try_lock() {
            Ok(()) if stands_at(&file, path) => {
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
}

/// Takes a lock as soon as the program that has it lets go of it, if that is soon enough.
#[expect(clippy::disallowed_methods, reason = "nothing tells when another program lets go of a lock")]
pub(super) fn wait(path: &Path, limit: Duration) -> Result<Lock, FileError> {
    let mut waited = Duration::ZERO;
    loop {
        if let Some(lock) = take(path)? {
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
fn stands_at(file: &File, path: &Path) -> bool {
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
