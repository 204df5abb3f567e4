//! How long and how deep a value is, without writing it.

use super::pointer::Token;
use super::value::Value;
use super::write::{quoted_len, scalar_len};

/// How long a value is when it is written, and how deep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// The bytes of its compact form.
    pub bytes: usize,
    /// The lines of its pretty form.
    pub lines: usize,
    /// The lists and objects inside each other, itself counted.
    pub depth: usize,
}

impl Size {
    /// Measures a value.
    pub fn of(value: &Value) -> Self {
        Self::with(value, None, &[])
    }

    /// Measures a value in which the items of the list at `list` have been measured before.
    pub fn with(value: &Value, list: Option<&[Token]>, items: &[Self]) -> Self {
        match value {
            Value::Array(values) if list.is_some_and(<[Token]>::is_empty) && values.len() == items.len() => {
                Self::around(items.iter().copied(), items.len())
            }
            Value::Array(values) => Self::around(values.iter().map(Self::of), values.len()),
            Value::Object(object) => {
                let next = list.and_then(<[Token]>::split_first);
                // The last of duplicate keys is the one that a pointer leads to.
                let next = next.and_then(|(token, rest)| Some((object.position(&token.word())?, rest)));
                let members = object.iter().enumerate().map(|(index, (key, value))| {
                    let rest = next.filter(|(position, _)| *position == index).map(|(_, rest)| rest);
                    let extent = Self::with(value, rest, items);
                    Self { bytes: extent.bytes + quoted_len(key) + 1, ..extent }
                });
                Self::around(members, object.len())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
                Self { bytes: scalar_len(value), lines: 1, depth: 0 }
            }
        }
    }

    /// The extent of what holds so many values.
    fn around(inner: impl Iterator<Item = Self>, count: usize) -> Self {
        let brackets =
            Self { bytes: 2 + count.saturating_sub(1), lines: if count == 0 { 1 } else { 2 }, depth: 1 };
        inner.fold(brackets, |sum, extent| Self {
            bytes: sum.bytes + extent.bytes,
            lines: sum.lines + extent.lines,
            depth: sum.depth.max(extent.depth + 1),
        })
    }
}
