//! The entries of the catalog: records, their fields, and what is said of a field.

use serde::Deserialize;

use super::role::{FieldRole, RecordKind};

/// A record of the catalog; [`Catalog::record`](super::Catalog::record) has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RecordId(usize);

impl RecordId {
    pub(super) const fn new(place: usize) -> Self {
        Self(place)
    }

    /// The place among the records inside the job run; none for the job run itself.
    pub(super) const fn part(self) -> Option<usize> {
        self.0.checked_sub(1)
    }
}

/// An object with named fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What it is to the program.
    pub kind: RecordKind,
    /// What one of them is called: `job run`, `stages`, `stage`, `step`, `artifact`, `parameter`, `trigger`.
    pub noun: String,
    /// In the order of the form, which is the order in which new keys enter a document.
    pub fields: Vec<Field>,
}

impl Record {
    /// The field that a key of a document means, and which of its names the key is.
    pub fn field(&self, key: &str) -> Option<(&Field, Spelling)> {
        self.fields.iter().find_map(|field| Some((field, field.spelling(key)?)))
    }

    /// The field with a role.
    pub fn with_role(&self, role: FieldRole) -> Option<(usize, &Field)> {
        self.fields.iter().enumerate().find(|(_, field)| field.role == Some(role))
    }

    /// The place of a key's field among the fields, for keys to be put in order.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.spelling(key).is_some())
    }
}

/// Which of a field's names a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// The name to use.
    Current,
    /// The alias of older clients, which SEI still takes.
    Legacy,
}

/// One field of a record.
#[expect(clippy::struct_excessive_bools, reason = "facts of a table, independent of each other")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The current key.
    pub name: String,
    /// The key that older clients use for it.
    pub legacy: Option<String>,
    /// What it is to the program, if any code looks for it.
    pub role: Option<FieldRole>,
    /// Whether its record is incomplete without it.
    pub required: bool,
    /// Whether null may stand in its place.
    pub nullable: bool,
    /// Whether SEI also takes a number, or true or false, and keeps it as text.
    pub lenient: bool,
    /// What its value is.
    pub shape: Shape,
    /// The tab it stands on.
    pub group: Group,
    /// What the form calls it, in at most 16 columns.
    pub label: String,
    /// What SEI does with it, and its trap, in at most 110 columns.
    pub help: String,
    /// How well we know.
    pub evidence: Evidence,
    /// Where we know it from, as `documentation, all versions`.
    pub source: String,
    /// A realistic value as JSON text.
    pub sample: String,
    /// How it is filled in.
    pub widget: Widget,
    /// The choices, for a [`Widget::Choice`]; other words remain possible.
    pub words: Vec<String>,
    /// Whether it is rarely used, and shown last.
    pub expert: bool,
}

impl Field {
    /// Which of this field's names a key is.
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

/// What a field's value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Text.
    Text,
    /// A whole number of up to 64 bits.
    Integer,
    /// True or false.
    Boolean,
    /// Any number of values of one shape.
    List(Box<Self>),
    /// An object with the fields of a record.
    Record(RecordId),
    /// An object of free keys and values.
    Map,
}

/// The tab of the app on which a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// The CI/CD instance.
    Instance,
    /// The run itself.
    Run,
    /// Its stages and their steps.
    Stages,
    /// Its artifacts, parameters and triggers.
    Artifacts,
}

/// How well a fact about SEI is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// A page of the documentation says so.
    Doc,
    /// The backend or one of SEI's own clients behaved so; it may have changed since.
    Seen,
    /// Nobody but us says so.
    Advice,
}

impl Evidence {
    /// The tag, as lists and JSON output have it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Doc => "doc",
            Self::Seen => "seen",
            Self::Advice => "advice",
        }
    }

    /// The tag spelled out, to follow a statement after a dash or in brackets.
    pub const fn long(self) -> &'static str {
        match self {
            Self::Doc => "the documentation says so",
            Self::Seen => "known behaviour of SEI, which may have changed since",
            Self::Advice => "our advice, no rule of SEI",
        }
    }
}

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Widget {
    /// A line of text.
    Text,
    /// One of some words, or a word of one's own.
    Choice,
    /// An instant: epoch milliseconds for an integer, ISO 8601 for text.
    Time,
    /// A length of time in milliseconds.
    Duration,
    /// A whole number.
    Number,
    /// True, false or absent.
    Toggle,
    /// `ci` and `cd` together, as one choice of three.
    Kind,
    /// Several texts.
    List,
    /// Names with texts.
    KeyValue,
    /// Records with records inside them.
    Tree,
    /// Records side by side.
    Table,
}
