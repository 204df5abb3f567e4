//! The journal on disk: a file for each month in `journal`, appended to and never rewritten.
//!
//! An old month can be moved away or deleted by hand; the program itself never removes anything.

use std::path::{Path, PathBuf};

use super::{FileEntry, FileError, World};
use crate::journal::{self, Ending, Entry, Journal, REMEMBERED};
use crate::time::Timestamp;
use crate::wire::{Failure, Reply, Request};

/// How much of the journal is looked at for the newest entries: what is further back is past minding.
const LOOKED_AT: u64 = 8 * 1024 * 1024;

/// The folder of the journal.
pub fn folder(world: &dyn World) -> PathBuf {
    world.folders().data.join("journal")
}

/// Writes down that something is about to be sent; nothing may leave before this has returned.
pub fn begin(world: &dyn World, environment: &str, request: &Request) -> Result<Entry, FileError> {
    let entry = Entry::begin(world.new_uuid().to_string(), world.now(), environment, request);
    world.append(&file_of(world, entry.started), &entry.opening())?;
    Ok(entry)
}

/// Writes down how it ended. A power failure may still lose that line, and the entry then reads as an unknown outcome.
pub fn end(
    world: &dyn World,
    entry: &Entry,
    result: &Result<Reply, Failure>,
    attempts: u32,
) -> Result<(), FileError> {
    let ending = Ending::of(world.now(), result, attempts);
    // The month is that of the beginning, so that one file holds both.
    world.append_soon(&file_of(world, entry.started), &ending.closing(&entry.id))
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
    let mut newest = Journal::default();
    let mut left = LOOKED_AT;
    for file in files(world)?.iter().rev() {
        if left == 0 || newest.entries.len() >= REMEMBERED {
            break;
        }
        let mut month = journal::read(&world.read_end(&file.path, left)?);
        left = left.saturating_sub(file.bytes);
        month.entries.append(&mut newest.entries);
        newest.entries = month.entries;
        newest.unreadable += month.unreadable;
    }
    let older = newest.entries.len().saturating_sub(REMEMBERED);
    newest.entries.drain(..older);
    Ok(newest)
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
