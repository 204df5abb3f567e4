//! The configuration, as each command loads it.

use super::source::say_notes;
use crate::world::config::Config;
use crate::world::{World, config};

/// Reads the configuration and prints notes on ignored settings.
pub(super) fn configuration(world: &dyn World) -> anyhow::Result<Config> {
    let config = config::load(world)?;
    say_notes(&config.notes);
    Ok(config)
}
