//! The review before a send: of the document, or of an entry of the journal.

use crate::app::editor::Editor;
use crate::app::model::Model;
use crate::app::overlay::{Content, Overlay};
use crate::app::pane_layout::Accepted;
use crate::app::review::{Again, PreviousSent, Readiness, Since};
use crate::app::update::form::problem;
use crate::app::update::navigate;
use crate::app::update::notify::complain;
use crate::app::update::send::{accepted, key, request};
use crate::app::{Action, DiskEffect, Effect};
use crate::check::Severity;
use crate::journal::{JournalEntry, Repeat};
use crate::wire;

/// Opens the review of the document, or of the entry `again`.
pub(in crate::app::update) fn open(model: &mut Model, again: Option<Box<Again>>) {
    if model.sending.in_flight.is_some() {
        complain(model, "A request is in progress; {cancel} cancels it.");
        return;
    }
    if let Some(fault) = model.text_fault().filter(|_| again.is_none()) {
        let words = format!(
            "Not sent: text not JSON at {}:{}. {{edit-json}} edits it, {{palette}} drop-text discards it.",
            fault.line, fault.column
        );
        complain(model, words);
        model.form.tried = true;
        return;
    }
    if again.is_none() {
        navigate::leave_field(model);
        model.form.tried = true;
    }
    let (typed, since) = (Editor::new(""), Since::Looking);
    model.overlays.push(Overlay::Review { scroll: 0, typed, fault: None, again, since });
    key::seek(model, None);
    compare(model);
}

/// Requests the last accepted run from the journal, to compare it with the reviewed run.
pub(in crate::app::update) fn compare(model: &mut Model) {
    let Some((run, target)) = model.outgoing_run().zip(model.target()) else { return };
    let job = wire::identity(&run);
    let environment = Box::new(target.environment.clone());
    let Some(Overlay::Review { since, .. }) = model.overlays.last_mut() else { return };
    if job.instance_guid.is_none() || job.job_full_name.is_none() {
        *since = Since::First;
        return;
    }
    *since = Since::Looking;
    model.emit(Effect::Disk(DiskEffect::FindAccepted { environment, job }));
}

/// Shows the accepted run that the journal search found.
pub(in crate::app::update) fn compared(
    model: &mut Model,
    environment: &str,
    result: Result<Option<Box<JournalEntry>>, String>,
) {
    let is_here = model.chosen().is_some_and(|chosen| chosen.environment.id == environment);
    if is_here && !model.is_sending_again() {
        accepted::accept(model, result.as_ref().ok().and_then(Option::as_deref).and_then(Accepted::of));
    }
    let is_meant = model.target().is_some_and(|target| target.environment.id == environment);
    let run = model.outgoing_run();
    let review = model.overlays.iter_mut().rev().find(|overlay| matches!(overlay, Overlay::Review { .. }));
    let Some(Overlay::Review { since, .. }) = review.filter(|_| is_meant) else { return };
    // A journal that cannot be read was reported when its runs were loaded.
    let entry = result.ok().flatten();
    let previous = entry.zip(run).and_then(|(entry, run)| PreviousSent::of(&entry, &run));
    *since = previous.map_or(Since::First, |previous| Since::Run(Box::new(previous)));
}

/// Shows all changes since the last accepted run.
pub(in crate::app::update) fn show_changes(model: &mut Model) {
    let fault = match model.since() {
        Since::Run(previous) => {
            let comparison = previous.comparison.clone();
            model.overlays.push(Content::Compare(comparison).page());
            return;
        }
        Since::Looking => "The journal is still being read.",
        Since::First => "The journal has no accepted run of this job in this environment.",
    };
    complain_there(model, fault.to_owned());
}

/// Changes the environment of the review; a run that is sent again keeps its environment.
pub(in crate::app::update) fn choose_environment(model: &mut Model) {
    if model.again().is_none() {
        return request::choose_environment(model);
    }
    complain_there(
        model,
        "A run sent again keeps its environment. Open it as a draft to send it elsewhere.".to_owned(),
    );
}

/// Sends the run, asks for the missing input, or goes to the first error.
pub(in crate::app::update) fn confirm(model: &mut Model, typed: &str) {
    let fault = match model.readiness(typed) {
        Readiness::Blocked if model.again().is_some() => {
            "Errors block the send. Open the run as a draft to fix them.".to_owned()
        }
        Readiness::Blocked => {
            model.overlays.pop();
            let first = model.checks.problems.iter().position(|problem| problem.severity == Severity::Error);
            return problem::jump(model, first.unwrap_or_default());
        }
        Readiness::NeedsKey if model.is_seeking() => "The key is still being looked up.".to_owned(),
        Readiness::NeedsKey => return request::ask_key(model, Some(Action::Send)),
        Readiness::ReadOnly => "The program was started read-only: nothing is sent.".to_owned(),
        Readiness::NeedsName => {
            let id = model.target().map_or("", |target| target.environment.id.as_str());
            format!("Wrong id. Type {id}.")
        }
        Readiness::Ready => {
            let (position, request) = (model.aim(), model.outgoing());
            // The review has already shown the previous runs.
            let is_known = model.is_sending_again() || model.is_sent_before();
            let repeat = if is_known { Repeat::AfterPrevious } else { Repeat::Never };
            model.overlays.pop();
            if let Some(request) = request {
                request::post(model, position, (request, repeat));
            }
            return;
        }
    };
    complain_there(model, fault);
}

fn complain_there(model: &mut Model, fault: String) {
    if let Some(Overlay::Review { fault: shown, .. }) = model.overlays.last_mut() {
        *shown = Some(fault);
    }
}
