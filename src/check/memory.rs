//! What the last check found in each stage, so that the next one passes over those that did not change.
//!
//! A stage is judged by itself, by its id among the others, and by times and result of the run; so an edit inside one
//! stage, but for its id, leaves all others as they were, and so does most of what is edited elsewhere.

use std::sync::Arc;

use super::place::Order;
use super::plan::STAGE_ID;
use super::span::Frames;
use super::{Problem, Session, walk};
use crate::document::{Extent, Object, Pointer, Token, Value};

/// Checks one document again and again, looking only at what changed.
#[derive(Debug, Clone, Default)]
pub struct Checker {
    memory: Memory,
    has_duplicate_keys: bool,
}

impl Checker {
    /// All problems, as [`Session::problems`] finds them; those of stages that did not change are the same ones again.
    ///
    /// `touched` are the places that edits since the last call put something at or took something from, as
    /// [`Edit::places`](crate::document::Edit::places) names them; `None` stands for another document.
    pub fn check(&mut self, session: &Session<'_>, touched: Option<&[Pointer]>) -> Vec<Arc<Problem>> {
        let Session { document, context, silenced, .. } = *session;
        let mut memory = std::mem::take(&mut self.memory);
        match touched {
            Some(places) => places.iter().for_each(|place| memory.forget(place)),
            None => memory.clear(),
        }
        memory.measure(document);
        let (mut problems, memory) = walk::again(document, context, memory);
        self.memory = memory;
        problems.retain(|problem| !silenced.contains(problem.code));
        self.has_duplicate_keys = match touched {
            // A key can be repeated only where something was put.
            Some(places) if !self.has_duplicate_keys => {
                places.iter().any(|place| may_repeat_keys(document, place))
            }
            Some(_) | None => document.has_duplicate_keys(),
        };
        if self.has_duplicate_keys {
            problems.extend(session.text_problems().into_iter().map(|fault| Arc::new(fault.problem)));
        }
        problems
    }

    /// How long the document was at the last check.
    pub const fn extent(&self) -> Extent {
        self.memory.extent
    }
}

/// Whether a value, or the object that holds it, has a key twice.
fn may_repeat_keys(document: &Value, place: &Pointer) -> bool {
    let holder = place.parent().and_then(|parent| document.get(&parent)).and_then(Value::as_object);
    holder.is_some_and(Object::has_duplicate_keys)
        || document.get(place).is_some_and(Value::has_duplicate_keys)
}

/// The stages of the last check.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    extent: Extent,
    list: Pointer,
    around: Around,
    stages: Vec<Option<Found>>,
    /// The extents of the stages, as far as they are known.
    extents: Vec<Option<Extent>>,
}

/// What the run says that its stages are judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Around {
    pub(super) frames: Frames,
    pub(super) is_success: Option<bool>,
}

/// What was found in a stage, as counted from its first value.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) nodes: u32,
    pub(super) problems: Vec<(Order, Arc<Problem>)>,
}

impl Memory {
    /// Forgets what an edit at a place may have changed.
    fn forget(&mut self, place: &Pointer) {
        if self.list.is_within(place) {
            self.clear();
        }
        if !place.is_within(&self.list) {
            return;
        }
        let mut inside = place.tokens().iter().skip(self.list.tokens().len());
        let (stage, member) = (inside.next().and_then(Token::as_index), inside.next());
        match (stage, member) {
            (Some(stage), Some(member)) if member.word() != STAGE_ID => {
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

    fn clear(&mut self) {
        self.stages.clear();
        self.extents.clear();
    }

    /// Measures the document, but for the stages that are as they were.
    fn measure(&mut self, root: &Value) {
        let stages = root.get(&self.list).and_then(Value::as_array).unwrap_or_default();
        if self.extents.len() != stages.len() {
            self.extents.clear();
        }
        self.extents.resize(stages.len(), None);
        let known = self.extents.iter_mut().zip(stages);
        let items: Vec<_> =
            known.map(|(extent, stage)| *extent.get_or_insert_with(|| Extent::of(stage))).collect();
        self.extent = Extent::with(root, Some(self.list.tokens()), &items);
    }

    pub(super) const fn extent(&self) -> Extent {
        self.extent
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
    pub(super) fn found(&self, stage: usize) -> Option<&Found> {
        self.stages.get(stage)?.as_ref()
    }

    pub(super) fn keep(&mut self, stage: usize, found: Found) {
        if let Some(slot) = self.stages.get_mut(stage) {
            *slot = Some(found);
        }
    }
}
