//! The work of a mapper that takes long: reading a text, and evaluating a mapping.

use super::{Learned, UNSAVED};
use crate::app::message::MappedText;
use crate::document::Value;
use crate::import::mapping::{
    self, DETECT, Definition, Guess, MappedRun, MappedValues, Mapping, MappingFault, MappingSet,
    MappingSuggestion, MappingTable,
};
use crate::import::{self, ImportError};

/// Reads JSON with the mappings; unknown JSON gets a guessed mapping, and so does a known run with
/// `edits`; a set with one mapping edits that one. A fault is a sentence.
pub fn read(text: &str, mappings: &MappingSet, edits: bool) -> Result<MappedText, String> {
    let document = import::json(text).map_err(|fault| format!("This is not JSON: {fault}."))?;
    let edited = if edits { mappings.find(&document).or_else(|| mappings.single()) } else { None };
    if let Some(mapping) = edited {
        // The mapping is opened to correct it: it may not recognize its own runs.
        let runs = mapping.runs(&document).ok().filter(|runs| !runs.is_empty());
        let runs = runs.unwrap_or_else(|| vec![document.clone()]);
        let saved = (!mapping.is_builtin && mapping.id != UNSAVED).then(|| mapping.id.clone());
        let suggestion = runs.first().map(mapping::suggest);
        let mut definition = mapping.definition.clone();
        if let Some(suggestion) = suggestion.as_ref().filter(|_| mapping.id == UNSAVED) {
            fill(&mut definition, suggestion, runs.iter().any(|run| mapping.detects(run)));
        }
        let guesses = suggestion.map(|suggestion| suggestion.guesses).unwrap_or_default();
        return learned(runs, definition, (saved, guesses));
    }
    match import::import_with(text, &[], mappings) {
        Ok(imported) => Ok(MappedText::Known(Box::new(imported), import::list_runs(text, mappings))),
        Err(fault @ ImportError::Mapping { .. }) => Err(format!("This cannot be imported: {fault}.")),
        Err(_) => {
            let suggestion = mapping::suggest(&document);
            let definition = suggestion.definition("");
            let runs = Mapping::of("mapping", definition.clone()).runs(&document);
            let runs = runs.ok().filter(|runs| !runs.is_empty()).unwrap_or_else(|| vec![document]);
            learned(runs, definition, (None, suggestion.guesses))
        }
    }
}

/// Adapts a new mapping to the runs of its example: it recognizes them, and where it maps nothing
/// yet, it gets the sure guesses.
fn fill(definition: &mut Definition, suggestion: &MappingSuggestion, detects: bool) {
    if !detects {
        definition.set(MappingTable::Top, DETECT, Some(&suggestion.detect.expression));
    }
    if definition.entries.iter().all(|entry| entry.table == MappingTable::Top) {
        for guess in suggestion.guesses.iter().filter(|guess| guess.is_sure) {
            definition.set(guess.table, &guess.key, Some(&guess.expression));
        }
    }
}

fn learned(
    runs: Vec<Value>,
    definition: Definition,
    (saved, guesses): (Option<String>, Vec<Guess>),
) -> Result<MappedText, String> {
    if runs.is_empty() {
        return Err("The mapping finds no run in this JSON.".to_owned());
    }
    Ok(MappedText::Unknown(Learned { runs: runs.into(), definition, saved, guesses }))
}

/// Evaluates a mapping on a run: the mapping, its outputs and the payload, or all faults.
pub fn evaluate(
    definition: Definition,
    run: &Value,
) -> Result<Box<(Definition, MappedValues, MappedRun)>, Vec<MappingFault>> {
    let mapping = Mapping::of("mapping", definition.clone());
    let faults = mapping.faults();
    if !faults.is_empty() {
        return Err(faults);
    }
    let values = mapping.values(run)?;
    let mapped = mapping.mapped(values.clone());
    Ok(Box::new((definition, values, mapped)))
}
