//! Reading of values as SEI reads them: of two names of a field, the later one counts, and SEI
//! converts scalars where it can.

use std::borrow::Cow;

use crate::catalog::{FieldRole, Record, RecordKind, Shape, catalog};
use crate::check::is_uuid;
use crate::document::{Object, Pointer, Value};

/// A member of a record that SEI does not know, except its type: the log of a stage.
const LOG: &str = "log";

/// The member of a field, under either name; `None` for an absent or null field.
pub(super) fn member(object: &Object, role: FieldRole) -> Option<(&str, &Value)> {
    let (name, legacy) = (role.name(), role.legacy());
    let found =
        object.iter().rev().find(|(key, _)| *key == name || legacy.is_some_and(|other| *key == other));
    found.filter(|(_, value)| **value != Value::Null)
}

/// The value of a field; `None` for an absent or null field.
pub(super) fn value(object: &Object, role: FieldRole) -> Option<&Value> {
    member(object, role).map(|(_, value)| value)
}

/// The text of a field, as SEI stores it.
pub(super) fn text(object: &Object, role: FieldRole) -> Option<Cow<'_, str>> {
    as_text(value(object, role)?)
}

/// The text of a field that is not blank.
pub(super) fn present(object: &Object, role: FieldRole) -> Option<Cow<'_, str>> {
    text(object, role).filter(|text| !text.trim().is_empty())
}

/// The whole number of a field; `None` for an absent field and for a value that is not a number.
pub(super) fn whole(object: &Object, role: FieldRole) -> Option<i64> {
    as_whole(value(object, role)?)
}

/// The place of a field in a record: its own key, or its current name if the field is absent.
pub(super) fn place(record: &Pointer, object: &Object, role: FieldRole) -> Pointer {
    let legacy = role.legacy().filter(|legacy| object.contains(legacy) && !object.contains(role.name()));
    record.key(member(object, role).map_or_else(|| legacy.unwrap_or_else(|| role.name()), |(key, _)| key))
}

/// The items of a field that is a list; empty for other values.
pub(super) fn items(object: &Object, role: FieldRole) -> &[Value] {
    value(object, role).and_then(Value::as_array).unwrap_or_default()
}

/// A scalar as text; `None` for other values.
pub(super) fn as_text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Text(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Borrowed(number.as_str())),
        Value::Bool(flag) => Some(Cow::Borrowed(if *flag { "true" } else { "false" })),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A whole number: fractions are cut off, and a numeric text counts.
pub(super) fn as_whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| {
            let nearest = number.as_f64().trunc();
            #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
            (nearest.abs() < 9e18 && !number.is_integer()).then_some(nearest as i64)
        }),
        Value::Text(text) if text.trim().is_empty() => Some(0),
        Value::Text(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The first value whose type SEI cannot read, and the code of its rule; SEI then refuses or drops
/// the whole body.
pub(super) fn unreadable(run: &Object) -> Option<(Pointer, &'static str)> {
    in_record(catalog().run(), run, &Pointer::root())
}

fn in_record(record: &Record, object: &Object, at: &Pointer) -> Option<(Pointer, &'static str)> {
    // Keys usually have the order of the fields, so that the search continues after the last field.
    let mut next = 0;
    object.iter().find_map(|(key, value)| {
        let fields =
            record.fields.iter().enumerate().skip(next).chain(record.fields.iter().enumerate().take(next));
        let found = fields.into_iter().find(|(_, field)| field.spelling(key).is_some());
        let Some((position, field)) = found else {
            let is_faulty = record.kind == RecordKind::Stage && key == LOG && !is_log(value);
            return is_faulty.then(|| (at.key(key), "stage-log-form"));
        };
        next = position + 1;
        if is_scalar_of(&field.shape, value) {
            return None;
        }
        in_value(&field.shape, value, &at.key(key))
    })
}

/// Whether a value needs no further look; decides most values without a pointer.
fn is_scalar_of(shape: &Shape, value: &Value) -> bool {
    match shape {
        Shape::Text => as_text(value).is_some() || *value == Value::Null,
        Shape::Integer => as_whole(value).is_some() || *value == Value::Null,
        Shape::Boolean => is_flag(value),
        Shape::List(_) | Shape::Record(_) | Shape::Map => *value == Value::Null,
    }
}

fn in_value(shape: &Shape, value: &Value, at: &Pointer) -> Option<(Pointer, &'static str)> {
    match (shape, value) {
        (Shape::List(shape), Value::Array(values)) => values.iter().enumerate().find_map(|(index, value)| {
            if is_scalar_of(shape, value) { None } else { in_value(shape, value, &at.index(index)) }
        }),
        (Shape::Record(id), Value::Object(object)) => in_record(catalog().record(*id), object, at),
        (Shape::Map, Value::Object(_)) => None,
        _ if is_scalar_of(shape, value) => None,
        _ => Some((at.clone(), "wrong-type")),
    }
}

fn is_flag(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => true,
        Value::Number(number) => number.as_i64().is_some(),
        Value::Text(text) => {
            let word = text.trim();
            word.is_empty() || word.eq_ignore_ascii_case("true") || word.eq_ignore_ascii_case("false")
        }
        Value::Array(_) | Value::Object(_) => false,
    }
}

fn is_log(value: &Value) -> bool {
    *value == Value::Null || value.as_text().is_some_and(is_uuid)
}
