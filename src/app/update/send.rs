//! Environment, key, review, send, reply, GUID.

use crate::app::editor::{Editor, HiddenEntry};
use crate::app::model::{Choosable, InFlight};
use crate::app::overlay::{Choice, Overlay};
use crate::app::picker::{Line, Picker};
use crate::app::review::Readiness;
use crate::app::row::Tab;
use crate::app::{Action, Effect, Model};
use crate::document::{Pointer, Value};
use crate::journal::{Ending, Entry};
use crate::wire::{self, Environment, Failure, Progress, Purpose, Reply, Request};

use super::{complain, done, focus, instance, key, say, typing};

/// The id of the environment that this program itself serves.
const SANDBOX: &str = "sandbox";

/// The environments to choose from.
pub(super) fn choose_environment(model: &mut Model) -> Vec<Effect> {
    let lines = model
        .environments
        .iter()
        .map(|choosable| {
            let environment = &choosable.environment;
            if environment.is_unstarted() {
                return Line::new(
                    format!("{} ({})", environment.label, environment.id),
                    "starts here, on this machine · no key needed",
                );
            }
            let mut notes = vec![environment.host()];
            notes.extend(environment.protected.then(|| "protected".to_owned()));
            notes.extend(environment.legacy.then(|| "legacy".to_owned()));
            notes.push(
                choosable.key.as_ref().map_or_else(|| "no key yet".to_owned(), |from| format!("key: {from}")),
            );
            Line::new(format!("{} ({})", environment.label, environment.id), notes.join(" · "))
        })
        .collect();
    model.overlays.push(Overlay::Pick(Picker::new(lines, model.environment), Choice::Environment));
    Vec::new()
}

/// Chooses an environment by its position.
pub(super) fn choose(model: &mut Model, position: usize) -> Vec<Effect> {
    if position == model.environment {
        return Vec::new();
    }
    model.environment = position;
    // A draft remembers where it goes; what was never saved has nothing to remember.
    model.draft.is_changed |= model.draft.name.is_some();
    if let Some(chosen) = model.chosen() {
        let text = format!(
            "Environment: {}, {}. Nothing leaves before {{send}} and a review.",
            chosen.environment.label,
            chosen.environment.host()
        );
        say(model, text);
    }
    model.refresh();
    wanted_sandbox(model).into_iter().collect()
}

/// The effect that starts the sandbox, when it is chosen and not up yet.
pub fn wanted_sandbox(model: &Model) -> Option<Effect> {
    let environment = &model.chosen()?.environment;
    environment.is_unstarted().then_some(Effect::StartSandbox)
}

/// The sandbox is up: from now on it can be sent to, with any key.
pub(super) fn sandbox_started(model: &mut Model, result: Result<Box<Environment>, String>) -> Vec<Effect> {
    let slot = model.environments.iter_mut().find(|choosable| choosable.environment.id == SANDBOX);
    match (result, slot) {
        (Ok(environment), Some(slot)) => {
            let host = environment.host();
            *slot = Choosable { environment: *environment, key: Some("the sandbox".to_owned()) };
            say(model, format!("The sandbox runs on this machine, {host}, and stops with the program."));
        }
        (Err(why), _) => complain(model, format!("The sandbox does not start: {why}")),
        (Ok(_), None) => {}
    }
    Vec::new()
}

/// Asks for the key of the chosen environment, and goes on with an action afterwards.
pub(super) fn ask_key(model: &mut Model, then: Option<Action>) -> Vec<Effect> {
    model.overlays.push(Overlay::Key { entry: HiddenEntry::default(), fault: None, then });
    Vec::new()
}

/// Shows what would be sent.
pub(super) fn review(model: &mut Model) -> Vec<Effect> {
    if model.in_flight.is_some() {
        complain(model, "A request is under way; Esc stops it.");
        return Vec::new();
    }
    focus::leave(model);
    model.tried = true;
    model.overlays.push(Overlay::Review { scroll: 0, typed: Editor::new(""), fault: None });
    key::seek(model, None)
}

/// Goes on from the review: sends, asks for what is missing, or jumps to what is wrong.
pub(super) fn confirm(model: &mut Model, typed: &str) -> Vec<Effect> {
    let fault = match model.readiness(typed) {
        Readiness::Blocked => {
            model.overlays.pop();
            let first =
                model.problems.iter().position(|problem| problem.severity == crate::check::Severity::Error);
            return super::problem::jump(model, first.unwrap_or_default());
        }
        Readiness::NeedsKey if model.is_seeking() => "The key is being looked up; a moment.".to_owned(),
        Readiness::NeedsKey => return ask_key(model, Some(Action::Send)),
        Readiness::ReadOnly => "The program was started read-only: nothing is sent.".to_owned(),
        Readiness::NeedsName => {
            let id = model.chosen().map(|chosen| chosen.environment.id.clone()).unwrap_or_default();
            format!("This environment is protected: type {id} to send to it.")
        }
        Readiness::Ready => {
            model.overlays.pop();
            let Some(request) = model.request() else { return Vec::new() };
            return post(model, request);
        }
    };
    if let Some(Overlay::Review { fault: shown, .. }) = model.overlays.last_mut() {
        *shown = Some(fault);
    }
    Vec::new()
}

