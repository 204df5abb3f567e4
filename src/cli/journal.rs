//! `journal`: lists, shows and exports the entries of the journal.

use std::borrow::Cow;

use anyhow::{Context as _, bail};
use serde::Serialize;

use super::argument::{Filter, JournalCommand};
use super::console::Console;
use super::table::{row, table};
use super::{Exit, json};
use crate::journal::JournalEntry;
use crate::text;
use crate::time::Timestamp;
use crate::wire::{BodyFormat, Outcome, RequestPurpose};
use crate::world::{World, journal};

/// The listed part of an id, which `show` accepts too.
const SHORT: usize = 8;

pub(super) fn journal(
    command: Option<&JournalCommand>,
    world: &dyn World,
    console: &mut Console,
) -> anyhow::Result<Exit> {
    let journal = journal::all(world)?;
    if journal.unreadable > 0 {
        let lines = text::count(journal.unreadable, "line", "lines");
        let folder = journal::folder(world);
        Console::say(format!("note: {lines} in {} could not be read.", folder.display()));
    }
    let entries = journal.entries;
    match command {
        None => list(&entries, world, console)?,
        Some(JournalCommand::List(filter)) => list(&filter.of(entries), world, console)?,
        Some(JournalCommand::Show { id, body }) => {
            let entry = find(&entries, id.as_deref(), world)?;
            if !body {
                console.print(facts(entry))?;
                console.line("")?;
            }
            console.data(&entry.body.text())?;
        }
        Some(JournalCommand::Export(filter)) => {
            for entry in filter.of(entries) {
                console.print(json::line(&Exported::of(&entry))?)?;
            }
        }
    }
    Ok(Exit::Done)
}

impl Filter {
    /// The matching entries, oldest first.
    fn of(&self, mut entries: Vec<JournalEntry>) -> Vec<JournalEntry> {
        let outcome = self.outcome.map(Outcome::from);
        let job = self.job.as_deref().map(str::to_lowercase);
        entries.retain(|entry| {
            let name = entry.identity.job_full_name.as_deref().unwrap_or_default().to_lowercase();
            self.env.as_ref().is_none_or(|env| *env == entry.environment)
                && outcome.is_none_or(|outcome| outcome == entry.outcome())
                && job.as_ref().is_none_or(|job| name.contains(job))
        });
        let older = self.last.map_or(0, |last| entries.len().saturating_sub(last));
        entries.split_off(older)
    }
}

fn list(entries: &[JournalEntry], world: &dyn World, console: &mut Console) -> anyhow::Result<()> {
    if entries.is_empty() {
        let folder = journal::folder(world);
        Console::say(format!("No matching entries in the journal, {}.", folder.display()));
        return Ok(());
    }
    let mut rows = vec![row(["ID", "STARTED", "ENVIRONMENT", "OUTCOME", "STATUS", "REQUEST"])];
    rows.extend(entries.iter().rev().map(|entry| {
        [
            entry.id.chars().take(SHORT).collect(),
            entry.started.human(),
            entry.environment.clone(),
            outcome_with_verdict(entry),
            status(entry),
            what(entry),
        ]
    }));
    console.print(table(&rows))?;
    Ok(())
}

/// The entry whose id starts with `id`; without `id`, the newest.
fn find<'a>(
    entries: &'a [JournalEntry],
    id: Option<&str>,
    world: &dyn World,
) -> anyhow::Result<&'a JournalEntry> {
    let Some(id) = id else {
        let folder = journal::folder(world);
        return entries
            .last()
            .with_context(|| format!("The journal, {}, is empty: nothing was sent yet.", folder.display()));
    };
    let wanted = id.to_lowercase();
    let mut found = entries.iter().rev().filter(|entry| entry.id.starts_with(&wanted));
    let id = text::visible(id);
    let Some(entry) = found.next() else {
        bail!("No journal entry has the id “{id}”. `sei-compose journal list` lists all entries.");
    };
    if found.any(|other| other.id != entry.id) {
        bail!("Several journal entries have ids that start with “{id}”. Pass more characters.");
    }
    Ok(entry)
}

