//! The drafts on disk: one file each in `drafts`, deleted ones in `trash`.
//!
//! A name is unique without regard to case. A file that cannot be read is listed with its fault and never overwritten.

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

/// Longest name of a draft, in characters.
const LONGEST_NAME: usize = 100;

/// One draft file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftEntry {
    /// The draft's name; of an unreadable one, the name of its file.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// When it was last saved.
    pub saved: Option<Timestamp>,
    /// The environment it was last meant for.
    pub environment: Option<String>,
    /// Size of the file.
    pub bytes: u64,
    /// Why it cannot be opened.
    pub fault: Option<String>,
    /// Its content, where that can be read.
    pub base: Option<Fingerprint>,
}

/// Why a draft could not be found, opened or kept.
#[derive(Debug, Error)]
#[error("{}", self.advice())]
pub enum StoreError {
    /// No draft of this name.
    Unknown {
        /// The name asked for.
        name: String,
        /// The closest name there is.
        near: Option<String>,
    },
    /// No draft of this name in the trash.
    NotInTrash {
        /// The name asked for.
        name: String,
        /// The closest name there is.
        near: Option<String>,
    },
    /// The file of the draft has another content than was known of it.
    Changed(String),
    /// The draft was there before, and is not there any more.
    Gone {
        /// Its name.
        name: String,
        /// What is wrong with the file in its place.
        fault: Option<String>,
    },
    /// Another draft has the name.
    Taken(String),
    /// A name that cannot be given.
    Name {
        /// The name as given, made visible.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A file that is there but is no draft we can open.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Its fault.
        fault: DraftError,
    },
    /// The file system's fault.
    File(#[from] FileError),
}

impl StoreError {
    /// What is wrong, and what to do.
    pub fn advice(&self) -> Advice {
        match self {
            Self::Unknown { name, near } => Advice::new(format!("There is no draft called “{name}”."))
                .hint(suggestion(near.as_ref(), "list")),
            Self::NotInTrash { name, near } => {
                Advice::new(format!("There is no draft called “{name}” in the trash."))
                    .hint(suggestion(near.as_ref(), "trash"))
            }
            Self::Changed(name) => Advice::new(format!(
                "“{name}” was changed by another program meanwhile, and was left as it is."
            )),
            Self::Gone { name, fault } => {
                let place = fault.as_deref().map(in_its_place).unwrap_or_default();
                Advice::new(format!("“{name}” was deleted or renamed by another program.{place}"))
            }
            Self::Taken(name) => {
                Advice::new(format!("A draft called “{name}” exists already.")).hint("Choose another name.")
            }
            Self::Name { name, why } => Advice::new(format!("“{name}” cannot name a draft: {why}.")),
            Self::Unreadable { path, fault } => Advice::new(format!(
                "{} cannot be opened and was left as it is. {}",
                path.display(),
                fault.advice()
            )),
            Self::File(fault) => fault.advice(),
        }
    }
}

fn in_its_place(fault: &str) -> String {
    format!(" The file in its place cannot be opened and stays as it is: {fault}")
}

fn suggestion(name: Option<&String>, list: &str) -> String {
    name.map_or_else(
        || format!("`sei-compose drafts {list}` shows those there are."),
        |name| format!("Did you mean “{name}”?"),
    )
}

/// The folder of the drafts.
pub fn drafts_folder(world: &dyn World) -> PathBuf {
    world.folders().data.join("drafts")
}

/// Takes the lock of the draft in this file; none when another program has it open.
pub fn lock(world: &dyn World, path: &Path) -> Result<Option<Lock>, FileError> {
    let name = path.file_name().unwrap_or_default();
    world.lock(&world.folders().data.join("locks").join(name).with_extension("lock"))
}

/// All drafts, the one saved last first, the unreadable ones last.
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

/// A copied file brings the name of another draft along. The later one goes by the name of its file then, so that each
/// draft can be opened, renamed and deleted, and none in place of another.
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

/// Opens the draft of this name.
pub fn load_draft(world: &dyn World, name: &str) -> Result<Draft, StoreError> {
    open(world, find(world, name)?)
}

fn open(world: &dyn World, entry: DraftEntry) -> Result<Draft, StoreError> {
    let DraftEntry { name, path, .. } = entry;
    let text = world.read_file(&path).map_err(|fault| change::missing(fault, &name))?;
    let draft = Draft::read(&text).map_err(|fault| StoreError::Unreadable { path, fault })?;
    Ok(Draft { name, base: Some(Fingerprint::of(&text)), ..draft })
}

/// The file of the draft of this name: exact spelling first, then without regard to case, then by file name.
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

/// The closest name there is, fit to be shown.
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
        "it begins or ends with a space"
    } else if name.chars().any(char::is_control) {
        "it holds a control character"
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
