//! The journal of sent requests: its entries and its line format.
//!
//! ```text
//!  start line ──(written and synced)──> the socket opens ──> reply or fault ──> end line
//!     └── the program is killed, the power fails ──> no end line: read as “outcome unknown”
//! ```
//!
//! The journal is append-only NDJSON: one line when an attempt starts, another when it ends. This
//! form is cheap and safe against crashes. One append and one sync make an entry durable, while a
//! separate file needs two syncs, for the file and its folder. Written lines never change, so a
//! crash cannot damage an older entry, and two programs may append at once. Each line starts with a
//! line break, so that half a line, all that a crash can leave, does not damage the next one.
//! Thousands of entries are read as one file. Only the line before the send is synced: without the
//! second line the outcome is unknown, which is correct after a crash.
//!
//! Each line has the version of the format. Unknown keys stay, since no line is rewritten. This
//! module uses neither folders nor the clock, and sees no API key: requests get their key later.

use crate::catalog::FieldRole;
use crate::check::{JobValues, PreviousRun};
use crate::document::Value;
use crate::time::Timestamp;
use crate::wire::{
    self, BodyFormat, Environment, Failure, FailureKind, Origin, Outcome, Reply, Request, RequestPurpose,
    RunIdentity,
};

mod body;
mod record;
mod repeat;

pub use body::Body;
pub use record::{read, read_newest};
pub use repeat::{AttemptState, CONSEQUENCE, PreviousAttempt, Repeat, RunKey};

/// The version that this program writes, and the newest that it reads.
pub const VERSION: u32 = 1;
/// The number of newest entries that the rules use.
pub const REMEMBERED: usize = 1_000;

/// The maximum length of a saved reply, in characters.
const EXCERPT: usize = 2_000;

/// An attempt to send a request, retries included.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalEntry {
    /// The id, a UUID.
    pub id: String,
    /// The time of the start, before the request was sent.
    pub started: Timestamp,
    /// The id of the environment.
    pub environment: String,
    /// The full address.
    pub url: String,
    /// The purpose of the request.
    pub purpose: RequestPurpose,
    /// The body format; `None` for requests other than job runs.
    pub format: Option<BodyFormat>,
    /// The identifying fields of the run.
    pub identity: RunIdentity,
    /// The result in the payload, unchanged.
    pub result: Option<String>,
    /// The values that SEI keeps on the job; `None` in older journals.
    pub job: Option<JobValues>,
    /// The id of the process; missing in older journals.
    pub process: Option<u32>,
    /// The exact body of the request.
    pub body: Body,
    /// The end of the attempt; `None` while it is unknown.
    pub ending: Option<AttemptEnd>,
}

/// The end of an attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct AttemptEnd {
    /// The time of the end.
    pub finished: Timestamp,
    /// The outcome of the last try.
    pub outcome: Outcome,
    /// The HTTP status, if a reply came.
    pub status: Option<u16>,
    /// The start of the reply, or the fault.
    pub reply: String,
    /// The number of tries.
    pub attempts: u32,
    /// The verdict of a sandbox on the run, one word.
    pub verdict: Option<String>,
}

/// A run that SEI accepted or may have accepted, and its target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentRun {
    /// The id of the environment.
    pub environment: String,
    /// The full address.
    pub url: String,
    /// The values that the rules use.
    pub run: PreviousRun,
}

/// The entries of a journal.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Journal {
    /// The entries, oldest first.
    pub entries: Vec<JournalEntry>,
    /// The number of unreadable lines: cut by a crash, or written by a newer program.
    pub unreadable: usize,
}

impl JournalEntry {
    /// The entry of an attempt that starts now.
    pub fn start(id: String, started: Timestamp, environment: &str, request: &Request) -> Self {
        let run = (request.purpose == RequestPurpose::JobRun).then(|| request.run()).flatten();
        let result = run
            .as_ref()
            .and_then(|run| run.as_object()?.get(FieldRole::Result.name())?.as_text().map(str::to_owned));
        Self {
            id,
            started,
            environment: environment.to_owned(),
            url: request.url.clone(),
            purpose: request.purpose,
            format: (request.purpose == RequestPurpose::JobRun).then(|| request.body_format()),
            identity: run.as_ref().map(wire::identity).unwrap_or_default(),
            result,
            job: run.as_ref().map(JobValues::of),
            process: None,
            body: Body::from(request.body.clone()),
            ending: None,
        }
    }

