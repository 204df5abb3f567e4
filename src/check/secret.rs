//! Tokens and keys, told by their looks, or by the name of the parameter that holds them.
//!
//! A value that may be one is never shown: [`masked`] is what messages go through.

use std::borrow::Cow;

use super::fields::Fields;
use super::place::Place;
use super::plan::Part;
use super::rule::OURS;
use super::walk::{Expect, Walk};
use super::{Evidence, Rule, Severity};
use crate::text;

mod name;
mod shape;

pub(super) use shape::SHORTEST;

pub(super) const SECRET_LIKE: Rule = Rule {
    code: "secret-like",
    severity: Severity::Warning,
    evidence: Evidence::Advice,
    meaning: "A value has the form of a token or key, or is that of a parameter whose name speaks of a password, token \
              or key.",
    why: "SEI stores what it gets and shows it to everyone who looks at the run. Blank values, true, false and numbers \
          are let pass, and so is what was masked already.",
    source: OURS,
    example: r#""job_run_params": [{"type": "StringParameterValue", "name": "DB_PASSWORD", "value": "correct horse"}]"#,
    good: r#""job_run_params": [{"type": "StringParameterValue", "name": "DB_HOST", "value": "db.example"}]"#,
    fix: "",
};

/// Whether a parameter is named, or typed, like a secret.
pub(super) fn is_named(fields: &Fields<'_>) -> bool {
    fields.text("name").is_some_and(name::is_secret)
        || fields.text("type").is_some_and(|kind| kind.eq_ignore_ascii_case("PasswordParameterValue"))
}

/// Looks at a text; true when it may be a secret.
pub(super) fn look(walk: &mut Walk<'_>, expect: Expect, value: &str, place: &Place<'_>) -> bool {
    let is_parameter = expect.part == Part::ParameterValue;
    let message = if let Some((_, kind)) = shape::tokens(value).next() {
        let place = if place.name().is_empty() { "An entry" } else { place.name() };
        format!("{} holds {kind}, which SEI would store for all to see.", text::visible(place))
    } else if is_parameter && walk.is_secret && name::is_telling(value) {
        "By the name of the parameter its value is a secret, which SEI would store for all to see.".to_owned()
    } else if is_parameter && shape::is_random(value.trim()) {
        "The value has the looks of a random key, which SEI would store for all to see.".to_owned()
    } else {
        return false;
    };
    walk.add(place, SECRET_LIKE.at(place, message, Vec::new()));
    true
}

/// The text with each token and key dotted.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    if text.len() < SHORTEST {
        return Cow::Borrowed(text);
    }
    let (mut clean, mut from) = (String::new(), 0);
    for (range, _) in shape::tokens(text) {
        clean.push_str(text.get(from..range.start).unwrap_or_default());
        clean.push_str("•••");
        from = range.end;
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    clean.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(clean)
}
