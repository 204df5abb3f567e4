//! `env test`: whether an environment answers, and whether it takes the key.
//!
//! It asks for an instance that cannot exist, which changes nothing: an answer to that question means that the key
//! was looked at and let in.

use super::argument::ProbeArguments;
use super::configuration::configuration;
use super::console::Console;
use super::send::say_explanation;
use super::target::{self, Choice};
use super::{Exit, redaction};
use crate::runtime::network::{self, Probe};
use crate::text;
use crate::wire::{self, Environment, Failure, Outcome, Request, Secret};
use crate::world::World;

/// An instance that no server has.
const NO_INSTANCE: &str = "v1/cicd/instances/00000000-0000-0000-0000-000000000000";

/// What a look at an environment says of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProbeVerdict {
    /// The key was let in.
    Taken,
    /// The path is not there, so the key may not have been looked at.
    Open,
    /// Anything else: the explanation tells.
    Refused,
}

pub(super) fn test(
    arguments: &ProbeArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let config = configuration(world)?;
    let choice =
        Choice { named: arguments.name.as_deref(), of_draft: None, base_url: arguments.base_url.as_deref() };
    let environment = target::require(world, &config, &choice)?;
    target::check_address(&environment)?;
    redaction::expect_no_key_in_request(&request(&environment))?;
    let key = target::key(world, &environment)?;
    let place = format!("{} ({})", environment.label, environment.host());
    Console::say(format!("Asking {place} for an instance that does not exist …"));
    let seen = request_status(world, &environment, &key);
    let place = text::visible(&place);
    match verdict(&seen) {
        ProbeVerdict::Taken => {
            console.line(format!("{place} takes the key."))?;
            Ok(Exit::Done)
        }
        ProbeVerdict::Open => {
            console.line(format!("{place} has nothing at this path: it may not have looked at the key."))?;
            Console::say("Compare its base with the address in the browser after logging in.");
            Ok(Exit::Answered(Outcome::Refused))
        }
        ProbeVerdict::Refused => {
            let explanation =
                wire::explain(&request(&environment), &environment, &seen.map(|glance| glance.reply));
            console.line(text::visible(&explanation.headline))?;
            say_explanation(&explanation, &environment);
            // A success that is no answer to the question is none.
            let is_no_answer = explanation.outcome == Outcome::Accepted;
            Ok(Exit::Answered(if is_no_answer { Outcome::Refused } else { explanation.outcome }))
        }
    }
}

/// Asks an environment for nobody's instance.
pub(super) fn request_status(
    world: &dyn World,
    environment: &Environment,
    key: &Secret,
) -> Result<Probe, Failure> {
    let key = (environment.scheme, key);
    network::probe(world, &environment.url(NO_INSTANCE), environment.ca_file.as_deref(), Some(key))
}

pub(super) fn verdict(seen: &Result<Probe, Failure>) -> ProbeVerdict {
    let Ok(Probe { reply, .. }) = seen else { return ProbeVerdict::Refused };
    match reply.status {
        _ if reply.is_page() => ProbeVerdict::Refused,
        200..300 => ProbeVerdict::Taken,
        404 if reply.body.to_lowercase().contains("instance not found") => ProbeVerdict::Taken,
        404 => ProbeVerdict::Open,
        _ => ProbeVerdict::Refused,
    }
}

/// What the explanations take the question for: something that is asked of the instances.
pub(super) fn request(environment: &Environment) -> Request {
    Request { url: environment.url(NO_INSTANCE), ..wire::create_instance(environment, "0", "", None) }
}
