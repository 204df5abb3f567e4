//! The trash: drafts that were deleted, each file as it was, and the way back.

use std::path::PathBuf;

use super::change::{changed, expect, has, hold, missing, put_back, replace};
use super::place::{move_free, write_free};
use super::{
    DraftEntry, StoreError, check_free, check_name, drafts_folder, find, find_among, list_folder, near,
    stem_of, written,
};
use crate::draft::{self, Draft, Fingerprint};
use crate::text;
use crate::world::{FileError, World};

/// The folder of the deleted drafts.
pub fn trash_folder(world: &dyn World) -> PathBuf {
    world.folders().data.join("trash")
}

/// All drafts in the trash, the one saved last first.
pub fn list_trash(world: &dyn World) -> Result<Vec<DraftEntry>, StoreError> {
    list_folder(world, &trash_folder(world))
}

/// Moves a draft, also an unreadable one, to the trash and says where it is now; only if it has this content, where one
/// is given.
pub fn delete_draft(world: &dyn World, name: &str, base: Option<Fingerprint>) -> Result<PathBuf, StoreError> {
    let _held = hold(world)?;
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

/// Puts a draft that has no file of its own into the trash.
pub fn trash_draft(world: &dyn World, draft: &Draft) -> Result<PathBuf, FileError> {
    let stem = draft::file_stem(&draft.name);
    write_free(world, &trash_folder(world), &stem, &draft.write())
}

/// Puts a copy of the file that a draft will replace into the trash, if that file has the content `draft.base` still.
pub fn trash_copy(world: &dyn World, draft: &Draft) -> Result<(), StoreError> {
    let Ok(entry) = find(world, &draft.name) else { return Ok(()) };
    let text = world.read_file(&entry.path)?;
    if draft.base == Some(Fingerprint::of(text.as_str())) {
        write_free(world, &trash_folder(world), &stem_of(&entry.path), &text)?;
    }
    Ok(())
}

/// Takes a draft out of the trash, under its own name or another one. One that cannot be read comes back as it is. Only
/// if it has this content, where one is given.
pub fn restore_draft(
    world: &dyn World,
    name: &str,
    new_name: Option<&str>,
    base: Option<Fingerprint>,
) -> Result<DraftEntry, StoreError> {
    let _held = hold(world)?;
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
    // One program alone gets the file out of the trash, also where there are no locks.
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
