//! The place of a new value. Only this file of `document` uses the catalog.

use super::MAX_DEPTH;
use super::edit::Edit;
use super::pointer::{Pointer, Token};
use super::value::{Object, Value};
use crate::catalog::{Field, Record, Shape, catalog};

/// The edits that set a value at a place: replace it, or insert it at the position from the
/// catalog.
///
/// Creates parents that are absent, null or of the wrong kind. An index beyond a list's end
/// appends.
pub fn set(root: &Value, at: &Pointer, value: Value) -> Vec<Edit> {
    let replace = |at: &Pointer, value: Value| vec![Edit::Replace { at: at.clone(), value }];
    // Too deep to build: `apply` refuses this edit with the right error, at no cost.
    if root.get(at).is_some() || at.tokens().len() > MAX_DEPTH {
        return replace(at, value);
    }
    let mut here = Pointer::root();
    let mut current = root;
    for (depth, token) in at.tokens().iter().enumerate() {
        if let Some(child) = current.slot(token).and_then(|slot| current.child(slot)) {
            current = child;
            here = here.with(token.clone());
            continue;
        }
        let value = nest(at, depth + 1, value);
        return match (current, token) {
            (Value::Object(object), _) => {
                let key = token.word().into_owned();
                let index = position(object, &key, record(&here));
                vec![Edit::Insert { parent: here, index, key: Some(key), value }]
            }
            (Value::Array(items), token) if token.as_index().is_some() || token.word() == "-" => {
                vec![Edit::Insert { parent: here, index: items.len(), key: None, value }]
            }
            _ => replace(&here, enclose(&here, token, value)),
        };
    }
    replace(at, value)
}

/// The edits that remove a value and all duplicates of its key; the root becomes an empty object.
pub fn clear(root: &Value, at: &Pointer) -> Vec<Edit> {
    let (Some(parent), Some(token)) = (at.parent(), at.last()) else {
        return vec![Edit::Replace { at: at.clone(), value: Value::empty_object() }];
    };
    let times = match root.get(&parent) {
        Some(Value::Object(object)) => object.keys().filter(|key| *key == token.word()).count(),
        _ => usize::from(root.get(at).is_some()),
    };
    std::iter::repeat_n(Edit::Remove { at: at.clone() }, times).collect()
}

/// Wraps a value in the lists and objects of its tokens, from the given depth down.
fn nest(at: &Pointer, from: usize, value: Value) -> Value {
    (from..at.tokens().len()).rev().fold(value, |inner, depth| {
        let holder: Pointer = at.tokens().iter().take(depth).cloned().collect();
        at.tokens().get(depth).map_or(Value::Null, |token| enclose(&holder, token, inner))
    })
}

/// A list or object with one value. Digits are an index, except in an object with free keys.
fn enclose(holder: &Pointer, token: &Token, value: Value) -> Value {
    match token {
        Token::Index(_) if !has_free_keys(holder) => Value::Array(vec![value]),
        Token::Key(_) | Token::Index(_) => {
            Value::Object([(token.word().into_owned(), value)].into_iter().collect())
        }
    }
}

/// The position of a new key: next to the sibling with the nearest rank, after a lower and before a
/// higher rank; at the end if no sibling has a rank.
fn position(object: &Object, key: &str, record: Option<&Record>) -> usize {
    let rank = |key: &str| record.and_then(|record| record.position(key));
    let Some(own) = rank(key) else { return object.len() };
    let ranked = || object.keys().enumerate().filter_map(|(index, key)| Some((rank(key)?, index)));
    let before = ranked().filter(|(other, _)| *other <= own).max();
    let after = ranked().filter(|(other, _)| *other > own).min();
    match (before, after) {
        (Some((lower, _)), Some((upper, index))) if upper - own < own - lower => index,
        (Some((_, index)), _) => index + 1,
        (None, Some((_, index))) => index,
        (None, None) => object.len(),
    }
}

fn field(at: &Pointer) -> Option<&'static Field> {
    let words: Vec<_> = at.words().collect();
    catalog().field(words.iter().map(AsRef::as_ref))
}

/// The record of the object at a place, from the catalog.
fn record(at: &Pointer) -> Option<&'static Record> {
    if at.is_root() {
        return Some(catalog().run());
    }
    let mut shape = &field(at)?.shape;
    while let Shape::List(element) = shape {
        shape = element;
    }
    if let Shape::Record(id) = shape { Some(catalog().record(*id)) } else { None }
}

/// Whether the object at a place accepts any key, as the metadata of an artifact does.
fn has_free_keys(at: &Pointer) -> bool {
    let own = |field: &&Field| at.last().is_some_and(|token| field.spelling(&token.word()).is_some());
    field(at).filter(own).is_some_and(|field| field.shape == Shape::Map)
}
