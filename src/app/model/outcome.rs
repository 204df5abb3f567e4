//! The results of a message that are not changes of the model.

use std::collections::VecDeque;

use crate::app::model::Model;
use crate::app::overlay::OverlayAnswer;
use crate::app::{Action, Effect};

/// Effects for the runtime, and follow-ups for the dispatcher.
#[derive(Debug, Clone, Default)]
pub(crate) struct UpdateOutcome {
    pub(crate) effects: Vec<Effect>,
    pub(crate) next: VecDeque<FollowUp>,
}

/// The next step that a module requests from the dispatcher.
#[derive(Debug, Clone)]
pub(crate) enum FollowUp {
    /// An action on the form.
    Form(Action),
    /// An action on the form or the text, whichever has the focus below the overlays.
    Screen(Action),
    /// An answer of a question.
    Answer(OverlayAnswer),
    /// Leave the payload text for the next or previous problem.
    CloseText {
        /// Next, not previous.
        forward: bool,
    },
    /// Text to paste into whatever has the focus.
    Paste(String),
}

impl Model {
    /// Requests an effect; `None` requests nothing.
    pub(crate) fn emit(&mut self, effect: impl Into<Option<Effect>>) {
        self.outcome.effects.extend(effect.into());
    }

    /// Requests a follow-up from the dispatcher.
    pub(crate) fn follow_up(&mut self, next: FollowUp) {
        self.outcome.next.push_back(next);
    }
}
