//! `simulate`: shows what SEI would make of a run.

use super::argument::{Format, SimulateArguments};
use super::configuration::configuration;
use super::console::Console;
use super::source::LoadedInput;
use super::{Exit, examiner, load, post, redaction, target};
use crate::simulation::{self, JobRecord, Simulation, SimulationFacts};
use crate::text::Visible;
use crate::wire::{Environment, identity};
use crate::world::World;
use crate::world::config::Config;

mod human;
mod json;

/// Simulates a run, and prints the result for people or programs.
pub(super) fn simulate(
    arguments: &SimulateArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let config = configuration(world)?;
    let named = arguments.env.as_deref().map(|name| target::find(&config, name)).transpose()?;
    let Some(loaded) = load::load(world, &arguments.file)? else { return Ok(Exit::Faulty) };
    let environment = named.or_else(|| usual(&config, &loaded));
    let simulation = simulation_of(loaded, world, &config, environment);
    match arguments.format {
        Format::Human => console.print(human::report(&simulation, Console::columns()))?,
        Format::Json => console.print(Visible::rendered(json::report(&simulation)?))?,
    }
    Ok(Exit::Done)
}

/// The environment of the draft, then the configured default.
fn usual<'c>(config: &'c Config, loaded: &LoadedInput) -> Option<&'c Environment> {
    let of_draft = loaded.imported.environment.as_deref().and_then(|id| config.environment(id));
    of_draft.or_else(|| config.environment(config.default_environment.as_deref()?))
}

fn simulation_of(
    loaded: LoadedInput,
    world: &dyn World,
    config: &Config,
    environment: Option<&Environment>,
) -> Simulation {
    // Quoted values are cut: redact keys first, because a cut key is not recognized.
    let (run, _) = redaction::redact_document(loaded.imported.document);
    let journal = post::recent(world);
    let sent: Vec<_> = journal.sent_runs().collect();
    let context = examiner::context(world, config, environment, &sent);
    let identity = identity(&run);
    let mut accepted = environment.map(|environment| journal.accepted(environment, &identity));
    let first = accepted.as_mut().and_then(Iterator::next).and_then(|entry| entry.document());
    let last = accepted.and_then(|mut accepted| accepted.next_back()).and_then(|entry| entry.document());
    let record = first.map(|first| JobRecord::of(&first));
    let record = record.map(|record| last.map_or_else(|| record.clone(), |last| record.then(&last)));
    let facts = SimulationFacts {
        format: environment.map_or(crate::wire::BodyFormat::Flat, |environment| environment.format),
        job: record.as_ref(),
        ..SimulationFacts::of(&context, &identity)
    };
    simulation::simulate(&run, &facts)
}
