//! The mapper: maps the JSON of a tool to the fields of a run, with one example in view.

use std::sync::Arc;

use crate::app::editor::Editor;
use crate::app::pasted::Pasted;
use crate::catalog::FieldRole;
use crate::check::Problem;
use crate::document::{Pointer, Value, write_compact, write_pretty};
use crate::import::mapping::{
    Definition, EACH, Guess, MappedOutput, MappedRun, MappedValues, Mapping, MappingEntry, MappingFault,
    MappingTable,
};
use crate::time::{Duration, Timestamp};

mod rows;
mod tree;
mod work;

pub use tree::{SourceTree, TreeLine};
pub use work::{evaluate, read};

/// The name of a mapping of this session that has no file.
pub const UNSAVED: &str = "unsaved mapping";

/// A row shows the values of this many items.
const MOST_VALUES: usize = 40;
/// The mapper shows this many lines of the payload.
const MOST_LINES: usize = 60;

/// An open mapper.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapper {
    /// The text of the example.
    pub source: Pasted,
    /// The runs of the text.
    pub runs: Arc<[Value]>,
    /// The index of the run that serves as the example.
    pub place: usize,
    /// The example, without keys.
    pub run: Value,
    /// The mapping as it is now.
    pub definition: Definition,
    /// The name of its file, and its content there; `None` before the first save.
    pub saved: Option<(String, Definition)>,
    /// The mapping as it was at the start.
    pub start: Definition,
    /// Guesses for the fields, also unsure ones.
    pub guesses: Vec<Guess>,
    /// The fields, in the order of the screen.
    pub rows: Vec<MapperRow>,
    /// The index of the focused row.
    pub focus: usize,
    /// The example as a tree.
    pub tree: SourceTree,
    /// Whether the tree has the focus, not the fields.
    pub is_in_tree: bool,
    /// The expression that is being typed.
    pub editor: Option<Editor>,
    /// The newest result of a mapping without faults.
    pub evaluation: Option<Box<Evaluation>>,
    /// The faults of the newest mapping.
    pub faults: Vec<MappingFault>,
    /// The number of the newest evaluation; results with another number are old.
    pub ticket: u64,
    /// Whether the newest evaluation is not over.
    pub is_pending: bool,
    /// Whether the run is imported once the evaluation is over.
    pub imports_next: bool,
}

/// A field that can be mapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapperRow {
    /// The table of the field.
    pub table: MappingTable,
    /// The key in the mapping.
    pub key: String,
    /// The label on the screen.
    pub label: String,
    /// Whether the field is required.
    pub is_required: bool,
    /// The level in the tree of tables, from 0.
    pub depth: usize,
}

/// The result of a mapping for the example.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The mapping that was evaluated, which may have a typed expression.
    pub definition: Definition,
    /// The outputs of each expression.
    pub values: MappedValues,
    /// The payload and the fields that failed.
    pub mapped: MappedRun,
    /// The first lines of the payload.
    pub lines: Vec<String>,
    /// The problems of the payload.
    pub problems: Vec<Problem>,
}

/// What a text with an unknown run became.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    /// The runs of the text; the first one is the example at the start.
    pub runs: Arc<[Value]>,
    /// The mapping to start with.
    pub definition: Definition,
    /// The name of its file, where the user has one.
    pub saved: Option<String>,
    /// Guesses for the fields of the run, also unsure ones.
    pub guesses: Vec<Guess>,
}

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
    /// What is wrong, as a clause.
    Fault(String),
}

impl Evaluation {
    /// The result of a mapping, with the problems of its payload.
    pub fn new(
        definition: Definition,
        values: MappedValues,
        mapped: MappedRun,
        problems: Vec<Problem>,
    ) -> Self {
        let lines = write_pretty(&mapped.document).lines().take(MOST_LINES).map(str::to_owned).collect();
        Self { definition, values, mapped, lines, problems }
    }
}

impl Mapper {
    /// A mapper for an example.
    pub fn new(learned: Learned, source: Pasted) -> Self {
        let Learned { runs, definition, saved, guesses } = learned;
        let mut mapper = Self {
            source,
            tree: SourceTree::of(&Value::Null),
            runs,
            place: 0,
            run: Value::Null,
            saved: saved.map(|id| (id, definition.clone())),
            start: definition.clone(),
            guesses,
            definition,
            rows: Vec::new(),
            focus: 0,
            is_in_tree: false,
            editor: None,
            evaluation: None,
            faults: Vec::new(),
            ticket: 0,
            is_pending: true,
            imports_next: false,
        };
        mapper.refresh();
        mapper.focus_next_open(0);
        mapper
    }

    /// Shows a run as the example; the tree keeps its place where the run has it.
    pub fn show(&mut self, place: usize, run: Value) {
        let chosen = self.chosen();
        self.tree = SourceTree::of(&run);
        if let Some(at) = chosen.filter(|at| run.get(at).is_some()) {
            self.tree.scroll_to(&run, &at);
        }
        self.place = place;
        self.run = run;
    }

    /// The index of the next run, or of the one before; the list is a ring.
    pub fn neighbor(&self, is_next: bool) -> usize {
        let count = self.runs.len().max(1);
        (self.place + if is_next { 1 } else { count - 1 }) % count
    }

