//! The environment, its key, and requests in progress.

use crate::app::editor::HiddenEntry;
use crate::app::model::{InFlight, key_from};
use crate::app::overlay::{List, Overlay, OverlayAnswer};
use crate::app::picker::{Picker, PickerLine};
use crate::app::update::notify::{complain, say};
use crate::app::update::send::accepted;
use crate::app::{Action, Effect, Model, NetworkEffect, SandboxEffect};
use crate::journal::Repeat;
use crate::wire::{AttemptProgress, Request};

/// Lists the environments.
pub(in crate::app::update) fn choose_environment(model: &mut Model) {
    let lines: Vec<PickerLine> = model
        .sending
        .environments
        .iter()
        .map(|choice| {
            let environment = &choice.environment;
            if environment.is_unstarted() {
                return PickerLine::new(
                    format!("{} ({})", environment.label, environment.id),
                    "starts here, on this machine · no key needed",
                );
            }
            let mut notes = vec![environment.host()];
            notes.extend(environment.protected.then(|| "▲ protected".to_owned()));
            notes.extend(environment.retired.then(|| "retired".to_owned()));
            notes.push(match (&choice.key, &choice.fault) {
                (Some(from), _) => key_from(from),
                (None, Some(_)) => "key unusable".to_owned(),
                (None, None) => "no key yet".to_owned(),
            });
            PickerLine::new(format!("{} ({})", environment.label, environment.id), notes.join(" · "))
        })
        .collect();
    let items = lines
        .into_iter()
        .enumerate()
        .map(|(position, line)| (line, OverlayAnswer::ChooseEnvironment(position)));
    model.overlays.push(Overlay::Pick(Picker::new(items, model.sending.environment), List::Environments));
}

/// Chooses an environment by its position.
pub(in crate::app::update) fn choose(model: &mut Model, position: usize) {
    if position == model.sending.environment {
        return;
    }
    model.sending.environment = position;
    // A run that another environment accepted must not be compared here.
    accepted::accept(model, None);
    // A saved draft stores its environment; an unnamed draft has no file to update.
    model.draft.file.is_changed |= model.draft.file.name.is_some();
    if let Some(chosen) = model.chosen() {
        let text = format!(
            "Environment: {}, {}. Nothing is sent before {{send}} and a review.",
            chosen.environment.label,
            chosen.environment.host()
        );
        say(model, text);
    }
    model.refresh();
    model.emit(wanted_sandbox(model));
}

/// The effect that starts the sandbox, if the sandbox is chosen and not running.
pub fn wanted_sandbox(model: &Model) -> Option<Effect> {
    let environment = &model.chosen()?.environment;
    environment.is_unstarted().then_some(Effect::Sandbox(SandboxEffect::StartSandbox))
}

/// Asks for the key of the target environment, then runs the action `then`.
pub(in crate::app::update) fn ask_key(model: &mut Model, then: Option<Action>) {
    model.overlays.push(Overlay::Key { entry: HiddenEntry::default(), fault: None, then, keep: false });
}

/// Sends a request to the environment at a list position; `repeat` says whether a run may repeat.
pub(in crate::app::update) fn post(model: &mut Model, position: usize, (request, repeat): (Request, Repeat)) {
    let Some((ticket, environment)) = start(model, position, &request) else { return };
    model.emit(Effect::Network(NetworkEffect::Post { ticket, environment, request, repeat }));
}

/// Whether a request can start; says why not.
pub(in crate::app::update) fn may_start(model: &mut Model) -> bool {
    if model.sending.in_flight.is_some() {
        complain(model, "A request is in progress; {cancel} cancels it.");
        return false;
    }
    if model.settings.read_only {
        complain(model, "The program was started read-only: nothing is sent.");
        return false;
    }
    true
}

/// Sends a request that only reads to the environment at a list position.
pub(in crate::app::update) fn read(model: &mut Model, position: usize, request: Request) {
    let Some((ticket, environment)) = start(model, position, &request) else { return };
    model.emit(Effect::Network(NetworkEffect::Read { ticket, environment, request }));
}

/// Shows a request as in flight; returns its ticket and the id of its environment.
fn start(model: &mut Model, position: usize, request: &Request) -> Option<(u64, String)> {
    let environment = model.sending.environments.get(position)?.environment.id.clone();
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
    Some((ticket, environment))
}

/// Cancels the request in progress; its reply reports the end.
pub(in crate::app::update) fn cancel(model: &mut Model) {
    if let Some(flight) = &model.sending.in_flight {
        model.emit(Effect::Network(NetworkEffect::Cancel { ticket: flight.ticket }));
    }
}

/// Records the progress of the current request, and ignores old tickets.
pub(in crate::app::update) fn progressed(model: &mut Model, ticket: u64, progress: AttemptProgress) {
    let now = model.now;
    if let Some(flight) = model.sending.in_flight.as_mut().filter(|flight| flight.ticket == ticket) {
        flight.progress = Some((progress, now));
    }
}
