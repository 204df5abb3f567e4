//! Environment, key, review, send, reply, GUID.

use crate::app::consent::Repeated;
use crate::app::editor::HiddenEntry;
use crate::app::model::{Choosable, Elsewhere, InFlight};
use crate::app::overlay::{Answer, Choice, Overlay, Question};
use crate::app::picker::{Line, Picker};
use crate::app::{Action, Effect, Model};
use crate::app::{NetworkEffect, SandboxEffect};
use crate::journal::{CONSEQUENCE, Earlier, Ending, Entry, Repeat};
use crate::wire::{
    self, Environment, Exposure, Failure, Outcome, Progress, Purpose, Reply, Request, SANDBOX,
};

use super::{complain, guid, review, say};

/// The environments to choose from.
pub(super) fn choose_environment(model: &mut Model) {
    let lines = model
        .sending
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
            notes.extend(environment.protected.then(|| "▲ protected".to_owned()));
            notes.extend(environment.legacy.then(|| "legacy".to_owned()));
            notes.push(match (&choosable.key, &choosable.fault) {
                (Some(from), _) => format!("key: {from}"),
                (None, Some(_)) => "key unusable".to_owned(),
                (None, None) => "no key yet".to_owned(),
            });
            Line::new(format!("{} ({})", environment.label, environment.id), notes.join(" · "))
        })
        .collect();
    model.overlays.push(Overlay::Pick(Picker::new(lines, model.sending.environment), Choice::Environment));
}

/// Chooses an environment by its position.
pub(super) fn choose(model: &mut Model, position: usize) {
    if position == model.sending.environment {
        return;
    }
    model.sending.environment = position;
    // What another environment accepted is nothing to compare with here.
    review::accept(model, None);
    // A draft remembers where it goes; what was never saved has nothing to remember.
    model.draft.file.is_changed |= model.draft.file.name.is_some();
    if let Some(chosen) = model.chosen() {
        let text = format!(
            "Environment: {}, {}. Nothing leaves before {{send}} and a review.",
            chosen.environment.label,
            chosen.environment.host()
        );
        say(model, text);
    }
    model.refresh();
    model.emit(wanted_sandbox(model));
}

/// The effect that starts the sandbox, when it is chosen and not up yet.
pub fn wanted_sandbox(model: &Model) -> Option<Effect> {
    let environment = &model.chosen()?.environment;
    environment.is_unstarted().then_some(Effect::Sandbox(SandboxEffect::StartSandbox))
}

/// The sandbox is up: from now on it can be sent to, with any key.
pub(super) fn sandbox_started(model: &mut Model, result: Result<Box<Environment>, String>) {
    let slot = model.sending.environments.iter_mut().find(|choosable| choosable.environment.id == SANDBOX);
    match (result, slot) {
        (Ok(environment), Some(slot)) => {
            let host = environment.host();
            *slot = Choosable::with_key(*environment, "the sandbox");
            model.instances.made_here = Some(Vec::new());
            model.refresh();
            let lost = guid::lost(model);
            say(
                model,
                format!("The sandbox runs on this machine, {host}, and stops with the program.{lost}"),
            );
        }
        (Err(why), _) => complain(model, format!("The sandbox does not start: {why}")),
        (Ok(_), None) => {}
    }
}

/// Asks for the key of the chosen environment, and goes on with an action afterwards.
pub(super) fn ask_key(model: &mut Model, then: Option<Action>) {
    model.overlays.push(Overlay::Key { entry: HiddenEntry::default(), fault: None, then, keep: false });
}

/// Sends a request to the environment at a position of the list; a run goes out again only as far as `repeat` says.
pub(super) fn post(model: &mut Model, position: usize, (request, repeat): (Request, Repeat)) {
    let Some(target) = model.sending.environments.get(position) else { return };
    let environment = target.environment.id.clone();
    let ticket = model.sending.next_ticket;
    model.sending.next_ticket += 1;
    model.sending.in_flight = Some(InFlight {
        ticket,
        request: request.clone(),
        environment: position,
        started: model.now,
        progress: None,
    });
    model.overlays.push(Overlay::Waiting);
    model.emit(Effect::Network(NetworkEffect::Post { ticket, environment, request, repeat }));
}

