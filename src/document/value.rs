//! The tree of JSON values, independent of text, edits and checks.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use super::number::Number;
use super::pointer::{Pointer, Token};

/// A JSON value. A copy shares its objects with the original until one of them changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// `null`, which differs from an absent field.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number with its original spelling.
    Number(Number),
    /// Text, with escapes decoded.
    Text(String),
    /// A list.
    Array(Vec<Self>),
    /// An object, with its members in the original order.
    Object(Object),
}

/// The six kinds of JSON value; `Display` names one in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueKind {
    /// `null`
    Null,
    /// `true` and `false`
    Bool,
    /// numbers
    Number,
    /// text
    Text,
    /// lists
    Array,
    /// objects
    Object,
}

impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Bool => "true or false",
            Self::Number => "a number",
            Self::Text => "text",
            Self::Array => "a list",
            Self::Object => "an object",
        })
    }
}

impl Value {
    /// `{}`
    pub fn empty_object() -> Self {
        Self::Object(Object::default())
    }

    /// The kind of the value.
    pub fn kind(&self) -> ValueKind {
        match self {
            Self::Null => ValueKind::Null,
            Self::Bool(_) => ValueKind::Bool,
            Self::Number(_) => ValueKind::Number,
            Self::Text(_) => ValueKind::Text,
            Self::Array(_) => ValueKind::Array,
            Self::Object(_) => ValueKind::Object,
        }
    }

    /// Whether any object at any depth has two members with the same key.
    pub fn has_duplicate_keys(&self) -> bool {
        match self {
            Self::Object(object) => {
                object.has_duplicate_keys() || object.iter().any(|(_, value)| value.has_duplicate_keys())
            }
            Self::Array(items) => items.iter().any(Self::has_duplicate_keys),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => false,
        }
    }

    /// The value at a pointer; of duplicate keys, the last one.
    pub fn get(&self, at: &Pointer) -> Option<&Self> {
        at.tokens().iter().try_fold(self, |value, token| value.child(value.slot(token)?))
    }

    pub(super) fn get_mut(&mut self, at: &Pointer) -> Option<&mut Self> {
        at.tokens().iter().try_fold(self, |value, token| {
            let slot = value.slot(token)?;
            match value {
                Self::Array(items) => items.get_mut(slot),
                Self::Object(object) => object.members_mut().get_mut(slot).map(|(_, child)| child),
                Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => None,
            }
        })
    }

    /// The text, if the value is text.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The object, if the value is one.
    pub fn as_object(&self) -> Option<&Object> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }

    /// The items, if the value is a list.
    pub fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The boolean, if the value is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    /// The number, if the value is one.
    pub fn as_number(&self) -> Option<&Number> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    /// The whole number, if the value is one that fits; see [`Number::as_i64`].
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The number of values in the tree, the value itself included.
    pub fn node_count(&self) -> usize {
        1 + self.children().map(Self::node_count).sum::<usize>()
    }

    /// The levels of nested lists and objects: 0 for a scalar, 1 for `[]`.
    pub(super) fn depth(&self) -> usize {
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => 0,
            Self::Array(_) | Self::Object(_) => 1 + self.children().map(Self::depth).max().unwrap_or(0),
        }
    }

    /// The direct children, in order.
    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        let (items, entries): (&[Self], &[Member]) = match self {
            Self::Array(items) => (items, &[]),
            Self::Object(object) => (&[], &object.0),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => (&[], &[]),
        };
        items.iter().chain(entries.iter().map(|(_, value)| value))
    }

    pub(super) fn child_count(&self) -> usize {
        match self {
            Self::Array(items) => items.len(),
            Self::Object(object) => object.len(),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => 0,
        }
    }

    /// The n-th child of a list or object.
    pub(super) fn child(&self, slot: usize) -> Option<&Self> {
        match self {
            Self::Array(items) => items.get(slot),
            Self::Object(object) => object.entry(slot).map(|(_, value)| value),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => None,
        }
    }

    /// The position of a token's child. An index is a key in an object; a key of digits is an
    /// index.
    pub(super) fn slot(&self, token: &Token) -> Option<usize> {
        match self {
            Self::Array(items) => token.as_index().filter(|index| *index < items.len()),
            Self::Object(object) => object.position(&token.word()),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl From<Vec<Self>> for Value {
    fn from(items: Vec<Self>) -> Self {
        Self::Array(items)
    }
}

/// The members of an object, in order, with duplicate keys. Of duplicate keys, the last one counts,
/// as it does for servers.
///
/// Copies share their members: the saved content and a copy for the disk need memory only for
/// changes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Object(Arc<Vec<Member>>);

/// A key, which may be shared with other objects, and its value.
pub(super) type Member = (Arc<str>, Value);

impl Object {
    /// The members for a change, in this copy only.
    pub(super) fn members_mut(&mut self) -> &mut Vec<Member> {
        Arc::make_mut(&mut self.0)
    }

    /// The value of the last member with this key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().rev().find(|(name, _)| **name == *key).map(|(_, value)| value)
    }

    /// The position of the last member with this key.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.0.iter().rposition(|(name, _)| **name == *key)
    }

    /// Whether any member has this key.
    pub fn contains(&self, key: &str) -> bool {
        self.position(key).is_some()
    }

    /// The number of members, duplicate keys included.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the object has no members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The members in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &Value)> + ExactSizeIterator {
        self.0.iter().map(|(key, value)| (&**key, value))
    }

    /// The keys in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.0.iter().map(|(key, _)| &**key)
    }

    /// Whether two members have the same key; nested objects do not count.
    pub fn has_duplicate_keys(&self) -> bool {
        /// For so few keys, comparing pairs is faster than a set.
        const FEW: usize = 24;
        if self.len() <= FEW {
            self.keys().enumerate().any(|(index, key)| self.keys().take(index).any(|other| other == key))
        } else {
            self.keys().collect::<HashSet<_>>().len() < self.len()
        }
    }

    /// The member at a position.
    pub fn entry(&self, index: usize) -> Option<(&str, &Value)> {
        self.0.get(index).map(|(key, value)| (&**key, value))
    }

    /// Adds a member at the end, also if the key exists already.
    pub fn push(&mut self, key: impl Into<Arc<str>>, value: impl Into<Value>) {
        self.members_mut().push((key.into(), value.into()));
    }

    /// Sets the value of the last member with this key, or adds a member at the end.
    pub fn put(&mut self, key: &str, value: impl Into<Value>) {
        let value = value.into();
        let members = self.members_mut();
        match members.iter_mut().rev().find(|(name, _)| **name == *key) {
            Some((_, old)) => *old = value,
            None => members.push((key.into(), value)),
        }
    }
}

impl<K: Into<Arc<str>>> FromIterator<(K, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(members: I) -> Self {
        Self(Arc::new(members.into_iter().map(|(key, value)| (key.into(), value)).collect()))
    }
}

impl IntoIterator for Object {
    type Item = (Arc<str>, Value);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        Arc::unwrap_or_clone(self.0).into_iter()
    }
}
