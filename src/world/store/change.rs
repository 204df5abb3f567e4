//! Writes, renames and copies drafts, and replaces only the expected content.
//!
//! Each sei-compose holds a lock while it changes a draft or the trash. Editors and sync tools do
//! not, so each change also compares the content that it replaced, and restores it if it differs.

use std::path::Path;
use std::time::Duration;

use super::place::{move_free, write_free};
use super::{
    DraftEntry, StoreError, check_free, check_name, drafts_folder, find, is_same_name, list_drafts, open,
    stem_of, written,
};
use crate::draft::{self, Draft, Fingerprint};
use crate::text;
use crate::time::Timestamp;
use crate::world::{FileError, Lock, World};

/// The lock for changes of drafts and the trash.
const LOCK: &str = ".drafts.lock";
/// The maximum wait for the lock.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// Acquires the lock for changes of drafts and the trash.
pub(super) fn lock_drafts(world: &dyn World) -> Result<Lock, FileError> {
    world.wait_for_lock(&world.folders().data.join(LOCK), LOCK_TIMEOUT)
}

/// Saves a draft with the current time: replaces the draft with its name if that still has the
/// content `draft.base`, or creates a new draft without `base`.
pub fn save_draft(world: &dyn World, draft: &Draft) -> Result<DraftEntry, StoreError> {
    let _lock = lock_drafts(world)?;
    let drafts = list_drafts(world)?;
    // An unreadable file has no draft name: it stays, and the draft gets another file.
    let is_readable = |entry: &&DraftEntry| entry.fault.is_none() && is_same_name(&entry.name, &draft.name);
    let entry = drafts.iter().find(is_readable);
    let (entry, base) = match (entry, draft.base) {
        (None, None) => return write_new(world, draft, &draft.name),
        (Some(entry), None) => return Err(StoreError::Taken(text::visible(&entry.name).into_owned())),
        (None, Some(_)) => return Err(gone(&drafts, &draft.name)),
        (Some(entry), Some(base)) => (entry, base),
    };
    expect(entry, Some(base))?;
    let (text, saved) = stamp(world, draft, &draft.name);
    replace(world, entry, base, &text)?;
    Ok(written(draft, &draft.name, entry.path.clone(), saved, &text))
}

/// Saves a draft under a new name; fails with [`StoreError::Taken`] if the name is in use.
pub fn save_new_draft(world: &dyn World, draft: &Draft) -> Result<DraftEntry, StoreError> {
    save_draft(world, &Draft { base: None, ..draft.clone() })
}

/// Renames a draft and its file; with `base`, only if the draft has this content.
pub fn rename_draft(
    world: &dyn World,
    name: &str,
    new_name: &str,
    base: Option<Fingerprint>,
) -> Result<DraftEntry, StoreError> {
    let _lock = lock_drafts(world)?;
    let old = find(world, name)?;
    check_name(new_name)?;
    check_free(world, new_name, Some(&old.path))?;
    expect(&old, base)?;
    let draft = open(world, old.clone())?;
    let (saved, base) = (draft.saved, base.or(draft.base));
    let renamed = Draft { name: new_name.to_owned(), ..draft };
    let text = renamed.write();
    if draft::file_stem(new_name) == stem_of(&old.path) {
        let Some(base) = base else { return Err(changed(&old.name)) };
        replace(world, &old, base, &text)?;
        return Ok(written(&renamed, new_name, old.path, saved, &text));
    }
    // The new file is complete before the old one is removed: a crash leaves two drafts, never
    // none.
    let path = write_free(world, &drafts_folder(world), &draft::file_stem(new_name), &text)?;
    if let Err(fault) = remove(world, &old, base) {
        // Another program changed or moved the draft: do not leave two of them.
        world.remove(&path)?;
        return Err(fault);
    }
    Ok(written(&renamed, new_name, path, saved, &text))
}

