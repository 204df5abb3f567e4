//! The player of the tour: decides from the model and the elapsed time which key comes next.
//!
//! The player waits for facts: it presses the keys of a step once, and those of the next step only
//! when the tour has reached that step. It knows neither terminal nor clock.

use std::collections::VecDeque;
use std::time::Duration;

use crate::app::Model;
use crate::app::overlay::Overlay;
use crate::app::tour::{Tour, TourStep, steps};
use crate::keymap::press::{Key, Press, read_all};

/// The pause between two characters of typed text.
const TYPING: Duration = Duration::from_millis(85);
/// The pause before and after any other key, so that its effect can be seen.
const PRESSING: Duration = Duration::from_millis(1_100);
/// The reading time for each character of a card.
const READING: Duration = Duration::from_millis(38);
/// The time to notice a new card.
const NOTICING: Duration = Duration::from_millis(900);
/// The longest time of a step after its keys, at any speed; then the play fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// The state of a play.
#[derive(Debug)]
pub(super) struct Player {
    speed: f64,
    /// The time of the next stroke, since the start of the play.
    due: Duration,
    /// The start of the wait for a fact.
    waiting: Option<Duration>,
    position: Option<usize>,
    strokes: VecDeque<Stroke>,
}

/// A key, or a wait for a dialog.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stroke {
    Press(Press),
    UntilOpen,
}

/// The next step of a play.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PlayStep {
    /// Wait for this time.
    Pause(Duration),
    /// Wait for an event, at most for this time.
    Wait(Duration),
    /// Press this key.
    Press(Press),
    /// The play has ended.
    End,
    /// The step with this id was not completed in time.
    Stuck(&'static str),
}

impl Player {
    /// A player at a multiple of the reading speed.
    pub(super) fn new(speed: f64) -> Self {
        let nothing = Duration::ZERO;
        Self { speed, due: nothing, waiting: None, position: None, strokes: VecDeque::new() }
    }

    /// The next step, at a time since the start of the play.
    pub(super) fn next(&mut self, model: &Model, now: Duration) -> PlayStep {
        let Some((tour, step)) = model.tour.current.as_ref().and_then(|tour| Some((tour, tour.step()?)))
        else {
            return PlayStep::End;
        };
        if model.layout().is_none() {
            // On a screen that is too small nothing is drawn, so the play waits.
            self.waiting = None;
            self.due = self.due.max(now + NOTICING);
            return PlayStep::Wait(PATIENCE);
        }
        // The keys of a step are pressed to the end, even if the step is done before.
        if self.position != Some(tour.position()) && self.strokes.is_empty() {
            self.start(tour, step, now);
        }
        if now < self.due {
            return PlayStep::Pause(self.due.saturating_sub(now));
        }
        if self.strokes.is_empty() && tour.position() + 1 == steps().len() {
            return PlayStep::End;
        }
        match self.strokes.front().copied() {
            Some(Stroke::Press(press)) if !is_busy(model) => {
                self.strokes.pop_front();
                self.waiting = None;
                self.due = now + self.scaled(self.pause(press));
                PlayStep::Press(press)
            }
            Some(Stroke::UntilOpen) if !model.overlays.is_empty() => self.seen(now),
            Some(_) | None => self.wait_for_fact(step, now),
        }
    }

    /// Moves all times of the player after a pause of this length.
    pub(super) fn postpone(&mut self, by: Duration) {
        self.due += by;
        self.waiting = self.waiting.map(|since| since + by);
    }

    fn start(&mut self, tour: &Tour, step: &TourStep, now: Duration) {
        self.position = Some(tour.position());
        self.strokes = strokes(step).collect();
        self.waiting = None;
        let characters = step.press.chars().chain(step.text.chars()).count();
        let characters = u32::try_from(characters).unwrap_or(u32::MAX);
        self.due = now + self.scaled(NOTICING + READING.saturating_mul(characters));
    }

    fn seen(&mut self, now: Duration) -> PlayStep {
        self.strokes.pop_front();
        self.waiting = None;
        self.due = now + self.scaled(PRESSING);
        PlayStep::Pause(self.due.saturating_sub(now))
    }

    fn wait_for_fact(&mut self, step: &'static TourStep, now: Duration) -> PlayStep {
        let since = *self.waiting.get_or_insert(now);
        let left = PATIENCE.saturating_sub(now.saturating_sub(since));
        if left.is_zero() { PlayStep::Stuck(&step.id) } else { PlayStep::Wait(left) }
    }

    /// The pause after a key: short within text, long at its end and at other keys.
    fn pause(&self, press: Press) -> Duration {
        let is_text = |press: &Press| matches!(press.key, Key::Char(_)) && !press.ctrl && !press.alt;
        match self.strokes.front() {
            Some(Stroke::Press(next)) if is_text(&press) && is_text(next) => TYPING,
            Some(_) | None => PRESSING,
        }
    }

    fn scaled(&self, time: Duration) -> Duration {
        time.div_f64(self.speed)
    }
}

/// Whether a request or an evaluation is under way, whose end the next key needs.
fn is_busy(model: &Model) -> bool {
    let is_pending = |overlay: &Overlay| matches!(overlay, Overlay::Mapper(mapper) if mapper.is_pending);
    model.sending.in_flight.is_some() || model.overlays.iter().any(is_pending)
}

/// The keys of a step, with a wait between its groups.
fn strokes(step: &TourStep) -> impl Iterator<Item = Stroke> {
    step.keys.iter().enumerate().flat_map(|(index, group)| {
        let wait = (index > 0).then_some(Stroke::UntilOpen);
        let presses = read_all(group).unwrap_or_default();
        wait.into_iter().chain(presses.into_iter().map(Stroke::Press))
    })
}
