//! Reads and writes files so that a crash loses nothing; each error has the path and a next step.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use super::{FileEntry, OpenFile};
use crate::time::Timestamp;

mod error;

/// The largest file that is read as a whole, in bytes.
const LARGEST: u64 = 512 << 20;

pub use error::FileError;

pub(super) fn read(path: &Path) -> Result<String, FileError> {
    let (file, metadata) = opened(path)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(LARGEST)).unwrap_or_default());
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|cause| FileError::system("read", path, cause))?;
    if bytes.len() as u64 > LARGEST {
        return Err(FileError::TooLarge { path: path.to_path_buf(), most: LARGEST });
    }
    String::from_utf8(bytes).map_err(|fault| FileError::NotText {
        path: path.to_path_buf(),
        offset: fault.utf8_error().valid_up_to(),
    })
}

/// Opens a file for reading; refuses folders, and devices that may never end.
fn opened(path: &Path) -> Result<(File, Metadata), FileError> {
    let fault = |cause| FileError::system("read", path, cause);
    let file = File::open(path).map_err(fault)?;
    let metadata = file.metadata().map_err(fault)?;
    if metadata.is_dir() {
        return Err(FileError::Folder { path: path.to_path_buf() });
    }
    if is_endless(&file, &metadata) {
        return Err(FileError::Stream { path: path.to_path_buf() });
    }
    Ok((file, metadata))
}

/// Whether reading may never end: a device that is not a terminal.
#[cfg(unix)]
fn is_endless(file: &File, metadata: &Metadata) -> bool {
    use std::io::IsTerminal as _;
    use std::os::unix::fs::FileTypeExt as _;
    let kind = metadata.file_type();
    (kind.is_char_device() && !file.is_terminal()) || kind.is_block_device() || kind.is_socket()
}

#[cfg(not(unix))]
const fn is_endless(_file: &File, _metadata: &Metadata) -> bool {
    false
}

pub(super) fn read_file(path: &Path) -> Result<String, FileError> {
    let metadata = std::fs::metadata(path).map_err(|cause| FileError::system("read", path, cause))?;
    if !metadata.is_file() && !metadata.is_dir() {
        return Err(FileError::Stream { path: path.to_path_buf() });
    }
    read(path)
}

pub(super) fn open(path: &Path) -> Result<OpenFile, FileError> {
    let (file, metadata) = opened(path)?;
    let bytes = metadata.is_file().then_some(metadata.len());
    Ok(OpenFile { reader: Box::new(file), bytes })
}

pub(super) fn write_shared(path: &Path, text: &str) -> Result<(), FileError> {
    let fault = |cause| FileError::system("write", path, cause);
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(fault)?;
    file.write_all(text.as_bytes()).map_err(|cause| {
        remove(path).ok();
        fault(cause)
    })
}

/// When a write survives a crash of the machine; a crash of the program alone never loses it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Durability {
    Synced,
    Deferred,
}

pub(super) fn append(path: &Path, text: &str, durability: Durability) -> Result<(), FileError> {
    let folder = folder_of(path);
    make_folder(folder)?;
    let fault = |cause| FileError::system("write", path, cause);
    if path.is_symlink() {
        return Err(FileError::Link { path: path.to_path_buf() });
    }
    let is_new = !exists(path);
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(fault)?;
    restrict(path, 0o600);
    // A single call: text that another program appends at the same time goes before or after.
    let length = file.metadata().map_err(fault)?.len();
    if let Err(cause) = file.write_all(text.as_bytes()) {
        undo_append(path, length, text);
        return Err(fault(cause));
    }
    if durability == Durability::Deferred {
        return Ok(());
    }
    file.sync_data().map_err(fault)?;
    if is_new { sync_folder(folder) } else { Ok(()) }
}

/// Removes the rest of a failed append, so that it does not fill a full disk; keeps the file if
/// another program has appended meanwhile.
fn undo_append(path: &Path, length: u64, text: &str) {
    let Ok(mut file) = OpenOptions::new().read(true).write(true).open(path) else { return };
    let mut left = Vec::new();
    let read = file.seek(SeekFrom::Start(length)).and_then(|_place| file.read_to_end(&mut left));
    if read.is_ok() && text.as_bytes().starts_with(&left) {
        file.set_len(length).ok();
    }
}

