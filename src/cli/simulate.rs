//! `simulate`: shows what SEI would make of a run.

use super::argument::{Format, SimulateArguments};
use super::configuration::{configuration, profiles};
use super::console::Console;
use super::source::LoadedInput;
use super::{Exit, examiner, load, post, redaction, target};
use crate::document::Value;
use crate::journal::{Journal, JournalEntry};
use crate::simulation::{self, PairAnswer, Profile, Profiles, Simulation, SimulationFacts};
use crate::text::{self, Visible};
use crate::wire::{BodyFormat, Environment};
use crate::world::config::Config;
use crate::world::{World, profile};

mod human;
mod json;

/// A simulation, and the comparison with another run.
struct SimulatedRun {
    simulation: Simulation,
    /// The name of the other run's file, and whether the runs pair.
    pair: Option<(String, PairAnswer)>,
}

/// Simulates a run, and prints the result for people or programs.
pub(super) fn simulate(
    arguments: &SimulateArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let config = configuration(world)?;
    let named = arguments.env.as_deref().map(|name| target::find(&config, name)).transpose()?;
    let own = arguments.profile.as_deref().map(|file| profile::load_from(world, file)).transpose()?;
    let Some(loaded) = load::load(world, &arguments.file)? else { return Ok(Exit::Faulty) };
    let environment = named.or_else(|| usual(&config, &loaded));
    let all = if own.is_none() { profiles(world, &config) } else { Profiles::default() };
    let profile = own.as_ref().or_else(|| all.of(environment.map(|environment| environment.id.as_str())));
    // Quoted values are cut: redact keys first, because a cut key is not recognized.
    let (run, _) = redaction::redact_document(loaded.imported.document);
    let known = KnownFacts { world, config: &config, environment, profile, journal: post::recent(world) };
    let pair = match &arguments.pair {
        None => known.partner(&run),
        Some(file) => {
            let Some(other) = load::load(world, file)? else { return Ok(Exit::Faulty) };
            let (other_run, _) = redaction::redact_document(other.imported.document);
            let label = text::visible(&other.source.label).into_owned();
            Some((label, simulation::pair(&run, &other_run)))
        }
    };
    let simulated = SimulatedRun { simulation: known.simulate(&run), pair };
    match arguments.format {
        Format::Human => console.print(human::report(&simulated, Console::columns()))?,
        Format::Json => console.print(Visible::rendered(json::report(&simulated)?))?,
    }
    Ok(Exit::Done)
}

/// The environment of the draft, then the configured default.
fn usual<'c>(config: &'c Config, loaded: &LoadedInput) -> Option<&'c Environment> {
    let of_draft = loaded.imported.environment.as_deref().and_then(|id| config.environment(id));
    of_draft.or_else(|| config.environment(config.default_environment.as_deref()?))
}

/// What this machine knows about SEI.
struct KnownFacts<'a> {
    world: &'a dyn World,
    config: &'a Config,
    environment: Option<&'a Environment>,
    profile: Option<&'a Profile>,
    journal: Journal,
}

impl KnownFacts<'_> {
    fn simulate(&self, run: &Value) -> Simulation {
        let sent: Vec<_> = self.journal.sent_runs().collect();
        let context = examiner::context(self.world, self.config, self.environment, &sent);
        let identity = simulation::stored_identity(run);
        let facts = SimulationFacts {
            format: self.environment.map_or(BodyFormat::Flat, |environment| environment.format),
            profile: self.profile,
            ..SimulationFacts::of(&context, &identity)
        };
        simulation::simulate(run, &facts)
    }
}

impl KnownFacts<'_> {
    /// The newest accepted run of the environment that pairs with a run.
    fn partner(&self, run: &Value) -> Option<(String, PairAnswer)> {
        let environment = self.environment?;
        let own = simulation::stored_identity(run);
        let is_other = |entry: &&JournalEntry| {
            entry.identity != own
                && entry.sent_run().is_some_and(|sent| sent.run.accepted && sent.went_to(environment))
        };
        self.journal.entries.iter().rev().filter(is_other).find_map(|entry| {
            let answer = simulation::pair(run, &entry.document()?);
            let label = format!("{} (sent before)", entry.identity);
            answer.by.is_some().then(|| (text::visible(&label).into_owned(), answer))
        })
    }
}
