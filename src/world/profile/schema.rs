//! The JSON Schema of a profile, for editors.

use crate::document::{Object, Value, write_pretty};
use crate::simulation::{FilterKey, FilterOperator, ProfileKind};

/// The JSON Schema of `profile.toml`, made from the filters that the program knows.
pub fn schema() -> String {
    let rate = [("total", "The runs in the total."), ("failures", "The runs that failed.")];
    let rate = rate.map(|(name, about)| (name, set(about)));
    let properties = [
        ("kind", kind()),
        ("deployment_frequency", set("The runs that count as deployments.")),
        ("change_failure_rate", closed(Object::from_iter(rate))),
        ("lead_time", set("The runs that lead time uses.")),
    ];
    let mut schema = Object::default();
    schema.push("$schema", Value::from("https://json-schema.org/draft/2020-12/schema"));
    schema.push("title", Value::from("A profile of sei-compose"));
    if let Value::Object(body) = closed(properties.into_iter().collect()) {
        body.iter().for_each(|(key, value)| schema.push(key, value.clone()));
    }
    schema.push("$defs", object([("values", values()), ("filter", filter())]));
    write_pretty(&Value::Object(schema)) + "\n"
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(members.into_iter().collect())
}

/// An object with these members only.
fn closed(properties: Object) -> Value {
    object([
        ("type", "object".into()),
        ("additionalProperties", false.into()),
        ("properties", Value::Object(properties)),
    ])
}

fn kind() -> Value {
    let words: Vec<Value> = ProfileKind::ALL.map(|kind| kind.word().into()).into();
    object([("description", "SEI 1.0 has collections, SEI 2.0 has teams.".into()), ("enum", words.into())])
}

/// A set of filters. Other filters of SEI are allowed: they never match a custom run.
fn set(about: &str) -> Value {
    let filter = |word: &&'static str| {
        let is_toggle = FilterKey::named(word) == FilterKey::CfrStatus;
        let value = if is_toggle { ("type", "boolean".into()) } else { ("$ref", "#/$defs/filter".into()) };
        (*word, object([value]))
    };
    let properties: Object = FilterKey::WORDS.iter().map(filter).collect();
    object([
        ("description", about.into()),
        ("type", "object".into()),
        ("additionalProperties", object([("$ref", "#/$defs/filter".into())])),
        ("properties", Value::Object(properties)),
    ])
}

/// One or more texts.
fn values() -> Value {
    let text = || object([("type", "string".into())]);
    let list = object([("type", "array".into()), ("items", text())]);
    object([("anyOf", vec![text(), list].into())])
}

/// Values, or values with an operator.
fn filter() -> Value {
    let values = || object([("$ref", "#/$defs/values".into())]);
    let operators = [FilterOperator::Is, FilterOperator::IsNot];
    let operators: Object = operators.iter().map(|operator| (operator.word(), values())).collect();
    object([("anyOf", vec![values(), closed(operators)].into())])
}
