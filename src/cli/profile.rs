//! `profile`: imports and shows the filters that decide where a run counts.

use std::path::Path;

use anyhow::{Context as _, ensure};

use super::argument::ProfileCommand;
use super::configuration::{configuration, profiles};
use super::console::Console;
use super::source::InputSource;
use super::{Exit, target};
use crate::text::{self, Visible};
use crate::world::{World, profile};

pub(super) fn profile(
    command: Option<&ProfileCommand>,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    match command {
        Some(ProfileCommand::Import { file, yes }) => import(file, *yes, world, console),
        Some(ProfileCommand::Show { env }) => show(env.as_deref(), world, console),
        None => show(None, world, console),
    }
}

fn import(file: &Path, replaces: bool, world: &dyn World, console: &mut Console) -> anyhow::Result<Exit> {
    let source = InputSource::read(world, file)?;
    let profile = profile::from_json(&source.text)
        .map_err(|fault| anyhow::anyhow!("{}:{}: {}", source.label, fault.line, fault.message))?;
    let path = profile::path(world);
    ensure!(
        replaces || !world.exists(&path),
        "{} exists. Add --yes to replace the profile, or remove the file first.",
        path.display()
    );
    let text = profile::write(&profile);
    world.write_atomic(&path, &text).with_context(|| format!("Could not write {}", path.display()))?;
    console.print(Visible::rendered(text::visible_lines(&text).into_owned()))?;
    Console::say(format!("Saved as {}.", path.display()));
    if let Some(note) = profile.unmatched() {
        Console::say(format!("note: {note}"));
    }
    Ok(Exit::Done)
}

fn show(env: Option<&str>, world: &dyn World, console: &mut Console) -> anyhow::Result<Exit> {
    let config = configuration(world)?;
    let named = env.map(|name| target::find(&config, name)).transpose()?.map(|found| found.id.clone());
    let environment = named.or_else(|| config.default_environment.clone());
    let profiles = profiles(world, &config);
    match profiles.of(environment.as_deref()) {
        Some(found) => {
            console.print(profile::describe(found))?;
            if let Some(note) = found.unmatched() {
                Console::say(format!("note: {note}"));
            }
        }
        None => Console::say(format!(
            "No profile: {} does not exist. `sei-compose profile import FILE` reads the filters of an SEI 2.0 team; \
             docs/simulation.md describes the file.",
            profile::path(world).display()
        )),
    }
    Ok(Exit::Done)
}
