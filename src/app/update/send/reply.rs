//! The replies to requests, and the start of the sandbox.

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

/// Makes the started sandbox an environment to send to, with any key.
pub(in crate::app::update) fn sandbox_started(model: &mut Model, result: Result<Box<Environment>, String>) {
    let slot = model.sending.environments.iter_mut().find(|choice| choice.environment.id == SANDBOX);
    match (result, slot) {
        (Ok(environment), Some(slot)) => {
            let host = environment.host();
            *slot = EnvironmentChoice::with_key(*environment, "the sandbox");
            model.instances.made_here = Some(Vec::new());
            model.refresh();
            let guid_note = edit::sandbox_guid_note(model);
            say(
                model,
                format!("The sandbox runs on this machine, {host}, and stops with the program.{guid_note}"),
            );
        }
        (Err(why), _) => complain(model, format!("The sandbox did not start: {why}")),
        (Ok(_), None) => {}
    }
}

/// Explains the reply to a request, and fills in a new GUID.
pub(in crate::app::update) fn replied(model: &mut Model, ticket: u64, result: &Result<Reply, Failure>) {
    let Some(flight) = model.sending.in_flight.take_if(|flight| flight.ticket == ticket) else {
        return;
    };
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Waiting));
    if let Some(target) = model.sending.environments.get_mut(flight.environment) {
        update_key_state(target, result);
    }
    let Some(choice) = model.sending.environments.get(flight.environment) else { return };
    let attempts = flight.progress.map_or(0, |(progress, _)| progress.attempt);
    let mut explanation = wire::explain(&flight.request, &choice.environment, result).after(attempts);
    explanation.field = explanation.field.filter(|_| model.request().as_ref() == Some(&flight.request));
    if flight.request.purpose == RequestPurpose::CreateInstance
        && let Some(guid) = result.as_ref().ok().and_then(wire::guid_of)
    {
        let environment = choice.environment.clone();
        return guid::made(model, &environment, &flight.request, &guid);
    }
    let elsewhere = explanation.other_path.map(|path| Elsewhere::of(path, &flight, choice));
    let mut entry =
        JournalEntry::start(String::new(), flight.started, &choice.environment.id, &flight.request);
    entry.ending = Some(AttemptEnd::of(model.now, result, 1));
    if let Some(run) = entry.sent_run() {
        model.sending.sent.add(run);
        model.refresh();
    }
    model.sending.last_reply = Some(explanation);
    model.sending.elsewhere = elsewhere;
    show_reply(model);
}

/// Records whether the reply refused the key; most replies change nothing.
fn update_key_state(target: &mut EnvironmentChoice, result: &Result<Reply, Failure>) {
    match result {
        Ok(Reply { status: 401 | 403, .. }) => target.is_refused = true,
        _ if wire::outcome(result) == Outcome::Accepted => target.is_refused = false,
        Ok(_) | Err(_) => {}
    }
}

/// Explains where a request contains a key, which blocked the request.
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

/// Asks whether to send a run again that was sent before or is in progress.
pub(in crate::app::update) fn sent_before(model: &mut Model, ticket: u64, previous: &PreviousAttempt) {
    let Some(flight) = model.sending.in_flight.take_if(|flight| flight.ticket == ticket) else {
        return;
    };
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Waiting));
    let repeated = Repeated { environment: flight.environment, request: flight.request };
    model.overlays.push(Overlay::Ask(Question {
        title: "Send again?".to_owned(),
        lines: vec![previous.to_string(), CONSEQUENCE.to_owned()],
        answers: vec![
            ("Do not send".to_owned(), OverlayAnswer::Stay),
            ("Send again".to_owned(), OverlayAnswer::SendAnyway(Box::new(repeated))),
        ],
        chosen: 0,
    }));
}

/// Opens the explanation of the last reply.
pub(in crate::app::update) fn show_reply(model: &mut Model) {
    match (model.sending.last_reply.clone(), &model.sending.elsewhere) {
        (Some(explanation), Some(elsewhere)) => {
            let question = guid::offer(&explanation, elsewhere);
            model.overlays.push(Overlay::Ask(question));
        }
        (Some(explanation), None) => model.overlays.push(Content::Reply(explanation).page()),
        (None, _) => say(model, "Nothing has been sent in this session."),
    }
}
