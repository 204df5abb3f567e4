//! The supported part of JSON Schema, as types. Every other keyword is an error, because the
//! program would not apply it.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Error as _, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use super::entry::{Evidence, Group, Widget};
use super::load::SchemaError;
use super::role::FieldRole;

/// An object with named properties: the whole schema, or an entry of its `$defs`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct RecordSchema {
    #[serde(rename = "x-sei")]
    pub(super) notes: RecordNotes,
    #[serde(default)]
    pub(super) required: Vec<String>,
    #[serde(default)]
    pub(super) all_of: Vec<EitherName>,
    pub(super) properties: OrderedMembers<ValueSchema>,
    #[serde(default, rename = "$defs")]
    pub(super) parts: OrderedMembers<Self>,
    #[serde(rename = "type")]
    _kind: ObjectKind,
    #[serde(default, rename = "$schema")]
    _schema: IgnoredAny,
    #[serde(default, rename = "$id")]
    _id: IgnoredAny,
    #[serde(default, rename = "title")]
    _title: IgnoredAny,
    #[serde(default, rename = "description")]
    _description: IgnoredAny,
}

/// The only valid type of a record.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum ObjectKind {
    Object,
}

/// The `x-sei` of a record.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordNotes {
    pub(super) noun: String,
    pub(super) group: Option<Group>,
}

/// A required field with one of several names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct EitherName {
    pub(super) any_of: Vec<RequiredNames>,
}

/// The names of one choice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RequiredNames {
    pub(super) required: Vec<String>,
}

/// A property, the items of a list, or a part of `anyOf`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub(super) struct ValueSchema {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) examples: Vec<Value>,
    #[serde(rename = "type", deserialize_with = "one_or_more")]
    pub(super) kinds: Vec<SchemaKind>,
    #[serde(rename = "$ref")]
    pub(super) target: Option<String>,
    pub(super) any_of: Vec<Self>,
    pub(super) items: Option<Box<Self>>,
    pub(super) deprecated: bool,
    #[serde(rename = "x-sei")]
    pub(super) notes: Option<FieldNotes>,
    // Editors apply these keywords; `check` has its own rules.
    #[serde(rename = "minimum")]
    _minimum: IgnoredAny,
    #[serde(rename = "maximum")]
    _maximum: IgnoredAny,
    #[serde(rename = "minLength")]
    _min_length: IgnoredAny,
    #[serde(rename = "maxLength")]
    _max_length: IgnoredAny,
    #[serde(rename = "format")]
    _format: IgnoredAny,
}

/// The `x-sei` of a field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldNotes {
    pub(super) role: Option<FieldRole>,
    pub(super) group: Option<Group>,
    pub(super) widget: Widget,
    pub(super) evidence: Evidence,
    pub(super) source: String,
    #[serde(default)]
    pub(super) expert: bool,
}

/// A type of JSON Schema.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum SchemaKind {
    String,
    Integer,
    Number,
    Boolean,
    Object,
    Array,
    Null,
}

/// The members of an object in the order of the text.
pub(super) struct OrderedMembers<T>(pub(super) Vec<(String, T)>);

impl<T> Default for OrderedMembers<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OrderedMembers<T> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct MembersVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for MembersVisitor<T> {
            type Value = OrderedMembers<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members: Vec<(String, T)> = Vec::new();
                while let Some((name, member)) = map.next_entry()? {
                    if members.iter().any(|(known, _)| *known == name) {
                        return Err(A::Error::custom(format_args!("duplicate member `{name}`")));
                    }
                    members.push((name, member));
                }
                Ok(OrderedMembers(members))
            }
        }

        input.deserialize_map(MembersVisitor(PhantomData))
    }
}

/// Reads `"string"` as `["string"]`.
fn one_or_more<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<SchemaKind>, D::Error> {
    struct KindsVisitor;

    impl<'de> Visitor<'de> for KindsVisitor {
        type Value = Vec<SchemaKind>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a type or a list of types")
        }

        fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Self::Value, E> {
            SchemaKind::deserialize(word.into_deserializer()).map(|kind| vec![kind])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(list))
        }
    }

    input.deserialize_any(KindsVisitor)
}

/// Reads the text of a schema.
pub(super) fn read(text: &str) -> Result<RecordSchema, SchemaError> {
    let mut input = serde_json::Deserializer::from_str(text);
    let schema = serde_path_to_error::deserialize(&mut input)
        .map_err(|error| fault(&pointer(error.path()), error.inner()))?;
    input.end().map_err(|error| fault("", &error))?;
    Ok(schema)
}

fn fault(at: &str, error: &serde_json::Error) -> SchemaError {
    let what = match error.classify() {
        Category::Data => "is not supported",
        Category::Syntax | Category::Eof | Category::Io => "is not JSON",
    };
    SchemaError::new(at, format!("{what}: {error}"))
}

/// The path as a JSON Pointer.
fn pointer(path: &Path) -> String {
    let token = |segment: &Segment| match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{key}"),
        Segment::Enum { .. } | Segment::Unknown => String::new(),
    };
    path.iter().map(token).collect()
}
