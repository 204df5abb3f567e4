//! What the card of the tour says, by where the person is.

use super::condition::Glimpse;
use super::place::Lack;
use super::{ALREADY, ASTRAY, ELSEWHERE, LISTED, Lead, Need, PENDING, STUCK, Tour, TourPlace, asset};
use crate::app::Model;

impl Tour {
    /// What the step rests on and is not there, with what to say of it.
    pub(crate) fn lead(&self, model: &Model) -> Option<&'static Lead> {
        let seen = Glimpse::of(model);
        let lacks = |need: &Need| !need.is_met(model, &seen);
        let place = (self.position > 0).then_some(Need::Sandbox).filter(lacks);
        let rest = || self.step().filter(|_| !self.is_already)?.needs.iter().copied().find(lacks);
        let need = place.or_else(rest)?;
        asset().lead.iter().find(|lead| lead.to == need)
    }

    /// What to press now, where the person is; names of actions in braces stand for their keys.
    pub fn instruction(&self, model: &Model) -> String {
        let Some(step) = self.step() else { return String::new() };
        let place = TourPlace::of(model);
        let lead = self.lead(model);
        if self.is_already && lead.is_none() {
            return ALREADY.to_owned();
        }
        let (press, there) = lead.map_or((&step.press, &step.there), |lead| (&lead.press, &lead.there));
        let words = match there.get(&place) {
            Some(words) => words,
            None if place.is_open() => press,
            None if place == TourPlace::Waiting => PENDING,
            None if place == TourPlace::Actions => LISTED,
            None => ASTRAY,
        };
        match Lack::of(model) {
            Some(lack) if words.contains("{number}") => {
                words.replace("{number}", &lack.number.to_string()).replace("{lack}", &lack.field)
            }
            Some(_) | None => named(model, words),
        }
    }

    /// What to press on the form.
    pub(crate) fn press(&self, model: &Model) -> String {
        let lead = self.lead(model).map(|lead| &lead.press);
        lead.or_else(|| Some(&self.step()?.press)).map(|press| named(model, press)).unwrap_or_default()
    }

    /// What the step is for, or why it cannot go on.
    pub fn text(&self, model: &Model) -> String {
        let why = self.lead(model).and_then(|lead| lead.text.as_ref());
        why.or_else(|| Some(&self.step()?.text)).map(|text| named(model, text)).unwrap_or_default()
    }

    /// What else helps somebody who has waited.
    pub fn hint(&self, model: &Model) -> Option<&'static str> {
        let step = self.step().filter(|_| self.is_hinting && !self.is_already)?;
        let place = TourPlace::of(model);
        if place == TourPlace::Waiting {
            return None;
        }
        if !place.is_open() {
            return Some(STUCK);
        }
        let is_spoken_of = step.there.contains_key(&place) || self.lead(model).is_some();
        Some(if is_spoken_of { ELSEWHERE } else { step.hint.as_str() })
    }
}

/// Words with the chosen environment in its place.
fn named(model: &Model, words: &str) -> String {
    let label = model.chosen().map_or("", |chosen| chosen.environment.label.as_str());
    words.replace("{environment}", label)
}
