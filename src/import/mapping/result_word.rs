//! Result words that only the user knows, and expressions that translate them.

use super::definition::MappingTable;
use super::suggest::quoted;
use crate::catalog::FieldRole;
use crate::document::Value;
use crate::import::ci::word::{ResultWord, RunEnd};

/// The words of SEI for a result.
pub const RESULTS: [&str; 5] = ["SUCCESS", "FAILURE", "UNSTABLE", "ABORTED", "NOT_BUILT"];

/// Whether a field of a table holds the result of a run, a stage or a step.
pub fn is_result(table: MappingTable, key: &str) -> bool {
    let role = table.record().and_then(|record| record.field(key)?.0.role);
    matches!(role, Some(FieldRole::Result | FieldRole::StageResult))
}

/// The word of a result that SEI does not know; of a stage or a step, the one that import cannot
/// turn into a word of SEI.
pub fn unknown_result(table: MappingTable, value: &Value) -> Option<&str> {
    let word = value.as_text()?;
    let is_known = match table {
        MappingTable::Stage | MappingTable::Step => {
            ResultWord::of_any_tool(word).ending != RunEnd::Unknown || word.trim().is_empty()
        }
        MappingTable::Top
        | MappingTable::Fields
        | MappingTable::Artifact
        | MappingTable::Parameter
        | MappingTable::Trigger => RESULTS.contains(&word),
    };
    (!is_known).then_some(word)
}

/// An expression of a result that also translates a word of the tool: with a new entry in the table
/// at its end, or with a table.
pub fn with_result(expression: &str, word: &str, result: &str) -> String {
    const PLAIN: &str = "result";
    let expression = expression.trim();
    let entry = format!("{}: {}", quoted(word), quoted(result));
    if let Some(start) = expression.strip_suffix("})").map(str::trim_end)
        && let Some((_, table)) = start.rsplit_once("result({")
    {
        let comma = if table.trim().is_empty() { "" } else { ", " };
        return format!("{start}{comma}{entry}}})");
    }
    let before = expression.strip_suffix(PLAIN).map(str::trim_end);
    match before {
        Some(before) if before.is_empty() || before.ends_with('|') => format!("{expression}({{{entry}}})"),
        Some(_) | None => format!("{expression} | {PLAIN}({{{entry}}})"),
    }
}

/// Whether an expression ends in `result`, so that a word of the tool can be added.
pub fn translates(expression: &str) -> bool {
    let expression = expression.trim();
    let is_plain =
        || expression.strip_suffix("result").is_some_and(|before| before.trim_end().ends_with('|'));
    is_plain() || (expression.ends_with("})") && expression.contains("result({"))
}
