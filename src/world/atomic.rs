//! A file replaced as one step: at any moment, also after a crash, it is the old one or the new one.

use std::io::{self, Write as _};
use std::path::Path;

use super::FileError;
use super::file::{folder_of, make_folder, read_plain, rename_new, sync_folder};
use crate::draft::Fingerprint;

/// So much is written at once.
const BLOCK: usize = 1 << 16;
/// What the name of a temporary file starts with.
const TEMPORARY: &str = ".new-";
/// What the name of a temporary file ends with that may hold the only copy of a text.
const KEPT: &str = ".kept";
/// How often two files change places before a path that others write to without end is left to them.
const TRIES: usize = 16;

/// What a write is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteStep {
    /// Make a temporary file beside the target.
    Make,
    /// Write a piece of the text into it.
    Write,
    /// Have the disk keep it.
    Sync,
    /// Put it in the place of the target.
    Rename,
    /// Look at what the target was.
    Compare,
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
    /// It may take the place of this content only.
    Only(Fingerprint),
}

/// Writes a file in a private folder. `before` is asked ahead of each step, and its fault is as one of the disk.
pub fn write(
    path: &Path,
    text: &str,
    replace: Replace,
    mut before: impl FnMut(WriteStep) -> io::Result<()>,
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
    before(WriteStep::Make).map_err(fault)?;
    // A temporary file is made with mode 0600 and stands beside its target, so that the rename stays on one disk.
    let mut file = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder).map_err(fault)?;
    for piece in text.as_bytes().chunks(BLOCK) {
        before(WriteStep::Write).and_then(|()| file.write_all(piece)).map_err(fault)?;
    }
    before(WriteStep::Sync).and_then(|()| file.as_file().sync_all()).map_err(fault)?;
    let changed = || FileError::Changed { path: path.to_path_buf() };
    // What is seen to be another content needs no exchange.
    if let Replace::Only(old) = replace
        && content(path).map_err(fault)? != Some(old)
    {
        return Err(changed());
    }
    before(WriteStep::Rename).map_err(fault)?;
    let kept = match replace {
        Replace::Yes => file.persist(path).map(drop).map_err(|refused| refused.error),
        Replace::No => file.persist_noclobber(path).map(drop).map_err(|refused| refused.error),
        Replace::Only(old) => {
            let files = Files { temporary: file, path, text };
            if !files.replace(old, &mut before).map_err(fault)? {
                return Err(changed());
            }
            Ok(())
        }
    };
    kept.map_err(fault)?;
    before(WriteStep::SyncFolder).map_err(|cause| FileError::system("sync", folder, cause))?;
    sync_folder(folder)
}

/// Whether a path is that of a temporary file that a write would have removed.
pub(super) fn is_temporary(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let random = name.and_then(|name| name.strip_prefix(TEMPORARY));
    random.is_some_and(|random| random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// A temporary file with the new text, and the file in whose place it shall be.
struct Files<'a> {
    temporary: tempfile::NamedTempFile,
    path: &'a Path,
    text: &'a str,
}

impl Files<'_> {
    /// Puts the new text in the place of this content; false where something else was there, which is there still.
    fn replace(
        self,
        old: Fingerprint,
        before: &mut impl FnMut(WriteStep) -> io::Result<()>,
    ) -> io::Result<bool> {
        match swap(self.temporary.path(), self.path) {
            // Editors and sync tools take no lock. What came out of the place tells whether one was faster.
            Ok(true) => {
                let temporary = self.temporary.path().to_path_buf();
                let settled = self.settle(old, before);
                // What is still there may be the only copy of another program's text: no start removes that name.
                if temporary.exists() {
                    let mut kept = temporary.clone().into_os_string();
                    kept.push(KEPT);
                    rename_new(&temporary, Path::new(&kept)).ok();
                }
                settled
            }
            // Where files cannot change places, the look ahead has to do.
            Ok(false) => self.temporary.persist(self.path).map(|_file| true).map_err(|refused| refused.error),
            Err(cause) => Err(cause),
        }
    }

    /// Looks at what came out of the place, and puts it back where it is not what was to be replaced.
    ///
    /// Each further exchange puts in what the one before took out, until one takes out what the one before it put in:
    /// then the newest content of the others is in its place.
    fn settle(
        mut self,
        old: Fingerprint,
        before: &mut impl FnMut(WriteStep) -> io::Result<()>,
    ) -> io::Result<bool> {
        // Until it is known, the temporary file may hold the only copy of somebody's work.
        self.temporary.disable_cleanup(true);
        let looked = before(WriteStep::Compare);
        let mut wanted = looked.is_ok().then_some(old);
        let mut inside = Some(Fingerprint::of(self.text));
        for round in 0..TRIES {
            let out = content(self.temporary.path())?;
            if out.is_some() && out == wanted {
                self.temporary.disable_cleanup(false);
                return looked.map(|()| round == 0);
            }
            match swap(self.temporary.path(), self.path) {
                Ok(_) => wanted = std::mem::replace(&mut inside, out),
                // What took its place is gone again.
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                    rename_new(self.temporary.path(), self.path)?;
                    return looked.map(|()| false);
                }
                Err(cause) => return Err(cause),
            }
        }
        looked.map(|()| false)
    }
}

/// The fingerprint of a regular file; none of anything else.
fn content(path: &Path) -> io::Result<Option<Fingerprint>> {
    Ok(read_plain(path)?.map(Fingerprint::of))
}

/// Has two files change places; false where the system or the file system cannot do that.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn swap(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(cause) => Err(cause.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn swap(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}
