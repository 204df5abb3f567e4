//! The fields that SEI accepts, with names, shape, help and sample, read from the embedded schema.
//!
//! Independent of any document and of the screen; rules between fields are in `check`.

use std::sync::OnceLock;

mod entry;
mod load;
mod role;
mod schema;

pub use entry::{Evidence, Field, Group, Record, RecordId, Shape, Spelling, Widget};
pub use load::SchemaError;
pub use role::{FieldRole, RecordKind};

/// The JSON Schema of a job run, as editors and CI can use it.
pub const SCHEMA: &str = include_str!("../assets/job-run.schema.json");

/// Every record of the payload, the job run itself first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    run: Record,
    parts: Vec<Record>,
    /// The record and the position of the field with each role, in the order of [`FieldRole::ALL`].
    roles: Vec<(RecordId, usize)>,
}

/// The catalog of the embedded schema, read at the first call.
///
/// # Panics
/// If the embedded schema is not valid.
pub fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| Catalog::from_schema(SCHEMA).expect("the embedded schema is valid"))
}

impl Catalog {
    /// Reads a schema; a keyword that this program does not apply is an error.
    pub fn from_schema(text: &str) -> Result<Self, SchemaError> {
        load::load(text)
    }

    /// The job run, which is the whole payload.
    pub const fn run(&self) -> &Record {
        &self.run
    }

    /// The record of a [`Shape::Record`].
    pub fn record(&self, id: RecordId) -> &Record {
        id.part().and_then(|part| self.parts.get(part)).unwrap_or(&self.run)
    }

    /// The job run, then the records inside it in the order of the schema.
    pub fn records(&self) -> impl Iterator<Item = (RecordId, &Record)> {
        std::iter::once(&self.run)
            .chain(&self.parts)
            .enumerate()
            .map(|(i, record)| (RecordId::new(i), record))
    }

    /// The field with a role, in the first record that has one.
    fn field_with(&self, role: FieldRole) -> Option<&Field> {
        let (record, position) = self.roles.get(role as usize)?;
        self.record(*record).fields.get(*position)
    }

    /// The field at the end of a JSON Pointer's tokens, under its current or its legacy name.
    ///
    /// Array indexes are optional and skipped: `artifacts 0` is the field `artifacts`. A place
    /// inside free values belongs to the field that contains them. The root is not a field.
    pub fn field<'a>(&self, tokens: impl IntoIterator<Item = &'a str>) -> Option<&Field> {
        let mut inside = Some(&self.run);
        let mut found: Option<&Field> = None;
        let mut shape: Option<&Shape> = None;
        for token in tokens {
            if let Some(Shape::List(element)) = shape {
                shape = Some(element);
                inside = self.inside(element);
                if is_index(token) {
                    continue;
                }
            }
            if shape == Some(&Shape::Map) {
                continue;
            }
            let (field, _) = inside?.field(token)?;
            found = Some(field);
            shape = Some(&field.shape);
            inside = self.inside(&field.shape);
        }
        found
    }

    fn inside(&self, shape: &Shape) -> Option<&Record> {
        match shape {
            Shape::Record(id) => Some(self.record(*id)),
            Shape::Text | Shape::Integer | Shape::Boolean | Shape::List(_) | Shape::Map => None,
        }
    }
}

fn is_index(token: &str) -> bool {
    token == "-" || (!token.is_empty() && token.bytes().all(|b| b.is_ascii_digit()))
}
