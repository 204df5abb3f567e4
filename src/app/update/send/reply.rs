//! Environment, key, review, send, reply, GUID.

use crate::app::Model;
use crate::app::consent::Repeated;
use crate::app::model::{Elsewhere, EnvironmentChoice};
use crate::app::overlay::{Content, Overlay, OverlayAnswer, Question};
use crate::app::update::edit;
use crate::app::update::notify::{complain, say};
use crate::app::update::send::guid;
use crate::journal::{AttemptEnd, CONSEQUENCE, JournalEntry, PreviousAttempt};
use crate::wire;
use crate::wire::{Environment, Failure, KeyLeak, Outcome, Reply, RequestPurpose, SANDBOX};

/// The sandbox is up: from now on it can be sent to, with any key.
pub(in crate::app::update) fn sandbox_started(model: &mut Model, result: Result<Box<Environment>, String>) {
    let slot = model.sending.environments.iter_mut().find(|choosable| choosable.environment.id == SANDBOX);
    match (result, slot) {
        (Ok(environment), Some(slot)) => {
            let host = environment.host();
            *slot = EnvironmentChoice::with_key(*environment, "the sandbox");
            model.instances.made_here = Some(Vec::new());
            model.refresh();
            let lost = edit::lost(model);
            say(
                model,
                format!("The sandbox runs on this machine, {host}, and stops with the program.{lost}"),
            );
        }
        (Err(why), _) => complain(model, format!("The sandbox does not start: {why}")),
        (Ok(_), None) => {}
    }
}

/// A request ended: explains it, and fills in what it brought.
pub(in crate::app::update) fn replied(model: &mut Model, ticket: u64, result: &Result<Reply, Failure>) {
    let Some(flight) = model.sending.in_flight.take_if(|flight| flight.ticket == ticket) else {
        return;
    };
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Waiting));
    if let Some(target) = model.sending.environments.get_mut(flight.environment) {
        update_key_state(target, result);
    }
    let Some(choosable) = model.sending.environments.get(flight.environment) else { return };
    let attempts = flight.progress.map_or(0, |(progress, _)| progress.attempt);
    let mut explanation = wire::explain(&flight.request, &choosable.environment, result).after(attempts);
    explanation.field = explanation.field.filter(|_| model.request().as_ref() == Some(&flight.request));
    if flight.request.purpose == RequestPurpose::CreateInstance
        && let Some(guid) = result.as_ref().ok().and_then(wire::guid_of)
    {
        let environment = choosable.environment.clone();
        return guid::made(model, &environment, &flight.request, &guid);
    }
    let elsewhere = explanation.other_path.map(|path| Elsewhere::of(path, &flight, choosable));
    let mut entry =
        JournalEntry::start(String::new(), flight.started, &choosable.environment.id, &flight.request);
    entry.ending = Some(AttemptEnd::of(model.now, result, 1));
    if let Some(run) = entry.sent_run() {
        model.sending.sent.add(run);
        model.refresh();
    }
    model.sending.last_reply = Some(explanation);
    model.sending.elsewhere = elsewhere;
    show_reply(model);
}

/// What an answer says of the key that went with the request; most say nothing.
fn update_key_state(target: &mut EnvironmentChoice, result: &Result<Reply, Failure>) {
    match result {
        Ok(Reply { status: 401 | 403, .. }) => target.is_refused = true,
        _ if wire::outcome(result) == Outcome::Accepted => target.is_refused = false,
        Ok(_) | Err(_) => {}
    }
}

/// A request was not made, since a key stands in it: says where.
pub(in crate::app::update) fn blocked(model: &mut Model, ticket: u64, exposure: &KeyLeak) {
    let Some(flight) = model.sending.in_flight.take_if(|flight| flight.ticket == ticket) else {
        return;
    };
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Waiting));
    let mut explanation = exposure.explanation();
    explanation.field = explanation.field.filter(|_| model.request().as_ref() == Some(&flight.request));
    model.sending.last_reply = Some(explanation);
    model.sending.elsewhere = None;
    show_reply(model);
}

/// A run was not sent, since it is being sent or was sent before: asks whether it may go out again.
pub(in crate::app::update) fn sent_before(model: &mut Model, ticket: u64, earlier: &PreviousAttempt) {
    let Some(flight) = model.sending.in_flight.take_if(|flight| flight.ticket == ticket) else {
        return;
    };
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Waiting));
    let repeated = Repeated { environment: flight.environment, request: flight.request };
    model.overlays.push(Overlay::Ask(Question {
        title: "Nothing was sent".to_owned(),
        lines: vec![earlier.to_string(), CONSEQUENCE.to_owned()],
        answers: vec![
            ("Do not send it".to_owned(), OverlayAnswer::Stay),
            ("Send it again".to_owned(), OverlayAnswer::SendAnyway(Box::new(repeated))),
        ],
        chosen: 0,
    }));
}

/// The last reply, explained.
pub(in crate::app::update) fn show_reply(model: &mut Model) {
    match (model.sending.last_reply.clone(), &model.sending.elsewhere) {
        (Some(explanation), Some(elsewhere)) => {
            let question = guid::offer(&explanation, elsewhere);
            model.overlays.push(Overlay::Ask(question));
        }
        (Some(explanation), None) => model.overlays.push(Content::Reply(explanation).page()),
        (None, _) => say(model, "Nothing was sent yet in this session."),
    }
}
