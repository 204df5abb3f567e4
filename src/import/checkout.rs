//! A git checkout: where its repository lives, its branch, and the commits to report.

use super::{ImportKind, Imported, remote};
use crate::catalog::FieldRole;
use crate::document::{Object, Value};

/// What git tells of a checkout, as it prints it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checkout {
    /// The address of the remote, perhaps with credentials.
    pub remote: Option<String>,
    /// The branch; none where a commit alone is checked out.
    pub branch: Option<String>,
    /// Ids of commits, the newest first.
    pub commits: Vec<String>,
    /// Whether there are more commits than these.
    pub has_more: bool,
}

/// The fields of a run that a checkout knows.
pub(super) fn import(checkout: Checkout) -> Imported {
    let Checkout { remote, branch, commits, has_more } = checkout;
    let mut notes = Vec::new();
    let mut document = Object::default();
    match branch {
        Some(branch) => document.push(FieldRole::Branch.name(), branch),
        None => notes.push("No branch is checked out, but a commit alone.".to_owned()),
    }
    match commits.len() {
        0 => notes.push("There are no commits since then.".to_owned()),
        count if has_more => notes.push(format!("There are more commits; the newest {count} were taken.")),
        _ => {}
    }
    if !commits.is_empty() {
        document.push(FieldRole::Commits.name(), commits.into_iter().map(Value::Text).collect::<Vec<_>>());
    }
    match remote.as_deref().map(|address| (remote::clean(address), address)) {
        Some((Some(clean), address)) => {
            if clean != address.trim() {
                notes.push("The credentials in the address of the remote were left out.".to_owned());
            }
            document.push(FieldRole::RepositoryUrl.name(), clean);
        }
        Some((None, _)) | None => notes.push("It has no remote.".to_owned()),
    }
    notes.push("A checkout knows no more of a run than this; add the rest.".to_owned());
    Imported { notes, ..Imported::bare(Value::Object(document), ImportKind::Checkout) }
}
