//! From the schema's text to the records of the catalogue.

use super::entry::{Field, Group, Record, RecordId, Shape, Widget};
use super::schema::{self, EitherName, FieldNotes, Kind, Members, RecordSchema, ValueSchema};

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
pub(super) fn load(text: &str) -> Loaded<(Record, Vec<Record>)> {
    let mut root = schema::read(text)?;
    let Members(parts) = std::mem::take(&mut root.parts);
    let names: Vec<String> = parts.iter().map(|(name, _)| name.clone()).collect();
    let loader = Loader { parts: &names };
    let run = loader.record(root, "")?;
    let inside = parts.into_iter().map(|(name, part)| loader.record(part, &format!("/$defs/{name}")));
    Ok((run, inside.collect::<Loaded<_>>()?))
}

/// What is needed to follow a `$ref`.
struct Loader<'a> {
    parts: &'a [String],
}

impl Loader<'_> {
    fn record(&self, schema: RecordSchema, at: &str) -> Loaded<Record> {
        if !schema.parts.0.is_empty() {
            return Err(SchemaError::new(at, "has $defs, which only the whole schema may have"));
        }
        let mut fields = Vec::new();
        for (name, property) in schema.properties.0 {
            let here = format!("{at}/properties/{name}");
            if property.deprecated {
                alias(&mut fields, name, &property, &here)?;
            } else {
                fields.push(self.field(name, property, schema.notes.group, &here)?);
            }
        }
        for (name, legacy) in required(&schema.required, &schema.all_of, at)? {
            let field =
                fields.iter_mut().find(|field| field.name == name && field.legacy.as_deref() == legacy);
            let fault = || format!("requires \"{name}\" under other names than it has");
            field.ok_or_else(|| SchemaError::new(at, fault()))?.required = true;
        }
        Ok(Record { noun: schema.notes.noun, fields })
    }

    fn field(&self, name: String, schema: ValueSchema, group: Option<Group>, at: &str) -> Loaded<Field> {
        let (shape, nullable, lenient) = self.shape(&schema, at)?;
        let lacks = |what: &str| SchemaError::new(at, format!("has no {what}"));
        let FieldNotes { group: own, widget, evidence, source, expert } =
            schema.notes.ok_or_else(|| lacks("x-sei"))?;
        let sample = schema.examples.first().ok_or_else(|| lacks("example"))?;
        let words = schema.examples.iter().filter(|_| widget == Widget::Choice);
        Ok(Field {
            name,
            legacy: None,
            required: false,
            nullable,
            lenient,
            shape,
            group: group.or(own).ok_or_else(|| lacks("group"))?,
            label: schema.title.ok_or_else(|| lacks("title"))?,
            help: schema.description.ok_or_else(|| lacks("description"))?,
            evidence,
            source,
            sample: sample.to_string(),
            widget,
            words: words.filter_map(|word| word.as_str().map(str::to_owned)).collect(),
            expert,
        })
    }

    /// The shape of a value, whether null will do, and whether other scalars will.
    fn shape(&self, schema: &ValueSchema, at: &str) -> Loaded<(Shape, bool, bool)> {
        if let Some(target) = &schema.target {
            return Ok((Shape::Record(self.part(target, at)?), false, false));
        }
        match schema.any_of.as_slice() {
            [] => {}
            [shape, null] if null.kinds == [Kind::Null] => {
                return Ok((self.shape(shape, at)?.0, true, false));
            }
            [_, _] => return Err(SchemaError::new(at, "has an anyOf whose second part is not null")),
            _ => return Err(SchemaError::new(at, "has an anyOf that is not a shape or null")),
        }
        let shape = match schema.kinds.first() {
            Some(Kind::String) => Shape::Text,
            Some(Kind::Integer) => Shape::Integer,
            Some(Kind::Boolean) => Shape::Boolean,
            Some(Kind::Object) => Shape::Map,
            Some(Kind::Array) => {
                let items =
                    schema.items.as_ref().ok_or_else(|| SchemaError::new(at, "is a list without items"))?;
                Shape::List(Box::new(self.shape(items, &format!("{at}/items"))?.0))
            }
            Some(Kind::Number | Kind::Null) | None => {
                return Err(SchemaError::new(at, "has no known type"));
            }
        };
        let is_nullable = schema.kinds.contains(&Kind::Null);
        let is_lenient = schema.kinds.iter().skip(1).any(|kind| *kind != Kind::Null);
        if shape != Shape::Text && is_lenient {
            return Err(SchemaError::new(at, "is of several types, which only text may be"));
        }
        Ok((shape, is_nullable, is_lenient))
    }

    fn part(&self, target: &str, at: &str) -> Loaded<RecordId> {
        let name = target.strip_prefix("#/$defs/");
        let place = name.and_then(|name| self.parts.iter().position(|part| part == name));
        let place = place
            .ok_or_else(|| SchemaError::new(at, format!("points to \"{target}\", which is not here")))?;
        Ok(RecordId::new(place + 1))
    }
}

/// A deprecated property is the legacy name of the one it points to.
fn alias(fields: &mut [Field], name: String, property: &ValueSchema, at: &str) -> Loaded<()> {
    let target = property.target.as_deref().and_then(|target| target.strip_prefix("#/properties/"));
    let field = target.and_then(|target| fields.iter_mut().find(|field| field.name == target));
    let field = field.ok_or_else(|| SchemaError::new(at, "is the legacy name of no property above it"))?;
    if field.legacy.is_some() {
        return Err(SchemaError::new(at, "is a second legacy name"));
    }
    field.legacy = Some(name);
    Ok(())
}

/// What `required` names, and what `allOf` demands under a current or a legacy name.
fn required<'s>(
    names: &'s [String],
    pairs: &'s [EitherName],
    at: &str,
) -> Loaded<Vec<(&'s str, Option<&'s str>)>> {
    let mut demanded: Vec<_> = names.iter().map(|name| (name.as_str(), None)).collect();
    for pair in pairs {
        let either: Vec<&str> =
            pair.any_of.iter().flat_map(|one| &one.required).map(String::as_str).collect();
        let [current, legacy] = either.as_slice() else {
            return Err(SchemaError::new(at, "has an allOf that is not a choice of two required names"));
        };
        demanded.push((*current, Some(*legacy)));
    }
    Ok(demanded)
}
