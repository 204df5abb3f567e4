//! The journal on disk: one file per month in `journal`, append-only.
//!
//! The user may move or delete old months; the program never removes entries.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{FileEntry, FileError, Lock, World};
use crate::journal::{self, AttemptEnd, Journal, JournalEntry, PreviousAttempt, REMEMBERED, Repeat, RunKey};
use crate::time::Timestamp;
use crate::wire::{Failure, Reply, Request};

/// The maximum number of bytes read for the newest entries.
const MOST_READ: u64 = 8 * 1024 * 1024;
/// The maximum time between the lock and the entry of a process, before another reports the process
/// without its entry.
const ENTRY_LIMIT: Duration = Duration::from_millis(500);

/// The folder of the journal.
pub fn folder(world: &dyn World) -> PathBuf {
    world.folders().data.join("journal")
}

/// The right to send a request, before its journal entry: no other process sends the same run
/// meanwhile.
#[derive(Debug)]
pub struct Claim {
    entry: JournalEntry,
    lock: Option<Lock>,
}

/// An attempt in the journal; keeps its claim until [`end`] has written the outcome.
#[derive(Debug)]
pub struct Attempt {
    /// The journal entry, without an ending.
    pub entry: JournalEntry,
    _lock: Option<Lock>,
}

/// Why a claim failed.
#[derive(Debug)]
pub enum ClaimError {
    /// The run is being sent, or was sent before.
    Repeated(PreviousAttempt),
    /// The lock or the journal cannot be used.
    File(FileError),
}

impl From<FileError> for ClaimError {
    fn from(fault: FileError) -> Self {
        Self::File(fault)
    }
}

/// Claims a request: a run that is being sent, or was sent before, is refused unless `repeat`
/// allows it.
pub fn claim(
    world: &dyn World,
    environment: &str,
    request: &Request,
    repeat: Repeat,
) -> Result<Claim, ClaimError> {
    let entry = JournalEntry {
        process: Some(std::process::id()),
        ..JournalEntry::start(world.new_uuid().to_string(), world.now(), environment, request)
    };
    let Some(key) = RunKey::of(&entry) else { return Ok(Claim { entry, lock: None }) };
    let lock = match lock(world, &key, repeat)? {
        Some(lock) => Some(lock),
        None if repeat == Repeat::Always => None,
        None => return Err(ClaimError::Repeated(PreviousAttempt::in_flight(&attempts(world, &key)?))),
    };
    // Only under the lock: an attempt that another process ends now is visible with its outcome.
    if repeat == Repeat::Never
        && let Some(previous) = PreviousAttempt::of(&attempts(world, &key)?)
    {
        return Err(ClaimError::Repeated(previous));
    }
    Ok(Claim { entry, lock })
}

/// The lock of a run; `None` while another process sends the run.
fn lock(world: &dyn World, key: &RunKey, repeat: Repeat) -> Result<Option<Lock>, FileError> {
    let path = world.folders().data.join("sending").join(key.file_name());
    if let Some(lock) = world.lock(&path)? {
        return Ok(Some(lock));
    }
    let has_entry = PreviousAttempt::in_flight(&attempts(world, key)?).started.is_some();
    if has_entry || repeat == Repeat::Always {
        return Ok(None);
    }
    // The other process has the lock but no entry yet, or has ended but not yet freed the lock.
    match world.wait_for_lock(&path, ENTRY_LIMIT) {
        Ok(lock) => Ok(Some(lock)),
        Err(FileError::Busy { .. }) => Ok(None),
        Err(fault) => Err(fault),
    }
}

impl Claim {
    /// Writes the start of the attempt; the request must not be sent before this returns.
    pub fn start(self, world: &dyn World) -> Result<Attempt, FileError> {
        let Self { entry, lock } = self;
        world.append(&file_of(world, entry.started), &entry.opening())?;
        Ok(Attempt { entry, _lock: lock })
    }
}

/// Writes the end of an attempt, then frees its claim. A power failure may still lose this line;
/// the outcome of the entry is then unknown.
pub fn end(
    world: &dyn World,
    attempt: Attempt,
    result: &Result<Reply, Failure>,
    attempts: u32,
) -> Result<(), FileError> {
    let Attempt { entry, _lock } = attempt;
    let ending = AttemptEnd::of(world.now(), result, attempts);
    // The month of the start, so that one file has both lines.
    world.append_soon(&file_of(world, entry.started), &ending.closing(&entry.id))
}

/// The previous attempts to send a run, oldest first, within the last [`MOST_READ`] bytes.
fn attempts(world: &dyn World, key: &RunKey) -> Result<Vec<JournalEntry>, FileError> {
    let mut found = Vec::new();
    for text in newest(world)? {
        let mut month = key.attempts(&text?);
        month.append(&mut found);
        found = month;
    }
    Ok(found)
}

/// The whole journal.
pub fn all(world: &dyn World) -> Result<Journal, FileError> {
    let mut journal = Journal::default();
    for file in files(world)? {
        let month = journal::read(&world.read_end(&file.path, u64::MAX)?);
        journal.entries.extend(month.entries);
        journal.unreadable += month.unreadable;
    }
    Ok(journal)
}

/// The newest entries, up to the number that the rules use; reads only the end of a long journal.
pub fn recent(world: &dyn World) -> Result<Journal, FileError> {
    let mut recent = Journal::default();
    for text in newest(world)? {
        let mut month = journal::read_newest(&text?, REMEMBERED.saturating_sub(recent.entries.len()));
        month.entries.append(&mut recent.entries);
        recent.entries = month.entries;
        recent.unreadable += month.unreadable;
        if recent.entries.len() >= REMEMBERED {
            break;
        }
    }
    let older = recent.entries.len().saturating_sub(REMEMBERED);
    recent.entries.drain(..older);
    Ok(recent)
}

/// The texts of the months, newest first, read on demand and limited to [`MOST_READ`] bytes.
fn newest(world: &dyn World) -> Result<impl Iterator<Item = Result<String, FileError>>, FileError> {
    let mut left = MOST_READ;
    let files = files(world)?.into_iter().rev();
    Ok(files.map_while(move |file| {
        let bytes = left;
        left = left.saturating_sub(file.bytes);
        (bytes > 0).then(|| world.read_end(&file.path, bytes))
    }))
}

/// The files of the journal, oldest month first.
fn files(world: &dyn World) -> Result<Vec<FileEntry>, FileError> {
    let mut files = world.list(&folder(world))?;
    files.retain(|file| file.path.extension().is_some_and(|ending| ending == "ndjson"));
    Ok(files)
}

fn file_of(world: &dyn World, at: Timestamp) -> PathBuf {
    let month: String = at.to_rfc3339().chars().take("2026-01".len()).collect();
    folder(world).join(Path::new(&month).with_extension("ndjson"))
}
