//! The guided tour: begun, left, skipped through; what a step pastes.

use crate::app::model::Model;
use crate::app::overlay::{Overlay, OverlayAnswer, Question};
use crate::app::tour::{Condition, Glimpse, Happening, Tour, steps};
use crate::app::update::notify::{done, say};
use crate::app::update::typing;
use crate::app::{Action, DiskEffect, Effect, Msg, Pasted};

/// What is said where it goes on.
const CONTINUES: &str = "The tour goes on; {palette}, “tour-again” starts over.";

/// Looks on while something changes the model, and goes on with the tour when that completes the step.
pub(in crate::app::update) fn observed(model: &mut Model, msg: Msg, change: impl FnOnce(&mut Model, Msg)) {
    if model.tour.current.is_none() {
        return change(model, msg);
    }
    let (before, happening) = (Glimpse::of(model), Happening::of(&msg));
    let is_typing = matches!(msg, Msg::Type(_));
    change(model, msg);
    if is_typing {
        // What keys changed is derived later; a step that rests on it is completed by then.
        model.settle();
    }
    let (glimpses, now) = (Glimpse::of(model), model.now);
    if let Some(tour) = model.tour.current.as_mut() {
        tour.waited(now);
        if tour.observe(&before, &glimpses, happening, now) {
            kept(model);
        }
    }
}

/// Begins the tour at a step, by its position, or goes on with it there, in a sandbox that knows nothing yet.
pub fn start_tour(model: &mut Model, position: usize) {
    switch_card(model, position);
    if position == 0 {
        return;
    }
    let number = position + 1;
    let words = match model.tour.current.as_ref().and_then(Tour::step).map(|step| step.done) {
        Some(Condition::SetupFilled) => {
            format!("The Sandbox is new, so the tour goes on at step {number}; its run is pasted again.")
        }
        Some(Condition::GuidMade) => {
            format!("The Sandbox is new, so the tour goes on at step {number}, with your last draft.")
        }
        Some(_) | None => CONTINUES.to_owned(),
    };
    say(model, words);
}

/// Puts a card on.
fn switch_card(model: &mut Model, position: usize) {
    model.tour.current = Some(Tour::seen(position, model.now, &Glimpse::of(model)));
}

/// What the actions of the tour do.
pub(in crate::app::update) fn act(model: &mut Model, action: Action) {
    let begins = matches!(action, Action::Tour | Action::TourAgain);
    if begins && !model.settings.demo {
        return ask(model);
    }
    let Some(tour) = &model.tour.current else {
        if begins {
            let left = if action == Action::Tour { model.tour.left } else { 0 };
            switch_card(model, left);
            if left > 0 {
                say(model, CONTINUES);
            }
            return kept(model);
        }
        say(model, "No tour is on; the action “tour” of {palette} starts it.");
        return;
    };
    let position = tour.position();
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the actions of the tour come here")]
    match action {
        Action::TourSkip => switch_card(model, position + 1),
        Action::TourBack => switch_card(model, position.saturating_sub(1)),
        Action::TourAgain => switch_card(model, 0),
        Action::TourPaste => return paste(model),
        _ => return end_tour(model),
    }
    kept(model);
}

/// Puts the card away; where it was is kept, here and on disk.
fn end_tour(model: &mut Model) {
    kept(model);
    let Some(tour) = model.tour.current.take() else { return };
    if tour.is_at_end() {
        model.tour.left = 0;
        done(model, "The tour is over; {tour} starts it anew.");
    } else {
        model.tour.left = tour.position();
        let words = format!("The tour is put away; {{tour}} goes on at step {}.", tour.position() + 1);
        done(model, words);
    }
}

/// The tour sends and saves: it does so in a demo, beside the person's own things.
fn ask(model: &mut Model) {
    let mut lines =
        vec!["The tour runs in a demo of its own: its sandbox, drafts and journal are not yours.".to_owned()];
    if model.is_unsaved() {
        lines.push("What is not saved here is kept on disk, and offered at the next start.".to_owned());
    }
    model.overlays.push(Overlay::Ask(Question {
        title: "Guided tour".to_owned(),
        lines,
        answers: vec![
            ("Leave, and start the demo".to_owned(), OverlayAnswer::EnterDemo),
            ("Stay".to_owned(), OverlayAnswer::Stay),
        ],
        chosen: 0,
    }));
}

/// Pastes the step's sample as a person would, or that of an earlier step which this one lacks.
fn paste(model: &mut Model) {
    let lacking = model.tour.current.as_ref().and_then(|tour| tour.lead(model)?.to.sample());
    let step = match lacking {
        Some(done) => steps().iter().find(|step| step.done == done),
        None => model.tour.current.as_ref().and_then(Tour::step),
    };
    if let Some(sample) = step.and_then(|step| step.sample.as_ref()) {
        return typing::paste(model, &Pasted(sample.trim_start().to_owned()));
    }
    say(model, "This step of the tour has nothing to paste.");
}

/// The effect that keeps where the tour is; at its end there is nothing to keep.
fn kept(model: &mut Model) {
    let Some(tour) = &model.tour.current else { return };
    let step = tour.step().filter(|_| !tour.is_at_end()).map(|step| step.id.clone());
    model.emit(Effect::Disk(DiskEffect::KeepTour { step }));
}
