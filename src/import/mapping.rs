//! Mappings: files that describe the JSON of a tool, with one jq expression for each field.
//!
//! `definition` reads and writes the file, `program` compiles its expressions, `restrict` and
//! `budget` bound their work, `function` has the functions next to those of jq, `evaluate`
//! runs them, and `document` makes the payload. Built-in mappings are files of the same format in
//! `assets/mappings`. A mapping sees only the run: it reads no file, variable or clock.

use std::sync::OnceLock;

use jaq_json::Val;

use super::{ImportError, ImportKind, Imported, ListedRun, RunList, ci};
use crate::catalog::FieldRole;
use crate::document::Value;
use crate::text;
use crate::time::Timestamp;

mod budget;
mod definition;
mod document;
mod evaluate;
mod fault;
mod function;
mod pick;
mod program;
mod restrict;
mod result_word;
mod schema;
mod set;
mod suggest;
mod value;

pub use definition::{DETECT, Definition, EACH, MappingEntry, MappingTable, RUNS};
pub use document::MappedRun;
pub use evaluate::{MappedItem, MappedOutput, MappedValues};
pub use fault::MappingFault;
pub use function::{FUNCTIONS, MappingFunction};
pub use pick::{first_item, pick};
pub use result_word::{RESULTS, is_result, translates, unknown_result, with_result};
pub use schema::schema;
pub use set::{MappingSet, UnreadMapping};
pub use suggest::{Guess, MappingSuggestion, candidates, path_expression, suggest, tool_name};

use evaluate::RunProgram;
use program::Program;

/// A mapping that can read runs.
pub struct Mapping {
    /// The name for commands: the name of its file without the ending.
    pub id: String,
    /// Whether it comes with the program.
    pub is_builtin: bool,
    /// The content of its file.
    pub definition: Definition,
    /// The text of its file.
    pub source: String,
    /// Compiled on first use.
    entry: OnceLock<EntryProgram>,
    run: OnceLock<Result<RunProgram, Vec<MappingFault>>>,
}

/// The runs of a document that are looked at to recognize it.
const LOOKED_AT: usize = 3;

/// A value that mappings may recognize, converted once for all of them.
struct DetectedValue {
    value: Val,
    count: usize,
}

impl DetectedValue {
    /// An object, or the first objects of a list.
    fn all(value: &Value) -> Vec<Self> {
        let of = |value: &Value| Self { value: value::to_jq(value), count: value.node_count() };
        match value {
            Value::Array(items) => {
                items.iter().take(LOOKED_AT).filter(|item| item.as_object().is_some()).map(of).collect()
            }
            Value::Object(_) => vec![of(value)],
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => Vec::new(),
        }
    }
}

/// The expressions that find the runs of a document and recognize them.
struct EntryProgram(Result<Program, Vec<MappingFault>>);

impl Mapping {
    /// Reads the text of a mapping file; compiles no expression.
    pub fn read(id: &str, source: &str) -> Result<Self, Vec<MappingFault>> {
        Ok(Self::new(id, Definition::read(source)?, source))
    }

    /// A mapping with a definition.
    pub fn of(id: &str, definition: Definition) -> Self {
        let source = definition.write();
        Self::new(id, definition, &source)
    }

    fn new(id: &str, definition: Definition, source: &str) -> Self {
        Self {
            id: id.to_owned(),
            is_builtin: false,
            definition,
            source: source.to_owned(),
            entry: OnceLock::new(),
            run: OnceLock::new(),
        }
    }

    /// The name of the tool.
    pub fn label(&self) -> &str {
        &self.definition.label
    }

    /// All faults of its expressions; none where each can be compiled.
    pub fn faults(&self) -> Vec<MappingFault> {
        let mut faults: Vec<_> = self.entry_program().err().into_iter().flatten().cloned().collect();
        faults.extend(self.run_program().err().into_iter().flatten().cloned());
        faults.dedup();
        faults
    }

    fn run_program(&self) -> Result<&RunProgram, &Vec<MappingFault>> {
        self.run.get_or_init(|| RunProgram::compile(&self.definition)).as_ref()
    }

