//! Problems that the catalog alone shows: absent, blank, mistyped and unknown fields.

use crate::catalog::Field;
use crate::catalog::{Evidence, FieldRole, Shape, Widget};
use crate::check::fields::Fields;
use crate::check::loss::Loss;
use crate::check::phrase::{self, kind_noun, show};
use crate::check::place::ValuePlace;
use crate::check::plan::{Expect, expected};
use crate::check::problem::{Fix, Severity};
use crate::check::report::Report;
use crate::check::retype;
use crate::check::rule::{PAGES, Rule};
use crate::document::{self, Edit, Number, Value};
use crate::text::closest;

pub(in crate::check) const MISSING_FIELD: Rule = Rule {
    code: "missing-field",
    severity: Severity::Error,
    evidence: Evidence::Doc,
    loss: Some(Loss::Run),
    other_losses: &[Some(Loss::Field)],
    meaning: "A required field is absent or null.",
    why: "SEI refuses the run and reports one missing field at a time. Exception: without start time or duration, SEI \
          accepts the run and stores 0.",
    source: PAGES,
    example: r#""pipeline": null"#,
    good: r#""pipeline": "Node.js CI""#,
    fix: "Copies the pipeline to the full name or the qualified name.",
};

pub(in crate::check) const BLANK_VALUE: Rule = Rule {
    code: "blank-value",
    severity: Severity::Error,
    evidence: Evidence::Doc,
    loss: Some(Loss::Run),
    other_losses: &[Some(Loss::Field), Some(Loss::Count)],
    meaning: "A required text is empty or contains only spaces.",
    why: "A run with a blank required field cannot be found in SEI. With a blank GUID, SEI answers 202, then drops the run.",
    source: PAGES,
    example: r#""instance_guid": " ""#,
    good: r#""instance_guid": "5b0f7f0e-3c57-4f5e-9f5c-3c8a8a7d2e41""#,
    fix: "",
};

pub(in crate::check) const WRONG_TYPE: Rule = Rule {
    code: "wrong-type",
    severity: Severity::Error,
    evidence: Evidence::Doc,
    loss: Some(Loss::Run),
    other_losses: &[None],
    meaning: "The JSON type of a value is not the type of the field.",
    why: "SEI cannot read such a body as a job run and stores nothing of it. Exceptions lose nothing: SEI converts a \
          number in quotes to a number, and a number or boolean to text.",
    source: PAGES,
    example: r#""artifacts": {}"#,
    good: r#""artifacts": []"#,
    fix: "Converts the value to the type of the field, if that loses no data.",
};

pub(in crate::check) const UNKNOWN_FIELD: Rule = Rule {
    code: "unknown-field",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    loss: Some(Loss::Field),
    other_losses: &[],
    meaning: "No version of the documentation has this key.",
    why: "In the flat format, SEI drops a key that it does not know; the wrapped format passes it on. Often the key is a \
          misspelled field name.",
    source: PAGES,
    example: r#""buildnumber": 12"#,
    good: r#""build_number": 12"#,
    fix: "Renames the key to the known field with the nearest spelling.",
};

/// Fields that usually have the value of another field: the field, then its usual source.
const USUALLY: [(FieldRole, FieldRole); 2] =
    [(FieldRole::QualifiedName, FieldRole::Pipeline), (FieldRole::FullName, FieldRole::Pipeline)];

pub(in crate::check) fn missing_field(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    field: &Field,
    place: &ValuePlace<'_>,
) {
    let is_null = fields.object.contains(place.name());
    let state = if is_null { "is null" } else { "is missing" };
    let (consequence, loss) = match field.role {
        Some(FieldRole::StartTime) => ("SEI stores 0, which is January 1970", Some(Loss::Field)),
        Some(FieldRole::Duration) => ("SEI stores 0", Some(Loss::Field)),
        _ => ("SEI refuses the run", MISSING_FIELD.loss),
    };
    let message = format!("{} {state}: {consequence}.", place.name());
    let fixes = usual(report, fields, field, place, true);
    report.add(&MISSING_FIELD.losing(loss), place, message, fixes);
}

pub(in crate::check) fn blank_value(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    field: &Field,
    place: &ValuePlace<'_>,
) {
    let message = format!("{} is blank: SEI requires text.", place.name());
    let loss = match field.role {
        Some(FieldRole::InstanceGuid) => BLANK_VALUE.loss,
        Some(FieldRole::Result) => Some(Loss::Count),
        _ => Some(Loss::Field),
    };
    let fixes = usual(report, fields, field, place, false);
    report.add(&BLANK_VALUE.losing(loss), place, message, fixes);
}

