//! The journal on disk: a file for each month in `journal`, appended to and never rewritten.
//!
//! An old month can be moved away or deleted by hand; the program itself never removes anything.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{FileEntry, FileError, Lock, World};
use crate::journal::{self, AttemptEnd, Journal, JournalEntry, PreviousAttempt, REMEMBERED, Repeat, RunKey};
use crate::time::Timestamp;
use crate::wire::{Failure, Reply, Request};

/// How much of the journal is looked at for the newest entries: what is further back is past minding.
const MOST_READ: u64 = 8 * 1024 * 1024;
/// How long a process may take from its lock to its entry, before another reports it without the entry.
const ENTRY_LIMIT: Duration = Duration::from_millis(500);

/// The folder of the journal.
pub fn folder(world: &dyn World) -> PathBuf {
    world.folders().data.join("journal")
}

/// The right to send a request, before it is in the journal. No other process that asks sends the same run meanwhile.
#[derive(Debug)]
pub struct Claim {
    entry: JournalEntry,
    lock: Option<Lock>,
}

/// An attempt that is in the journal; it keeps its claim until [`end`] has written its outcome.
#[derive(Debug)]
pub struct Attempt {
    /// Its entry.
    pub entry: JournalEntry,
    _lock: Option<Lock>,
}

/// Why there is no claim.
#[derive(Debug)]
pub enum ClaimError {
    /// The run is being sent, or was sent.
    Repeated(PreviousAttempt),
    /// The lock or the journal cannot be used.
    File(FileError),
}

impl From<FileError> for ClaimError {
    fn from(fault: FileError) -> Self {
        Self::File(fault)
    }
}

/// Claims a request: a run that is being sent, or was sent, is refused unless `repeat` says that it may go out again.
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
    // Only under the lock: an attempt that another process ends now is seen with its outcome.
    if repeat == Repeat::Never
        && let Some(earlier) = PreviousAttempt::of(&attempts(world, &key)?)
    {
        return Err(ClaimError::Repeated(earlier));
    }
    Ok(Claim { entry, lock })
}

/// The lock of a run, or none while another process sends the run.
fn lock(world: &dyn World, key: &RunKey, repeat: Repeat) -> Result<Option<Lock>, FileError> {
    let path = world.folders().data.join("sending").join(key.file_name());
    if let Some(lock) = world.lock(&path)? {
        return Ok(Some(lock));
    }
    let is_told = PreviousAttempt::in_flight(&attempts(world, key)?).started.is_some();
    if is_told || repeat == Repeat::Always {
        return Ok(None);
    }
    // The other has its lock and not yet its entry, or has ended and not yet freed the lock.
    match world.wait_for_lock(&path, ENTRY_LIMIT) {
        Ok(lock) => Ok(Some(lock)),
        Err(FileError::Busy { .. }) => Ok(None),
        Err(fault) => Err(fault),
    }
}

impl Claim {
    /// Writes that the request is about to be sent; nothing may leave before this has returned.
    pub fn start(self, world: &dyn World) -> Result<Attempt, FileError> {
        let Self { entry, lock } = self;
        world.append(&file_of(world, entry.started), &entry.opening())?;
        Ok(Attempt { entry, _lock: lock })
    }
}

/// Writes how an attempt ended, then frees its claim. A power failure may still lose that line, and the entry then
/// reads as an unknown outcome.
pub fn end(
    world: &dyn World,
    attempt: Attempt,
    result: &Result<Reply, Failure>,
    attempts: u32,
) -> Result<(), FileError> {
    let Attempt { entry, _lock } = attempt;
    let ending = AttemptEnd::of(world.now(), result, attempts);
    // The month is that of the beginning, so that one file holds both.
    world.append_soon(&file_of(world, entry.started), &ending.closing(&entry.id))
}

/// The earlier attempts to send a run, the oldest first, as far back as the journal is read.
fn attempts(world: &dyn World, key: &RunKey) -> Result<Vec<JournalEntry>, FileError> {
    let mut found = Vec::new();
    for text in newest(world)? {
        let mut month = key.attempts(&text?);
        month.append(&mut found);
        found = month;
    }
    Ok(found)
}

/// All that was ever sent.
pub fn all(world: &dyn World) -> Result<Journal, FileError> {
    let mut journal = Journal::default();
    for file in files(world)? {
        let month = journal::read(&world.read_end(&file.path, u64::MAX)?);
        journal.entries.extend(month.entries);
        journal.unreadable += month.unreadable;
    }
    Ok(journal)
}

/// The newest entries, as many as the rules look at; of a journal of any length only the end is read.
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

/// The texts of the months, the newest first and each read when it is reached, as far back as the journal is read.
fn newest(world: &dyn World) -> Result<impl Iterator<Item = Result<String, FileError>>, FileError> {
    let mut left = MOST_READ;
    let files = files(world)?.into_iter().rev();
    Ok(files.map_while(move |file| {
        let bytes = left;
        left = left.saturating_sub(file.bytes);
        (bytes > 0).then(|| world.read_end(&file.path, bytes))
    }))
}

/// The files of the journal, the oldest month first.
fn files(world: &dyn World) -> Result<Vec<FileEntry>, FileError> {
    let mut files = world.list(&folder(world))?;
    files.retain(|file| file.path.extension().is_some_and(|ending| ending == "ndjson"));
    Ok(files)
}

fn file_of(world: &dyn World, at: Timestamp) -> PathBuf {
    let month: String = at.to_rfc3339().chars().take("2026-01".len()).collect();
    folder(world).join(Path::new(&month).with_extension("ndjson"))
}
