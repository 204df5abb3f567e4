//! Detects repeated runs: the key that identifies a run, and its previous attempts in the journal.

use std::collections::HashSet;
use std::fmt;

use super::record::RecordReader;
use super::{Journal, JournalEntry};
use crate::time::Timestamp;
use crate::wire::{self, BodyFormat, Outcome, RequestPurpose};

/// The key of a run: requests with the same server and the same three identifying fields are the
/// same run to SEI. Without GUID or full name, only a request with the same body is the same run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunKey {
    server: String,
    run: SameRun,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum SameRun {
    Fields { guid: String, full_name: String, build_number: i64 },
    Body(String),
}

/// Which previous attempts to send the same run do not block another attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repeat {
    /// None: a run is sent once.
    #[default]
    Never,
    /// Those that have ended; the user confirmed the repeat.
    AfterPrevious,
    /// All, even one in progress.
    Always,
}

/// Another attempt to send the same run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousAttempt {
    /// The state of the attempt.
    pub standing: AttemptState,
    /// The time of the start; unknown while the journal has no entry.
    pub started: Option<Timestamp>,
    /// The id of the process, if the journal has it.
    pub process: Option<u32>,
}

/// What SEI does with the second copy of a run.
pub const CONSEQUENCE: &str =
    "SEI keeps result and duration of the first copy; artifacts are replaced, stages added or updated.";

/// The state of another attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptState {
    /// Another process is sending the run now.
    InFlight,
    /// The server accepted the run.
    Accepted,
    /// The run was sent, and the reply is unknown: the server may have accepted it.
    Unknown,
}

impl RunKey {
    /// The key of an attempt; `None` if the request is not a job run.
    pub fn of(entry: &JournalEntry) -> Option<Self> {
        if entry.purpose != RequestPurpose::JobRun {
            return None;
        }
        let named = |name: &Option<String>| {
            let name = name.as_deref()?.trim();
            (!name.is_empty()).then(|| name.to_owned())
        };
        let wire::RunIdentity { instance_guid, job_full_name, build_number } = &entry.identity;
        let run = match (named(instance_guid), named(job_full_name)) {
            // SEI treats a missing build number as 0.
            (Some(guid), Some(full_name)) => SameRun::Fields {
                guid: guid.to_ascii_lowercase(),
                full_name,
                build_number: build_number.unwrap_or(0),
            },
            (Some(_) | None, _) => SameRun::Body(entry.body.text().into_owned()),
        };
        Some(Self { server: server(&entry.url), run })
    }

    /// The name of the lock file of the run, the same in all processes.
    pub fn file_name(&self) -> String {
        let run = match &self.run {
            SameRun::Fields { guid, full_name, build_number } => {
                format!("{guid}\n{build_number}\n{full_name}")
            }
            SameRun::Body(body) => body.clone(),
        };
        format!("{:032x}.lock", fnv1a(&format!("{}\n{run}", self.server)))
    }

    /// The previous attempts to send this run in the text of a journal or its last part, oldest
    /// first.
    pub fn attempts(&self, text: &str) -> Vec<JournalEntry> {
        // Parse only the few lines that may belong to this run.
        let needles = self.needles();
        let mut reader = RecordReader::default();
        let mut ids: HashSet<String> = HashSet::new();
        for line in text.lines() {
            if needles.iter().all(|needle| line.contains(needle.as_str())) {
                ids.extend(reader.line(line));
            } else if !ids.is_empty() && ids.iter().any(|id| line.contains(id.as_str())) {
                reader.line(line);
            }
        }
        let Journal { mut entries, .. } = reader.journal;
        entries.retain(|entry| Self::of(entry).as_ref() == Some(self));
        entries
    }

    /// The strings that each start line of this run contains.
    fn needles(&self) -> Vec<String> {
        let spelled = |text: &str| {
            let quoted = serde_json::to_string(text).unwrap_or_default();
            quoted.trim_matches('"').to_owned()
        };
        match &self.run {
            SameRun::Fields { full_name, build_number: 0, .. } => vec![spelled(full_name)],
            SameRun::Fields { full_name, build_number, .. } => {
                vec![format!("\"build_number\":{build_number}"), spelled(full_name)]
            }
            SameRun::Body(body) => vec![spelled(body)],
        }
    }
}

/// The address of the server in canonical form, without the path of either endpoint for runs.
fn server(url: &str) -> String {
    let path = [BodyFormat::Flat, BodyFormat::Wrapped]
        .into_iter()
        .find_map(|format| url.strip_suffix(format.path()));
    wire::with_server(path.unwrap_or(url)).trim_end_matches('/').to_owned()
}

/// The 128-bit FNV-1a hash, stable across versions, since it becomes a file name.
fn fnv1a(text: &str) -> u128 {
    text.bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}

impl PreviousAttempt {
    /// The attempt that another process makes now, with its entry if the journal has one.
    pub fn in_flight(attempts: &[JournalEntry]) -> Self {
        let open = attempts.iter().rfind(|entry| entry.ending.is_none());
        Self {
            standing: AttemptState::InFlight,
            started: open.map(|entry| entry.started),
            process: open.and_then(|entry| entry.process),
        }
    }

    /// The previous attempt that makes a repeat need confirmation: an accepted one, else one with
    /// an unknown outcome. Attempts in progress are not expected here.
    pub fn of(attempts: &[JournalEntry]) -> Option<Self> {
        let latest = |outcome: Outcome| {
            // A run that a sandbox dropped was not accepted.
            let is_one =
                |entry: &&JournalEntry| entry.outcome() == outcome && entry.verdict() != Some(wire::DROPPED);
            attempts.iter().rfind(is_one)
        };
        let of = |entry: &JournalEntry, standing| Self {
            standing,
            started: Some(entry.started),
            process: entry.process.filter(|_| entry.ending.is_none()),
        };
        latest(Outcome::Accepted)
            .map(|entry| of(entry, AttemptState::Accepted))
            .or_else(|| latest(Outcome::Unknown).map(|entry| of(entry, AttemptState::Unknown)))
    }
}

impl fmt::Display for PreviousAttempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since =
            |word: &str| self.started.map_or_else(String::new, |at| format!(" {word} {}", at.human()));
        match (self.standing, self.process) {
            (AttemptState::InFlight, Some(process)) => {
                write!(f, "This run is being sent by process {process}{}.", since("since"))
            }
            (AttemptState::InFlight, None) => {
                write!(f, "This run is being sent by another process{}.", since("since"))
            }
            (AttemptState::Accepted, _) => {
                write!(f, "This run was already sent{} and accepted.", since("at"))
            }
            (AttemptState::Unknown, Some(process)) => write!(
                f,
                "Process {process} sent this run{} and ended before the reply: the outcome is unknown, and SEI may \
                 have accepted it.",
                since("at")
            ),
            (AttemptState::Unknown, None) => write!(
                f,
                "This run was already sent{}, and the outcome is unknown: SEI may have accepted it.",
                since("at")
            ),
        }
    }
}
