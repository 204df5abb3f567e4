//! Lists and objects in a run that hold items.

use super::leaf::{Leaf, is_scalar};
use super::path::path_expression;
use super::word::PathWords;
use crate::document::{Object, Pointer, Value};

/// What the items are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemKind {
    /// Objects in a list.
    Objects,
    /// Objects as members of an object.
    Members,
    /// Texts or numbers in a list.
    Texts,
    /// Texts or numbers as members of an object.
    Pairs,
    /// A text is the only item.
    Alone,
    /// An object is the only item.
    Whole,
}

/// A list or an object whose parts are items.
pub(super) struct ItemList {
    pub(super) at: Pointer,
    /// The words of its path in the singular.
    pub(super) words: PathWords,
    pub(super) kind: ItemKind,
    /// An item with the members of all.
    pub(super) item: Value,
    pub(super) count: usize,
}

impl ItemList {
    /// The expression that gives the items; none for a value of another kind.
    pub(super) fn each(&self) -> String {
        let path = path_expression(self.at.tokens());
        match self.kind {
            ItemKind::Objects | ItemKind::Texts => {
                format!("{path}[]?")
            }
            ItemKind::Members | ItemKind::Pairs => format!("{path} | objects | to_entries[]"),
            ItemKind::Alone => format!("{path} | strings"),
            ItemKind::Whole => format!("{path} | objects"),
        }
    }
}

/// All objects, each as one item.
pub(super) fn wholes(leaves: &[Leaf<'_>]) -> Vec<ItemList> {
    let is_object = |leaf: &&Leaf<'_>| leaf.value.as_object().is_some_and(|object| !object.is_empty());
    let whole = |leaf: &Leaf<'_>| ItemList {
        at: leaf.at.clone(),
        words: leaf.words.singular(),
        kind: ItemKind::Whole,
        item: leaf.value.clone(),
        count: 1,
    };
    leaves.iter().filter(is_object).map(whole).collect()
}

/// The most items that are looked at.
const MOST: usize = 50;

/// All lists and objects that may hold items.
pub(super) fn lists(leaves: &[Leaf<'_>]) -> Vec<ItemList> {
    let list = |leaf: &Leaf<'_>| {
        let (kind, items) = parts(leaf.value)?;
        let count = items.len();
        let item = items.into_iter().take(MOST).fold(Value::Null, merged);
        Some(ItemList { at: leaf.at.clone(), words: leaf.words.singular(), kind, item, count })
    };
    leaves.iter().filter_map(list).collect()
}

fn parts(value: &Value) -> Option<(ItemKind, Vec<Value>)> {
    let is_object = |value: &Value| value.as_object().is_some();
    match value {
        Value::Array(items) if items.is_empty() => None,
        Value::Array(items) if items.iter().all(is_object) => Some((ItemKind::Objects, items.clone())),
        Value::Array(items) if items.iter().all(is_scalar) => Some((ItemKind::Texts, items.clone())),
        Value::Object(object) if object.is_empty() => None,
        Value::Object(object) => {
            let kind = if object.iter().all(|(_, member)| is_object(member)) {
                ItemKind::Members
            } else if object.iter().all(|(_, member)| is_scalar(member) || *member == Value::Null) {
                ItemKind::Pairs
            } else {
                return None;
            };
            Some((kind, object.iter().map(|(key, member)| entry(key, member)).collect()))
        }
        Value::Text(_) => Some((ItemKind::Alone, vec![value.clone()])),
        Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// A member as `to_entries` gives it.
fn entry(key: &str, member: &Value) -> Value {
    let mut object = Object::default();
    object.push("key", key);
    object.push("value", member.clone());
    Value::Object(object)
}

/// Adds the members that a value lacks.
fn merged(mut known: Value, more: Value) -> Value {
    if let (Value::Object(object), Value::Object(other)) = (&mut known, &more) {
        for (key, member) in other.iter() {
            let old = object.get(key).cloned().unwrap_or(Value::Null);
            object.put(key, merged(old, member.clone()));
        }
        return known;
    }
    if known == Value::Null { more } else { known }
}
