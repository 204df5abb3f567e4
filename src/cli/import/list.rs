//! `import --all`: every run of an input, one in each line.

use crate::cli::argument::ImportArguments;
use crate::cli::console::Console;
use crate::cli::load::say_fault;
use crate::cli::source::{InputSource, say_notes};
use crate::cli::{Exit, redaction};
use crate::document::write_compact;
use crate::import::{self, ListedRun, RunList};
use crate::text;
use crate::world::World;

/// A note lists the numbers of so many runs.
const MOST_LISTED: usize = 5;

/// Prints all runs that can be read, and reports the others.
pub(super) fn print(
    arguments: &ImportArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let source = InputSource::read(world, &arguments.file)?;
    let Some(RunList { runs, unread, .. }) = import::list_runs(&source.text) else {
        return refuse(source);
    };
    let mut failed = 0;
    for run in &runs {
        match &run.read {
            Ok(imported) => {
                super::expect(arguments.from, imported)?;
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

/// Says why an input without runs of a CI tool cannot be listed.
fn refuse(source: InputSource) -> anyhow::Result<Exit> {
    match import::import(&source.text) {
        Ok(imported) => anyhow::bail!(
            "--all prints the runs of a CI tool, and this is {}. Run the command without --all.",
            imported.kind.described()
        ),
        Err(fault) => {
            say_fault(&source.shown_with(&fault), &fault);
            Ok(Exit::Faulty)
        }
    }
}

/// The notes of all runs, each once; a note that is not about all runs names those that it is about.
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
        let described = if about.len() == 1 { "Run" } else { "Runs" };
        format!("{described} {}{more}: {note}", labels.join(", "))
    };
    order.into_iter().map(sentence).collect()
}

fn label(run: &ListedRun) -> String {
    text::visible(run.number.as_deref().unwrap_or("without a number")).into_owned()
}
