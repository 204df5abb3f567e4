//! From the schema's text to the records of the catalogue.

use serde_json::{Map, Value};

use super::entry::{Evidence, Field, Group, Record, RecordId, Shape, Widget};
use super::vocabulary::{names, object, text, vet};

/// Why a schema is none that this program reads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the schema at \"{at}\" {fault}")]
pub struct SchemaError {
    /// JSON Pointer of the place.
    pub at: String,
    /// What is wrong there, to follow the place.
    pub fault: String,
}

impl SchemaError {
    pub(super) fn new(at: &str, fault: impl Into<String>) -> Self {
        Self { at: at.to_owned(), fault: fault.into() }
    }
}

type Loaded<T> = Result<T, SchemaError>;

/// The job run, and the records inside it in the order of `$defs`.
pub(super) fn load(schema: &str) -> Loaded<(Record, Vec<Record>)> {
    let root: Value =
        serde_json::from_str(schema).map_err(|e| SchemaError::new("", format!("is no JSON: {e}")))?;
    vet(&root, "")?;
    let none = Map::new();
    let parts = root.get("$defs").map_or(Ok(&none), |defs| object(defs, "/$defs"))?;
    let names: Vec<&str> = parts.keys().map(String::as_str).collect();
    let reader = Reader { parts: &names };
    let run = reader.record(&root, "")?;
    let inside = parts.iter().map(|(name, part)| reader.record(part, &format!("/$defs/{name}")));
    Ok((run, inside.collect::<Loaded<_>>()?))
}

/// What is needed to follow a `$ref`.
struct Reader<'a> {
    parts: &'a [&'a str],
}

impl Reader<'_> {
    fn record(&self, schema: &Value, at: &str) -> Loaded<Record> {
        let ours = schema.get("x-sei").ok_or_else(|| SchemaError::new(at, "has no x-sei"))?;
        let group = ours.get("group");
        let here = format!("{at}/properties");
        let properties = object(schema.get("properties").unwrap_or(&Value::Null), &here)?;
        let mut fields = Vec::new();
        for (name, property) in properties {
            let here = format!("{here}/{name}");
            if property.get("deprecated").is_some() {
                alias(&mut fields, name, property, &here)?;
            } else {
                fields.push(self.field(name, property, group, &here)?);
            }
        }
        require(&mut fields, schema, at)?;
        Ok(Record { noun: text(ours, "noun", at)?, fields })
    }

    fn field(&self, name: &str, schema: &Value, group: Option<&Value>, at: &str) -> Loaded<Field> {
        let ours = schema.get("x-sei").ok_or_else(|| SchemaError::new(at, "has no x-sei"))?;
        let (shape, nullable, lenient) = self.shape(schema, at)?;
        let examples = schema.get("examples").and_then(Value::as_array);
        let first =
            examples.and_then(|list| list.first()).ok_or_else(|| SchemaError::new(at, "has no example"))?;
        let widget =
            ours.get("widget").and_then(widget).ok_or_else(|| SchemaError::new(at, "has no known widget"))?;
        let group = group.or_else(|| ours.get("group")).and_then(group_of);
        let evidence = ours.get("evidence").and_then(evidence);
        Ok(Field {
            name: name.to_owned(),
            legacy: None,
            required: false,
            nullable,
            lenient,
            shape,
            group: group.ok_or_else(|| SchemaError::new(at, "has no known group"))?,
            label: text(schema, "title", at)?,
            help: text(schema, "description", at)?,
            evidence: evidence.ok_or_else(|| SchemaError::new(at, "has no known evidence"))?,
            source: text(ours, "source", at)?,
            sample: first.to_string(),
            widget,
            words: if widget == Widget::Choice { owned(&names(schema, "examples")) } else { Vec::new() },
            expert: ours.get("expert").and_then(Value::as_bool).unwrap_or(false),
        })
    }

    /// The shape of a value, whether null will do, and whether other scalars will.
    fn shape(&self, schema: &Value, at: &str) -> Loaded<(Shape, bool, bool)> {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            return Ok((Shape::Record(self.part(target, at)?), false, false));
        }
        if let Some(either) = schema.get("anyOf").and_then(Value::as_array) {
            let [shape, null] = either.as_slice() else {
                return Err(SchemaError::new(at, "has an anyOf that is not a shape or null"));
            };
            if kinds(null) != ["null"] {
                return Err(SchemaError::new(at, "has an anyOf whose second part is not null"));
            }
            return Ok((self.shape(shape, at)?.0, true, false));
        }
        let kinds = kinds(schema);
        let shape = match kinds.first().copied() {
            Some("string") => Shape::Text,
            Some("integer") => Shape::Integer,
            Some("boolean") => Shape::Boolean,
            Some("object") => Shape::Map,
            Some("array") => {
                let items =
                    schema.get("items").ok_or_else(|| SchemaError::new(at, "is a list without items"))?;
                Shape::List(Box::new(self.shape(items, &format!("{at}/items"))?.0))
            }
            _ => return Err(SchemaError::new(at, "has no known type")),
        };
        let others: Vec<&str> = kinds.into_iter().skip(1).filter(|kind| *kind != "null").collect();
        if shape != Shape::Text && !others.is_empty() {
            return Err(SchemaError::new(at, "is of several types, which only text may be"));
        }
        Ok((shape, names(schema, "type").contains(&"null"), !others.is_empty()))
    }

    fn part(&self, target: &str, at: &str) -> Loaded<RecordId> {
        let name = target.strip_prefix("#/$defs/");
        let place = name.and_then(|name| self.parts.iter().position(|part| *part == name));
        let place = place
            .ok_or_else(|| SchemaError::new(at, format!("points to \"{target}\", which is not here")))?;
        Ok(RecordId::new(place + 1))
    }
}

