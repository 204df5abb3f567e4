//! The guided tour: begun, left, skipped through; what a step pastes.

use crate::app::model::Model;
use crate::app::overlay::{Answer, Overlay, Question};
use crate::app::tour::{Glimpse, Happening, Tour};
use crate::app::{Action, Effect, Msg, Pasted};

use super::{done, say, typing};

/// Looks on while something changes the model, and goes on with the tour when that completes the step.
pub(super) fn observed(
    model: &mut Model,
    msg: Msg,
    change: impl FnOnce(&mut Model, Msg) -> Vec<Effect>,
) -> Vec<Effect> {
    if model.tour.is_none() {
        return change(model, msg);
    }
    let (before, happening) = (Glimpse::of(model), Happening::of(&msg));
    let is_typing = matches!(msg, Msg::Type(_));
    let mut effects = change(model, msg);
    if is_typing {
        // What keys changed is derived later; a step that rests on it is completed by then.
        model.settle();
    }
    let (glimpses, now) = (Glimpse::of(model), model.now);
    if let Some(tour) = model.tour.as_mut() {
        tour.waited(now);
        if tour.observe((&before, &glimpses), happening, now) {
            effects.extend(kept(model));
        }
    }
    effects
}

/// Begins the tour at a step, by its position.
pub fn begin_tour(model: &mut Model, position: usize) {
    model.tour = Some(Tour::at(position, model.now));
}

/// What the actions of the tour do.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let now = model.now;
    let Some(tour) = model.tour.as_mut() else {
        if action == Action::Tour && model.demo {
            begin_tour(model, 0);
            return kept(model);
        }
        if action == Action::Tour {
            return ask(model);
        }
        say(model, "No tour is on; the action “tour” of {palette} starts it.");
        return Vec::new();
    };
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the actions of the tour come here")]
    match action {
        Action::TourSkip => tour.skip(now),
        Action::TourBack => tour.back(now),
        Action::TourPaste => return paste(model),
        Action::Tour if tour.is_at_end() => begin_tour(model, 0),
        _ => {
            model.tour = None;
            done(model, "The tour is put away; the action “tour” of {palette} starts it again.");
            return vec![Effect::KeepTour { step: None }];
        }
    }
    kept(model)
}

/// The tour sends and saves: it does so in a demo, beside the person's own things.
fn ask(model: &mut Model) -> Vec<Effect> {
    let mut lines =
        vec!["The tour runs in a demo of its own: its sandbox, drafts and journal are not yours.".to_owned()];
    if model.is_unsaved() {
        lines.push("What is not saved here is kept on disk, and offered at the next start.".to_owned());
    }
    model.overlays.push(Overlay::Ask(Question {
        title: "Guided tour".to_owned(),
        lines,
        answers: vec![
            ("Leave, and start the demo".to_owned(), Answer::EnterDemo),
            ("Stay".to_owned(), Answer::Stay),
        ],
        chosen: 0,
    }));
    Vec::new()
}

/// Pastes the step's sample as a person would.
fn paste(model: &mut Model) -> Vec<Effect> {
    let sample = model.tour.as_ref().and_then(Tour::step).and_then(|step| step.sample.as_ref());
    if let Some(sample) = sample {
        return typing::paste(model, &Pasted(sample.trim_start().to_owned()));
    }
    say(model, "This step of the tour has nothing to paste.");
    Vec::new()
}

/// The effect that keeps where the tour is; at its end there is nothing to keep.
fn kept(model: &Model) -> Vec<Effect> {
    let Some(tour) = &model.tour else { return Vec::new() };
    let step = tour.step().filter(|_| !tour.is_at_end()).map(|step| step.id.clone());
    vec![Effect::KeepTour { step }]
}
