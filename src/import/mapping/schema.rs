//! The JSON Schema of a mapping file, for editors.

use super::definition::{DETECT, EACH, MappingTable, RUNS, TEXTS};
use crate::document::{Object, Value, write_pretty};

/// The JSON Schema of a mapping file, made from the catalog.
pub fn schema() -> String {
    let expression = [
        ("type", Value::from("string")),
        ("pattern", "\\S".into()),
        ("description", "A jq expression.".into()),
    ];
    let definitions = object([("expression", object(expression))]);
    let mut properties = Object::default();
    for (key, about) in TEXTS.into_iter().zip(["The name of the tool.", "The page that documents its JSON."])
    {
        let text = [
            ("type", Value::from("string")),
            ("pattern", (if key == "name" { "\\S" } else { "" }).into()),
            ("description", about.into()),
        ];
        properties.push(key, object(text));
    }
    let top = [
        (DETECT, "True for one run of the tool. The input is a run."),
        (RUNS, "The runs of a document. The default is the document."),
    ];
    for (key, about) in top {
        properties.push(key, reference(about));
    }
    for table in MappingTable::RECORDS.into_iter().filter(|table| *table != MappingTable::Step) {
        properties.push(table.name(), of_table(table));
    }
    let schema = [
        ("$schema", Value::from("https://json-schema.org/draft/2020-12/schema")),
        ("title", "A mapping of sei-compose".into()),
        ("type", "object".into()),
        ("required", vec![Value::from("name")].into()),
        ("additionalProperties", false.into()),
        ("properties", properties.into()),
        ("$defs", definitions),
    ];
    write_pretty(&object(schema)) + "\n"
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(members.into_iter().collect())
}

fn reference(about: &str) -> Value {
    object([("$ref", "#/$defs/expression".into()), ("description", about.into())])
}

fn of_table(table: MappingTable) -> Value {
    let mut properties = Object::default();
    if table.has_items() {
        properties.push(EACH, reference("The items. The input is the run; of steps, the item of the stage."));
    }
    for field in table.record().into_iter().flat_map(|record| &record.fields) {
        properties.push(field.name.as_str(), reference(&field.help));
    }
    if table == MappingTable::Stage {
        properties.push("step", of_table(MappingTable::Step));
    }
    let required: Vec<Value> = if table.has_items() { vec![EACH.into()] } else { Vec::new() };
    object([
        ("type", "object".into()),
        ("required", required.into()),
        ("additionalProperties", false.into()),
        ("properties", properties.into()),
    ])
}
