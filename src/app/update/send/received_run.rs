//! The sandbox in the app: what arrived there, and what it answers next.

use crate::app::model::Model;
use crate::app::overlay::{Content, List, Overlay, OverlayAnswer, Page};
use crate::app::picker::Picker;
use crate::app::update::notify::{complain, done};
use crate::app::{Effect, SandboxEffect, received_run};
use crate::sandbox::{Overview, Planned};

/// What arrived is known: shows it, in place of what was shown before.
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

/// More has arrived: an open view shows it, and nobody else wants to know.
pub(in crate::app::update) fn stirred(model: &mut Model) {
    let is_open = model
        .overlays
        .iter()
        .any(|overlay| matches!(overlay, Overlay::Page(Page { content: Content::ReceivedRuns(_), .. })));
    if is_open {
        model.emit(Effect::Sandbox(SandboxEffect::ReadReceivedLater));
    }
}

/// What has arrived by now: into the view, if that is still open.
pub(in crate::app::update) fn renewed(model: &mut Model, newer: Box<Overview>) {
    for overlay in &mut model.overlays {
        if let Overlay::Page(Page { content: Content::ReceivedRuns(overview), .. }) = overlay {
            *overview = newer;
            break;
        }
    }
}

/// Asks what the sandbox is to answer next.
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
