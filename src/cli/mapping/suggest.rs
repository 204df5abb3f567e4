//! `mappings suggest`: guesses a mapping from the JSON of one run.

use std::path::Path;

use toml_edit::{Key, Value as TomlValue};

use crate::catalog::FieldRole;
use crate::cli::console::Console;
use crate::cli::load::say_fault;
use crate::cli::source::InputSource;
use crate::cli::{Exit, redaction};
use crate::document::{Value, write_compact};
use crate::import::mapping::{EACH, Guess, Mapping, MappingSuggestion, MappingTable};
use crate::import::{self, mapping};
use crate::text;
use crate::world::World;

/// Fields that each mapping needs to give SEI a run of its own.
const NEEDED: [FieldRole; 5] = [
    FieldRole::Pipeline,
    FieldRole::Result,
    FieldRole::StartTime,
    FieldRole::Duration,
    FieldRole::BuildNumber,
];

pub(super) fn suggest(
    file: &Path,
    label: &str,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let source = InputSource::read(world, file)?;
    let document = match import::json(&source.text) {
        Ok(document) => document,
        Err(fault) => {
            say_fault(&source.shown_with(&fault), &fault);
            return Ok(Exit::Faulty);
        }
    };
    anyhow::ensure!(
        matches!(document, Value::Object(_) | Value::Array(_)),
        "This is {}. A run is an object.",
        document.kind()
    );
    let suggestion = mapping::suggest(&document);
    console.data(lines(&suggestion, label).trim_end())?;
    let sure = suggestion.guesses.iter().filter(|guess| guess.is_sure && guess.key != EACH).count();
    let unsure = suggestion.guesses.iter().filter(|guess| !guess.is_sure).count();
    let folder = crate::world::mapping::folder(world).display().to_string();
    Console::say(format!(
        "{} guessed.{} Check each line, save the text as a file in {}, and run \
         `sei-compose mappings test NAME FILE`.",
        text::count(sure, "field", "fields"),
        match unsure {
            0 => String::new(),
            1 => " 1 more is uncertain and commented out.".to_owned(),
            more => format!(" {more} more are uncertain and commented out."),
        },
        text::visible(&folder)
    ));
    let definition = suggestion.definition(label);
    let faults = Mapping::of("suggestion", definition).faults();
    anyhow::ensure!(faults.is_empty(), "The guessed mapping has a fault: {faults:?}");
    Ok(Exit::Done)
}

/// The text of the mapping file, with the value and the reason of each guess in a comment.
fn lines(suggestion: &MappingSuggestion, label: &str) -> String {
    let mut lines = vec![format!("name = {}", TomlValue::from(label))];
    lines.extend(explained(&suggestion.detect, false));
    let whole = suggestion.runs.expression == ".";
    let runs = Guess { value: Vec::new(), is_sure: !whole, ..suggestion.runs.clone() };
    lines.extend(explained(&runs, false));
    for table in MappingTable::RECORDS {
        let guesses: Vec<&Guess> = suggestion.guesses.iter().filter(|guess| guess.table == table).collect();
        let missing = missing(table, &guesses);
        if guesses.is_empty() && missing.is_empty() {
            continue;
        }
        // A table without a sure list is a comment as a whole.
        let is_comment = table.has_items() && !guesses.iter().any(|guess| guess.key == EACH && guess.is_sure);
        lines.push(String::new());
        lines.push(format!("{}[{}]", if is_comment { "# " } else { "" }, table.name()));
        for guess in guesses {
            lines.extend(explained(guess, is_comment));
        }
        lines.extend(missing);
    }
    lines.join("\n")
}

/// The line of a guess, and the comment above.
fn explained(guess: &Guess, is_comment: bool) -> [String; 2] {
    /// The longest value in a comment, in columns.
    const WIDEST: usize = 72;
    let values: Vec<String> = guess.value.iter().map(write_compact).collect();
    // Redacted before it is cut: a part of a key would not be recognized.
    let all = redaction::redacted(&values.join(", "));
    let shown = match text::cut(&text::visible(&all), WIDEST).into_owned() {
        none if none.is_empty() => none,
        some => format!("{some} ("),
    };
    let end = if shown.is_empty() { "" } else { ")" };
    let mark = if guess.is_sure && !is_comment { "" } else { "# " };
    let line =
        format!("{mark}{} = {}", Key::new(guess.key.as_str()), TomlValue::from(guess.expression.as_str()));
    [format!("# {shown}{}{end}", guess.reason), line]
}

/// Comments for needed fields without a guess.
fn missing(table: MappingTable, guesses: &[&Guess]) -> Vec<String> {
    if table != MappingTable::Fields {
        return Vec::new();
    }
    let is_missing = |role: &FieldRole| !guesses.iter().any(|guess| guess.key == role.name());
    NEEDED
        .into_iter()
        .filter(is_missing)
        .map(|role| format!("# {} = '' (needed; no guess)", role.name()))
        .collect()
}
