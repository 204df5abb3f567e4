//! The edits that turn one document into another. They are small, so that a change of the whole
//! text becomes an undo step with only the real changes.

use super::edit::Edit;
use super::pointer::{Pointer, Token};
use super::value::{Object, Value};

/// The edits that turn `old` into `new`; empty if they are equal.
pub fn difference(old: &Value, new: &Value) -> Vec<Edit> {
    let mut edits = Vec::new();
    compare(old, new, &Pointer::root(), &mut edits);
    edits
}

fn compare(old: &Value, new: &Value, at: &Pointer, edits: &mut Vec<Edit>) {
    if old == new {
        return;
    }
    let comparable = old.kind() == new.kind() && old.child_count() > 0 && new.child_count() > 0;
    // A pointer cannot address each duplicate key, so the whole object is replaced.
    let is_ambiguous = |value: &Value| value.as_object().is_some_and(Object::has_duplicate_keys);
    if !comparable || is_ambiguous(old) || is_ambiguous(new) {
        edits.push(Edit::Replace { at: at.clone(), value: new.clone() });
        return;
    }
    let (old, new) = (entries(old), entries(new));
    let same = |(one, two): &(&KeyedRef<'_>, &KeyedRef<'_>)| one == two;
    let head = old.iter().zip(&new).take_while(same).count();
    let limit = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(limit).take_while(same).count();
    let removed = old.get(head..old.len() - tail).unwrap_or_default();
    let added = new.get(head..new.len() - tail).unwrap_or_default();
    if removed.len() == added.len() && removed.iter().zip(added).all(|(one, two)| one.0 == two.0) {
        for (index, (one, two)) in removed.iter().zip(added).enumerate() {
            compare(one.1, two.1, &at.with(token(one, head + index)), edits);
        }
        return;
    }
    for (index, entry) in removed.iter().enumerate().rev() {
        edits.push(Edit::Remove { at: at.with(token(entry, head + index)) });
    }
    for (index, (key, value)) in added.iter().enumerate() {
        let (parent, key, value) = (at.clone(), key.map(str::to_owned), (*value).clone());
        edits.push(Edit::Insert { parent, index: head + index, key, value });
    }
}

/// A child with its key, when it has one.
type KeyedRef<'v> = (Option<&'v str>, &'v Value);

fn entries(value: &Value) -> Vec<KeyedRef<'_>> {
    match value {
        Value::Object(object) => object.iter().map(|(key, value)| (Some(key), value)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Array(_) => {
            value.children().map(|value| (None, value)).collect()
        }
    }
}

fn token((key, _): &KeyedRef<'_>, index: usize) -> Token {
    key.map_or(Token::Index(index), |key| Token::Key(key.to_owned()))
}
