//! Edits: the only way a document changes. Each gives back the edit that undoes it exactly.
//!
//! An edit addresses the last of duplicate keys, as reading does. So that an inverse finds what the edit
//! left, an edit that would put a member before another of the same key is refused.

use super::MAX_DEPTH;
use super::pointer::{Pointer, Token};
use super::value::{Value, ValueKind};

/// One change, as data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Edit {
    /// Puts another value in the place of one that is there.
    Replace {
        /// The value to replace; the root too.
        at: Pointer,
        /// What stands there afterwards.
        value: Value,
    },
    /// Adds a value to a list or an object.
    Insert {
        /// The list or object.
        parent: Pointer,
        /// How many items or members stand before it afterwards.
        index: usize,
        /// The key in an object; `None` in a list.
        key: Option<String>,
        /// What to add.
        value: Value,
    },
    /// Takes a value out of its list or object.
    Remove {
        /// What to take out.
        at: Pointer,
    },
    /// Gives a member another key, in its place.
    Rename {
        /// The member under its present key.
        at: Pointer,
        /// The key it gets.
        key: String,
    },
    /// Moves an item or a member within its list or object.
    Move {
        /// What to move.
        at: Pointer,
        /// Its position afterwards.
        to: usize,
    },
}

impl Edit {
    /// The place to look at once the edit is done. After a removal nothing stands there any more.
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

    /// The places that something is put at or taken from. What stands behind an item in its list moves with it.
    pub fn places(&self) -> Vec<Pointer> {
        match self {
            Self::Replace { at, .. } | Self::Remove { at } => vec![at.clone()],
            Self::Insert { .. } => vec![self.focus()],
            Self::Rename { at, .. } | Self::Move { at, .. } => vec![at.clone(), self.focus()],
        }
    }

    /// How deep the lists and objects would stand inside each other where the edit puts a value.
    fn depth(&self) -> usize {
        match self {
            Self::Replace { at, value } => at.tokens().len() + value.depth(),
            Self::Insert { parent, value, .. } => parent.tokens().len() + 1 + value.depth(),
            Self::Remove { .. } | Self::Rename { .. } | Self::Move { .. } => 0,
        }
    }
}

/// Why an edit does not fit the document; the document is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// Nothing stands at the place.
    #[error("nothing stands at {at}")]
    Absent {
        /// The place.
        at: Pointer,
    },
    /// The root can be replaced, but not removed, renamed or moved.
    #[error("the whole document can only be replaced")]
    Root,
    /// Only lists and objects hold values; lists take no keys, and objects take nothing without.
    #[error("{at} is {kind}, which does not take this edit")]
    WrongKind {
        /// The place.
        at: Pointer,
        /// What stands there.
        kind: ValueKind,
    },
    /// The position lies beyond the end.
    #[error("{at} has {len} entries, so that position {index} is beyond its end")]
    OutOfRange {
        /// The list or object.
        at: Pointer,
        /// The position asked for.
        index: usize,
        /// How many entries there are.
        len: usize,
    },
    /// Another member of the same key stands behind, and would hide the edited one.
    #[error("{at} has another member \"{key}\" behind: remove one of the two first")]
    KeyTaken {
        /// The object.
        at: Pointer,
        /// The key.
        key: String,
    },
    /// More than [`MAX_DEPTH`] lists and objects inside each other.
    #[error("lists and objects would stand more than {MAX_DEPTH} deep inside each other")]
    TooDeep,
}

/// Does one edit and gives its inverse. On an error the document is unchanged.
pub fn apply(root: &mut Value, edit: &Edit) -> Result<Edit, EditError> {
    apply_owned(root, edit.clone())
}

/// As [`apply`], without copying the value that the edit carries.
pub(super) fn apply_owned(root: &mut Value, edit: Edit) -> Result<Edit, EditError> {
    if edit.depth() > MAX_DEPTH { Err(EditError::TooDeep) } else { perform(root, edit) }
}

/// Does an edit at any depth: what was there once may come back.
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

/// The list or object that holds a value, with its pointer, and the position of the value in it.
fn holder<'r>(root: &'r mut Value, at: &Pointer) -> Result<(Pointer, &'r mut Value, usize), EditError> {
    let (Some(parent), Some(token)) = (at.parent(), at.last()) else { return Err(EditError::Root) };
    let absent = || EditError::Absent { at: at.clone() };
    let target = root.get_mut(&parent).ok_or_else(absent)?;
    let slot = target.slot(token).ok_or_else(absent)?;
    Ok((parent, target, slot))
}

fn remove(root: &mut Value, at: Pointer) -> Result<Edit, EditError> {
    let (parent, target, index) = holder(root, &at)?;
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
    let (parent, target, index) = holder(root, &at)?;
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
    let (parent, target, from) = holder(root, &at)?;
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