    /// The outcome; unknown without an end.
    pub fn outcome(&self) -> Outcome {
        self.ending.as_ref().map_or(Outcome::Unknown, |ending| ending.outcome)
    }

    /// The verdict of a sandbox; ignored unless the address is on this machine.
    pub fn verdict(&self) -> Option<&str> {
        let verdict = self.ending.as_ref()?.verdict.as_deref()?;
        Origin::of(&self.url).is_some_and(|origin| origin.is_loopback()).then_some(verdict)
    }

    /// The payload that was sent, without the wrapper.
    pub fn document(&self) -> Option<Value> {
        self.request(wire::Scheme::ApiKey).run()
    }

    /// The same request again: the exact body and address.
    pub fn request(&self, scheme: wire::Scheme) -> Request {
        let body = self.body.text().into_owned();
        Request { purpose: self.purpose, url: self.url.clone(), scheme, body }
    }

    /// The run for comparison with later ones; `None` if SEI did not accept it or it lacks an
    /// identity.
    pub fn sent_run(&self) -> Option<SentRun> {
        let outcome = self.outcome();
        let is_gone = matches!(outcome, Outcome::Refused | Outcome::NotDelivered);
        if self.purpose != RequestPurpose::JobRun || is_gone || self.verdict() == Some(wire::DROPPED) {
            return None;
        }
        let run = PreviousRun {
            guid: self.identity.instance_guid.clone()?,
            full_name: self.identity.job_full_name.clone()?,
            build_number: self.identity.build_number,
            result: self.result.clone().unwrap_or_default(),
            accepted: outcome == Outcome::Accepted,
            job: self.job.clone(),
        };
        Some(SentRun { environment: self.environment.clone(), url: self.url.clone(), run })
    }
}

impl SentRun {
    /// Whether the run was sent to this environment at its current address.
    pub fn went_to(&self, environment: &Environment) -> bool {
        self.environment == environment.id && environment.is_base_of(&self.url)
    }
}

/// The runs that the rules compare with a run for this environment, oldest first.
///
/// Without an environment, the runs of all environments, except those on this machine: a sandbox
/// forgets its runs.
pub fn previous_runs(sent: &[SentRun], environment: Option<&Environment>) -> Vec<PreviousRun> {
    let is_meant = |sent: &&SentRun| match environment {
        Some(environment) => sent.went_to(environment),
        None => Origin::of(&sent.url).is_some_and(|origin| !origin.is_loopback()),
    };
    sent.iter().filter(is_meant).map(|sent| sent.run.clone()).collect()
}

impl AttemptEnd {
    /// The end of an attempt with this result.
    pub fn of(finished: Timestamp, result: &Result<Reply, Failure>, attempts: u32) -> Self {
        let (status, words) = match result {
            Ok(reply) => (Some(reply.status), reply.body.as_str()),
            Err(failure) if failure.kind == FailureKind::Cancelled && failure.detail.is_empty() => {
                (None, "canceled")
            }
            Err(failure) => (None, failure.detail.as_str()),
        };
        let reply = words.chars().take(EXCERPT).collect();
        let verdict = result.as_ref().ok().and_then(Reply::fate).map(str::to_owned);
        Self { finished, outcome: wire::outcome(result), status, reply, attempts, verdict }
    }
}

impl Journal {
    /// The newest run of a job that the environment accepted at its current address.
    pub fn last_accepted(&self, environment: &Environment, job: &RunIdentity) -> Option<&JournalEntry> {
        let (guid, name) = (job.instance_guid.as_ref()?.trim(), job.job_full_name.as_ref()?.trim());
        let is_one = |entry: &&JournalEntry| {
            entry.sent_run().is_some_and(|sent| {
                sent.run.accepted
                    && sent.went_to(environment)
                    && sent.run.guid.trim().eq_ignore_ascii_case(guid)
                    && sent.run.full_name.trim() == name
            })
        };
        self.entries.iter().rev().find(is_one)
    }

    /// The runs that SEI accepted or may have accepted, oldest first.
    pub fn sent_runs(&self) -> impl Iterator<Item = SentRun> {
        self.entries.iter().filter_map(JournalEntry::sent_run)
    }
}