/// Copies a draft under another name; with `base`, only if the draft has this content.
pub fn duplicate_draft(
    world: &dyn World,
    name: &str,
    new_name: &str,
    base: Option<Fingerprint>,
) -> Result<DraftEntry, StoreError> {
    let entry = find(world, name)?;
    expect(&entry, base)?;
    let copy = Draft { name: new_name.to_owned(), ..open(world, entry)? };
    save_new_draft(world, &copy)
}

/// Refuses a draft with another content.
pub(super) fn expect(entry: &DraftEntry, base: Option<Fingerprint>) -> Result<(), StoreError> {
    if base.is_none() || entry.base == base { Ok(()) } else { Err(changed(&entry.name)) }
}

pub(super) fn changed(name: &str) -> StoreError {
    StoreError::Changed(text::visible(name).into_owned())
}

/// The error for a draft that no longer exists, with the fault of a file that may be its own.
fn gone(drafts: &[DraftEntry], name: &str) -> StoreError {
    let stem = draft::file_stem(name);
    let found = drafts.iter().find(|entry| entry.fault.is_some() && stem_of(&entry.path) == stem);
    StoreError::Gone {
        name: text::visible(name).into_owned(),
        fault: found.and_then(|entry| entry.fault.clone()),
    }
}

/// Replaces the file of a draft, if it still has this content.
pub(super) fn replace(
    world: &dyn World,
    entry: &DraftEntry,
    base: Fingerprint,
    text: &str,
) -> Result<(), StoreError> {
    match world.replace(&entry.path, base, text) {
        Err(FileError::Changed { .. }) => Err(changed(&entry.name)),
        Err(FileError::Missing { .. }) => Err(gone(&[], &entry.name)),
        ended => Ok(ended?),
    }
}

/// Removes the file of a draft, if it still has this content. The file is first moved to a name
/// that no other program changes, and compared there.
fn remove(world: &dyn World, entry: &DraftEntry, base: Option<Fingerprint>) -> Result<(), StoreError> {
    let folder = drafts_folder(world);
    let aside = move_free(world, &entry.path, &folder, &format!(".old-{}", stem_of(&entry.path)));
    let aside = aside.map_err(|fault| missing(fault, &entry.name))?;
    let fault = if has(world, &aside, base) {
        match world.remove(&aside) {
            Ok(()) => return Ok(()),
            Err(fault) => fault.into(),
        }
    } else {
        changed(&entry.name)
    };
    put_back(world, &aside, &entry.path)?;
    Err(fault)
}

pub(super) fn missing(fault: FileError, name: &str) -> StoreError {
    if matches!(fault, FileError::Missing { .. }) { gone(&[], name) } else { fault.into() }
}

/// Whether a file has this content; true without `base`.
pub(super) fn has(world: &dyn World, path: &Path, base: Option<Fingerprint>) -> bool {
    base.is_none() || world.read_file(path).ok().map(Fingerprint::of) == base
}

/// Moves a file back to its path, or to a free path next to it if the path is in use.
pub(super) fn put_back(world: &dyn World, aside: &Path, path: &Path) -> Result<(), FileError> {
    match world.move_file(aside, path) {
        Err(FileError::Exists { .. }) => {
            let folder = path.parent().unwrap_or(path);
            move_free(world, aside, folder, &stem_of(path)).map(drop)
        }
        ended => ended,
    }
}

fn write_new(world: &dyn World, draft: &Draft, name: &str) -> Result<DraftEntry, StoreError> {
    check_name(name)?;
    let (text, saved) = stamp(world, draft, name);
    let path = write_free(world, &drafts_folder(world), &draft::file_stem(name), &text)?;
    Ok(written(draft, name, path, saved, &text))
}

fn stamp(world: &dyn World, draft: &Draft, name: &str) -> (String, Option<Timestamp>) {
    let saved = Some(world.now());
    (Draft { saved, name: name.to_owned(), ..draft.clone() }.write(), saved)
}
