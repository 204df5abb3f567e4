//! The entries of the catalog: records, and fields with their descriptions.

use serde::Deserialize;

use super::role::{FieldRole, RecordKind};

/// The id of a record, for [`Catalog::record`](super::Catalog::record).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RecordId(usize);

impl RecordId {
    pub(super) const fn new(position: usize) -> Self {
        Self(position)
    }

    /// The position among the records inside the job run; `None` for the job run itself.
    pub(super) const fn part(self) -> Option<usize> {
        self.0.checked_sub(1)
    }
}

/// An object with named fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The kind of record, for code.
    pub kind: RecordKind,
    /// The name of one record in texts: `job run`, `stages`, `stage`, `step`, `artifact` and so on.
    pub noun: String,
    /// The fields, in the order of the form and of new keys in a document.
    pub fields: Vec<Field>,
}

impl Record {
    /// The field with this current or legacy key, and which of the two the key is.
    pub fn field(&self, key: &str) -> Option<(&Field, Spelling)> {
        self.fields.iter().find_map(|field| Some((field, field.spelling(key)?)))
    }

    /// The field with a role, and its position.
    pub fn with_role(&self, role: FieldRole) -> Option<(usize, &Field)> {
        self.fields.iter().enumerate().find(|(_, field)| field.role == Some(role))
    }

    /// The position of the field with this key, for the order of keys.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.spelling(key).is_some())
    }
}

/// Which of a field's names a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// The current name.
    Current,
    /// The alias of older clients, which SEI still accepts.
    Legacy,
}

/// A field of a record.
#[expect(clippy::struct_excessive_bools, reason = "facts of a table, independent of each other")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The current key.
    pub name: String,
    /// The alias that older clients use.
    pub legacy: Option<String>,
    /// The role of the field, if any code needs it.
    pub role: Option<FieldRole>,
    /// Whether the record needs the field.
    pub required: bool,
    /// Whether null is a valid value.
    pub nullable: bool,
    /// Whether SEI also accepts a number or a boolean, and stores it as text.
    pub lenient: bool,
    /// The shape of the value.
    pub shape: Shape,
    /// The tab of the field.
    pub group: Group,
    /// The label in the form, at most 16 columns.
    pub label: String,
    /// What SEI does with the value, and the usual mistake, at most 110 columns.
    pub help: String,
    /// The evidence for the entry.
    pub evidence: Evidence,
    /// The source of the entry, as `documentation, all versions`.
    pub source: String,
    /// A realistic value as JSON text.
    pub sample: String,
    /// The control that edits the value.
    pub widget: Widget,
    /// The choices of a [`Widget::Choice`]; other words are possible.
    pub words: Vec<String>,
    /// Whether the field is rarely used and shown last.
    pub expert: bool,
}

impl Field {
    /// Whether a key is the current or the legacy name.
    pub fn spelling(&self, key: &str) -> Option<Spelling> {
        if self.name == key {
            Some(Spelling::Current)
        } else if self.legacy.as_deref() == Some(key) {
            Some(Spelling::Legacy)
        } else {
            None
        }
    }
}

/// The shape of a field's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A JSON string.
    Text,
    /// A whole number of up to 64 bits.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// Any number of values of one shape.
    List(Box<Self>),
    /// An object with the fields of a record.
    Record(RecordId),
    /// An object of free keys and values.
    Map,
}

/// The tab of the app that shows a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// The CI/CD instance.
    Instance,
    /// The run itself.
    Run,
    /// The stages and their steps.
    Stages,
    /// The artifacts, parameters and triggers.
    Artifacts,
}

/// How well a fact about SEI is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// The documentation says so.
    Doc,
    /// Observed in the backend or in a client of SEI; may have changed since.
    Seen,
    /// A recommendation of this program only.
    Advice,
}

impl Evidence {
    /// The tag in lists and JSON output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Doc => "doc",
            Self::Seen => "seen",
            Self::Advice => "advice",
        }
    }

    /// The tag as a phrase, after a dash or in brackets.
    pub const fn long(self) -> &'static str {
        match self {
            Self::Doc => "the documentation says so",
            Self::Seen => "known behavior of SEI, which may have changed since",
            Self::Advice => "our advice, not a rule of SEI",
        }
    }
}

/// The control that edits a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Widget {
    /// A line of text.
    Text,
    /// One of some words, or any other word.
    Choice,
    /// A time: epoch milliseconds for an integer, ISO 8601 for text.
    Time,
    /// A duration in milliseconds.
    Duration,
    /// A whole number.
    Number,
    /// True, false or absent.
    Toggle,
    /// `ci` and `cd` together, as one choice of three.
    Kind,
    /// Several texts.
    List,
    /// Keys with text values.
    KeyValue,
    /// Nested records.
    Tree,
    /// A list of records, one per row.
    Table,
}