    /// Builds the rows again: a table with items has rows for their fields.
    pub fn refresh(&mut self) {
        let focused = self.focused().cloned();
        self.rows = rows::rows(&self.definition);
        let same = |row: &MapperRow| {
            focused.as_ref().is_some_and(|old| (old.table, &old.key) == (row.table, &row.key))
        };
        self.focus =
            self.rows.iter().position(same).unwrap_or(self.focus).min(self.rows.len().saturating_sub(1));
    }

    /// The focused row.
    pub fn focused(&self) -> Option<&MapperRow> {
        self.rows.get(self.focus)
    }

    /// The expression of a row.
    pub fn expression(&self, row: &MapperRow) -> Option<&str> {
        self.definition.expression(row.table, &row.key)
    }

    /// The expression of a row, or the one that is typed for it.
    fn current(&self, row: &MapperRow) -> Option<String> {
        let typed = self.editor.as_ref().filter(|_| self.focused() == Some(row));
        typed.map_or_else(
            || self.expression(row).map(str::to_owned),
            |editor| Some(editor.text().trim().to_owned()).filter(|typed| !typed.is_empty()),
        )
    }

    /// Whether the mapping has changes that its file does not have.
    pub fn is_changed(&self) -> bool {
        match &self.saved {
            Some((_, saved)) => *saved != self.definition,
            None => self.start != self.definition,
        }
    }

    /// Focuses the next required row without an expression, from an index on; else the next row.
    pub fn focus_next_open(&mut self, from: usize) {
        let is_open = |row: &MapperRow| row.is_required && row.depth == 0 && self.expression(row).is_none();
        let next = self.rows.iter().enumerate().skip(from).find(|(_, row)| is_open(row));
        self.focus = next.map_or(from, |(index, _)| index).min(self.rows.len().saturating_sub(1));
    }

    /// The mapping with the current expressions, under its name.
    pub fn mapping(&self) -> Arc<Mapping> {
        let id = self.saved.as_ref().map_or("mapping", |(id, _)| id);
        Arc::new(Mapping::of(id, self.definition.clone()))
    }

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
        let role = row.table.record().and_then(|record| record.field(&row.key)?.0.role);
        let values: Vec<String> = outputs
            .iter()
            .filter_map(|output| output.outputs.as_ref().ok())
            .flatten()
            .filter(|value| **value != Value::Null)
            .take(MOST_VALUES)
            .map(|value| readable(role, value))
            .collect();
        if values.is_empty() { RowValue::Nothing } else { RowValue::Value(values.join(", ")) }
    }

    /// The value of the best guess for a row without an expression.
    fn guessed_value(&self, row: &MapperRow) -> RowValue {
        let value = self.guess(row).map(|guess| {
            let values = guess.value.iter().filter(|value| **value != Value::Null);
            values.map(short).collect::<Vec<_>>().join(", ")
        });
        value.filter(|value| !value.is_empty()).map_or(RowValue::Unmapped, RowValue::Guess)
    }

    /// The best guess for a row.
    pub fn guess(&self, row: &MapperRow) -> Option<&Guess> {
        self.guesses.iter().find(|guess| guess.table == row.table && guess.key == row.key)
    }

    /// Adds the sure guesses for the fields of the items of a table, if the guessed items are the
    /// ones of the mapping.
    pub fn fill_items(&mut self, table: MappingTable) {
        let each = self.definition.expression(table, EACH).map(str::to_owned);
        let is_same = |guess: &&Guess| {
            guess.table == table && guess.key == EACH && Some(&guess.expression) == each.as_ref()
        };
        if !self.guesses.iter().any(|guess| is_same(&guess)) {
            return;
        }
        for guess in &self.guesses {
            let is_open = guess.table == table && self.definition.expression(table, &guess.key).is_none();
            if guess.is_sure && is_open {
                self.definition.set(table, &guess.key, Some(&guess.expression));
            }
        }
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

    /// How many of the required fields have a value, and how many there are.
    pub fn required(&self) -> (usize, usize) {
        let required: Vec<_> = self.rows.iter().filter(|row| row.is_required && row.depth == 0).collect();
        let filled = required.iter().filter(|row| matches!(self.value(row), RowValue::Value(_))).count();
        (filled, required.len())
    }

    /// Scrolls and moves in the pane with the focus.
    pub fn move_by(&mut self, steps: isize) {
        if self.is_in_tree {
            self.tree.move_by(steps);
        } else {
            self.focus = moved(self.focus, steps, self.rows.len());
        }
    }

    /// The place of the focused value in the run.
    pub fn chosen(&self) -> Option<Pointer> {
        self.tree.focused().map(|line| line.at.clone())
    }
}

/// An index moved by a number of steps, within a length.
fn moved(index: usize, steps: isize, length: usize) -> usize {
    index.saturating_add_signed(steps).min(length.saturating_sub(1))
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

/// The name of a row with its table.
fn path(row: &MapperRow) -> String {
    MappingEntry { table: row.table, key: row.key.clone(), expression: String::new(), line: 0 }.path()
}
