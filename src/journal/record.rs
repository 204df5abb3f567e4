//! The lines of the journal: writing, and reading them as entries.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

use super::{AttemptEnd, Body, Journal, JournalEntry, VERSION};
use crate::check::JobValues;
use crate::time::Timestamp;
use crate::wire::{BodyFormat, Outcome, RequestPurpose, RunIdentity};

const STARTED: &str = "begun";
const ENDED: &str = "ended";

/// A line of the journal; its keys depend on the event.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct JournalRecord {
    /// The version of the line format.
    journal: u32,
    event: String,
    id: String,
    at: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    environment: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    purpose: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// Older journals call it `door`.
    #[serde(alias = "door")]
    format: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance_guid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    job_full_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    build_number: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<String>,
    /// Older journals do not have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    job: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    process: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "String::is_empty")]
    outcome: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempts: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<String>,
}

impl JournalEntry {
    /// The line to append before the request is sent.
    pub fn opening(&self) -> String {
        line(&JournalRecord {
            journal: VERSION,
            event: STARTED.to_owned(),
            id: self.id.clone(),
            at: self.started.to_rfc3339(),
            environment: self.environment.clone(),
            url: self.url.clone(),
            purpose: self.purpose.word().to_owned(),
            format: self.format.map(|format| format.word().to_owned()),
            instance_guid: self.identity.instance_guid.clone(),
            job_full_name: self.identity.job_full_name.clone(),
            build_number: self.identity.build_number,
            result: self.result.clone(),
            job: self.job.as_ref().map(|job| job.named().clone()),
            process: self.process,
            body: to_raw_value(&self.body.text()).ok(),
            ..JournalRecord::default()
        })
    }
}

impl AttemptEnd {
    /// The line to append when the attempt with this id has ended.
    pub fn closing(&self, id: &str) -> String {
        line(&JournalRecord {
            journal: VERSION,
            event: ENDED.to_owned(),
            id: id.to_owned(),
            at: self.finished.to_rfc3339(),
            outcome: self.outcome.word().to_owned(),
            status: self.status,
            attempts: Some(self.attempts),
            reply: Some(self.reply.clone()),
            verdict: self.verdict.clone(),
            ..JournalRecord::default()
        })
    }
}

/// A line with a line break also before it: a line cut by a crash then stays separate.
fn line(record: &JournalRecord) -> String {
    // A record of texts and numbers always serializes.
    format!("\n{}\n", serde_json::to_string(record).unwrap_or_default())
}

/// Reads the lines of a journal or its last part; an end line without its start line is ignored.
pub fn read(text: &str) -> Journal {
    let mut reader = RecordReader::default();
    for line in text.lines() {
        reader.line(line);
    }
    reader.journal
}

/// Reads the newest entries of a journal, at least `least` if it has them; older lines are not
/// parsed.
pub fn read_newest(text: &str, least: usize) -> Journal {
    let starts = text.rmatch_indices('\n').map(|(at, _)| at + 1).chain([0]);
    let entries = starts.filter(|at| text.get(*at..).is_some_and(is_started));
    let part = entries.take(least).last().and_then(|start| text.get(start..));
    let journal = read(part.unwrap_or(text));
    // A line that only looks like an entry was counted: read all lines.
    if journal.entries.len() < least { read(text) } else { journal }
}

/// Whether a text starts with a line of [`JournalEntry::opening`].
fn is_started(text: &str) -> bool {
    let rest =
        text.strip_prefix("{\"journal\":").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.is_some_and(|rest| rest.starts_with(",\"event\":\"begun\""))
}

/// Reads a journal line by line, and joins end lines with their start lines.
#[derive(Default)]
pub(super) struct RecordReader {
    pub(super) journal: Journal,
    open: HashMap<String, usize>,
}

impl RecordReader {
    /// Reads the next line; returns the id if the line starts an attempt.
    pub(super) fn line(&mut self, line: &str) -> Option<String> {
        if line.trim().is_empty() {
            return None;
        }
        let record =
            serde_json::from_str::<JournalRecord>(line).ok().filter(|record| record.journal <= VERSION);
        let read = record.and_then(|record| Some((record.id.clone(), RecordPart::of(record)?)));
        match read {
            Some((id, RecordPart::Started(entry))) => {
                self.open.insert(id.clone(), self.journal.entries.len());
                self.journal.entries.push(*entry);
                return Some(id);
            }
            Some((id, RecordPart::Ended(ending))) => {
                let entry = self.open.remove(&id).and_then(|index| self.journal.entries.get_mut(index));
                if let Some(entry) = entry {
                    entry.ending = Some(ending);
                }
            }
            None => self.journal.unreadable += 1,
        }
        None
    }
}

/// The content of a line.
enum RecordPart {
    Started(Box<JournalEntry>),
    Ended(AttemptEnd),
}

impl RecordPart {
    fn of(record: JournalRecord) -> Option<Self> {
        let at = Timestamp::parse_rfc3339(&record.at)?;
        match record.event.as_str() {
            STARTED => Some(Self::Started(Box::new(JournalEntry {
                id: record.id,
                started: at,
                environment: record.environment,
                url: record.url,
                purpose: RequestPurpose::from_word(&record.purpose)?,
                format: record.format.as_deref().and_then(BodyFormat::from_word),
                identity: RunIdentity {
                    instance_guid: record.instance_guid,
                    job_full_name: record.job_full_name,
                    build_number: record.build_number,
                },
                result: record.result,
                job: record.job.map(JobValues::from),
                process: record.process,
                body: record.body.map_or_else(|| Some(Body::default()), Body::written)?,
                ending: None,
            }))),
            ENDED => Some(Self::Ended(AttemptEnd {
                finished: at,
                outcome: Outcome::from_word(&record.outcome)?,
                status: record.status,
                reply: record.reply.unwrap_or_default(),
                attempts: record.attempts.unwrap_or(1),
                verdict: record.verdict,
            })),
            _ => None,
        }
    }
}
