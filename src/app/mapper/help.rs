//! The texts that explain the mapper.

use super::MapperRow;
use crate::import::mapping::{DETECT, FUNCTIONS, MappingTable, RUNS};
use crate::text;

/// The keys of the mapper with what they do; actions in braces are replaced by their keys.
pub const KEY_HELP: [(&str, &str); 12] = [
    ("{up} {down}", "Go to another field, or to another value of the source"),
    ("{enter}", "Choose a value of the source for the field; in the source, map the value"),
    ("Space", "Take the guess that a field shows as “maybe”; on a result, set a word of the tool"),
    ("type", "Type a jq expression; the functions below also work in it"),
    ("{delete-line}", "Start with an empty expression; an empty expression removes the field"),
    ("{next}", "Switch between the fields and the source"),
    ("{left} {right}", "In the source, collapse or expand a value"),
    ("{first} {last}", "Go to the first or the last row"),
    ("{previous-tab} {next-tab}", "Show another run of the JSON"),
    ("{send}", "Import the run"),
    ("{save}", "Save the mapping; later runs of the tool are imported with it"),
    ("{cancel}", "Go back to the fields, or close the mapper"),
];

/// The columns of the keys and functions, with the gap after them.
pub const HELP_COLUMNS: usize = 20;

/// The most rows of the help at a width, with keys as long as the names of their actions.
pub fn help_rows(columns: usize) -> usize {
    let wrapped = |words: &str| text::wrap(words, columns.saturating_sub(HELP_COLUMNS)).len();
    let keys: usize = KEY_HELP.iter().map(|(_, words)| wrapped(words)).sum();
    let functions: usize = FUNCTIONS.iter().map(|function| wrapped(function.about)).sum();
    text::wrap(INTRODUCTION, columns).len() + keys + functions + HEADINGS
}

/// What the mapper is for.
pub const INTRODUCTION: &str = "The mapper reads the JSON of a tool into the fields of a run. Map the fields with *,                                 save the mapping, import the run.";

/// The headings and blank lines of the help.
const HEADINGS: usize = 4;

/// What a row without a field of the run is for, as a sentence.
pub fn about(row: &MapperRow) -> Option<&'static str> {
    if row.table != MappingTable::Top {
        return None;
    }
    match row.key.as_str() {
        DETECT => {
            Some("True for the runs of this tool: the saved mapping imports the JSON for which it is true.")
        }
        RUNS => Some(
            "The runs in the whole JSON: choose their list, or type .items[]. Without it, the JSON is one run.",
        ),
        _ => None,
    }
}
