//! `import --all`: prints all runs of an input, one per line.

use std::path::Path;

use crate::cli::argument::ImportArguments;
use crate::cli::console::Console;
use crate::cli::load::say_fault;
use crate::cli::source::{InputSource, say_notes};
use crate::cli::{Exit, redaction};
use crate::document::write_compact;
use crate::import::{self, ListedRun, RunList};
use crate::text;
use crate::world::{World, mapping};

/// The maximum number of runs listed in a note.
const MOST_LISTED: usize = 5;

/// Prints all readable runs, and reports the others.
pub(super) fn print(
    arguments: &ImportArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let source = InputSource::read(world, &arguments.file)?;
    let listed = match super::chosen_mapping(arguments, world)? {
        Some(mapping) => match import::list_mapped_runs(&source.text, &mapping) {
            Ok(list) => Some(list),
            Err(fault) => {
                say_fault(&source.shown_with(&fault), &fault);
                return Ok(Exit::Faulty);
            }
        },
        None => import::list_runs(&source.text, &mapping::load(world)),
    };
    let Some(RunList { runs, unread, .. }) = listed else { return refuse(source, &arguments.file) };
    let mut failed = 0;
    for run in &runs {
        match &run.read {
            Ok(imported) => {
                super::expect(&arguments.from, imported)?;
                let (document, is_redacted) = redaction::redact_document(imported.document.clone());
                if is_redacted {
                    console.note_redaction();
                }
                console.data(&write_compact(&document))?;
            }
            Err(fault) => {
                failed += 1;
                Console::say(format!("error: run {}: {}.", label(run), text::visible(&fault.to_string())));
            }
        }
    }
    for sentence in &unread {
        Console::say(format!("error: {}.", redaction::without_parts(sentence)));
    }
    say_notes(&notes(&runs));
    failed += unread.len();
    Console::say(match failed {
        0 => format!("{} printed.", text::count(runs.len(), "run", "runs")),
        _ => format!(
            "{} printed, {} not.",
            text::count(runs.len() + unread.len() - failed, "run", "runs"),
            text::count(failed, "value", "values")
        ),
    });
    Ok(if failed == 0 { Exit::Done } else { Exit::Faulty })
}

/// Refuses an input without CI runs, with the reason.
fn refuse(source: InputSource, file: &Path) -> anyhow::Result<Exit> {
    match import::import(&source.text) {
        Ok(imported) => anyhow::bail!(
            "--all prints CI runs, but this is {}. Run the command without --all.",
            text::visible(&imported.described())
        ),
        Err(fault) => {
            say_fault(&source.shown_with(&fault), &fault);
            super::say_way(file, &fault);
            Ok(Exit::Faulty)
        }
    }
}

/// The notes of all runs without repetition; a note on some runs lists their numbers.
fn notes(runs: &[ListedRun]) -> Vec<String> {
    let mut order: Vec<(&str, Vec<&ListedRun>)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    let read = runs.iter().filter_map(|run| Some((run, run.read.as_ref().ok()?)));
    for (run, imported) in read {
        for note in &imported.notes {
            let place = *places.entry(note.as_str()).or_insert(order.len());
            match order.get_mut(place) {
                Some((_, about)) => about.push(run),
                None => order.push((note, vec![run])),
            }
        }
    }
    let sentence = |(note, about): (&str, Vec<&ListedRun>)| {
        if about.len() == runs.len() {
            return note.to_owned();
        }
        let more = about.len().saturating_sub(MOST_LISTED);
        let labels: Vec<_> = about.iter().take(MOST_LISTED).map(|run| label(run)).collect();
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let noun = if about.len() == 1 { "Run" } else { "Runs" };
        format!("{noun} {}{more}: {note}", labels.join(", "))
    };
    order.into_iter().map(sentence).collect()
}

fn label(run: &ListedRun) -> String {
    text::visible(run.number.as_deref().unwrap_or("without a number")).into_owned()
}
