//! Reads, changes and writes a file without losing concurrent changes of other programs.

use std::path::Path;
use std::time::Duration;

use super::{FileError, World};
use crate::draft::Fingerprint;

/// The maximum wait for the lock.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);
/// The number of attempts when a program without a lock was faster.
const TRIES: usize = 20;

/// Changes a file under this lock. `change` gets the text, or `None` for a missing file, and
/// returns the new text, or `None` to write nothing; it runs again when an editor was faster.
/// `fault` converts file errors.
pub(super) fn update<T, E>(
    world: &dyn World,
    path: &Path,
    lock: &Path,
    fault: fn(FileError) -> E,
    mut change: impl FnMut(Option<&str>) -> Result<(Option<String>, T), E>,
) -> Result<T, E> {
    let _lock = world.wait_for_lock(lock, LOCK_TIMEOUT).map_err(fault)?;
    for _ in 0..TRIES {
        let old = match world.read_file(path) {
            Ok(text) => Some(text),
            Err(FileError::Missing { .. }) => None,
            Err(cause) => return Err(fault(cause)),
        };
        let (new, result) = change(old.as_deref())?;
        let written = match (&old, &new) {
            (_, None) => Ok(()),
            (Some(old), Some(new)) => world.replace(path, Fingerprint::of(old), new),
            (None, Some(new)) => world.write_new(path, new),
        };
        match written {
            Ok(()) => return Ok(result),
            Err(
                FileError::Changed { path: at }
                | FileError::Missing { path: at }
                | FileError::Exists { path: at },
            ) if at == path => {}
            Err(cause) => return Err(fault(cause)),
        }
    }
    Err(fault(FileError::Changed { path: path.to_path_buf() }))
}
