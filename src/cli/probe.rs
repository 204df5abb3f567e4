//! `env test`: checks whether an environment answers and accepts the key.
//!
//! The request asks for an instance that cannot exist, so it changes nothing. The reply “instance
//! not found” means that the key was checked and accepted.

use super::argument::ProbeArguments;
use super::configuration::configuration;
use super::console::Console;
use super::send::say_explanation;
use super::target::{self, TargetChoice};
use super::{Exit, redaction};
use crate::runtime::network::{self, Probe};
use crate::text;
use crate::wire::{self, Environment, Failure, Outcome, Request, Secret};
use crate::world::World;

/// The GUID of an instance that no server has.
const NO_INSTANCE: &str = "00000000-0000-0000-0000-000000000000";

/// The result for the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProbeVerdict {
    /// The key was accepted.
    Taken,
    /// The path does not exist, so the key may not have been checked.
    Open,
    /// Anything else: the explanation says more.
    Refused,
}

pub(super) fn test(
    arguments: &ProbeArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let config = configuration(world)?;
    let choice = TargetChoice {
        named: arguments.name.as_deref(),
        of_draft: None,
        base_url: arguments.base_url.as_deref(),
    };
    let environment = target::require(world, &config, &choice)?;
    target::check_address(&environment)?;
    redaction::expect_no_key_in_request(&request(&environment))?;
    let key = target::key(world, &environment)?;
    let place = format!("{} ({})", environment.label, environment.host());
    Console::say(format!("Testing the API key of {place} …"));
    let seen = request_status(world, &environment, &key);
    let place = text::visible(&place);
    match verdict(&seen) {
        ProbeVerdict::Taken => {
            console.line(format!("{place} accepts the key."))?;
            Ok(Exit::Done)
        }
        ProbeVerdict::Open => {
            console.line(format!("{place}: unknown path; the key may not have been checked."))?;
            Console::say("Compare its base with the address in the browser after logging in.");
            Ok(Exit::Answered(Outcome::Refused))
        }
        ProbeVerdict::Refused => {
            let explanation =
                wire::explain(&request(&environment), &environment, &seen.map(|probe| probe.reply));
            console.line(text::visible(&explanation.headline))?;
            say_explanation(&explanation, &environment);
            // A success reply to another question does not confirm the key.
            let lacks_answer = explanation.outcome == Outcome::Accepted;
            Ok(Exit::Answered(if lacks_answer { Outcome::Refused } else { explanation.outcome }))
        }
    }
}

/// Asks an environment for the instance that cannot exist.
pub(super) fn request_status(
    world: &dyn World,
    environment: &Environment,
    key: &Secret,
) -> Result<Probe, Failure> {
    let key = (environment.scheme, key);
    network::probe(world, &request(environment).url, environment.ca_file.as_deref(), Some(key))
}

pub(super) fn verdict(seen: &Result<Probe, Failure>) -> ProbeVerdict {
    let Ok(Probe { reply, .. }) = seen else { return ProbeVerdict::Refused };
    match reply.status {
        _ if reply.is_page() => ProbeVerdict::Refused,
        200..300 => ProbeVerdict::Taken,
        404 if wire::lacks_instance(reply) => ProbeVerdict::Taken,
        404 => ProbeVerdict::Open,
        _ => ProbeVerdict::Refused,
    }
}

/// The request for the instance that cannot exist.
pub(super) fn request(environment: &Environment) -> Request {
    wire::read_instance(environment, NO_INSTANCE)
}
