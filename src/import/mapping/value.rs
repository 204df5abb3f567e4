//! Values of a document as values of jq, and back.

use jaq_core::ValT as _;
use jaq_json::{Num, Val};

use crate::document::{Number, Object, Value};

/// A longer number becomes a floating-point number, as all numbers are in jq. Reading an exact one
/// takes long.
pub(super) const MOST_DIGITS: usize = 400;

/// A value for jq. Of a key that an object has twice, the last one counts, as in jq.
pub(super) fn to_jq(value: &Value) -> Val {
    match value {
        Value::Null => Val::Null,
        Value::Bool(truth) => Val::Bool(*truth),
        Value::Number(number) if number.as_str().len() > MOST_DIGITS => Val::from(number.as_f64()),
        Value::Number(number) => Val::from_num(number.as_str()).unwrap_or_default(),
        Value::Text(text) => Val::utf8_str(text.as_bytes().to_vec()),
        Value::Array(items) => items.iter().map(to_jq).collect(),
        Value::Object(object) => {
            let members =
                object.iter().map(|(key, member)| (Val::utf8_str(key.as_bytes().to_vec()), to_jq(member)));
            Val::obj(members.collect())
        }
    }
}

/// A value for a document; a number that is not finite becomes null, as in jq.
pub(super) fn from_jq(value: &Val) -> Value {
    match value {
        Val::Null => Value::Null,
        Val::Bool(truth) => Value::Bool(*truth),
        Val::Num(number) => self::number(number),
        Val::BStr(text) | Val::TStr(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        Val::Arr(items) => Value::Array(items.iter().map(from_jq).collect()),
        Val::Obj(members) => {
            let mut object = Object::default();
            for (key, member) in members.iter() {
                object.push(plain(key), from_jq(member));
            }
            Value::Object(object)
        }
    }
}

/// The text of a value: a text itself, else its JSON.
pub(super) fn plain(value: &Val) -> String {
    match value {
        Val::BStr(text) | Val::TStr(text) => String::from_utf8_lossy(text).into_owned(),
        Val::Null | Val::Bool(_) | Val::Num(_) | Val::Arr(_) | Val::Obj(_) => value.to_string(),
    }
}

fn number(number: &Num) -> Value {
    /// Above, a floating-point number does not name a whole number exactly.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let text = match number {
        Num::Int(whole) => whole.to_string(),
        Num::BigInt(whole) => whole.to_string(),
        Num::Dec(text) => text.as_str().to_owned(),
        Num::Float(float) if !float.is_finite() => return Value::Null,
        Num::Float(float) if float.fract() == 0.0 && float.abs() <= EXACT => format!("{float:.0}"),
        Num::Float(float) => format!("{float:?}"),
    };
    Number::new(&text).map_or(Value::Null, Value::Number)
}
