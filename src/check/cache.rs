//! The incremental cache: what the last check found in each stage, so that the next one skips those that did not change.
//!
//! A stage is checked by itself, by its id among the others, and by times and result of the run; so an edit inside one
//! stage, but for its id, leaves all others as they were, and so does most of what is edited elsewhere.

use super::report::FoundProblem;
use super::time_range::TimeRanges;
use crate::catalog::FieldRole;
use crate::document::{Pointer, Size, Token, Value};

/// The stages of the last check.
#[derive(Debug, Clone, Default)]
pub(super) struct StageCache {
    size: Size,
    list: Pointer,
    around: Around,
    stages: Vec<Option<StageFound>>,
    /// The extents of the stages, as far as they are known.
    extents: Vec<Option<Size>>,
}

/// What the run says that its stages are judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Around {
    pub(super) times: TimeRanges,
    pub(super) is_success: Option<bool>,
}

/// What was found in a stage, as counted from its first value.
#[derive(Debug, Clone)]
pub(super) struct StageFound {
    pub(super) nodes: u32,
    pub(super) problems: Vec<FoundProblem>,
}

impl StageCache {
    /// Forgets what an edit at a place may have changed.
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
                if let Some(extent) = self.extents.get_mut(stage) {
                    *extent = None;
                }
            }
            _ => self.clear(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.stages.clear();
        self.extents.clear();
    }

    /// Measures the document, but for the stages that are as they were.
    pub(super) fn measure(&mut self, root: &Value) {
        let stages = root.get(&self.list).and_then(Value::as_array).unwrap_or_default();
        if self.extents.len() != stages.len() {
            self.extents.clear();
        }
        self.extents.resize(stages.len(), None);
        let known = self.extents.iter_mut().zip(stages);
        let items: Vec<_> =
            known.map(|(extent, stage)| *extent.get_or_insert_with(|| Size::of(stage))).collect();
        self.size = Size::with(root, Some(self.list.tokens()), &items);
    }

    pub(super) const fn size(&self) -> Size {
        self.size
    }

    /// Comes to the list of stages; what is remembered of another list or run means nothing here.
    pub(super) fn come_to(&mut self, list: Pointer, len: usize, around: Around) {
        if self.list != list || self.stages.len() != len || self.around != around {
            if self.list != list {
                self.extents.clear();
            }
            (self.list, self.around) = (list, around);
            self.stages.clear();
        }
        self.stages.resize(len, None);
    }

    /// What is still known of a stage.
    pub(super) fn found(&self, stage: usize) -> Option<&StageFound> {
        self.stages.get(stage)?.as_ref()
    }

    pub(super) fn keep(&mut self, stage: usize, found: StageFound) {
        if let Some(kept) = self.stages.get_mut(stage) {
            *kept = Some(found);
        }
    }
}
