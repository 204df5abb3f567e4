//! The guided tour: what a newcomer does, step by step, in the real program.
//!
//! The steps are data, in `assets/tour.toml`. A step is completed by what happened in the model between two messages,
//! never by a key that means “next”. The tour changes nothing itself: it looks on.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::time::{Duration, Timestamp};

mod condition;

pub use condition::Condition;
pub(crate) use condition::{Glimpse, Happening};

/// The steps as they are embedded.
pub const TOUR: &str = include_str!("../../assets/tour.toml");

/// After how long a step offers its hint.
const PATIENCE: Duration = Duration::from_millis(30_000);

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// A stable word for it, by which progress is kept.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What to do and what for; names of actions in braces stand for their keys.
    pub text: String,
    /// What is said to somebody who does not find the way.
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
    /// Whether somebody went back to look at the card again: then nothing completes it but going on.
    is_held: bool,
}

impl Tour {
    /// A tour that begins at a step, by its position.
    pub fn at(position: usize, now: Timestamp) -> Self {
        let position = position.min(steps().len().saturating_sub(1));
        Self { position, since: now, is_hinting: false, is_praising: false, is_held: false }
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

    /// Whether the hint stands in the card.
    pub const fn is_hinting(&self) -> bool {
        self.is_hinting
    }

    /// Whether the card says that the step before is done.
    pub const fn is_praising(&self) -> bool {
        self.is_praising
    }

    /// Whether the card waits for somebody who went back to it.
    pub const fn is_held(&self) -> bool {
        self.is_held
    }

    /// When the hint is due.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        (!self.is_hinting && !self.is_at_end())
            .then(|| Timestamp::from_millis(self.since.millis().saturating_add(PATIENCE.millis())))
    }

    /// Takes in that time has passed.
    pub(crate) fn waited(&mut self, now: Timestamp) {
        self.is_hinting |= self.deadline().is_some_and(|due| now >= due);
    }

    /// Goes on when what happened completes the step; whether it did.
    pub(crate) fn observe(
        &mut self,
        glimpses: (&Glimpse, &Glimpse),
        happening: Happening,
        now: Timestamp,
    ) -> bool {
        let is_done = !self.is_held && self.step().is_some_and(|step| step.done.is_met(glimpses, happening));
        if is_done {
            *self = Self { is_praising: true, ..Self::at(self.position + 1, now) };
        }
        is_done
    }

    /// Goes to the next step without doing this one.
    pub(crate) fn skip(&mut self, now: Timestamp) {
        *self = Self::at(self.position + 1, now);
    }

    /// Goes back a step.
    pub(crate) fn back(&mut self, now: Timestamp) {
        *self = Self { is_held: true, ..Self::at(self.position.saturating_sub(1), now) };
    }
}
