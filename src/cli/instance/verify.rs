//! `instances verify`: asks an environment what it has of an instance; changes nothing.

use serde::Serialize;

use crate::book::{self, BookEntry};
use crate::cli::argument::{Format, VerifyArguments};
use crate::cli::configuration::configuration;
use crate::cli::console::Console;
use crate::cli::post::say_progress;
use crate::cli::send::say_explanation;
use crate::cli::table::table;
use crate::cli::target::{self, TargetChoice};
use crate::cli::{Exit, json, redaction};
use crate::runtime::network::{self, Delivery, Limits, OutgoingRequest};
use crate::text;
use crate::wire::{self, Environment, FoundInstance, Outcome, Reply};
use crate::world::{self, World};

/// The result of `instances verify`.
#[derive(Serialize)]
struct VerifyResult<'a> {
    outcome: &'static str,
    status: Option<u16>,
    environment: &'a str,
    url: &'a str,
    guid: &'a str,
    instance: Option<JsonInstance<'a>>,
}

/// What SEI has of the instance; a member that SEI does not have is `null`.
#[derive(Serialize)]
struct JsonInstance<'a> {
    name: Option<&'a str>,
    #[serde(rename = "type")]
    kind: Option<&'a str>,
    integration_id: Option<&'a str>,
    url: Option<&'a str>,
}

pub(super) fn verify(
    arguments: &VerifyArguments,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let config = configuration(world)?;
    let named = arguments.env.as_deref().map(|name| target::find(&config, name)).transpose()?;
    let (guid, entry) = wanted(world, &arguments.instance, named.map(|named| named.id.as_str()))?;
    let choice = TargetChoice {
        named: arguments.env.as_deref(),
        of_draft: entry.as_ref().and_then(|entry| entry.environment.as_deref()),
        base_url: arguments.base_url.as_deref(),
    };
    let environment = target::require(world, &config, &choice)?;
    target::check_address(&environment)?;
    let request = wire::read_instance(&environment, &guid);
    redaction::expect_no_key_in_request(&request)?;
    let key = target::key(world, &environment)?;
    Console::say(format!("Asking {} ({}) for the instance …", environment.label, environment.host()));
    let delivery = match OutgoingRequest::new(request.clone(), key, environment.ca_file.as_deref(), world) {
        Ok(outgoing) => network::deliver(Limits::default(), &outgoing, say_progress),
        Err(failure) => Delivery { result: Err(failure), attempts: 0 },
    };
    let reply = delivery.result.as_ref().ok();
    let found = reply.and_then(wire::instance_of);
    let explanation = wire::explain(&request, &environment, &delivery.result).after(delivery.attempts);
    if arguments.format == Format::Json {
        let (environment, url) = (environment.id.as_str(), request.url.as_str());
        let outcome = outcome(found.is_some(), reply, explanation.outcome);
        let status = reply.map(|reply| reply.status);
        let instance = found.as_ref().map(JsonInstance::of);
        let result = VerifyResult { outcome, status, environment, url, guid: &guid, instance };
        console.print(json::line(&result)?)?;
    }
    let Some(found) = found else {
        match arguments.format {
            Format::Human => console.line(text::visible(&explanation.headline))?,
            Format::Json => Console::say(text::visible(&explanation.headline)),
        }
        say_explanation(&explanation, &environment);
        // A success reply without an instance confirms nothing.
        let is_accepted = explanation.outcome == Outcome::Accepted;
        return Ok(Exit::Answered(if is_accepted { Outcome::Refused } else { explanation.outcome }));
    };
    if arguments.format == Format::Human {
        console.print(facts(&guid, &found))?;
    }
    say_notes(entry.as_ref(), &found, &environment);
    Ok(Exit::Done)
}

/// The GUID to ask for, and its entry in the book; a GUID needs no entry.
fn wanted(
    world: &dyn World,
    named: &str,
    environment: Option<&str>,
) -> anyhow::Result<(String, Option<BookEntry>)> {
    let book = world::book::load(world)?;
    let here = |entry: &BookEntry| environment.is_none_or(|id| entry.environment.as_deref() == Some(id));
    if let Some(guid) = book::guid(named)
        && !book.find(named).into_iter().any(here)
    {
        return Ok((guid, None));
    }
    let entry = super::single(&book, named, environment)?;
    Ok((entry.guid.clone(), Some(entry.clone())))
}

/// The word for the result in JSON.
fn outcome(is_found: bool, reply: Option<&Reply>, outcome: Outcome) -> &'static str {
    match (is_found, reply, outcome) {
        (true, _, _) => "found",
        (false, Some(reply), _) if wire::lacks_instance(reply) => "missing",
        (false, _, Outcome::NotDelivered | Outcome::Unknown) => "no-answer",
        (false, _, Outcome::Accepted | Outcome::Refused) => "refused",
    }
}

fn facts(guid: &str, found: &FoundInstance) -> String {
    let rows = [("GUID", Some(guid))].into_iter().chain(found.facts());
    let rows: Vec<_> =
        rows.map(|(label, value)| [label.to_owned(), value.unwrap_or("-").to_owned()]).collect();
    table(&rows)
}

/// Prints what is wrong with the instance in SEI, and how the book differs.
fn say_notes(entry: Option<&BookEntry>, found: &FoundInstance, environment: &Environment) {
    if let Some(warning) = found.warning() {
        Console::say(format!("note: {warning}"));
    }
    let Some(entry) = entry else { return };
    let pairs = [
        ("name", Some(&entry.name).filter(|name| !name.is_empty()), found.name.as_ref()),
        ("integration id", entry.integration.as_ref(), found.integration.as_ref()),
        ("URL", entry.url.as_ref(), found.url.as_ref()),
    ];
    for (what, own, theirs) in pairs {
        if let (Some(own), Some(theirs)) = (own, theirs)
            && own != theirs
        {
            let own = text::visible(own);
            Console::say(format!(
                "note: The {what} in the book is “{own}”, which differs from {}.",
                environment.label
            ));
        }
    }
}

impl<'a> JsonInstance<'a> {
    fn of(found: &'a FoundInstance) -> Self {
        Self {
            name: found.name.as_deref(),
            kind: found.kind.as_deref(),
            integration_id: found.integration.as_deref(),
            url: found.url.as_deref(),
        }
    }
}
