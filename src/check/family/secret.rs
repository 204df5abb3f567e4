//! Tokens and keys, recognized by their form or by the name of the parameter that holds them.

use crate::catalog::{Evidence, FieldRole};
use crate::check::fields::Fields;
use crate::check::place::ValuePlace;
use crate::check::plan::Expect;
use crate::check::problem::Severity;
use crate::check::redact::token;
use crate::check::report::Report;
use crate::check::rule::{OURS, Rule};
use crate::text;

mod name;

pub use name::is_secret as is_secret_name;

pub(in crate::check) const SECRET_LIKE: Rule = Rule {
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
pub(in crate::check) fn is_named(fields: &Fields<'_>) -> bool {
    fields.text(FieldRole::ParameterName).is_some_and(name::is_secret)
        || fields
            .text(FieldRole::ParameterType)
            .is_some_and(|kind| kind.eq_ignore_ascii_case("PasswordParameterValue"))
}

/// Whether a text may be a secret.
pub(in crate::check) fn secret_like(
    report: &mut Report<'_>,
    expect: Expect,
    value: &str,
    place: &ValuePlace<'_>,
) -> bool {
    let is_parameter = expect.role == Some(FieldRole::ParameterValue);
    let message = if let Some((_, kind)) = token::tokens(value).next() {
        let place = if place.name().is_empty() { "An entry" } else { place.name() };
        format!("{} holds {kind}, which SEI would store for all to see.", text::visible(place))
    } else if is_parameter && report.is_secret && name::is_telling(value) {
        "By the name of the parameter its value is a secret, which SEI would store for all to see.".to_owned()
    } else if is_parameter && token::is_random(value.trim()) {
        "The value has the looks of a random key, which SEI would store for all to see.".to_owned()
    } else {
        return false;
    };
    report.add(&SECRET_LIKE, place, message, Vec::new());
    true
}
