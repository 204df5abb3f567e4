//! How far somebody came in the guided tour: one small file, `tour.json`, in the folder of the data.

use std::path::PathBuf;

use super::{FileError, World};
use crate::document::{self, Object, Value};

/// The file, there or not.
fn path(world: &dyn World) -> PathBuf {
    world.folders().data.join("tour.json")
}

/// The id of the step that was on when the tour was last left; a file that says none is as good as no file.
pub fn step(world: &dyn World) -> Option<String> {
    let value = document::read(&world.read_file(&path(world)).ok()?).ok()?;
    value.as_object()?.get("step")?.as_text().map(str::to_owned)
}

/// Keeps the step that is on, or forgets the tour.
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