/// Stops the request under way; its end is told by its answer.
pub(super) fn cancel(model: &mut Model) {
    match &model.sending.in_flight {
        Some(flight) => model.emit(Effect::Network(NetworkEffect::Cancel { ticket: flight.ticket })),
        None => {}
    }
}

/// A request came to another stage; an old ticket's is of no interest.
pub(super) fn progressed(model: &mut Model, ticket: u64, progress: Progress) {
    let now = model.now;
    if let Some(flight) = model.sending.in_flight.as_mut().filter(|flight| flight.ticket == ticket) {
        flight.progress = Some((progress, now));
    }
}

/// A request ended: explains it, and fills in what it brought.
pub(super) fn replied(model: &mut Model, ticket: u64, result: &Result<Reply, Failure>) {
    let Some(flight) = model.sending.in_flight.take_if(|flight| flight.ticket == ticket) else {
        return;
    };
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Waiting));
    if let Some(target) = model.sending.environments.get_mut(flight.environment) {
        judge_key(target, result);
    }
    let Some(choosable) = model.sending.environments.get(flight.environment) else { return };
    let attempts = flight.progress.map_or(0, |(progress, _)| progress.attempt);
    let mut explanation = wire::explain(&flight.request, &choosable.environment, result).after(attempts);
    explanation.field = explanation.field.filter(|_| model.request().as_ref() == Some(&flight.request));
    if flight.request.purpose == Purpose::CreateInstance
        && let Some(guid) = result.as_ref().ok().and_then(wire::guid_of)
    {
        let environment = choosable.environment.clone();
        return guid::made(model, &environment, &flight.request, &guid);
    }
    let elsewhere = explanation.other_path.map(|path| Elsewhere::of(path, &flight, choosable));
    let mut entry = Entry::begin(String::new(), flight.started, &choosable.environment.id, &flight.request);
    entry.ending = Some(Ending::of(model.now, result, 1));
    if let Some(run) = entry.sent_run() {
        model.sending.sent.add(run);
        model.refresh();
    }
    model.sending.last_reply = Some(explanation);
    model.sending.elsewhere = elsewhere;
    show_reply(model)
}

/// What an answer says of the key that went with the request; most say nothing.
fn judge_key(target: &mut Choosable, result: &Result<Reply, Failure>) {
    match result {
        Ok(Reply { status: 401 | 403, .. }) => target.is_refused = true,
        _ if wire::outcome(result) == Outcome::Accepted => target.is_refused = false,
        Ok(_) | Err(_) => {}
    }
}

/// A request was not made, since a key stands in it: says where.
pub(super) fn withheld(model: &mut Model, ticket: u64, exposure: &Exposure) {
    let Some(flight) = model.sending.in_flight.take_if(|flight| flight.ticket == ticket) else {
        return;
    };
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Waiting));
    let mut explanation = exposure.explanation();
    explanation.field = explanation.field.filter(|_| model.request().as_ref() == Some(&flight.request));
    model.sending.last_reply = Some(explanation);
    model.sending.elsewhere = None;
    show_reply(model)
}

/// A run was not sent, since it is being sent or was sent before: asks whether it may go out again.
pub(super) fn sent_before(model: &mut Model, ticket: u64, earlier: &Earlier) {
    let Some(flight) = model.sending.in_flight.take_if(|flight| flight.ticket == ticket) else {
        return;
    };
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Waiting));
    let repeated = Repeated { environment: flight.environment, request: flight.request };
    model.overlays.push(Overlay::Ask(Question {
        title: "Nothing was sent".to_owned(),
        lines: vec![earlier.to_string(), CONSEQUENCE.to_owned()],
        answers: vec![
            ("Do not send it".to_owned(), Answer::Stay),
            ("Send it again".to_owned(), Answer::SendAnyway(Box::new(repeated))),
        ],
        chosen: 0,
    }));
}

/// The last reply, explained.
pub(super) fn show_reply(model: &mut Model) {
    match (model.sending.last_reply.clone(), &model.sending.elsewhere) {
        (Some(explanation), Some(elsewhere)) => {
            let question = guid::offer(&explanation, elsewhere);
            model.overlays.push(Overlay::Ask(question));
        }
        (Some(explanation), None) => model.overlays.push(Overlay::Reply { explanation, scroll: 0 }),
        (None, _) => say(model, "Nothing was sent yet in this session."),
    }
}
