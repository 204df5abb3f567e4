//! The instance book on disk: one file, `instances.json`, in the folder of the data.
//!
//! A file that cannot be read is told and left as it is.

use std::path::PathBuf;

use thiserror::Error;

use super::{FileError, World, config};
use crate::book::{Book, BookError, Entry};
use crate::wire::Environment;

/// The environment of the program's own sandbox, whose instances end with it.
const SANDBOX: &str = "sandbox";

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

/// Writes the book.
pub fn save(world: &dyn World, book: &Book) -> Result<(), ShelfError> {
    Ok(world.write_atomic(&path(world), &book.write())?)
}

/// Writes an instance that an environment made into the book, dated now, and gives the book.
///
/// What a sandbox made ends with it, also one that stands in for an environment of another address: it is left out.
pub fn keep(world: &dyn World, environment: &Environment, entry: Entry) -> Result<Book, ShelfError> {
    let mut book = load(world)?;
    if is_lasting(world, environment) {
        book.put(Entry { date: Some(world.now()), ..entry });
        save(world, &book)?;
    }
    Ok(book)
}

fn is_lasting(world: &dyn World, environment: &Environment) -> bool {
    let is_as_configured = || {
        let config = config::load(world).ok();
        let own = config.as_ref().and_then(|config| config.environment(&environment.id));
        own.is_some_and(|own| own.base == environment.base)
    };
    environment.id != SANDBOX && (!environment.is_loopback() || is_as_configured())
}
