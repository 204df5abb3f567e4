//! The drafts on disk: one file per draft in `drafts`, deleted drafts in `trash`.
//!
//! Names are unique, ignoring case. An unreadable file is listed with its fault and never
//! overwritten.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use thiserror::Error;

mod change;
mod place;
mod trash;

pub use change::{duplicate_draft, rename_draft, save_draft, save_new_draft};
pub(super) use place::move_free;
pub use trash::{delete_draft, list_trash, restore_draft, trash_copy, trash_draft, trash_folder};

use super::{FileEntry, FileError, Lock, World};
use crate::draft::{Draft, DraftError, Fingerprint};
use crate::text::{self, Advice};
use crate::time::Timestamp;

/// The maximum length of a draft name, in characters.
const LONGEST_NAME: usize = 100;

/// A draft file in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftEntry {
    /// The name of the draft; for an unreadable draft, the name of its file.
    pub name: String,
    /// The path of the file.
    pub path: PathBuf,
    /// The time of the last save.
    pub saved: Option<Timestamp>,
    /// The id of the environment that was last chosen for it.
    pub environment: Option<String>,
    /// The size of the file in bytes.
    pub bytes: u64,
    /// Why the file cannot be opened.
    pub fault: Option<String>,
    /// The fingerprint of the content, if readable.
    pub base: Option<Fingerprint>,
}

