//! Exports on their way into files: never over another file unasked, and never with a key in them.

use std::path::Path;

use crate::app::ExportOutcome;
use crate::document::Value;
use crate::export::{self, ExportTarget};
use crate::wire::{self, Environment, Secret};
use crate::world::{FileError, World, key};

/// What is to be written, and where.
pub(super) struct ExportJob {
    pub(super) target: ExportTarget,
    pub(super) environment: Environment,
    pub(super) run: Value,
    pub(super) path: String,
    pub(super) replace: bool,
}

/// Writes the export, unless one of these keys stands in it.
pub(super) fn save(world: &dyn World, order: &ExportJob, keys: &[Secret]) -> ExportOutcome {
    let request = wire::job_run(&order.environment, &order.run);
    if let Some(exposure) = keys.iter().find_map(|key| wire::key_leak(&request, key)) {
        return ExportOutcome::Failed(format!("Nothing was saved. {}", exposure.explanation().headline));
    }
    let path = key::at_home(world, Path::new(&order.path));
    let path = std::path::absolute(&path).unwrap_or(path);
    // A folder of ours would be closed to everyone else, which is not for us to decide here.
    if let Some(folder) = path.parent().filter(|folder| !world.exists(folder)) {
        return ExportOutcome::Failed(format!("There is no folder {}. Make it first.", folder.display()));
    }
    let text = export::export(order.target, &order.environment, &order.run);
    let written =
        if order.replace { world.write_atomic(&path, &text) } else { world.write_new(&path, &text) };
    if written.is_ok() && order.target.is_program() {
        world.make_runnable(&path);
    }
    match written {
        Ok(()) => ExportOutcome::Saved(path),
        // Nothing takes a folder's place, so nobody is asked whether it may.
        Err(FileError::Exists { .. }) if world.list(&path).is_ok() => {
            ExportOutcome::Failed(FileError::Folder { path }.to_string())
        }
        Err(FileError::Exists { .. }) => ExportOutcome::Exists(path),
        Err(fault) => ExportOutcome::Failed(fault.to_string()),
    }
}
