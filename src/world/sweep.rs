//! Removes temporary files of killed programs.

use super::atomic::is_temporary;
use super::{FileEntry, World, journal, recovery, store};
use crate::time::Duration;

/// A write takes seconds: an older temporary file belongs to a program that has ended.
const SAFE_AGE: Duration = Duration::from_millis(24 * 60 * 60 * 1000);

/// Removes old temporary files from all folders that the program writes to. A file that cannot be
/// removed stays until the next start.
pub fn sweep(world: &dyn World) {
    let folders = world.folders();
    let recovery = recovery::folder(world);
    let all = [
        folders.config.clone(),
        folders.data.clone(),
        store::drafts_folder(world),
        store::trash_folder(world),
        recovery.join("set-aside"),
        recovery,
        journal::folder(world),
    ];
    let oldest = world.now() - SAFE_AGE;
    let is_stale = |file: &FileEntry| {
        let is_old = file.modified.is_some_and(|modified| modified < oldest);
        is_old && !file.is_link && is_temporary(&file.path)
    };
    for file in all.iter().filter_map(|folder| world.list(folder).ok()).flatten().filter(is_stale) {
        world.remove(&file.path).ok();
    }
}
