//! The changes between two documents, for people; [`difference`](super::difference()) is for code.
//!
//! Fields are matched by name and not by order, because the order means nothing to a server. Items
//! of a list are matched by `id`, otherwise by name, so that a stage added before others is one
//! addition.

use std::collections::{HashMap, HashSet, VecDeque};

use super::pointer::{Pointer, Token};
use super::value::{Object, Value};

/// One place where two documents differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The place in the new document, or in the old one for a removed value.
    pub at: Pointer,
    /// The old value, unless the value was added.
    pub old: Option<Value>,
    /// The new value, unless the value was removed.
    pub new: Option<Value>,
}

impl Change {
    /// Whether the change only reorders the items of a list.
    pub fn is_reordered(&self) -> bool {
        let lists =
            (self.old.as_ref().and_then(Value::as_array), self.new.as_ref().and_then(Value::as_array));
        let (Some(old), Some(new)) = lists else { return false };
        old.len() == new.len() && old != new && matched(old, new).pairs.iter().all(Option::is_some)
    }
}

/// The changes from `old` to `new`, in the order of the new document; values removed from an object
/// or a list come after the rest of it.
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
    // Of duplicate keys, the last one counts.
    let (before, after) = (last_of_each(old), last_of_each(new));
    let counting = |places: &HashMap<&str, usize>, (position, (key, _)): &(usize, (&str, &Value))| {
        places.get(key) == Some(position)
    };
    for (_, (key, value)) in new.iter().enumerate().filter(|entry| counting(&after, entry)) {
        match before.get(key).and_then(|place| old.entry(*place)) {
            Some((_, previous)) => compare(previous, value, &at.key(key), found),
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

/// Adds the changes of the items; returns whether common items have the same order.
fn compare_lists(old: &[Value], new: &[Value], at: &Pointer, found: &mut Vec<Change>) -> bool {
    let Matched { pairs, removed } = matched(old, new);
    let item = |index: usize| at.with(Token::Index(index));
    for (index, (value, previous)) in new.iter().zip(&pairs).enumerate() {
        match previous.and_then(|previous| old.get(previous)) {
            Some(previous) => compare(previous, value, &item(index), found),
            None => found.push(Change { at: item(index), old: None, new: Some(value.clone()) }),
        }
    }
    for index in removed {
        found.push(Change { at: item(index), old: old.get(index).cloned(), new: None });
    }
    pairs.iter().flatten().is_sorted()
}

/// The old item of each new item, and the removed old items.
struct Matched {
    pairs: Vec<Option<usize>>,
    removed: Vec<usize>,
}

fn matched(old: &[Value], new: &[Value]) -> Matched {
    let mut waiting: HashMap<ItemIdentity<'_>, VecDeque<usize>> = HashMap::new();
    for (index, value) in old.iter().enumerate() {
        waiting.entry(ItemIdentity::of(value)).or_default().push_back(index);
    }
    let mut pairs: Vec<Option<usize>> =
        new.iter().map(|value| waiting.get_mut(&ItemIdentity::of(value))?.pop_front()).collect();
    let mut removed: Vec<usize> = waiting.into_values().flatten().collect();
    removed.sort_unstable();
    // An item that gets or loses its id is the same item.
    let mut left: HashMap<(bool, Option<&str>), VecDeque<usize>> = HashMap::new();
    for index in &removed {
        if let Some(label) = old.get(*index).and_then(label) {
            left.entry(label).or_default().push_back(*index);
        }
    }
    let mut found = HashSet::new();
    for (value, pair) in new.iter().zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
        let Some((has_id, name)) = label(value) else { continue };
        *pair = left.get_mut(&(!has_id, name)).and_then(VecDeque::pop_front);
        found.extend(*pair);
    }
    removed.retain(|index| !found.contains(index));
    Matched { pairs, removed }
}

/// Whether an object has an id, and its name.
fn label(value: &Value) -> Option<(bool, Option<&str>)> {
    let object = value.as_object()?;
    let text = |key: &str| object.get(key)?.as_text();
    Some((text("id").is_some(), NAMES.into_iter().find_map(text)))
}

/// The fields that name an item without an id.
const NAMES: [&str; 2] = ["name", "displayName"];

/// The identity of an item of a list: its id or name, its value if it is a scalar, or nothing.
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
