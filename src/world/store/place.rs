//! Finds free paths for files in a folder.

use std::path::{Path, PathBuf};

use crate::world::{FileError, World};

/// Writes a new file at a free path, and returns the path.
pub(super) fn write_free(
    world: &dyn World,
    folder: &Path,
    stem: &str,
    text: &str,
) -> Result<PathBuf, FileError> {
    at_free_path(world, folder, stem, |path| world.write_new(path, text))
}

/// Moves a file to a free path, and returns the path.
pub(in crate::world) fn move_free(
    world: &dyn World,
    from: &Path,
    folder: &Path,
    stem: &str,
) -> Result<PathBuf, FileError> {
    at_free_path(world, folder, stem, |path| world.move_file(from, path))
}

/// Calls `make` with a free path, and with the next one when another program was faster.
fn at_free_path(
    world: &dyn World,
    folder: &Path,
    stem: &str,
    make: impl Fn(&Path) -> Result<(), FileError>,
) -> Result<PathBuf, FileError> {
    loop {
        let path = free_path(world, folder, stem);
        match make(&path) {
            Err(FileError::Exists { .. }) if world.exists(&path) => {}
            ended => return ended.map(|()| path),
        }
    }
}

/// `stem.json`, or `stem-2.json` and so on when the path exists.
fn free_path(world: &dyn World, folder: &Path, stem: &str) -> PathBuf {
    let numbered = (2_u64..).map(|n| folder.join(format!("{stem}-{n}.json")));
    let mut paths = std::iter::once(folder.join(format!("{stem}.json"))).chain(numbered);
    paths.find(|path| !world.exists(path)).unwrap_or_else(|| folder.join(format!("{stem}.json")))
}