/// A deprecated property is the legacy name of the one it points to.
fn alias(fields: &mut [Field], name: &str, property: &Value, at: &str) -> Loaded<()> {
    let target = property.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix("#/properties/"));
    let field = target.and_then(|target| fields.iter_mut().find(|field| field.name == target));
    let field = field.ok_or_else(|| SchemaError::new(at, "is the legacy name of no property above it"))?;
    if field.legacy.is_some() {
        return Err(SchemaError::new(at, "is a second legacy name"));
    }
    field.legacy = Some(name.to_owned());
    Ok(())
}

/// Marks what `required` names, and what `allOf` demands under one of two names.
fn require(fields: &mut [Field], schema: &Value, at: &str) -> Loaded<()> {
    let mut demanded: Vec<(&str, Option<&str>)> =
        names(schema, "required").into_iter().map(|name| (name, None)).collect();
    let pairs = schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for pair in pairs {
        let either = pair.get("anyOf").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let either: Vec<&str> = either.iter().flat_map(|one| names(one, "required")).collect();
        let [current, legacy] = either.as_slice() else {
            return Err(SchemaError::new(at, "has an allOf that is not a choice of two required names"));
        };
        demanded.push((current, Some(legacy)));
    }
    for (name, legacy) in demanded {
        let field = fields.iter_mut().find(|field| field.name == name && field.legacy.as_deref() == legacy);
        field
            .ok_or_else(|| {
                SchemaError::new(at, format!("requires \"{name}\" under other names than it has"))
            })?
            .required = true;
    }
    Ok(())
}

fn kinds(schema: &Value) -> Vec<&str> {
    match schema.get("type").and_then(Value::as_str) {
        Some(one) => vec![one],
        None => names(schema, "type"),
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn group_of(value: &Value) -> Option<Group> {
    Some(match value.as_str()? {
        "instance" => Group::Instance,
        "run" => Group::Run,
        "stages" => Group::Stages,
        "artifacts" => Group::Artifacts,
        _ => return None,
    })
}

fn evidence(value: &Value) -> Option<Evidence> {
    [Evidence::Doc, Evidence::Seen, Evidence::Advice].into_iter().find(|e| value.as_str() == Some(e.word()))
}

fn widget(value: &Value) -> Option<Widget> {
    Some(match value.as_str()? {
        "text" => Widget::Text,
        "choice" => Widget::Choice,
        "time" => Widget::Time,
        "duration" => Widget::Duration,
        "number" => Widget::Number,
        "toggle" => Widget::Toggle,
        "kind" => Widget::Kind,
        "list" => Widget::List,
        "key-value" => Widget::KeyValue,
        "tree" => Widget::Tree,
        "table" => Widget::Table,
        _ => return None,
    })
}