fn post(model: &mut Model, request: Request) -> Vec<Effect> {
    let Some(environment) = model.chosen().map(|chosen| chosen.environment.id.clone()) else {
        return Vec::new();
    };
    let ticket = model.next_ticket;
    model.next_ticket += 1;
    model.in_flight = Some(InFlight {
        ticket,
        request: request.clone(),
        environment: model.environment,
        started: model.now,
        progress: None,
    });
    model.overlays.push(Overlay::Waiting);
    vec![Effect::Post { ticket, environment, request }]
}

/// Stops the request under way; its end is told by its answer.
pub(super) fn cancel(model: &mut Model) -> Vec<Effect> {
    match &model.in_flight {
        Some(flight) => vec![Effect::Cancel { ticket: flight.ticket }],
        None => Vec::new(),
    }
}

/// A request came to another stage; an old ticket's is of no interest.
pub(super) fn progressed(model: &mut Model, ticket: u64, progress: Progress) -> Vec<Effect> {
    let now = model.now;
    if let Some(flight) = model.in_flight.as_mut().filter(|flight| flight.ticket == ticket) {
        flight.progress = Some((progress, now));
    }
    Vec::new()
}

/// A request ended: explains it, and fills in what it brought.
pub(super) fn replied(model: &mut Model, ticket: u64, result: &Result<Reply, Failure>) -> Vec<Effect> {
    let Some(flight) = model.in_flight.take_if(|flight| flight.ticket == ticket) else { return Vec::new() };
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Waiting));
    let Some(choosable) = model.environments.get(flight.environment) else { return Vec::new() };
    let attempts = flight.progress.map_or(0, |(progress, _)| progress.attempt);
    let explanation = wire::explain(&flight.request, &choosable.environment, result).after(attempts);
    if flight.request.purpose == Purpose::CreateInstance
        && let Ok(reply) = result
        && let Some(guid) = wire::guid_of(reply)
    {
        let environment = choosable.environment.clone();
        let name = instance_name(model).unwrap_or_default();
        let effects = instance::made(model, &environment, &guid, name);
        fill_guid(model, &guid);
        done(model, format!("{} made the instance; its GUID is filled in.", environment.label));
        return effects;
    }
    let mut entry = Entry::begin(String::new(), flight.started, &choosable.environment.id, &flight.request);
    entry.ending = Some(Ending::of(model.now, result, 1));
    if let Some(run) = entry.sent_run() {
        model.sent.add(run);
        model.refresh();
    }
    model.last_reply = Some(explanation);
    show_reply(model)
}

/// The last reply, explained.
pub(super) fn show_reply(model: &mut Model) -> Vec<Effect> {
    match model.last_reply.clone() {
        Some(explanation) => model.overlays.push(Overlay::Reply { explanation, scroll: 0 }),
        None => say(model, "Nothing was sent yet in this session."),
    }
    Vec::new()
}

/// Asks the environment for a GUID, or for what is missing to ask.
pub(super) fn generate_guid(model: &mut Model) -> Vec<Effect> {
    if model.in_flight.is_some() {
        complain(model, "A request is under way; Esc stops it.");
        return Vec::new();
    }
    if model.read_only {
        complain(model, "The program was started read-only: nothing is sent.");
        return Vec::new();
    }
    let Some(chosen) = model.chosen() else { return Vec::new() };
    let (has_key, environment) = (chosen.key.is_some(), chosen.environment.clone());
    let name = instance_name(model);
    let integration = model.integration.trim().to_owned();
    if integration.is_empty() || integration.bytes().any(|byte| !byte.is_ascii_digit()) {
        go_to_integration(model);
        let needs = if name.is_some() { "is needed" } else { "and the instance name are needed" };
        let words = if integration.is_empty() {
            format!(
                "The integration id {needs}: a number, from satellite.yml or its page in SEI. Any will do in the sandbox."
            )
        } else {
            format!("“{integration}” is no integration id: SEI knows them by number, such as 4620.")
        };
        complain(model, words);
        return Vec::new();
    }
    let Some(name) = name else {
        focus::reveal(model, &Pointer::root().key("instance_name"));
        complain(model, "The instance needs a name first: type it here, then generate again.");
        return Vec::new();
    };
    if !has_key {
        let effects = key::seek(model, Some(Action::GenerateGuid));
        if model.is_seeking() {
            return effects;
        }
        return ask_key(model, Some(Action::GenerateGuid));
    }
    post(model, wire::create_instance(&environment, &integration, &name, None))
}

fn instance_name(model: &Model) -> Option<String> {
    let object = model.document.value().as_object()?;
    let value = object.get("instance_name").or_else(|| object.get("jenkins_instance_name"))?;
    value.as_text().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned)
}

fn go_to_integration(model: &mut Model) {
    focus::go(model, Tab::Instance);
    let index = model.rows.iter().position(|row| row.role == crate::app::row::Role::Integration);
    focus::land(model, index.unwrap_or_default());
}

/// A random GUID came: fills it in, and says what it is not.
pub(super) fn random_guid(model: &mut Model, guid: &str) -> Vec<Effect> {
    fill_guid(model, guid);
    say(model, "A random GUID: SEI drops runs of one it did not make. Good for trying things out.");
    Vec::new()
}

fn fill_guid(model: &mut Model, guid: &str) {
    let root = Pointer::root();
    let is_legacy =
        model.document.value().as_object().is_some_and(|object| object.contains("jenkins_instance_guid"));
    let at = root.key(if is_legacy { "jenkins_instance_guid" } else { "instance_guid" });
    typing::set_value(model, &at, Some(Value::Text(guid.to_owned())));
    focus::reveal(model, &at);
}
