//! A document with its history, for undo and redo. Stores inverse edits, never copies of the tree.

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
    /// Another revision with the saved content.
    twin: Option<u64>,
    /// Whether later changes start a new step, also in the same group.
    sealed: bool,
    done: Vec<HistoryEntry>,
    undone: Vec<HistoryEntry>,
}

/// A step that was undone or redone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryStep {
    /// The label of the step.
    pub label: String,
    /// The place to focus; empty after an undone insertion.
    pub at: Pointer,
}

#[derive(Debug, Clone, PartialEq)]
struct HistoryEntry {
    label: String,
    group: Option<u64>,
    /// The inverse edits, to be applied from last to first.
    inverses: Vec<Edit>,
    /// The revision after the inverses are applied.
    revision: u64,
}

impl Document {
    /// A document without history that counts as saved.
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

    /// The current value.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The id of the content: a new number after every change, the previous one after an undo.
    ///
    /// A hash of the first content and all later edits, so different documents have different ids.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Applies all edits or none, as one undo step; no edits make no step.
    ///
    /// Edits with the group of the newest step join it, unless there was a save, undo or redo in
    /// between.
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
                    apply_backward(&mut self.value, inverses);
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
                self.done.push(HistoryEntry { label: label.to_owned(), group, inverses, revision: before });
            }
        }
        self.sealed = false;
        Ok(())
    }

    /// Undoes the newest step.
    pub fn undo(&mut self) -> Option<HistoryStep> {
        let entry = self.done.pop()?;
        let at = entry.inverses.first().map(Edit::focus).unwrap_or_default();
        let entry = self.move_between(entry);
        let step = HistoryStep { label: entry.label.clone(), at };
        self.undone.push(entry);
        Some(step)
    }

    /// Redoes the last undone step.
    pub fn redo(&mut self) -> Option<HistoryStep> {
        let entry = self.undone.pop()?;
        let at = entry.inverses.last().map(Edit::focus).unwrap_or_default();
        let entry = self.move_between(entry);
        let step = HistoryStep { label: entry.label.clone(), at };
        self.done.push(entry);
        Some(step)
    }

    /// The number of steps to undo.
    pub fn steps(&self) -> usize {
        self.done.len()
    }

    /// Whether repeated undo, or redo, reaches a revision.
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

    /// Replaces the content as one undo step with only the differences; no step without any.
    pub fn replace_all(&mut self, label: &str, value: Value) {
        let edits = difference(&self.value, &value);
        if self.apply(label, edits, None).is_err() {
            // The edits always fit; otherwise the whole value does, unless it is too deep.
            let whole = Edit::Replace { at: Pointer::root(), value };
            let refused = self.apply(label, vec![whole], None).is_err();
            debug_assert!(!refused, "only a value nested too deep is refused");
        }
    }

    /// Restores the saved content as one undo step; the document then counts as saved.
    pub fn revert(&mut self, label: &str, saved: Value) {
        self.replace_all(label, saved);
        self.twin = Some(self.revision);
        self.sealed = true;
    }

    /// Marks the current content as saved.
    pub fn mark_saved(&mut self) {
        self.saved = Some(self.revision);
        self.twin = None;
        self.sealed = true;
    }

    /// Marks the document as changed until the next save, for a recovered document.
    pub fn mark_unsaved(&mut self) {
        self.saved = None;
        self.twin = None;
    }

    /// Whether the content differs from the last save; an undo or redo can restore the saved
    /// content.
    pub fn is_changed(&self) -> bool {
        ![self.saved, self.twin].contains(&Some(self.revision))
    }

    /// Applies a step and returns its inverse.
    fn move_between(&mut self, entry: HistoryEntry) -> HistoryEntry {
        let inverses = apply_backward(&mut self.value, entry.inverses);
        let revision = std::mem::replace(&mut self.revision, entry.revision);
        self.sealed = true;
        HistoryEntry { inverses, revision, ..entry }
    }
}

impl HistoryEntry {
    /// Adds the inverses of later edits. Typing replaces one text often: the first inverse is
    /// enough.
    fn join(&mut self, later: Vec<Edit>) {
        for inverse in later {
            let is_redundant = match (self.inverses.last(), &inverse) {
                (
                    Some(Edit::Replace { at: old, .. } | Edit::Remove { at: old }),
                    Edit::Replace { at, .. },
                ) => old == at,
                _ => false,
            };
            if !is_redundant {
                self.inverses.push(inverse);
            }
        }
    }
}

/// Applies edits from last to first; returns their inverses in the order of application.
fn apply_backward(value: &mut Value, inverses: Vec<Edit>) -> Vec<Edit> {
    let forward = inverses.into_iter().rev().map(|inverse| perform(value, inverse));
    forward.filter_map(Result::ok).collect()
}

fn hashed(content: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}
