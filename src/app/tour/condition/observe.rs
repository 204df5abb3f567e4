//! Observes the model for conditions.

use super::Glimpse;
use crate::app::model::Model;
use crate::app::overlay::{Content, Overlay, Page};
use crate::app::row::{Tab, value_of};
use crate::app::tour::place::here::artifacts;
use crate::app::tour::place::{Lack, TourPlace};
use crate::catalog::FieldRole;
use crate::document::Value;
use crate::sandbox::Fault;

impl Glimpse {
    pub(crate) fn of(model: &Model) -> Self {
        let root = model.document.value();
        let text = |role| value_of(root, role).and_then(Value::as_text).filter(|text| !text.is_empty());
        let chosen = model.chosen();
        let integration = model.draft.integration.trim();
        let planned = match model.overlays.last() {
            Some(Overlay::Page(Page { content: Content::ReceivedRuns(overview), .. })) => {
                overview.planned.as_slice()
            }
            Some(_) | None => &[],
        };
        Self {
            place: TourPlace::of(model),
            on_sandbox: chosen.is_some_and(|chosen| chosen.environment.is_loopback()),
            has_typed_key: chosen
                .and_then(|chosen| chosen.key.as_deref())
                .is_some_and(|key| key.contains("prompt")),
            has_setup: text(FieldRole::InstanceName).is_some()
                && !integration.is_empty()
                && integration.bytes().all(|byte| byte.is_ascii_digit()),
            guid: text(FieldRole::InstanceGuid).map(str::to_owned),
            has_run: text(FieldRole::FullName).is_some(),
            errors: model.counts().errors,
            has_pairs: artifacts(model) > 0 && Lack::of(model).is_none(),
            open_stages: model.form.open.iter().filter(|at| Tab::of(at) == Tab::Stages).count(),
            // A pane that is not on screen was not seen.
            preview: model.layout().and_then(|layout| layout.preview).map(|_| model.payload.preview.form),
            focus: model.focused().cloned(),
            outcome: model.sending.last_reply.as_ref().map(|reply| reply.outcome),
            awaited: model.sending.in_flight.as_ref().map(|flight| flight.request.purpose),
            is_refusal_planned: planned.iter().any(|planned| planned.fault == Fault::Unauthorized),
            is_kept: model.draft.file.name.is_some() && !model.is_unsaved(),
        }
    }
}
