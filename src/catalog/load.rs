//! Reads the records of the catalog from the text of the schema.

use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::Error as WordError;

use super::Catalog;
use super::entry::{Field, Group, Record, RecordId, Shape, Widget};
use super::role::{FieldRole, RecordKind};
use super::schema::{self, EitherName, FieldNotes, OrderedMembers, RecordSchema, SchemaKind, ValueSchema};

/// Why this program cannot read a schema.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the schema at \"{at}\" {fault}")]
pub struct SchemaError {
    /// The JSON Pointer of the place.
    pub at: String,
    /// What is wrong, as the end of a sentence after the place.
    pub fault: String,
}

impl SchemaError {
    pub(super) fn new(at: &str, fault: impl Into<String>) -> Self {
        Self { at: at.to_owned(), fault: fault.into() }
    }
}

type LoadResult<T> = Result<T, SchemaError>;

/// Reads the job run, the records inside it in the order of `$defs`, and the place of each role.
pub(super) fn load(text: &str) -> LoadResult<Catalog> {
    let mut root = schema::read(text)?;
    let OrderedMembers(parts) = std::mem::take(&mut root.parts);
    let names: Vec<String> = parts.iter().map(|(name, _)| name.clone()).collect();
    let loader = Loader { parts: &names };
    let run = loader.record(root, "")?;
    let inside = parts.into_iter().map(|(name, part)| loader.record(part, &format!("/$defs/{name}")));
    let mut catalog = Catalog { run, parts: inside.collect::<LoadResult<_>>()?, roles: Vec::new() };
    let roles = FieldRole::ALL.iter().map(|role| place_of(*role, &catalog));
    catalog.roles = roles.collect::<LoadResult<_>>()?;
    Ok(catalog)
}

/// The record and the position of the field with a role. Records with the same role use the same
/// names for its field.
fn place_of(role: FieldRole, catalog: &Catalog) -> LoadResult<(RecordId, usize)> {
    let fault = |what: &str| SchemaError::new("", format!("{what} the role \"{}\"", role.word()));
    let owners: Vec<_> = catalog
        .records()
        .filter_map(|(id, record)| record.with_role(role).map(|(position, field)| (id, position, field)))
        .collect();
    let [(id, position, first), others @ ..] = owners.as_slice() else {
        return Err(fault("has no field with"));
    };
    if others.iter().any(|(.., other)| (&other.name, &other.legacy) != (&first.name, &first.legacy)) {
        return Err(fault("has fields of different names with"));
    }
    if owners.len() != role.records().len() {
        return Err(fault("has too few or too many records with"));
    }
    Ok((*id, *position))
}

/// The context to resolve a `$ref`.
struct Loader<'a> {
    parts: &'a [String],
}

