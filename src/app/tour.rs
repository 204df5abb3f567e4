//! The guided tour: what a newcomer does, step by step, in the real program.
//!
//! The steps are data, in `assets/tour.toml`. A step is completed by what happened in the model between two messages,
//! never by a key that means “next”. What the card says to press goes by where the person is. The tour changes nothing
//! itself: it looks on.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::time::{Duration, Timestamp};

mod card;
mod condition;
mod need;
mod place;

pub use condition::Condition;
pub(crate) use condition::{Glimpse, Happening};
pub use need::{Lead, Need};
pub use place::TourPlace;

/// The steps as they are embedded.
pub const TOUR: &str = include_str!("../../assets/tour.toml");

/// After how long a step offers its hint.
const PATIENCE: Duration = Duration::from_millis(30_000);

/// What stands in the place of what to press where it was done before.
const ALREADY: &str = "Done already. {tour-skip} goes on.";

/// What a step says where a request is under way, and says nothing else.
const PENDING: &str = "The answer is on its way.";

/// The same where something is open that the step does not speak of.
const ASTRAY: &str = "Press {cancel}: it leads back to the form.";

/// The same in the list of actions, where a hint may have led.
const LISTED: &str = "Type the name of an action, {enter}; or {cancel}.";

/// What helps somebody who waits where a dialog is open, or where the card speaks of the very place.
const STUCK: &str = "{cancel} closes this, {tour-skip} skips the step.";

/// The same on the form.
const ELSEWHERE: &str = "{tour-skip} skips the step, {palette} has all.";

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TourStep {
    /// A stable word for it, by which progress is kept.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What to press on the form, in a line; names of actions in braces stand for their keys.
    pub press: String,
    /// What to press elsewhere. `{number}` and `{lack}` stand for an artifact and what it lacks.
    #[serde(default)]
    pub there: BTreeMap<TourPlace, String>,
    /// What it is for.
    pub text: String,
    /// What is said on the form to somebody who does not find the way.
    pub hint: String,
    /// The keys that do it, for a tour that plays itself; each group after the first waits for something to open.
    pub keys: Vec<String>,
    /// What completes it.
    pub done: Condition,
    /// What it rests on, in the order in which it can be had; beyond the first step, the sandbox before all that.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// What `tour-paste` pastes while it is on.
    #[serde(default)]
    pub sample: Option<String>,
}

/// What the asset holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TourAsset {
    /// The steps in order.
    pub step: Vec<TourStep>,
    /// What the card says where a step cannot go on.
    #[serde(default)]
    pub lead: Vec<Lead>,
}

/// The asset; nothing when it is broken, which a test sees.
pub fn asset() -> &'static TourAsset {
    static ASSET: OnceLock<TourAsset> = OnceLock::new();
    ASSET.get_or_init(|| read(TOUR).unwrap_or_default())
}

/// All steps in order.
pub fn steps() -> &'static [TourStep] {
    &asset().step
}

/// Reads the tour as the asset writes it.
///
/// # Errors
/// Where the text is no TOML, lacks a key or has one too many, with the line.
pub fn read(text: &str) -> Result<TourAsset, toml_edit::de::Error> {
    toml_edit::de::from_str(text)
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
    pub fn step(&self) -> Option<&'static TourStep> {
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

    /// When the hint is due.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        (!self.is_hinting && !self.is_already && !self.is_at_end()).then(|| self.since + PATIENCE)
    }

    /// Takes in that time has passed.
    pub(crate) fn waited(&mut self, now: Timestamp) {
        self.is_hinting |= self.deadline().is_some_and(|due| now >= due);
    }

    /// Goes on when what happened completes the step; whether it did.
    pub(crate) fn observe(
        &mut self,
        before: &Glimpse,
        after: &Glimpse,
        happening: Happening,
        now: Timestamp,
    ) -> bool {
        let Some(step) = self.step() else { return false };
        let is_safe = self.position == 0 || after.on_sandbox;
        let is_done = is_safe && step.done.is_met(before, after, happening, self.is_already);
        if matches!(happening, Happening::Entered | Happening::Pressed) {
            // Of something else than what is being done now.
            self.is_praising = false;
        }
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