/// Why a draft could not be found, opened or saved.
#[derive(Debug, Error)]
#[error("{}", self.advice())]
pub enum StoreError {
    /// No draft has this name.
    Unknown {
        /// The requested name.
        name: String,
        /// The name with the closest spelling.
        near: Option<String>,
    },
    /// No draft in the trash has this name.
    NotInTrash {
        /// The requested name.
        name: String,
        /// The name with the closest spelling.
        near: Option<String>,
    },
    /// The file of the draft no longer has the expected content.
    Changed(String),
    /// The draft no longer exists.
    Gone {
        /// The name of the draft.
        name: String,
        /// The fault of the file in its place.
        fault: Option<String>,
    },
    /// Another draft has the name.
    Taken(String),
    /// The name is not allowed.
    Name {
        /// The given name, with control characters made visible.
        name: String,
        /// The reason.
        why: &'static str,
    },
    /// The file is not a readable draft.
    Unreadable {
        /// The path of the file.
        path: PathBuf,
        /// The fault of the file.
        fault: DraftError,
    },
    /// A fault of the file system.
    File(#[from] FileError),
}

impl StoreError {
    /// The message and the next step.
    pub fn advice(&self) -> Advice {
        match self {
            Self::Unknown { name, near } => {
                Advice::new(format!("Unknown draft “{name}”.")).hint(suggestion(near.as_ref(), "list"))
            }
            Self::NotInTrash { name, near } => {
                Advice::new(format!("The trash has no draft called “{name}”."))
                    .hint(suggestion(near.as_ref(), "trash"))
            }
            Self::Changed(name) => {
                Advice::new(format!("“{name}” was changed by another program and was left unchanged."))
            }
            Self::Gone { name, fault } => {
                let place = fault.as_deref().map(in_its_place).unwrap_or_default();
                Advice::new(format!("“{name}” was deleted or renamed by another program.{place}"))
            }
            Self::Taken(name) => {
                Advice::new(format!("A draft called “{name}” already exists.")).hint("Choose another name.")
            }
            Self::Name { name, why } => Advice::new(format!("“{name}” is not a valid draft name: {why}.")),
            Self::Unreadable { path, fault } => Advice::new(format!(
                "{} cannot be opened and was left unchanged. {}",
                path.display(),
                fault.advice()
            )),
            Self::File(fault) => fault.advice(),
        }
    }
}

fn in_its_place(fault: &str) -> String {
    format!(" The file in its place cannot be opened and was left unchanged: {fault}")
}

fn suggestion(name: Option<&String>, list: &str) -> String {
    name.map_or_else(
        || format!("`sei-compose drafts {list}` lists the names."),
        |name| format!("Did you mean “{name}”?"),
    )
}

/// The folder `drafts`, which may not exist.
pub fn drafts_folder(world: &dyn World) -> PathBuf {
    world.folders().data.join("drafts")
}

/// Acquires the lock of the draft in this file; `None` when another program has the draft open.
pub fn lock(world: &dyn World, path: &Path) -> Result<Option<Lock>, FileError> {
    let name = path.file_name().unwrap_or_default();
    world.lock(&world.folders().data.join("locks").join(name).with_extension("lock"))
}

/// All drafts, last saved first, unreadable ones last.
pub fn list_drafts(world: &dyn World) -> Result<Vec<DraftEntry>, StoreError> {
    list_folder(world, &drafts_folder(world))
}

fn list_folder(world: &dyn World, folder: &Path) -> Result<Vec<DraftEntry>, StoreError> {
    let files = world.list(folder)?;
    let mut drafts: Vec<_> = files.into_iter().filter(is_draft_file).map(|file| entry(world, file)).collect();
    drafts.sort_by(|a, b| {
        let rank = |draft: &DraftEntry| (draft.fault.is_some(), Reverse(draft.saved));
        rank(a).cmp(&rank(b)).then_with(|| a.name.cmp(&b.name))
    });
    distinguish(&mut drafts);
    Ok(drafts)
}

/// Makes the names unique. A copied file has the name of another draft: the later one gets the name
/// of its file, so that each draft can be opened, renamed and deleted.
fn distinguish(drafts: &mut [DraftEntry]) {
    let mut taken = HashSet::new();
    for draft in drafts {
        let file = draft.path.file_name().map(|name| name.to_string_lossy().into_owned());
        let mut names = [draft.name.clone(), stem_of(&draft.path)].into_iter().chain(file);
        if let Some(name) = names.find(|name| taken.insert(name.to_lowercase())) {
            draft.name = name;
        }
    }
}

/// Opens a draft by name; [`find`] defines the lookup.
pub fn load_draft(world: &dyn World, name: &str) -> Result<Draft, StoreError> {
    open(world, find(world, name)?)
}

fn open(world: &dyn World, entry: DraftEntry) -> Result<Draft, StoreError> {
    let DraftEntry { name, path, .. } = entry;
    let text = world.read_file(&path).map_err(|fault| change::missing(fault, &name))?;
    let draft = Draft::read(&text).map_err(|fault| StoreError::Unreadable { path, fault })?;
    Ok(Draft { name, base: Some(Fingerprint::of(&text)), ..draft })
}

/// Finds a draft: by exact name, then ignoring case, then by file name.
pub fn find(world: &dyn World, name: &str) -> Result<DraftEntry, StoreError> {
    let drafts = list_drafts(world)?;
    find_among(&drafts, name).ok_or_else(|| StoreError::Unknown {
        name: text::visible(name).into_owned(),
        near: near(&drafts, name),
    })
}

fn find_among(drafts: &[DraftEntry], name: &str) -> Option<DraftEntry> {
    let found = drafts
        .iter()
        .find(|entry| entry.name == name)
        .or_else(|| drafts.iter().find(|entry| is_same_name(&entry.name, name)))
        .or_else(|| drafts.iter().find(|entry| stem_of(&entry.path) == name));
    found.cloned()
}

/// The name with the closest spelling, with control characters made visible.
fn near(drafts: &[DraftEntry], name: &str) -> Option<String> {
    let closest = text::closest(name, drafts.iter().map(|entry| entry.name.as_str()));
    closest.map(|name| text::visible(name).into_owned())
}

fn is_draft_file(file: &FileEntry) -> bool {
    let hidden = file.path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    !hidden && file.path.extension().is_some_and(|ending| ending == "json")
}

fn entry(world: &dyn World, file: FileEntry) -> DraftEntry {
    let stem = stem_of(&file.path);
    let read = if file.is_link {
        Err(FileError::Link { path: file.path.clone() })
    } else {
        world.read_file(&file.path)
    };
    let base = read.as_ref().ok().map(Fingerprint::of);
    let read = read.map_err(|fault| fault.to_string());
    let read = read.and_then(|text| Draft::read(&text).map_err(|fault| fault.to_string()));
    let (name, saved, environment, fault) = match read {
        Ok(draft) if draft.name.is_empty() => (stem, draft.saved, draft.environment, None),
        Ok(draft) => (draft.name, draft.saved, draft.environment, None),
        Err(fault) => (stem, None, None, Some(fault)),
    };
    DraftEntry { name, path: file.path, saved, environment, bytes: file.bytes, fault, base }
}

fn check_free(world: &dyn World, name: &str, but: Option<&Path>) -> Result<(), StoreError> {
    let drafts = list_drafts(world)?;
    let taken =
        drafts.into_iter().find(|entry| is_same_name(&entry.name, name) && Some(entry.path.as_path()) != but);
    taken.map_or(Ok(()), |entry| Err(StoreError::Taken(text::visible(&entry.name).into_owned())))
}

fn check_name(name: &str) -> Result<(), StoreError> {
    let why = if name.trim().is_empty() {
        "it is blank"
    } else if name.trim() != name {
        "it starts or ends with a space"
    } else if name.chars().any(char::is_control) {
        "it contains a control character"
    } else if name.chars().count() > LONGEST_NAME {
        "it is longer than 100 characters"
    } else {
        return Ok(());
    };
    Err(StoreError::Name { name: text::cut(&text::visible(name), 40).into_owned(), why })
}

fn written(draft: &Draft, name: &str, path: PathBuf, saved: Option<Timestamp>, text: &str) -> DraftEntry {
    DraftEntry {
        name: name.to_owned(),
        path,
        saved,
        environment: draft.environment.clone(),
        bytes: text.len() as u64,
        fault: None,
        base: Some(Fingerprint::of(text)),
    }
}

pub(super) fn stem_of(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

fn is_same_name(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}
