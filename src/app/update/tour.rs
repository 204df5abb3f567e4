//! The guided tour: start, steps, end, and the text that a step pastes.

use crate::app::model::Model;
use crate::app::overlay::{Overlay, OverlayAnswer, Question};
use crate::app::tour::{Condition, Glimpse, Happening, Tour, steps};
use crate::app::update::notify::{done, say};
use crate::app::update::typing;
use crate::app::{Action, DiskEffect, Effect, Msg, Pasted};

/// The notice when the tour continues.
const CONTINUES: &str = "The tour continues; {palette}, “tour-again” starts over.";

/// Applies a change to the model, and moves the tour on if the change completes the step.
pub(in crate::app::update) fn observed(model: &mut Model, msg: Msg, change: impl FnOnce(&mut Model, Msg)) {
    if model.tour.current.is_none() {
        return change(model, msg);
    }
    let (before, happening) = (Glimpse::of(model), Happening::of(&msg));
    let is_typing = matches!(msg, Msg::Type(_));
    change(model, msg);
    if is_typing {
        // Derived state follows typed keys later, but a step may depend on it now.
        model.settle();
    }
    let (glimpses, now) = (Glimpse::of(model), model.now);
    if let Some(tour) = model.tour.current.as_mut() {
        tour.waited(now);
        if tour.observe(&before, &glimpses, happening, now) {
            save_position(model);
        }
    }
}

/// Starts the tour at a step, by its position; past the first step, a notice explains the new
/// sandbox.
pub fn start_tour(model: &mut Model, position: usize) {
    switch_card(model, position);
    if position == 0 {
        return;
    }
    let number = position + 1;
    let words = match model.tour.current.as_ref().and_then(Tour::step).map(|step| step.done) {
        Some(Condition::SetupFilled) => {
            format!("The sandbox is new: the tour continues at step {number} and pastes its run again.")
        }
        Some(Condition::GuidMade) => {
            format!("The sandbox is new: the tour continues at step {number}, with your last draft.")
        }
        Some(_) | None => CONTINUES.to_owned(),
    };
    say(model, words);
}

/// Shows the card at a position.
fn switch_card(model: &mut Model, position: usize) {
    model.tour.current = Some(Tour::seen(position, model.now, &Glimpse::of(model)));
}

pub(in crate::app::update) fn act(model: &mut Model, action: Action) {
    let starts = matches!(action, Action::Tour | Action::TourAgain);
    if starts && !model.settings.demo {
        return ask(model);
    }
    let Some(tour) = &model.tour.current else {
        if starts {
            let left = if action == Action::Tour { model.tour.left } else { 0 };
            switch_card(model, left);
            if left > 0 {
                say(model, CONTINUES);
            }
            return save_position(model);
        }
        say(model, "The tour is not running; the action “tour” of {palette} starts it.");
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
    save_position(model);
}

/// Closes the card and saves its position, in memory and on disk.
fn end_tour(model: &mut Model) {
    save_position(model);
    let Some(tour) = model.tour.current.take() else { return };
    if tour.is_at_end() {
        model.tour.left = 0;
        done(model, "The tour is over; {tour} starts it again.");
    } else {
        model.tour.left = tour.position();
        let words = format!("The tour is closed; {{tour}} continues at step {}.", tour.position() + 1);
        done(model, words);
    }
}

/// Asks to start the demo: the tour sends and saves, which must not touch the user's data.
fn ask(model: &mut Model) {
    let mut lines = vec!["The tour runs in a demo with a separate sandbox, drafts and journal.".to_owned()];
    if model.is_unsaved() {
        lines.push("Unsaved work is kept on disk and offered at the next start.".to_owned());
    }
    model.overlays.push(Overlay::Ask(Question {
        title: "Guided tour".to_owned(),
        lines,
        answers: vec![
            ("Quit and start the demo".to_owned(), OverlayAnswer::EnterDemo),
            ("Cancel".to_owned(), OverlayAnswer::Stay),
        ],
        chosen: 0,
    }));
}

/// Pastes the sample of the step, or of a previous step that must be done first.
fn paste(model: &mut Model) {
    let missing = model.tour.current.as_ref().and_then(|tour| tour.lead(model)?.to.sample());
    let step = match missing {
        Some(done) => steps().iter().find(|step| step.done == done),
        None => model.tour.current.as_ref().and_then(Tour::step),
    };
    if let Some(sample) = step.and_then(|step| step.sample.as_ref()) {
        return typing::paste(model, &Pasted(sample.trim_start().to_owned()));
    }
    say(model, "This step of the tour has nothing to paste.");
}

/// Emits the effect that saves the position of the tour; `None` at the end of the tour.
fn save_position(model: &mut Model) {
    let Some(tour) = &model.tour.current else { return };
    let step = tour.step().filter(|_| !tour.is_at_end()).map(|step| step.id.clone());
    model.emit(Effect::Disk(DiskEffect::KeepTour { step }));
}
