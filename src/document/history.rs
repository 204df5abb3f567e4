//! A document with its past: what was done, so that it can be undone, and what was undone, so that it can be
//! done again. Keeps inverses, never copies of the tree.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::difference::difference;
use super::edit::{Edit, EditError, apply_owned, perform};
use super::pointer::Pointer;
use super::value::Value;

/// One value and its history.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    value: Value,
    revision: u64,
    saved: Option<u64>,
    /// Another revision with the content that was saved.
    twin: Option<u64>,
    /// No later change joins the newest step, whatever its group.
    sealed: bool,
    done: Vec<HistoryEntry>,
    undone: Vec<HistoryEntry>,
}

/// What was undone or redone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryStep {
    /// What the step was called when it was made.
    pub label: String,
    /// Where to put the focus; after an undone insertion nothing stands there.
    pub at: Pointer,
}

#[derive(Debug, Clone, PartialEq)]
struct HistoryEntry {
    label: String,
    group: Option<u64>,
    /// To be done from the last to the first in order to go the other way.
    inverses: Vec<Edit>,
    /// The revision on the other side.
    revision: u64,
}

impl Document {
    /// A document without a past, counted as saved.
    pub fn new(value: Value) -> Self {
        let revision = hashed(&value);
        Self {
            value,
            revision,
            saved: Some(revision),
            twin: None,
            sealed: true,
            done: Vec::new(),
            undone: Vec::new(),
        }
    }

    /// The value as it is now.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Names the content: another number after every change, the former one again after its undo.
    ///
    /// It is a hash of the first content and all edits since, so that it also tells documents apart.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Does all edits or none, as one undo step. A step of the same group as the newest joins it, unless the
    /// document was saved, undone or redone in between. Without edits there is no step.
    pub fn apply(&mut self, label: &str, edits: Vec<Edit>, group: Option<u64>) -> Result<(), EditError> {
        if edits.is_empty() {
            return Ok(());
        }
        let revision = hashed(&(self.revision, &edits));
        let mut inverses = Vec::with_capacity(edits.len());
        for edit in edits {
            match apply_owned(&mut self.value, edit) {
                Ok(inverse) => inverses.push(inverse),
                Err(error) => {
                    run_back(&mut self.value, inverses);
                    return Err(error);
                }
            }
        }
        let before = std::mem::replace(&mut self.revision, revision);
        self.undone.clear();
        let joins = !self.sealed && group.is_some();
        match self.done.last_mut().filter(|newest| joins && newest.group == group) {
            Some(newest) => newest.join(inverses),
            None => {
                self.done.push(HistoryEntry { label: label.to_owned(), group, inverses, revision: before })
            }
        }
        self.sealed = false;
        Ok(())
    }

    /// Takes the newest step back.
    pub fn undo(&mut self) -> Option<HistoryStep> {
        let entry = self.done.pop()?;
        let at = entry.inverses.first().map(Edit::focus).unwrap_or_default();
        let entry = self.move_between(entry);
        let step = HistoryStep { label: entry.label.clone(), at };
        self.undone.push(entry);
        Some(step)
    }

    /// Does the step again that was undone last.
    pub fn redo(&mut self) -> Option<HistoryStep> {
        let entry = self.undone.pop()?;
        let at = entry.inverses.last().map(Edit::focus).unwrap_or_default();
        let entry = self.move_between(entry);
        let step = HistoryStep { label: entry.label.clone(), at };
        self.done.push(entry);
        Some(step)
    }

    /// How many steps there are to undo.
    pub fn steps(&self) -> usize {
        self.done.len()
    }

    /// Whether undoing (or redoing) comes by a revision.
    pub fn leads_to(&self, revision: u64, redo: bool) -> bool {
        let ahead = if redo { &self.undone } else { &self.done };
        ahead.iter().any(|entry| entry.revision == revision)
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is a step to redo.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Makes the document another one, as one undo step that holds only what differs; none when nothing does.
    pub fn replace_all(&mut self, label: &str, value: Value) {
        let edits = difference(&self.value, &value);
        if self.apply(label, edits, None).is_err() {
            // The difference is made to fit; should it not, the whole value always does unless it is too deep.
            let whole = Edit::Replace { at: Pointer::root(), value };
            let refused = self.apply(label, vec![whole], None).is_err();
            debug_assert!(!refused, "only a value nested too deep is refused");
        }
    }

    /// Goes back to the content that is kept elsewhere, as one undo step; the document counts as saved then.
    pub fn revert(&mut self, label: &str, saved: Value) {
        self.replace_all(label, saved);
        self.twin = Some(self.revision);
        self.sealed = true;
    }

    /// Remembers this content as the one that is kept elsewhere.
    pub fn mark_saved(&mut self) {
        self.saved = Some(self.revision);
        self.twin = None;
        self.sealed = true;
    }

    /// Forgets what was saved: the document counts as changed until it is saved, as a recovered one must.
    pub fn mark_unsaved(&mut self) {
        self.saved = None;
        self.twin = None;
    }

    /// Whether this differs from what was saved last. Undo and redo lead back to unchanged.
    pub fn is_changed(&self) -> bool {
        ![self.saved, self.twin].contains(&Some(self.revision))
    }

    /// Goes to the other side of a step, and turns the step round.
    fn move_between(&mut self, entry: HistoryEntry) -> HistoryEntry {
        let inverses = run_back(&mut self.value, entry.inverses);
        let revision = std::mem::replace(&mut self.revision, entry.revision);
        self.sealed = true;
        HistoryEntry { inverses, revision, ..entry }
    }
}

impl HistoryEntry {
    /// Takes in the inverses of later edits. Typing replaces one text many times: the first inverse is enough.
    fn join(&mut self, later: Vec<Edit>) {
        for inverse in later {
            let covered = match (self.inverses.last(), &inverse) {
                (
                    Some(Edit::Replace { at: old, .. } | Edit::Remove { at: old }),
                    Edit::Replace { at, .. },
                ) => old == at,
                _ => false,
            };
            if !covered {
                self.inverses.push(inverse);
            }
        }
    }
}

/// Does inverses from the last to the first; gives theirs, in the order they were done.
fn run_back(value: &mut Value, inverses: Vec<Edit>) -> Vec<Edit> {
    let forward = inverses.into_iter().rev().map(|inverse| perform(value, inverse));
    forward.filter_map(Result::ok).collect()
}

fn hashed(content: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}
