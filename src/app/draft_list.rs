//! The draft list, with a short description of each draft.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::catalog::FieldRole;
use crate::check::{self, CheckSession, Context, Counts, Silenced};
use crate::document::{self, Value};
use crate::draft::{Draft, Fingerprint};
use crate::time::Timestamp;

/// How many payload lines are shown next to the list.
const LINES: usize = 60;

/// Which drafts are listed, and for what purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DraftListKind {
    /// The drafts, to open one.
    Drafts,
    /// The drafts in the trash, to restore one.
    Trash,
    /// The drafts, to start the deployment of one.
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

/// One draft of the draft list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedDraft {
    /// The name of the draft, or of its file in the trash.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// The time of the save; `None` if the file has none.
    pub saved: Option<Timestamp>,
    /// The size of its file in bytes.
    pub bytes: u64,
    /// Why the file cannot be read.
    pub fault: Option<String>,
    /// The fingerprint of the file content.
    pub base: Option<Fingerprint>,
}

/// A list of drafts, with the descriptions that were read so far.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftList {
    /// Which drafts are listed.
    pub kind: DraftListKind,
    /// The drafts, in the order of the list.
    pub drafts: Vec<ListedDraft>,
    digests: HashMap<PathBuf, Result<Box<Digest>, String>>,
    asked: HashSet<PathBuf>,
}

impl DraftList {
    /// A list without descriptions.
    pub fn new(kind: DraftListKind, drafts: Vec<ListedDraft>) -> Self {
        Self { kind, drafts, digests: HashMap::new(), asked: HashSet::new() }
    }

    /// The file to read for the description of a draft; `None` if it was requested before or cannot
    /// be read.
    pub(crate) fn wanted(&mut self, index: usize) -> Option<PathBuf> {
        let draft = self.drafts.get(index).filter(|draft| draft.fault.is_none())?;
        self.asked.insert(draft.path.clone()).then(|| draft.path.clone())
    }

    /// Stores the description of a draft.
    pub(crate) fn learn(&mut self, path: &Path, digest: &Result<Box<Digest>, String>) {
        if self.asked.contains(path) {
            self.digests.insert(path.to_path_buf(), digest.clone());
        }
    }

    /// The description of a draft, or why it cannot be read; `None` until it was read.
    pub fn digest(&self, index: usize) -> Option<Result<&Digest, &str>> {
        let draft = self.drafts.get(index)?;
        match &draft.fault {
            Some(fault) => Some(Err(fault)),
            None => Some(match self.digests.get(&draft.path)? {
                Ok(digest) => Ok(digest),
                Err(why) => Err(why),
            }),
        }
    }
}

/// A short description of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// The id of the environment that was chosen last.
    pub environment: Option<String>,
    /// The full name of the job.
    pub full_name: Option<String>,
    /// The build number, as compact JSON.
    pub build_number: Option<String>,
    /// The numbers of problems.
    pub counts: Counts,
    /// Whether the draft has unparsed text.
    pub is_unparsed: bool,
    /// The first lines of the payload.
    pub lines: Vec<String>,
    /// The number of all lines of the payload.
    pub length: usize,
}

impl Digest {
    /// Describes a draft. Rules that the draft silences, or `silenced` names, are not counted.
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
