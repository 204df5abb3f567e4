//! `check`: what is wrong with payloads, for people or for programs.

use super::argument::{CheckArguments, Format};
use super::console::Console;
use super::report::Style;
use super::source::{Source, say_notes};
use super::{Exit, json, report, target};
use crate::check::{self, Context, Counts, Problem};
use crate::document::Value;
use crate::text;
use crate::world::World;
use crate::world::config::{self, Config};

/// Reads the configuration and says what was passed over in it.
pub(super) fn configuration(world: &dyn World) -> anyhow::Result<Config> {
    let config = config::load(world)?;
    say_notes(&config.notes);
    Ok(config)
}

/// The problems of a payload that the user wants to hear of.
pub(super) fn problems(world: &dyn World, config: &Config, payload: &Value) -> Vec<Problem> {
    let context = Context { now: Some(world.now()) };
    let mut problems = check::check(payload, &context);
    problems.retain(|problem| !config.silenced.iter().any(|code| code == problem.code));
    problems
}

/// Checks each file; the worst of them decides how the program ends.
pub(super) fn check(
    arguments: &CheckArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let config = configuration(world)?;
    let meant_for = match &arguments.env {
        Some(name) => format!(" for {}", target::find(&config, name)?.label),
        None => String::new(),
    };
    let mut exit = Exit::Done;
    for file in &arguments.files {
        let source = Source::read(world, file)?;
        let name = (arguments.files.len() > 1).then(|| source.label.clone());
        let (text, counts) = match source.load() {
            Ok(loaded) => {
                say_notes(&loaded.imported.notes);
                let problems = problems(world, &config, &loaded.imported.document);
                let counts = check::count(&problems);
                let text = match arguments.format {
                    Format::Human => {
                        let report = report::problems(&loaded, &problems, Style::of(console));
                        let summary = report::summary(counts);
                        format!("{report}{}{meant_for}: {summary}\n", text::visible(&loaded.source.label))
                    }
                    Format::Json => json::line(&json::Report::new(name.as_deref(), &problems))?,
                };
                (text, counts)
            }
            Err((source, fault)) => {
                let text = match arguments.format {
                    Format::Human => {
                        let report = report::import_fault(&source, &fault, Style::of(console));
                        format!("{report}\n{}{meant_for}: 1 error\n", text::visible(&source.label))
                    }
                    Format::Json => json::line(&json::Report::of_fault(name.as_deref(), &fault))?,
                };
                (text, Counts { errors: 1, ..Counts::default() })
            }
        };
        console.print(&text)?;
        if counts.errors > 0 || (arguments.strict && counts.warnings > 0) {
            exit = Exit::Faulty;
        }
    }
    Ok(exit)
}
