//! Conversions of a value to another JSON type, such as `"77000"` to a number.

use super::phrase;
use super::place::ValuePlace;
use super::plan::Expect;
use super::problem::Fix;
use crate::catalog::{Shape, Widget};
use crate::document::{Edit, Number, Value};
use crate::time::{Duration, Timestamp, epoch_unit, parse_duration};

pub(super) fn fixes(expect: Expect, value: &Value, place: &ValuePlace<'_>) -> Vec<Fix> {
    let fix = match (expect.shape, value) {
        (Shape::Integer, Value::Text(text)) => whole(expect, text.trim(), place),
        (Shape::Boolean, Value::Text(text)) => boolean_of_text(text.trim(), place),
        (Shape::Boolean, Value::Number(number)) => boolean_of_number(number, place),
        (Shape::Text, Value::Number(number)) if expect.field.widget == Widget::Time => {
            text_of_epoch(number, place)
        }
        (Shape::Text, Value::Number(_) | Value::Bool(_)) => Some(as_text(value, place)),
        (Shape::List(_), Value::Text(text)) if is_text_list(expect.shape) => Some(entries(text, place)),
        (Shape::List(inner), Value::Object(_)) if matches!(**inner, Shape::Record(_)) => {
            Some(Fix::safe("wrap it in a list", replace(place, Value::Array(vec![value.clone()]))))
        }
        _ => None,
    };
    fix.into_iter().collect()
}

/// The fix that converts a scalar to text and keeps its spelling.
pub(super) fn as_text(value: &Value, place: &ValuePlace<'_>) -> Fix {
    let text = match value {
        Value::Number(number) => number.as_str().to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::Text(_) | Value::Array(_) | Value::Object(_) => String::new(),
    };
    Fix::safe(
        format!("write as text: \"{}\"", crate::text::cut(&text, 24)),
        replace(place, Value::Text(text)),
    )
}

/// The fix for a number with a fraction.
pub(super) fn rounded(number: &Number, place: &ValuePlace<'_>) -> Vec<Fix> {
    let whole = Number::new(&format!("{:.0}", number.as_f64().round()));
    let whole = whole.filter(|whole| !number.is_integer() && whole.as_i64().is_some());
    let fix = whole.map(|whole| {
        Fix::offer(format!("round to {}", whole.as_str()), replace(place, Value::Number(whole)))
    });
    fix.into_iter().collect()
}

pub(super) fn replace(place: &ValuePlace<'_>, value: Value) -> Vec<Edit> {
    vec![Edit::Replace { at: place.pointer(), value }]
}

fn whole(expect: Expect, text: &str, place: &ValuePlace<'_>) -> Option<Fix> {
    let plain = Number::new(text).filter(|number| number.as_i64().is_some());
    if let Some(number) = plain {
        return Some(Fix::safe(format!("write as number: {text}"), replace(place, Value::Number(number))));
    }
    let (millis, human, is_safe) = match expect.field.widget {
        Widget::Time => {
            let instant = Timestamp::parse_rfc3339(text)?;
            (instant.millis(), instant.human(), true)
        }
        Widget::Duration => {
            let length = parse_duration(text)?;
            (length.millis(), Duration::human(length), false)
        }
        Widget::Text
        | Widget::Choice
        | Widget::Number
        | Widget::Toggle
        | Widget::Kind
        | Widget::List
        | Widget::KeyValue
        | Widget::Tree
        | Widget::Table => return None,
    };
    let label = format!("\"{}\" → {millis} ({human})", crate::text::cut(text, 24));
    Some(Fix { label, safe: is_safe, edits: replace(place, Value::from(millis)) })
}

/// The fix for epoch time in a field that requires ISO 8601 text.
fn text_of_epoch(number: &Number, place: &ValuePlace<'_>) -> Option<Fix> {
    let n = number.as_i64()?;
    let text = epoch_unit(n)?.instant(n)?.to_rfc3339();
    Some(Fix::safe(format!("write {text}"), replace(place, Value::Text(text))))
}

fn boolean_of_text(text: &str, place: &ValuePlace<'_>) -> Option<Fix> {
    let flag = if text.eq_ignore_ascii_case("true") {
        true
    } else if text.eq_ignore_ascii_case("false") {
        false
    } else {
        return None;
    };
    Some(Fix::safe(format!("write {flag}"), replace(place, Value::Bool(flag))))
}

fn boolean_of_number(number: &Number, place: &ValuePlace<'_>) -> Option<Fix> {
    let flag = match number.as_i64()? {
        0 => false,
        1 => true,
        _ => return None,
    };
    Some(Fix::offer(format!("write {flag}"), replace(place, Value::Bool(flag))))
}

/// The fix for a text in place of a list of texts; safe only for a single word.
fn entries(text: &str, place: &ValuePlace<'_>) -> Fix {
    let words: Vec<_> = text.split([',', ' ', '\n', '\t', ';']).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [one] => Fix::safe(
            format!("wrap it in a list: {}", phrase::quote(one)),
            replace(place, Value::Array(vec![Value::Text((*one).to_owned())])),
        ),
        many => Fix::offer(
            format!("split into a list of {}", many.len()),
            replace(place, Value::Array(many.iter().map(|word| Value::Text((*word).to_owned())).collect())),
        ),
    }
}

pub(super) fn is_text_list(shape: &Shape) -> bool {
    matches!(shape, Shape::List(inner) if matches!(**inner, Shape::Text))
}
