//! Which environment a command speaks to, at which address, and with which key.

use anyhow::{Context as _, bail, ensure};

use super::argument::TargetArguments;
use super::redaction;
use crate::import::Imported;
use crate::text;
use crate::wire::{Environment, Secret};
use crate::world::config::Config;
use crate::world::key::{KeyError, KeyWithSource};
use crate::world::{World, key};

/// Points every request of one run at another host.
const BASE_URL: &str = "SEI_COMPOSE_BASE_URL";

/// What was said about the environment, the nearest first.
pub(super) struct Choice<'a> {
    /// `--env`.
    pub(super) named: Option<&'a str>,
    /// The draft's own.
    pub(super) of_draft: Option<&'a str>,
    /// `--base-url`.
    pub(super) base_url: Option<&'a str>,
}

/// The environment of this id or label.
pub(super) fn find<'a>(config: &'a Config, name: &str) -> anyhow::Result<&'a Environment> {
    config.environment(name).with_context(|| {
        let near = config.near(name).map_or_else(String::new, |id| format!(" Did you mean “{id}”?"));
        let name = text::visible(name);
        format!("There is no environment “{name}”.{near} `sei-compose env list` shows them all.")
    })
}

/// The address that replaces the environment's for this run, and where it is from: the option, then the variable.
fn base_url(world: &dyn World, option: Option<&str>) -> Option<(String, &'static str)> {
    let given = option.map(|url| (url.to_owned(), "--base-url"));
    given.or_else(|| Some((world.variable(BASE_URL)?, BASE_URL)))
}

/// The environment to speak to, its address replaced where that was asked for; `None` when nothing names one.
pub(super) fn choose(
    world: &dyn World,
    config: &Config,
    choice: &Choice<'_>,
) -> anyhow::Result<Option<Environment>> {
    let name = choice.named.or(choice.of_draft).or(config.default_environment.as_deref());
    let found = name.map(|name| find(config, name)).transpose()?.cloned();
    let Some((url, name)) = base_url(world, choice.base_url) else { return Ok(found) };
    let moved = match found {
        Some(environment) => environment.with_base(&url),
        None => Environment::custom("custom", "Custom address", &url)
            .map(|custom| Environment { ca_file: config.ca_file.clone(), ..custom }),
    };
    // The address itself may hold a password.
    let moved = moved.with_context(|| format!("The address in {name} cannot be used"))?;
    // An address on this machine needs no protection of its own, unless it is that of a protected environment. And
    // the address of a protected environment keeps its protection under another environment's name.
    let is_protected_address = moved.origin().is_ok_and(|origin| {
        config
            .environments
            .iter()
            .any(|known| known.protected && known.origin().is_ok_and(|own| own.server() == origin.server()))
    });
    let protected = is_protected_address || (moved.protected && !moved.is_loopback());
    Ok(Some(Environment { protected, ..moved }))
}

/// Refuses to send what a command sent to an address that is no environment here, unless somebody says where it goes:
/// the configured default is not what was meant.
pub(super) fn expect_known(
    config: &Config,
    imported: &Imported,
    target: &TargetArguments,
) -> anyhow::Result<()> {
    let Some(base) = imported.base.as_deref().filter(|_| imported.environment.is_none()) else {
        return Ok(());
    };
    let is_said = target.env.is_some() || target.base_url.is_some();
    let own = config.environments.iter().find(|environment| environment.base == base);
    let hint =
        own.map_or_else(|| "--env NAME or --base-url URL".to_owned(), |own| format!("--env {}", own.id));
    ensure!(
        is_said,
        "The command goes to {}, which is no built-in environment. Add {hint} to say where it shall go.",
        text::visible(base)
    );
    Ok(())
}

/// As [`choose`], for a command that cannot do without.
pub(super) fn require(
    world: &dyn World,
    config: &Config,
    choice: &Choice<'_>,
) -> anyhow::Result<Environment> {
    match choose(world, config, choice)? {
        Some(environment) => Ok(environment),
        None => bail!(
            "No environment is chosen. `sei-compose env list` shows them all: name one with --env NAME, or another \
             address with --base-url URL where the command takes it, or a default in config.toml."
        ),
    }
}

/// Refuses an environment that has no address yet: the built-in entry of the sandbox, which listens elsewhere each time.
pub(super) fn check_address(environment: &Environment) -> anyhow::Result<()> {
    ensure!(
        !environment.is_unstarted(),
        "{} listens at another address each time. Start it with `sei-compose sandbox`, and pass the address it prints \
         with --base-url.",
        environment.label
    );
    Ok(())
}

/// The key of an environment, out of the first of its sources that has one; the text of a failure never names the key.
pub(super) fn key(world: &dyn World, environment: &Environment) -> anyhow::Result<Secret> {
    Ok(find_key(world, environment)?.key)
}

/// As [`key`], with the source; the key is redacted from then on.
pub(super) fn find_key(world: &dyn World, environment: &Environment) -> Result<KeyWithSource, KeyError> {
    let found = key::find(world, environment)?;
    redaction::learn([found.key.clone()]);
    Ok(found)
}
