//! The journal: lists, shows, compares and reopens sent requests.

use std::sync::Arc;

use crate::app::comparison::Comparison;
use crate::app::model::Model;
use crate::app::open_document;
use crate::app::overlay::{Content, List, Overlay, OverlayAnswer, Question};
use crate::app::picker::{Picker, PickerLine};
use crate::app::review::Again;
use crate::app::update::notify::{complain, done, say};
use crate::document::Value;
use crate::journal::{JournalEntry, SentRun};
use crate::time::Timestamp;
use crate::wire::{Outcome, RequestPurpose};
use crate::{document, text};

/// Adds the runs of previous sessions for the rules, or reports why they are unknown.
pub(in crate::app::update) fn recalled(model: &mut Model, result: Result<Vec<SentRun>, String>) {
    match result {
        Ok(runs) if runs.is_empty() => {}
        Ok(runs) => {
            model.sending.sent.recall(runs);
            model.refresh();
        }
        Err(why) => complain(model, format!("Previous runs are unknown. {why}")),
    }
}

/// Lists the entries, the newest first.
pub(in crate::app::update) fn listed(model: &mut Model, result: Result<Vec<JournalEntry>, String>) {
    match result {
        Ok(entries) if entries.is_empty() => say(model, "Nothing has been sent yet; {send} reviews."),
        Ok(mut entries) => {
            entries.reverse();
            let entries: Arc<[JournalEntry]> = entries.into();
            let answer = |index| OverlayAnswer::ChooseSent { entries: Arc::clone(&entries), index };
            let items = entries.iter().enumerate().map(|(index, entry)| (line(entry), answer(index)));
            model.overlays.push(Overlay::Pick(Picker::new(items, 0), List::Journal));
        }
        Err(why) => complain(model, why),
    }
}

fn line(entry: &JournalEntry) -> PickerLine {
    PickerLine::new(heading(entry), note(entry))
}

/// Asks what to do with a journal entry.
pub(in crate::app::update) fn choose(model: &mut Model, entries: &[JournalEntry], index: usize) {
    let Some(entry) = entries.get(index).cloned().map(Box::new) else { return };
    let mut lines = facts(&entry);
    // Enter alone must not discard anything, so the first answer only shows the entry.
    let mut answers = vec![("Show request".to_owned(), OverlayAnswer::ShowSent(entry.clone()))];
    if let Some(run) = entry.document().filter(|_| entry.purpose == RequestPurpose::JobRun) {
        let words = if model.is_unsaved() {
            lines.push("Opening replaces the current draft, which has unsaved changes.".to_owned());
            "Discard changes and open as a new draft"
        } else {
            "Open as a new draft"
        };
        let reopen = OverlayAnswer::Reopen(Box::new(run));
        let saving = OverlayAnswer::SaveThen(Box::new(reopen.clone()));
        answers.push((words.to_owned(), reopen));
        if model.is_unsaved() && !model.settings.read_only {
            answers.push(("Save changes, then open as a new draft".to_owned(), saving));
        }
    }
    if entry.purpose == RequestPurpose::JobRun {
        match Again::of(model, &entry) {
            Ok(again) => {
                answers.push((
                    "Send again, byte for byte".to_owned(),
                    OverlayAnswer::SendAgain(Box::new(again)),
                ));
            }
            Err(why) => lines.push(why),
        }
        answers.push(("Compare with the draft".to_owned(), OverlayAnswer::CompareHere(entry.clone())));
        let others = entries.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, other)| other);
        let others: Vec<JournalEntry> =
            others.filter(|other| other.purpose == RequestPurpose::JobRun).cloned().collect();
        if !others.is_empty() {
            let others = OverlayAnswer::CompareWith { entry: entry.clone(), others };
            answers.push(("Compare with another entry".to_owned(), others));
        }
    }
    answers.push(("Close".to_owned(), OverlayAnswer::Stay));
    model.overlays.push(Overlay::Ask(Question { title: heading(&entry), lines, answers, chosen: 0 }));
}

/// Opens the comparison of the sent run and the document.
pub(in crate::app::update) fn compare_here(model: &mut Model, entry: &JournalEntry) {
    let title = format!("{} → the draft", short(entry));
    match entry.document() {
        Some(run) => contrast(model, title, &run, None),
        None => unreadable(model),
    }
}

/// Lists the entries to compare with, those of the same job first.
pub(in crate::app::update) fn choose_other(
    model: &mut Model,
    entry: Box<JournalEntry>,
    mut others: Vec<JournalEntry>,
) {
    others.sort_by_key(|other| other.identity.job_full_name != entry.identity.job_full_name);
    let one: Arc<JournalEntry> = Arc::from(entry);
    let answer = |other| OverlayAnswer::CompareSent { one: Arc::clone(&one), other: Box::new(other) };
    let items = others.into_iter().map(|other| (line(&other), answer(other)));
    model.overlays.push(Overlay::Pick(Picker::new(items, 0), List::Others));
}

