//! Writes exports to files: never over another file without a confirmation, and never with an API
//! key.

use std::path::Path;

use crate::app::ExportOutcome;
use crate::document::Value;
use crate::export::{self, ExportTarget};
use crate::wire::{self, Environment, Secret};
use crate::world::{FileError, World, key};

/// An export and its file.
pub(super) struct ExportJob {
    pub(super) target: ExportTarget,
    pub(super) environment: Environment,
    pub(super) run: Value,
    pub(super) path: String,
    pub(super) replace: bool,
}

/// Writes the export, unless it contains one of these keys.
pub(super) fn save(world: &dyn World, job: &ExportJob, keys: &[Secret]) -> ExportOutcome {
    let request = wire::job_run(&job.environment, &job.run);
    if let Some(leak) = keys.iter().find_map(|key| wire::key_leak(&request, key)) {
        return ExportOutcome::Failed(format!("Nothing was saved. {}", leak.explanation().headline));
    }
    let path = key::at_home(world, Path::new(&job.path));
    let path = std::path::absolute(&path).unwrap_or(path);
    // The program creates folders with access for the user only, which may be wrong for an export.
    if let Some(folder) = path.parent().filter(|folder| !world.exists(folder)) {
        return ExportOutcome::Failed(format!(
            "The folder {} does not exist. Create it first.",
            folder.display()
        ));
    }
    let text = export::export(job.target, &job.environment, &job.run);
    let written = if job.replace { world.write_atomic(&path, &text) } else { world.write_new(&path, &text) };
    if written.is_ok() && job.target.is_program() {
        world.make_runnable(&path);
    }
    match written {
        Ok(()) => ExportOutcome::Saved(path),
        // A folder cannot be replaced by a file, so no question is asked.
        Err(FileError::Exists { .. }) if world.list(&path).is_ok() => {
            ExportOutcome::Failed(FileError::Folder { path }.to_string())
        }
        Err(FileError::Exists { .. }) => ExportOutcome::Exists(path),
        Err(fault) => ExportOutcome::Failed(fault.to_string()),
    }
}
