//! Edits: the only changes to a document. Each edit returns the edit that exactly undoes it.
//!
//! An edit addresses the last of duplicate keys, as a read does. An edit that would place a member
//! before another member of the same key is refused, because its inverse would find the wrong
//! member.

use super::MAX_DEPTH;
use super::pointer::{Pointer, Token};
use super::value::{Value, ValueKind};

/// One change, as data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Edit {
    /// Replaces a value.
    Replace {
        /// The place of the value; the root is valid too.
        at: Pointer,
        /// The new value.
        value: Value,
    },
    /// Adds a value to a list or an object.
    Insert {
        /// The list or object.
        parent: Pointer,
        /// The position of the new item or member, from 0.
        index: usize,
        /// The key in an object; `None` in a list.
        key: Option<String>,
        /// The value to add.
        value: Value,
    },
    /// Removes a value from its list or object.
    Remove {
        /// The place of the value.
        at: Pointer,
    },
    /// Changes the key of a member, without a move.
    Rename {
        /// The member with its current key.
        at: Pointer,
        /// The new key.
        key: String,
    },
    /// Moves an item or a member within its list or object.
    Move {
        /// The item or member to move.
        at: Pointer,
        /// The new position, from 0.
        to: usize,
    },
}

impl Edit {
    /// The place to focus after the edit. After a removal, the place is empty.
    pub fn focus(&self) -> Pointer {
        match self {
            Self::Replace { at, .. } | Self::Remove { at } => at.clone(),
            Self::Insert { parent, index, key, .. } => {
                key.as_ref().map_or_else(|| parent.index(*index), |key| parent.key(key))
            }
            Self::Rename { at, key } => at.parent().unwrap_or_default().key(key),
            Self::Move { at, to } => match (at.parent(), at.last()) {
                (Some(parent), Some(Token::Index(_))) => parent.index(*to),
                _ => at.clone(),
            },
        }
    }

    /// The places that the edit fills or empties; it also shifts later items of the same list.
    pub fn places(&self) -> Vec<Pointer> {
        match self {
            Self::Replace { at, .. } | Self::Remove { at } => vec![at.clone()],
            Self::Insert { .. } => vec![self.focus()],
            Self::Rename { at, .. } | Self::Move { at, .. } => vec![at.clone(), self.focus()],
        }
    }

    /// The nesting depth of the document at the place of the new value, after the edit.
    fn depth(&self) -> usize {
        match self {
            Self::Replace { at, value } => at.tokens().len() + value.depth(),
            Self::Insert { parent, value, .. } => parent.tokens().len() + 1 + value.depth(),
            Self::Remove { .. } | Self::Rename { .. } | Self::Move { .. } => 0,
        }
    }
}

/// Why an edit is not possible; the document is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The place has no value.
    #[error("no value at {at}")]
    Absent {
        /// The place.
        at: Pointer,
    },
    /// The root can be replaced, but not removed, renamed or moved.
    #[error("the whole document can only be replaced")]
    Root,
    /// A parent that is neither list nor object, a key in a list, or no key in an object.
    #[error("{at} is {kind}, which does not allow this edit")]
    WrongKind {
        /// The place.
        at: Pointer,
        /// The kind of value at the place.
        kind: ValueKind,
    },
    /// The position is beyond the end.
    #[error("{at} has {len} entries: position {index} is beyond the end")]
    OutOfRange {
        /// The list or object.
        at: Pointer,
        /// The requested position.
        index: usize,
        /// The number of entries.
        len: usize,
    },
    /// A later member has the same key and would hide the edited member.
    #[error("{at} has a later member \"{key}\": remove one of the two first")]
    KeyTaken {
        /// The object.
        at: Pointer,
        /// The duplicate key.
        key: String,
    },
    /// More than [`MAX_DEPTH`] levels of nested lists and objects.
    #[error("lists and objects would be nested more than {MAX_DEPTH} levels deep")]
    TooDeep,
}

/// Applies one edit and returns its inverse. On an error, the document is unchanged.
pub fn apply(root: &mut Value, edit: &Edit) -> Result<Edit, EditError> {
    apply_owned(root, edit.clone())
}

/// Like [`apply`], without a copy of the value in the edit.
pub(super) fn apply_owned(root: &mut Value, edit: Edit) -> Result<Edit, EditError> {
    if edit.depth() > MAX_DEPTH { Err(EditError::TooDeep) } else { perform(root, edit) }
}

