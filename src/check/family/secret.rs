//! Tokens and keys, recognized by their form or by the name of their parameter.

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
    loss: None,
    other_losses: &[],
    meaning: "A value has the form of a token or key, or the name of its parameter suggests a password, token or key.",
    why: "SEI stores the value and shows it to everyone who opens the run. Blank values, masked values, true, false and \
          numbers are not reported.",
    source: OURS,
    example: r#""job_run_params": [{"type": "StringParameterValue", "name": "DB_PASSWORD", "value": "correct horse"}]"#,
    good: r#""job_run_params": [{"type": "StringParameterValue", "name": "DB_HOST", "value": "db.example"}]"#,
    fix: "",
};

/// Whether the name or type of a parameter suggests a secret.
pub(in crate::check) fn is_named(fields: &Fields<'_>) -> bool {
    fields.text(FieldRole::ParameterName).is_some_and(name::is_secret)
        || fields
            .text(FieldRole::ParameterType)
            .is_some_and(|kind| kind.eq_ignore_ascii_case("PasswordParameterValue"))
}

/// Reports a text that may be a secret; true when it does.
pub(in crate::check) fn secret_like(
    report: &mut Report<'_>,
    expect: Expect,
    value: &str,
    place: &ValuePlace<'_>,
) -> bool {
    let is_parameter = expect.role == Some(FieldRole::ParameterValue);
    let message = if let Some((_, kind)) = token::tokens(value).next() {
        let place = if place.name().is_empty() { "An entry" } else { place.name() };
        format!("{} contains {kind}: SEI would show it to everyone.", text::visible(place))
    } else if is_parameter && report.is_secret && name::is_revealing(value) {
        "The parameter name suggests a secret: SEI would show the value to everyone.".to_owned()
    } else if is_parameter && token::is_random(value.trim()) {
        "The value looks like a random key: SEI would show it to everyone.".to_owned()
    } else {
        return false;
    };
    report.add(&SECRET_LIKE, place, message, Vec::new());
    true
}
