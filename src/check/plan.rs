//! The catalog, prepared for the walk: the position of each name and each role in a record.

use std::cmp::Ordering;
use std::sync::OnceLock;

use crate::catalog::{Field, FieldRole, Record, RecordId, RecordKind, Shape, Spelling, Widget, catalog};

pub(super) struct RecordPlan {
    pub(super) id: RecordId,
    pub(super) kind: RecordKind,
    pub(super) fields: Vec<FieldPlan>,
    names: Vec<(&'static str, usize, Spelling)>,
    /// The position of the field with each role, in the order of [`FieldRole::ALL`].
    roles: Vec<Option<usize>>,
}

pub(super) struct FieldPlan {
    pub(super) field: &'static Field,
    /// How many characters SEI stores; 0 for all.
    pub(super) limit: usize,
}

impl RecordPlan {
    /// The position of the field of a key, and which of its two names the key is.
    pub(super) fn find(&self, key: &str) -> Option<(usize, Spelling)> {
        let found = self.names.binary_search_by(|(name, _, _)| by_length(name, key)).ok()?;
        self.names.get(found).map(|(_, position, spelling)| (*position, *spelling))
    }

    /// The position of the field with a role.
    pub(super) fn role(&self, role: FieldRole) -> Option<usize> {
        self.roles.get(role as usize).copied().flatten()
    }
}

/// The plan of a record; `None` only if the catalog refers to a missing record.
pub(super) fn plan(id: RecordId) -> Option<&'static RecordPlan> {
    plans().iter().find(|plan| plan.id == id)
}

/// The plan of the whole document.
pub(super) fn run() -> Option<&'static RecordPlan> {
    plans().iter().find(|plan| plan.kind == RecordKind::JobRun)
}

fn plans() -> &'static [RecordPlan] {
    static PLANS: OnceLock<Vec<RecordPlan>> = OnceLock::new();
    PLANS.get_or_init(|| catalog().records().map(|(id, record)| prepare(id, record)).collect())
}

fn prepare(id: RecordId, record: &'static Record) -> RecordPlan {
    let fields: Vec<_> = record
        .fields
        .iter()
        .map(|field| FieldPlan { field, limit: limit(record.kind, field.role) })
        .collect();
    let mut names: Vec<_> = (record.fields.iter().enumerate())
        .flat_map(|(position, field)| {
            let legacy = field.legacy.as_deref().map(|name| (name, position, Spelling::Legacy));
            std::iter::once((field.name.as_str(), position, Spelling::Current)).chain(legacy)
        })
        .collect();
    names.sort_by(|(one, _, _), (other, _, _)| by_length(one, other));
    let place = |role: &FieldRole| record.with_role(*role).map(|(position, _)| position);
    let roles = FieldRole::ALL.iter().map(place).collect();
    RecordPlan { id, kind: record.kind, fields, names, roles }
}

/// Compares lengths first: lengths differ more often than letters, and are cheaper to compare.
fn by_length(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

/// The sizes of the columns of SEI's database, in characters; 0 without a limit.
pub fn limit(kind: RecordKind, role: Option<FieldRole>) -> usize {
    match (kind, role) {
        (_, Some(FieldRole::StageId | FieldRole::StageName))
        | (RecordKind::Step, Some(FieldRole::StageDescription)) => 50,
        (_, Some(FieldRole::StageDescription)) => 200,
        (_, Some(FieldRole::StageResult | FieldRole::StageState)) => 30,
        _ => 0,
    }
}

/// The expectation of the catalog at a place: a field, or an entry of a field that is a list.
#[derive(Clone, Copy)]
pub(super) struct Expect {
    pub(super) field: &'static Field,
    pub(super) shape: &'static Shape,
    /// The role of the field, also for an entry of the field.
    pub(super) role: Option<FieldRole>,
    pub(super) entry: bool,
    /// How many characters SEI stores; 0 for all.
    pub(super) limit: usize,
}

impl Expect {
    /// Whether the text is a description or a note, in which brackets, quotes and spaces are
    /// normal.
    pub(super) const fn is_prose(self) -> bool {
        match self.role {
            Some(FieldRole::StageDescription) => true,
            Some(FieldRole::ArtifactMetadata) => self.entry,
            _ => false,
        }
    }
}

/// The type of a field, as the noun of a sentence.
pub(super) const fn expected(shape: &Shape, widget: Widget) -> &'static str {
    match (shape, widget) {
        (Shape::Text, _) => "text",
        (Shape::Integer, Widget::Time) => "a whole number of milliseconds since 1970",
        (Shape::Integer, Widget::Duration) => "a whole number of milliseconds",
        (Shape::Integer, _) => "a whole number",
        (Shape::Boolean, _) => "true or false",
        (Shape::List(_), _) => "a list",
        (Shape::Record(_) | Shape::Map, _) => "an object",
    }
}