pub(super) fn read_end(path: &Path, bytes: u64) -> Result<String, FileError> {
    let fault = |cause| FileError::system("read", path, cause);
    let mut file = File::open(path).map_err(fault)?;
    let from = file.metadata().map_err(fault)?.len().saturating_sub(bytes);
    // One more byte, to detect a line that starts exactly there.
    file.seek(SeekFrom::Start(from.saturating_sub(1))).map_err(fault)?;
    let mut end = Vec::new();
    file.read_to_end(&mut end).map_err(fault)?;
    let text = String::from_utf8(end)
        .unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into_owned());
    Ok(match text.split_once('\n') {
        Some((_, rest)) if from > 0 => rest.to_owned(),
        None if from > 0 => String::new(),
        Some(_) | None => text,
    })
}

pub(super) fn list(folder: &Path) -> Result<Vec<FileEntry>, FileError> {
    let fault = |cause| FileError::system("list", folder, cause);
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(fault(cause)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(fault)?.path();
        // Skip files that were removed meanwhile, and broken links.
        if let Ok(metadata) = std::fs::metadata(&path)
            && metadata.is_file()
        {
            let is_link = path.is_symlink();
            let modified =
                metadata.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
            let modified = modified.map(|since| Timestamp::EPOCH + since.into());
            found.push(FileEntry { path, bytes: metadata.len(), is_link, modified });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// The bytes of a regular file, without following a link or waiting for a pipe; `None` for other
/// types.
pub(super) fn read_plain(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let there = path.symlink_metadata()?;
    if !there.is_file() {
        return Ok(None);
    }
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, unfollowed());
    let mut bytes = Vec::new();
    options.open(path)?.read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Open flags that refuse a link and never wait for the other end of a pipe.
#[cfg(unix)]
pub(super) fn unfollowed() -> i32 {
    (rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK).bits().cast_signed()
}

pub(super) fn move_file(from: &Path, to: &Path) -> Result<(), FileError> {
    make_folder(folder_of(to))?;
    rename_new(from, to).map_err(|cause| {
        let place = if cause.kind() == io::ErrorKind::AlreadyExists { to } else { from };
        FileError::system("move", place, cause)
    })?;
    sync_folder(folder_of(to))?;
    sync_folder(folder_of(from))
}

/// Renames a file in one step; never replaces another file.
#[expect(clippy::disallowed_methods, reason = "the one place that moves files")]
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;

        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            ended => return Ok(ended?),
        }
    }
    match std::fs::hard_link(from, to) {
        Ok(()) => std::fs::remove_file(from),
        Err(cause) if matches!(cause.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound) => {
            Err(cause)
        }
        // The file system has no hard links: check before the rename.
        Err(_) if exists(to) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => std::fs::rename(from, to),
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that removes files")]
pub(super) fn remove(path: &Path) -> Result<(), FileError> {
    std::fs::remove_file(path).map_err(|cause| FileError::system("remove", path, cause))?;
    sync_folder(folder_of(path))
}

pub(super) fn mode(path: &Path) -> Result<Option<u32>, FileError> {
    let metadata = std::fs::metadata(path).map_err(|cause| FileError::system("inspect", path, cause))?;
    #[cfg(unix)]
    let mode = Some(std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o7777);
    #[cfg(not(unix))]
    let (mode, _) = (None, metadata);
    Ok(mode)
}

/// Makes a file executable for its owner and closed to other users.
pub(super) fn make_runnable(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;

        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)).ok();
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// Removes the permissions of other users, unless the file belongs to another user.
pub(super) fn restrict(path: &Path, mode: u32) {
    #[cfg(unix)]
    if let Ok(metadata) = std::fs::metadata(path) {
        use std::os::unix::fs::PermissionsExt as _;

        let mut permissions = metadata.permissions();
        if permissions.mode() & 0o777 & !mode != 0 {
            permissions.set_mode(mode);
            std::fs::set_permissions(path, permissions).ok();
        }
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
}

pub(super) fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

pub(super) fn make_folder(folder: &Path) -> Result<(), FileError> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|cause| FileError::system("create the folder", folder, cause))
}

/// Makes a rename durable; systems that cannot open a folder need no sync.
pub(super) fn sync_folder(folder: &Path) -> Result<(), FileError> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let opened = File::open(folder).map_err(|cause| FileError::system("open", folder, cause))?;
    match opened.sync_all() {
        // Some file systems cannot sync a folder at all; the file itself is synced.
        Err(cause) if matches!(cause.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        Err(cause) => Err(FileError::system("sync", folder, cause)),
        Ok(()) => Ok(()),
    }
}
