//! The user's mappings: TOML files in the folder `mappings` of the configuration folder.

use std::path::PathBuf;

use super::{FileError, World};
use crate::import::mapping::MappingSet;

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

/// Saves the text of a mapping under a name and returns its path; an existing file is replaced only
/// on request.
pub fn save(world: &dyn World, id: &str, text: &str, replaces: bool) -> Result<PathBuf, FileError> {
    let path = path(world, id);
    if replaces {
        world.write_atomic(&path, text)?;
    } else {
        world.write_new(&path, text)?;
    }
    Ok(path)
}
