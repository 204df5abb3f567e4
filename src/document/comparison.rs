//! How two documents differ, told place by place: for people, where [`difference`](super::difference()) is for machines.
//!
//! Fields are matched by name and never by their order, which means nothing to a server. Items of a list are matched
//! by what they call themselves (`id`, else their name), so that a stage put in front of others is one addition.

use std::collections::{HashMap, VecDeque};

use super::pointer::{Pointer, Token};
use super::value::{Object, Value};

/// One place where two documents differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The place: in the new document, or in the old one where it is gone.
    pub at: Pointer,
    /// What stood there, if anything.
    pub old: Option<Value>,
    /// What stands there now, if anything.
    pub new: Option<Value>,
}

impl Change {
    /// Whether a list holds the same items as before, in another order.
    pub fn is_reordered(&self) -> bool {
        let lists =
            (self.old.as_ref().and_then(Value::as_array), self.new.as_ref().and_then(Value::as_array));
        let (Some(old), Some(new)) = lists else { return false };
        old.len() == new.len() && old != new && matched(old, new).pairs.iter().all(Option::is_some)
    }
}

/// The places where `new` differs from `old`, in the order of the new document; what is gone from an object or a list
/// stands behind the rest of it.
pub fn changes(old: &Value, new: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    compare(old, new, &Pointer::root(), &mut found);
    found
}

fn compare(old: &Value, new: &Value, at: &Pointer, found: &mut Vec<Change>) {
    match (old, new) {
        _ if old == new => {}
        (Value::Object(old), Value::Object(new)) => compare_objects(old, new, at, found),
        (Value::Array(one), Value::Array(two)) if !one.is_empty() && !two.is_empty() => {
            let before = found.len();
            let in_order = compare_lists(one, two, at, found);
            if !in_order && found.len() == before {
                found.push(both(at, old, new));
            }
        }
        _ => found.push(both(at, old, new)),
    }
}

fn both(at: &Pointer, old: &Value, new: &Value) -> Change {
    Change { at: at.clone(), old: Some(old.clone()), new: Some(new.clone()) }
}

fn compare_objects(old: &Object, new: &Object, at: &Pointer, found: &mut Vec<Change>) {
    // As everywhere, the last of duplicate keys counts.
    let (before, after) = (last_of_each(old), last_of_each(new));
    let counting = |places: &HashMap<&str, usize>, (position, (key, _)): &(usize, (&str, &Value))| {
        places.get(key) == Some(position)
    };
    for (_, (key, value)) in new.iter().enumerate().filter(|entry| counting(&after, entry)) {
        match before.get(key).and_then(|place| old.entry(*place)) {
            Some((_, earlier)) => compare(earlier, value, &at.key(key), found),
            None => found.push(Change { at: at.key(key), old: None, new: Some(value.clone()) }),
        }
    }
    for (_, (key, value)) in old.iter().enumerate().filter(|entry| counting(&before, entry)) {
        if !after.contains_key(key) {
            found.push(Change { at: at.key(key), old: Some(value.clone()), new: None });
        }
    }
}

fn last_of_each(object: &Object) -> HashMap<&str, usize> {
    object.keys().enumerate().map(|(position, key)| (key, position)).collect()
}

/// Whether the items that both lists have stand in the same order.
fn compare_lists(old: &[Value], new: &[Value], at: &Pointer, found: &mut Vec<Change>) -> bool {
    let Matched { pairs, gone } = matched(old, new);
    let item = |index: usize| at.with(Token::Index(index));
    for (index, (value, earlier)) in new.iter().zip(&pairs).enumerate() {
        match earlier.and_then(|earlier| old.get(earlier)) {
            Some(earlier) => compare(earlier, value, &item(index), found),
            None => found.push(Change { at: item(index), old: None, new: Some(value.clone()) }),
        }
    }
    for index in gone {
        found.push(Change { at: item(index), old: old.get(index).cloned(), new: None });
    }
    pairs.iter().flatten().is_sorted()
}

/// Which old item each new one is, and which old ones are gone.
struct Matched {
    pairs: Vec<Option<usize>>,
    gone: Vec<usize>,
}

fn matched(old: &[Value], new: &[Value]) -> Matched {
    let mut waiting: HashMap<ItemIdentity<'_>, VecDeque<usize>> = HashMap::new();
    for (index, value) in old.iter().enumerate() {
        waiting.entry(ItemIdentity::of(value)).or_default().push_back(index);
    }
    let pairs: Vec<Option<usize>> =
        new.iter().map(|value| waiting.get_mut(&ItemIdentity::of(value))?.pop_front()).collect();
    let mut gone: Vec<usize> = waiting.into_values().flatten().collect();
    gone.sort_unstable();
    Matched { pairs, gone }
}

/// What an item of a list is known by: what it calls itself, itself where it is no object, else only its turn.
#[derive(PartialEq, Eq, Hash)]
enum ItemIdentity<'v> {
    Named(&'v str),
    Plain(String),
    Unnamed,
}

impl<'v> ItemIdentity<'v> {
    fn of(value: &'v Value) -> Self {
        match value {
            Value::Object(object) => ["id", "name", "displayName"]
                .iter()
                .find_map(|key| object.get(key)?.as_text())
                .map_or(Self::Unnamed, Self::Named),
            Value::Array(_) => Self::Unnamed,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
                Self::Plain(super::write_compact(value))
            }
        }
    }
}
