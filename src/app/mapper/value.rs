//! The values of rows for the example.

use super::{Evaluation, Mapper, MapperRow};
use crate::catalog::FieldRole;
use crate::document::{Value, write_compact};
use crate::import::mapping::{
    self, EACH, MappedOutput, MappedValues, MappingEntry, MappingFault, MappingTable,
};
use crate::time::{Duration, Timestamp};

/// A row shows the values of this many items.
const MOST_VALUES: usize = 40;

/// What a row shows next to its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowValue {
    /// No expression.
    Unmapped,
    /// No expression, but a guess that is not sure; its value.
    Guess(String),
    /// No result yet.
    Pending,
    /// The expression gives nothing.
    Nothing,
    /// The value, as one line of JSON or text.
    Value(String),
    /// The values of a result; some are not words of SEI.
    UnknownWord(String),
    /// What is wrong, as a clause.
    Fault(String),
}

impl Mapper {
    /// What a row shows next to its label.
    pub fn value(&self, row: &MapperRow) -> RowValue {
        let Some(expression) = self.current(row) else { return self.guessed_value(row) };
        let is_own = |fault: &&MappingFault| fault.field == path(row) && fault.expression == expression;
        if let Some(fault) = self.faults.iter().find(is_own) {
            return RowValue::Fault(fault.message.clone());
        }
        let Some(evaluation) = &self.evaluation else { return RowValue::Pending };
        if row.table == MappingTable::Top {
            return RowValue::Value(expression);
        }
        if row.key == EACH {
            return Self::items(row.table, &evaluation.values);
        }
        let outputs = outputs(row, evaluation);
        if let Some(why) = outputs.iter().find_map(|output| output.outputs.as_ref().err()) {
            return RowValue::Fault(why.clone());
        }
        let role = role_of(row);
        let values: Vec<String> = outputs
            .iter()
            .filter_map(|output| output.outputs.as_ref().ok())
            .flatten()
            .filter(|value| **value != Value::Null)
            .take(MOST_VALUES)
            .map(|value| readable(role, value))
            .collect();
        if values.is_empty() {
            return RowValue::Nothing;
        }
        let is_unknown = unknown_word(row, evaluation).is_some();
        let words = values.join(", ");
        if is_unknown { RowValue::UnknownWord(words) } else { RowValue::Value(words) }
    }

    /// The first word of the focused result that is not a word of SEI, once its value is known.
    pub fn unknown_word(&self) -> Option<&str> {
        let row = self.focused().filter(|row| self.editor.is_none() && self.expression(row).is_some())?;
        let evaluation = self.evaluation.as_ref().filter(|_| !self.is_pending && self.faults.is_empty())?;
        unknown_word(row, evaluation)
    }

    /// Whether a row is a result that has a word of the tool, or that translates words.
    pub fn takes_word(&self, row: &MapperRow, word: &str) -> bool {
        let Some(expression) = self.expression(row).filter(|_| mapping::is_result(row.table, &row.key))
        else {
            return false;
        };
        let outputs = self.evaluation.iter().flat_map(|evaluation| outputs(row, evaluation));
        let mut values = outputs.filter_map(|output| output.outputs.as_ref().ok()).flatten();
        mapping::translates(expression) || values.any(|value| value.as_text() == Some(word))
    }

    /// The value of the best guess for a row without an expression.
    fn guessed_value(&self, row: &MapperRow) -> RowValue {
        let value = self.guess(row).map(|guess| {
            let values = guess.value.iter().filter(|value| **value != Value::Null);
            values.map(|value| readable(role_of(row), value)).collect::<Vec<_>>().join(", ")
        });
        value.filter(|value| !value.is_empty()).map_or(RowValue::Unmapped, RowValue::Guess)
    }

    /// How many items a table has.
    #[expect(clippy::wildcard_enum_match_arm, reason = "all other tables are at the top of the result")]
    fn items(table: MappingTable, values: &MappedValues) -> RowValue {
        let found = |wanted: MappingTable| values.tables.iter().find(|(table, _)| *table == wanted);
        let count = match table {
            MappingTable::Step => found(MappingTable::Stage).map(|(_, items)| match items {
                Ok(items) => items.iter().try_fold(0, |sum, item| match &item.steps {
                    Some(Ok(steps)) => Ok(sum + steps.len()),
                    Some(Err(why)) => Err(why.clone()),
                    None => Ok(sum),
                }),
                Err(_) => Ok(0),
            }),
            table => found(table).map(|(_, items)| items.as_ref().map(Vec::len).map_err(Clone::clone)),
        };
        match count {
            None => RowValue::Pending,
            Some(Ok(0)) => RowValue::Nothing,
            Some(Ok(count)) => RowValue::Value(crate::text::count(count, "item", "items")),
            Some(Err(why)) => RowValue::Fault(why),
        }
    }

    /// How many of the required fields have a value, and how many there are; also of mapped tables.
    pub fn required(&self) -> (usize, usize) {
        let required: Vec<_> = self.rows.iter().filter(|row| row.is_required).collect();
        let filled = required.iter().filter(|row| matches!(self.value(row), RowValue::Value(_))).count();
        (filled, required.len())
    }
}

fn role_of(row: &MapperRow) -> Option<FieldRole> {
    row.table.record().and_then(|record| record.field(&row.key)?.0.role)
}

/// A value in one line; instants and durations as people write them.
fn readable(role: Option<FieldRole>, value: &Value) -> String {
    let millis = value.as_i64();
    match role {
        Some(FieldRole::StartTime | FieldRole::StageStart) => {
            millis.map(|millis| Timestamp::from_millis(millis).human())
        }
        Some(FieldRole::Duration | FieldRole::StageDuration) => {
            millis.map(|millis| Duration::from_millis(millis).human())
        }
        _ => None,
    }
    .unwrap_or_else(|| short(value))
}

/// A value in one line: a text as it is, else JSON.
pub fn short(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            write_compact(value)
        }
    }
}

/// The outputs of a row: of each item for a table with items.
fn outputs<'e>(row: &MapperRow, evaluation: &'e Evaluation) -> Vec<&'e MappedOutput> {
    let (values, entries) = (&evaluation.values, &evaluation.definition.entries);
    let entry = entries.iter().position(|entry| entry.table == row.table && entry.key == row.key);
    let is_own = |output: &&MappedOutput| Some(output.entry) == entry;
    if row.table == MappingTable::Fields {
        return values.fields.iter().filter(is_own).collect();
    }
    let items = values.tables.iter().filter_map(|(_, items)| items.as_ref().ok()).flatten();
    items
        .flat_map(|item| {
            let steps = item.steps.iter().filter_map(|steps| steps.as_ref().ok()).flatten();
            item.fields.iter().chain(steps.flat_map(|step| &step.fields))
        })
        .filter(is_own)
        .collect()
}

/// The first word of a result that is not a word of SEI.
fn unknown_word<'e>(row: &MapperRow, evaluation: &'e Evaluation) -> Option<&'e str> {
    if !mapping::is_result(row.table, &row.key) {
        return None;
    }
    let values = outputs(row, evaluation).into_iter().filter_map(|output| output.outputs.as_ref().ok());
    values.flatten().find_map(|value| mapping::unknown_result(row.table, value))
}

/// The name of a row with its table.
fn path(row: &MapperRow) -> String {
    MappingEntry { table: row.table, key: row.key.clone(), expression: String::new(), line: 0 }.path()
}
