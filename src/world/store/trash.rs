//! The trash: drafts that were deleted, each file as it was, and the way back.

use std::path::PathBuf;

use super::{
    DraftEntry, StoreError, check_free, check_name, drafts_folder, find, find_among, free_path, list_folder,
    near, stem_of, written,
};
use crate::draft::{self, Draft};
use crate::text;
use crate::world::World;

/// The folder of the deleted drafts.
pub fn trash_folder(world: &dyn World) -> PathBuf {
    world.folders().data.join("trash")
}

/// All drafts in the trash, the one saved last first.
pub fn list_trash(world: &dyn World) -> Result<Vec<DraftEntry>, StoreError> {
    list_folder(world, &trash_folder(world))
}

/// Moves a draft, also an unreadable one, to the trash and says where it is now.
pub fn delete_draft(world: &dyn World, name: &str) -> Result<PathBuf, StoreError> {
    let path = find(world, name)?.path;
    let place = free_path(world, &trash_folder(world), &stem_of(&path));
    world.move_file(&path, &place)?;
    Ok(place)
}

/// Takes a draft out of the trash, under its own name or another one. One that cannot be read comes back as it is.
pub fn restore_draft(
    world: &dyn World,
    name: &str,
    new_name: Option<&str>,
) -> Result<DraftEntry, StoreError> {
    let trash = list_trash(world)?;
    let entry = find_among(&trash, name).ok_or_else(|| StoreError::NotInTrash {
        name: text::visible(name).into_owned(),
        near: near(&trash, name),
    })?;
    let stem = stem_of(&entry.path);
    let draft = match Draft::read(&world.read(&entry.path)?) {
        Ok(draft) => draft,
        Err(fault) if new_name.is_some() => return Err(StoreError::Unreadable { path: entry.path, fault }),
        Err(_) => {
            let path = free_path(world, &drafts_folder(world), &stem);
            world.move_file(&entry.path, &path)?;
            return Ok(DraftEntry { path, ..entry });
        }
    };
    let own = if draft.name.is_empty() { stem } else { draft.name.clone() };
    let name = new_name.unwrap_or(&own).to_owned();
    check_name(&name)?;
    check_free(world, &name, None)?;
    let path = free_path(world, &drafts_folder(world), &draft::file_stem(&name));
    if name == draft.name {
        world.move_file(&entry.path, &path)?;
        return Ok(DraftEntry { name, path, ..entry });
    }
    let renamed = Draft { name, ..draft };
    let text = renamed.write();
    // The new file is whole before the old one goes: a crash in between leaves two drafts, never none.
    world.write_new(&path, &text)?;
    world.remove(&entry.path)?;
    Ok(written(&renamed, &renamed.name, path, renamed.saved, &text))
}
