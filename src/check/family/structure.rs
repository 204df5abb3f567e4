//! What the catalog alone can tell: absent, blank, mistyped and unknown fields.

use crate::catalog::Field;
use crate::catalog::{Evidence, FieldRole};
use crate::check::fields::Fields;
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
    meaning: "A required field is absent or null.",
    why: "SEI refuses the run and names one missing field at a time; without start time or duration it takes the run \
          and shows it wrongly.",
    source: PAGES,
    example: r#""pipeline": null"#,
    good: r#""pipeline": "Node.js CI""#,
    fix: "Takes the full and the qualified name from the pipeline.",
};

pub(in crate::check) const BLANK_VALUE: Rule = Rule {
    code: "blank-value",
    severity: Severity::Error,
    evidence: Evidence::Doc,
    meaning: "A required text is empty or holds only spaces.",
    why: "A required field that says nothing is as good as a missing one: nobody could find the run in SEI.",
    source: PAGES,
    example: r#""pipeline": " ""#,
    good: r#""pipeline": "Node.js CI""#,
    fix: "",
};

pub(in crate::check) const WRONG_TYPE: Rule = Rule {
    code: "wrong-type",
    severity: Severity::Error,
    evidence: Evidence::Doc,
    meaning: "A value has another JSON type than the field takes.",
    why: "SEI cannot read such a body as a job run, so nothing of the run is stored.",
    source: PAGES,
    example: r#""duration": "77000""#,
    good: r#""duration": 77000"#,
    fix: "Writes the same value in the type of the field, where that loses nothing.",
};

pub(in crate::check) const UNKNOWN_FIELD: Rule = Rule {
    code: "unknown-field",
    severity: Severity::Hint,
    evidence: Evidence::Doc,
    meaning: "No version of the documentation knows this key.",
    why: "It is sent as it is and most likely ignored; often it is a known name with a slip in it.",
    source: PAGES,
    example: r#""buildnumber": 12"#,
    good: r#""build_number": 12"#,
    fix: "Renames the key to the known field that is nearest in spelling.",
};

/// The names that usually repeat another field.
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
    let message = format!("{} {state}: {}.", place.name(), consequence(field.role));
    report.add(&MISSING_FIELD, place, message, usual(report, fields, field, place, true));
}

fn consequence(role: Option<FieldRole>) -> &'static str {
    match role {
        Some(FieldRole::StartTime) => "SEI cannot tell when the run took place",
        Some(FieldRole::Duration) => "SEI cannot tell how long the run took",
        _ => "SEI refuses a run without it",
    }
}

pub(in crate::check) fn blank_value(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    field: &Field,
    place: &ValuePlace<'_>,
) {
    let message = format!("{} is blank: SEI needs a text here.", place.name());
    report.add(&BLANK_VALUE, place, message, usual(report, fields, field, place, false));
}

/// The fix for an absent name that usually repeats another one.
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
    vec![Fix { label: format!("take {}: {}", source.name(), phrase::quote(text)), safe: is_safe, edits }]
}

/// A document that is no object.
pub(in crate::check) fn wrong_type_of_root(report: &mut Report<'_>, value: &Value, place: &ValuePlace<'_>) {
    let message = format!("The document is {}: SEI takes one object, the job run.", kind_noun(value));
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
    let takes = expected(expect.shape, expect.field.widget);
    let kind = kind_noun(value);
    let message = match value {
        Value::Null => format!("null stands where {owner} takes {takes}."),
        Value::Array(_) | Value::Object(_) => format!("{owner} is {kind}, but takes {takes}."),
        Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
            format!("{} is {kind}, but {owner} takes {takes}.", show(value))
        }
    };
    report.add(&WRONG_TYPE, place, message, retype::fixes(expect, value, place));
}

/// A number with a fraction, or one that is too long, in a field of whole numbers.
pub(in crate::check) fn wrong_type_of_number(
    report: &mut Report<'_>,
    expect: Expect,
    number: &Number,
    place: &ValuePlace<'_>,
) {
    let takes = expected(expect.shape, expect.field.widget);
    let fault = if number.is_integer() { "does not fit into 64 bits" } else { "has a fraction" };
    let message = format!("{} {fault}, but {} takes {takes}.", phrase::number(number), place.name());
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
    // A near miss of a legacy name is better renamed to the current one.
    let near = near
        .and_then(|name| fields.plan.find(name))
        .and_then(|(position, _)| fields.plan.fields.get(position).map(|field| field.field.name.as_str()));
    let name = phrase::quote(place.name());
    let (message, fixes) = match near {
        Some(near) => {
            let edit = Edit::Rename { at: place.pointer(), key: near.to_owned() };
            let fix = Fix::offer(format!("rename to {near}"), vec![edit]);
            (format!("{name} is no documented field; it may be meant as {near}."), vec![fix])
        }
        None => (
            format!("{name} is no documented field; it is kept, and SEI most likely ignores it."),
            Vec::new(),
        ),
    };
    report.add(&UNKNOWN_FIELD, place, message, fixes);
}
