//! The sandbox in the app: its received runs, and its next answer.

use crate::app::model::Model;
use crate::app::overlay::{Content, List, Overlay, OverlayAnswer, Page};
use crate::app::picker::Picker;
use crate::app::update::notify::{complain, done};
use crate::app::{Effect, SandboxEffect, received_run};
use crate::sandbox::{Overview, Planned};

/// Shows the received runs, in place of an older view.
pub(in crate::app::update) fn listed(model: &mut Model, result: Result<Box<Overview>, String>) {
    match result {
        Ok(overview) => {
            model.overlays.retain(|overlay| {
                !matches!(overlay, Overlay::Page(Page { content: Content::ReceivedRuns(_), .. }))
            });
            model.overlays.push(Content::ReceivedRuns(overview).page());
        }
        Err(why) => complain(model, why),
    }
}

/// Reads the received runs again if their view is open.
pub(in crate::app::update) fn refresh(model: &mut Model) {
    let is_open = model
        .overlays
        .iter()
        .any(|overlay| matches!(overlay, Overlay::Page(Page { content: Content::ReceivedRuns(_), .. })));
    if is_open {
        model.emit(Effect::Sandbox(SandboxEffect::ReadReceivedLater));
    }
}

/// Updates the view of the received runs, if it is still open.
pub(in crate::app::update) fn renewed(model: &mut Model, newer: Box<Overview>) {
    for overlay in &mut model.overlays {
        if let Overlay::Page(Page { content: Content::ReceivedRuns(overview), .. }) = overlay {
            *overview = newer;
            break;
        }
    }
}

/// Lists the answers that the sandbox can give next.
pub(in crate::app::update) fn ask(model: &mut Model) {
    let items =
        received_run::answers().into_iter().map(|(line, planned)| (line, OverlayAnswer::PlanAnswer(planned)));
    model.overlays.push(Overlay::Pick(Picker::new(items, 0), List::SandboxAnswers));
}

/// Plans the chosen answer.
pub(in crate::app::update) fn plan(model: &mut Model, answer: Option<Planned>) {
    let faults: Vec<Planned> = answer.into_iter().collect();
    if let Some(Overlay::Page(Page { content: Content::ReceivedRuns(overview), .. })) =
        model.overlays.last_mut()
    {
        overview.planned.clone_from(&faults);
    }
    done(model, received_run::chosen(answer));
    model.emit(Effect::Sandbox(SandboxEffect::PlanFaults(faults)));
}
