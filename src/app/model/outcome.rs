//! What a message leads to besides changes of the model.

use std::collections::VecDeque;

use crate::app::model::Model;
use crate::app::overlay::OverlayAnswer;
use crate::app::{Action, Effect};

/// Effects for the world, and what the program goes on with by itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct UpdateOutcome {
    pub(crate) effects: Vec<Effect>,
    pub(crate) next: VecDeque<FollowUp>,
}

/// What an area asks the dispatcher to go on with, once the area is done.
#[derive(Debug, Clone)]
pub(crate) enum FollowUp {
    /// An action on the form.
    Form(Action),
    /// An action on whatever has the keys below the overlays.
    Screen(Action),
    /// An answer of a question.
    Answer(OverlayAnswer),
    /// The next problem from the text of the payload, or the previous one.
    CloseText {
        /// Which of the two.
        forward: bool,
    },
    /// Text to paste where the keys go.
    Paste(String),
}

impl Model {
    /// Asks for something outside the model, if there is anything to ask for.
    pub(crate) fn emit(&mut self, effect: impl Into<Option<Effect>>) {
        self.outcome.effects.extend(effect.into());
    }

    /// Asks the dispatcher to go on with something.
    pub(crate) fn follow_up(&mut self, next: FollowUp) {
        self.outcome.next.push_back(next);
    }
}