/// Applies an edit at any depth: an undo may restore any previous value.
pub(super) fn perform(root: &mut Value, edit: Edit) -> Result<Edit, EditError> {
    match edit {
        Edit::Replace { at, value } => match root.get_mut(&at) {
            Some(slot) => Ok(Edit::Replace { value: std::mem::replace(slot, value), at }),
            None => Err(EditError::Absent { at }),
        },
        Edit::Insert { parent, index, key, value } => insert(root, parent, index, (key, value)),
        Edit::Remove { at } => remove(root, at),
        Edit::Rename { at, key } => rename(root, at, key),
        Edit::Move { at, to } => shift(root, at, to),
    }
}

type KeyedValue = (Option<String>, Value);

fn insert(
    root: &mut Value,
    parent: Pointer,
    index: usize,
    (key, value): KeyedValue,
) -> Result<Edit, EditError> {
    let Some(target) = root.get_mut(&parent) else { return Err(EditError::Absent { at: parent }) };
    let (kind, len) = (target.kind(), target.child_count());
    match (target, key) {
        (Value::Array(_), None) | (Value::Object(_), Some(_)) if index > len => {
            Err(EditError::OutOfRange { at: parent, index, len })
        }
        (Value::Array(items), None) => {
            items.insert(index, value);
            Ok(Edit::Remove { at: parent.index(index) })
        }
        (Value::Object(object), Some(key)) => {
            if object.position(&key).is_some_and(|position| position >= index) {
                return Err(EditError::KeyTaken { at: parent, key });
            }
            let at = parent.key(&key);
            object.members_mut().insert(index, (key.into(), value));
            Ok(Edit::Remove { at })
        }
        _ => Err(EditError::WrongKind { at: parent, kind }),
    }
}

/// The list or object that contains a value, with its pointer, and the position of the value.
fn container<'r>(root: &'r mut Value, at: &Pointer) -> Result<(Pointer, &'r mut Value, usize), EditError> {
    let (Some(parent), Some(token)) = (at.parent(), at.last()) else { return Err(EditError::Root) };
    let absent = || EditError::Absent { at: at.clone() };
    let target = root.get_mut(&parent).ok_or_else(absent)?;
    let slot = target.slot(token).ok_or_else(absent)?;
    Ok((parent, target, slot))
}

fn remove(root: &mut Value, at: Pointer) -> Result<Edit, EditError> {
    let (parent, target, index) = container(root, &at)?;
    match target {
        Value::Array(items) => Ok(Edit::Insert { parent, index, key: None, value: items.remove(index) }),
        Value::Object(object) => {
            let (key, value) = object.members_mut().remove(index);
            Ok(Edit::Insert { parent, index, key: Some(key.to_string()), value })
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => Err(EditError::Absent { at }),
    }
}

fn rename(root: &mut Value, at: Pointer, key: String) -> Result<Edit, EditError> {
    let (parent, target, index) = container(root, &at)?;
    let kind = target.kind();
    let Value::Object(object) = target else { return Err(EditError::WrongKind { at: parent, kind }) };
    if object.position(&key).is_some_and(|position| position > index) {
        return Err(EditError::KeyTaken { at: parent, key });
    }
    let Some((name, _)) = object.members_mut().get_mut(index) else { return Err(EditError::Absent { at }) };
    let at = parent.key(&key);
    Ok(Edit::Rename { at, key: std::mem::replace(name, key.into()).to_string() })
}

fn shift(root: &mut Value, at: Pointer, to: usize) -> Result<Edit, EditError> {
    let (parent, target, from) = container(root, &at)?;
    let len = target.child_count();
    if to >= len {
        return Err(EditError::OutOfRange { at: parent, index: to, len });
    }
    match target {
        Value::Array(items) => {
            let item = items.remove(from);
            items.insert(to, item);
            Ok(Edit::Move { at: parent.index(to), to: from })
        }
        Value::Object(object) => {
            let entry = object.members_mut().remove(from);
            if object.position(&entry.0).is_some_and(|position| position >= to) {
                let key = entry.0.to_string();
                object.members_mut().insert(from, entry);
                return Err(EditError::KeyTaken { at: parent, key });
            }
            object.members_mut().insert(to, entry);
            Ok(Edit::Move { at, to: from })
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => Err(EditError::Absent { at }),
    }
}
