//! The instance book on disk: the file `instances.json` in the data folder.
//!
//! An unreadable file is reported and never changed.

use std::path::PathBuf;

use thiserror::Error;

use super::update::update;
use super::{FileError, World, config};
use crate::book::{Book, BookEntry, BookError};
use crate::text::Advice;
use crate::wire::{Environment, SANDBOX};

/// The lock for changes of the book: each change replaces the book file, so the book cannot be
/// locked.
const LOCK: &str = ".instances.lock";

/// Why the book cannot be read or written.
#[derive(Debug, Error)]
#[error("{}", self.advice())]
pub enum BookFileError {
    /// The file is not a valid book.
    Unreadable {
        /// The path of the file.
        path: PathBuf,
        /// The reason.
        fault: BookError,
    },
    /// A fault of the file system.
    File(#[from] FileError),
}

impl BookFileError {
    /// The message and the next step.
    pub fn advice(&self) -> Advice {
        match self {
            Self::Unreadable { path, fault } => Advice::new(format!(
                "{} cannot be used and was left unchanged. {}",
                path.display(),
                fault.advice()
            )),
            Self::File(fault) => fault.advice(),
        }
    }
}

/// The path of the book, which may not exist.
pub fn path(world: &dyn World) -> PathBuf {
    world.folders().data.join("instances.json")
}

/// Reads the book; a missing file is an empty book.
pub fn load(world: &dyn World) -> Result<Book, BookFileError> {
    match world.read_file(&path(world)) {
        Ok(text) => read(world, Some(&text)),
        Err(FileError::Missing { .. }) => read(world, None),
        Err(fault) => Err(fault.into()),
    }
}

fn read(world: &dyn World, text: Option<&str>) -> Result<Book, BookFileError> {
    let unreadable = |fault| BookFileError::Unreadable { path: path(world), fault };
    text.map_or_else(|| Ok(Book::default()), |text| Book::read(text).map_err(unreadable))
}

/// Changes the book and writes it if it differs. No other sei-compose can change it meanwhile; when
/// an editor does, `change` runs again on the new content.
pub fn change<T, E: From<BookFileError>>(
    world: &dyn World,
    mut change: impl FnMut(&mut Book) -> Result<T, E>,
) -> Result<T, E> {
    let lock = world.folders().data.join(LOCK);
    let fault = |fault: FileError| E::from(BookFileError::from(fault));
    update(world, &path(world), &lock, fault, |text| {
        let before = read(world, text)?;
        let mut book = before.clone();
        let result = change(&mut book)?;
        Ok(((book != before).then(|| book.write()), result))
    })
}

/// Adds an instance that an environment created, dated now, and returns the book.
///
/// An instance of a sandbox ends with the sandbox and is not added, even if the sandbox replaces
/// the address of another environment.
pub fn keep(world: &dyn World, environment: &Environment, entry: BookEntry) -> Result<Book, BookFileError> {
    if !is_lasting(world, environment) {
        return load(world);
    }
    let entry = BookEntry { date: Some(world.now()), ..entry };
    change(world, |book| {
        book.put(entry.clone());
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
