//! The progress in the guided tour: the file `tour.json` in the data folder.

use std::path::PathBuf;

use super::{FileError, World};
use crate::document::{self, Object, Value};

/// The path of the file, which may not exist.
fn path(world: &dyn World) -> PathBuf {
    world.folders().data.join("tour.json")
}

/// The id of the current step; `None` if the file is missing or has none.
pub fn step(world: &dyn World) -> Option<String> {
    let value = document::read(&world.read_file(&path(world)).ok()?).ok()?;
    value.as_object()?.get("step")?.as_text().map(str::to_owned)
}

/// Saves the current step; `None` removes the file.
pub fn keep(world: &dyn World, step: Option<&str>) -> Result<(), FileError> {
    let path = path(world);
    let Some(step) = step else {
        return match world.remove(&path) {
            Err(FileError::Missing { .. }) => Ok(()),
            ended => ended,
        };
    };
    let mut progress = Object::default();
    progress.push("step", step);
    world.write_atomic(&path, &(document::write_pretty(&Value::Object(progress)) + "\n"))
}
