//! A file replaced as one step: at any moment, also after a crash, it is the old one or the new one.

use std::io::{self, Write as _};
use std::path::Path;

use super::FileError;
use super::file::{folder_of, make_folder, sync_folder};

/// So much is written at once.
const PIECE: usize = 1 << 16;

/// What a write is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Make a temporary file beside the target.
    Make,
    /// Write a piece of the text into it.
    Write,
    /// Have the disk keep it.
    Sync,
    /// Put it in the place of the target.
    Rename,
    /// Have the disk keep its new name.
    SyncFolder,
}

/// Whether a write may take the place of a file that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replace {
    /// It may.
    Yes,
    /// It may not.
    No,
}

/// Writes a file in a private folder. `before` is asked ahead of each step, and its fault is as one of the disk.
pub fn write(
    path: &Path,
    text: &str,
    replace: Replace,
    mut before: impl FnMut(Step) -> io::Result<()>,
) -> Result<(), FileError> {
    let folder = folder_of(path);
    make_folder(folder)?;
    if path.is_symlink() {
        return Err(FileError::Link { path: path.to_path_buf() });
    }
    // A rename would put a file in the place of a device, for everyone.
    if path.symlink_metadata().is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        return Err(FileError::Stream { path: path.to_path_buf() });
    }
    let fault = |cause| FileError::system("write", path, cause);
    before(Step::Make).map_err(fault)?;
    // A temporary file is made with mode 0600 and stands beside its target, so that the rename stays on one disk.
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder).map_err(fault)?;
    for piece in text.as_bytes().chunks(PIECE) {
        before(Step::Write).and_then(|()| file.write_all(piece)).map_err(fault)?;
    }
    before(Step::Sync).and_then(|()| file.as_file().sync_all()).map_err(fault)?;
    before(Step::Rename).map_err(fault)?;
    let kept = match replace {
        Replace::Yes => file.persist(path),
        Replace::No => file.persist_noclobber(path),
    };
    kept.map_err(|refused| fault(refused.error))?;
    before(Step::SyncFolder).map_err(|cause| FileError::system("sync", folder, cause))?;
    sync_folder(folder)
}
