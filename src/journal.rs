//! The journal of what was sent: its entries, and the lines they are written down as.
//!
//! ```text
//!  begun ──(written and synced)──> the socket opens ──> answer or fault ──> ended
//!     └── the program is killed, the power fails ──> no `ended`: read as “outcome unknown”
//! ```
//!
//! The journal is NDJSON that is only ever appended to: a line when an attempt begins, another when it ends. That is
//! the safest form against crashes and the cheapest. One append and one sync make an entry last, where a file of its
//! own needs two syncs for the file and its folder; nothing written is ever touched again, so no crash can harm an
//! older entry; and two programs may append at once. Each line begins with a line break of its own, so that half a
//! line, all that a crash can leave, spoils no other. Thousands of entries are read at once as one file. Only the line
//! before the send is waited for: without the second the outcome reads as unknown, which is true of a crash.
//!
//! Each line carries the version of the format. Keys that this version does not know stay, since no line is
//! rewritten. The format knows no folder and no clock, and no key of the API: it sees requests before one is added.

use crate::catalog::FieldRole;
use crate::check::PreviousRun;
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

/// The version this program writes, and the newest it reads.
pub const VERSION: u32 = 1;
/// How many of the newest entries the rules look at.
pub const REMEMBERED: usize = 1_000;

/// How much of a reply is kept, in characters.
const EXCERPT: usize = 2_000;

/// One attempt to send something.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalEntry {
    /// Its id, a UUID.
    pub id: String,
    /// When it began, before anything left.
    pub started: Timestamp,
    /// The environment it went to, by id.
    pub environment: String,
    /// The whole address.
    pub url: String,
    /// What it was for.
    pub purpose: RequestPurpose,
    /// The way in, of a job run.
    pub format: Option<BodyFormat>,
    /// What SEI knows the run by.
    pub identity: RunIdentity,
    /// The result of the run, as spelled.
    pub result: Option<String>,
    /// The process that made the attempt; older journals do not say.
    pub process: Option<u32>,
    /// The exact body.
    pub body: Body,
    /// How it ended; `None` while nobody knows.
    pub ending: Option<AttemptEnd>,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq)]
pub struct AttemptEnd {
    /// When.
    pub finished: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// The start of the reply, or the fault in place of one.
    pub reply: String,
    /// How often it was tried.
    pub attempts: u32,
    /// What a sandbox says became of the run after the answer: one word.
    pub verdict: Option<String>,
}

/// A run that SEI took or may have taken, and where it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentRun {
    /// The environment, by id.
    pub environment: String,
    /// The whole address.
    pub url: String,
    /// What the rules may know of it.
    pub run: PreviousRun,
}

/// What a journal holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Journal {
    /// The entries, the oldest first.
    pub entries: Vec<JournalEntry>,
    /// How many lines could not be read: cut off by a crash, or written by a newer program.
    pub unreadable: usize,
}

impl JournalEntry {
    /// An attempt that is about to begin.
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
            process: None,
            body: Body::from(request.body.clone()),
            ending: None,
        }
    }

    /// What became of it; without an ending the outcome is unknown.
    pub fn outcome(&self) -> Outcome {
        self.ending.as_ref().map_or(Outcome::Unknown, |ending| ending.outcome)
    }

    /// What became of the run after the answer, as only a sandbox tells, and only one on this machine is believed.
    pub fn verdict(&self) -> Option<&str> {
        let verdict = self.ending.as_ref()?.verdict.as_deref()?;
        Origin::of(&self.url).is_some_and(|origin| origin.is_loopback()).then_some(verdict)
    }

    /// The payload that was sent, out of its envelope.
    pub fn document(&self) -> Option<Value> {
        self.request(wire::Scheme::ApiKey).run()
    }

    /// The same request once more: the exact body to the same address.
    pub fn request(&self, scheme: wire::Scheme) -> Request {
        let body = self.body.text().into_owned();
        Request { purpose: self.purpose, url: self.url.clone(), scheme, body }
    }

    /// The run as the rules compare later ones with it; none when SEI did not take it or cannot tell it apart.
    pub fn sent_run(&self) -> Option<SentRun> {
        let outcome = self.outcome();
        let is_gone = matches!(outcome, Outcome::Refused | Outcome::NoAnswer);
        if self.purpose != RequestPurpose::JobRun || is_gone || self.verdict() == Some(wire::DROPPED) {
            return None;
        }
        let run = PreviousRun {
            guid: self.identity.instance_guid.clone()?,
            full_name: self.identity.job_full_name.clone()?,
            build_number: self.identity.build_number,
            result: self.result.clone().unwrap_or_default(),
            accepted: outcome == Outcome::Accepted,
        };
        Some(SentRun { environment: self.environment.clone(), url: self.url.clone(), run })
    }
}

impl SentRun {
    /// Whether it went to this environment at its present address.
    pub fn went_to(&self, environment: &Environment) -> bool {
        self.environment == environment.id && environment.is_base_of(&self.url)
    }
}

/// The runs that the rules compare with a run for this environment, the oldest first.
///
/// Where the environment is not known, those of all, but for what stayed on this machine: a sandbox forgets.
pub fn previous_runs(sent: &[SentRun], environment: Option<&Environment>) -> Vec<PreviousRun> {
    let is_meant = |sent: &&SentRun| match environment {
        Some(environment) => sent.went_to(environment),
        None => Origin::of(&sent.url).is_some_and(|origin| !origin.is_loopback()),
    };
    sent.iter().filter(is_meant).map(|sent| sent.run.clone()).collect()
}

impl AttemptEnd {
    /// The end of an attempt.
    pub fn of(finished: Timestamp, result: &Result<Reply, Failure>, attempts: u32) -> Self {
        let (status, words) = match result {
            Ok(reply) => (Some(reply.status), reply.body.as_str()),
            Err(failure) if failure.kind == FailureKind::Cancelled && failure.detail.is_empty() => {
                (None, "cancelled")
            }
            Err(failure) => (None, failure.detail.as_str()),
        };
        let reply = words.chars().take(EXCERPT).collect();
        let verdict = result.as_ref().ok().and_then(Reply::fate).map(str::to_owned);
        Self { finished, outcome: wire::outcome(result), status, reply, attempts, verdict }
    }
}

impl Journal {
    /// The newest run of a job that the environment has accepted at its present address.
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

    /// The runs that SEI took or may have taken, the oldest first.
    pub fn sent_runs(&self) -> impl Iterator<Item = SentRun> {
        self.entries.iter().filter_map(JournalEntry::sent_run)
    }
}