/// The fix for a field that usually has the value of another field.
fn usual(
    report: &Report<'_>,
    fields: &Fields<'_>,
    field: &Field,
    place: &ValuePlace<'_>,
    is_safe: bool,
) -> Vec<Fix> {
    let source = USUALLY.iter().find(|(role, _)| Some(*role) == field.role).map(|(_, source)| *source);
    let Some((source, text)) = source.and_then(|source| Some((source, fields.text(source)?))) else {
        return Vec::new();
    };
    let edits = document::set(report.document, &place.pointer(), Value::Text(text.to_owned()));
    vec![Fix { label: format!("copy {}: {}", source.name(), phrase::quote(text)), safe: is_safe, edits }]
}

/// Reports a payload that is not an object.
pub(in crate::check) fn wrong_type_of_root(report: &mut Report<'_>, value: &Value, place: &ValuePlace<'_>) {
    let message = format!("The payload is {}: SEI expects one object, the job run.", kind_noun(value));
    report.add(&WRONG_TYPE, place, message, Vec::new());
}

pub(in crate::check) fn wrong_type(
    report: &mut Report<'_>,
    expect: Expect,
    value: &Value,
    place: &ValuePlace<'_>,
) {
    let owner =
        if expect.entry { format!("an entry of {}", expect.field.name) } else { place.name().to_owned() };
    let wanted = expected(expect.shape, expect.field.widget);
    let kind = kind_noun(value);
    // SEI converts numbers in quotes, and scalars in place of text.
    let is_converted = match (expect.shape, value) {
        (Shape::Integer, Value::Text(text)) => Number::new(text.trim()).is_some_and(|n| n.as_i64().is_some()),
        (Shape::Text, Value::Number(_) | Value::Bool(_)) => expect.field.widget != Widget::Time,
        _ => false,
    };
    let message = match value {
        _ if is_converted => {
            format!("{} is {kind}; {owner} must be {wanted}. SEI converts it: no loss.", show(value))
        }
        Value::Null => format!("{owner} must be {wanted}, not null."),
        Value::Array(_) | Value::Object(_) => format!("{owner} is {kind}, but must be {wanted}."),
        Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
            format!("{} is {kind}; {owner} must be {wanted}.", show(value))
        }
    };
    let loss = if is_converted { None } else { WRONG_TYPE.loss };
    report.add(&WRONG_TYPE.losing(loss), place, message, retype::fixes(expect, value, place));
}

/// Reports a number with a fraction, or beyond 64 bits, in a field of whole numbers.
pub(in crate::check) fn wrong_type_of_number(
    report: &mut Report<'_>,
    expect: Expect,
    number: &Number,
    place: &ValuePlace<'_>,
) {
    let wanted = expected(expect.shape, expect.field.widget);
    let fault = if number.is_integer() { "does not fit into 64 bits" } else { "has a fraction" };
    let message = format!("{} {fault}, but {} must be {wanted}.", phrase::number(number), place.name());
    report.add(&WRONG_TYPE, place, message, retype::rounded(number, place));
}

pub(in crate::check) fn unknown_field(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    index: usize,
    place: &ValuePlace<'_>,
) {
    if fields.object.position(place.name()) != Some(index) {
        return;
    }
    let open = (fields.plan.fields.iter().enumerate())
        .filter(|(position, _)| fields.is_absent(*position))
        .flat_map(|(_, field)| std::iter::once(&field.field.name).chain(&field.field.legacy));
    let near = closest(place.name(), open.map(String::as_str));
    // A misspelled legacy name is renamed to the current name.
    let near = near
        .and_then(|name| fields.plan.find(name))
        .and_then(|(position, _)| fields.plan.fields.get(position).map(|field| field.field.name.as_str()));
    let name = phrase::quote(place.name());
    let (message, fixes) = match near {
        Some(near) => {
            let edit = Edit::Rename { at: place.pointer(), key: near.to_owned() };
            let fix = Fix::offer(format!("rename to {near}"), vec![edit]);
            (format!("{name} is not a documented field: did you mean {near}?"), vec![fix])
        }
        None => {
            (format!("{name} is not a documented field: sent, but SEI most likely ignores it."), Vec::new())
        }
    };
    report.add(&UNKNOWN_FIELD, place, message, fixes);
}
