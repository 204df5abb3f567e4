//! `key`: where the key of an environment comes from; never what it is.

use anyhow::bail;

use super::Exit;
use super::argument::KeyCommand;
use super::check::configuration;
use super::console::Console;
use super::target::{self, Choice};
use crate::world::{World, key};

/// What is said of the keyring of the system, which this program cannot speak to.
const NO_KEYRING: &str = "This build knows no keyring of the system, so it keeps no key and has none to remove. Set a \
                          variable, or name a command or a file under `keys` of the environment in config.toml.";

pub(super) fn key(command: &KeyCommand, world: &dyn World, console: &mut Console) -> anyhow::Result<Exit> {
    let KeyCommand::Where { env } = command else { bail!(NO_KEYRING) };
    let config = configuration(world)?;
    let choice = Choice { named: env.as_deref(), of_draft: None, base_url: None };
    let environment = target::require(world, &config, &choice)?;
    let found = key::find(world, &environment)?;
    console.line(&found.source.told())?;
    Ok(Exit::Done)
}
