//! Drafts written, renamed and copied: each only in the place of what was known to be there.
//!
//! Every sei-compose holds a lock while it changes a draft or the trash. An editor or a sync tool does not, so each change
//! also looks at the content that it took the place of, and puts that back where it is another one.

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

/// Whoever changes a draft or the trash holds a lock on this file.
const LOCK: &str = ".drafts.lock";
/// How long another sei-compose may hold it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Holds off every other sei-compose that would change a draft or the trash.
pub(super) fn hold(world: &dyn World) -> Result<Lock, FileError> {
    world.wait_for_lock(&world.folders().data.join(LOCK), PATIENCE)
}

/// Writes a draft with the current time: in the place of the draft of its name, if that has the content `draft.base` still,
/// or as a new one where there is no `base`.
pub fn save_draft(world: &dyn World, draft: &Draft) -> Result<DraftEntry, StoreError> {
    let _held = hold(world)?;
    let drafts = list_drafts(world)?;
    // A file that cannot be read only has the name of its file: it stays, and the draft gets a file beside it.
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

/// Writes a draft under a name that no draft has yet.
pub fn save_new_draft(world: &dyn World, draft: &Draft) -> Result<DraftEntry, StoreError> {
    save_draft(world, &Draft { base: None, ..draft.clone() })
}

/// Gives a draft another name, and its file with it; only if it has this content, where one is given.
pub fn rename_draft(
    world: &dyn World,
    name: &str,
    new_name: &str,
    base: Option<Fingerprint>,
) -> Result<DraftEntry, StoreError> {
    let _held = hold(world)?;
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
    // The new file is whole before the old one goes: a crash in between leaves two drafts, never none.
    let path = write_free(world, &drafts_folder(world), &draft::file_stem(new_name), &text)?;
    if let Err(fault) = remove(world, &old, base) {
        // Somebody else has the draft, also under another name: there shall not be two of them.
        world.remove(&path)?;
        return Err(fault);
    }
    Ok(written(&renamed, new_name, path, saved, &text))
}

/// Copies a draft under another name; only if it has this content, where one is given.
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

/// Refuses a draft whose content is not this one.
pub(super) fn expect(entry: &DraftEntry, base: Option<Fingerprint>) -> Result<(), StoreError> {
    if base.is_none() || entry.base == base { Ok(()) } else { Err(changed(&entry.name)) }
}

pub(super) fn changed(name: &str) -> StoreError {
    StoreError::Changed(text::visible(name).into_owned())
}

/// What to say of a draft that was there before, with what is wrong with the file that may be its own.
fn gone(drafts: &[DraftEntry], name: &str) -> StoreError {
    let stem = draft::file_stem(name);
    let found = drafts.iter().find(|entry| entry.fault.is_some() && stem_of(&entry.path) == stem);
    StoreError::Gone {
        name: text::visible(name).into_owned(),
        fault: found.and_then(|entry| entry.fault.clone()),
    }
}

/// Writes a draft's file anew, if it has this content still.
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

/// Removes a draft's file, if it has this content still. The file is set aside to be looked at, where nobody else changes it.
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

/// Whether a file has this content; any will do where none is given.
pub(super) fn has(world: &dyn World, path: &Path, base: Option<Fingerprint>) -> bool {
    base.is_none() || world.read_file(path).ok().map(Fingerprint::of) == base
}

/// Moves a file back to where it was; where another one is by now, to a free place beside it.
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
