//! The document of a mapped run.

use super::definition::{Definition, MappingTable};
use super::evaluate::{MappedItem, MappedOutput, MappedValues};
use super::fault::MappingFault;
use crate::catalog::{Field, FieldRole, Record, Shape};
use crate::document::{Object, Value};
use crate::import::ci::lookup;
use crate::import::ci::run::{ImportedStage, stage_values};
use crate::import::ci::word::ResultWord;
use crate::import::remote;
use crate::time::Timestamp;

/// A run that a mapping read.
#[derive(Debug, Clone, PartialEq)]
pub struct MappedRun {
    /// The payload.
    pub document: Value,
    /// The fields whose expression failed; they are not in the payload.
    pub faults: Vec<MappingFault>,
}

/// Fields that get the value of another field where the mapping gives none.
const DEFAULTS: [(FieldRole, FieldRole); 2] =
    [(FieldRole::FullName, FieldRole::Pipeline), (FieldRole::QualifiedName, FieldRole::Pipeline)];

pub(super) fn document(definition: &Definition, values: MappedValues) -> MappedRun {
    let mut builder = Builder { definition, faults: Vec::new() };
    let mut fields = builder.record(MappingTable::Fields, values.fields);
    for (role, source) in DEFAULTS {
        if let Some(value) = fields.get(source.name()).cloned().filter(|_| !fields.contains(role.name())) {
            fields.put(role.name(), value);
        }
    }
    for (table, items) in values.tables {
        let is_over = fields.contains(FieldRole::Result.name());
        if let Some((role, list)) = builder.items(table, items, is_over) {
            fields.put(role.name(), list);
        }
    }
    let record = MappingTable::Fields.record();
    MappedRun { document: Value::Object(in_order(&fields, record)), faults: builder.faults }
}

/// The members in the order of the record.
fn in_order(object: &Object, record: Option<&Record>) -> Object {
    let mut members: Vec<_> = object.iter().map(|(key, value)| (key.to_owned(), value.clone())).collect();
    members.sort_by_key(|(key, _)| record.and_then(|record| record.position(key)).unwrap_or(usize::MAX));
    members.into_iter().collect()
}

struct Builder<'d> {
    definition: &'d Definition,
    faults: Vec<MappingFault>,
}

impl Builder<'_> {
    fn fault(&mut self, entry: usize, message: String) {
        let Some(entry) = self.definition.entries.get(entry) else { return };
        let fault = MappingFault::of_entry(entry, message);
        // Of a table, each item may fail in the same way.
        if !self.faults.iter().any(|known| known.field == fault.field) {
            self.faults.push(fault);
        }
    }

    /// The fields of a record with a value.
    fn record(&mut self, table: MappingTable, outputs: Vec<MappedOutput>) -> Object {
        let mut object = Object::default();
        for MappedOutput { entry, outputs } in outputs {
            let Some(key) = self.definition.entries.get(entry).map(|entry| entry.key.clone()) else {
                continue;
            };
            let field = table.record().and_then(|record| record.field(&key)).map(|(field, _)| field);
            let is_list = field.is_some_and(|field| matches!(field.shape, Shape::List(_)));
            match outputs.and_then(|outputs| single(outputs, is_list)) {
                Ok(Some(value)) => {
                    if let Some(value) = field.map_or(Some(value.clone()), |field| fitting(field, value)) {
                        object.put(&key, value);
                    }
                }
                Ok(None) => {}
                Err(why) => self.fault(entry, why),
            }
        }
        object
    }

    /// The list that a table fills, and the field that holds it.
    fn items(
        &mut self,
        table: MappingTable,
        items: Result<Vec<MappedItem>, String>,
        is_over: bool,
    ) -> Option<(FieldRole, Value)> {
        let items = match items {
            Ok(items) => items,
            Err(why) => {
                let is_each = |entry: &super::MappingEntry| {
                    entry.table == table && entry.key == super::definition::EACH
                };
                if let Some(index) = self.definition.entries.iter().position(is_each) {
                    self.fault(index, why);
                }
                return None;
            }
        };
        if items.is_empty() {
            return None;
        }
        let role = match table {
            MappingTable::Stage => {
                let stages: Vec<_> = items.into_iter().map(|item| self.stage(table, item)).collect();
                let mut object = Object::default();
                object.push(FieldRole::Stages.name(), Value::Array(stage_values(&stages, is_over)));
                return Some((FieldRole::StageTree, Value::Object(object)));
            }
            MappingTable::Artifact => FieldRole::Artifacts,
            MappingTable::Parameter => FieldRole::Parameters,
            MappingTable::Trigger => FieldRole::Triggers,
            MappingTable::Top | MappingTable::Fields | MappingTable::Step => return None,
        };
        let objects = items.into_iter().map(|item| self.record(table, item.fields));
        let values: Vec<_> = objects
            .filter(|object| !object.is_empty())
            .map(|object| Value::Object(in_order(&object, table.record())))
            .collect();
        (!values.is_empty()).then_some((role, Value::Array(values)))
    }

    fn stage(&mut self, table: MappingTable, item: MappedItem) -> ImportedStage {
        let object = self.record(table, item.fields);
        let text = |role: FieldRole| object.get(role.name()).and_then(scalar);
        let steps = item.steps.unwrap_or_else(|| Ok(Vec::new())).unwrap_or_else(|why| {
            let is_each = |entry: &super::MappingEntry| {
                entry.table == MappingTable::Step && entry.key == super::definition::EACH
            };
            if let Some(index) = self.definition.entries.iter().position(is_each) {
                self.fault(index, why);
            }
            Vec::new()
        });
        ImportedStage {
            id: text(FieldRole::StageId),
            name: text(FieldRole::StageName),
            description: text(FieldRole::StageDescription),
            verdict: text(FieldRole::StageResult).map(|word| ResultWord::of_any_tool(&word)),
            state: text(FieldRole::StageState),
            start: object.get(FieldRole::StageStart.name()).and_then(start),
            millis: object.get(FieldRole::StageDuration.name()).and_then(Value::as_i64),
            steps: steps.into_iter().map(|step| self.stage(MappingTable::Step, step)).collect(),
            ..ImportedStage::default()
        }
    }
}

/// The value of a field from the outputs of its expression; null counts as none.
fn single(outputs: Vec<Value>, is_list: bool) -> Result<Option<Value>, String> {
    let mut values: Vec<_> = outputs.into_iter().filter(|value| *value != Value::Null).collect();
    if is_list && values.first().is_some_and(|value| value.as_array().is_none()) {
        return Ok(Some(Value::Array(values)));
    }
    match values.len() {
        0 | 1 => Ok(values.pop().filter(|value| value.as_array().is_none_or(|items| !items.is_empty()))),
        count => Err(format!(
            "gives {count} values, but the field holds one; choose one, for example with first(…)"
        )),
    }
}

/// A value as its field stores it: a number as text, an address without credentials.
fn fitting(field: &Field, value: Value) -> Option<Value> {
    match (&field.shape, value) {
        (Shape::Text, Value::Number(number)) => Some(Value::Text(number.as_str().to_owned())),
        (Shape::Text, Value::Text(text)) => match field.role {
            Some(FieldRole::RepositoryUrl | FieldRole::RunUrl) => remote::clean(&text).map(Value::Text),
            _ => Some(Value::Text(text)),
        },
        (_, value) => Some(value),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.as_str().to_owned()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The start of a stage, as RFC 3339 or epoch milliseconds.
fn start(value: &Value) -> Option<Timestamp> {
    let text = scalar(value)?;
    lookup::written_instant(&text).or_else(|| text.parse().ok().map(Timestamp::from_millis))
}
