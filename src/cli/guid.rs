//! `guid`: an instance GUID, created by the environment or at random.

use anyhow::{bail, ensure};

use super::argument::GuidArguments;
use super::configuration::configuration;
use super::console::Console;
use super::post::{self, Posted, Posting};
use super::send::{is_name_typed, print_blocked, say_canceled, say_explanation};
use super::target::TargetChoice;
use super::{Exit, redaction, target};
use crate::book::{self, BookEntry};
use crate::journal::Repeat;
use crate::runtime::network::Delivery;
use crate::text;
use crate::wire::{self, Environment, Outcome};
use crate::world::{self, World};

pub(super) fn guid(
    arguments: &GuidArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    if arguments.local {
        console.line(world.new_uuid().to_string())?;
        return Ok(Exit::Done);
    }
    let (integration, name) = named(arguments)?;
    let config = configuration(world)?;
    let choice = TargetChoice {
        named: arguments.target.env.as_deref(),
        of_draft: None,
        base_url: arguments.target.base_url.as_deref(),
    };
    let mut environment = target::require(world, &config, &choice)?;
    if let Some(path) = &arguments.guid_path {
        path.trim_matches('/').clone_into(&mut environment.guid_path);
    }
    target::check_address(&environment)?;
    let key = target::key(world, &environment)?;
    let requested = arguments.guid.map(|guid| guid.to_string());
    let request = wire::create_instance(&environment, integration, name, requested.as_deref());
    if let Some(leak) = redaction::key_leak(&request) {
        print_blocked(&leak, &environment);
        return Ok(Exit::Unusable);
    }
    if !is_agreed(&environment, arguments.yes)? {
        Console::say("No instance was created.");
        return Ok(Exit::Cancelled);
    }
    if let Some(words) = world::book::load(world).unwrap_or_default().other_of_tool(
        &environment.id,
        integration,
        requested.as_deref(),
    ) {
        Console::say(format!("note: {words}"));
    }
    let words = format!("Asking {} ({}) for an instance GUID …", environment.label, environment.host());
    let posting = Posting {
        environment: &environment,
        request: &request,
        repeat: Repeat::Never,
        key: &key,
        words: words.into(),
    };
    let Delivery { result, attempts } = match post::post(world, &posting)? {
        Posted::Ended(delivery) => delivery,
        Posted::Exposed(leak) => {
            print_blocked(&leak, &environment);
            return Ok(Exit::Unusable);
        }
        Posted::Repeated(previous) => bail!("{previous}"),
    };
    if say_canceled(&result) {
        return Ok(Exit::Cancelled);
    }
    let explanation = wire::explain(&request, &environment, &result).after(attempts);
    Console::say(text::visible(&explanation.headline));
    say_explanation(&explanation, &environment);
    match result.as_ref().ok().and_then(wire::guid_of) {
        Some(guid) => {
            keep(world, &environment, integration, name, &guid);
            console.line(guid)?;
            Ok(Exit::Done)
        }
        // Accepted without a GUID: whether an instance was created is unknown.
        None if explanation.outcome == Outcome::Accepted => Ok(Exit::Answered(Outcome::Unknown)),
        None => Ok(Exit::Answered(explanation.outcome)),
    }
}

/// The integration and the name of the instance to create.
fn named(arguments: &GuidArguments) -> anyhow::Result<(&str, &str)> {
    let (Some(integration), Some(name)) = (&arguments.integration_id, &arguments.name) else {
        bail!(
            "`guid` requires --integration-id ID and --name NAME. ID is the number of the Custom integration in SEI: \
             find it in its satellite.yml, or at the end of its address in SEI. NAME is any name for the instance. \
             Without SEI: `sei-compose guid --local` prints a random GUID, for testing only."
        );
    };
    let (integration, name) = (integration.trim(), name.trim());
    ensure!(
        !integration.is_empty() && integration.bytes().all(|b| b.is_ascii_digit()),
        "The integration id “{}” is not a number; SEI identifies integrations by number. Find the number in the \
         integration's satellite.yml, or at the end of its address in SEI.",
        text::visible(integration)
    );
    ensure!(
        !name.is_empty(),
        "The instance name is blank. SEI shows the name next to each run: choose a clear one."
    );
    Ok((integration, name))
}

/// Whether the user agrees to create the instance, by option or by answer.
fn is_agreed(environment: &Environment, yes: bool) -> anyhow::Result<bool> {
    if !environment.protected || yes {
        return Ok(true);
    }
    let label = &environment.label;
    ensure!(
        Console::can_ask(),
        "{label} is protected, and confirmation needs a terminal. Add --yes to create the instance."
    );
    is_name_typed(environment, "create the instance")
}

/// Adds the instance to the book. The instance exists in any case, so a fault is only reported.
fn keep(world: &dyn World, environment: &Environment, integration: &str, name: &str, guid: &str) {
    let entry = BookEntry {
        guid: book::guid(guid).unwrap_or_else(|| guid.to_owned()),
        name: name.to_owned(),
        environment: Some(environment.id.clone()),
        integration: Some(integration.to_owned()),
        ..BookEntry::default()
    };
    if let Err(fault) = world::book::keep(world, environment, entry) {
        Console::say(format!("note: The instance is not in the instance book: {fault}"));
    }
}
