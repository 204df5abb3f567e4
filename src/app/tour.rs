//! The guided tour: a new user works through steps in the real program.
//!
//! The steps are data, in `assets/tour.toml`. A change of the model between two messages completes
//! a step, not a key that means “next”. The instruction on the card depends on where the user is.
//! The tour only observes; it changes nothing.

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

/// The embedded asset.
pub const TOUR: &str = include_str!("../../assets/tour.toml");

/// The time until a step shows its hint.
const PATIENCE: Duration = Duration::from_millis(30_000);

/// The instruction of a step that is done already.
const ALREADY: &str = "Already done. {tour-skip} continues.";

/// The instruction while a request is in flight, for a step without its own.
const PENDING: &str = "Waiting for the reply.";

/// The instruction in an overlay that does not belong to the step.
const ASTRAY: &str = "Press {cancel} to go back to the form.";

/// The instruction in the list of actions, which a hint may have opened.
const LISTED: &str = "Type an action name, {enter}; or {cancel}.";

/// The hint in a dialog.
const STUCK: &str = "{cancel} closes this, {tour-skip} skips the step.";

/// The hint on the form, where the card has an instruction for the place.
const ELSEWHERE: &str = "{tour-skip} skips the step, {palette} lists actions.";

/// A step of the tour.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TourStep {
    /// The stable id, under which progress is saved.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// The instruction on the form: one line. Action names in braces are replaced by keys.
    pub press: String,
    /// The instructions elsewhere. `{number}` and `{lack}` are an artifact and its missing field.
    #[serde(default)]
    pub there: BTreeMap<TourPlace, String>,
    /// The purpose of the step.
    pub text: String,
    /// The hint on the form, after a wait.
    pub hint: String,
    /// The keys of a tour that plays itself; each group after the first waits until something
    /// opens.
    pub keys: Vec<String>,
    /// The event that completes the step.
    pub done: Condition,
    /// The requirements, in the order in which they can be met. Every step but the first requires
    /// the sandbox as well.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// The text that `tour-paste` pastes during the step.
    #[serde(default)]
    pub sample: Option<String>,
}

/// The content of the asset.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TourAsset {
    /// The steps in order.
    pub step: Vec<TourStep>,
    /// The cards for missing requirements.
    #[serde(default)]
    pub lead: Vec<Lead>,
}

/// The parsed asset; empty if it does not parse, which a test checks.
pub fn asset() -> &'static TourAsset {
    static ASSET: OnceLock<TourAsset> = OnceLock::new();
    ASSET.get_or_init(|| read(TOUR).unwrap_or_default())
}

/// All steps in order.
pub fn steps() -> &'static [TourStep] {
    &asset().step
}

/// Parses a tour asset.
///
/// # Errors
/// The text is not TOML, lacks a key or has an unknown key; the error names the line.
pub fn read(text: &str) -> Result<TourAsset, toml_edit::de::Error> {
    toml_edit::de::from_str(text)
}

/// The progress of a running tour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tour {
    position: usize,
    since: Timestamp,
    is_hinting: bool,
    /// Whether the previous step was done, not skipped, so that the card says so.
    is_praising: bool,
    /// Whether the goal of the step was reached before its card came, and still is.
    is_already: bool,
}

impl Tour {
    /// A tour at the step of this position.
    pub fn at(position: usize, now: Timestamp) -> Self {
        let position = position.min(steps().len().saturating_sub(1));
        Self { position, since: now, is_hinting: false, is_praising: false, is_already: false }
    }

    /// The current step.
    pub fn step(&self) -> Option<&'static TourStep> {
        steps().get(self.position)
    }

    /// The position of the step, from 0.
    pub const fn position(&self) -> usize {
        self.position
    }

    /// Whether the last card is shown.
    pub fn is_at_end(&self) -> bool {
        self.position + 1 == steps().len()
    }

    /// Whether the card says that the previous step is done.
    pub const fn is_praising(&self) -> bool {
        self.is_praising
    }

    /// Whether the card says that its own step is already done.
    pub const fn is_already(&self) -> bool {
        self.is_already
    }

    /// When the hint is due.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        (!self.is_hinting && !self.is_already && !self.is_at_end()).then(|| self.since + PATIENCE)
    }

    /// Shows the hint if it is due.
    pub(crate) fn waited(&mut self, now: Timestamp) {
        self.is_hinting |= self.deadline().is_some_and(|due| now >= due);
    }

    /// Moves to the next step if the event completes this step; returns whether it did.
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
            // The note is about the previous step, and the user does something else now.
            self.is_praising = false;
        }
        if is_done {
            *self = Self { is_praising: true, ..Self::seen(self.position + 1, now, after) };
        } else if !step.done.holds(after) {
            self.is_already = false;
        }
        is_done
    }

    /// A tour at a step, which may be already done.
    pub(crate) fn seen(position: usize, now: Timestamp, glimpse: &Glimpse) -> Self {
        let tour = Self::at(position, now);
        let is_already = tour.step().is_some_and(|step| step.done.holds(glimpse));
        Self { is_already, ..tour }
    }
}
