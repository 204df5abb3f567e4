//! The values of a run with their paths.

use super::name::STAGES;
use super::word::PathWords;
use crate::document::{Object, Pointer, Value};

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

/// Whether an object has a stage under each key: by its name, or because all its members are objects
/// of the same shape. The values of one item are not those of the run.
fn is_stages(at: &Pointer, value: &Value) -> bool {
    let Some(object) = value.as_object() else { return false };
    let members: Option<Vec<_>> = object.iter().map(|(_, member)| member.as_object()).collect();
    let Some(members) = members.filter(|members| !members.is_empty()) else { return false };
    let last =
        PathWords::of(&at.last().map_or_else(Pointer::root, |token| Pointer::root().with(token.clone())));
    let singular = last.singular();
    let is_plural = last.last().last() != singular.last().last();
    let is_named = is_plural && singular.points(STAGES, &[]).is_some_and(|points| points >= LIKELY);
    is_named || have_same_shape(&members)
}

/// Whether several objects have the same two or more keys.
fn have_same_shape(members: &[&Object]) -> bool {
    const FEW: usize = 2;
    let Some((first, others)) = members.split_first() else { return false };
    first.len() >= FEW
        && !others.is_empty()
        && others
            .iter()
            .all(|other| other.len() == first.len() && first.iter().all(|(key, _)| other.contains(key)))
}

/// Whether a value is text, a number, or true or false.
pub(super) const fn is_scalar(value: &Value) -> bool {
    matches!(value, Value::Text(_) | Value::Number(_) | Value::Bool(_))
}
