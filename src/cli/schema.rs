//! `schema` and `fields`: the fields that SEI accepts, for editors and for people.

use anyhow::Context as _;

use super::Exit;
use super::argument::SchemaOf;
use super::console::Console;
use super::table::{row, table};
use crate::catalog::{Catalog, Field, Record, SCHEMA, Shape, catalog};
use crate::import::mapping;
use crate::text;
use crate::world::profile;

pub(super) fn schema(of: SchemaOf, console: &mut Console) -> anyhow::Result<Exit> {
    match of {
        SchemaOf::Payload => console.line(SCHEMA.trim_end())?,
        SchemaOf::Profile => console.print(text::visible_lines(&profile::schema()))?,
        SchemaOf::Mapping => console.print(text::visible_lines(&mapping::schema()))?,
    }
    Ok(Exit::Done)
}

pub(super) fn fields(path: Option<&str>, console: &mut Console) -> anyhow::Result<Exit> {
    let catalog = catalog();
    let text = match path {
        None => list(catalog),
        Some(path) => describe(catalog, find(catalog, path)?),
    };
    console.print(text)?;
    Ok(Exit::Done)
}

fn list(catalog: &Catalog) -> String {
    let mut list = String::new();
    for (_, record) in catalog.records() {
        let mut rows = vec![[record.noun.to_uppercase(), "TYPE".to_owned(), "LABEL".to_owned()]];
        rows.extend(record.fields.iter().map(|field| {
            let name = format!("{}{}", field.name, if field.required { " *" } else { "" });
            [name, shape(catalog, &field.shape), field.label.clone()]
        }));
        list += &table(&rows);
        list.push('\n');
    }
    list + "* required. `sei-compose fields FIELD` explains one.\n"
}

/// Finds a field by JSON Pointer, by a path with dots or slashes, or by name.
fn find<'a>(catalog: &'a Catalog, path: &str) -> anyhow::Result<&'a Field> {
    let tokens = path.split(['/', '.']).filter(|token| !token.is_empty());
    let inside = || catalog.records().find_map(|(_, record)| record.field(path).map(|(field, _)| field));
    catalog.field(tokens).or_else(inside).with_context(|| {
        let names = catalog.records().flat_map(|(_, record)| &record.fields).map(|field| field.name.as_str());
        let near = text::closest(path, names);
        let near = near.map_or_else(String::new, |name| format!(" Did you mean “{name}”?"));
        let path = text::visible(path);
        format!("Unknown field “{path}”.{near} `sei-compose fields` lists all fields.")
    })
}

fn describe(catalog: &Catalog, field: &Field) -> String {
    let records = || catalog.records().map(|(_, record)| record);
    let is_holder = |record: &Record| record.fields.iter().any(|other| std::ptr::eq(other, field));
    let holder = records().find(|record| is_holder(record)).map_or("", |record| record.noun.as_str());
    let others = records().filter(|record| !is_holder(record) && record.field(&field.name).is_some());
    let others: Vec<&str> = others.map(|record| record.noun.as_str()).collect();
    let need = match (field.required, field.nullable) {
        (true, _) => "yes",
        (false, true) => "no, may be null",
        (false, false) => "no",
    };
    let mut rows = vec![
        row(["Field", &field.name]),
        row(["Part of", holder]),
        row(["Label", &field.label]),
        row(["Type", &shape(catalog, &field.shape)]),
        row(["Required", need]),
    ];
    if !others.is_empty() {
        rows.insert(2, row(["Also in", &others.join(", ")]));
    }
    if let Some(legacy) = &field.legacy {
        rows.push(row(["Legacy name", legacy]));
    }
    if !field.words.is_empty() {
        rows.push(row(["Values", &field.words.join(", ")]));
    }
    rows.push(row(["Sample", &field.sample]));
    rows.push(row(["Known from", &format!("{} ({})", field.source, field.evidence.word())]));
    let help = text::wrap(&field.help, 90).join("\n");
    format!("{}\n{help}\n", table(&rows))
}

fn shape(catalog: &Catalog, shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Integer => "whole number".to_owned(),
        Shape::Boolean => "true or false".to_owned(),
        Shape::Map => "object, text to text".to_owned(),
        Shape::Record(id) => format!("object: {}", catalog.record(*id).noun),
        Shape::List(element) => match element.as_ref() {
            Shape::Record(id) => format!("list: {}", catalog.record(*id).noun),
            other @ (Shape::Text | Shape::Integer | Shape::Boolean | Shape::Map | Shape::List(_)) => {
                format!("list of {}", self::shape(catalog, other))
            }
        },
    }
}
