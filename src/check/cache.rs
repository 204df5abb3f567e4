//! The incremental cache: the problems that the last check found in each stage. The next check
//! skips unchanged stages.
//!
//! The problems of a stage depend on its own content, on its id among the other ids, and on the
//! times and the result of the run. So an edit inside one stage, except of its id, does not affect
//! the other stages, and most edits elsewhere do not affect any stage.

use super::report::FoundProblem;
use super::time_range::TimeRanges;
use crate::catalog::FieldRole;
use crate::document::{DocumentSize, Pointer, Token, Value};

/// The stages of the last check.
#[derive(Debug, Clone, Default)]
pub(super) struct StageCache {
    size: DocumentSize,
    list: Pointer,
    run: RunFacts,
    stages: Vec<Option<StageFound>>,
    /// The sizes of the stages, as far as they are known.
    sizes: Vec<Option<DocumentSize>>,
}

/// The facts about the run that the problems of its stages depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct RunFacts {
    pub(super) times: TimeRanges,
    pub(super) is_success: Option<bool>,
}

/// The problems of a stage, with positions counted from its first value.
#[derive(Debug, Clone)]
pub(super) struct StageFound {
    pub(super) nodes: u32,
    pub(super) problems: Vec<FoundProblem>,
}

impl StageCache {
    /// Discards everything that an edit at a place may have changed.
    pub(super) fn forget(&mut self, place: &Pointer) {
        if self.list.is_within(place) {
            self.clear();
        }
        if !place.is_within(&self.list) {
            return;
        }
        let mut inside = place.tokens().iter().skip(self.list.tokens().len());
        let (stage, member) = (inside.next().and_then(Token::as_index), inside.next());
        match (stage, member) {
            (Some(stage), Some(member)) if member.word() != FieldRole::StageId.name() => {
                if let Some(found) = self.stages.get_mut(stage) {
                    *found = None;
                }
                if let Some(size) = self.sizes.get_mut(stage) {
                    *size = None;
                }
            }
            _ => self.clear(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.stages.clear();
        self.sizes.clear();
    }

    /// Measures the document, except its unchanged stages.
    pub(super) fn measure(&mut self, root: &Value) {
        let stages = root.get(&self.list).and_then(Value::as_array).unwrap_or_default();
        if self.sizes.len() != stages.len() {
            self.sizes.clear();
        }
        self.sizes.resize(stages.len(), None);
        let known = self.sizes.iter_mut().zip(stages);
        let items: Vec<_> =
            known.map(|(size, stage)| *size.get_or_insert_with(|| DocumentSize::of(stage))).collect();
        self.size = DocumentSize::with(root, Some(self.list.tokens()), &items);
    }

    pub(super) const fn size(&self) -> DocumentSize {
        self.size
    }

    /// Prepares the cache for a list of stages; discards the problems of another list or run.
    pub(super) fn select(&mut self, list: Pointer, len: usize, run: RunFacts) {
        if self.list != list || self.stages.len() != len || self.run != run {
            if self.list != list {
                self.sizes.clear();
            }
            (self.list, self.run) = (list, run);
            self.stages.clear();
        }
        self.stages.resize(len, None);
    }

    /// The cached problems of a stage.
    pub(super) fn found(&self, stage: usize) -> Option<&StageFound> {
        self.stages.get(stage)?.as_ref()
    }

    pub(super) fn keep(&mut self, stage: usize, found: StageFound) {
        if let Some(entry) = self.stages.get_mut(stage) {
            *entry = Some(found);
        }
    }
}