fn phrase(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Refused => "refused",
        Outcome::NotDelivered => "not delivered",
        Outcome::Unknown => "outcome unknown",
    }
}

/// The outcome, and the verdict of a sandbox if the entry has one.
fn outcome_with_verdict(entry: &JournalEntry) -> String {
    let verdict = entry.verdict().map(|verdict| format!(", {}", text::visible(verdict)));
    phrase(entry.outcome()).to_owned() + &verdict.unwrap_or_default()
}

fn status(entry: &JournalEntry) -> String {
    let status = entry.ending.as_ref().and_then(|ending| ending.status);
    status.map_or_else(|| "-".to_owned(), |status| status.to_string())
}

fn what(entry: &JournalEntry) -> String {
    match entry.purpose {
        RequestPurpose::JobRun => entry.identity.to_string(),
        RequestPurpose::CreateInstance | RequestPurpose::ReadInstance => "an instance".to_owned(),
    }
}

fn facts(entry: &JournalEntry) -> String {
    let JournalEntry { ending, .. } = entry;
    let finished = ending.as_ref().map(|ending| ending.finished);
    let outcome = match ending {
        Some(ending) => phrase(ending.outcome).to_owned(),
        None => "outcome unknown: in progress, or the program ended before the reply".to_owned(),
    };
    let format = entry.format.map_or("-", BodyFormat::word);
    let attempts = ending.as_ref().map_or_else(|| "-".to_owned(), |ending| ending.attempts.to_string());
    let verdict = entry.verdict().map(|verdict| format!(" · sandbox: {}", text::visible(verdict)));
    let status_text = format!("{}{}", status(entry), verdict.unwrap_or_default());
    let reply = ending.as_ref().map_or("-", |ending| ending.reply.trim());
    table(&[
        row(["Id", &entry.id]),
        row(["Started", &entry.started.human()]),
        row(["Finished", &finished.map_or_else(|| "-".to_owned(), Timestamp::human)]),
        row(["Environment", &entry.environment]),
        row(["Address", &format!("POST {}", entry.url)]),
        row(["Format", format]),
        row(["Request", &what(entry)]),
        row(["Instance", entry.identity.instance_guid.as_deref().unwrap_or("-")]),
        row(["Outcome", &outcome]),
        row(["Status", &status_text]),
        row(["Attempts", &attempts]),
        row(["Reply", if reply.is_empty() { "-" } else { reply }]),
    ])
}

/// An entry as `export` prints it: scripts depend on the names of these members.
#[derive(Serialize)]
struct Exported<'a> {
    id: &'a str,
    started: String,
    finished: Option<String>,
    environment: &'a str,
    url: &'a str,
    purpose: &'static str,
    format: Option<&'static str>,
    identity: IdentityRow<'a>,
    result: Option<&'a str>,
    outcome: &'static str,
    status: Option<u16>,
    attempts: Option<u32>,
    reply: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'a str>,
    body: Cow<'a, str>,
}

#[derive(Serialize)]
struct IdentityRow<'a> {
    instance_guid: Option<&'a str>,
    job_full_name: Option<&'a str>,
    build_number: Option<i64>,
}

impl<'a> Exported<'a> {
    fn of(entry: &'a JournalEntry) -> Self {
        let ending = entry.ending.as_ref();
        Self {
            id: &entry.id,
            started: entry.started.to_rfc3339(),
            finished: ending.map(|ending| ending.finished.to_rfc3339()),
            environment: &entry.environment,
            url: &entry.url,
            purpose: entry.purpose.word(),
            format: entry.format.map(BodyFormat::word),
            identity: IdentityRow {
                instance_guid: entry.identity.instance_guid.as_deref(),
                job_full_name: entry.identity.job_full_name.as_deref(),
                build_number: entry.identity.build_number,
            },
            result: entry.result.as_deref(),
            outcome: entry.outcome().word(),
            status: ending.and_then(|ending| ending.status),
            attempts: ending.map(|ending| ending.attempts),
            reply: ending.map(|ending| ending.reply.as_str()),
            verdict: entry.verdict(),
            body: entry.body.text(),
        }
    }
}
