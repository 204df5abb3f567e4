//! Whether a run was sent before: what makes two requests the same run, and what the journal says of the others.

use std::collections::HashSet;
use std::fmt;

use super::record::RecordReader;
use super::{Journal, JournalEntry};
use crate::time::Timestamp;
use crate::wire::{self, BodyFormat, Outcome, RequestPurpose};

/// What two requests share when SEI takes them for the same run: the server, and the three identifying fields. A run
/// without GUID or full name has no identity, so that only the same body is the same run.
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

/// Which earlier attempts to send the same run are no reason to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Repeat {
    /// None: a run goes out once.
    #[default]
    Never,
    /// Those that are over. The person has seen that the run was sent before.
    AfterPrevious,
    /// All, also one that is under way.
    Always,
}

/// What is known of another attempt to send the same run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousAttempt {
    /// How far it came.
    pub standing: AttemptState,
    /// When it started; unknown for an attempt that is not in the journal yet.
    pub started: Option<Timestamp>,
    /// The process that made it, as far as the journal says.
    pub process: Option<u32>,
}

/// What SEI does with the second copy of a run.
pub const CONSEQUENCE: &str =
    "SEI keeps result and duration of the first copy; artifacts are replaced, stages added or updated.";

/// How far another attempt came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptState {
    /// Another process is sending the run at this moment.
    InFlight,
    /// The server accepted the run.
    Accepted,
    /// The run left, and no answer is known: the server may have accepted it.
    Unknown,
}

impl RunKey {
    /// The key of an attempt; `None` for a request that reports no run.
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
            // SEI counts a run without a number as number 0.
            (Some(guid), Some(full_name)) => SameRun::Fields {
                guid: guid.to_ascii_lowercase(),
                full_name,
                build_number: build_number.unwrap_or(0),
            },
            (Some(_) | None, _) => SameRun::Body(entry.body.text().into_owned()),
        };
        Some(Self { server: server(&entry.url), run })
    }

    /// The name of the file that is locked while the run is being sent: equal for equal keys of all processes.
    pub fn file_name(&self) -> String {
        let run = match &self.run {
            SameRun::Fields { guid, full_name, build_number } => {
                format!("{guid}\n{build_number}\n{full_name}")
            }
            SameRun::Body(body) => body.clone(),
        };
        format!("{:032x}.lock", fnv1a(&format!("{}\n{run}", self.server)))
    }

    /// The earlier attempts to send this run, in the text of a journal or of its end; the oldest first.
    pub fn attempts(&self, text: &str) -> Vec<JournalEntry> {
        // Only the few lines that may be of this run are parsed.
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

    /// What each line has that begins an attempt to send this run.
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

/// The address of the server, under one name and without the path of either endpoint for runs.
fn server(url: &str) -> String {
    let path =
        [BodyFormat::Flat, BodyFormat::Wrapped].into_iter().find_map(|door| url.strip_suffix(door.path()));
    wire::with_server(path.unwrap_or(url)).trim_end_matches('/').to_owned()
}

/// The 128-bit FNV-1a hash: stable between versions of this program, as names of files must be.
fn fnv1a(text: &str) -> u128 {
    text.bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}

impl PreviousAttempt {
    /// An attempt that another process makes at this moment, by its entry if the journal has one yet.
    pub fn in_flight(attempts: &[JournalEntry]) -> Self {
        let open = attempts.iter().rfind(|entry| entry.ending.is_none());
        Self {
            standing: AttemptState::InFlight,
            started: open.map(|entry| entry.started),
            process: open.and_then(|entry| entry.process),
        }
    }

    /// The attempt after which the run must not go out again unasked: one that was accepted, or else one that may have
    /// been. None of them is under way.
    pub fn of(attempts: &[JournalEntry]) -> Option<Self> {
        let latest = |outcome: Outcome| {
            // What a sandbox has dropped was not taken.
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
                "Process {process} sent this run{} and ended before the answer came: the outcome is unknown, SEI may \
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
