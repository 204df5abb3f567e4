//! Why a file cannot be used.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::text::Advice;

/// Why a file could not be read or written; the text names the path and the way out.
#[derive(Debug, Error)]
#[error("{}", self.advice())]
pub enum FileError {
    /// Nothing is there.
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Something is there already.
    Exists {
        /// What stands in the way.
        path: PathBuf,
    },
    /// A symbolic link stands where a file is to be written: what it leads to is not the program's, and to replace it
    /// would part what somebody has joined.
    Link {
        /// The link.
        path: PathBuf,
    },
    /// A folder stands where a file is wanted.
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// A pipe or a device stands where a file is wanted: it may never end, or never begin.
    Stream {
        /// What stands there.
        path: PathBuf,
    },
    /// Something else is where a lock or a folder of the data belongs: it is never used.
    Misplaced {
        /// Where it is.
        path: PathBuf,
        /// What belongs there.
        wanted: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// The file is not the one that was to be replaced.
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The bytes are no UTF-8.
    NotText {
        /// The file.
        path: PathBuf,
        /// The first byte that fits no character, from 0.
        offset: usize,
    },
    /// Another program keeps it locked.
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// The system said no.
    System {
        /// "read", "write" and so on.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system answered.
        cause: io::Error,
    },
}

impl FileError {
    /// What is wrong, and what to do.
    pub fn advice(&self) -> Advice {
        match self {
            Self::Missing { path } => Advice::new(format!("{} does not exist.", path.display()))
                .hint("Check the spelling of the path."),
            Self::Exists { path } => {
                Advice::new(format!("{} exists already and was left as it is.", path.display()))
                    .hint("Choose another name.")
            }
            Self::Link { path } => {
                Advice::new(format!("{} is a symbolic link, which is not written through.", path.display()))
                    .hint("Put the file itself in its place.")
            }
            Self::Folder { path } => {
                Advice::new(format!("{} is a folder.", path.display())).hint("Name a file in it.")
            }
            Self::Stream { path } => {
                Advice::new(format!("{} is a pipe or a device, not a file.", path.display()))
                    .hint("Name a file.")
            }
            Self::Misplaced { path, wanted, found } => {
                Advice::new(format!("{} should be {wanted}, but is {found}.", path.display()))
                    .hint("Remove it, and try again.")
            }
            Self::Changed { path } => Advice::new(format!(
                "{} was changed by another program meanwhile and was left as it is.",
                path.display()
            ))
            .hint("Try again."),
            Self::NotText { path, offset } => {
                Advice::new(format!("{} is not UTF-8 text: byte {offset} fits no character.", path.display()))
                    .hint("Save it as UTF-8 and try again.")
            }
            Self::Busy { path } => Advice::new(format!(
                "{} is held by another sei-compose that does not let go of it.",
                path.display()
            ))
            .hint("Try again."),
            Self::System { doing, path, cause } => {
                Advice::new(format!("Could not {doing} {}: {cause}.", path.display())).hint(next_step(cause))
            }
        }
    }
}

impl FileError {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the system has more kinds of faults than we have words for"
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

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the system has more kinds of faults than we have words for"
)]
fn next_step(cause: &io::Error) -> &'static str {
    match cause.kind() {
        io::ErrorKind::PermissionDenied => "Check who owns it and its permissions.",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "Free some space and try again.",
        io::ErrorKind::ReadOnlyFilesystem => "Point SEI_COMPOSE_DATA_DIR at a folder that can be written.",
        io::ErrorKind::NotADirectory => {
            "A part of the path is a file; move it away or choose another folder."
        }
        _ => "Check the path and try again.",
    }
}
