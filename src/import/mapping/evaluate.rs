//! Evaluation of a mapping on a run: the outputs of each expression.

use jaq_json::Val;

use super::definition::{Definition, EACH, MappingEntry, MappingTable};
use super::fault::MappingFault;
use super::program::{self, Outputs, Program, Uncompiled};
use super::value;
use crate::document::Value;

/// The outputs of a mapping for one run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MappedValues {
    /// The outputs for each field of the run.
    pub fields: Vec<MappedOutput>,
    /// The items of each table that has items, apart from steps.
    pub tables: Vec<(MappingTable, Result<Vec<MappedItem>, String>)>,
}

/// The outputs of the expression of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct MappedOutput {
    /// The index of the entry in [`Definition::entries`].
    pub entry: usize,
    /// The outputs, or what is wrong, as a clause after the expression.
    pub outputs: Outputs,
}

/// An item of a table: a stage, a step, an artifact, a parameter or a trigger.
#[derive(Debug, Clone, PartialEq)]
pub struct MappedItem {
    /// The outputs for each field of the item.
    pub fields: Vec<MappedOutput>,
    /// The steps of a stage; `None` where the mapping has no steps.
    pub steps: Option<Result<Vec<Self>, String>>,
}

/// The expressions of a mapping that read one run, compiled.
#[derive(Clone)]
pub(super) struct RunProgram {
    program: Program,
    fields: Vec<usize>,
    tables: Vec<ItemTable>,
}

/// A table with items: the indices of its entries.
#[derive(Clone)]
struct ItemTable {
    table: MappingTable,
    each: usize,
    fields: Vec<usize>,
    steps: Option<(usize, Vec<usize>)>,
}

impl RunProgram {
    pub(super) fn compile(definition: &Definition) -> Result<Self, Vec<MappingFault>> {
        let indices = |table: MappingTable| {
            let entries = definition.entries.iter().enumerate();
            let own = entries.filter(move |(_, entry)| entry.table == table && entry.key != EACH);
            own.map(|(index, _)| index).collect::<Vec<_>>()
        };
        let each = |table: MappingTable| {
            definition.entries.iter().position(|entry| entry.table == table && entry.key == EACH)
        };
        let fields = indices(MappingTable::Fields);
        let tables: Vec<_> = MappingTable::RECORDS
            .into_iter()
            .filter(|table| table.has_items() && *table != MappingTable::Step)
            .filter_map(|table| {
                let steps = each(MappingTable::Step).filter(|_| table == MappingTable::Stage);
                let steps = steps.map(|each| (each, indices(MappingTable::Step)));
                Some(ItemTable { table, each: each(table)?, fields: indices(table), steps })
            })
            .collect();
        let expressions: Vec<_> = definition.entries.iter().map(|entry| entry.expression.as_str()).collect();
        let main = main(&fields, &tables);
        match Program::compile(&expressions, &main) {
            Ok(program) => Ok(Self { program, fields, tables }),
            Err(faults) => {
                Err(faults.into_iter().filter_map(|fault| of(&definition.entries, fault)).collect())
            }
        }
    }

    /// Evaluates all expressions on a run.
    pub(super) fn run(&self, run: &Value) -> Result<MappedValues, String> {
        let result = self.program.run(&value::to_jq(run), run.node_count())?;
        let mut results = program::items(&result)?.iter();
        let fields = outputs(results.next(), &self.fields);
        let tables = self.tables.iter().map(|table| {
            let items = results.next().map_or(Ok(&[] as &[Val]), program::items);
            (table.table, items.map(|items| items.iter().map(|item| table.item(item)).collect()))
        });
        Ok(MappedValues { fields, tables: tables.collect() })
    }
}

impl ItemTable {
    fn item(&self, item: &Val) -> MappedItem {
        let parts = program::items(item).unwrap_or_default();
        let steps = self.steps.as_ref().map(|(_, fields)| {
            let steps = parts.get(1).map_or(Ok(&[] as &[Val]), program::items);
            steps.map(|steps| {
                let step = |step: &Val| MappedItem { fields: outputs(Some(step), fields), steps: None };
                steps.iter().map(step).collect()
            })
        });
        MappedItem { fields: outputs(parts.first(), &self.fields), steps }
    }
}

fn outputs(collected: Option<&Val>, entries: &[usize]) -> Vec<MappedOutput> {
    let collected = collected.and_then(|list| program::items(list).ok()).unwrap_or_default();
    let output = |(entry, collected): (&usize, &Val)| MappedOutput {
        entry: *entry,
        outputs: program::outputs(collected),
    };
    entries.iter().zip(collected).map(output).collect()
}

fn of(entries: &[MappingEntry], fault: Uncompiled) -> Option<MappingFault> {
    Some(MappingFault::of_entry(entries.get(fault.index)?, fault.why))
}

/// The main expression: a list with the outputs of all fields, then the items of each table.
fn main(fields: &[usize], tables: &[ItemTable]) -> String {
    let all = |fields: &[usize]| {
        let calls: Vec<_> = fields.iter().map(|index| program::outputs_of(*index)).collect();
        format!("[{}]", calls.join(", "))
    };
    let mut parts = vec![all(fields)];
    for table in tables {
        let steps = table
            .steps
            .as_ref()
            .map_or_else(|| "[]".to_owned(), |(each, fields)| program::items_of(*each, &all(fields)));
        parts
            .push(program::items_of(table.each, &format!(". as $stage | [{}, {steps}]", all(&table.fields))));
    }
    format!(". as $run | null as $stage | [{}]", parts.join(", "))
}
