//! The accepted run that the payload pane compares with.

use crate::app::model::{Model, PreviewForm};
use crate::app::pane_layout::Accepted;
use crate::app::{DiskEffect, Effect};
use crate::wire;

/// Requests the accepted run of this job from the journal.
pub(in crate::app::update) fn find_differences(model: &mut Model) {
    let Some(chosen) = model.chosen() else { return };
    let environment = Box::new(chosen.environment.clone());
    let job = wire::identity(model.document.value());
    if job.instance_guid.is_none() || job.job_full_name.is_none() {
        accept(model, None);
        return;
    }
    model.emit(Effect::Disk(DiskEffect::FindAccepted { environment, job }));
}

/// Sets the run to compare with; `None` ends the comparison.
pub(in crate::app::update) fn accept(model: &mut Model, accepted: Option<Accepted>) {
    if model.payload.accepted.as_deref() == accepted.as_ref() {
        return;
    }
    model.payload.accepted = accepted.map(Box::new);
    model.payload.layout = None;
    if model.payload.accepted.is_none() && model.payload.preview.form == PreviewForm::Accepted {
        model.payload.preview.form = PreviewForm::Json;
    }
}