/// Opens the comparison of two entries, from the older to the newer.
pub(in crate::app::update) fn compare(model: &mut Model, one: &JournalEntry, other: &JournalEntry) {
    let (old, new) = if one.started <= other.started { (one, other) } else { (other, one) };
    let title = format!("{} → {}", short(old), short(new));
    match (old.document(), new.document()) {
        (Some(old), Some(new)) => contrast(model, title, &old, Some(&new)),
        (None, _) | (_, None) => unreadable(model),
    }
}

fn contrast(model: &mut Model, title: String, old: &Value, new: Option<&Value>) {
    let comparison = Comparison::new(title, old, new.unwrap_or_else(|| model.document.value()));
    model.overlays.push(Content::Compare(comparison).page());
}

fn unreadable(model: &mut Model) {
    complain(model, "The sent body is not JSON and cannot be compared field by field.");
}

/// The short title of an entry in a comparison.
fn short(entry: &JournalEntry) -> String {
    let minute: String = entry.started.human().chars().take("2026-01-05 09:00".len()).collect();
    let number = entry.identity.build_number.map_or_else(String::new, |number| format!("#{number} of "));
    format!("{number}{minute}")
}

/// Opens a sent run as a new draft without a name.
pub(in crate::app::update) fn reopen(model: &mut Model, run: Value) {
    open_document(model, run);
    done(model, "Opened the sent run as a new draft; {save} saves it.");
}

/// Shows the formatted body and the outcome of an entry.
pub(in crate::app::update) fn show(model: &mut Model, entry: &JournalEntry) {
    let mut lines = facts(entry);
    lines.push(String::new());
    let body = entry.body.text();
    match document::read(&body) {
        Ok(body) => lines.extend(document::write_pretty(&body).lines().map(str::to_owned)),
        Err(_) => lines.push(body.into_owned()),
    }
    model.overlays.push(Content::Text { title: heading(entry), lines }.page());
}

/// Reports a request that was not sent, because the journal could not be written.
pub(in crate::app::update) fn refused(model: &mut Model, ticket: u64, why: String) {
    if model.sending.in_flight.take_if(|flight| flight.ticket == ticket).is_none() {
        return;
    }
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Waiting));
    model.overlays.push(Overlay::Ask(Question {
        title: "Nothing was sent".to_owned(),
        lines: vec![
            "The journal could not be written. No request is sent without a journal entry.".to_owned(),
            why,
            "SEI_COMPOSE_DATA_DIR sets another folder for the journal and the drafts.".to_owned(),
        ],
        answers: vec![("Close".to_owned(), OverlayAnswer::Stay)],
        chosen: 0,
    }));
}

/// Reports that the end of a request is not in the journal, which then lists it as unknown.
pub(in crate::app::update) fn unfinished(model: &mut Model, why: &str) {
    let words = format!("The journal has no record of the outcome and lists it as unknown. {why}");
    complain(model, words);
}

/// The start time, and the job or the kind of request.
fn heading(entry: &JournalEntry) -> String {
    let minute: String = entry.started.human().chars().take("2026-01-05 09:00".len()).collect();
    let what = match (entry.purpose, &entry.identity.job_full_name, entry.identity.build_number) {
        (RequestPurpose::CreateInstance | RequestPurpose::ReadInstance, _, _) => "instance".to_owned(),
        (RequestPurpose::JobRun, Some(name), Some(number)) => format!("{name} #{number}"),
        (RequestPurpose::JobRun, Some(name), None) => name.clone(),
        (RequestPurpose::JobRun, None, _) => "run without a full name".to_owned(),
    };
    format!("{minute}  {}", text::visible(&what))
}

fn note(entry: &JournalEntry) -> String {
    format!("{} · {}", phrase(entry), entry.environment)
}

fn phrase(entry: &JournalEntry) -> String {
    let status = entry.ending.as_ref().and_then(|ending| ending.status);
    let status = status.map_or_else(String::new, |status| format!(" {status}"));
    if let Some(verdict) = entry.verdict() {
        return format!("{}{status}", text::visible(verdict));
    }
    let words = match entry.outcome() {
        Outcome::Accepted => "accepted",
        Outcome::Refused => "refused",
        Outcome::NotDelivered => "not delivered",
        Outcome::Unknown => "outcome unknown",
    };
    format!("{words}{status}")
}

fn facts(entry: &JournalEntry) -> Vec<String> {
    let mut lines = vec![
        format!("Target {} · POST {}", entry.environment, entry.url),
        format!("Started {}", Timestamp::human(entry.started)),
    ];
    match &entry.ending {
        Some(ending) => {
            lines.push(format!("Finished {} · {}", ending.finished.human(), phrase(entry)));
            let reply = text::cut(&text::visible(ending.reply.trim()), 240).into_owned();
            lines.push(if ending.status.is_some() {
                format!("Reply: {reply}")
            } else {
                format!("Reply: none ({reply})")
            });
        }
        None => lines.push(
            "Outcome unknown: in progress, or the program ended before the reply. SEI may have received it."
                .to_owned(),
        ),
    }
    lines
}