    /// The program whose result is a list: whether the input is a run, and the runs in the input.
    fn entry_program(&self) -> Result<&Program, &Vec<MappingFault>> {
        let compile = || {
            let entries = &self.definition.entries;
            let find =
                |key: &str| entries.iter().find(|entry| entry.table == MappingTable::Top && entry.key == key);
            let (detect, runs) = (find(DETECT), find(RUNS));
            let expression = |entry: Option<&MappingEntry>, missing: &'static str| {
                entry.map_or(missing.to_owned(), |entry| entry.expression.clone())
            };
            let expressions = [expression(detect, "false"), expression(runs, ".")];
            let expressions: Vec<&str> = expressions.iter().map(String::as_str).collect();
            let main = format!(
                "null as $run | null as $stage | [{}, {}]",
                program::outputs_of(0),
                program::runs_of(1)
            );
            Program::compile(&expressions, &main).map_err(|faults| {
                let entry = |index| if index == 0 { detect } else { runs };
                faults
                    .into_iter()
                    .filter_map(|fault| Some(MappingFault::of_entry(entry(fault.index)?, fault.why)))
                    .collect()
            })
        };
        self.entry.get_or_init(|| EntryProgram(compile())).0.as_ref()
    }

    /// Whether a value is a run of the tool, and the runs in the value.
    fn entries(&self, value: &Val, count: usize) -> Result<(bool, Vec<Val>), MappingFault> {
        let fault = |why: String| {
            let entry = self
                .definition
                .entries
                .iter()
                .find(|entry| entry.table == MappingTable::Top && entry.key == RUNS);
            match entry {
                Some(entry) => MappingFault::of_entry(entry, why),
                None => MappingFault::of_line(0, format!("{RUNS} {why}.")),
            }
        };
        let program = self
            .entry_program()
            .map_err(|faults| faults.first().cloned().unwrap_or_else(|| fault(String::new())))?;
        let result = program.run(value, count).map_err(fault)?;
        let parts = program::items(&result).map_err(fault)?;
        let detected = parts.first().and_then(|detected| program::outputs(detected).ok()).unwrap_or_default();
        let runs = parts.get(1).map_or(Ok(&[] as &[_]), program::runs).map_err(fault)?;
        let is_run = detected.first() == Some(&Value::Bool(true));
        Ok((is_run, runs.iter().filter(|run| **run != Val::Null).cloned().collect()))
    }

    /// Whether a value is a run of the tool, or holds such runs.
    pub fn detects(&self, value: &Value) -> bool {
        self.detects_one(&DetectedValue::all(value))
    }

    fn detects_one(&self, values: &[DetectedValue]) -> bool {
        let is_known = |value: &DetectedValue| {
            self.entries(&value.value, value.count).is_ok_and(|(is_run, runs)| {
                let mut others = runs.iter().filter(|run| **run != value.value).take(LOOKED_AT);
                is_run || others.any(|run| self.entries(run, value.count).is_ok_and(|(is_run, _)| is_run))
            })
        };
        self.definition.expression(MappingTable::Top, DETECT).is_some() && values.iter().any(is_known)
    }

    /// What is wrong with the expression that recognizes a run, as a clause.
    pub fn detect_fault(&self, value: &Value) -> Option<String> {
        let program = self.entry_program().ok()?;
        let result = program.run(&value::to_jq(value), value.node_count());
        match result.as_ref().map(program::items) {
            Ok(Ok(parts)) => program::outputs(parts.first()?).err(),
            Ok(Err(why)) => Some(why),
            Err(why) => Some(why.clone()),
        }
    }

    /// The runs of a document.
    pub fn runs(&self, value: &Value) -> Result<Vec<Value>, MappingFault> {
        if let Value::Array(items) = value {
            let runs: Result<Vec<_>, _> = items.iter().map(|item| self.runs(item)).collect();
            return Ok(runs?.concat());
        }
        if self.definition.expression(MappingTable::Top, RUNS).is_none() {
            return Ok(if *value == Value::Null { Vec::new() } else { vec![value.clone()] });
        }
        let (_, runs) = self.entries(&value::to_jq(value), value.node_count())?;
        Ok(runs.iter().map(value::from_jq).collect())
    }

    /// The outputs of all expressions for a run.
    pub fn values(&self, run: &Value) -> Result<MappedValues, Vec<MappingFault>> {
        let program = self.run_program().map_err(Clone::clone)?;
        program.run(run).map_err(|why| vec![MappingFault::of_line(0, format!("The mapping {why}."))])
    }

    /// The payload of a run.
    pub fn map(&self, run: &Value) -> Result<MappedRun, Vec<MappingFault>> {
        Ok(self.mapped(self.values(run)?))
    }

    /// The payload from the outputs of all expressions.
    pub fn mapped(&self, values: MappedValues) -> MappedRun {
        document::document(&self.definition, values)
    }

    /// Imports the newest run of a document, or the one with a number.
    pub fn import(&self, value: &Value, number: Option<&str>) -> Result<Imported, ImportError> {
        let list = self.list(value)?;
        let count = list.runs.len();
        let shown =
            |run: &ListedRun| text::visible(run.number.as_deref().unwrap_or("without a number")).into_owned();
        let chosen = match number {
            None => list.runs.into_iter().nth(list.newest),
            Some(wanted) => {
                let is_wanted =
                    |run: &ListedRun| run.number.as_deref() == Some(wanted.trim().trim_start_matches('#'));
                let known: Vec<_> = list.runs.iter().filter_map(|run| run.number.clone()).collect();
                let Some(place) = list.runs.iter().position(is_wanted) else {
                    return Err(ImportError::NoSuchRun {
                        wanted: wanted.to_owned(),
                        known: ci::listed(known),
                    });
                };
                list.runs.into_iter().nth(place)
            }
        };
        let Some(chosen) = chosen else { return Err(ImportError::NoMappedRun(self.label().to_owned())) };
        let note =
            (number.is_none() && count > 1).then(|| ci::newest_note(count, chosen.is_over, &shown(&chosen)));
        let imported = chosen.read?;
        if !is_run(&imported.document) {
            return Err(ImportError::NoMappedRun(self.label().to_owned()));
        }
        let notes = note.into_iter().chain(imported.notes).collect();
        Ok(Imported { notes, ..imported })
    }

    /// All runs of a document.
    pub fn list(&self, value: &Value) -> Result<RunList, ImportError> {
        let runs = self.runs(value).map_err(|fault| self.refusal(&[fault]))?;
        let runs: Vec<_> = runs.iter().map(|run| self.listed(run)).collect();
        let rank = |(index, run): &(usize, &ListedRun)| (run.is_over, run.start, std::cmp::Reverse(*index));
        let newest = runs.iter().enumerate().max_by_key(rank).map_or(0, |(index, _)| index);
        Ok(RunList { runs, newest, unread: Vec::new() })
    }

    fn listed(&self, run: &Value) -> ListedRun {
        let read = self.map(run).map_err(|faults| self.refusal(&faults)).map(|mapped| self.imported(mapped));
        let document = read.as_ref().ok().map(|imported| &imported.document);
        let field = |role: FieldRole| document.and_then(|document| document.as_object()?.get(role.name()));
        let text = |role: FieldRole| {
            field(role).and_then(|value| match value {
                Value::Text(text) => Some(text.clone()),
                Value::Number(number) => Some(number.as_str().to_owned()),
                Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
            })
        };
        let result = text(FieldRole::Result);
        ListedRun {
            number: text(FieldRole::BuildNumber).or_else(|| text(FieldRole::ExecutionId)),
            name: text(FieldRole::FullName),
            start: field(FieldRole::StartTime).and_then(Value::as_i64).map(Timestamp::from_millis),
            is_over: result.is_some(),
            result,
            read,
        }
    }

    /// The import of a run that the mapping read.
    pub fn imported(&self, mapped: MappedRun) -> Imported {
        let MappedRun { document, faults } = mapped;
        let mut notes: Vec<_> = faults
            .iter()
            .map(|fault| format!("Not imported: {}", text::visible(&fault.to_string())))
            .collect();
        notes.push(ci::run::missing_in(&document));
        Imported {
            notes,
            tool: Some(if self.label().is_empty() { "an unnamed tool" } else { self.label() }.to_owned()),
            ..Imported::bare(document, ImportKind::Mapped)
        }
    }

    fn refusal(&self, faults: &[MappingFault]) -> ImportError {
        ImportError::Mapping {
            name: self.id.clone(),
            faults: faults.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Whether a mapped document has a value that says something about a run.
fn is_run(document: &Value) -> bool {
    let telling = [
        FieldRole::Pipeline,
        FieldRole::Result,
        FieldRole::StartTime,
        FieldRole::Duration,
        FieldRole::BuildNumber,
        FieldRole::StageTree,
    ];
    let object = document.as_object();
    object.is_some_and(|object| telling.iter().any(|role| object.contains(role.name())))
}

impl std::fmt::Debug for Mapping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mapping")
            .field("id", &self.id)
            .field("definition", &self.definition)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Mapping {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.is_builtin == other.is_builtin && self.source == other.source
    }
}
