//! Unsaved work on disk: one file per running program in `recovery`, in the draft format.
//!
//! Each file has a lock that its program holds while it runs. A file without a held lock is a
//! leftover of a program that has ended, and the next start offers it. Nothing is deleted unread:
//! discarded work goes to the trash, and an unreadable file is moved to `set-aside` with the
//! reason.

use std::path::{Path, PathBuf};

use super::{FileError, Lock, World, store};
use crate::draft::{Draft, Leftover, Leftovers};

/// The name in the trash for work without a name.
const UNNAMED: &str = "unsaved work";
/// The maximum number of programs that run at once.
const MOST: usize = 1_000;

/// The folder `recovery`, which may not exist.
pub fn folder(world: &dyn World) -> PathBuf {
    world.folders().data.join("recovery")
}

/// The file for the unsaved work of one program, locked while the program runs.
#[derive(Debug)]
pub struct RecoverySlot {
    path: PathBuf,
    _lock: Lock,
}

impl RecoverySlot {
    /// Acquires a slot that no program uses and that has no leftover.
    pub fn take(world: &dyn World) -> Result<Self, FileError> {
        let folder = folder(world);
        let paths = (1..MOST).map(|number| folder.join(format!("{number}.json")));
        let mut misplaced = None;
        for path in paths.filter(|path| !world.exists(path)) {
            match world.lock(&lock_of(&path)) {
                Ok(Some(lock)) if !world.exists(&path) => return Ok(Self { path, _lock: lock }),
                Ok(_) => {}
                // The next number has its own lock, unless the folder itself is at fault.
                Err(fault @ FileError::Misplaced { .. }) => misplaced = misplaced.or(Some(fault)),
                Err(fault) => return Err(fault),
            }
        }
        Err(misplaced.unwrap_or(FileError::Exists { path: folder }))
    }

    /// Writes the work and replaces the previous content.
    pub fn write(&self, world: &dyn World, work: Draft) -> Result<(), FileError> {
        world.write_atomic(&self.path, &Leftover::write(work, world.now()))
    }

    /// Removes the file, after the work was saved or discarded.
    pub fn clear(&self, world: &dyn World) -> Result<(), FileError> {
        if world.exists(&self.path) { world.remove(&self.path) } else { Ok(()) }
    }
}

/// The unsaved work of programs that have ended.
pub fn leftovers(world: &dyn World) -> Result<Leftovers, FileError> {
    let mut leftovers = Leftovers::default();
    let folder = folder(world);
    for file in world.list(&folder)? {
        if file.path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        // A held lock belongs to a program that still runs.
        let _lock = match world.lock(&lock_of(&file.path)) {
            Ok(Some(lock)) => lock,
            Ok(None) => continue,
            // A link in place of the folder is one fault, not one for each file.
            Err(FileError::Misplaced { path, wanted, found }) if path != folder => {
                let fault = FileError::Misplaced { path, wanted, found };
                leftovers.unreadable.push(format!("{}: {fault}", file.path.display()));
                continue;
            }
            Err(fault) => return Err(fault),
        };
        match read(world, &file.path) {
            Ok(leftover) if leftover.is_saved() => world.remove(&file.path)?,
            Ok(leftover) => leftovers.found.push(leftover),
            Err(why) => leftovers.unreadable.push(move_unreadable(world, &file.path, &why)?),
        }
    }
    leftovers.faults = misplaced_locks(world);
    leftovers.found.sort_by_key(|leftover| std::cmp::Reverse(leftover.written));
    Ok(leftovers)
}

/// The faults of lock paths with a wrong file type and no leftover; their slots are never used.
fn misplaced_locks(world: &dyn World) -> Vec<String> {
    let folder = folder(world);
    let paths = (1..MOST).map(|number| folder.join(format!("{number}.lock")));
    let alone = paths.filter(|lock| world.exists(lock) && !world.exists(&lock.with_extension("json")));
    let faults = alone.filter_map(|lock| match world.lock(&lock) {
        Err(fault @ FileError::Misplaced { .. }) => Some(fault.to_string()),
        Ok(_) | Err(_) => None,
    });
    faults.collect()
}

/// Acquires the slot of a leftover; `None` if another program was faster.
pub fn adopt(world: &dyn World, id: &str) -> Result<Option<RecoverySlot>, FileError> {
    let path = path_of(world, id);
    let Some(lock) = world.lock(&lock_of(&path))? else { return Ok(None) };
    Ok(world.exists(&path).then(|| RecoverySlot { path, _lock: lock }))
}

/// Moves a leftover to the trash as a draft, which can be restored.
pub fn throw_away(world: &dyn World, id: &str) -> Result<(), FileError> {
    let path = &path_of(world, id);
    let Some(_lock) = world.lock(&lock_of(path))? else { return Ok(()) };
    if !world.exists(path) {
        return Ok(());
    }
    match read(world, path) {
        Ok(Leftover { draft, .. }) => {
            let name = if draft.name.is_empty() { UNNAMED.to_owned() } else { draft.name.clone() };
            store::trash_draft(world, &Draft { name, ..draft })?;
            world.remove(path)
        }
        Err(why) => move_unreadable(world, path, &why).map(drop),
    }
}

fn read(world: &dyn World, path: &Path) -> Result<Leftover, String> {
    let text = world.read(path).map_err(|fault| fault.to_string())?;
    let mut leftover = Leftover::read(&store::stem_of(path), &text).map_err(|fault| fault.to_string())?;
    let name = &leftover.draft.name;
    leftover.saved = if name.is_empty() { None } else { store::load_draft(world, name).ok() };
    Ok(leftover)
}

/// Moves an unreadable file to `set-aside`, next to a text file with the reason.
fn move_unreadable(world: &dyn World, path: &Path, why: &str) -> Result<String, FileError> {
    let aside = folder(world).join("set-aside");
    let place = store::move_free(world, path, &aside, "unreadable")?;
    world.write_new(&place.with_extension("txt"), &format!("{why}\n"))?;
    Ok(format!("Unsaved work could not be read and was moved to {}: {why}", place.display()))
}

fn path_of(world: &dyn World, id: &str) -> PathBuf {
    folder(world).join(id).with_extension("json")
}

fn lock_of(path: &Path) -> PathBuf {
    path.with_extension("lock")
}
