//! The configuration, as each command loads it.

use super::console::Console;
use super::source::say_notes;
use crate::simulation::Profiles;
use crate::world::config::Config;
use crate::world::{World, config, profile};

/// Reads the configuration and prints notes on ignored settings.
pub(super) fn configuration(world: &dyn World) -> anyhow::Result<Config> {
    let config = config::load(world)?;
    say_notes(&config.notes);
    Ok(config)
}

/// The profiles of the configuration and of `profile.toml`; a fault is reported, and the file is
/// not used.
pub(super) fn profiles(world: &dyn World, config: &Config) -> Profiles {
    let usual = profile::load(world).unwrap_or_else(|fault| {
        Console::say(format!("note: {fault}\nThe profile is not used."));
        None
    });
    Profiles { usual, ..config.profiles.clone() }
}
