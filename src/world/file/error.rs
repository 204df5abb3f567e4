//! Errors of file access.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::text::Advice;

/// Why a file could not be read or written; the message has the path and a next step.
#[derive(Debug, Error)]
#[error("{}", self.advice())]
pub enum FileError {
    /// The path does not exist.
    Missing {
        /// The missing path.
        path: PathBuf,
    },
    /// The path already exists.
    Exists {
        /// The existing path.
        path: PathBuf,
    },
    /// The path to write is a symbolic link: the target may belong to another program, and
    /// replacing the link would break it.
    Link {
        /// The path of the link.
        path: PathBuf,
    },
    /// The path is a folder instead of a file.
    Folder {
        /// The path of the folder.
        path: PathBuf,
    },
    /// The path is a pipe or a device instead of a file; reading could block forever.
    Stream {
        /// The path of the pipe or device.
        path: PathBuf,
    },
    /// The file is larger than the program reads.
    TooLarge {
        /// The path of the file.
        path: PathBuf,
        /// The most bytes.
        most: u64,
    },
    /// The path of a lock or a data folder has another type; it is never used.
    Misplaced {
        /// The path.
        path: PathBuf,
        /// The required type, such as “a folder”.
        wanted: &'static str,
        /// The actual type, such as “a symbolic link”.
        found: &'static str,
    },
    /// The file no longer has the expected content.
    Changed {
        /// The path of the file.
        path: PathBuf,
    },
    /// The bytes are not UTF-8.
    NotText {
        /// The path of the file.
        path: PathBuf,
        /// The offset of the first invalid byte.
        offset: usize,
    },
    /// Another program holds the lock.
    Busy {
        /// The path of the file.
        path: PathBuf,
    },
    /// Another error of the system.
    System {
        /// The failed action, such as “read” or “write”.
        doing: &'static str,
        /// The path of the file or folder.
        path: PathBuf,
        /// The error of the system.
        cause: io::Error,
    },
}

impl FileError {
    /// The message and the next step.
    pub fn advice(&self) -> Advice {
        match self {
            Self::Missing { path } => Advice::new(format!("{} does not exist.", path.display()))
                .hint("Check the spelling of the path."),
            Self::Exists { path } => {
                Advice::new(format!("{} already exists and was left unchanged.", path.display()))
                    .hint("Choose another name.")
            }
            Self::Link { path } => {
                Advice::new(format!("{} is a symbolic link, and links are never written.", path.display()))
                    .hint("Replace the link with the file itself.")
            }
            Self::Folder { path } => {
                Advice::new(format!("{} is a folder.", path.display())).hint("Choose a file in the folder.")
            }
            Self::Stream { path } => {
                Advice::new(format!("{} is a pipe or a device, not a file.", path.display()))
                    .hint("Choose a file.")
            }
            Self::TooLarge { path, most } => {
                Advice::new(format!("{} is larger than {} MiB.", path.display(), most >> 20))
                    .hint("Split the file.")
            }
            Self::Misplaced { path, wanted, found } => {
                Advice::new(format!("{} should be {wanted}, but is {found}.", path.display()))
                    .hint("Remove it and try again.")
            }
            Self::Changed { path } => Advice::new(format!(
                "{} was changed by another program and was left unchanged.",
                path.display()
            ))
            .hint("Try again."),
            Self::NotText { path, offset } => {
                Advice::new(format!("{} is not UTF-8 text: byte {offset} is invalid.", path.display()))
                    .hint("Save it as UTF-8 and try again.")
            }
            Self::Busy { path } => {
                Advice::new(format!("{} is locked by another sei-compose.", path.display()))
                    .hint("Try again.")
            }
            Self::System { doing, path, cause } => {
                Advice::new(format!("Could not {doing} {}: {cause}.", path.display())).hint(next_step(cause))
            }
        }
    }
}

impl FileError {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the system has more kinds of errors than messages here"
    )]
    pub(in crate::world) fn system(doing: &'static str, path: &Path, cause: io::Error) -> Self {
        let path = path.to_path_buf();
        match cause.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            io::ErrorKind::AlreadyExists => Self::Exists { path },
            io::ErrorKind::IsADirectory => Self::Folder { path },
            _ => Self::System { doing, path, cause },
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the system has more kinds of errors than messages here")]
fn next_step(cause: &io::Error) -> &'static str {
    match cause.kind() {
        io::ErrorKind::PermissionDenied => "Check its owner and permissions.",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "Free some space and try again.",
        io::ErrorKind::ReadOnlyFilesystem => "Point SEI_COMPOSE_DATA_DIR at a folder that can be written.",
        io::ErrorKind::NotADirectory => {
            "A part of the path is a file; move it away or choose another folder."
        }
        _ => "Check the path and try again.",
    }
}
