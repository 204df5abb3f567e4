//! The guided tour: what a newcomer does, step by step, in the real program.
//!
//! The steps are data, in `assets/tour.toml`. A step is completed by what happened in the model between two messages,
//! never by a key that means “next”. What the card says to press goes by where the person is. The tour changes nothing
//! itself: it looks on.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::app::Model;
use crate::time::{Duration, Timestamp};

mod condition;
mod place;

pub use condition::Condition;
pub(crate) use condition::{Glimpse, Happening};
use place::Lack;
pub use place::Place;

/// The steps as they are embedded.
pub const TOUR: &str = include_str!("../../assets/tour.toml");

/// After how long a step offers its hint.
const PATIENCE: Duration = Duration::from_millis(30_000);

/// What stands in the place of what to press where it was done before.
const ALREADY: &str = "Done already. {tour-skip} goes on.";

/// What a step says where a request is under way, and says nothing else.
const PENDING: &str = "The answer is on its way.";

/// The same where something is open that the step does not speak of.
const ASTRAY: &str = "Press Esc: it leads back to the form.";

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// A stable word for it, by which progress is kept.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What to press on the form, in a line; names of actions in braces stand for their keys.
    pub press: String,
    /// What to press elsewhere. `{number}` and `{lack}` stand for an artifact and what it lacks.
    #[serde(default)]
    pub there: BTreeMap<Place, String>,
    /// What it is for.
    pub text: String,
    /// What is said on the form to somebody who does not find the way.
    pub hint: String,
    /// The keys that do it, for a tour that plays itself; each group after the first waits for something to open.
    pub keys: Vec<String>,
    /// What completes it.
    pub done: Condition,
    /// What `tour-paste` pastes while it is on.
    #[serde(default)]
    pub sample: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asset {
    step: Vec<Step>,
}

/// All steps in order; none when the asset is broken, which a test sees.
pub fn steps() -> &'static [Step] {
    static STEPS: OnceLock<Vec<Step>> = OnceLock::new();
    STEPS.get_or_init(|| read(TOUR).unwrap_or_default())
}

/// Reads steps as the asset writes them.
///
/// # Errors
/// Where the text is no TOML, lacks a key or has one too many, with the line.
pub fn read(text: &str) -> Result<Vec<Step>, toml_edit::de::Error> {
    toml_edit::de::from_str::<Asset>(text).map(|asset| asset.step)
}

/// Where somebody is in the tour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tour {
    position: usize,
    since: Timestamp,
    is_hinting: bool,
    /// Whether the step before was done rather than skipped: then the card says so.
    is_praising: bool,
    /// Whether what the step leads to was there when its card came, and still is.
    is_already: bool,
}

impl Tour {
    /// A tour that begins at a step, by its position.
    pub fn at(position: usize, now: Timestamp) -> Self {
        let position = position.min(steps().len().saturating_sub(1));
        Self { position, since: now, is_hinting: false, is_praising: false, is_already: false }
    }

    /// The step that is on.
    pub fn step(&self) -> Option<&'static Step> {
        steps().get(self.position)
    }

    /// Its position among all, from 0.
    pub const fn position(&self) -> usize {
        self.position
    }

    /// Whether all is done and the last card says farewell.
    pub fn is_at_end(&self) -> bool {
        self.position + 1 == steps().len()
    }

    /// Whether the card says that the step before is done.
    pub const fn is_praising(&self) -> bool {
        self.is_praising
    }

    /// Whether the card says that its own step was done before.
    pub const fn is_already(&self) -> bool {
        self.is_already
    }

    /// What to press now, where the person is; names of actions in braces stand for their keys.
    pub fn instruction(&self, model: &Model) -> String {
        let Some(step) = self.step() else { return String::new() };
        let place = Place::of(model);
        if self.is_already {
            return ALREADY.to_owned();
        }
        let words = match step.there.get(&place) {
            Some(words) => words,
            None if place.is_open() => &step.press,
            None if place == Place::Waiting => PENDING,
            None => ASTRAY,
        };
        match Lack::of(model) {
            Some(lack) if words.contains("{number}") => {
                words.replace("{number}", &lack.number.to_string()).replace("{lack}", &lack.field)
            }
            Some(_) | None => words.to_owned(),
        }
    }

    /// What else helps somebody who has waited on the form, where the card does not speak of the very place.
    pub fn hint(&self, model: &Model) -> Option<&'static str> {
        let step = self.step().filter(|_| self.is_hinting && !self.is_already)?;
        let place = Place::of(model);
        (place.is_open() && !step.there.contains_key(&place)).then_some(step.hint.as_str())
    }

    /// When the hint is due.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        (!self.is_hinting && !self.is_already && !self.is_at_end())
            .then(|| Timestamp::from_millis(self.since.millis().saturating_add(PATIENCE.millis())))
    }

    /// Takes in that time has passed.
    pub(crate) fn waited(&mut self, now: Timestamp) {
        self.is_hinting |= self.deadline().is_some_and(|due| now >= due);
    }

    /// Goes on when what happened completes the step; whether it did.
    pub(crate) fn observe(
        &mut self,
        (before, after): (&Glimpse, &Glimpse),
        happening: Happening,
        now: Timestamp,
    ) -> bool {
        let Some(step) = self.step() else { return false };
        let is_done = step.done.is_met((before, after), happening, self.is_already);
        if is_done {
            *self = Self { is_praising: true, ..Self::seen(self.position + 1, now, after) };
        } else if !step.done.holds(after) {
            self.is_already = false;
        }
        is_done
    }

    /// A tour at a step whose card says what it sees.
    pub(crate) fn seen(position: usize, now: Timestamp, glimpse: &Glimpse) -> Self {
        let tour = Self::at(position, now);
        let is_already = tour.step().is_some_and(|step| step.done.holds(glimpse));
        Self { is_already, ..tour }
    }
}
