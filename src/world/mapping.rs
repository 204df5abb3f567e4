//! The user's mappings: TOML files in the folder `mappings` of the configuration folder.

use std::path::PathBuf;

use super::{FileError, World};
use crate::import::mapping::{Definition, MappingSet};

/// The ending of a mapping file, with its dot.
const ENDING: &str = ".toml";

/// The folder of the user's mappings.
pub fn folder(world: &dyn World) -> PathBuf {
    world.folders().config.join("mappings")
}

/// The path of the mapping with a name.
pub fn path(world: &dyn World, id: &str) -> PathBuf {
    folder(world).join(format!("{id}{ENDING}"))
}

/// The built-in mappings and those of the user; a folder that cannot be read has none.
pub fn load(world: &dyn World) -> MappingSet {
    let files = world.list(&folder(world)).unwrap_or_default();
    let mut read: Vec<(String, String)> = files
        .into_iter()
        .filter_map(|file| {
            let name = file.path.file_name()?.to_str()?;
            let id = name.strip_suffix(ENDING).filter(|id| !id.is_empty())?.to_owned();
            Some((id, world.read_file(&file.path).ok()?))
        })
        .collect();
    read.sort();
    MappingSet::with_files(read.iter().map(|(id, text)| (id.as_str(), text.as_str())))
}

/// The path of the copy of a mapping that is not saved yet.
fn unsaved(world: &dyn World) -> PathBuf {
    world.folders().data.join("unsaved-mapping.toml")
}

/// Writes the copy of a mapping that is not saved yet, or removes it.
pub fn keep(world: &dyn World, definition: Option<&Definition>) -> Result<(), FileError> {
    let path = unsaved(world);
    match definition {
        Some(definition) => world.write_atomic(&path, &definition.write()),
        None if world.exists(&path) => world.remove(&path),
        None => Ok(()),
    }
}

/// The mapping that an earlier session did not save; `None` if there is none.
pub fn kept(world: &dyn World) -> Option<Definition> {
    Definition::read(&world.read_file(&unsaved(world)).ok()?).ok()
}
