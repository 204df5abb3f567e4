//! `key`: shows the source of a key, and saves or removes a key in the keyring; never prints a key.

use anyhow::{bail, ensure};

use super::argument::KeyCommand;
use super::configuration::configuration;
use super::console::Console;
use super::target::{self, TargetChoice};
use super::{Exit, key::entry::typed};
use crate::wire::{self, Environment, KeySource};
use crate::world::World;
use crate::world::keyring::{KeyringError, KeyringSlot};

mod entry;

pub(super) fn key(
    command: Option<&KeyCommand>,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let command = command.unwrap_or(&KeyCommand::Where { env: None });
    let (KeyCommand::Where { env } | KeyCommand::Set { env } | KeyCommand::Remove { env }) = command;
    let config = configuration(world)?;
    let choice = TargetChoice { named: env.as_deref(), of_draft: None, base_url: None };
    let environment = target::require(world, &config, &choice)?;
    match command {
        KeyCommand::Where { .. } => {
            let found = target::find_key(world, &environment)?;
            console.line(found.source.description())?;
            say_note(found.key.expose(), &environment);
            Ok(Exit::Done)
        }
        KeyCommand::Set { .. } => set(world, &environment),
        KeyCommand::Remove { .. } => remove(world, &environment),
    }
}

fn set(world: &dyn World, environment: &Environment) -> anyhow::Result<Exit> {
    let label = &environment.label;
    target::check_address(environment)?;
    // Check before the user types a key.
    world.keyring().probe().map_err(|fault| refusal(&fault))?;
    let sources = environment.key_sources();
    ensure!(
        sources.contains(&KeySource::Keyring),
        "The keyring is not a key source of {label}. Add \"keyring\" to its `keys` in config.toml first."
    );
    let Some(text) = typed(label)? else { return Ok(Exit::Cancelled) };
    let Ok(key) =
        environment.key(text.show_value()).map_err(|fault| Console::say(format!("Not saved: {fault}.")))
    else {
        return Ok(Exit::Unusable);
    };
    let slot = KeyringSlot::of(environment)?;
    world.keyring().keep(&slot, &key).map_err(|fault| refusal(&fault))?;
    Console::say(format!("Saved in the keyring: {}.", slot.label()));
    say_note(text.show_value(), environment);
    let preferred = sources.iter().take_while(|source| **source != KeySource::Keyring);
    for source in preferred {
        if let KeySource::Variable(name) = source
            && world.variable(name).is_some()
        {
            Console::say(format!("While {name} is set, its key is used instead."));
        }
    }
    Ok(Exit::Done)
}

/// Prints what the text of a key says about it.
fn say_note(key: &str, environment: &Environment) {
    if let Some(note) = wire::key_note(key, environment) {
        Console::say(format!("note: {}", note.sentence()));
    }
}

fn remove(world: &dyn World, environment: &Environment) -> anyhow::Result<Exit> {
    let slot = KeyringSlot::of(environment)?;
    if !world.keyring().remove(&slot).map_err(|fault| refusal(&fault))? {
        bail!("The keyring holds no {}.", slot.label());
    }
    Console::say(format!("Removed from the keyring: {}.", slot.label()));
    Ok(Exit::Done)
}

/// The fault as a sentence, followed by the alternatives to the keyring.
fn refusal(fault: &KeyringError) -> anyhow::Error {
    let words = fault.to_string();
    let mut rest = words.chars();
    let first = rest.next().map(char::to_uppercase).into_iter().flatten();
    let sentence: String = first.chain(rest).collect();
    anyhow::anyhow!("{sentence}. Or set a variable, or add a command or a file to `keys` in config.toml.")
}
