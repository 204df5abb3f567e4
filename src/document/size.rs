//! The size and depth of a value, without writing it.

use super::pointer::Token;
use super::value::Value;
use super::write::{quoted_len, scalar_len};

/// The size of a value as text, and its depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DocumentSize {
    /// The bytes of the compact form.
    pub bytes: usize,
    /// The lines of the pretty form.
    pub lines: usize,
    /// The levels of nested lists and objects, the value itself included.
    pub depth: usize,
}

impl DocumentSize {
    /// Measures a value.
    pub fn of(value: &Value) -> Self {
        Self::with(value, None, &[])
    }

    /// Measures a value with known sizes for the items of the list at `list`.
    pub fn with(value: &Value, list: Option<&[Token]>, items: &[Self]) -> Self {
        match value {
            Value::Array(values) if list.is_some_and(<[Token]>::is_empty) && values.len() == items.len() => {
                Self::around(items.iter().copied(), items.len())
            }
            Value::Array(values) => Self::around(values.iter().map(Self::of), values.len()),
            Value::Object(object) => {
                let next = list.and_then(<[Token]>::split_first);
                // A pointer addresses the last of duplicate keys.
                let next = next.and_then(|(token, rest)| Some((object.position(&token.word())?, rest)));
                let members = object.iter().enumerate().map(|(index, (key, value))| {
                    let rest = next.filter(|(position, _)| *position == index).map(|(_, rest)| rest);
                    let size = Self::with(value, rest, items);
                    Self { bytes: size.bytes + quoted_len(key) + 1, ..size }
                });
                Self::around(members, object.len())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
                Self { bytes: scalar_len(value), lines: 1, depth: 0 }
            }
        }
    }

    /// The size of a list or object with `count` values of these sizes.
    fn around(inner: impl Iterator<Item = Self>, count: usize) -> Self {
        let brackets =
            Self { bytes: 2 + count.saturating_sub(1), lines: if count == 0 { 1 } else { 2 }, depth: 1 };
        inner.fold(brackets, |sum, size| Self {
            bytes: sum.bytes + size.bytes,
            lines: sum.lines + size.lines,
            depth: sum.depth.max(size.depth + 1),
        })
    }
}
