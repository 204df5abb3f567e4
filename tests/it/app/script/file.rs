//! Files of this small world: only whether they are there.

use std::path::PathBuf;

use sei_compose::app::{DiskReply, ExportOutcome, Msg};
use sei_compose::export::ExportTarget;

use super::Script;

impl Script {
    /// Takes an export in, unless there is no such folder or something stands there already.
    pub(super) fn keep_export(&mut self, target: ExportTarget, path: String, replace: bool) -> Msg {
        let file = PathBuf::from(&path);
        let outcome = if path.starts_with("/nowhere") {
            ExportOutcome::Failed("There is no folder /nowhere.".to_owned())
        } else if replace || !self.files.contains(&path) {
            self.files.insert(path.clone());
            ExportOutcome::Saved(file)
        } else {
            ExportOutcome::Exists(file)
        };
        Msg::Disk(DiskReply::Exported { target, path, outcome })
    }
}
