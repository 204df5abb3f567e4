//! Parameters: their names, and values that are not text.

use crate::catalog::{Evidence, FieldRole};
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::{quote, show};
use crate::check::place::ValuePlace;
use crate::check::problem::Severity;
use crate::check::report::Report;
use crate::check::retype::as_text;
use crate::check::rule::{BACKEND, OURS, Rule};
use crate::document::{Object, Value};

pub(in crate::check) const PARAM_DUPLICATE: Rule = Rule {
    code: "param-duplicate",
    severity: Severity::Warning,
    evidence: Evidence::Advice,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "Two parameters have the same name.",
    why: "SEI does not show which of the two values the run used.",
    source: OURS,
    example: r#""job_run_params": [{"name": "TARGET", "value": "a"}, {"name": "TARGET", "value": "b"}]"#,
    good: r#""job_run_params": [{"name": "TARGET", "value": "a"}, {"name": "REGION", "value": "b"}]"#,
    fix: "",
};

pub(in crate::check) const PARAM_TEXT: Rule = Rule {
    code: "param-text",
    severity: Severity::Hint,
    evidence: Evidence::Seen,
    loss: None,
    other_losses: &[],
    meaning: "The value of a parameter is a number or a boolean.",
    why: "SEI reads the value as text, so nothing is lost. The documentation's samples have such values too.",
    source: BACKEND,
    example: r#""job_run_params": [{"type": "StringParameterValue", "name": "version", "value": 1}]"#,
    good: r#""job_run_params": [{"type": "StringParameterValue", "name": "version", "value": "1"}]"#,
    fix: "Writes the value as text.",
};

/// The name of a parameter, trimmed; `None` when it is absent or blank.
pub(in crate::check) fn name(parameter: &Object) -> Option<&str> {
    parameter.get(FieldRole::ParameterName.name())?.as_text().map(str::trim).filter(|name| !name.is_empty())
}

/// Reports a parameter with the name of the parameter at index `first`.
pub(in crate::check) fn param_duplicate(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    first: usize,
    record: &ValuePlace<'_>,
) {
    let (Some(name), Some(place)) =
        (fields.text(FieldRole::ParameterName), fields.at(FieldRole::ParameterName, record))
    else {
        return;
    };
    let message =
        format!("{} is already the name of parameter {}: which value was used?", quote(name), first + 1);
    report.add(&PARAM_DUPLICATE, &place, message, Vec::new());
}

pub(in crate::check) fn param_text(report: &mut Report<'_>, value: &Value, place: &ValuePlace<'_>) {
    let message = format!("{} is not text: SEI reads parameter values as text.", show(value));
    report.add(&PARAM_TEXT, place, message, vec![as_text(value, place)]);
}
