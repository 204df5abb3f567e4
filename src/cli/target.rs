//! Selects the environment of a command, its address and its key.

use anyhow::{Context as _, bail, ensure};

use super::argument::TargetArguments;
use super::console::Console;
use super::redaction;
use crate::import::Imported;
use crate::text;
use crate::wire::{Environment, Secret};
use crate::world::config::Config;
use crate::world::key::{KeyError, KeyWithSource};
use crate::world::{World, key};

/// The variable that replaces the host of all requests.
const BASE_URL: &str = "SEI_COMPOSE_BASE_URL";

/// The inputs for the choice of an environment, in order of priority.
pub(super) struct TargetChoice<'a> {
    /// `--env`.
    pub(super) named: Option<&'a str>,
    /// The environment of the draft.
    pub(super) of_draft: Option<&'a str>,
    /// `--base-url`.
    pub(super) base_url: Option<&'a str>,
}

/// The environment with this id or label.
pub(super) fn find<'a>(config: &'a Config, name: &str) -> anyhow::Result<&'a Environment> {
    config.environment(name).with_context(|| {
        let near = config.near(name).map_or_else(String::new, |id| format!(" Did you mean “{id}”?"));
        let name = text::visible(name);
        format!("Unknown environment “{name}”.{near} `sei-compose env list` lists all environments.")
    })
}

/// The replacement address and its source: the option, then the variable.
fn base_url(world: &dyn World, option: Option<&str>) -> Option<(String, &'static str)> {
    let given = option.map(|url| (url.to_owned(), "--base-url"));
    given.or_else(|| Some((world.variable(BASE_URL)?, BASE_URL)))
}

/// The chosen environment, with the replacement address if given; `None` when nothing chooses one.
pub(super) fn choose(
    world: &dyn World,
    config: &Config,
    choice: &TargetChoice<'_>,
) -> anyhow::Result<Option<Environment>> {
    let name = choice.named.or(choice.of_draft).or(config.default_environment.as_deref());
    let found = name.map(|name| find(config, name)).transpose()?.cloned();
    let Some((url, name)) = base_url(world, choice.base_url) else { return Ok(found) };
    let moved = match found {
        Some(environment) => environment.with_base(&url),
        None => Environment::custom("custom", "Base URL", &url)
            .map(|custom| Environment { ca_file: config.ca_file.clone(), ..custom }),
    };
    // The address itself may hold a password.
    let moved = moved.with_context(|| format!("The address in {name} cannot be used"))?;
    // A loopback address is unprotected, unless a protected environment has it. The address of a
    // protected environment stays protected under the name of another environment.
    let is_protected_address = moved.origin().is_ok_and(|origin| {
        config
            .environments
            .iter()
            .any(|known| known.protected && known.origin().is_ok_and(|own| own.server() == origin.server()))
    });
    let protected = is_protected_address || (moved.protected && !moved.is_loopback());
    Ok(Some(Environment { protected, ..moved }))
}

/// Refuses an imported command whose address is not a known environment, unless an option chooses
/// the target: the configured default may be the wrong one.
pub(super) fn expect_known(
    config: &Config,
    imported: &Imported,
    target: &TargetArguments,
) -> anyhow::Result<()> {
    let Some(base) = imported.base.as_deref().filter(|_| imported.environment.is_none()) else {
        return Ok(());
    };
    let is_chosen = target.env.is_some() || target.base_url.is_some();
    let own = config.environments.iter().find(|environment| environment.base == base);
    let hint =
        own.map_or_else(|| "--env NAME or --base-url URL".to_owned(), |own| format!("--env {}", own.id));
    ensure!(
        is_chosen,
        "The command goes to {}, which is not a built-in environment. Add {hint} to choose the target.",
        text::visible(base)
    );
    Ok(())
}

/// As [`choose`], for a command that needs an environment.
pub(super) fn require(
    world: &dyn World,
    config: &Config,
    choice: &TargetChoice<'_>,
) -> anyhow::Result<Environment> {
    match choose(world, config, choice)? {
        Some(environment) => {
            if let Some(words) = environment.retired_note() {
                Console::say(format!(
                    "note: {words} `sei-compose env list` lists the environments, --env NAME chooses one."
                ));
            }
            Ok(environment)
        }
        None => bail!(
            "No environment is chosen. `sei-compose env list` lists all environments. Choose one with --env NAME, set \
             a default in config.toml, or pass --base-url URL where the command accepts it."
        ),
    }
}

/// Refuses an environment without an address: the built-in sandbox gets a new port at each start.
pub(super) fn check_address(environment: &Environment) -> anyhow::Result<()> {
    ensure!(
        !environment.is_unstarted(),
        "{} has a new address at each start. Run `sei-compose sandbox`, and pass the printed address with --base-url.",
        environment.label
    );
    Ok(())
}

/// The key of an environment from the first source that has one; the error never contains a key.
pub(super) fn key(world: &dyn World, environment: &Environment) -> anyhow::Result<Secret> {
    Ok(find_key(world, environment)?.key)
}

/// As [`key`], with the source; registers the key for redaction.
pub(super) fn find_key(world: &dyn World, environment: &Environment) -> Result<KeyWithSource, KeyError> {
    let found = key::find(world, environment)?;
    redaction::learn([found.key.clone()]);
    Ok(found)
}
