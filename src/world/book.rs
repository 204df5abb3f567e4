//! The instance book on disk: one file, `instances.json`, in the folder of the data.
//!
//! A file that cannot be read is told and left as it is.

use std::path::PathBuf;

use thiserror::Error;

use super::update::update;
use super::{FileError, World, config};
use crate::book::{Book, BookEntry, BookError};
use crate::text::Advice;
use crate::wire::{Environment, SANDBOX};

/// Whoever changes the book holds a lock on this file: the book itself is another file after each change.
const LOCK: &str = ".instances.lock";

/// Why the book cannot be read or written.
#[derive(Debug, Error)]
#[error("{}", self.advice())]
pub enum BookFileError {
    /// The file is there and is no book.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Its fault.
        fault: BookError,
    },
    /// The file system's fault.
    File(#[from] FileError),
}

impl BookFileError {
    /// What is wrong, and what to do.
    pub fn advice(&self) -> Advice {
        match self {
            Self::Unreadable { path, fault } => Advice::new(format!(
                "{} cannot be used and was left as it is. {}",
                path.display(),
                fault.advice()
            )),
            Self::File(fault) => fault.advice(),
        }
    }
}

/// The file of the book, there or not.
pub fn path(world: &dyn World) -> PathBuf {
    world.folders().data.join("instances.json")
}

/// Reads the book; without a file it is empty.
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

/// Changes the book and writes it when the change changed it. No other sei-compose can change it meanwhile; where an editor
/// does, the change is made anew in what the editor wrote.
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

/// Writes an instance that an environment made into the book, dated now, and gives the book.
///
/// What a sandbox made ends with it, also one that stands in for an environment of another address: it is left out.
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
