//! Replaces a file in one step: at any moment, even after a crash, the file is the old or the new
//! one.

use std::io::{self, Write as _};
use std::path::Path;

use super::FileError;
use super::file::{folder_of, make_folder, read_plain, rename_new, sync_folder};
use crate::draft::Fingerprint;

/// The size of one write in bytes.
const BLOCK: usize = 1 << 16;
/// The prefix of temporary file names.
const TEMPORARY: &str = ".new-";
/// The suffix of a temporary file that may be the only copy of a text.
const KEPT: &str = ".kept";
/// The number of exchanges before a path that other programs keep writing to is given up.
const TRIES: usize = 16;

/// The steps of a write; tests let single steps fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteStep {
    /// Create a temporary file next to the target.
    Make,
    /// Write a block of the text to the temporary file.
    Write,
    /// Sync the temporary file.
    Sync,
    /// Rename it to the target, or exchange the two.
    Rename,
    /// Compare the replaced content with the expected one.
    Compare,
    /// Sync the folder.
    SyncFolder,
}

/// Whether a write may replace an existing file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replace {
    /// Always.
    Yes,
    /// Never.
    No,
    /// Only a file with this content.
    Only(Fingerprint),
}

/// Writes a file in a private folder. `before` runs ahead of each step; its error counts as a disk
/// error.
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
    // A rename would replace a device with a file, for all users.
    if path.symlink_metadata().is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        return Err(FileError::Stream { path: path.to_path_buf() });
    }
    let fault = |cause| FileError::system("write", path, cause);
    before(WriteStep::Make).map_err(fault)?;
    // The temporary file has mode 0600 and is next to its target, so that the rename stays on one
    // disk.
    let mut file = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder).map_err(fault)?;
    for piece in text.as_bytes().chunks(BLOCK) {
        before(WriteStep::Write).and_then(|()| file.write_all(piece)).map_err(fault)?;
    }
    before(WriteStep::Sync).and_then(|()| file.as_file().sync_all()).map_err(fault)?;
    let changed = || FileError::Changed { path: path.to_path_buf() };
    // A visible change needs no exchange.
    if let Replace::Only(old) = replace
        && content(path).map_err(fault)? != Some(old)
    {
        return Err(changed());
    }
    before(WriteStep::Rename).map_err(fault)?;
    let result = match replace {
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
    result.map_err(fault)?;
    before(WriteStep::SyncFolder).map_err(|cause| FileError::system("sync", folder, cause))?;
    sync_folder(folder)
}

/// Whether a path has the name of a temporary file of [`write`].
pub(super) fn is_temporary(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let random = name.and_then(|name| name.strip_prefix(TEMPORARY));
    random.is_some_and(|random| random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// A temporary file with the new text, and the path of the file to replace.
struct Files<'a> {
    temporary: tempfile::NamedTempFile,
    path: &'a Path,
    text: &'a str,
}

impl Files<'_> {
    /// Replaces the content `old` with the new text; false if the file had another content, which
    /// stays.
    fn replace(
        self,
        old: Fingerprint,
        before: &mut impl FnMut(WriteStep) -> io::Result<()>,
    ) -> io::Result<bool> {
        match swap(self.temporary.path(), self.path) {
            // Editors and sync tools use no lock. The replaced content shows whether one was
            // faster.
            Ok(true) => {
                let temporary = self.temporary.path().to_path_buf();
                let result = self.settle(old, before);
                // A remaining file may be the only copy of another program's text: `sweep` ignores
                // this name.
                if temporary.exists() {
                    let mut preserved = temporary.clone().into_os_string();
                    preserved.push(KEPT);
                    rename_new(&temporary, Path::new(&preserved)).ok();
                }
                result
            }
            // Without an exchange, the comparison before the rename must suffice.
            Ok(false) => self.temporary.persist(self.path).map(|_file| true).map_err(|refused| refused.error),
            Err(cause) => Err(cause),
        }
    }

    /// Compares the replaced content with `old`, and restores it if it differs.
    ///
    /// Each further exchange restores what the previous one replaced, until an exchange takes out
    /// exactly what the previous one had put there: then the newest content of other programs is in
    /// place.
    fn settle(
        mut self,
        old: Fingerprint,
        before: &mut impl FnMut(WriteStep) -> io::Result<()>,
    ) -> io::Result<bool> {
        // Until the comparison, the temporary file may be the only copy of a text.
        self.temporary.disable_cleanup(true);
        let compared = before(WriteStep::Compare);
        let mut wanted = compared.is_ok().then_some(old);
        let mut inside = Some(Fingerprint::of(self.text));
        for round in 0..TRIES {
            let out = content(self.temporary.path())?;
            if out.is_some() && out == wanted {
                self.temporary.disable_cleanup(false);
                return compared.map(|()| round == 0);
            }
            match swap(self.temporary.path(), self.path) {
                Ok(_) => wanted = std::mem::replace(&mut inside, out),
                // The new file was removed meanwhile.
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                    rename_new(self.temporary.path(), self.path)?;
                    return compared.map(|()| false);
                }
                Err(cause) => return Err(cause),
            }
        }
        compared.map(|()| false)
    }
}

/// The fingerprint of a regular file; `None` for other types.
fn content(path: &Path) -> io::Result<Option<Fingerprint>> {
    Ok(read_plain(path)?.map(Fingerprint::of))
}

/// Exchanges two files in one step; false if the system or file system cannot.
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
