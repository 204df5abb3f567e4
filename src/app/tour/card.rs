//! The texts of the tour card, depending on where the user is.

use super::condition::Glimpse;
use super::place::Lack;
use super::{ALREADY, ASTRAY, ELSEWHERE, LISTED, Lead, Need, PENDING, STUCK, Tour, TourPlace, asset};
use crate::app::Model;

impl Tour {
    /// The card for the first missing requirement of the step.
    pub(crate) fn lead(&self, model: &Model) -> Option<&'static Lead> {
        let seen = Glimpse::of(model);
        let lacks = |need: &Need| !need.is_met(model, &seen);
        let place = (self.position > 0).then_some(Need::Sandbox).filter(lacks);
        let rest = || self.step().filter(|_| !self.is_already)?.needs.iter().copied().find(lacks);
        let need = place.or_else(rest)?;
        asset().lead.iter().find(|lead| lead.to == need)
    }

    /// The instruction for the current place; action names in braces are not replaced yet.
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

    /// The instruction on the form.
    pub(crate) fn press(&self, model: &Model) -> String {
        let lead = self.lead(model).map(|lead| &lead.press);
        lead.or_else(|| Some(&self.step()?.press)).map(|press| named(model, press)).unwrap_or_default()
    }

    /// The purpose of the step, or why it cannot continue.
    pub fn text(&self, model: &Model) -> String {
        let why = self.lead(model).and_then(|lead| lead.text.as_ref());
        why.or_else(|| Some(&self.step()?.text)).map(|text| named(model, text)).unwrap_or_default()
    }

    /// The hint, once it is due.
    pub fn hint(&self, model: &Model) -> Option<&'static str> {
        let step = self.step().filter(|_| self.is_hinting && !self.is_already)?;
        let place = TourPlace::of(model);
        if place == TourPlace::Waiting {
            return None;
        }
        if !place.is_open() {
            return Some(STUCK);
        }
        let has_instruction = step.there.contains_key(&place) || self.lead(model).is_some();
        Some(if has_instruction { ELSEWHERE } else { step.hint.as_str() })
    }
}

/// Replaces `{environment}` by the label of the chosen environment.
fn named(model: &Model, words: &str) -> String {
    let label = model.chosen().map_or("", |chosen| chosen.environment.label.as_str());
    words.replace("{environment}", label)
}
