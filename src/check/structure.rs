//! What the catalogue alone can tell: absent, blank, mistyped and unknown fields.

use super::fields::Fields;
use super::phrase::{noun, show};
use super::place::Place;
use super::plan::expected;
use super::rule::PAGES;
use super::walk::{Expect, Walk};
use super::{Evidence, Fix, Problem, Rule, Severity, retype};
use crate::catalogue::{Field, Shape};
use crate::document::{self, Edit, Number, Value};
use crate::text::closest;

pub(super) const MISSING_FIELD: Rule = Rule {
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

pub(super) const BLANK_VALUE: Rule = Rule {
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

pub(super) const WRONG_TYPE: Rule = Rule {
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

pub(super) const UNKNOWN_FIELD: Rule = Rule {
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
const USUALLY: [(&str, &str); 2] = [("qualified_name", "pipeline"), ("job_full_name", "pipeline")];

pub(super) fn missing(walk: &mut Walk<'_>, fields: &Fields<'_>, field: &Field, place: &Place<'_>) {
    let is_null = fields.object.contains(place.name());
    let state = if is_null { "is null" } else { "is missing" };
    let message = format!("{} {state}: {}.", place.name(), consequence(&field.name));
    let problem = MISSING_FIELD.at(place, message, usual(walk, fields, field, place, true));
    walk.add(place, problem);
}

fn consequence(name: &str) -> &'static str {
    match name {
        "start_time" => "SEI cannot tell when the run took place",
        "duration" => "SEI cannot tell how long the run took",
        _ => "SEI refuses a run without it",
    }
}

pub(super) fn blank(walk: &mut Walk<'_>, fields: &Fields<'_>, field: &Field, place: &Place<'_>) {
    let message = format!("{} is blank: SEI needs a text here.", place.name());
    let problem = BLANK_VALUE.at(place, message, usual(walk, fields, field, place, false));
    walk.add(place, problem);
}

/// The fix for an absent name that usually repeats another one.
fn usual(walk: &Walk<'_>, fields: &Fields<'_>, field: &Field, place: &Place<'_>, is_safe: bool) -> Vec<Fix> {
    let source = USUALLY.iter().find(|(name, _)| *name == field.name).map(|(_, source)| *source);
    let Some((source, text)) = source.and_then(|source| Some((source, fields.text(source)?))) else {
        return Vec::new();
    };
    let edits = document::set(walk.root, &place.pointer(), Value::Text(text.to_owned()));
    vec![Fix { label: format!("take {source}: {}", super::phrase::quote(text)), safe: is_safe, edits }]
}

pub(super) fn not_an_object(value: &Value, place: &Place<'_>) -> Problem {
    let message = format!("The document is {}: SEI takes one object, the job run.", noun(value));
    WRONG_TYPE.at(place, message, Vec::new())
}

pub(super) fn wrong_type(walk: &mut Walk<'_>, expect: Expect, value: &Value, place: &Place<'_>) {
    let owner =
        if expect.entry { format!("an entry of {}", expect.field.name) } else { place.name().to_owned() };
    let takes = expected(expect.shape, expect.field.widget);
    let kind = noun(value);
    let message = match value {
        Value::Null => format!("null stands where {owner} takes {takes}."),
        Value::Array(_) | Value::Object(_) => format!("{owner} is {kind}, but takes {takes}."),
        Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
            format!("{} is {kind}, but {owner} takes {takes}.", show(value))
        }
    };
    let problem = WRONG_TYPE.at(place, message, retype::fixes(expect, value, place));
    walk.add(place, problem);
}

/// A number with a fraction, or one that is too long, in a field of whole numbers.
pub(super) fn not_whole(walk: &mut Walk<'_>, expect: Expect, number: &Number, place: &Place<'_>) {
    let takes = expected(expect.shape, expect.field.widget);
    let fault = if number.is_integer() { "does not fit into 64 bits" } else { "has a fraction" };
    let message = format!("{} {fault}, but {} takes {takes}.", super::phrase::number(number), place.name());
    let problem = WRONG_TYPE.at(place, message, retype::rounded(number, place));
    walk.add(place, problem);
}

pub(super) fn unknown(walk: &mut Walk<'_>, fields: &Fields<'_>, index: usize, place: &Place<'_>) {
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
    let name = super::phrase::quote(place.name());
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
    let problem = UNKNOWN_FIELD.at(place, message, fixes);
    walk.add(place, problem);
}

/// Whether a shape is a list of texts.
pub(super) fn is_text_list(shape: &Shape) -> bool {
    matches!(shape, Shape::List(inner) if matches!(**inner, Shape::Text))
}
