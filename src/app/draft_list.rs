//! The kept drafts as a list to choose from, and what each holds, in short.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::catalog::FieldRole;
use crate::check::{self, CheckSession, Context, Counts, Silenced};
use crate::document::{self, Value};
use crate::draft::{Draft, Fingerprint};
use crate::time::Timestamp;

/// How many lines of a payload are shown beside the list.
const LINES: usize = 60;

/// Which drafts are listed, and what for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DraftListKind {
    /// The drafts, to open one.
    Drafts,
    /// Those in the trash, to restore one.
    Trash,
    /// The drafts, to begin the deployment of one.
    Builds,
}

impl DraftListKind {
    /// The heading of the list.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Drafts => "Drafts",
            Self::Trash => "Trash",
            Self::Builds => "Build to deploy",
        }
    }
}

/// One draft in the list of kept drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedDraft {
    /// The draft's name.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// When it was saved, if its file says.
    pub saved: Option<Timestamp>,
    /// The size of its file in bytes.
    pub bytes: u64,
    /// Why it cannot be read, if it cannot.
    pub fault: Option<String>,
    /// The content of its file.
    pub base: Option<Fingerprint>,
}

/// A list of drafts, with what is known of those that were looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftList {
    /// Which drafts.
    pub kind: DraftListKind,
    /// The drafts, in the order of the list.
    pub drafts: Vec<ListedDraft>,
    digests: HashMap<PathBuf, Result<Box<Digest>, String>>,
    asked: HashSet<PathBuf>,
}

impl DraftList {
    /// A list of drafts none of which was looked at yet.
    pub fn new(shelf: DraftListKind, kept: Vec<ListedDraft>) -> Self {
        Self { kind: shelf, drafts: kept, digests: HashMap::new(), asked: HashSet::new() }
    }

    /// The file of a draft that is to be looked at now: none when it was asked for before, or cannot be read anyway.
    pub(crate) fn wanted(&mut self, index: usize) -> Option<PathBuf> {
        let kept = self.drafts.get(index).filter(|kept| kept.fault.is_none())?;
        self.asked.insert(kept.path.clone()).then(|| kept.path.clone())
    }

    /// Takes in what a draft holds.
    pub(crate) fn learn(&mut self, path: &Path, digest: &Result<Box<Digest>, String>) {
        if self.asked.contains(path) {
            self.digests.insert(path.to_path_buf(), digest.clone());
        }
    }

    /// What a draft of the list holds, or why that is not known, once it was looked at.
    pub fn digest(&self, index: usize) -> Option<Result<&Digest, &str>> {
        let kept = self.drafts.get(index)?;
        match &kept.fault {
            Some(fault) => Some(Err(fault)),
            None => Some(match self.digests.get(&kept.path)? {
                Ok(digest) => Ok(digest),
                Err(why) => Err(why),
            }),
        }
    }
}

/// What a draft holds, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// The environment it was last meant for, by id.
    pub environment: Option<String>,
    /// The full name of its job.
    pub full_name: Option<String>,
    /// The number of its run, as it is written.
    pub build_number: Option<String>,
    /// How many problems it has.
    pub counts: Counts,
    /// Whether it holds text of the payload that is not JSON yet.
    pub is_unparsed: bool,
    /// The first lines of its payload.
    pub lines: Vec<String>,
    /// How many lines there are in all.
    pub length: usize,
}

impl Digest {
    /// Looks at a draft. Rules that it silences itself stay silent, and so do those named here.
    pub fn of(draft: &Draft, context: &Context, silenced: &[String]) -> Self {
        let root = &draft.document;
        let part = |role: FieldRole| root.as_object().and_then(|object| object.get(role.name()));
        let own = draft.silenced();
        let silenced = Silenced { everywhere: silenced, in_draft: &own };
        let problems = CheckSession::new(root, context, silenced).problems();
        Self {
            environment: draft.environment.clone(),
            full_name: part(FieldRole::FullName).and_then(Value::as_text).map(str::to_owned),
            build_number: part(FieldRole::BuildNumber).map(document::write_compact),
            counts: check::count(&problems),
            is_unparsed: draft.unparsed.as_ref().is_some_and(|text| document::read(text).is_err()),
            lines: document::lines(root, 0, LINES).iter().map(document::JsonLine::text).collect(),
            length: document::line_count(root),
        }
    }
}
