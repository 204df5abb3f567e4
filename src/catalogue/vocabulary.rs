//! The part of JSON Schema that the asset may use. Any keyword outside of it is refused, since the program would
//! not honour it.

use serde_json::{Map, Value};

use super::load::SchemaError;

/// Keywords that only describe, or that editors check and `check` has a rule of its own for.
const PLAIN: [&str; 10] = [
    "$schema",
    "$id",
    "title",
    "description",
    "examples",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "format",
];
const SHAPES: [&str; 4] = ["type", "required", "deprecated", "$ref"];
const OURS: [&str; 6] = ["noun", "group", "widget", "evidence", "source", "expert"];

/// Refuses a schema that holds an unknown keyword at any depth.
pub(super) fn vet(schema: &Value, at: &str) -> Result<(), SchemaError> {
    for (keyword, value) in object(schema, at)? {
        let here = format!("{at}/{keyword}");
        match keyword.as_str() {
            "properties" | "$defs" => {
                for (name, inner) in object(value, &here)? {
                    vet(inner, &format!("{here}/{name}"))?;
                }
            }
            "items" => vet(value, &here)?,
            "allOf" | "anyOf" => {
                let schemas =
                    value.as_array().ok_or_else(|| SchemaError::new(&here, "is no list of schemas"))?;
                for (i, inner) in schemas.iter().enumerate() {
                    vet(inner, &format!("{here}/{i}"))?;
                }
            }
            "x-sei" => {
                if let Some(unknown) = object(value, &here)?.keys().find(|key| !OURS.contains(&key.as_str()))
                {
                    return Err(SchemaError::new(
                        &here,
                        format!("holds \"{unknown}\", which is no annotation of ours"),
                    ));
                }
            }
            known if PLAIN.contains(&known) || SHAPES.contains(&known) => {}
            _ => return Err(SchemaError::new(&here, "is a keyword that this program does not honour")),
        }
    }
    Ok(())
}

/// The object that has to stand here.
pub(super) fn object<'a>(value: &'a Value, at: &str) -> Result<&'a Map<String, Value>, SchemaError> {
    value.as_object().ok_or_else(|| SchemaError::new(at, "is no object"))
}

/// The text under a key.
pub(super) fn text(holder: &Value, key: &str, at: &str) -> Result<String, SchemaError> {
    let found = holder.get(key).and_then(Value::as_str);
    found.map(str::to_owned).ok_or_else(|| SchemaError::new(at, format!("has no text \"{key}\"")))
}

/// The names in a list under a key; none if the key is absent.
pub(super) fn names<'a>(holder: &'a Value, key: &str) -> Vec<&'a str> {
    let list = holder.get(key).and_then(Value::as_array);
    list.map(|names| names.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}
