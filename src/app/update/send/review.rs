//! The review before a send: opened on the document or on an entry of the journal, and gone on from.

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

/// Shows what would be sent.
pub(in crate::app::update) fn open(model: &mut Model, again: Option<Box<Again>>) {
    if model.sending.in_flight.is_some() {
        complain(model, "A request is under way; {cancel} stops it.");
        return;
    }
    if let Some(fault) = model.text_fault().filter(|_| again.is_none()) {
        let words = format!(
            "Not sent: text not JSON at {}:{}. {{edit-json}} mends it, {{palette}} drop-text drops it.",
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

/// Looks for the run that the reviewed one is compared with.
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

/// The search in the journal ended.
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
    // Why the journal cannot be read was said when its runs were recalled.
    let entry = result.ok().flatten();
    let earlier = entry.zip(run).and_then(|(entry, run)| PreviousSent::of(&entry, &run));
    *since = earlier.map_or(Since::First, |earlier| Since::Run(Box::new(earlier)));
}

/// Shows all that is new since the last accepted run.
pub(in crate::app::update) fn show_changes(model: &mut Model) {
    let fault = match model.since() {
        Since::Run(earlier) => {
            let comparison = earlier.comparison.clone();
            model.overlays.push(Content::Compare(comparison).page());
            return;
        }
        Since::Looking => "The journal is being read; a moment.",
        Since::First => "The journal has no accepted run of this job here to compare with.",
    };
    complain_there(model, fault.to_owned());
}

/// Another environment for the review, unless it is of what was sent to a certain one.
pub(in crate::app::update) fn choose_environment(model: &mut Model) {
    if model.again().is_none() {
        return request::choose_environment(model);
    }
    complain_there(
        model,
        "It goes again to where it went. Open it as a draft to send it elsewhere.".to_owned(),
    );
}

/// Goes on from the review: sends, asks for what is missing, or jumps to what is wrong.
pub(in crate::app::update) fn confirm(model: &mut Model, typed: &str) {
    let fault = match model.readiness(typed) {
        Readiness::Blocked if model.again().is_some() => {
            "Errors block the send. Open it as a draft to mend them.".to_owned()
        }
        Readiness::Blocked => {
            model.overlays.pop();
            let first = model.checks.problems.iter().position(|problem| problem.severity == Severity::Error);
            return problem::jump(model, first.unwrap_or_default());
        }
        Readiness::NeedsKey if model.is_seeking() => "The key is being looked up; a moment.".to_owned(),
        Readiness::NeedsKey => return request::ask_key(model, Some(Action::Send)),
        Readiness::ReadOnly => "The program was started read-only: nothing is sent.".to_owned(),
        Readiness::NeedsName => {
            let id = model.target().map(|target| target.environment.id.clone()).unwrap_or_default();
            format!("This environment is protected: type {id} to send to it.")
        }
        Readiness::Ready => {
            let (position, request) = (model.aim(), model.outgoing());
            // What the review says of earlier runs, the person has seen.
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