impl Loader<'_> {
    fn record(&self, schema: RecordSchema, at: &str) -> LoadResult<Record> {
        if !schema.parts.0.is_empty() {
            return Err(SchemaError::new(at, "has $defs, which only the whole schema may have"));
        }
        let kind = RecordKind::deserialize(schema.notes.noun.as_str().into_deserializer());
        let kind = kind.map_err(|error: WordError| {
            SchemaError::new(&format!("{at}/x-sei/noun"), format!("is not supported: {error}"))
        })?;
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
        check_roles(kind, &fields, at)?;
        Ok(Record { kind, noun: schema.notes.noun, fields })
    }

    fn field(&self, name: String, schema: ValueSchema, group: Option<Group>, at: &str) -> LoadResult<Field> {
        let (shape, nullable, lenient) = self.shape(&schema, at)?;
        let lacks = |what: &str| SchemaError::new(at, format!("has no {what}"));
        let FieldNotes { role, group: own, widget, evidence, source, expert } =
            schema.notes.ok_or_else(|| lacks("x-sei"))?;
        let sample = schema.examples.first().ok_or_else(|| lacks("example"))?;
        let words = schema.examples.iter().filter(|_| widget == Widget::Choice);
        Ok(Field {
            name,
            legacy: None,
            role,
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

    /// The shape of a value, whether null is valid, and whether other scalars are.
    fn shape(&self, schema: &ValueSchema, at: &str) -> LoadResult<(Shape, bool, bool)> {
        if let Some(target) = &schema.target {
            return Ok((Shape::Record(self.part(target, at)?), false, false));
        }
        match schema.any_of.as_slice() {
            [] => {}
            [shape, null] if null.kinds == [SchemaKind::Null] => {
                return Ok((self.shape(shape, at)?.0, true, false));
            }
            [_, _] => return Err(SchemaError::new(at, "has an anyOf whose second part is not null")),
            _ => return Err(SchemaError::new(at, "has an anyOf that is not a shape or null")),
        }
        let shape = match schema.kinds.first() {
            Some(SchemaKind::String) => Shape::Text,
            Some(SchemaKind::Integer) => Shape::Integer,
            Some(SchemaKind::Boolean) => Shape::Boolean,
            Some(SchemaKind::Object) => Shape::Map,
            Some(SchemaKind::Array) => {
                let items =
                    schema.items.as_ref().ok_or_else(|| SchemaError::new(at, "is a list without items"))?;
                Shape::List(Box::new(self.shape(items, &format!("{at}/items"))?.0))
            }
            Some(SchemaKind::Number | SchemaKind::Null) | None => {
                return Err(SchemaError::new(at, "has no known type"));
            }
        };
        let is_nullable = schema.kinds.contains(&SchemaKind::Null);
        let is_lenient = schema.kinds.iter().skip(1).any(|kind| *kind != SchemaKind::Null);
        if shape != Shape::Text && is_lenient {
            return Err(SchemaError::new(at, "is of several types, which only text may be"));
        }
        Ok((shape, is_nullable, is_lenient))
    }

    fn part(&self, target: &str, at: &str) -> LoadResult<RecordId> {
        let name = target.strip_prefix("#/$defs/");
        let place = name.and_then(|name| self.parts.iter().position(|part| part == name));
        let place = place
            .ok_or_else(|| SchemaError::new(at, format!("points to \"{target}\", which does not exist")))?;
        Ok(RecordId::new(place + 1))
    }
}

/// Refuses a role of another kind of record, a duplicate role, and a missing role.
fn check_roles(kind: RecordKind, fields: &[Field], at: &str) -> LoadResult<()> {
    for (position, field) in fields.iter().enumerate() {
        let Some(role) = field.role else { continue };
        let here = format!("{at}/properties/{}/x-sei/role", field.name);
        if !role.records().contains(&kind) {
            return Err(SchemaError::new(&here, "is not a role for this kind of record"));
        }
        if let Some(other) = fields.iter().take(position).find(|other| other.role == field.role) {
            return Err(SchemaError::new(&here, format!("is also the role of \"{}\"", other.name)));
        }
    }
    let is_missing = |role: &&FieldRole| {
        role.records().contains(&kind) && fields.iter().all(|field| field.role != Some(**role))
    };
    match FieldRole::ALL.iter().find(is_missing) {
        Some(role) => Err(SchemaError::new(at, format!("has no field with the role \"{}\"", role.word()))),
        None => Ok(()),
    }
}

/// A deprecated property is the legacy name of its target.
fn alias(fields: &mut [Field], name: String, property: &ValueSchema, at: &str) -> LoadResult<()> {
    let target = property.target.as_deref().and_then(|target| target.strip_prefix("#/properties/"));
    let field = target.and_then(|target| fields.iter_mut().find(|field| field.name == target));
    let field = field.ok_or_else(|| SchemaError::new(at, "is not the legacy name of a property above it"))?;
    if field.legacy.is_some() {
        return Err(SchemaError::new(at, "is a second legacy name"));
    }
    field.legacy = Some(name);
    Ok(())
}

/// The names in `required`, and the pairs of current and legacy names in `allOf`.
fn required<'s>(
    names: &'s [String],
    pairs: &'s [EitherName],
    at: &str,
) -> LoadResult<Vec<(&'s str, Option<&'s str>)>> {
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
