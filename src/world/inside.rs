//! Checks for symbolic links inside the data folder: a link would lead out of the folder.

use std::fs::Metadata;
use std::path::Path;

use super::FileError;

/// Refuses a folder inside `data` when the folder, or one between it and `data`, is a symbolic link
/// or not a folder. The data folder itself may be a link: the user chooses its place.
pub(super) fn require_folders(folder: &Path, data: &Path) -> Result<(), FileError> {
    let inside = folder.ancestors().take_while(|folder| *folder != data && folder.starts_with(data));
    inside.into_iter().try_for_each(|folder| require(folder, "a folder", Metadata::is_dir))
}

/// Refuses a path of another type than `wanted`; a missing path is fine.
pub(super) fn require(
    path: &Path,
    wanted: &'static str,
    is_wanted: fn(&Metadata) -> bool,
) -> Result<(), FileError> {
    let Ok(there) = path.symlink_metadata() else { return Ok(()) };
    if is_wanted(&there) {
        return Ok(());
    }
    let found = if there.is_symlink() {
        "a symbolic link"
    } else if there.is_dir() {
        "a folder"
    } else if there.is_file() {
        "a file"
    } else {
        "a pipe or a device"
    };
    Err(FileError::Misplaced { path: path.to_path_buf(), wanted, found })
}
