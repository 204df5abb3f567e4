//! The instance book on disk: one file, `instances.json`, in the folder of the data.
//!
//! A file that cannot be read is told and left as it is.

use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;

use super::{FileError, World, config};
use crate::book::{Book, BookError, Entry};
use crate::wire::{Environment, SANDBOX};

/// Whoever changes the book holds a lock on this file: the book itself is another file after each change.
const LOCK: &str = ".instances.lock";
/// How long others may hold it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why the book cannot be read or written.
#[derive(Debug, Error)]
pub enum ShelfError {
    /// The file is there and is no book.
    #[error("{} cannot be used and was left as it is. {fault}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Its fault.
        fault: BookError,
    },
    /// The file system's fault.
    #[error(transparent)]
    File(#[from] FileError),
}

/// The file of the book, there or not.
pub fn path(world: &dyn World) -> PathBuf {
    world.folders().data.join("instances.json")
}

/// Reads the book; without a file it is empty.
pub fn load(world: &dyn World) -> Result<Book, ShelfError> {
    let path = path(world);
    match world.read(&path) {
        Ok(text) => Book::read(&text).map_err(|fault| ShelfError::Unreadable { path, fault }),
        Err(FileError::Missing { .. }) => Ok(Book::default()),
        Err(fault) => Err(fault.into()),
    }
}

/// Changes the book, which no other sei-compose can do meanwhile, and writes it when the change changed it.
pub fn change<T, E: From<ShelfError>>(
    world: &dyn World,
    change: impl FnOnce(&mut Book) -> Result<T, E>,
) -> Result<T, E> {
    let lock = world.folders().data.join(LOCK);
    let _held = world.wait_for_lock(&lock, PATIENCE).map_err(ShelfError::from)?;
    let before = load(world)?;
    let mut book = before.clone();
    let result = change(&mut book)?;
    if book != before {
        world.write_atomic(&path(world), &book.write()).map_err(ShelfError::from)?;
    }
    Ok(result)
}

/// Writes an instance that an environment made into the book, dated now, and gives the book.
///
/// What a sandbox made ends with it, also one that stands in for an environment of another address: it is left out.
pub fn keep(world: &dyn World, environment: &Environment, entry: Entry) -> Result<Book, ShelfError> {
    if !is_lasting(world, environment) {
        return load(world);
    }
    change(world, |book| {
        book.put(Entry { date: Some(world.now()), ..entry });
        Ok(book.clone())
    })
}

fn is_lasting(world: &dyn World, environment: &Environment) -> bool {
    let is_as_configured = || {
        let config = config::load(world).ok();
        let own = config.as_ref().and_then(|config| config.environment(&environment.id));
        own.is_some_and(|own| own.base == environment.base)
    };
    environment.id != SANDBOX && (!environment.is_loopback() || is_as_configured())
}
