//! The values of a run with their paths.

use super::name::STAGES;
use super::word::PathWords;
use crate::document::{Pointer, Value};

/// A value in a run.
pub(super) struct Leaf<'v> {
    pub(super) at: Pointer,
    pub(super) words: PathWords,
    pub(super) value: &'v Value,
}

/// Points of a name that is likely that of stages.
const LIKELY: i32 = 40;

/// The most values that are looked at.
const MOST: usize = 5_000;

/// All values within objects, those of lists not included, in the order of depth.
pub(super) fn leaves(value: &Value, deepest: usize) -> Vec<Leaf<'_>> {
    let mut found: Vec<Leaf<'_>> = Vec::new();
    let mut level = vec![(Pointer::root(), value)];
    for _ in 0..deepest {
        let mut inner = Vec::new();
        for (at, value) in level {
            for (key, member) in value.as_object().into_iter().flat_map(crate::document::Object::iter) {
                if found.len() >= MOST {
                    return found;
                }
                let at = at.key(key);
                found.push(Leaf { words: PathWords::of(&at), at: at.clone(), value: member });
                if member.as_object().is_some() && !is_stages(&at, member) {
                    inner.push((at, member));
                }
            }
        }
        level = inner;
    }
    found
}

/// Whether an object has a stage under each key.
fn is_stages(at: &Pointer, value: &Value) -> bool {
    let words = PathWords::of(at);
    let singular = words.singular();
    let is_plural = words.last().last() != singular.last().last();
    let has_objects = value.as_object().is_some_and(|object| {
        !object.is_empty() && object.iter().all(|(_, member)| member.as_object().is_some())
    });
    has_objects && is_plural && singular.points(STAGES, &[]).is_some_and(|points| points >= LIKELY)
}

/// Whether a value is text, a number, or true or false.
pub(super) const fn is_scalar(value: &Value) -> bool {
    matches!(value, Value::Text(_) | Value::Number(_) | Value::Bool(_))
}
