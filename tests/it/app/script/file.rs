//! The files of the fake environment: only their names.

use std::path::PathBuf;

use sei_compose::app::{DiskReply, ExportOutcome, Msg};
use sei_compose::export::ExportTarget;

use super::Script;

impl Script {
    /// Saves an export unless the folder is missing or the file exists.
    pub(super) fn keep_export(&mut self, target: ExportTarget, path: String, replace: bool) -> Msg {
        let file = PathBuf::from(&path);
        let outcome = if path.starts_with("/nowhere") {
            ExportOutcome::Failed("The folder /nowhere does not exist.".to_owned())
        } else if replace || !self.files.contains(&path) {
            self.files.insert(path.clone());
            ExportOutcome::Saved(file)
        } else {
            ExportOutcome::Exists(file)
        };
        Msg::Disk(DiskReply::Exported { target, path, outcome })
    }
}
