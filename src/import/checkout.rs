//! A git checkout: remote, branch and the commits to report.

use super::{ImportKind, Imported, remote};
use crate::catalog::FieldRole;
use crate::document::{Object, Value};

/// The output of git about a checkout.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checkout {
    /// The URL of the remote, possibly with credentials.
    pub remote: Option<String>,
    /// The branch; `None` for a detached HEAD.
    pub branch: Option<String>,
    /// Ids of commits, the newest first.
    pub commits: Vec<String>,
    /// Whether there are more commits than these.
    pub has_more: bool,
}

/// The fields of a run that a checkout provides.
pub(super) fn import(checkout: Checkout) -> Imported {
    let Checkout { remote, branch, commits, has_more } = checkout;
    let mut notes = Vec::new();
    let mut document = Object::default();
    match branch {
        Some(branch) => document.push(FieldRole::Branch.name(), branch),
        None => notes.push("No branch is checked out, only a commit.".to_owned()),
    }
    match commits.len() {
        0 => notes.push("No commits since then.".to_owned()),
        count if has_more => notes.push(format!("More commits exist; only the newest {count} are imported.")),
        _ => {}
    }
    if !commits.is_empty() {
        document.push(FieldRole::Commits.name(), commits.into_iter().map(Value::Text).collect::<Vec<_>>());
    }
    match remote.as_deref().map(|address| (remote::clean(address), address)) {
        Some((Some(clean), address)) => {
            if clean != address.trim() {
                notes.push("Credentials in the address of the remote were removed.".to_owned());
            }
            document.push(FieldRole::RepositoryUrl.name(), clean);
        }
        Some((None, _)) | None => notes.push("The checkout has no remote.".to_owned()),
    }
    notes.push("A checkout has no other fields of a run: add the rest.".to_owned());
    Imported { notes, ..Imported::bare(Value::Object(document), ImportKind::Checkout) }
}
