//! The mapper: maps the JSON of a tool to the fields of a run, with one example in view.

use std::sync::Arc;

use crate::app::editor::Editor;
use crate::app::pasted::Pasted;
use crate::check::Problem;
use crate::document::{self, Pointer, Value, write_pretty};
use crate::import::mapping::{
    self, Definition, EACH, Guess, MappedRun, MappedValues, Mapping, MappingFault, MappingTable, RUNS,
};

mod help;
mod rows;
mod tree;
mod value;
mod work;

pub use help::{HELP_COLUMNS, INTRODUCTION, KEY_HELP, about, help_rows};
pub use tree::{SourceTree, TreeLine};
pub use value::{RowValue, short};
pub use work::{evaluate, read};

/// The name of a mapping of this session that has no file.
pub const UNSAVED: &str = "unsaved mapping";

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
    /// The mapping for which the runs of the text are being found.
    pub finds_runs: Option<Definition>,
    /// What the import of the run waits for, if it was requested.
    pub imports_after: Option<ImportAfter>,
}

/// What a requested import waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportAfter {
    /// The end of the evaluation.
    Evaluation,
    /// The save of the mapping.
    Save,
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
            finds_runs: None,
            imports_after: None,
        };
        mapper.refresh();
        mapper.focus_next_open(0);
        mapper
    }

    /// Takes the runs that a changed mapping found in the text, and what was guessed from them.
    pub fn found_runs(&mut self, learned: Learned) {
        let is_same = self.finds_runs.take().as_ref() == Some(&self.definition);
        self.runs = learned.runs;
        self.guesses = learned.guesses;
        if is_same {
            self.definition = learned.definition;
        }
        self.refresh();
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

    /// The mapping with the expression that is being typed.
    pub fn typed_definition(&self) -> Definition {
        let mut definition = self.definition.clone();
        if let (Some(editor), Some(row)) = (&self.editor, self.focused()) {
            let typed = editor.text();
            definition.set(row.table, &row.key, Some(typed.trim()).filter(|typed| !typed.is_empty()));
        }
        definition
    }

    /// Whether the file of the mapping has its current content.
    pub fn is_saved(&self) -> bool {
        self.saved.as_ref().is_some_and(|(_, saved)| *saved == self.definition)
    }

    /// A name for the file of the mapping: from the name of the tool, if it is known.
    pub fn suggested_name(&self) -> String {
        const DEFAULT: &str = "my-tool";
        let lower = self.definition.label.to_lowercase();
        let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let label = words.collect::<Vec<_>>().join("-");
        let of_whole = || document::read(&self.source.0).ok().and_then(|whole| mapping::tool_name(&whole));
        let name = Some(label).filter(|label| !label.is_empty());
        name.or_else(|| mapping::tool_name(&self.run)).or_else(of_whole).unwrap_or_else(|| DEFAULT.to_owned())
    }

    /// The name of a list whose items may be the runs, while nothing is mapped.
    pub fn possible_runs(&self) -> Option<&str> {
        let is_new = self.definition.entries.iter().all(|entry| entry.table == MappingTable::Top);
        let has_runs = self.runs.len() > 1 || self.definition.expression(MappingTable::Top, RUNS).is_some();
        let is_list = |value: &Value| {
            value.as_array().is_some_and(|items| items.iter().any(|item| item.as_object().is_some()))
        };
        let object = self.run.as_object().filter(|_| is_new && !has_runs)?;
        object.iter().find(|(_, value)| is_list(value)).map(|(key, _)| key)
    }

    /// Focuses the next required row without an expression, or with a word that SEI does not know,
    /// from an index on and then from the first; else the row at the index.
    pub fn focus_next_open(&mut self, from: usize) {
        let is_open = |row: &MapperRow| {
            row.is_required
                && (self.expression(row).is_none() || matches!(self.value(row), RowValue::UnknownWord(_)))
        };
        let rows = || self.rows.iter().enumerate();
        let next = rows().skip(from).chain(rows().take(from)).find(|(_, row)| is_open(row));
        self.focus = next.map_or(from, |(index, _)| index).min(self.rows.len().saturating_sub(1));
    }

    /// The mapping with the current expressions, under its name.
    pub fn mapping(&self) -> Arc<Mapping> {
        let id = self.saved.as_ref().map_or("mapping", |(id, _)| id);
        Arc::new(Mapping::of(id, self.definition.clone()))
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
