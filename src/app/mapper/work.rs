//! The work of a mapper that takes long: reading a text, and evaluating a mapping.

use super::{Learned, UNSAVED};
use crate::app::message::MappedText;
use crate::document::Value;
use crate::import::mapping::{
    self, Definition, Guess, MappedRun, MappedValues, Mapping, MappingFault, MappingSet,
};
use crate::import::{self, ImportError};

/// Reads JSON with the mappings; unknown JSON gets a guessed mapping, and so does a known run with
/// `edits`. A fault is a sentence.
pub fn read(text: &str, mappings: &MappingSet, edits: bool) -> Result<MappedText, String> {
    let document = import::json(text).map_err(|fault| format!("This is not JSON: {fault}."))?;
    let known = mappings.find(&document);
    match (known, import::import_with(text, &[], mappings)) {
        (Some(mapping), Ok(_)) if edits => {
            let runs = mapping.runs(&document).map_err(|fault| fault.to_string())?;
            let saved = (!mapping.is_builtin && mapping.id != UNSAVED).then(|| mapping.id.clone());
            let guesses = runs.first().map(|run| mapping::suggest(run).guesses).unwrap_or_default();
            learned(runs, mapping.definition.clone(), (saved, guesses))
        }
        (_, Ok(imported)) => Ok(MappedText::Known(Box::new(imported), import::list_runs(text, mappings))),
        (_, Err(fault @ ImportError::Mapping { .. })) => Err(format!("This cannot be imported: {fault}.")),
        (_, Err(_)) => {
            let suggestion = mapping::suggest(&document);
            let definition = suggestion.definition("");
            let runs = Mapping::of("mapping", definition.clone()).runs(&document);
            let runs = runs.ok().filter(|runs| !runs.is_empty()).unwrap_or_else(|| vec![document]);
            learned(runs, definition, (None, suggestion.guesses))
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
