//! `env`: lists, shows and tests environments.

use super::argument::EnvironmentCommand;
use super::configuration::configuration;
use super::console::Console;
use super::table::{row, table};
use super::{Exit, probe, target};
use crate::wire::{Environment, KeySource};
use crate::world::config::Config;
use crate::world::{World, key};

pub(super) fn environment(
    command: Option<&EnvironmentCommand>,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    if let Some(EnvironmentCommand::Test(arguments)) = command {
        return probe::test(arguments, world, console);
    }
    let config = configuration(world)?;
    match command {
        Some(EnvironmentCommand::Test(_)) => {}
        None | Some(EnvironmentCommand::List) => console.print(list(&config))?,
        Some(EnvironmentCommand::Show { name }) => {
            console.print(show(target::find(&config, name)?, world))?;
        }
    }
    Ok(Exit::Done)
}

fn list(config: &Config) -> String {
    let mut rows = vec![row(["ID", "LABEL", "SCHEME", "FORMAT", "MARKS", "BASE"])];
    rows.extend(config.environments.iter().map(|environment| {
        [
            environment.id.clone(),
            environment.label.clone(),
            environment.scheme.word().to_owned(),
            environment.format.word().to_owned(),
            marks(environment, config),
            placed(environment, &environment.base),
        ]
    }));
    table(&rows)
}

/// A text with the address of an environment; a sandbox that has not started has no port yet.
pub(super) fn placed(environment: &Environment, address: &str) -> String {
    if environment.is_unstarted() { address.replacen(":0", ":PORT", 1) } else { address.to_owned() }
}

fn marks(environment: &Environment, config: &Config) -> String {
    let is_default = config.default_environment.as_ref() == Some(&environment.id);
    let marks =
        [(is_default, "default"), (environment.protected, "protected"), (environment.retired, "retired")];
    let marks: Vec<_> = marks.into_iter().filter(|(holds, _)| *holds).map(|(_, word)| word).collect();
    if marks.is_empty() { "-".to_owned() } else { marks.join(", ") }
}

fn show(environment: &Environment, world: &dyn World) -> String {
    let yes_no = |holds: bool| if holds { "yes" } else { "no" };
    let keys: Vec<_> =
        key::sources(world, environment).map(|source| describe(&source, environment, world)).collect();
    let key = keys.join("; then ");
    let chosen = if environment.is_unstarted() { ", port chosen at start" } else { "" };
    let placed = |address: &str| placed(environment, address);
    let ca_file = environment.ca_file.as_ref();
    let ca_file = ca_file.map_or_else(|| "-".to_owned(), |path| path.display().to_string());
    table(&[
        row(["Id", &environment.id]),
        row(["Label", &environment.label]),
        row(["Base", &(placed(&environment.base) + chosen)]),
        row(["Job runs", &placed(&environment.run_url())]),
        row(["Instances", &placed(&environment.guid_url())]),
        row(["Scheme", environment.scheme.word()]),
        row(["Format", environment.format.word()]),
        row(["Field names", environment.names.word()]),
        row(["Protected", yes_no(environment.protected)]),
        row(["Retired", &environment.retired_note().unwrap_or_else(|| yes_no(false).to_owned())]),
        row(["Key", &key]),
        row(["CA file", &ca_file]),
        row(["Note", &environment.note]),
    ])
}

/// A source of the key; for a variable, also whether the variable contains a usable key.
fn describe(source: &KeySource, environment: &Environment, world: &dyn World) -> String {
    let KeySource::Variable(variable) = source else {
        return format!("{}, read when a key is needed", source.description());
    };
    match world.variable(variable) {
        Some(text) => match environment.key(text) {
            Ok(_) => format!("{variable}, set"),
            Err(fault) => format!("{variable}, not a usable key: {fault}"),
        },
        None => format!("{variable}, not set"),
    }
}
