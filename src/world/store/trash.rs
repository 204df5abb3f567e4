//! The trash: deleted drafts with unchanged files, and their restoration.

use std::path::PathBuf;

use super::change::{changed, expect, has, lock_drafts, missing, put_back, replace};
use super::place::{move_free, write_free};
use super::{
    DraftEntry, StoreError, check_free, check_name, drafts_folder, find, find_among, list_folder, near,
    stem_of, written,
};
use crate::draft::{self, Draft, Fingerprint};
use crate::text;
use crate::world::{FileError, World};

/// The folder `trash`, which may not exist.
pub fn trash_folder(world: &dyn World) -> PathBuf {
    world.folders().data.join("trash")
}

/// All drafts in the trash, last saved first.
pub fn list_trash(world: &dyn World) -> Result<Vec<DraftEntry>, StoreError> {
    list_folder(world, &trash_folder(world))
}

/// Moves a draft, even an unreadable one, to the trash and returns its new path; with `base`, only
/// if the draft has this content.
pub fn delete_draft(world: &dyn World, name: &str, base: Option<Fingerprint>) -> Result<PathBuf, StoreError> {
    let _lock = lock_drafts(world)?;
    let entry = find(world, name)?;
    expect(&entry, base)?;
    let place = move_free(world, &entry.path, &trash_folder(world), &stem_of(&entry.path));
    let place = place.map_err(|fault| missing(fault, &entry.name))?;
    if !has(world, &place, base) {
        put_back(world, &place, &entry.path)?;
        return Err(changed(&entry.name));
    }
    Ok(place)
}

/// Writes a draft without a file to the trash.
pub fn trash_draft(world: &dyn World, draft: &Draft) -> Result<PathBuf, FileError> {
    let stem = draft::file_stem(&draft.name);
    write_free(world, &trash_folder(world), &stem, &draft.write())
}

/// Copies the file that a draft will replace to the trash, if it still has the content
/// `draft.base`.
pub fn trash_copy(world: &dyn World, draft: &Draft) -> Result<(), StoreError> {
    let Ok(entry) = find(world, &draft.name) else { return Ok(()) };
    let text = world.read_file(&entry.path)?;
    if draft.base == Some(Fingerprint::of(text.as_str())) {
        write_free(world, &trash_folder(world), &stem_of(&entry.path), &text)?;
    }
    Ok(())
}

/// Restores a draft from the trash, under its own name or another one; an unreadable file is moved
/// back unchanged. With `base`, only if the draft has this content.
pub fn restore_draft(
    world: &dyn World,
    name: &str,
    new_name: Option<&str>,
    base: Option<Fingerprint>,
) -> Result<DraftEntry, StoreError> {
    let _lock = lock_drafts(world)?;
    let trash = list_trash(world)?;
    let entry = find_among(&trash, name).ok_or_else(|| StoreError::NotInTrash {
        name: text::visible(name).into_owned(),
        near: near(&trash, name),
    })?;
    expect(&entry, base)?;
    let drafts = drafts_folder(world);
    let gone = |fault: FileError| {
        if matches!(fault, FileError::Missing { .. }) {
            StoreError::NotInTrash { name: text::visible(name).into_owned(), near: None }
        } else {
            fault.into()
        }
    };
    let stem = stem_of(&entry.path);
    let draft = match Draft::read(&world.read_file(&entry.path).map_err(gone)?) {
        Ok(draft) => draft,
        Err(fault) if new_name.is_some() => return Err(StoreError::Unreadable { path: entry.path, fault }),
        Err(_) => {
            let path = move_free(world, &entry.path, &drafts, &stem).map_err(gone)?;
            return Ok(DraftEntry { path, ..entry });
        }
    };
    let own = if draft.name.is_empty() { stem } else { draft.name.clone() };
    let new_name = new_name.unwrap_or(&own).to_owned();
    check_name(&new_name)?;
    check_free(world, &new_name, None)?;
    // Only one program can move the file out of the trash, even without locks.
    let path = move_free(world, &entry.path, &drafts, &draft::file_stem(&new_name)).map_err(gone)?;
    if new_name == draft.name {
        return Ok(DraftEntry { name: new_name, path, ..entry });
    }
    let renamed = Draft { name: new_name, ..draft };
    let text = renamed.write();
    let moved = DraftEntry { path, ..entry };
    if let Some(base) = moved.base {
        replace(world, &moved, base, &text)?;
    }
    Ok(written(&renamed, &renamed.name, moved.path, renamed.saved, &text))
}
