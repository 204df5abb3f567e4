//! The journal: what was sent, looked at and opened again.

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
use crate::wire::{Outcome, RequestPurpose, SANDBOX};
use crate::{document, text};

/// The runs of earlier sessions came: the rules know them from now on.
pub(in crate::app::update) fn recalled(model: &mut Model, result: Result<Vec<SentRun>, String>) {
    match result {
        Ok(runs) if runs.is_empty() => {}
        Ok(runs) => {
            model.sending.sent.recall(runs);
            model.refresh();
        }
        Err(why) => complain(model, format!("Earlier runs are not known. {why}")),
    }
}

/// The entries came: shows them, the newest first.
pub(in crate::app::update) fn listed(model: &mut Model, result: Result<Vec<JournalEntry>, String>) {
    match result {
        Ok(entries) if entries.is_empty() => say(model, "Nothing was sent yet; {send} reviews and sends."),
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

/// The line of an entry in a list.
fn line(entry: &JournalEntry) -> PickerLine {
    PickerLine::new(heading(entry), differs_from_run(entry))
}

/// Asks what to do with an entry.
pub(in crate::app::update) fn choose(model: &mut Model, entries: &[JournalEntry], index: usize) {
    let Some(entry) = entries.get(index).cloned().map(Box::new) else { return };
    let mut lines = facts(&entry);
    // Enter alone must not drop anything, so looking comes first.
    let mut answers = vec![("Show what was sent".to_owned(), OverlayAnswer::ShowSent(entry.clone()))];
    if let Some(run) = entry.document().filter(|_| entry.purpose == RequestPurpose::JobRun) {
        let words = if model.is_unsaved() {
            lines.push("There are unsaved changes.".to_owned());
            "Drop the changes and open it as a new draft"
        } else {
            "Open it as a new draft"
        };
        let reopen = OverlayAnswer::Reopen(Box::new(run));
        let saving = OverlayAnswer::SaveThen(Box::new(reopen.clone()));
        answers.push((words.to_owned(), reopen));
        if model.is_unsaved() && !model.settings.read_only {
            answers.push(("Save the changes, then open it".to_owned(), saving));
        }
    }
    if entry.purpose == RequestPurpose::JobRun {
        match Again::of(model, &entry) {
            Ok(again) => {
                answers.push((
                    "Send it again, byte for byte".to_owned(),
                    OverlayAnswer::SendAgain(Box::new(again)),
                ));
            }
            Err(why) => lines.push(why),
        }
        answers.push(("Compare it with the document".to_owned(), OverlayAnswer::CompareHere(entry.clone())));
        let others = entries.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, other)| other);
        let others: Vec<JournalEntry> =
            others.filter(|other| other.purpose == RequestPurpose::JobRun).cloned().collect();
        if !others.is_empty() {
            let others = OverlayAnswer::CompareWith { entry: entry.clone(), others };
            answers.push(("Compare it with another entry".to_owned(), others));
        }
    }
    answers.push(("Close".to_owned(), OverlayAnswer::Stay));
    model.overlays.push(Overlay::Ask(Question { title: heading(&entry), lines, answers, chosen: 0 }));
}

/// Shows how the document differs from what was sent.
pub(in crate::app::update) fn compare_here(model: &mut Model, entry: &JournalEntry) {
    let title = format!("{} → the document", short(entry));
    match entry.document() {
        Some(run) => contrast(model, title, &run, None),
        None => unreadable(model),
    }
}

/// Asks which entry to compare one with, those of the same job first.
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

/// Shows how two entries differ, from the older to the newer.
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
    complain(model, "What was sent is not JSON: there is nothing to compare field by field.");
}

/// What an entry is called beside another.
fn short(entry: &JournalEntry) -> String {
    let minute: String = entry.started.human().chars().take("2026-01-05 09:00".len()).collect();
    let number = entry.identity.build_number.map_or_else(String::new, |number| format!("#{number} of "));
    format!("{number}{minute}")
}

/// Opens what was sent as a draft that has no name yet.
pub(in crate::app::update) fn reopen(model: &mut Model, run: Value) {
    open_document(model, run);
    done(model, "Opened what was sent as a new draft; {save} keeps it.");
}

/// Shows what was sent, laid out, and what came of it.
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

/// Nothing was sent, since it could not be written down first.
pub(in crate::app::update) fn refused(model: &mut Model, ticket: u64, why: String) {
    if model.sending.in_flight.take_if(|flight| flight.ticket == ticket).is_none() {
        return;
    }
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Waiting));
    model.overlays.push(Overlay::Ask(Question {
        title: "Nothing was sent".to_owned(),
        lines: vec![
            "It could not be written into the journal, and nothing leaves that is not written down."
                .to_owned(),
            why,
            "SEI_COMPOSE_DATA_DIR puts the journal and the drafts into another folder.".to_owned(),
        ],
        answers: vec![("Close".to_owned(), OverlayAnswer::Stay)],
        chosen: 0,
    }));
}

/// The end of a request is not in the journal: without it the outcome reads as unknown.
pub(in crate::app::update) fn unfinished(model: &mut Model, why: &str) {
    let words = format!("The journal does not know how this ended, and lists it as outcome unknown. {why}");
    complain(model, words);
}

/// When, and what.
fn heading(entry: &JournalEntry) -> String {
    let minute: String = entry.started.human().chars().take("2026-01-05 09:00".len()).collect();
    let what = match (entry.purpose, &entry.identity.job_full_name, entry.identity.build_number) {
        (RequestPurpose::CreateInstance, _, _) => "an instance".to_owned(),
        (RequestPurpose::JobRun, Some(name), Some(number)) => format!("{name} #{number}"),
        (RequestPurpose::JobRun, Some(name), None) => name.clone(),
        (RequestPurpose::JobRun, None, _) => "a run without a full name".to_owned(),
    };
    format!("{minute}  {}", text::visible(&what))
}

fn differs_from_run(entry: &JournalEntry) -> String {
    if entry.verdict().is_some() && entry.environment == SANDBOX {
        return phrase(entry);
    }
    format!("{} · {}", phrase(entry), entry.environment)
}

fn phrase(entry: &JournalEntry) -> String {
    let status = entry.ending.as_ref().and_then(|ending| ending.status);
    let status = status.map_or_else(String::new, |status| format!(" {status}"));
    if let Some(verdict) = entry.verdict() {
        return format!("{} · sandbox: {}", status.trim(), text::visible(verdict));
    }
    let words = match entry.outcome() {
        Outcome::Accepted => "accepted",
        Outcome::Refused => "refused",
        Outcome::NoAnswer => "no answer",
        Outcome::Unknown => "outcome unknown",
    };
    format!("{words}{status}")
}

fn facts(entry: &JournalEntry) -> Vec<String> {
    let mut lines = vec![
        format!("Sent to {} · POST {}", entry.environment, entry.url),
        format!("Began {}", Timestamp::human(entry.started)),
    ];
    match &entry.ending {
        Some(ending) => {
            lines.push(format!("Ended {} · {}", ending.finished.human(), phrase(entry)));
            lines.push(format!("Reply: {}", text::cut(&text::visible(ending.reply.trim()), 240)));
        }
        None => lines.push(
            "Outcome unknown: it is under way, or the program ended before an answer came. It may have arrived."
                .to_owned(),
        ),
    }
    lines
}
