//! A file that is read, changed and written again, without losing what another program writes meanwhile.

use std::path::Path;
use std::time::Duration;

use super::{FileError, World};
use crate::draft::Fingerprint;

/// How long another sei-compose may hold the lock.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often a change is made anew when a program that takes no lock was faster.
const TRIES: usize = 20;

/// Changes a file while this lock is held. `change` gets the text, if there is a file, and gives the new text, if there is
/// something to write. It is asked again where an editor was faster. `fault` says what a fault of the disk is here.
pub(super) fn update<T, E>(
    world: &dyn World,
    path: &Path,
    lock: &Path,
    fault: fn(FileError) -> E,
    mut change: impl FnMut(Option<&str>) -> Result<(Option<String>, T), E>,
) -> Result<T, E> {
    let _held = world.wait_for_lock(lock, PATIENCE).map_err(fault)?;
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
