//! The tour that plays itself: which key comes when, told from the model and from the time that has passed.
//!
//! It waits for facts: a step's keys are pressed once, and the next card's only when the tour has really gone on. It
//! knows neither terminal nor clock.

use std::collections::VecDeque;
use std::time::Duration;

use crate::app::Model;
use crate::app::tour::{Tour, TourStep, steps};
use crate::keymap::press::{Key, Press, read_all};

/// Between two characters of typed text.
const TYPING: Duration = Duration::from_millis(85);
/// Before and after any other key, so that one sees what it did.
const PRESSING: Duration = Duration::from_millis(1_100);
/// For each character of a card.
const READING: Duration = Duration::from_millis(38);
/// For finding the card at all.
const NOTICING: Duration = Duration::from_millis(900);
/// How long a step may take after its keys before the play gives up, at any speed.
const PATIENCE: Duration = Duration::from_secs(20);

/// Plays the tour.
#[derive(Debug)]
pub(super) struct Player {
    speed: f64,
    /// Since the start of the play, when the next stroke is due.
    due: Duration,
    /// Since when a fact is waited for.
    waiting: Option<Duration>,
    position: Option<usize>,
    strokes: VecDeque<Stroke>,
}

/// One thing to do in a step.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stroke {
    Press(Press),
    UntilOpen,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PlayStep {
    /// Nothing for so long.
    Pause(Duration),
    /// Nothing until something happens, but not longer than so.
    Wait(Duration),
    /// This key.
    Press(Press),
    /// It is over.
    End,
    /// The step did not do what it should.
    Stuck(&'static str),
}

impl Player {
    /// A player at so many times the speed of reading.
    pub(super) fn new(speed: f64) -> Self {
        let nothing = Duration::ZERO;
        Self { speed, due: nothing, waiting: None, position: None, strokes: VecDeque::new() }
    }

    /// What comes next, so long after the start.
    pub(super) fn next(&mut self, model: &Model, now: Duration) -> PlayStep {
        let Some((tour, step)) = model.tour.current.as_ref().and_then(|tour| Some((tour, tour.step()?)))
        else {
            return PlayStep::End;
        };
        if model.layout().is_none() {
            // Nobody sees anything on so small a screen, and the keys of the form mean nothing.
            self.waiting = None;
            self.due = self.due.max(now + NOTICING);
            return PlayStep::Wait(PATIENCE);
        }
        // What was begun is pressed to its end, also where the step is done before.
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
            Some(Stroke::Press(press)) if model.sending.in_flight.is_none() => {
                self.strokes.pop_front();
                self.waiting = None;
                self.due = now + self.scaled(self.pause(press));
                PlayStep::Press(press)
            }
            Some(Stroke::UntilOpen) if !model.overlays.is_empty() => self.seen(now),
            Some(_) | None => self.wait_for_fact(step, now),
        }
    }

    /// The same moments later, after a pause of this length.
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

    /// Text goes on quickly; where it ends, and at other keys, one wants to look.
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

/// The keys of a step, with a wait between its groups.
fn strokes(step: &TourStep) -> impl Iterator<Item = Stroke> {
    step.keys.iter().enumerate().flat_map(|(index, group)| {
        let wait = (index > 0).then_some(Stroke::UntilOpen);
        let presses = read_all(group).unwrap_or_default();
        wait.into_iter().chain(presses.into_iter().map(Stroke::Press))
    })
}
