//! Parameters: absent members, equal names, and values that are not text.

use crate::catalog::{Evidence, FieldRole};
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::{quote, series, show};
use crate::check::place::ValuePlace;
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype::as_text;
use crate::check::rule::{BACKEND, OURS, Rule};
use crate::document::{self, Object, Value};

pub(in crate::check) const PARAM_INCOMPLETE: Rule = Rule {
    code: "param-incomplete",
    severity: Severity::Error,
    evidence: Evidence::Seen,
    loss: Some(Loss::Run),
    other_losses: &[],
    meaning: "The type, name or value of a parameter is absent or null.",
    why: "SEI's database requires all three. Without one of them, SEI answers 202, then drops the whole run. An empty \
          text is allowed.",
    source: BACKEND,
    example: r#""job_run_params": [{"type": "StringParameterValue", "name": "TARGET", "value": null}]"#,
    good: r#""job_run_params": [{"type": "StringParameterValue", "name": "TARGET", "value": ""}]"#,
    fix: "Writes the type StringParameterValue or an empty value.",
};

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

/// The type of a parameter that is a text.
const TEXT_TYPE: &str = "StringParameterValue";

/// Checks a parameter, after the walk.
pub(in crate::check) fn param_incomplete(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    record: &ValuePlace<'_>,
) {
    let is_absent = |role: &FieldRole| fields.role(*role).is_none_or(|value| *value == Value::Null);
    let all = [FieldRole::ParameterType, FieldRole::ParameterName, FieldRole::ParameterValue];
    let missing: Vec<FieldRole> = all.into_iter().filter(is_absent).collect();
    let Some(place) = missing.first().and_then(|role| fields.at(*role, record)) else { return };
    let names: Vec<_> = missing.iter().map(|role| role.name()).collect();
    let name = fields.text(FieldRole::ParameterName).map_or_else(|| "This parameter".to_owned(), quote);
    let message = format!("{name} lacks {}: SEI drops the whole run.", series(&names));
    let fill = || {
        let at = record.pointer();
        let edits = missing.iter().flat_map(|role| {
            let text = if *role == FieldRole::ParameterType { TEXT_TYPE } else { "" };
            document::set(report.document, &at.key(role.name()), Value::from(text))
        });
        let label = match missing.as_slice() {
            [FieldRole::ParameterType] => format!("set {TEXT_TYPE}"),
            [FieldRole::ParameterValue] => "set an empty value".to_owned(),
            _ => format!("set {TEXT_TYPE} and an empty value"),
        };
        Fix::offer(label, edits.collect())
    };
    // Only a person knows the name.
    let fix = (!missing.contains(&FieldRole::ParameterName)).then(fill);
    report.add(&PARAM_INCOMPLETE, &place, message, fix.into_iter().collect());
}

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
